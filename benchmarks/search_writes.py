"""Adding and changing articles, and searching while another process does it."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from annotations.model import Document
from benchmarks.news import Newsroom
from benchmarks.search_engine import Engine, Query
from benchmarks.search_table import Bar, Row, Spread, spread, times
from benchmarks.turns import Timing

TURN = 20  # articles that are added or changed
SPARE = 5_000  # articles that are there to be added meanwhile
SLOWEST = 2.0  # milliseconds

_processes = multiprocessing.get_context("spawn")


class Writes:
    def __init__(
        self,
        newsroom: Newsroom,
        documents: Sequence[Document],
        queries: Sequence[Query],
        seconds: float,
        count: int,
    ) -> None:
        """Searches for so many seconds; so many articles are added, and as many changed."""
        self._documents, self._queries, self._seconds = documents, queries, seconds
        first = len(documents)
        self._spare = list(newsroom.articles(range(first, first + min(SPARE, first))))
        first += SPARE
        self._new = list(newsroom.articles(range(first, first + count + 1)))

    def busy(self, engines: Sequence[Engine]) -> Row:
        """Searches for some seconds, each engine after the other."""
        spreads, speeds = dict[str, Spread](), dict[str, float]()
        for engine in engines:
            added = _processes.Value("i", 0)
            ended = _processes.Event()
            arguments = (type(engine), engine.folder, self._spare, added, ended)
            writer = _processes.Process(target=_add_all, args=arguments)
            writer.start()
            try:
                spreads[engine.name], speeds[engine.name] = self._search(engine, added, writer)
            finally:
                ended.set()
                writer.join()
        cells = {
            name: f"{each.cell(each.count)} ({speeds[name]:.0f} added/s)"
            for name, each in spreads.items()
        }
        return Row("medium word while another process adds, ms", cells)

    def _search(self, engine: Engine, added: Any, writer: BaseProcess) -> tuple[Spread, float]:
        timing = Timing()
        while not added.value:
            time.sleep(0.01)
            if not writer.is_alive():
                raise RuntimeError(f"{engine.name}: nothing can be added")
        begin, before = time.perf_counter(), added.value
        while time.perf_counter() - begin < self._seconds and added.value < len(self._spare):
            timing.take(self._queries, engine.search)
        seconds = time.perf_counter() - begin
        return spread(timing), (added.value - before) / seconds

    def rows(self, engines: Sequence[Engine]) -> Iterator[Row]:
        step = max(len(self._documents) // len(self._new), 1)
        old = [changed(document) for document in self._documents[::step]][: len(self._new)]
        for what, documents, do in (
            ("add an article", self._new, lambda engine: engine.add),
            ("change the annotations of an article", old, lambda engine: engine.change),
        ):
            spreads = self._measure(engines, documents, do)
            ours = next(iter(spreads.values()))
            yield times(what, spreads, [Bar(f"p95 {SLOWEST:g} ms", ours.high, SLOWEST, "ms")])

    def _measure(
        self,
        engines: Sequence[Engine],
        documents: Sequence[Document],
        do: Callable[[Engine], Callable[[Document], None]],
    ) -> Mapping[str, Spread]:
        """The first one is not counted: with it a process gets ready to write."""
        timings = {each.name: Timing() for each in engines}
        for engine in engines:
            do(engine)(documents[0])
        for first in range(1, len(documents), TURN):
            for engine in engines:
                work = documents[first : first + TURN]
                timings[engine.name].take(work, do(engine))
        return {name: spread(each) for name, each in timings.items()}


def changed(document: Document) -> Document:
    """The article after somebody has accepted all that was suggested."""
    accepted = (replace(each, status="accepted") for each in document.annotations)
    return replace(document, annotations=tuple(accepted))


def _add_all(
    kind: type[Engine], folder: Path, documents: Sequence[Document], added: Any, ended: Any
) -> None:
    """In a process of its own: one article after the other, as fast as it goes."""
    engine = kind(folder)
    for document in documents:
        if ended.is_set():
            break
        engine.add(document)
        added.value += 1
    engine.close()
