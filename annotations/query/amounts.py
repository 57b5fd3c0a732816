"""Conditions on the value of a figure: `money:USD>=1млн`, `age>18`, `when:2025-11..2026`."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from annotations.folding import fold
from annotations.phrase import Phrase
from annotations.query.days import RANGE, backwards, no_range, read_period
from annotations.query.figures import (
    MINUTES_OF_A_DAY,
    MONTHS_OF_A_YEAR,
    iso_length,
    length_in_days,
)
from annotations.query.joining import Condition
from annotations.query.lengths import read_length
from annotations.query.nodes import Annotated, Interval
from annotations.query.terms import Unreadable
from annotations.query.units import Unit, code_unit, find_unit

MAGNITUDES = {
    "тыс": 3, "к": 3, "k": 3,
    "млн": 6, "m": 6, "mln": 6,
    "млрд": 9, "b": 9, "bn": 9, "bln": 9,
    "трлн": 12, "tn": 12, "trn": 12,
}  # powers of ten  # fmt: skip
ANY = "*"

_NUMBER = re.compile(
    r"[-−]?[0-9]{1,30}(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?"
)
_SPACES = re.compile(r"[ \u00a0\u202f]")
_UNIT_FIRST = re.compile(r"([^><=:]+)(>=|<=|[><=:])(.*)", re.DOTALL)
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-5][0-9]))?")


class Amount(NamedTuple):
    """The numbers that an amount is: one, or those of a period."""

    low: float
    high: float
    unit: str | None = None


def read_figure(label: str, comparison: str, said: str, today: date) -> Condition:
    """The figures of a label that are meant; raises Unreadable."""
    if comparison == ":" and said == ANY:
        return _figures(label)
    match label:
        case "DATE":
            return _within(label, comparison, said, partial(_days, today))
        case "TIME":
            return _within(label, comparison, said, _time)
        case "DURATION":
            return _within(label, comparison, said, _duration)
        case "AGE":
            return _within(label, comparison, said, _age)
    return _measured(label, comparison, said)


def _measured(label: str, comparison: str, said: str) -> Condition:
    """An amount of a unit, which may stand alone, before the amount or after it."""
    front = None
    if comparison == ":":
        alone = find_unit(label, said) or code_unit(label, said)
        if alone is not None:
            return _figures(label, alone.name)
        unit_first = _UNIT_FIRST.fullmatch(said)
        if unit_first is not None:
            front = _unit(label, unit_first[1])
            comparison, said = unit_first[2], unit_first[3].strip()
            if comparison == ":" and said == ANY:
                return _figures(label, front.name)
    if front is None and RANGE in said:
        front = _unit_of_last(label, said)
    return _within(label, comparison, said, partial(_amount, label, front))


def _unit_of_last(label: str, said: str) -> Unit | None:
    """The unit of the end of a range, which is its beginning's as well: «5..10км»."""
    last = said.rpartition(RANGE)[2].strip()
    number = _NUMBER.match(last)
    return _after_number(label, last[number.end() :].strip())[1] if number else None


def _figures(label: str, unit: str | None = None, *within: Interval) -> Condition:
    return Condition(
        tuple(Annotated(label, unit=unit, within=interval) for interval in within or (None,)),
        head=True,
    )


def _within(label: str, comparison: str, said: str, read: Callable[[str], Amount]) -> Condition:
    """Figures of which one number compares so with an amount, or lies in a range."""
    if RANGE in said:
        if comparison not in (":", "="):
            raise no_range()
        return _in_range(label, said, read)
    low, high, unit = read(said)
    match comparison:
        case ">":
            interval = Interval(low=high, low_open=True)
        case ">=":
            interval = Interval(low=low)
        case "<":
            interval = Interval(high=low, high_open=True)
        case "<=":
            interval = Interval(high=high)
        case _:
            interval = Interval(low, high)
    return _figures(label, unit, interval)


def _in_range(label: str, said: str, read: Callable[[str], Amount]) -> Condition:
    first, last = (part.strip() for part in said.split(RANGE, 1))
    low = read(first) if first else None
    high = read(last) if last else None
    units = {bound.unit for bound in (low, high) if bound is not None and bound.unit is not None}
    if low is None and high is None:
        raise no_range()
    if len(units) > 1:
        raise Unreadable(Phrase("both ends of {found} must have the same unit", found=said))
    unit = next(iter(units), None)
    from_low = None if low is None else low.low
    to_high = None if high is None else high.high
    if from_low is not None and to_high is not None and to_high < from_low:
        if label != "TIME":
            raise backwards(said)
        return _figures(label, None, Interval(low=from_low), Interval(high=to_high))
    return _figures(label, unit, Interval(from_low, to_high))


def _days(today: date, said: str) -> Amount:
    first, last = read_period(said, today)
    return Amount(float(first.toordinal()), float(last.toordinal()))


def _time(said: str) -> Amount:
    clock = _CLOCK.fullmatch(said)
    minutes = None if clock is None else int(clock[1]) * 60 + int(clock[2] or 0)
    if minutes is None or minutes > MINUTES_OF_A_DAY:
        raise Unreadable(Phrase("{found} is no time of day: write 18:00", found=said))
    return Amount(float(minutes), float(minutes))


def _duration(said: str) -> Amount:
    days = iso_length(said.upper())
    if days is None:
        days = length_in_days(read_length(said))
    return Amount(days, days)


def _age(said: str) -> Amount:
    years = float(said) if said.isascii() and said.isdigit() and len(said) < 10 else None
    if years is None:
        length = read_length(said)
        if not length.keys() <= {"Y", "M"}:
            raise Unreadable(Phrase("{found}: an age is in years or months", found=said))
        years = length.get("Y", 0) + length.get("M", 0) / MONTHS_OF_A_YEAR
    return Amount(years, years)


def _amount(label: str, front: Unit | None, said: str) -> Amount:
    """A number with its magnitude and its unit: `100млн$`, `1e9USD`, `$5`, `20%`."""
    number = _NUMBER.match(said)
    if number is None and label == "MONEY" and said[1:2].isdigit():
        front, number = _unit(label, said[0]), _NUMBER.match(said, 1)
    if number is None:
        raise Unreadable(Phrase("{found} is no number: write 100, 1.5, 1e9 or 100млн", found=said))
    power, unit = _after_number(label, said[number.end() :].strip())
    unit = unit or front
    plain = _SPACES.sub("", number[0]).replace(",", ".").replace("−", "-")
    exact = Decimal(plain).scaleb(power) * (unit.size if unit else 1)
    return Amount(float(exact), float(exact), unit.name if unit else None)


def _after_number(label: str, said: str) -> tuple[int, Unit | None]:
    """The power of ten and the unit that follow a number; neither need be there."""
    if not said:
        return 0, None
    unit = find_unit(label, said)
    if unit is not None:
        return 0, unit
    folded = fold(said)
    for word in sorted(MAGNITUDES, key=len, reverse=True):
        if folded.startswith(word):
            rest = folded.removeprefix(word).lstrip(" .")
            unit = find_unit(label, rest) or code_unit(label, rest)
            if not rest or unit is not None:
                return MAGNITUDES[word], unit
    return 0, _unit(label, said)


def _unit(label: str, said: str) -> Unit:
    unit = find_unit(label, said) or code_unit(label, said)
    if unit is None:
        raise Unreadable(Phrase("there is no unit {found} here", found=said))
    return unit
