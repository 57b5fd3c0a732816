"""An open index: what of a library is found, and what is shown of it without its texts."""

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import apsw

from annotations.query.nodes import Node
from store.index import freshness
from store.index.database import NONSENSE, connect, one, sound
from store.index.finding import Found, Order, find
from store.index.vocabulary import Vocabulary

FILE = "index.sqlite"
_BATCH = 500  # numbers that one question names
_KEY = 32  # digits of the name of an article's files
_HEXADECIMAL = frozenset("0123456789abcdef")


class Row(NamedTuple):
    """What a list shows of an article."""

    docid: int
    key: str
    article_id: str
    published: str | None
    title: str
    source: str


def _checked(cells: tuple[Any, ...]) -> Row:
    """A row, which names a file and is shown; raises TypeError or ValueError for anything else."""
    row = Row(*cells)
    if not all(isinstance(each, str) for each in (*row[1:3], *row[4:], row.published or "")):
        raise TypeError("something else than text")
    if len(row.key) != _KEY or not _HEXADECIMAL.issuperset(row.key):
        raise ValueError("no name of an article's files")
    return row


class Index:
    """For one thread at a time."""

    def __init__(self, connection: apsw.Connection, articles: str) -> None:
        self.connection = connection
        self._articles = articles

    @property
    def is_fresh(self) -> bool:
        """Whether no article has been changed since the index was made equal to them."""
        return not freshness.changed(self.connection, freshness.folders(self._articles))

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.connection)

    def find(self, node: Node, *, order: Order = "rank", limit: int = -1, offset: int = 0) -> Found:
        """The articles that a query is true of; see `store.index.finding`."""
        with sound():
            return find(self.connection, node, order=order, limit=limit, offset=offset)

    def rows(self, docids: Sequence[int]) -> list[Row]:
        """What is shown of some articles, in this order."""
        query = "SELECT docid, key, id, published, title, source FROM articles WHERE docid IN ({})"
        found: dict[int, Row] = {}
        for first in range(0, len(docids), _BATCH):
            numbers = ",".join(map(str, docids[first : first + _BATCH]))
            with sound():
                for row in map(_checked, self.connection.execute(query.format(numbers))):
                    found[row.docid] = row
        return [found[docid] for docid in docids if docid in found]

    def damaged(self) -> int:
        """How many articles cannot be read, and are not found for that."""
        return int(one(self.connection, "SELECT count(*) FROM damaged"))

    def close(self) -> None:
        self.connection.close()


def fresh_index(library: str) -> Index | None:
    """The index of a library where it says what the articles do; None: it takes `keeping`."""
    path = os.path.join(library, FILE)  # noqa: PTH118 - light, for the start of a search
    try:
        index = Index(connect(path, write=False), os.path.join(library, "articles"))  # noqa: PTH118
        if index.is_fresh:
            return index
        index.close()
    except (apsw.Error, OSError, *NONSENSE):
        pass
    return None


Watch = Callable[[Iterable[int], int], Iterable[int]]  # walks on, and may show how far it is
