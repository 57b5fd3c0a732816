"""SQLite in WAL mode with synchronous=FULL: prepared statements, a row an annotation.

The rows of an article lie side by side.  An update is refused where the annotation has changed
since, as in this store, but no history is kept.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from annotations.edits import Add, Change, Edit
from annotations.model import Annotation, Article, Document, Source
from benchmarks.rivals import FIELDS, Rival, document, made

PATIENCE = 60.0  # seconds that a writer waits for another one

_VALUE = FIELDS.index("value")
_CHANGEABLE = FIELDS[1:]  # all but the id


class SQLite(Rival):
    name = "SQLite WAL FULL"

    _TABLES = """
    CREATE TABLE IF NOT EXISTS articles (id TEXT PRIMARY KEY, text TEXT, title TEXT,
        published TEXT, source TEXT, url TEXT, file TEXT, meta TEXT) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS annotations (article TEXT, id TEXT, start INTEGER, end INTEGER,
        label TEXT, author TEXT, created TEXT, modified TEXT, value TEXT, entity TEXT, layer TEXT,
        status TEXT, confidence REAL, note TEXT, PRIMARY KEY (article, id)) WITHOUT ROWID;
    """
    _ADD_ARTICLE = "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    _ADD = f"INSERT INTO annotations VALUES (?{', ?' * len(FIELDS)})"
    _CHANGE = (
        f"UPDATE annotations SET {', '.join(f'{name} = ?' for name in _CHANGEABLE)} "
        "WHERE article = ? AND id = ? AND modified = ?"
    )
    _ARTICLE = "SELECT * FROM articles WHERE id = ?"
    _ANNOTATIONS = f"SELECT {', '.join(FIELDS)} FROM annotations WHERE article = ?"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._connection = sqlite3.connect(
            folder / "library.sqlite", timeout=PATIENCE, isolation_level=None
        )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.executescript(self._TABLES)

    def fill(self, numbers: range) -> None:
        self._connection.execute("BEGIN")
        for number in numbers:
            self._insert(document(number))
        self._connection.execute("COMMIT")

    def add(self, document: Document) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._insert(document)
        self._connection.execute("COMMIT")

    def _insert(self, document: Document) -> None:
        article, source = document.article, document.article.source
        row = (article.id, article.text, article.title, article.published)
        meta = orjson.dumps(article.meta).decode()
        self._connection.execute(
            self._ADD_ARTICLE, (*row, source.name, source.url, source.file, meta)
        )
        rows = ((article.id, *_row(each)) for each in document.annotations)
        self._connection.executemany(self._ADD, rows)

    def save(self, article_id: str, edit: Edit) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        match edit:
            case Add(annotation):
                execute(self._ADD, (article_id, *_row(annotation)))
            case Change(before, after):
                place = (article_id, before.id, before.modified)
                if execute(self._CHANGE, (*_row(after)[1:], *place)).rowcount != 1:
                    execute("ROLLBACK")
                    raise LookupError(before.id)
        execute("COMMIT")

    def load(self, article_id: str) -> Document:
        execute = self._connection.execute
        id_, text, title, published, *source, meta = execute(
            self._ARTICLE, (article_id,)
        ).fetchone()
        article = Article(id_, text, title, published, Source(*source), orjson.loads(meta))
        rows = execute(self._ANNOTATIONS, (article_id,))
        return Document(article, tuple(_from_row(row) for row in rows))

    def close(self) -> None:
        self._connection.close()


def _row(annotation: Annotation) -> Sequence[Any]:
    row = [getattr(annotation, name) for name in FIELDS]
    if row[_VALUE] is not None:
        row[_VALUE] = orjson.dumps(row[_VALUE]).decode()
    return row


def _from_row(row: Sequence[Any]) -> Annotation:
    value = row[_VALUE]
    if value is not None:
        row = (*row[:_VALUE], orjson.loads(value), *row[_VALUE + 1 :])
    return made(row)
