"""PERCENT: per cent, percentage points, basis points."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.figures.amounts import Term, Units, read_amount
from annotations.figures.finds import Find, bounds, unit_of
from annotations.figures.numerals import ONE, after_dot
from annotations.figures.phrases import Phrases
from annotations.figures.pieces import Line


class Share(NamedTuple):
    """The unit of the value, and what one of the text's unit is in it."""

    unit: str
    size: Decimal


_PER_CENT = Share("%", ONE)
_POINT = Share("pp", ONE)
_BASIS_POINT = Share("pp", Decimal("0.01"))
_SHARES = (
    ("%", _PER_CENT),
    ("процент", _PER_CENT),
    ("проц", _PER_CENT),
    ("п . п .", _POINT),
    ("п . п", _POINT),
    ("пп", _POINT),
    ("% п . п .", _POINT),
    ("процентный пункт", _POINT),
    ("процентных пункт", _POINT),
    ("проц . пункт", _POINT),
    ("п . процент", _POINT),
    ("базисный пункт", _BASIS_POINT),
    ("базовый пункт", _BASIS_POINT),
    ("б . п .", _BASIS_POINT),
    ("б . п", _BASIS_POINT),
    ("бп", _BASIS_POINT),
)


@cache
def _shares() -> Phrases[Share]:
    return Phrases(_SHARES)


def _after(line: Line, i: int) -> tuple[Share, int] | None:
    found = _shares().read(line, i)
    return None if found is None else (found[0], after_dot(line, found[1]))


_UNITS = Units(after=_after)


def read_percent(line: Line, i: int) -> Find | None:
    """«20%», «с 11 до 14 процентов», «0,5 п.п.», «25 базисных пунктов»."""
    amount = read_amount(line, i, _UNITS)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return None
    end = amount.end
    if line.low(end) == "-" and line.glued(end) and line.glued(end + 1):
        end += 2  # «20%-ный»
    return Find(amount.start, end, "PERCENT", bounds(amount, _measure, unit=unit.unit), 0.98)


def _measure(term: Term[Share]) -> Decimal:
    part = term.parts[0]
    return part.number.value * (part.unit.size if part.unit else ONE)
