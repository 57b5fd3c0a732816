"""Working out in other processes what an index is to hold, while this one writes it."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from annotations.phrase import Phrase
from store.errors import StoreError
from store.index.lexis import Lexis
from store.index.upkeep import Made, Make, Wanted, made_of
from store.library_reader import LibraryReader

_PORTION = 100  # articles that a process is given at a time
_AHEAD = 30  # portions that may wait while as many are written
_DEATH = Phrase(
    "a process that works for the index has died, perhaps because memory ran out. "
    "`zametka reindex --jobs 1` takes the least"
)


def maker(processes: int) -> Make:
    """What works out entries in so many processes; they end with it, however it ends.

    It raises StoreError where one of them has died.
    """

    def make(library: LibraryReader, wanted: Iterable[Wanted], _lexis: Lexis) -> Iterator[Made]:
        portions = _portions(wanted)
        pool = ProcessPoolExecutor(
            processes, multiprocessing.get_context("spawn"), _begin, (library.path,)
        )
        try:
            waiting = deque(pool.submit(_made, each) for each in islice(portions, _AHEAD))
            while waiting:
                yield from waiting.popleft().result()
                waiting += (pool.submit(_made, each) for each in islice(portions, 1))
        except BrokenProcessPool as death:
            raise StoreError(_DEATH) from death
        finally:
            pool.shutdown(cancel_futures=True)

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
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _library, _lexis = LibraryReader.open(path), Lexis()


def _end_with_parent() -> None:
    """Killed, it could tell nobody to end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _made(portion: list[Wanted]) -> list[Made]:
    return [made_of(_library, _lexis, each) for each in portion]
