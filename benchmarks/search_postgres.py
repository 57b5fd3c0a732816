"""PostgreSQL with its `russian` full-text search, in a cluster of its own.

It is started with the benchmark and stopped with it, listens in its folder only, and need not
wait for the disk, as no index need.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from annotations.model import Document
from annotations.tokens import fold
from benchmarks.libpq import Client
from benchmarks.search_engine import LIMIT, Answer, Engine, NotHere, Query, amounts, number_of

USER = "postgres"
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "2GB",
    "effective_cache_size": "4GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "synchronous_commit": "off",
    "fsync": "off",
    "jit": "off",
    "logging_collector": "off",
}
_TABLES = (
    "CREATE TABLE articles(number integer PRIMARY KEY, vector tsvector)",
    "CREATE TABLE money(article integer, amount bigint)",
    "CREATE UNLOGGED TABLE staged(number integer, text text)",
)
_FILL = (
    "INSERT INTO articles SELECT number, to_tsvector('russian', text) FROM staged",
    "DROP TABLE staged",
    "CREATE INDEX ON articles USING gin(vector) WITH (fastupdate = off)",
    "CREATE INDEX ON money(amount, article)",
    "CREATE INDEX ON money(article)",
    "VACUUM ANALYZE",
)
# How many there are is counted while they are ranked: twice as fast as to ask for it before.
_TEXT = """
SELECT number, count(*) OVER () FROM articles, CAST({} AS tsquery) AS query
WHERE vector @@ query ORDER BY ts_rank(vector, query) DESC LIMIT $2
"""
_MONEY = "SELECT {} FROM money WHERE amount > $1"


class PostgreSQL(Engine):
    name = "PostgreSQL"
    cannot = frozenset({"exact"})

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._is_owner = not (folder / "data" / "postmaster.pid").exists()
        if self._is_owner:
            self._start()
        try:
            self._client = Client(str(folder), USER, USER)
        except NotHere:
            self._stop()
            raise

    def _start(self) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
        if not found:
            raise NotHere("PostgreSQL is not installed")
        self._programs = found[-1].parent
        if os.geteuid() == 0:
            _give_to_postgres(self.folder)
        self._run(
            *("initdb", "-D", "data", "-A", "trust", "-U", USER, "-E", "UTF8"),
            *("--locale=C.UTF-8", "--no-sync"),
        )
        settings = [f"-c {name}={value}" for name, value in _SETTINGS.items()]
        options = " ".join((f"-k '{self.folder}'", *settings))
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        as_other = ("runuser", "-u", USER, "--") if os.geteuid() == 0 else ()
        command = (*as_other, str(self._programs / program), *arguments)
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NotHere(f"PostgreSQL: {program}: {done.stderr.strip()}")

    def fill(self, documents: Sequence[Document], processes: int) -> None:  # noqa: ARG002
        for statement in _TABLES:
            self._client.run(statement)
        self._client.copy(
            "staged", ((number_of(each), fold(each.article.text)) for each in documents)
        )
        self._client.copy(
            "money",
            ((number_of(each), amount) for each in documents for amount in amounts(each)),
        )
        for statement in _FILL:
            self._client.run(statement)

    def add(self, document: Document) -> None:
        run, number = self._client.run, number_of(document)
        run("BEGIN")
        run(
            "INSERT INTO articles VALUES($1, to_tsvector('russian', $2))",
            *(number, fold(document.article.text)),
        )
        self._put_figures(number, document)
        run("COMMIT")

    def change(self, document: Document) -> None:
        number = number_of(document)
        self._client.run("BEGIN")
        self._client.run("DELETE FROM money WHERE article = $1", number)
        self._put_figures(number, document)
        self._client.run("COMMIT")

    def _put_figures(self, number: int, document: Document) -> None:
        for amount in amounts(document):
            self._client.run("INSERT INTO money VALUES($1, $2)", number, amount)

    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        match query.form:
            case "money":
                return self._money(query.amount, limit)
            case "prefix":
                asked, text = "to_tsquery('russian', $1)", f"{query.words[0]}:*"
            case "phrase":
                asked, text = "phraseto_tsquery('russian', $1)", " ".join(query.words)
            case "or":
                asked, text = "to_tsquery('russian', $1)", " | ".join(query.words)
            case "and not":
                *words, without = query.words
                asked, text = "to_tsquery('russian', $1)", f"{' & '.join(words)} & !{without}"
            case _:
                asked, text = "plainto_tsquery('russian', $1)", query.words[0]
        rows = self._client.run(_TEXT.format(asked), text, limit)
        return Answer(int(rows[0][1]) if rows else 0, [int(number) for number, _ in rows])

    def _money(self, amount: int, limit: int) -> Answer:
        ((count,),) = self._client.run(_MONEY.format("count(DISTINCT article)"), amount)
        newest = f"{_MONEY.format('DISTINCT article')} ORDER BY article DESC LIMIT $2"
        rows = self._client.run(newest, amount, limit)
        return Answer(int(count), [int(number) for (number,) in rows])

    def size(self) -> int:
        """Of its tables and indexes: a cluster has 40 MB of its own."""
        self._client.run("CHECKPOINT")
        ((size,),) = self._client.run(
            "SELECT pg_total_relation_size('articles') + pg_total_relation_size('money')"
        )
        return int(size)

    def close(self) -> None:
        self._client.close()
        self._stop()

    def _stop(self) -> None:
        if self._is_owner:
            self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")


def _version(path: Path) -> float:
    return float(path.parts[-3])


def _give_to_postgres(folder: Path) -> None:
    """PostgreSQL does not run as root."""
    try:
        pwd.getpwnam(USER)
    except KeyError:
        raise NotHere(f"there is no user {USER}, and PostgreSQL does not run as root") from None
    folder.parent.chmod(0o711)  # the benchmark's own
    shutil.chown(folder, USER)
