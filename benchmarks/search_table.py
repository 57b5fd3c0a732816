"""The lines of the table: what was measured of each search, and what ours is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.library import number
from benchmarks.turns import Timing, percentile


@dataclass(frozen=True, slots=True)
class Bar:
    """What ours may be at most, or (`is_least`) has to be at least."""

    said: str
    found: float
    limit: float
    unit: str = "×"
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.found >= self.limit if self.is_least else self.found <= self.limit

    def verdict(self) -> str:
        return f"{'yes' if self.is_met else 'no'}, {number(self.found)} {self.unit}"


@dataclass(frozen=True, slots=True)
class Row:
    """A cell a search, by its name."""

    what: str
    cells: Mapping[str, str]
    bars: Sequence[Bar] = ()

    def line(self, names: Sequence[str]) -> str:
        cells = (self.cells.get(name, "–") for name in names)
        said = "; ".join(bar.said for bar in self.bars)
        met = "; ".join(bar.verdict() for bar in self.bars)
        return f"| {' | '.join((self.what, *cells, said, met))} |"


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the 95th percentile of times in milliseconds, and of how many."""

    middle: float
    high: float
    count: int

    def cell(self, full: int) -> str:
        said = f"{number(self.middle)} / {number(self.high)}"
        return said if self.count == full else f"{said} (of {self.count})"


def spread(timing: Timing) -> Spread:
    times = [time for turn in timing.turns for time in turn]
    return Spread(percentile(times, 50), percentile(times, 95), len(times))


def times(
    what: str, spreads: Mapping[str, Spread], bars: Sequence[Bar] = (), note: str = "ms"
) -> Row:
    """p50 / p95 of each; where fewer were measured than of the others it is said of how many."""
    full = max(each.count for each in spreads.values())
    cells = {name: each.cell(full) for name, each in spreads.items()}
    return Row(f"{what}, {note}", cells, bars)
