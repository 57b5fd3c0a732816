"""One word of a name: the nominatives that it may be a form of.

A word the dictionary knows as a name is read by pymorphy3, a given name of our own table and any
other word by a table of endings: guesses by analogy with common nouns go wrong on foreign names.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from annotations.given_names import genders_of_given, may_be_given
from annotations.lemmas import Parse, parses
from annotations.name_endings import (
    Ending,
    given_endings,
    surname_endings,
    thing_endings,
)

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
GENDERS = ("masc", "femn", "neut")
_PERSONAL_GENDERS = ("masc", "femn")
_NOMINATIVE = ("nomn", "masc")
PARTICLES = frozenset(
    {"де", "да", "ди", "дю", "дер", "ван", "фон", "цу", "аль", "эль", "ибн", "бен", "бин", "ла",
     "ле", "абу", "оглы", "кызы", "уулу"}
)  # fmt: skip
PERSONAL = frozenset({"Name", "Surn", "Patr"})

_FIRST = ("given", "middle")
Role = Literal["given", "middle", "family", "alone"]  # of a word among the parts of a name

_SAME_CASE = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_UNUSUAL = 0.2  # weight of «Арин» where our table has «Арина»
_INDECLINABLE = 0.4  # weight of each case of «Лукашенко»: its form says nothing about the case
_DECLINING = ("ов", "ев", "ёв", "ин", "ын", "ых", "их")  # surnames that women decline, or nobody
_NEVER_IN_NAMES = frozenset({"больший"})  # «Большим театром» is of Большой
_ADJECTIVE_ENDING = re.compile(r"(?:[оеы]го|[ое]му|[ыи]ми|[а-я]{2})\Z")
ADJECTIVE = frozenset({"ADJF", "PRTF"})


class WordForm(NamedTuple):
    """A word read as this case and gender (`plur` for plurals) of a nominative, in lower case."""

    nominative: str
    case: str
    gender: str
    weight: float

    @property
    def agreement(self) -> tuple[str, str]:
        return self.case, self.gender


@lru_cache(maxsize=10_000)
def by_ending(word: str) -> tuple[WordForm, ...]:
    """The readings of a surname that no dictionary has."""
    return ended(word, surname_endings(word)) or unchanged(word)


@lru_cache(maxsize=10_000)
def thing_by_ending(word: str) -> tuple[WordForm, ...]:
    """The readings of a name that no dictionary has; its accusative is the nominative."""
    forms = ended(word, thing_endings(word)) or unchanged(word)
    lifeless = (form._replace(case="accs") for form in forms if form.agreement == _NOMINATIVE)
    return forms + tuple(lifeless)


@lru_cache(maxsize=10_000)
def given_by_ending(word: str) -> tuple[WordForm, ...]:
    """The readings of a given name that no dictionary has."""
    return ended(word, given_endings(word)) or unchanged(word)


@cache
def _agreements(cases: str, genders: str) -> tuple[tuple[str, str], ...]:
    """The agreements that an ending has as the tables spell them."""
    every = CASES if cases == "all" else cases.split()
    return tuple((case, gender) for case in every for gender in genders.split())


def ended(word: str, endings: Iterable[Ending]) -> tuple[WordForm, ...]:
    """The readings of a word by the endings that it fits."""
    forms: list[WordForm] = []
    for rule in endings:
        nominative, weight = rule.nominative_of(word), rule.weight
        forms += [
            WordForm(nominative, case, gender, weight)
            for case, gender in _agreements(rule.cases, rule.genders)
        ]
    return tuple(forms)


@lru_cache(maxsize=10_000)
def listed_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a word (lower case) as a form of a given name of our table."""
    if not may_be_given(word):
        return ()
    forms = {
        (*form.agreement, form.nominative): form._replace(weight=1.0)
        for form in given_by_ending(word)
        if form.gender in genders_of_given(form.nominative)
    }
    return tuple(forms.values())


def unchanged(word: str) -> tuple[WordForm, ...]:
    return tuple(WordForm(word, case, gender, 0.3) for case in CASES for gender in GENDERS)


def scaled(forms: tuple[WordForm, ...], factor: float) -> tuple[WordForm, ...]:
    return tuple(
        WordForm(nominative, case, gender, weight * factor)
        for nominative, case, gender, weight in forms
    )


@lru_cache(maxsize=10_000)
def personal_forms(word: str, role: Role = "alone") -> tuple[WordForm, ...]:
    """The readings of a word (lower case) that is part of a person's name."""
    listed = listed_forms(word)
    guessed = _guessed(word, role)
    known = [parse for parse in parses(word) if parse.known]
    names = [parse for parse in known if parse.grammemes & PERSONAL]
    if names or (listed and role in _FIRST):
        surname = any("Surn" in parse.grammemes for parse in names)
        return _named(word, role, names, listed, guessed) + (
            () if role == "given" else scaled(_adjectival(known), 0.3 if surname else 1.0)
        )
    listed = scaled(listed, 0.5)
    adjectives = _adjectival(known)
    if adjectives:
        still = word.endswith(("ых", "их"))  # «Седых» is a surname more often than a plural
        return listed + adjectives + scaled(guessed, 1.0 if still else 0.1)
    nouns = [parse for parse in known if {"NOUN", "sing"} <= parse.grammemes]
    ordinary = scaled(_of_both_sexes(_dictionary_forms(nouns)), 0.1 if role == "given" else 0.5)
    return listed + ordinary + _doubted(word, guessed, 0.1 if ordinary else 0.5)


def _doubted(word: str, guessed: tuple[WordForm, ...], still: float) -> tuple[WordForm, ...]:
    """Guesses weigh half; `still` those that leave a form of a common noun as it is."""
    return tuple(
        form._replace(weight=form.weight * (still if form.nominative == word else 0.5))
        for form in guessed
    )


def _of_both_sexes(forms: tuple[WordForm, ...]) -> tuple[WordForm, ...]:
    """«Сорока» names a man as well as a woman."""
    return forms + tuple(
        form._replace(gender="masc")
        for form in forms
        if form.gender == "femn" and form.nominative.endswith(("а", "я"))
    )


def _named(
    word: str,
    role: Role,
    names: Sequence[Parse],
    listed: tuple[WordForm, ...],
    guessed: tuple[WordForm, ...],
) -> tuple[WordForm, ...]:
    """The readings of a word that a dictionary has as a name."""
    declined = _evened(_dictionary_forms(parse for parse in names if "Fixd" not in parse.grammemes))
    fixed = _dictionary_forms(parse for parse in names if "Fixd" in parse.grammemes)
    fixed = scaled(fixed, 0.2) if declined or listed else fixed  # «Анне»: Анна before Анне
    rest = 0.04
    if role == "given":
        ours = {form.nominative for form in listed if form.nominative != word}
        declined = tuple(
            form._replace(weight=form.weight * _UNUSUAL)
            if ours and form.nominative not in ours
            else form
            for form in declined
        )
    elif not any("Surn" in parse.grammemes for parse in names):
        declined = scaled(declined, 0.6 if role == "family" else 1.0)
        rest = 0.5 if role == "family" else 0.15
    elif _is_of_men(names) and not word.endswith(_DECLINING):
        fixed += tuple(form for form in guessed if form[0] == word and form.gender == "femn")
    listed = scaled(listed, 1.0 if role in _FIRST else 0.5)
    listed = _declining_first(listed, bool(declined))
    return listed + declined + fixed + scaled(guessed, rest)


def _is_of_men(names: Sequence[Parse]) -> bool:
    """«Ткачук»: a nominative of men, which stands in every case of women."""
    return all("masc" in parse.grammemes for parse in names) and any(
        "nomn" in parse.grammemes for parse in names
    )


def _declining_first(listed: tuple[WordForm, ...], declined: bool) -> tuple[WordForm, ...]:
    """A name that stands in every case («Анне», «Али») is rarer than one of which this is one."""
    cases = {case: {form.nominative for form in listed if form.case == case} for case in CASES}
    still = set.intersection(*cases.values())
    factor = 0.2 if any(name.endswith("е") for name in still) else 0.6
    if not declined and all(form.nominative in still for form in listed):
        return listed
    return tuple(
        form._replace(weight=form.weight * factor) if form.nominative in still else form
        for form in listed
    )


def _guessed(word: str, role: Role) -> tuple[WordForm, ...]:
    match role:
        case "given":
            return given_by_ending(word)
        case "middle":
            return given_by_ending(word) + scaled(by_ending(word), 0.7)
        case _:
            return by_ending(word)


def _adjectival(known: Iterable[Parse]) -> tuple[WordForm, ...]:
    """«Белому» of a man, «Белой» of a woman, «Белых» of a family: the cases are of one weight."""
    found = [parse for parse in known if parse.grammemes & ADJECTIVE]
    forms = {
        (*form.agreement, form.nominative): form._replace(weight=0.6)
        for form in _dictionary_forms(found)
        if form.gender in _PERSONAL_GENDERS and form.nominative not in _NEVER_IN_NAMES
    }
    return tuple(forms.values())


def _evened(forms: tuple[WordForm, ...]) -> tuple[WordForm, ...]:
    """Frequencies of cases say little where the parts of a name agree."""
    return tuple(
        WordForm(nominative, case, gender, 0.25 + 0.75 * weight)
        for nominative, case, gender, weight in forms
    )


@lru_cache(maxsize=10_000)
def noun_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a noun (lower case): of a place, of an organisation, or a common one."""
    found = parses(word)
    nouns = [parse for parse in found if "NOUN" in parse.grammemes]
    known = [parse for parse in nouns if parse.known]
    named = [parse for parse in known if parse.grammemes & {"Geox", "Orgn"}]
    if known:
        forms = _dictionary_forms(named or known) + scaled(_dictionary_forms(known), 0.2)
        several = not named and all("plur" in parse.grammemes for parse in known)
        return forms + scaled(thing_by_ending(word), 0.3) if several else forms
    if any(parse.known and parse.grammemes & ADJECTIVE for parse in found):
        return ()
    sure = any(parse.lemma.endswith("ость") for parse in nouns[:1])  # «Спортновостям»
    return thing_by_ending(word) + scaled(_dictionary_forms(nouns), 1.5 if sure else 0.3)


@lru_cache(maxsize=10_000)
def adjective_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of an adjective or participle (lower case); none for any other word.

    «Воробьёвых» of «Воробьёвых гор» counts: the dictionary has it as a surname only.
    """
    found = [parse for parse in parses(word) if parse.lemma not in _NEVER_IN_NAMES]
    adjectives = [parse for parse in found if parse.grammemes & ADJECTIVE]
    plurals = [parse for parse in found if {"Surn", "plur"} <= parse.grammemes]
    return _dictionary_forms(adjectives or plurals)


def _dictionary_forms(found: Iterable[Parse]) -> tuple[WordForm, ...]:
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
    if parse.grammemes & ADJECTIVE and number == "sing":
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
