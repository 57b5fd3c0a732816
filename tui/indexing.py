"""The index for a screen: opened in a thread, with a word now and then about how far it is."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

import apsw

from annotations.phrase import Phrase, Words
from store.errors import StoreError
from store.index.database import DAMAGES, one_state, sound
from store.index.index import Index
from store.index.keeping import open_index
from store.library import Library

LOOK = 0.1  # seconds between two lines about how far the index is

Made = TypeVar("Made")


class Stopped(Exception):
    """Nobody waits any longer for the index to be brought up to date."""


class Indexing:
    """Opens a library's index; `tell` is told what makes it slow, `stops` says when to give up."""

    def __init__(
        self,
        library: Library,
        tell: Callable[[Words], None],
        stops: Callable[[], bool] = lambda: False,
    ) -> None:
        self._library = library
        self._tell = tell
        self._stops = stops

    def open(self, *, anew: bool = False) -> Index:
        """The index, up to date; raises StoreError, or Stopped."""
        if self._stops():
            raise Stopped
        return open_index(
            self._library, tell=self._tell, watch=self._watch, wait=self._wait, anew=anew
        )

    def using(self, use: Callable[[Index], Made]) -> Made:
        """What comes of an index, which is made anew where it proves to be damaged.

        Raises StoreError, or Stopped.
        """
        with telling_damage():
            try:
                with closing(self.open()) as index, one_state(index.connection), sound():
                    return use(index)
            except DAMAGES:
                with closing(self.open(anew=True)) as index, one_state(index.connection):
                    return use(index)

    def _wait(self, seconds: float) -> None:
        if self._stops():
            raise Stopped
        time.sleep(seconds)

    def _watch(self, steps: Iterable[int], total: int) -> Iterator[int]:
        said = 0.0
        for number, step in enumerate(steps):
            if self._stops():
                raise Stopped
            if time.monotonic() - said > LOOK:
                self._tell(Phrase("indexing: {count} of {total}", count=number, total=total))
                said = time.monotonic()
            yield step


@contextmanager
def telling_damage() -> Iterator[None]:
    """What goes wrong with the file of an index, told as what goes wrong with the library is."""
    try:
        with sound():
            yield
    except apsw.Error as error:
        raise StoreError(Phrase("the index cannot be read: {error}", error=error)) from error
