"""Many writers at once, each a process.

They pause for some milliseconds after each save, as people pause for longer.  Without any pause
whoever has SQLite's lock keeps it nearly to the end, which makes most saves fast and the rest wait
for seconds.
"""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from annotations.edits import Stamp, new_annotation
from annotations.model import Span
from benchmarks.rivals import AUTHOR, Rival, article_id

ENOUGH = 8.0  # seconds, after which a slow writer stops
PAUSE = 0.004  # seconds at the most
STAMP = Stamp(AUTHOR, "2026-02-02T10:00:00Z")
START = 60.0  # seconds that writers wait for one another before they begin

Open = Callable[[Path], Rival]


@dataclass(frozen=True)
class Crowd:
    """Many writers at once: milliseconds of each save, saves that failed, and saves that were
    acknowledged but are not there afterwards."""

    times: tuple[float, ...]
    errors: int
    lost: int

    def __add__(self, other: "Crowd") -> "Crowd":
        times = self.times + other.times
        return Crowd(times, self.errors + other.errors, self.lost + other.lost)


def crowds(rival: Open, folder: Path, rounds: Sequence[Sequence[int]], saves: int) -> Crowd:
    """Several crowds, one after the other; no more of a slow rival's than its 8 seconds hold."""
    until, found = time.monotonic() + ENOUGH, Crowd((), 0, 0)
    for numbers in rounds:
        found += crowd(rival, folder, numbers, saves)
        if time.monotonic() > until:
            break
    return found


def crowd(rival: Open, folder: Path, numbers: Sequence[int], saves: int) -> Crowd:
    """A writer for each number of an article, all at once; each adds so many annotations, or
    those that it can add in 8 seconds."""
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(len(numbers))
    with context.Pool(len(numbers), _meet, (barrier,)) as pool:
        work = [(rival, folder, number, saves) for number in numbers]
        results = pool.starmap(_write, work, chunksize=1)
    times = tuple(each for result in results for each in result.times)
    acknowledged = {id_ for result in results for id_ in result.ids}
    lost = acknowledged - _kept(rival, folder, set(numbers))
    return Crowd(times, sum(result.errors for result in results), len(lost))


_barrier: Any = None


def _meet(barrier: Any) -> None:
    global _barrier  # noqa: PLW0603 - the way in which a pool hands something on
    _barrier = barrier


@dataclass
class _Result:
    """What came of a writer's saves: of those that were acknowledged milliseconds and ids."""

    times: list[float] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    errors: int = 0


def _write(rival: Open, folder: Path, number: int, saves: int) -> _Result:
    library, result = rival(folder), _Result()
    edits = [new_annotation(Span(each, each + 3), "ORG", STAMP) for each in range(saves)]
    _barrier.wait(START)
    until, chance = time.monotonic() + ENOUGH, Random(os.getpid())
    for edit in edits:
        if time.monotonic() > until:
            break
        time.sleep(chance.uniform(0, PAUSE))
        begin = time.perf_counter()
        try:
            library.save(article_id(number), edit)
        except Exception:  # noqa: BLE001 - whatever it is: the save failed
            result.errors += 1
            continue
        result.times.append((time.perf_counter() - begin) * 1000)
        result.ids.append(edit.annotation.id)
    library.close()
    return result


def _kept(rival: Open, folder: Path, numbers: set[int]) -> set[str]:
    """The annotations that are there, as far as they can be read."""
    try:
        library = rival(folder)
        documents = [library.load(article_id(number)) for number in numbers]
        library.close()
    except Exception:  # noqa: BLE001 - a file that was destroyed has kept nothing
        return set()
    return {each.id for document in documents for each in document.annotations}
