"""What the dictionary says of one word: is it a name, and of what?"""

import re
from dataclasses import dataclass
from functools import lru_cache

from annotations.entities.known_names import is_known_surname, listed, may_be_form, stem_of
from annotations.folding import fold
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import PERSONAL, listed_forms

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_MINISTRY = re.compile(
    r"(?:Мин|Гос)(?:фин|юст|обр|обороны|обрнауки|здрав|культ|сельхоз|энерго|транс|цифры|экономики|экономразвития|"
    r"эко|промторг|пром|торг|торговли|природы|спорт|спорта|туризма|труд|соц\w{0,9}|строй|просвещения|науки|"
    r"водхоз|комсвязь|связи|печати|информ|инвест\w{0,8}|внешторг|ком\w{0,8}|жкх|молод\w{0,6}|фин|деп|"
    r"дума|совет|комитет|контроль|прокуратура|банк|слу\w{0,8})(?:а|у|е|ом|ы|ой)?"
)
_COMPOUND = re.compile(
    r"(?:Рос|Гос|Мос|Мин|Каз|Бел|Укр|Узб|Нац|Центр|Ген|Глав|Внеш|Тат|Баш)\w{0,9}"
    r"(?:надзор|банк|пром|нефт|газ|строй|телеком|авиа|транс|энерго|инвест|экспорт|атом|космос|"
    r"стат|реестр|финанс|здрав|юст|сельхоз|комитет|комнац|потреб|информ|фонд|почт|рыболовств|"
    r"туризм|мониторинг|сервис|сет|автодор|молодёж|молодеж|цифр|обр|спорт)[а-я]{0,3}"
)
_PIECE = re.compile(
    r"(?:Рос|Гос|Мос|Мин|Нац|Центр|Ген|Евро|Каз|Уз|Укр|Бел|След|Сов|Бундес|Каб)[а-яё]"
)
_INNER_CAPITALS = re.compile(
    r"[А-ЯЁ][а-яё]+[А-ЯЁ]\w*|[А-ЯЁ]{2,}[а-яё]{2,}[А-ЯЁ]\w*"
)  # «БелТА», «РусГидро»
_MAC = ("Мак", "Ди", "Де", "Ла", "Ле", "Фон", "Ван", "Дел", "О")  # «МакГрегор», «ДиКаприо»
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
PRODUCTS = frozenset(word for row in table("product_nouns") for word in row[0].split())
HONOURED = frozenset(word for row in table("honoured") for word in row[0].split())
EASTERN = frozenset(fold(word) for row in table("eastern_surnames") for word in row[0].split())
_GIVEN_STEMS = frozenset(
    stem_of(name) for row in table("given_names") for name in fold(row[1]).split()
)
GOVERNORS = {
    label: frozenset(
        word for row in table("governors") if row[0] == label for word in row[1].split()
    )
    for label in ("PER", "LOC")
}


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


_MINOR = 0.35  # weight of a reading that our tables have and the dictionary has not
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
    found = parses(word)
    known = [parse for parse in found if parse.known]
    sums: dict[str, float] = {}
    for parse in known or found:
        grammemes = parse.grammemes
        name = next((field for grammeme, field in _FIELDS if grammeme in grammemes), "other")
        if grammemes & {"ADJF", "PRTF"} and name == "place":
            name = "adjective"  # «украинский» is marked as of a place
        sums[name] = sums.get(name, 0.0) + parse.score
    ours = _our_kinds(word)
    if ours and (not known or _is_piece(word)):
        return Kinds(**ours, known=True)
    if not known:
        return Kinds(**sums, known=False)
    if is_known_surname(word) and "surname" not in sums:
        sums = {name: 0.4 * weight for name, weight in sums.items()}  # «Токаев» of «токай»
    for name, weight in ours.items():
        sums[name] = max(sums.get(name, 0.0), _MINOR * weight)
    return Kinds(**sums, known=True)


def _is_piece(word: str) -> bool:
    """«Нацбанк», «Госдума»: which the dictionary has as common nouns."""
    return _PIECE.match(word.capitalize()) is not None and "bare" in listed(word)


def _our_kinds(word: str) -> dict[str, float]:
    """What our own tables say of a word: each of the kinds that they have it as, in equal parts."""
    labels = listed(word)
    found = {"place": "place" in labels, "organisation": "bare" in labels}
    given = may_be_form(word, _GIVEN_STEMS) and listed_forms(word.lower())
    found["first_name"] = bool(given)
    found["surname"] = is_eastern(word) or is_known_surname(word)
    sure = [name for name, has in found.items() if has]
    return dict.fromkeys(sure, 1 / len(sure)) if sure else {}


def is_eastern(word: str) -> bool:
    """«Ким», «Кима», «Кимом»: a surname of the Far East."""
    folded = fold(word)
    return any(folded.removesuffix(end) in EASTERN for end in ("", "а", "у", "ом", "е"))


@lru_cache(maxsize=10_000)
def lemmas_of(word: str) -> frozenset[str]:
    """The lemmas of all readings that are nouns or adjectives, as our tables spell them."""
    return frozenset(
        parse.lemma for parse in parses(word) if parse.grammemes & {"NOUN", "ADJF", "PRTF"}
    )


def is_title(word: str) -> bool:
    """Whether a word is a title or role: «премьер-министра»; «вице-премьера» by its last part,
    «сенатор-республиканец» by its first one, where the other is a noun of persons too."""
    lower = word.lower()
    if lemmas_of(lower) & TITLES:
        return True
    first, hyphen, last = lower.rpartition("-")
    if not hyphen:
        return False
    role = first.rpartition("-")[2]
    return bool(lemmas_of(last) & TITLES) or (
        bool(lemmas_of(role) & TITLES) and _is_of_persons(last)
    )


def _is_of_persons(word: str) -> bool:
    """Whether a word is a common noun of persons: «республиканец»."""
    best = parses(word)[0]
    return best.known and {"NOUN", "anim"} <= best.grammemes and not best.grammemes & PERSONAL


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
    if _MINISTRY.fullmatch(word) or is_inner_capital(word):
        return True
    if _is_piece(word):
        return True
    return _COMPOUND.fullmatch(word) is not None and not parses(word)[0].known


def is_inner_capital(word: str) -> bool:
    """«БелТА», «РусГидро»: capitals within a word, which names of people do not have."""
    return _INNER_CAPITALS.fullmatch(word) is not None and not word.startswith(_MAC)


def is_latin(word: str) -> bool:
    return _LATIN.search(word) is not None and _CYRILLIC.search(word) is None


def is_cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word) is not None and _LATIN.search(word) is None


def is_acronym(word: str) -> bool:
    """Capitals only, two to eight letters: «НАТО», «МВД», «G-20»."""
    letters = [letter for letter in word if letter.isalpha()]
    return 2 <= len(letters) <= 8 and all(map(str.isupper, letters)) and "-" not in word
