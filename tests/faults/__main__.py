"""`python -m tests.faults [KIND …] [--seed N] [--rounds N]`: what holds when things go wrong.

Prints a Markdown table; each thing that did not hold is told on standard error with the seed
that shows it again, and the exit code is 1.
"""

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.faults import (
    clock,
    corruption,
    crowd,
    indexing,
    kills,
    pollers,
    power,
    programs,
    refusals,
    small_disk,
    stopped,
)
from tests.faults.table import Result, beginning, line

SEED = 20_260_131
MOST_SHOWN = 20  # failures of a kind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault: how often it strikes where nobody says otherwise, and what strikes."""

    rounds: int
    run: Callable[[int, int], Iterable[Result]]


def _corruptions(rounds: int, seed: int) -> Iterable[Result]:
    with kills.folder(in_memory=True) as top:
        yield corruption.corruption(top, rounds, seed)


KINDS: Mapping[str, Kind] = {
    "kill": Kind(500, lambda rounds, seed: [kills.run(rounds, seed, signal.SIGKILL, "kill -9")]),
    "hangup": Kind(200, lambda rounds, seed: [kills.run(rounds, seed, signal.SIGHUP, "SIGHUP")]),
    "screen": Kind(40, lambda rounds, seed: [programs.screen(rounds, seed)]),
    "add": Kind(24, lambda rounds, seed: [programs.adding(rounds, seed)]),
    "refusals": Kind(10_000, refusals.run),
    "full-disk": Kind(20, small_disk.run),
    "power": Kind(4_000, power.run),
    "crowd": Kind(4_000, lambda rounds, seed: [crowd.run(rounds, seed)]),
    "stopped": Kind(60, stopped.run),
    "corruption": Kind(5_000, _corruptions),
    "index": Kind(100, indexing.run),
    "clock": Kind(200, lambda rounds, seed: [clock.run(rounds, seed)]),
    "pollers": Kind(100, lambda rounds, seed: [pollers.run(rounds, seed)]),
}


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tests.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--seed", type=int, default=SEED, help="of all that is random")
    parser.add_argument("--rounds", type=int, help="how often each kind strikes")
    chosen = parser.parse_args(arguments)
    unknown = [each for each in chosen.kinds if each not in KINDS]
    if unknown or (chosen.rounds is not None and chosen.rounds < 1):
        parser.error(f"no such kind: {unknown[0]}" if unknown else "--rounds must be 1 or more")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))  # tidy up
    print(beginning(), end="", flush=True)
    failed = False
    for name in chosen.kinds or KINDS:
        kind, begin = KINDS[name], time.monotonic()
        for result in _results(name, chosen.rounds or kind.rounds, chosen.seed):
            print(line(result.cells), flush=True)
            failed = failed or bool(result.failures)
            _tell(name, result)
        print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return int(failed)


def _results(name: str, rounds: int, seed: int) -> Iterator[Result]:
    """The rows of a kind; what it dies of is one too, and the other kinds go on."""
    try:
        yield from KINDS[name].run(rounds, seed)
    except Exception as error:  # noqa: BLE001 - whatever it is, it did not hold
        told = "".join(traceback.format_exception(error))
        yield Result(name, "it runs to its end", rounds, str(error)[:200], (f"{seed}: {told}",))


def _tell(name: str, result: Result) -> None:
    for each in result.failures[:MOST_SHOWN]:
        print(f"{name}: {each}", file=sys.stderr)
    if len(result.failures) > MOST_SHOWN:
        print(f"{name}: and {len(result.failures) - MOST_SHOWN} more", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
