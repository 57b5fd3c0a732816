"""This search: an index filled with documents directly, without a library around it."""

import multiprocessing
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from annotations.model import Document
from annotations.query.parser import parse
from benchmarks.search_engine import LIMIT, Answer, Engine, Query, number_of
from store.index import database
from store.index.entry import Entry, entry
from store.index.index import Index
from store.index.lexis import Lexis
from store.index.upkeep import lexis_of
from store.index.writing import Writer

TODAY = date(2026, 1, 31)
CHUNK = 1000  # articles of one transaction
SHARE = 100  # articles that a process works out at a time

_documents: Sequence[Document] = ()  # what processes that are forked off see
_lexis = Lexis()  # of such a process


class Ours(Engine):
    name = "zametka"
    can_share = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._path = str(folder / "index.sqlite")
        self._writer: Writer | None = None
        if Path(self._path).exists():
            self._open()

    def _open(self) -> None:
        self._index = Index(database.connect(self._path, write=False), str(self.folder))

    def fill(self, documents: Sequence[Document], processes: int) -> None:
        Path(self._path).touch()
        connection = database.create(self._path)
        writer = Writer(connection)
        ordered = sorted(documents, key=lambda each: each.article.published or "")
        entries = _entries(ordered, processes)
        for first in range(0, len(ordered), CHUNK):
            with connection:
                for _ in range(min(CHUNK, len(ordered) - first)):
                    writer.put(next(entries), "")
        database.finish(connection)
        connection.close()
        self._open()

    def _written(self) -> Writer:
        if self._writer is None:
            self._connection = database.connect(self._path, write=True)
            self._writer = Writer(self._connection)
            self._lexis = lexis_of(self._connection)
        return self._writer

    def add(self, document: Document) -> None:
        writer = self._written()
        with self._connection:
            writer.put(entry(_key(document), document, self._lexis), "")

    def change(self, document: Document) -> None:
        writer = self._written()
        with self._connection:
            made = entry(_key(document), document, self._lexis, with_text=False)
            writer.put(made, "")

    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        found = self._index.find(parse(_said(query), TODAY), limit=limit)
        rows = self._index.rows(found.docids)
        return Answer(found.count, [int(row.article_id.rpartition("-")[2]) for row in rows])

    def close(self) -> None:
        self._index.close()
        if self._writer is not None:
            self._connection.close()


def _key(document: Document) -> str:
    return f"{number_of(document):032x}"


def _entries(documents: Sequence[Document], processes: int) -> Iterator[Entry]:
    """What the index holds of articles; another process works it out while this one writes."""
    global _documents  # noqa: PLW0603 - forked processes have it without it being sent
    if processes == 1:
        lexis = Lexis()
        for document in documents:
            yield entry(_key(document), document, lexis)
        return
    _documents = documents
    shares = [
        range(len(documents))[each : each + SHARE] for each in range(0, len(documents), SHARE)
    ]
    with multiprocessing.get_context("fork").Pool(processes - 1) as pool:
        for made in pool.imap(_share, shares):
            yield from made
    _documents = ()


def _share(places: range) -> list[Entry]:
    chosen = (_documents[place] for place in places)
    return [entry(_key(document), document, _lexis) for document in chosen]


def _said(query: Query) -> str:
    """As people type it."""
    match query.form:
        case "money":
            return f"money>{query.amount}"
        case "exact":
            return f"={query.words[0]}"
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "prefix":
            return f"{query.words[0]}*"
        case "or":
            return " OR ".join(query.words)
        case "and not":
            *words, without = query.words
            return f"{' '.join(words)} -{without}"
        case "word":
            return query.words[0]
