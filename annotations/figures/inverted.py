"""Approximate order: the unit before its number («рублей пятьсот», «метрах в ста»)."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.figures.words import months, numerals
from annotations.lemmas import parses
from annotations.lexicon import table

_PREPOSITIONS = {
    "unit": frozenset({"на", "по", "за", "в"}),
    "scale": frozenset({"на", "по", "за", "в"}),
    "count": frozenset({"на", "по", "за"}),
    "time": frozenset({"на", "за"}),  # «часов в шесть» is a time, «лет через пять» a date
}
_MANY = frozenset(
    ["несколько", "много", "мало", "немало", "немного", "сколько", "столько", "пару", "пара"]
)
_NOT_BEFORE = frozenset({"ADJF", "PRTF", "NUMR", "PREP"})
_TIMES = ("лет", "год", "месяц", "недел", "дн", "час", "минут", "сут", "секунд")
_DASHES = frozenset("-–—")
_FEW_VALUES = frozenset({2, 3, 4})


class Before(NamedTuple):
    """What a form says of the number after it: few or many, or that «в» is between."""

    kind: str
    places: frozenset[str]


@cache
def inverted_forms() -> Mapping[str, Before]:
    """The forms of units and magnitudes that may stand before their number."""
    found: dict[str, Before] = {}
    for kind, few, many, locative in table("inverted"):
        for place, form in (("few", few), ("many", many), ("locative", locative)):
            places = found[form].places if form in found else frozenset()
            found[form] = Before(kind, places | {place})
    return found


@cache
def _nominatives() -> frozenset[str]:
    """Numerals as they stand where no preposition governs them."""
    rows = table("numerals")
    firsts = {forms.split(" ")[0] for _, kind, forms in rows if kind not in {"half", "part"}}
    return frozenset(firsts | {"две", "полторы"})


def number_after(line: Line, i: int, *kinds: str) -> int | None:
    """Where the number begins that the unit at piece `i` stands before, of about that many."""
    before = inverted_forms().get(line.low(i))
    if before is None or before.kind not in kinds or not _may_stand(line, i):
        return None
    governed = line.low(i + 1) in _PREPOSITIONS[before.kind]
    j = i + 2 if governed else i + 1
    few = _is_few(line, j, governed)
    if governed and line.low(i) == "раз" and line.low(j + 1).startswith(_TIMES):
        return None  # «раз в 10 лет»
    if few is None or not _goes_on(line, j):
        return None
    wanted = {"few" if few else "many"}
    if governed and line.low(i + 1) in {"в", "на"}:
        wanted.add("locative")
    return None if before.places.isdisjoint(wanted) else j


def _is_few(line: Line, j: int, governed: bool) -> bool | None:
    """Whether the number at piece `j` takes the genitive singular; None where it is none."""
    piece = line.at(j)
    if piece.kind == NUMBER and piece.text.isdecimal() and len(piece.text) < 10:
        return piece.text[-1] in "234" and piece.text[-2:-1] != "1"
    if piece.kind != WORD or piece.low not in numerals():
        return None
    if not governed and piece.low not in _nominatives():
        return None
    value = numerals()[piece.low].value
    return value in _FEW_VALUES or value != int(value)


def _may_stand(line: Line, i: int) -> bool:
    """Whether nothing before the unit counts or describes it («миллион рублей 5 школам»)."""
    before = line.at(i - 1)
    if before.kind != WORD:
        return before.low in {"", ",", "—", "–", "(", "«", ":", "…", ".", "!", "?", ";", "-"} and (
            line.low(i - 2) not in numerals()
        )
    if before.low in _MANY or before.low in numerals():
        return False
    best = parses(before.text)[0].grammemes
    if best & _NOT_BEFORE and "Apro" not in best:
        return False
    return line.at(i + 1).kind == WORD or "NOUN" not in best or _is_last(line, i + 1)


def _is_last(line: Line, j: int) -> bool:
    """Whether digits, a range of them too, end the clause: «до деревни километров 15–20.»"""
    if line.at(j).kind == NUMBER and line.low(j + 1) in _DASHES and line.at(j + 2).kind == NUMBER:
        j += 2
    return line.low(j + 1) in {"", ".", ",", ";", ")"}


def _goes_on(line: Line, j: int) -> bool:
    """Whether the number at piece `j` is not one of the words after it («лет 5 мая»)."""
    following = line.low(j + 1)
    return following not in months() and following not in {"%", "/", ":"}
