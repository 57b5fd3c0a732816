"""The journal of an article: one line a change, `<crc32> <json>`; this is its history.

The first line is the base, the whole document as it was added (or as it stood when a lost
journal was begun anew); the others are edits, their revisions without a gap.  A line is
committed when it is on the disk with its line break.
"""

import json
import zlib
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import orjson

from annotations import edits, wire
from annotations.edits import Edit
from annotations.errors import AnnotationError, InvalidAnnotation
from annotations.json_objects import Record
from annotations.model import Document
from annotations.phrase import Phrase
from store.errors import Damaged

_CRC_LENGTH = 8
_SECTOR = 512


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One committed change.  `undoes` and `redoes` name the operation taken back or redone."""

    revision: int
    operation: str
    author: str
    at: str
    edit: Edit
    undoes: str | None = None
    redoes: str | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines: their records, where in the file they begin, and where the last one ends.

    `torn` says that an unterminated line follows.
    """

    records: tuple[Record, ...]
    places: tuple[int, ...]
    end: int
    torn: bool


def base_line(document: Document, at: str) -> bytes:
    """The first line of a journal; raises InvalidAnnotation for what no JSON can say."""
    record = wire.to_record(document)
    line = _line(
        {"id": document.article.id, "revision": document.revision, "at": at, "record": record},
        Phrase("article {id!r}", id=document.article.id),
    )
    try:
        read = base_of(orjson.loads(line[_CRC_LENGTH + 1 :]))
    except (AnnotationError, ValueError) as error:
        raise _refused(error) from error
    if read != document and json.dumps(record) != json.dumps(wire.to_record(read)):
        raise InvalidAnnotation(
            Phrase(
                "article {id!r}: its meta holds something that JSON cannot say, such as NaN",
                id=document.article.id,
            )
        )
    return line


def entry_line(entry: HistoryEntry, text: str) -> bytes:
    """A change as a line; `text` is the article's.  What could not be read back is refused."""
    row: Record = {
        "operation": entry.operation,
        "revision": entry.revision,
        "at": entry.at,
        "author": entry.author,
    }
    if entry.undoes is not None:
        row["undoes"] = entry.undoes
    if entry.redoes is not None:
        row["redoes"] = entry.redoes
    try:
        for state in edits.states(entry.edit):
            wire.check_annotation(state, text)
    except AnnotationError as error:
        raise _refused(error) from error
    row["edit"] = wire.edit_to_dict(entry.edit, text)
    return _line(row, Phrase("operation {id!r}", id=entry.operation))


def operation_mark(operation: str) -> bytes:
    """Bytes that stand in a journal exactly where this operation is committed.

    Only the gap before a line's JSON is a space before `{`; inside of strings quotes are escaped.
    """
    return b' {"operation":' + _dumps(operation, Phrase("operation {id!r}", id=operation)) + b","


def read_lines(data: bytes, path: Path, start: int = 0) -> Lines:
    """The lines in `data`, which begins at byte `start` of the file.

    Raises Damaged at the first whole line that does not say what was written.
    """
    *whole, rest = data.split(b"\n")
    records: list[Record] = []
    places: list[int] = []
    place = start
    for line in whole:
        is_last = not rest and len(places) == len(whole) - 1
        if is_last and _is_half_written(line, place):
            return Lines(tuple(records), tuple(places), place, torn=True)
        records.append(_checked(line, path, place))
        places.append(place)
        place += len(line) + 1
    if fits(rest[:-1]) and not _is_half_written(rest, place):  # a crash cuts no line like that
        raise damaged(path, place, Phrase("it has lost its line break"))
    return Lines(tuple(records), tuple(places), place, bool(rest))


def base_of(record: Record) -> Document:
    """The document of a base line, at its revision."""
    return replace(wire.from_record(record["record"]), revision=record["revision"])


def entry_of(record: Record, text: str) -> HistoryEntry:
    """The change of any other line."""
    return HistoryEntry(
        revision=record["revision"],
        operation=record["operation"],
        author=record["author"],
        at=record["at"],
        edit=wire.edit_from_dict(record["edit"], text),
        undoes=record.get("undoes"),
        redoes=record.get("redoes"),
    )


def read_base(lines: Lines, path: Path) -> Document:
    """The document that the first line holds."""
    try:
        return base_of(lines.records[0])
    except (AnnotationError, KeyError, TypeError, AttributeError) as error:
        raise _unknown(path, 0, error) from error


def base_revision(lines: Lines, path: Path) -> int:
    """The revision of the document that the first line holds, which is not looked at further."""
    revision = lines.records[0].get("revision") if lines.records else None
    if not isinstance(revision, int):
        raise damaged(path, 0, Phrase("it is no base"))
    return revision


def read_entries(
    lines: Lines, text: str, after: int, path: Path, skip: int = 0
) -> tuple[HistoryEntry, ...]:
    """The changes that follow revision `after`; `skip` lines come before them."""
    entries: list[HistoryEntry] = []
    for record, place in zip(lines.records[skip:], lines.places[skip:], strict=True):
        try:
            entry = entry_of(record, text)
        except (AnnotationError, KeyError, TypeError) as error:
            raise _unknown(path, place, error) from error
        expected = after + len(entries) + 1
        if entry.revision != expected:
            raise damaged(
                path,
                place,
                Phrase(
                    "revision {expected} expected, {found} found",
                    expected=expected,
                    found=entry.revision,
                ),
            )
        entries.append(entry)
    return tuple(entries)


def damaged(path: Path, place: int, what: Phrase) -> Damaged:
    """A journal that cannot be read on at a byte."""
    found = Phrase(
        "{path}: the line at byte {place} is damaged ({what})", path=path, place=place, what=what
    )
    message = Phrase(
        "{found}. The file is left as it is: run `zametka doctor --repair`, or restore the article "
        "from a backup",
        found=found,
    )
    return Damaged(message, path, what=found, place=place)


def _unknown(path: Path, place: int, error: Exception) -> Damaged:
    return damaged(path, place, Phrase("this version cannot read it: {error}", error=error))


def _line(record: Record, what: Phrase) -> bytes:
    payload = _dumps(record, what)
    return b"%08x %b\n" % (zlib.crc32(payload), payload)


def _dumps(content: object, what: Phrase) -> bytes:
    try:
        return orjson.dumps(content)
    except TypeError as error:
        raise InvalidAnnotation(
            Phrase("{what} cannot be stored: {error}", what=what, error=error)
        ) from None


def _refused(error: Exception) -> InvalidAnnotation:
    """Better refused now than unreadable later."""
    return InvalidAnnotation(Phrase("this cannot be stored: {error}", error=error))


def fits(line: bytes) -> bool:
    """Whether a line, without its break, has the checksum that it was written with."""
    payload = line[_CRC_LENGTH + 1 :]
    return line[: _CRC_LENGTH + 1] == b"%08x " % zlib.crc32(payload)


def _checked(line: bytes, path: Path, place: int) -> Record:
    if not fits(line):
        raise damaged(path, place, Phrase("its checksum does not fit"))
    try:
        record = orjson.loads(line[_CRC_LENGTH + 1 :])
    except orjson.JSONDecodeError as error:
        raise _unknown(path, place, error) from error
    if not isinstance(record, dict):
        raise damaged(path, place, Phrase("not an object"))
    return record


def _is_half_written(line: bytes, place: int) -> bool:
    """Whether a power cut came before all sectors of a line were written: JSON has no zeros."""
    edges = (0, *range(-place % _SECTOR or _SECTOR, len(line), _SECTOR), len(line))
    return not fits(line) and any(not any(line[a:b]) for a, b in pairwise(edges))
