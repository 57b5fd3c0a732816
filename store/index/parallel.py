"""Working out in other processes what an index is to hold, while this one writes it."""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from store.index.lexis import Lexis
from store.index.upkeep import Made, Make, Wanted, made_of
from store.library_reader import LibraryReader

_PORTION = 100  # articles that a process is given at a time
_AHEAD = 30  # portions that may wait while as many are written


def maker(processes: int) -> Make:
    """What works out entries in so many processes; they end with it, however it ends."""

    def make(library: LibraryReader, wanted: Iterable[Wanted]) -> Iterator[Made]:
        context = multiprocessing.get_context("spawn")
        portions = _portions(wanted)
        with context.Pool(processes, _begin, (library.path,)) as pool:
            waiting = [pool.apply_async(_made, (each,)) for each in islice(portions, _AHEAD)]
            while waiting:
                yield from waiting.pop(0).get()
                waiting += [pool.apply_async(_made, (each,)) for each in islice(portions, 1)]

    return make


def _portions(wanted: Iterable[Wanted]) -> Iterator[list[Wanted]]:
    rest = iter(wanted)
    while portion := list(islice(rest, _PORTION)):
        yield portion


_library: LibraryReader
_lexis: Lexis


def _begin(path: Path) -> None:
    """In a process: open the library once; the process that began it says when to end."""
    global _library, _lexis
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _library, _lexis = LibraryReader.open(path), Lexis()


def _made(portion: list[Wanted]) -> list[Made]:
    return [made_of(_library, _lexis, each) for each in portion]
