"""Stock TinyDB, its two ways: all in one file, and a file an article."""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import orjson
from tinydb import TinyDB, where

from annotations import wire
from annotations.edits import Add, Change, Edit
from annotations.json_objects import Record
from annotations.model import Annotation, Article, Document, Source
from benchmarks.rivals import FIELDS, Rival, document, made


class TinyDBOneFile(Rival):
    name = "TinyDB, one file"
    most = 10_000  # the file of 100,000 would have 2 GB, which a save reads and writes

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._path = folder / "library.json"
        self._database = TinyDB(self._path)

    def fill(self, numbers: range) -> None:
        tables = _tables(map(document, numbers))
        self._path.write_text(json.dumps(tables), encoding="utf-8")

    def add(self, document: Document) -> None:
        self._database.table("articles").insert(wire.article_to_dict(document.article))
        self._database.table("annotations").insert_multiple(_rows(document))

    def save(self, article_id: str, edit: Edit) -> None:
        table = self._database.table("annotations")
        match edit:
            case Add(annotation):
                table.insert(_tiny(article_id, annotation))
            case Change(before, after):
                mine = (where("article") == article_id) & (where("id") == before.id)
                table.update(_tiny(article_id, after), mine)

    def load(self, article_id: str) -> Document:
        rows = self._database.table("annotations").search(where("article") == article_id)
        return _document(self._article(article_id), rows)

    def _article(self, article_id: str) -> Record:
        found = self._database.table("articles").get(where("id") == article_id)
        if not isinstance(found, dict):
            raise LookupError(article_id)
        return found

    def close(self) -> None:
        self._database.close()


class TinyDBFiles(Rival):
    name = "TinyDB, a file an article"

    def fill(self, numbers: range) -> None:
        for each in map(document, numbers):
            self._path(each.article.id).write_bytes(orjson.dumps(_tables([each])))

    def add(self, document: Document) -> None:
        with TinyDB(self._path(document.article.id)) as database:
            database.table("articles").insert(wire.article_to_dict(document.article))
            database.table("annotations").insert_multiple(_rows(document))

    def save(self, article_id: str, edit: Edit) -> None:
        with TinyDB(self._path(article_id)) as database:
            table = database.table("annotations")
            match edit:
                case Add(annotation):
                    table.insert(_tiny(article_id, annotation))
                case Change(before, after):
                    table.update(_tiny(article_id, after), where("id") == before.id)

    def load(self, article_id: str) -> Document:
        with TinyDB(self._path(article_id)) as database:
            (article,) = database.table("articles").all()
            return _document(article, database.table("annotations").all())

    def _path(self, article_id: str) -> Path:
        key = blake2b(article_id.encode(), digest_size=16).hexdigest()
        folder = self.folder / key[:2]
        folder.mkdir(exist_ok=True)
        return folder / f"{key}.json"


def _tables(documents: Iterable[Document]) -> dict[str, dict[str, Record]]:
    """The contents of a file of TinyDB's."""
    found: dict[str, dict[str, Record]] = {"articles": {}, "annotations": {}}
    for number, each in enumerate(documents, 1):
        found["articles"][str(number)] = wire.article_to_dict(each.article)
        for row in _rows(each):
            found["annotations"][str(len(found["annotations"]) + 1)] = row
    return found


def _rows(document: Document) -> Iterator[Record]:
    for each in document.annotations:
        yield _tiny(document.article.id, each)


def _tiny(article_id: str, annotation: Annotation) -> Record:
    return {"article": article_id} | {name: getattr(annotation, name) for name in FIELDS}


def _document(row: Record, rows: Iterable[Record]) -> Document:
    source = Source(**row["source"])
    article = Article(row["id"], row["text"], row["title"], row["published"], source, row["meta"])
    return Document(article, tuple(made(each[name] for name in FIELDS) for each in rows))
