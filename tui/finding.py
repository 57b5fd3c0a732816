"""What a query finds in a library, read piece by piece beside the screen.

Everything here takes a thread; one is let in at a time, for so it must be with an index.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotations.errors import AnnotationError
from annotations.phrase import Words, words_of
from store.concordance import Line, lines, rows
from store.errors import StoreError
from store.index.finding import Found, Order
from store.index.index import Index, Row
from store.library import Library
from store.passages import Reader
from store.snippets import Snippet, snippet
from tui.indexing import Indexing, telling_damage
from tui.query import Query

TURN = 0.1  # seconds for which lines are read before some are shown


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a list shows of an article that was found; `problem` is why it shows no more."""

    row: Row
    text: str = ""
    snippet: Snippet | None = None
    problem: Words = ""


class Finding:
    """A query, the index that answers it, and what was found."""

    def __init__(self, library: Library, query: Query) -> None:
        self.query = query
        self.found = Found(0, [], "rank")
        self.damaged = 0  # articles that cannot be read, and are not found for that
        self._library = library
        self._index: Index | None = None
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def search(self, order: Order, tell: Callable[[Words], None]) -> None:
        """Bring the index up to date and ask it; raises StoreError, or Stopped after `leave`."""
        with self._lock, telling_damage():
            self._drop()
            indexing = Indexing(self._library, tell, lambda: self._is_stopped)
            self._index = index = indexing.open()
            self._reader = Reader(
                str(self._library.path), index, self.query.node, lambda: self._library
            )
            self.damaged = index.damaged()
            self.found = index.find(self.query.node, order=order)

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

    def excerpts(self, docids: Sequence[int], longest: int) -> list[Excerpt]:
        """What is shown of some articles, the snippets of at most so many characters."""
        with self._lock, telling_damage():
            if self._index is None:
                return []
            return [self._excerpt(row, longest) for row in self._index.rows(docids)]

    def _excerpt(self, row: Row, longest: int) -> Excerpt:
        if self._reader is None:
            return Excerpt(row)
        try:
            text, parts = self._reader.passages(row)
        except (AnnotationError, StoreError) as problem:
            return Excerpt(row, problem=words_of(problem))
        return Excerpt(row, text, snippet(text, parts, longest, title=row.title))

    def article(self, number: int) -> str | None:
        """The id of the article of this number, None where it is not there any longer."""
        with self._lock, telling_damage():
            found = self._index.rows(self.found.docids[number : number + 1]) if self._index else []
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
        if self._index is None or self._reader is None:
            return iter(())
        return lines(rows(self._index, self.found.docids), self._reader, pass_over)

    def some_of(self, walk: Iterator[Line], most: int) -> list[Line]:
        """The next lines, as many as come in some time; none at the end."""
        until, found = time.monotonic() + TURN, list[Line]()
        with self._lock, telling_damage():
            if self._index is None:
                return found
            for line in walk:
                found.append(line)
                if len(found) >= most or time.monotonic() > until:
                    break
        return found
