"""Units that measure the same, as one: a kilometre is a thousand metres."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.lexicon import table


class Measure(NamedTuple):
    """The unit of a dimension that all its others are counted in, and how many a unit is."""

    base: str
    size: Decimal


def measure_of(unit: str) -> Measure:
    """What a unit of a quantity is counted in: itself, where nothing else measures the same."""
    return _measures().get(unit, Measure(unit, Decimal(1)))


@cache
def _measures() -> dict[str, Measure]:
    rows = [(unit, dimension, Decimal(size)) for unit, dimension, size, _ in table("units")]
    bases = {dimension: unit for unit, dimension, size in rows if size == 1}
    return {unit: Measure(bases[dimension], size) for unit, dimension, size in rows}
