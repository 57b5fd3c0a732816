"""QUANTITY: measured amounts, and «в 2,5 раза»."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.figures.amounts import Amount, Term, Units, read_amount
from annotations.figures.finds import Find, bounds, unit_of
from annotations.figures.numerals import ONE, after_dot
from annotations.figures.phrases import Phrases
from annotations.figures.pieces import Line
from annotations.lexicon import table

_PREPOSITIONS = frozenset({"в", "во"})
_DEGREES = frozenset({"degree", "degree Celsius"})
_ABOVE = frozenset({"тепла", "выше нуля"})
_BELOW = frozenset({"мороза", "холода", "ниже нуля"})


class Unit(NamedTuple):
    """A unit of measure, its dimension, and its size among the units of that dimension."""

    name: str
    dimension: str
    size: Decimal
    sign: int = 1


@cache
def _unit_names() -> Phrases[Unit]:
    return Phrases(
        (phrase, Unit(name, dimension, Decimal(size)))
        for name, dimension, size, phrases in table("units")
        for phrase in phrases.split(",")
    )


def _after(line: Line, i: int) -> tuple[Unit, int] | None:
    found = _unit_names().read(line, i)
    if found is None:
        return None
    unit, end = found
    if unit.name in _DEGREES:
        return _with_side(line, unit, end)
    return unit, after_dot(line, end, symbol=True)


def _with_side(line: Line, unit: Unit, end: int) -> tuple[Unit, int]:
    """Degrees «тепла» or «мороза»: the word says on which side of zero."""
    for words in (1, 2):
        said = " ".join(line.low(end + n) for n in range(words))
        if said in _ABOVE | _BELOW:
            return unit._replace(sign=-1 if said in _BELOW else 1), end + words
    return unit, end


def _follows(bigger: Unit, smaller: Unit) -> bool:
    return bigger.dimension == smaller.dimension and bigger.size > smaller.size


_UNITS = Units(after=_after, follows=_follows)


def read_quantity(line: Line, i: int) -> Find | None:
    """«16 км 400 метров», «25 м/с», «до минус 20 градусов»."""
    amount = read_amount(line, i, _UNITS)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return None
    unit = _finest(amount, unit)
    value = bounds(amount, lambda term: _measure(term, unit), unit=unit.name)
    return Find(amount.start, amount.end, "QUANTITY", value, 0.97)


def _finest(amount: Amount[Unit], unit: Unit) -> Unit:
    """The smallest of the units of an amount: the value is a number of these."""
    units = [
        part.unit
        for term in (amount.low, amount.high)
        if term is not None
        for part in term.parts
        if part.unit is not None and part.unit.dimension == unit.dimension
    ]
    return min(units, key=lambda other: other.size)


def _measure(term: Term[Unit], unit: Unit) -> Decimal:
    total = Decimal(0)
    for part in term.parts:
        own = part.unit or unit
        total += part.number.value * own.sign * own.size / unit.size
    return total


def _times(line: Line, i: int) -> tuple[str, int] | None:
    return ("times", i + 1) if line.low(i) in {"раз", "раза"} else None


_TIMES = Units(after=_times)


def read_times(line: Line, i: int) -> Find | None:
    """«2,5 раза» after «в», «более чем в пять раз»: the preposition makes it a factor."""
    amount = read_amount(line, i, _TIMES)
    if amount is None or unit_of(amount) is None:
        return None
    if not any(line.low(j) in _PREPOSITIONS for j in range(i - 1, amount.end)):
        return None
    return Find(i, amount.end, "QUANTITY", bounds(amount, _factor, unit="times"), 0.97)


def _factor(term: Term[str]) -> Decimal:
    return term.parts[0].number.value * ONE
