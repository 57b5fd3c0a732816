"""SQLite's FTS5 with plain words, as they stand; a table of figures with an index beside it."""

from collections.abc import Sequence
from pathlib import Path

import apsw

from annotations.model import Document
from annotations.tokens import fold
from benchmarks.search_engine import LIMIT, Answer, Engine, Query, amounts, number_of

_TABLES = """
CREATE VIRTUAL TABLE IF NOT EXISTS articles USING fts5(
    text, content='', contentless_delete=1, tokenize='unicode61');
CREATE TABLE IF NOT EXISTS money(
    article INTEGER, amount INTEGER, PRIMARY KEY(article, amount)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS money_amount ON money(amount, article);
"""
_MONEY = "SELECT {} FROM money WHERE amount > ?"


class PlainSQLite(Engine):
    """It finds forms, not words: only what is exact does it find like the others."""

    name = "SQLite FTS5, plain words"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._connection = apsw.Connection(str(folder / "index.sqlite"))
        self._connection.transaction_mode = "IMMEDIATE"
        self._connection.set_busy_timeout(10_000)
        self._connection.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824;"
        )
        self._connection.execute(_TABLES)

    def fill(self, documents: Sequence[Document], processes: int) -> None:  # noqa: ARG002
        execute = self._connection.execute
        execute("INSERT INTO articles(articles, rank) VALUES('hashsize', 67108864)")
        with self._connection:
            for document in documents:
                self._put(document)
        execute("INSERT INTO articles(articles) VALUES('optimize')")
        execute("INSERT INTO articles(articles, rank) VALUES('hashsize', 1048576)")
        execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _put(self, document: Document) -> None:
        number = number_of(document)
        self._connection.execute(
            "INSERT INTO articles(rowid, text) VALUES(?, ?)", (number, fold(document.article.text))
        )
        self._put_figures(number, document)

    def _put_figures(self, number: int, document: Document) -> None:
        self._connection.executemany(
            "INSERT INTO money VALUES(?, ?)",
            [(number, amount) for amount in amounts(document)],
        )

    def add(self, document: Document) -> None:
        with self._connection:
            self._put(document)

    def change(self, document: Document) -> None:
        number = number_of(document)
        with self._connection:
            self._connection.execute("DELETE FROM money WHERE article = ?", (number,))
            self._put_figures(number, document)

    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        if query.form == "money":
            return self._money(query.amount, limit)
        match = _match(query)
        (count,) = self._one("SELECT count(*) FROM articles(?)", match)
        rows = self._connection.execute(
            "SELECT rowid FROM articles(?) ORDER BY rank LIMIT ?", (match, limit)
        )
        return Answer(count, [number for (number,) in rows])

    def _money(self, amount: int, limit: int) -> Answer:
        (count,) = self._one(_MONEY.format("count(DISTINCT article)"), amount)
        newest = f"{_MONEY.format('DISTINCT article')} ORDER BY article DESC LIMIT ?"
        rows = self._connection.execute(newest, (amount, limit))
        return Answer(count, [number for (number,) in rows])

    def _one(self, query: str, parameter: str | int) -> tuple[int]:
        (row,) = self._connection.execute(query, (parameter,)).fetchall()
        return row

    def close(self) -> None:
        self._connection.close()


def _match(query: Query) -> str:
    words = [f'"{fold(word)}"' for word in query.words]
    match query.form:
        case "phrase":
            return f'"{fold(" ".join(query.words))}"'
        case "and not":
            return f"({' AND '.join(words[:-1])}) NOT {words[-1]}"
        case "or":
            return " OR ".join(words)
        case "prefix":
            return f"{words[0]}*"
        case _:
            return words[0]
