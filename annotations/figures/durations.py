"""DURATION and AGE: lengths of time, and how old somebody is."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.figures.amounts import Amount, Term, Units, read_amount
from annotations.figures.finds import Find, decimal_text, unit_of
from annotations.figures.numerals import after_dot
from annotations.figures.ordinals import read_ordinal
from annotations.figures.phrases import Phrases
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas
from annotations.lexicon import table
from annotations.model import Value

_DAYS = frozenset(["рабочий", "календарный", "банковский", "полный"])
_ORDER = "YMWDhms"  # designators of ISO 8601, minutes and hours in lower case: M is a month
_SMALLER = {"Y": (Decimal(12), "M"), "D": (Decimal(24), "h"), "h": (Decimal(60), "m")}
_SMALLER |= {"m": (Decimal(60), "s")}
_DESIGNATORS = {"h": "H", "m": "M", "s": "S"}


class Time(NamedTuple):
    """A unit of time: `size` of a designator («век»: 100 Y)."""

    size: Decimal
    designator: str


@cache
def times() -> Phrases[Time]:
    """The units of time of the lexicon."""
    return Phrases(
        (phrase, Time(Decimal(count), designator))
        for designator, count, phrases in table("durations")
        for phrase in phrases.split(",")
    )


def read_unit(line: Line, i: int) -> tuple[Time, int] | None:
    """The unit of time at piece `i`, «рабочих» and «календарных» before it included."""
    j = i
    if line.at(j).kind == WORD and not lemmas(line.low(j)).isdisjoint(_DAYS):
        j += 1
    found = times().read(line, j)
    return None if found is None else (found[0], after_dot(line, found[1]))


def _follows(bigger: Time, smaller: Time) -> bool:
    return _ORDER.index(bigger.designator) < _ORDER.index(smaller.designator)


LENGTHS = Units(after=read_unit, follows=_follows)


def read_duration(line: Line, i: int) -> Find | None:
    """«три часа», «восемь с половиной лет», «от двух до трёх лет», «полгода»."""
    amount = read_amount(line, i, LENGTHS)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return None
    if line.low(i - 1) == "." and line.low(i - 2) in {"п", "пп", "ст", "гл"}:
        return None  # «п. 3 ч. 1»
    if line.low(i).startswith("половин") and read_ordinal(line, i - 1) is not None:
        return None  # «вторая половина дня»
    if line.low(i) in {"один", "одну", "одного", "одном"} and line.low(i - 1) in {"в", "во", "из"}:
        return None
    return Find(amount.start, amount.end, "DURATION", _value(amount, unit), 0.93)


def _value(amount: Amount[Time], unit: Time) -> Value:
    low = None if amount.low is None else iso_duration(_filled(amount.low, unit))
    high = None if amount.high is None else iso_duration(_filled(amount.high, unit))
    value: dict[str, str | bool | None] = {"min": low, "max": high}
    if amount.approx:
        value["approx"] = True
    return value


def _filled(term: Term[Time], unit: Time) -> tuple[tuple[Decimal, Time], ...]:
    return tuple((part.number.value, part.unit or unit) for part in term.parts)


def iso_duration(parts: tuple[tuple[Decimal, Time], ...]) -> str:
    """An ISO 8601 duration: halves in the next smaller unit where that is whole (P8Y6M)."""
    sums: dict[str, Decimal] = {}
    for number, unit in parts:
        for amount, designator in _whole(abs(number) * unit.size, unit.designator):
            sums[designator] = sums.get(designator, Decimal(0)) + amount
    dates = "".join(_written(sums, designator) for designator in "YMWD")
    clock = "".join(_written(sums, designator) for designator in "hms")
    return f"P{dates}T{clock}" if clock else f"P{dates}" if dates else "P0D"


def _whole(amount: Decimal, designator: str) -> list[tuple[Decimal, str]]:
    whole = Decimal(int(amount))
    smaller = _SMALLER.get(designator)
    if whole == amount or smaller is None:
        return [(amount, designator)]
    rest = (amount - whole) * smaller[0]
    if rest != int(rest):
        return [(amount, designator)]
    return [(whole, designator), (rest, smaller[1])] if whole else [(rest, smaller[1])]


def _written(sums: dict[str, Decimal], designator: str) -> str:
    number = sums.get(designator)
    if not number:
        return ""
    return decimal_text(number) + _DESIGNATORS.get(designator, designator)
