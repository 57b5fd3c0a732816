"""What a kind of fault came to, and the table of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADER = ("what", "rounds", "what must hold", "held", "what was seen")


@dataclass(frozen=True, slots=True)
class Result:
    """One row: a kind of fault, how often it struck, what must hold then, and what was seen.

    `failures` says what did not hold, each with the seed or round that shows it again.
    `skipped` says why this machine cannot do it; then nothing was tried.
    """

    what: str
    must_hold: str
    rounds: int = 0
    seen: str = ""
    failures: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def held(self) -> str:
        """Whether what must hold did, in a word."""
        if self.skipped:
            return "skipped"
        return f"no, {len(self.failures)} ×" if self.failures else "yes"

    @property
    def cells(self) -> tuple[str, ...]:
        """The row, in the order of `HEADER`."""
        rounds = "" if self.skipped else f"{self.rounds:,}"
        return (self.what, rounds, self.must_hold, self.held, self.skipped or self.seen)


def line(cells: Iterable[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def beginning() -> str:
    """The first two lines of the table."""
    return f"{line(HEADER)}\n{line(('---',) * len(HEADER))}\n"
