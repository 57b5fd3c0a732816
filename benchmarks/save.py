"""How long a durable save takes: this store, SQLite and stock TinyDB side by side, in one run.

`python benchmarks/save.py [--saves N] [--folder DIR]` adds annotations, one durable save each, to
libraries of 1 and of 1,000 articles, taking turns of 20 so that all meet the same disk.
The folder must be on a real disk: on tmpfs fdatasync costs nothing.
"""

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tinydb import TinyDB
from tinydb.storages import JSONStorage

from annotations import edits, wire
from annotations.model import Annotation, Article, Document, Span
from store.library import Library

AUTHOR = "user:anna"
STAMP = edits.Stamp(AUTHOR, "2026-01-31T10:00:00Z")
TEXT = "В среду в Казани открыли новый мост через Волгу за 2 млрд рублей. " * 30
ANNOTATIONS = 20  # in each article before the first save
TURN = 20  # saves

Save = Callable[[str, Annotation], object]


def annotation(number: int) -> Annotation:
    start = number * 7 % (len(TEXT) - 10)
    return edits.new_annotation(Span(start, start + 9), "ORG", STAMP, {"name": "Мост"}).annotation


def documents(count: int) -> Iterator[Document]:
    for number in range(count):
        article = Article(f"статья {number}", TEXT, "Мост")
        yield Document(article, tuple(map(annotation, range(ANNOTATIONS))))


@contextmanager
def zametka(folder: Path, count: int) -> Iterator[Save]:
    library = Library.create(folder / "library")
    for document in documents(count):
        library.add(document)
    yield lambda id_, each: library.apply(id_, edits.Add(each), author=AUTHOR)


@contextmanager
def sqlite(folder: Path, count: int) -> Iterator[Save]:
    with closing(sqlite3.connect(folder / "library.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE articles (id TEXT PRIMARY KEY, record TEXT)")
        connection.execute("CREATE TABLE annotations (article TEXT, id TEXT, row TEXT)")
        connection.execute("CREATE INDEX by_article ON annotations (article)")

        def insert(id_: str, each: Annotation) -> None:
            row = json.dumps(wire.annotation_to_dict(each, TEXT), ensure_ascii=False)
            connection.execute("INSERT INTO annotations VALUES (?, ?, ?)", (id_, each.id, row))

        def save(id_: str, each: Annotation) -> None:
            with connection:
                insert(id_, each)

        with connection:
            for document in documents(count):
                record = json.dumps(wire.article_to_dict(document.article), ensure_ascii=False)
                connection.execute(
                    "INSERT INTO articles VALUES (?, ?)", (document.article.id, record)
                )
                for each in document.annotations:
                    insert(document.article.id, each)
        yield save


@contextmanager
def tinydb(folder: Path, count: int) -> Iterator[Save]:
    path = folder / "library.json"
    tables: dict[str, dict[str, dict[str, object]]] = {"articles": {}, "annotations": {}}
    for number, document in enumerate(documents(count), 1):
        tables["articles"][str(number)] = wire.article_to_dict(document.article)
        for each in document.annotations:
            row = {"article": document.article.id, **wire.annotation_to_dict(each, TEXT)}
            tables["annotations"][str(len(tables["annotations"]) + 1)] = row
    path.write_text(json.dumps(tables), encoding="utf-8")
    with TinyDB(path, storage=JSONStorage) as database:
        table = database.table("annotations")

        def save(id_: str, each: Annotation) -> None:
            table.insert({"article": id_, **wire.annotation_to_dict(each, TEXT)})

        yield save


RIVALS: dict[str, Callable[[Path, int], AbstractContextManager[Save]]] = {
    "zametka": zametka,
    "SQLite WAL FULL": sqlite,
    "TinyDB, one file": tinydb,
}


def measure(folder: Path, count: int, saves: int) -> dict[str, list[float]]:
    """Milliseconds of each save, the rivals taking turns."""
    times: dict[str, list[float]] = {name: [] for name in RIVALS}
    with ExitStack() as stack:
        save: dict[str, Save] = {}
        for name, rival in RIVALS.items():
            (folder / name).mkdir()
            save[name] = stack.enter_context(rival(folder / name, count))
        for first in range(0, saves, TURN):
            for name in RIVALS:
                os.sync()  # what the one before has left is not for this one to wait for
                for number in range(first, first + TURN):
                    each = annotation(number)
                    begin = time.perf_counter()
                    save[name](f"статья {number * 7 % count}", each)
                    times[name].append((time.perf_counter() - begin) * 1000)
    return {name: sorted(values) for name, values in times.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--saves", type=int, default=100)
    options.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    chosen = options.parse_args()
    print(f"{chosen.saves} durable saves each, milliseconds; ratio of p50 to SQLite's")
    print(f"{'articles':>8}  {'':18}{'p50':>10}{'p95':>10}{'ratio':>9}")
    for count in (1, 1000):
        with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
            times = measure(Path(folder), count, chosen.saves)
        base = middle(times["SQLite WAL FULL"])
        for name, values in times.items():
            high = values[int(len(values) * 0.95)]
            ratio = middle(values) / base
            print(f"{count:>8}  {name:18}{middle(values):>10.2f}{high:>10.2f}{ratio:>9.1f}")


def middle(values: list[float]) -> float:
    return values[len(values) // 2]


if __name__ == "__main__":
    main()
