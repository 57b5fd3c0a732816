"""The library's own file, where it is damaged: what can be had from it, and from the articles.

It has no checksum: people may correct it by hand.  Each of its rows is an object by itself, so
whatever row still stands as one is kept, the default labels where no label does, and a label for
each name that the articles use.
"""

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document as Row

from annotations import schema as labels
from annotations.errors import AnnotationError
from annotations.gazetteer import Ruling
from annotations.phrase import Phrase
from annotations.query.saved import SavedQuery
from annotations.schema import DEFAULT_SCHEMA, HUES, Label, Schema
from store import files, gazetteer, root, shared_queries
from store.article.snapshot import Tables, TablesStorage, number_of
from store.checkup.findings import Finding, Kind, of_damage
from store.errors import Damaged, NoLibrary
from store.gazetteer import Learning

_KEYS = "!@#$%^&*()_+;'\"|"  # that no command of the screen has, for labels whose own is lost
_REMEDY = Phrase(
    "correct it by hand, or `zametka doctor --repair` keeps it aside and writes a new one with "
    "what can be had from it, and with every label that the articles use"
)
_OF_A_RULING = {field.name for field in fields(Ruling)}
_OF_LEARNING = {field.name for field in fields(Learning)}
_OF_A_QUERY = {field.name for field in fields(SavedQuery)} - {"is_shared"}
_OF_A_LABEL = {field.name for field in fields(Label)}


def check(path: Path) -> Finding | None:
    """What is wrong with the file of the library at a path; raises NoLibrary where there is
    nothing that looks like one, or one of another version."""
    file = path / root.LIBRARY_FILE
    if files.stat_of(file) is None and files.stat_of(root.articles(path)) is not None:
        what = Phrase("{path} is missing", path=file)
        return Finding(Kind.LIBRARY, file, what, _REMEDY, can_repair=True)
    try:
        root.read_schema(path)
        gazetteer.read(path)
        shared_queries.read(path)
    except NoLibrary:
        data = files.read_bytes(file)
        if data is None or b'"zametka-library/' in data:
            raise
        what = Phrase("{path} does not say of which format it is", path=file)
        return Finding(Kind.LIBRARY, file, what, _REMEDY, can_repair=True)
    except Damaged as damage:
        return of_damage(Kind.LIBRARY, damage, _REMEDY, can_repair=True)
    return None


def repaired(path: Path, used: Collection[str]) -> Finding | None:
    """Keep a damaged file aside and write a new one; `used` are the labels of the articles.

    None: somebody else has mended it meanwhile.
    """
    file = path / root.LIBRARY_FILE
    with root.alone(path), files.writing(file):
        if check(path) is None:
            return None
        data = files.read_bytes(file)
        aside = files.free_name(file)
        if data is not None:
            os.link(file, aside)  # the name is never without a file
            files.sync_folder(path)
        objects = list(_objects(data or b""))
        schema = _schema(objects, used)
        root.put(path, _tables(schema, objects))
    what = Phrase("{path}: written anew with the labels {labels}", path=file, labels=_names(schema))
    if data is not None:
        what = Phrase("{what}; what was there is kept as {name}", what=what, name=aside.name)
    return Finding(Kind.LIBRARY, file, what, is_done=True)


def _names(schema: Schema) -> str:
    return ", ".join(label.name for label in schema)


def _objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Every object in the bytes that can be read, wherever it stands."""
    text = data.decode(errors="replace")
    read = json.JSONDecoder(strict=False).raw_decode
    place = text.find("{")
    while place >= 0:
        with suppress(ValueError, RecursionError):
            found, _ = read(text, place)
            if isinstance(found, dict):
                yield found
        place = text.find("{", place + 1)


def _schema(objects: Iterable[dict[str, Any]], used: Collection[str]) -> Schema:
    found: dict[str, Label] = {}
    for row in objects:
        if row.keys() == _OF_A_LABEL:
            with suppress(AnnotationError):
                (label,) = labels.from_rows([row])
                if label.key not in {each.key for each in found.values()}:
                    found.setdefault(label.name, label)
    for name in [] if found else [label.name for label in DEFAULT_SCHEMA]:
        found[name] = DEFAULT_SCHEMA[name]
    for name in sorted(used):
        if name not in found:
            found[name] = _label(name, {label.key for label in found.values()}, len(found))
    return Schema(tuple(found.values()))


def _label(name: str, taken: Collection[str], number: int) -> Label:
    """A label for a name that the articles use: the default one, or one without a meaning."""
    if name in DEFAULT_SCHEMA and DEFAULT_SCHEMA[name].key not in taken:
        return DEFAULT_SCHEMA[name]
    others = map(chr, range(0x2460, 0x2FFF))  # no keyboard has them: the menu of labels does
    key = next(each for each in (*_KEYS, *others) if each not in taken)
    return Label(name, "entity", key, HUES[number % len(HUES)], False, "")


def _tables(schema: Schema, objects: Iterable[dict[str, Any]]) -> Tables:
    tables = root.tables_of(schema)
    database = TinyDB(tables, storage=TablesStorage)
    for row in objects:
        if row.keys() == _OF_A_RULING:
            with suppress(AnnotationError, TypeError):
                ruling = gazetteer.ruling_of(row)
                number = number_of("\n".join(ruling.key))
                database.table(gazetteer.RULINGS, cache_size=0).upsert(Row(row, number))
        elif row.keys() == _OF_LEARNING:
            with suppress(AnnotationError, TypeError):
                gazetteer.learning_of(row)
                database.table(gazetteer.LEARNING, cache_size=0).upsert(Row(row, 1))
        elif row.keys() == _OF_A_QUERY:
            with suppress(AnnotationError, TypeError):
                number = number_of(shared_queries.query_of(row).key)
                database.table(shared_queries.QUERIES, cache_size=0).upsert(Row(row, number))
    return tables
