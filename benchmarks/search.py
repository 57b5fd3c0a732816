"""What the search costs, beside PostgreSQL, SQLite, tantivy and ripgrep, in one run.

`python benchmarks/search.py [--articles N] [--queries N] [--seconds N] [--writes N] [--library N]
[--runs N] [--folder DIR]` prints a Markdown table.  Whoever is not installed is left out;
`pip install tantivy` and the packages postgresql and ripgrep bring them.

All have the same made-up articles (`benchmarks/news.py`) and are asked the same, for the first 20
articles and for how many there are in all: the middle time and the 95th percentile.  They take
turns of 8 queries; whoever has taken 8 seconds takes no more turns, and how much was measured
stands beside the time.  Nobody has to wait for the disk, because an index can be made again.
Before that, those who can be asked for an exact form must find the same articles.
"""

import argparse
import gc
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.tokens import words
from benchmarks.library import number, positive, say
from benchmarks.machine import describe
from benchmarks.news import Newsroom
from benchmarks.search_cold import cold_start, raw_speed
from benchmarks.search_engine import Engine, NotHere, Query
from benchmarks.search_ours import Ours
from benchmarks.search_postgres import PostgreSQL
from benchmarks.search_queries import make_queries
from benchmarks.search_ripgrep import Ripgrep
from benchmarks.search_sqlite import PlainSQLite
from benchmarks.search_table import Bar, Row, Spread, spread, times
from benchmarks.search_tantivy import Tantivy
from benchmarks.search_writes import Writes
from benchmarks.turns import Timing

ENGINES: Sequence[type[Engine]] = (Ours, PostgreSQL, PlainSQLite, Tantivy, Ripgrep)
OURS, POSTGRES, TANTIVY = Ours.name, PostgreSQL.name, Tantivy.name
TURN = 8  # queries
PROCESSES = 2
SLOWEST = {"phrase of common words": 60.0}  # milliseconds of ours at the 95th percentile
SLOW = 10.0
ALL = 1_000_000  # articles, more than there are
EXACT_WORDS = 12  # that all who can are asked for, to compare what they find


class Contest:
    """The searches that are there, filled and asked one after the other."""

    def __init__(self, folder: Path, newsroom: Newsroom, articles: int, queries: int) -> None:
        say(f"{articles:,} articles")
        self._folder, self._newsroom = folder, newsroom
        self.documents = list(newsroom.articles(range(articles)))
        self.queries = make_queries(newsroom, self.documents, queries)
        self._warm_up = make_queries(newsroom, self.documents, TURN, seed=1)
        self.words = sum(1 for each in self.documents for _ in words(each.article.text))
        self.engines: list[Engine] = []
        self.left_out: list[str] = []
        gc.collect()
        gc.freeze()

    def open(self) -> None:
        """Open all that are there; whoever was opened is closed by `close`."""
        for kind in ENGINES:
            try:
                self.engines.append(kind(self._folder / kind.__name__))
            except NotHere as reason:
                self.left_out.append(f"{kind.name} is left out: {reason}.")
                say(self.left_out[-1])

    def close(self) -> None:
        for engine in self.engines:
            engine.close()

    def rows(self) -> Iterator[Row]:
        yield from self._filling()
        say("comparing")
        if different := differences(self.engines, self._exact()):
            sys.exit(f"not all find the same: {different}")
        for kind, queries in self.queries.items():
            say(kind)
            yield self._asking(kind, queries)

    def _filling(self) -> Iterator[Row]:
        one = {each.name: self._fill(each, 1) for each in self.engines}
        sizes = {each.name: each.size() for each in self.engines}
        raw = raw_speed(self.documents)
        speed = self.words / one[OURS] / raw
        bar = Bar(f"60 × pymorphy3 ({raw:,.0f} words/s)", speed, 60, is_least=True)
        yield Row("index all", {name: self._speed(each) for name, each in one.items()}, [bar])
        both = {each.name: self._fill_again(each) for each in self.engines if each.can_share}
        gain = Bar("1.7 × one process", one[OURS] / both[OURS], 1.7, is_least=True)
        cells = {name: self._speed(each) for name, each in both.items()}
        yield Row(f"the same with {PROCESSES} processes", cells, [gain])
        on_disk = {name: f"{number(size / 1e6)} MB" for name, size in sizes.items()}
        yield Row("size on the disk", on_disk)

    def _fill(self, engine: Engine, processes: int) -> float:
        say(f"{engine.name}: index, processes: {processes}")
        begin = time.perf_counter()
        engine.fill(self.documents, processes)
        return time.perf_counter() - begin

    def _fill_again(self, engine: Engine) -> float:
        place = self._folder / f"{type(engine).__name__} again"
        again = type(engine)(place)
        seconds = self._fill(again, PROCESSES)
        again.close()
        shutil.rmtree(place)
        return seconds

    def _speed(self, seconds: float) -> str:
        return f"{number(seconds)} s, {number(len(self.documents) / seconds)} articles/s"

    def _exact(self) -> list[Query]:
        chosen = [*self.queries["medium word"], *self.queries["common word"]]
        step = max(len(chosen) // EXACT_WORDS, 1)
        return [Query("exact", query.words) for query in chosen[::step]]

    def _asking(self, kind: str, queries: Sequence[Query]) -> Row:
        """All take turns; each begins a turn as often as the others."""
        able = [each for each in self.engines if queries[0].form not in each.cannot]
        timings = {each.name: Timing() for each in able}
        for engine in able:
            if engine.can_write:  # the others have nothing that could be warm
                for query in self._warm_up[kind]:
                    engine.search(query)
        for turn in range(-(-len(queries) // TURN)):
            work = queries[turn * TURN : (turn + 1) * TURN]
            first = turn % len(able)
            for engine in (*able[first:], *able[:first]):
                timings[engine.name].take(work, engine.search)
        spreads = {name: spread(each) for name, each in timings.items()}
        return times(kind, spreads, bars(kind, spreads))

    def writing(self, seconds: float, count: int) -> Iterator[Row]:
        """Whoever is asked meanwhile is asked for so long; so many articles are written."""
        known = self.queries["medium word"]
        writes = Writes(self._newsroom, self.documents, known, seconds, count)
        able = [each for each in self.engines if each.can_write]
        say("searches while another process adds articles")
        yield writes.busy(able)
        say("additions and changes")
        yield from writes.rows(able)


def bars(kind: str, spreads: Mapping[str, Spread]) -> list[Bar]:
    """What is expected of ours in a kind of query, beside those who are there."""
    found = list[Bar]()
    ours = spreads[OURS]
    if POSTGRES in spreads:
        found.append(Bar("p50 1/5 of PostgreSQL", ours.middle / spreads[POSTGRES].middle, 0.2))
    if TANTIVY in spreads:
        found.append(Bar("p50 10 × tantivy", ours.middle / spreads[TANTIVY].middle, 10))
    slowest = SLOWEST.get(kind, SLOW)
    return [*found, Bar(f"p95 {slowest:g} ms", ours.high, slowest, "ms")]


def differences(engines: Sequence[Engine], queries: Sequence[Query]) -> list[str]:
    """For which exact forms not all who can be asked for them find the same articles."""
    found = list[str]()
    for query in queries:
        able = [each for each in engines if query.form not in each.cannot]
        answers = {each.name: each.search(query, ALL) for each in able}
        sets = {name: frozenset(each.numbers) for name, each in answers.items()}
        counts = {each.count for each in answers.values()}
        if len(set(sets.values())) > 1 or counts != {len(each) for each in sets.values()}:
            told = ", ".join(f"{name} {len(each)}" for name, each in sets.items())
            found.append(f"{query.words[0]} ({told})")
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=positive, default=100_000)
    options.add_argument("--queries", type=positive, default=64)
    options.add_argument("--library", type=positive, default=10_000)
    options.add_argument("--seconds", type=float, default=5.0)
    options.add_argument("--writes", type=positive, default=200)
    options.add_argument("--runs", type=positive, default=30)
    options.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    chosen = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or PostgreSQL would go on
    machine = describe(chosen.folder)
    small = "т" if chosen.articles < 1000 else ""  # then a part of the dictionary will do
    newsroom = Newsroom(beginning=small)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        contest = Contest(Path(folder), newsroom, chosen.articles, chosen.queries)
        try:
            contest.open()
            names = [each.name for each in contest.engines]
            print(f"| what | {' | '.join(names)} | bar | met |")
            print("|---" * (len(names) + 3) + "|")
            for row in chain(contest.rows(), contest.writing(chosen.seconds, chosen.writes)):
                print(row.line(names), flush=True)
        finally:
            contest.close()
        say(f"the command, in a library of {chosen.library:,} articles")
        library = contest.documents[: chosen.library]
        known = contest.queries["medium word"]
        for row in cold_start(Path(folder), library, known, chosen.runs):
            print(row.line(names), flush=True)
    for sentence in contest.left_out:
        print(f"\n{sentence}")
    print(f"\n{machine}")


if __name__ == "__main__":
    main()
