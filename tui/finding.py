"""What a query finds in a library, read piece by piece beside the screen.

Everything here takes a thread; one is let in at a time, for so it must be with an index.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import apsw

from annotations.errors import AnnotationError
from annotations.phrase import Words, words_of
from store.concordance import Line, lines
from store.errors import StoreError
from store.index import held
from store.index.database import DAMAGES, one_state
from store.index.finding import Found, Order
from store.index.index import Index, Row
from store.library import Library
from store.passages import Reader
from store.snippets import Snippet, snippet
from tui.indexing import Indexing, Stopped, telling_damage
from tui.query import Query

TURN = 0.1  # seconds for which lines are read before some are shown
_BATCH = 100  # articles that are asked for at a time

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a list shows of an article that was found; `problem` is why it shows no more.

    `text` is what `snippet` shows, whose offsets are of it.
    """

    row: Row
    text: str = ""
    snippet: Snippet | None = None
    problem: Words = ""


class Finding:
    """A query, the index that answers it, and what was found.

    What was found keeps its numbers, also where the index is made anew with others meanwhile.
    """

    def __init__(self, library: Library, query: Query) -> None:
        self.query = query
        self.found = Found(0, [], "rank")
        self.damaged = 0  # articles that cannot be read, and are not found for that
        self._library = library
        self._indexing = Indexing(library, lambda _: None, lambda: self._is_stopped)
        self._index: Index | None = None
        self._state: object = None  # of the index's file, when it was opened
        self._keys: dict[int, str] = {}  # of what was found
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def search(self, order: Order, tell: Callable[[Words], None]) -> None:
        """Bring the index up to date and ask it; raises StoreError, or Stopped after `leave`."""
        with self._lock, telling_damage():
            self._indexing = Indexing(self._library, tell, lambda: self._is_stopped)
            self._with(partial(self._find, order), self._open)

    def _find(self, order: Order, index: Index, _reader: Reader) -> None:
        with one_state(index.connection):
            damaged, found = index.damaged(), index.find(self.query.node, order=order)
            keys = held.keys_of(index, found.docids)
        self.damaged, self.found, self._keys = damaged, found, keys

    # the index

    def _with(
        self, use: Callable[[Index, Reader], Made], *ways: Callable[[], tuple[Index, Reader]]
    ) -> Made:
        """What comes of the index, opened in the first of some ways in which it is not damaged,
        and at last made anew."""
        for way in ways:
            with suppress(*DAMAGES):
                return use(*way())
        return use(*self._open(anew=True))

    def _open(self, *, anew: bool = False) -> tuple[Index, Reader]:
        self._drop()
        return self._hold(self._indexing.open(anew=anew))

    def _hold(self, index: Index) -> tuple[Index, Reader]:
        path = str(self._library.path)
        self._index, self._state = index, held.state_of(index)
        self._reader = reader = Reader(path, index, self.query.node, lambda: self._library)
        return index, reader

    def _as_held(self) -> tuple[Index, Reader]:
        """The index that is open, opened again where its file has been changed."""
        index, reader = self._index, self._reader
        if index is None or reader is None:
            return self._open()
        if held.state_of(index) == self._state:
            return index, reader
        try:
            again = held.opened_again(index, str(self._library.path))
        except apsw.Error:  # it is none any longer
            return self._open()
        self._drop()
        return self._hold(again)

    def leave(self) -> None:
        """Nothing more is wanted of it: end what is under way, close the index then."""
        self._is_stopped = True
        threading.Thread(target=self._close, daemon=True).start()

    def _close(self) -> None:
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._index is not None:
            self._index.close()
        self._index = self._reader = None

    # what was found

    def _read(self, use: Callable[[Index, Reader], list[Made]]) -> list[Made]:
        """What there is to be read, nothing after `leave`; raises StoreError."""
        if self._index is None:
            return []
        try:
            return self._with(use, self._as_held, self._open)
        except Stopped:
            return []

    def _rows(self, docids: Sequence[int], index: Index, _reader: Reader) -> list[Row]:
        """What is shown of articles that were found, with the numbers that they had then."""
        keys = {docid: self._keys[docid] for docid in docids if docid in self._keys}
        rows = held.rows_of(index, keys.values())
        return [rows[key]._replace(docid=docid) for docid, key in keys.items() if key in rows]

    def excerpts(self, docids: Sequence[int], longest: int) -> list[Excerpt]:
        """What is shown of some articles, the snippets of at most so many characters."""

        def read(index: Index, reader: Reader) -> list[Excerpt]:
            return [_excerpt(row, reader, longest) for row in self._rows(docids, index, reader)]

        with self._lock, telling_damage():
            return self._read(read)

    def article(self, number: int) -> str | None:
        """The id of the article of this number, None where it is not there any longer."""
        docids = self.found.docids[number : number + 1]
        with self._lock, telling_damage():
            found = self._read(partial(self._rows, docids))
        return found[0].article_id if found else None

    def neighbour(
        self, number: int, direction: int, *, with_suggestions: bool
    ) -> tuple[int, str] | None:
        """The number and the id of the next article, or of the one before, in what was found."""
        last = len(self.found.docids) if direction > 0 else -1
        for there in range(number + direction, last, direction):
            found = self.article(there)
            if found is not None and (not with_suggestions or self.is_unfinished(found)):
                return there, found
        return None

    def is_unfinished(self, article_id: str) -> bool:
        """Whether an article has suggestions left."""
        try:
            document = self._library.document(article_id)
        except StoreError:
            return False
        return any(each.status == "suggested" for each in document.annotations)

    def lines(self, pass_over: Callable[[StoreError], None]) -> Iterator[Line]:
        """All hits, article by article; to be read with `some_of`."""
        docids = self.found.docids
        for first in range(0, len(docids), _BATCH):
            for row in self._read(partial(self._rows, docids[first : first + _BATCH])):
                yield from self._read(partial(_lines, row, pass_over))

    def some_of(self, walk: Iterator[Line], most: int) -> list[Line]:
        """The next lines, as many as come in some time; none at the end."""
        until, found = time.monotonic() + TURN, list[Line]()
        with self._lock, telling_damage():
            for line in walk:
                found.append(line)
                if len(found) >= most or time.monotonic() > until:
                    break
        return found


def _lines(
    row: Row, pass_over: Callable[[StoreError], None], _index: Index, reader: Reader
) -> list[Line]:
    return list(lines([row], reader, pass_over))


def _excerpt(row: Row, reader: Reader, longest: int) -> Excerpt:
    try:
        text, parts = reader.passages(row)
    except (AnnotationError, StoreError) as problem:
        return Excerpt(row, problem=words_of(problem))
    shown = snippet(text, parts, longest, title=row.title)
    if shown is None:
        return Excerpt(row)
    start, end = shown.start, shown.end
    marks = tuple((first - start, last - start) for first, last in shown.marks)
    shown = shown._replace(start=0, end=end - start, marks=marks)
    return Excerpt(row, text[start:end], shown)
