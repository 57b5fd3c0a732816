"""What the dictionary says of one word: is it a name, and of what?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from annotations.lemmas import parses
from annotations.lexicon import table

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_COMPOUND = re.compile(
    r"(?:Рос|Гос|Мос|Мин|Каз|Бел|Укр|Узб|Нац|Центр|Ген|Глав|Внеш|Тат|Баш)\w{0,9}"
    r"(?:надзор|банк|пром|нефт|газ|строй|телеком|авиа|транс|энерго|инвест|экспорт|атом|космос|"
    r"стат|реестр|финанс|здрав|юст|сельхоз|комитет|комнац|потреб|информ|фонд|почт|рыболовств|"
    r"туризм|мониторинг|сервис|сет|автодор|молодёж|молодеж|цифр|обр|спорт)[а-я]{0,3}"
)
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘҒҚҢӨҰҮҺІәғқңөұүһі]")

TITLES = frozenset(row[0] for row in table("titles"))
ORG_NOUNS = frozenset(row[0] for row in table("org_nouns"))
ORG_HEADS = {row[0]: row[1] for row in table("org_heads")}
GENERIC_HEADS = frozenset(row[0] for row in table("generic_heads"))
LEGAL_FORMS = frozenset(row[0] for row in table("legal_forms"))
COMMON_ACRONYMS = frozenset(row[0] for row in table("common_acronyms"))
PLACE_HEADS = frozenset(row[0] for row in table("loc_heads") if row[1] == "with")
PLACE_NOUNS = frozenset(row[0] for row in table("loc_heads"))
CELESTIAL = frozenset(row[0] for row in table("celestial"))
WORKS = frozenset(row[0] for row in table("works"))
COMPASS = frozenset(row[0] for row in table("compass"))


@dataclass(frozen=True, slots=True)
class Kinds:
    """How probable (0 to 1) each kind of reading is; `known` when the dictionary has the word.

    `common` is a noun that is no name, `other` every further part of speech but adjectives.
    """

    first_name: float = 0.0
    surname: float = 0.0
    patronymic: float = 0.0
    place: float = 0.0
    organisation: float = 0.0
    common: float = 0.0
    adjective: float = 0.0
    other: float = 0.0
    known: bool = False

    @property
    def person(self) -> float:
        return self.first_name + self.surname + self.patronymic

    @property
    def ordinary(self) -> float:
        return self.common + self.adjective + self.other


_FIELDS = (
    ("Name", "first_name"),
    ("Patr", "patronymic"),
    ("Surn", "surname"),
    ("Geox", "place"),
    ("Orgn", "organisation"),
    ("Trad", "organisation"),
    ("NOUN", "common"),
    ("ADJF", "adjective"),
    ("PRTF", "adjective"),
)


@lru_cache(maxsize=10_000)
def kinds(word: str) -> Kinds:
    """The kinds of a word; case does not matter, an unknown word gets those of its guesses."""
    sums: dict[str, float] = {}
    found = parses(word)
    known = [parse for parse in found if parse.known]
    for parse in known or found:
        grammemes = parse.grammemes
        name = next((field for grammeme, field in _FIELDS if grammeme in grammemes), "other")
        if grammemes & {"ADJF", "PRTF"} and name == "place":
            name = "adjective"  # «украинский» is marked as of a place
        sums[name] = sums.get(name, 0.0) + parse.score
    return Kinds(**sums, known=bool(known))


@lru_cache(maxsize=10_000)
def lemmas_of(word: str) -> frozenset[str]:
    """The lemmas of all readings that are nouns or adjectives, as our tables spell them."""
    return frozenset(
        parse.lemma for parse in parses(word) if parse.grammemes & {"NOUN", "ADJF", "PRTF"}
    )


def is_title(word: str) -> bool:
    """Whether a word is a title or role: «премьер-министра»; «вице-премьера» by its last part."""
    lower = word.lower()
    return bool(lemmas_of(lower) & TITLES) or bool(
        "-" in lower and lemmas_of(lower.rpartition("-")[2]) & TITLES
    )


@lru_cache(maxsize=10_000)
def is_pronominal(word: str) -> bool:
    """«Такой», «эта», «наш»: adjectives that name nothing."""
    return any("Apro" in parse.grammemes for parse in parses(word.lower()))


@lru_cache(maxsize=10_000)
def is_qualitative(word: str) -> bool:
    """«Большая», «новый»: adjectives that have degrees."""
    return any("Qual" in parse.grammemes for parse in parses(word.lower()))


@lru_cache(maxsize=10_000)
def is_verb(word: str) -> bool:
    """Whether a word is most likely a verb, an adverb or another word that no name has."""
    first = parses(word.lower())[0]
    return bool(first.grammemes & {"VERB", "INFN", "GRND", "PRTS", "ADJS", "PRED", "ADVB"})


def is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def is_compound(word: str) -> bool:
    """«Росавианадзор»: a word made of pieces that only names of organisations have."""
    return _COMPOUND.fullmatch(word) is not None and not kinds(word).known


def is_latin(word: str) -> bool:
    return _LATIN.search(word) is not None and _CYRILLIC.search(word) is None


def is_cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word) is not None and _LATIN.search(word) is None


def is_acronym(word: str) -> bool:
    """Capitals only, two to eight letters: «НАТО», «МВД», «G-20»."""
    letters = [letter for letter in word if letter.isalpha()]
    return 2 <= len(letters) <= 8 and all(map(str.isupper, letters)) and "-" not in word
