"""The snapshot of an article: a small TinyDB file, with a checksum over every byte.

Tables: `_meta` (one document: checksum, revision, length of the journal), `article` (one
document: the record without its annotations) and `annotations` (a document each).  Stock
TinyDB opens and queries it; TinyDB's number of an annotation is derived from its own id, so
it stays the same for ever and is never another's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from tinydb.storages import Storage
from tinydb.table import Document as Row
from tinydb.table import Table

from annotations import wire
from annotations.errors import AnnotationError, InvalidAnnotation
from annotations.model import Annotation, Article, Document, Source
from annotations.phrase import Phrase
from store.article.seal import NO_CHECKSUM, is_whole, sealed
from store.errors import Damaged

Tables = dict[str, dict[str, Any]]

SCHEMA = "zametka-article/1"
_ONLY_KEY: Any = "1"  # of the one document in `_meta` and in `article`
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
_ID_MARK = b'"id": '
_CLAIMED = (b"revision", b"journal")
_META_LENGTH = 4096  # enough bytes of a snapshot to hold `_meta`
_FIELDS = tuple(field.name for field in fields(Annotation))
_SLOTS = tuple((name, getattr(Annotation, name).__set__) for name in _FIELDS)
_ROW_KEYS = {*_FIELDS, "text"}
_ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
_ARTICLE_KEYS = {*_ARTICLE_FIELDS, "schema", "sha256"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot holds; `journal` is the length in bytes of the journal it stands for."""

    document: Document
    journal: int
    tables: Tables


@dataclass(frozen=True, slots=True)
class Claims:
    """The revision and the length of the journal that a snapshot speaks of; 0: it does not."""

    revision: int
    journal: int


class TablesStorage(Storage):
    """TinyDB's storage in memory, for one transaction; `tables` is thrown away if it fails."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self) -> Tables:
        return self._tables

    def write(self, data: Tables) -> None:
        self._tables = data


class _Table(Table):
    """TinyDB's table by the keys of the file, which need not be made numbers for each change."""

    document_id_class = str  # type: ignore[assignment]


def number_of(annotation_id: str) -> int:
    """TinyDB's number of an annotation."""
    return int.from_bytes(blake2b(annotation_id.encode(), digest_size=8).digest())


def new_tables(document: Document) -> Tables:
    """The tables of a document that had none."""
    tables: Tables = {}
    row = wire.article_to_dict(document.article)
    meta = {"checksum": NO_CHECKSUM, "schema": SCHEMA, "id": document.article.id}
    _table(tables, "_meta").insert(Row(meta, _ONLY_KEY))
    _table(tables, "article").insert(Row(row, _ONLY_KEY))
    _table(tables, "annotations").insert_multiple(_rows(document, document.annotations))
    return tables


def change(tables: Tables, before: Document, after: Document, touched: Iterable[str]) -> None:
    """Bring the tables from one document to the next; only `touched` annotations differ."""
    ids = tuple(dict.fromkeys(touched))
    old, new = before.by_id, after.by_id
    table = _table(tables, "annotations")
    removed = [_key(id_) for id_ in ids if id_ in old and id_ not in new]
    if removed:
        table.remove(doc_ids=removed)
    changed = {
        row.doc_id: row for row in _rows(after, (new[i] for i in ids if i in old and i in new))
    }
    if changed:
        table.update(lambda row: row.update(changed[_key(row["id"])]), doc_ids=changed)
    added = _rows(after, (new[i] for i in ids if i in new and i not in old))
    if added:
        table.insert_multiple(added)


def encode(tables: Tables, revision: int, journal: int) -> bytes:
    """The file's bytes."""
    meta = {"checksum": NO_CHECKSUM, "revision": revision, "journal": journal}
    tables["_meta"][_ONLY_KEY].update(meta)
    try:
        data = orjson.dumps(tables, option=_OPTIONS)
    except TypeError as error:  # nested too deeply: the only thing the journal did not refuse
        raise InvalidAnnotation(
            Phrase("the article cannot be stored: {error}", error=error)
        ) from None
    return sealed(data)


def decode(data: bytes, path: Path) -> Snapshot:
    """What `encode` wrote; raises Damaged where it is anything else."""
    if not is_whole(data):
        raise Damaged(
            Phrase(
                "{path} is not as it was written: it was edited outside of the program or damaged",
                path=path,
            ),
            path,
        )
    tables: Tables = orjson.loads(data)
    try:
        meta = tables["_meta"][_ONLY_KEY]
        row = tables["article"][_ONLY_KEY]
        if (meta["schema"], row["schema"]) != (SCHEMA, wire.SCHEMA):
            raise Damaged(
                Phrase("{path} is of a format that this version does not know", path=path), path
            )
        article = _article(row)
        annotations = tuple(map(_annotation, tables["annotations"].values()))
        document = Document(article, annotations, meta["revision"])
    except (AnnotationError, KeyError, TypeError) as error:
        raise Damaged(
            Phrase("{path} cannot be read by this version: {error}", path=path, error=error), path
        ) from error
    return Snapshot(document, meta["journal"], tables)


def claims_of(data: bytes) -> Claims:
    """What a snapshot with a wrong checksum says of the journal, as far as it can be told."""
    meta = data[:_META_LENGTH].partition(b'"article"')[0]
    numbers = (re.search(rb'"%b":\s*(\d{1,15})\b' % name, meta) for name in _CLAIMED)
    return Claims(*(int(number[1]) if number else 0 for number in numbers))


def id_in(head: bytes) -> str | None:
    """The article's id from the first bytes of a snapshot, if they hold it."""
    _, mark, rest = head.partition(_ID_MARK)
    line, newline, _ = rest.partition(b",\n")
    if not (mark and newline):
        return None
    try:
        id_ = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return id_ if isinstance(id_, str) else None


def _table(tables: Tables, name: str) -> Table:
    return _Table(TablesStorage(tables), name, cache_size=0)


def _key(annotation_id: str) -> Any:
    """The key of an annotation in the file: its number, which TinyDB's types call an int."""
    return str(number_of(annotation_id))


def _rows(document: Document, annotations: Iterable[Annotation]) -> list[Row]:
    text = document.article.text
    rows = [Row(wire.annotation_to_dict(each, text), _key(each.id)) for each in annotations]
    if len({row.doc_id for row in rows}) != len(rows):
        raise InvalidAnnotation(Phrase("two annotations have ids with the same number: rename one"))
    return rows


def _article(row: dict[str, Any]) -> Article:
    """The article of a row.

    It was checked before it was written and the checksum vouches for every byte, so it is not
    checked again, nor is its own hash worked out: a text of a million characters is read in half
    the time.
    """
    if row.keys() != _ARTICLE_KEYS:
        raise KeyError(*sorted(row.keys() ^ _ARTICLE_KEYS))
    article = object.__new__(Article)
    values = row | {"source": Source(**row["source"])}
    article.__dict__.update({name: values[name] for name in (*_ARTICLE_FIELDS, "sha256")})
    return article


def _annotation(row: dict[str, Any]) -> Annotation:
    """The annotation of a row, as `_article`: a library is read whole to be listed."""
    if row.keys() != _ROW_KEYS:
        unknown = ", ".join(sorted(row.keys() ^ _ROW_KEYS))
        raise InvalidAnnotation(Phrase("an annotation differs in {unknown}", unknown=unknown))
    annotation = object.__new__(Annotation)
    for name, put in _SLOTS:
        put(annotation, row[name])
    return annotation
