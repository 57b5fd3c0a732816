"""What the store costs, beside SQLite and stock TinyDB, in one run.

`python benchmarks/library.py [--articles N …] [--saves N] [--writers N] [--folder DIR]` prints a
Markdown table.  The folder must be on a real disk: on tmpfs a durable save costs nothing.

All libraries hold the same articles of about 300 words and 47 annotations, put there beforehand in
ways that do not wait for the disk.  The rivals take turns of 20 saves, openings or additions, the
same ones for all, and `sync` lies between the turns, so that all meet the same disk.  A time is
the median of the turns' medians; whoever has taken 8 seconds takes no more turns, and how much
was measured stands beside the time.  In the end everything that was saved is read and compared.

Only an idle machine tells saves apart: where others want the processor too, a save that waits for
the disk waits for the processor afterwards, which takes longer than all of it.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.edits import Edit
from benchmarks.crowd import crowds
from benchmarks.machine import describe, file_system
from benchmarks.memory import memory
from benchmarks.rival_sqlite import SQLite
from benchmarks.rival_tinydb import TinyDBFiles, TinyDBOneFile
from benchmarks.rival_zametka import Zametka
from benchmarks.rivals import Rival, article_id
from benchmarks.turns import TURN, Desk, Timing, differences, new_document, percentile

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5  # of many writers at once
RIVALS: Sequence[type[Rival]] = (Zametka, SQLite, TinyDBOneFile, TinyDBFiles)
OURS, BASE = Zametka.name, SQLite.name

Timings = Mapping[str, Timing]


@dataclass(frozen=True)
class Row:
    """A line of the table: a cell a rival; what ours may be at most, and what it is."""

    what: str
    cells: Mapping[str, str]
    bar: str = ""
    ratio: float | None = None
    most: float | None = None

    def line(self) -> str:
        met = ""
        if self.ratio is not None and self.most is not None:
            met = f"{'yes' if self.ratio <= self.most else 'no'}, {self.ratio:.2f} ×"
        cells = (self.cells.get(rival.name, "–") for rival in RIVALS)
        return f"| {' | '.join((self.what, *cells, self.bar, met))} |"


def number(value: float) -> str:
    """Three digits that say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def row(what: str, values: Mapping[str, float], unit: str, most: float | None) -> Row:
    """A row in which ours is held against SQLite's."""
    cells = {name: f"{number(value)} {unit}" for name, value in values.items()}
    if most is None:
        return Row(what, cells)
    return Row(what, cells, f"{most:g} × SQLite", values[OURS] / values[BASE], most)


def times(what: str, timings: Timings, most: float | None) -> Row:
    """The middle times; where fewer were measured than of the others it is said of how many."""
    found = row(what, {name: each.middle for name, each in timings.items()}, "ms", most)
    full = max(each.count for each in timings.values())
    cells = {
        name: cell if timings[name].count == full else f"{cell} (of {timings[name].count})"
        for name, cell in found.cells.items()
    }
    return replace(found, cells=cells)


class Contest:
    """The libraries of each size, and what is measured with them."""

    def __init__(self, folder: Path, sizes: Sequence[int], saves: int, writers: int) -> None:
        self._folder, self._sizes, self._writers = folder, sorted(sizes), writers
        self._turns, self._turn = -(-saves // TURN), min(saves, TURN)
        self._desks = {size: Desk(size) for size in sizes}
        self._open: dict[int, list[Rival]] = {}

    def _place(self, rival: type[Rival], size: int) -> Path:
        return self._folder / f"{size} {rival.name}"

    def fill(self) -> None:
        for size in self._sizes:
            self._open[size] = []
            for rival in RIVALS:
                if size <= rival.most:
                    say(f"{rival.name}: {size:,} articles")
                    library = rival(self._place(rival, size))
                    library.fill(range(size))
                    self._open[size].append(library)

    def _measure(
        self, what: str, tasks: Callable[[Desk, int], Sequence[object]], do: Callable[..., object]
    ) -> Mapping[int, Timings]:
        """All rivals with all sizes, taking turns; each begins a turn as often as the others."""
        say(what)
        timings = {
            size: {library.name: Timing() for library in libraries}
            for size, libraries in self._open.items()
        }
        for turn in range(self._turns):
            for size, libraries in self._open.items():
                work = tasks(self._desks[size], turn)
                first = turn % len(libraries)
                for library in (*libraries[first:], *libraries[:first]):
                    timings[size][library.name].take(work, partial(do, library))
        return timings

    def rows(self) -> Iterator[Row]:
        one, many = self._saves()
        for what, timings in (("an article after the other", one), ("each in another", many)):
            for size, each in timings.items():
                yield times(f"save, {size:,} articles, {what}", each, 2.5)
            if len(self._sizes) > 1:
                yield self._growth(
                    f"the same, {self._sizes[-1]:,} against {self._sizes[0]:,}", timings
                )
        for size, each in self._openings().items():
            if size in (self._sizes[0], self._sizes[-1]):
                yield times(f"open an article of {size:,}", each, 1)
        for size, each in self._additions().items():
            if size in (self._sizes[0], self._sizes[-1]):
                yield times(f"add an article to {size:,}", each, None)
        self._compare((one, many))
        yield from self._crowds()
        yield from self._resources()

    def _saves(self) -> tuple[Mapping[int, Timings], Mapping[int, Timings]]:
        def one(desk: Desk, turn: int) -> Sequence[object]:
            return desk.corrections([desk.article(turn)] * self._turn)

        def many(desk: Desk, turn: int) -> Sequence[object]:
            first = self._turns + turn * self._turn
            return desk.corrections(map(desk.article, range(first, first + self._turn)))

        def save(library: Rival, task: tuple[str, Edit]) -> None:
            library.save(*task)

        return (
            self._measure("saves, an article after the other", one, save),
            self._measure("saves, each in another article", many, save),
        )

    def _growth(self, what: str, timings: Mapping[int, Timings]) -> Row:
        small, large = timings[self._sizes[0]], timings[self._sizes[-1]]
        ratios = {name: large[name].middle / small[name].middle for name in large}
        cells = {name: f"{ratio:.2f} ×" for name, ratio in ratios.items()}
        return Row(what, cells, "1.1 ×", ratios[OURS], 1.1)

    def _openings(self) -> Mapping[int, Timings]:
        def work(desk: Desk, turn: int) -> Sequence[object]:
            places = range(turn * self._turn, (turn + 1) * self._turn)
            return [article_id(desk.article(2 * place)) for place in places]

        return self._measure("openings", work, lambda library, id_: library.load(id_))

    def _additions(self) -> Mapping[int, Timings]:
        def work(_desk: Desk, turn: int) -> Sequence[object]:
            return [new_document(turn * self._turn + each) for each in range(self._turn)]

        return self._measure("additions", work, lambda library, new: library.add(new))

    def _compare(self, saves: Sequence[Mapping[int, Timings]]) -> None:
        """Every store has what was saved, unless it was too slow to save it all."""
        say("comparing")
        for size, libraries in self._open.items():
            for library in libraries:
                if all(each[size][library.name].is_whole for each in saves):
                    different = differences(library, self._desks[size])
                    if different:
                        sys.exit(f"{library.name} differs from what was saved in {different[:5]}")
                library.close()

    def _crowds(self) -> Iterator[Row]:
        size, rounds = self._sizes[0], min(self._turns, ROUNDS)
        places = count(-1, -1)
        one, each = list[list[int]](), list[list[int]]()
        for _ in range(rounds):
            one.append([self._desks[size].article(next(places))] * self._writers)
            each.append([self._desks[size].article(next(places)) for _ in range(self._writers)])
        for where, work in (("each in another article", each), ("all in one article", one)):
            say(f"{self._writers} writers at once, {where}")
            yield from self._crowd(size, where, work)

    def _crowd(self, size: int, where: str, work: Sequence[Sequence[int]]) -> Iterator[Row]:
        found = {
            rival.name: crowds(rival, self._place(rival, size), work, self._turn)
            for rival in RIVALS
        }
        what = f"save, {self._writers} writers at once, {where}"
        for per_cent, most in ((95, 0.2), (99, None)):
            highs = {
                name: percentile(each.times, per_cent) for name, each in found.items() if each.times
            }
            yield row(f"{what}: {per_cent}th percentile", highs, "ms", most)
        cells = {name: f"{each.errors}; {each.lost}" for name, each in found.items()}
        yield Row("of these saves failed; were acknowledged and lost", cells)

    def _resources(self) -> Iterator[Row]:
        say("memory and size")
        sizes, peaks = dict[str, float](), dict[str, float]()
        for rival in RIVALS:
            size = max(each for each in self._sizes if each <= rival.most)
            place = self._place(rival, size)
            sizes[rival.name] = disk_use(place) / size / 1024
            numbers = map(self._desks[size].article, range(self._turns * self._turn))
            peaks[rival.name] = memory(rival, place, list(numbers))
        least = memory(None, self._folder, ())
        yield row(f"memory, peak (Python alone {least:.0f} MB)", peaks, "MB", None)
        yield row("on the disk, an article", sizes, "kB", None)


def disk_use(folder: Path) -> int:
    """Bytes that a folder takes."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def positive(argument: str) -> int:
    if (value := int(argument)) < 1:
        raise ValueError
    return value


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=positive, nargs="+", default=SIZES)
    options.add_argument("--saves", type=positive, default=300)
    options.add_argument("--writers", type=positive, default=8)
    options.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    chosen = options.parse_args()
    if file_system(chosen.folder) == "tmpfs":
        say(f"{chosen.folder} is not on a disk: what is measured says nothing about saves")
    machine = describe(chosen.folder)  # before: the load that is other people's
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        contest = Contest(Path(folder), chosen.articles, chosen.saves, chosen.writers)
        contest.fill()
        print(f"| what | {' | '.join(rival.name for rival in RIVALS)} | bar | met |")
        print("|---" * (len(RIVALS) + 3) + "|")
        for each in contest.rows():
            print(each.line(), flush=True)
    print(f"\n{machine}")


if __name__ == "__main__":
    main()
