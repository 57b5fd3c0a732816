"""The numbers that a figure may be, on one scale for each label.

MONEY, PERCENT, NUMBER and ORDINAL are numbers of their unit; QUANTITY is in the unit that others
of its kind are counted in (metres, grams, …); AGE is in years; DATE in
days since the year 1 (`date.toordinal`); TIME in minutes since midnight, past 1440 where it goes
on into the next day; DURATION in days, a month being a twelfth of 365.25 of them.
"""

import re
from datetime import date
from decimal import Decimal
from math import inf, isfinite, nextafter
from typing import NamedTuple

from annotations.model import Value
from annotations.query.measures import measure_of
from annotations.query.nodes import Interval

MINUTES_OF_A_DAY = 1440
DAYS = {
    "Y": 365.25,
    "M": 30.4375,
    "W": 7.0,
    "D": 1.0,
    "h": 1 / 24,
    "m": 1 / 1440,
    "s": 1 / 86400,
}  # designators of ISO 8601, those of a time of day in lower case: M is a month
MONTHS_OF_A_YEAR = 12

_SIZE = r"\d+(?:\.\d+)?"
_DURATION = re.compile(
    "P(?=.)"
    + "".join(rf"(?:(?P<{unit}>{_SIZE}){unit})?" for unit in "YMWD")
    + "(?:T(?=.)"
    + "".join(rf"(?:(?P<{unit}>{_SIZE}){unit.upper()})?" for unit in "hms")
    + ")?",
    re.ASCII,
)
_CLOCK = re.compile(r"(\d\d):(\d\d)", re.ASCII)
_NUMBERS = ("MONEY", "PERCENT", "NUMBER", "ORDINAL")


class Bounds(NamedTuple):
    """From `low` to `high`, both included, of `unit` where the label has units.

    Of «более 5», 5 and the next number above it are known, of «до 5» 5 and the next below.
    """

    low: float
    high: float
    unit: str | None


def bounds(label: str, value: Value) -> Bounds | None:
    """The numbers that the value may be; None where it has none, or the label is no figure's."""
    match label:
        case "DATE":
            return _bounds(_day(value.get("start")), _day(value.get("end")))
        case "TIME":
            low, high = _minutes(value.get("start")), _minutes(value.get("end"))
            if low is not None and high is not None and high < low:
                high += MINUTES_OF_A_DAY
            return _bounds(low, high)
        case "DURATION":
            return _bounds(_days(value.get("min")), _days(value.get("max")))
        case "AGE":
            size = Decimal(1) / (MONTHS_OF_A_YEAR if value.get("unit") == "month" else 1)
            return _bounds(_number(value.get("min"), size), _number(value.get("max"), size))
        case "QUANTITY":
            measure = measure_of(str(value.get("unit") or ""))
            low, high = (_number(value.get(name), measure.size) for name in ("min", "max"))
            return _bounds(low, high, measure.base or None)
        case _ if label in _NUMBERS:
            unit = value.get("unit")
            low, high = _number(value.get("min")), _number(value.get("max"))
            return _bounds(low, high, unit if isinstance(unit, str) else None)
    return None


def fits(interval: Interval, found: Bounds) -> bool:
    """Whether one of the numbers of the bounds lies in the interval."""
    low, high = interval.low, interval.high
    if low is not None and (found.high <= low if interval.low_open else found.high < low):
        return False
    return not (
        high is not None and (found.low >= high if interval.high_open else found.low > high)
    )


def length_in_days(parts: dict[str, float]) -> float:
    """Numbers of units of time, by their designator, as days."""
    return sum(parts[unit] * size for unit, size in DAYS.items() if unit in parts)


def iso_length(text: str) -> float | None:
    """An ISO 8601 duration (`P8Y6M`) in days; None for what is none."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    return length_in_days({unit: float(said) for unit, said in found.groupdict().items() if said})


def _bounds(low: float | None, high: float | None, unit: str | None = None) -> Bounds | None:
    if low is None:
        return None if high is None else Bounds(nextafter(high, -inf), high, unit)
    if high is None:
        return Bounds(low, nextafter(low, inf), unit)
    return Bounds(low, high, unit)


def _number(text: str | bool | None, size: Decimal = Decimal(1)) -> float | None:
    """A number of units of a size, in units of one."""
    if not isinstance(text, str):
        return None
    try:
        number = float(Decimal(text) * size)
    except (ArithmeticError, ValueError):
        return None
    return number if isfinite(number) else None


def _day(text: str | bool | None) -> float | None:
    try:
        return float(date.fromisoformat(text).toordinal()) if isinstance(text, str) else None
    except ValueError:
        return None


def _minutes(text: str | bool | None) -> float | None:
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    return None if found is None else float(int(found[1]) * 60 + int(found[2]))


def _days(text: str | bool | None) -> float | None:
    return iso_length(text) if isinstance(text, str) else None
