"""One word of a name: the nominatives that it may be a form of.

A word the dictionary knows as a name is read by pymorphy3; any other by a table of endings,
since guesses by analogy with common nouns go wrong on foreign names.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from annotations.lemmas import Parse, parses

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
GENDERS = ("masc", "femn", "neut")
PARTICLES = frozenset(
    {"де", "да", "ди", "дю", "дер", "ван", "фон", "цу", "аль", "эль", "ибн", "бен", "бин", "ла",
     "ле", "абу", "оглы", "кызы", "уулу"}
)  # fmt: skip
PERSONAL = frozenset({"Name", "Surn", "Patr"})

_SAME_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_INDECLINABLE = 0.4  # weight of each case of «Лукашенко»: its form says nothing about the case
_VOWELS = "аеёиоуыэюя"
_HUSHING = "жшчщц"
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_ANY = ""
_NEVER_IN_NAMES = frozenset({"больший"})  # «Большим театром» is of Большой
_ADJECTIVE_ENDING = re.compile(r"(?:[оеы]го|[ое]му|[ыи]ми|[а-я]{2})\Z")
_ADJECTIVE = frozenset({"ADJF", "PRTF"})


class WordForm(NamedTuple):
    """A word read as this case and gender (`plur` for plurals) of a nominative, in lower case."""

    nominative: str
    case: str
    gender: str
    weight: float

    @property
    def agreement(self) -> tuple[str, str]:
        return self.case, self.gender


@dataclass(frozen=True, slots=True)
class Ending:
    """`suffix` after one of the letters `after` becomes `base` in the nominative."""

    suffix: str
    after: str
    base: str
    cases: str
    genders: str
    weight: float
    example: str

    def fits(self, word: str) -> bool:
        stem = word[: len(word) - len(self.suffix)]
        return (
            word.endswith(self.suffix)
            and len(stem) > 1
            and (not self.after or stem[-1] in self.after)
        )


# The endings of surnames and foreign names.  Longer and more telling endings weigh more;
# `all` is every case, as of an indeclinable name.
_ENDINGS = (
    Ending("", "вн", "", "nomn", "masc", 1.0, "Жаксылыков, Сулейменин"),
    Ending("а", "вн", "", "gent accs", "masc", 1.0, "Жаксылыкова"),
    Ending("а", "вн", "а", "nomn", "femn", 0.6, "Жаксылыкова"),
    Ending("у", "вн", "", "datv", "masc", 1.0, "Жаксылыкову"),
    Ending("у", "вн", "а", "accs", "femn", 0.5, "Жаксылыкову"),
    Ending("ым", "вн", "", "ablt", "masc", 2.0, "Жаксылыковым"),
    Ending("е", "вн", "", "loct", "masc", 1.0, "Жаксылыкове"),
    Ending("ой", "вн", "а", "gent datv ablt loct", "femn", 1.5, "Жаксылыковой"),
    Ending("ы", "в", "ы", "nomn", "plur", 0.8, "Жаксылыковы"),
    Ending("ых", "вн", "ы", "gent accs loct", "plur", 0.8, "Жаксылыковых"),
    Ending("кий", "сц", "кий", "nomn", "masc", 2.0, "Бжезицкий"),
    Ending("кого", "сц", "кий", "gent accs", "masc", 2.0, "Бжезицкого"),
    Ending("кому", "сц", "кий", "datv", "masc", 2.0, "Бжезицкому"),
    Ending("ким", "сц", "кий", "ablt", "masc", 2.0, "Бжезицким"),
    Ending("ком", "сц", "кий", "loct", "masc", 1.0, "Бжезицком"),
    Ending("кая", "сц", "кая", "nomn", "femn", 2.0, "Бжезицкая"),
    Ending("кую", "сц", "кая", "accs", "femn", 2.0, "Бжезицкую"),
    Ending("кой", "сц", "кая", "gent datv ablt loct", "femn", 2.0, "Бжезицкой"),
    Ending("ко", _ANY, "ко", "all", "masc femn", 2.0, "Нечипайко"),
    Ending("ых", _ANY, "ых", "all", "masc femn", 0.3, "Седых"),
    Ending("их", _ANY, "их", "all", "masc femn", 0.3, "Кривошеих"),
    Ending("х", "аеоуюья", "х", "nomn", "masc", 1.0, "Эрлах"),
    Ending("", _CONSONANTS.replace("х", ""), "", "nomn", "masc", 1.0, "Гордон"),
    Ending("", _CONSONANTS + "ьй", "", "all", "femn", 0.15, "(Элен) Гордон"),
    Ending("а", _CONSONANTS, "", "gent accs", "masc", 1.0, "Гордона"),
    Ending("а", _CONSONANTS, "а", "nomn", "masc femn", 0.5, "Кавабата"),
    Ending("у", _CONSONANTS, "", "datv", "masc", 1.0, "Гордону"),
    Ending("у", _CONSONANTS, "а", "accs", "masc femn", 0.5, "Кавабату"),
    Ending("ом", _CONSONANTS, "", "ablt", "masc", 1.5, "Гордоном"),
    Ending("ем", _HUSHING, "", "ablt", "masc", 1.5, "Ковачем"),
    Ending("е", _CONSONANTS, "", "loct", "masc", 0.6, "Гордоне"),
    Ending("е", _CONSONANTS, "а", "datv loct", "masc femn", 0.5, "Кавабате"),
    Ending("е", _ANY, "е", "all", "masc femn", 0.2, "Шарпантье"),
    Ending("ы", _CONSONANTS, "а", "gent", "masc femn", 1.0, "Кавабаты"),
    Ending("и", "гкхжшчщ", "а", "gent", "masc femn", 0.5, "Накаяки"),
    Ending("и", _CONSONANTS, "я", "gent", "femn masc", 0.1, "Зозули"),
    Ending("ии", _ANY, "ия", "gent datv loct", "femn", 0.8, "Эмилии"),
    Ending("ии", _ANY, "ий", "loct", "masc", 0.3, "Евстафии"),
    Ending("и", _ANY, "и", "all", "masc femn", 0.6, "Росселлини"),
    Ending("ой", _CONSONANTS, "а", "ablt gent datv loct", "femn", 0.5, "Кавабатой"),
    Ending("ой", _CONSONANTS, "а", "ablt", "masc", 0.5, "Кавабатой"),
    Ending("ей", _HUSHING, "а", "ablt", "masc femn", 0.6, "Капицей"),
    Ending("ей", "лнрст" + _VOWELS, "я", "ablt", "femn masc", 0.5, "Зозулей"),
    Ending("", "й", "", "nomn", "masc", 0.8, "Гамалей"),
    Ending("", "ь", "", "nomn", "masc", 1.0, "Врубель"),
    Ending("я", _VOWELS, "й", "gent accs", "masc", 0.7, "Шаля: Шалай, Шалая"),
    Ending("я", _CONSONANTS, "ь", "gent accs", "masc", 0.7, "Врубеля"),
    Ending("я", _ANY, "я", "nomn", "femn masc", 0.6, "Эмилия"),
    Ending("ю", _VOWELS, "й", "datv", "masc", 0.7, "Шалаю"),
    Ending("ю", _CONSONANTS, "ь", "datv", "masc", 0.7, "Врубелю"),
    Ending("ю", _ANY, "я", "accs", "femn masc", 0.6, "Эмилию"),
    Ending("ем", _VOWELS, "й", "ablt", "masc", 1.0, "Шалаем"),
    Ending("ем", _CONSONANTS, "ь", "ablt", "masc", 0.8, "Врубелем"),
    Ending("е", "ае", "й", "loct", "masc", 0.6, "Шалае"),
    Ending("", "оуэюыёе", "", "all", "masc femn", 0.3, "Риттбергео, Камю, Дефо"),
    Ending("", "аия", "", "all", "masc femn", 0.05, "Дюма"),
)


@cache
def _rules(letter: str) -> tuple[Ending, ...]:
    """The rules for words that end in this letter."""
    return tuple(rule for rule in _ENDINGS if rule.suffix[-1:] in ("", letter))


@lru_cache(maxsize=10_000)
def by_ending(word: str) -> tuple[WordForm, ...]:
    """The readings of a name that no dictionary has."""
    forms = [
        WordForm(word[: len(word) - len(rule.suffix)] + rule.base, case, gender, rule.weight)
        for rule in _rules(word[-1:])
        if rule.fits(word)
        for case in (CASES if rule.cases == "all" else rule.cases.split())
        for gender in rule.genders.split()
    ]
    return tuple(forms) or _unchanged(word)


def _unchanged(word: str) -> tuple[WordForm, ...]:
    return tuple(WordForm(word, case, gender, 0.3) for case in CASES for gender in GENDERS)


def _scaled(forms: tuple[WordForm, ...], factor: float) -> tuple[WordForm, ...]:
    return tuple(form._replace(weight=form.weight * factor) for form in forms)


@lru_cache(maxsize=10_000)
def personal_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a word (lower case) that is part of a person's name."""
    guessed = by_ending(word)
    known = [parse for parse in parses(word) if parse.known]
    names = [parse for parse in known if parse.grammemes & PERSONAL]
    if names:
        declined = [parse for parse in names if "Fixd" not in parse.grammemes]
        fixed = _dictionary_forms([parse for parse in names if "Fixd" in parse.grammemes])
        fixed = _scaled(fixed, 0.2) if declined else fixed  # «Анне» is of Анна before Анне
        return _evened(_dictionary_forms(declined)) + fixed + _scaled(guessed, 0.04)
    ordinary = [
        parse
        for parse in known
        if "sing" in parse.grammemes and ("NOUN" in parse.grammemes or parse.grammemes & _ADJECTIVE)
    ]
    return _scaled(_dictionary_forms(ordinary), 0.5) + _scaled(guessed, 0.5)


def _evened(forms: tuple[WordForm, ...]) -> tuple[WordForm, ...]:
    """Frequencies of cases say little where the parts of a name agree."""
    return tuple(form._replace(weight=0.25 + 0.75 * form.weight) for form in forms)


@lru_cache(maxsize=10_000)
def noun_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a noun (lower case): of a place, of an organisation, or a common one."""
    found = parses(word)
    nouns = [parse for parse in found if "NOUN" in parse.grammemes]
    known = [parse for parse in nouns if parse.known]
    named = [parse for parse in known if parse.grammemes & {"Geox", "Orgn"}]
    if known:
        return _dictionary_forms(named or known) + _scaled(_dictionary_forms(known), 0.2)
    if any(parse.known and parse.grammemes & _ADJECTIVE for parse in found):
        return ()
    return by_ending(word) + _scaled(_dictionary_forms(nouns), 0.3)


@lru_cache(maxsize=10_000)
def adjective_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of an adjective or participle (lower case); none for any other word.

    «Воробьёвых» of «Воробьёвых гор» counts: the dictionary has it as a surname only.
    """
    found = [parse for parse in parses(word) if parse.lemma not in _NEVER_IN_NAMES]
    adjectives = [parse for parse in found if parse.grammemes & _ADJECTIVE]
    plurals = [parse for parse in found if {"Surn", "plur"} <= parse.grammemes]
    return _dictionary_forms(adjectives or plurals)


def _dictionary_forms(found: list[Parse]) -> tuple[WordForm, ...]:
    forms = []
    for parse in found:
        case = case_of(parse)
        number = "plur" if "plur" in parse.grammemes else "sing"
        if case is None:
            continue
        genders = ("plur",) if number == "plur" else genders_of(parse)
        for gender in genders:
            nominative = _nominative(parse, number, gender)
            if nominative is not None:
                weight = _INDECLINABLE if "Fixd" in parse.grammemes else parse.score + 0.03
                forms.append(WordForm(nominative, case, gender, weight))
    return tuple(forms)


def _nominative(parse: Parse, number: str, gender: str) -> str | None:
    wanted = {"nomn", number}
    if parse.grammemes & _ADJECTIVE and number == "sing":
        wanted.add(gender)
    found = parse.inflect(wanted)
    return _regular(parse.form, found) if found and "Supr" in parse.grammemes else found


def _regular(form: str, nominative: str) -> str:
    """«Высшей» is of «высшая», although the dictionary also has «высочайшая»."""
    stem = _ADJECTIVE_ENDING.sub("", form)
    return stem + nominative[-2:]


def case_of(parse: Parse) -> str | None:
    """The case of a reading, one of CASES; None where it has none, or is a vocative."""
    for grammeme in parse.grammemes:
        case = _SAME_CASE.get(grammeme, grammeme)
        if case in CASES:
            return case
    return None


def genders_of(parse: Parse) -> tuple[str, ...]:
    """The genders that a reading may have; both sexes for «Лукашенко», «коллега»."""
    if "ms-f" in parse.grammemes or "Ms-f" in parse.grammemes:
        return "masc", "femn"
    return tuple(gender for gender in GENDERS if gender in parse.grammemes) or ("masc",)
