"""JSONL: one record of `annotations.wire` a line, UTF-8."""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from annotations import wire
from annotations.errors import InvalidRecord
from annotations.json_objects import parse_line
from annotations.model import Document
from annotations.phrase import Phrase, Words, words_of
from store.errors import CannotWrite


@dataclass(frozen=True, slots=True)
class Refusal:
    """Some input that was not taken: `where` is a file or a line of it."""

    where: Words
    reason: Words


class Sink(Protocol):
    """What lines are written to."""

    def write(self, line: bytes, /) -> object: ...

    def flush(self) -> object: ...


def read(lines: Iterable[bytes], name: str) -> Iterator[Document | Refusal]:
    """Full records, each checked against the format; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield read_line(line, Phrase("{name}, line {number}", name=name, number=number))


def read_line(line: bytes, where: Words) -> Document | Refusal:
    """One full record."""
    try:
        return wire.from_line(line)
    except InvalidRecord as error:
        return Refusal(where, words_of(error))


def read_line_loosely(line: bytes, where: Words) -> Document | Refusal:
    """One object with at least `text`; annotations that it has are kept."""
    try:
        record = parse_line(line)
        if "schema" in record:
            return wire.from_record({"annotations": [], **record})
        return Document(wire.article_from_loose(record))
    except InvalidRecord as error:
        return Refusal(where, words_of(error))


def write(documents: Iterable[Document], stream: Sink) -> int:
    """Write each document as a line; returns how many there were."""
    count = 0
    for document in documents:
        stream.write(wire.to_line(document).encode())
        count += 1
    stream.flush()
    return count


def write_file(documents: Iterable[Document], path: Path) -> int:
    """Write to a file that appears whole or, after an error, stays as it was.

    A path that exists and is no regular file (a pipe, /dev/stdout) is written through.
    Raises CannotWrite.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                return write(documents, stream)
        target = path.resolve()
        temporary = target.with_name(f".zametka-{secrets.token_hex(8)}.tmp")
        try:
            with temporary.open("xb") as stream:
                if target.exists():
                    os.fchmod(stream.fileno(), target.stat().st_mode & 0o777)
                count = write(documents, stream)
                os.fsync(stream.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(
            Phrase("{path}: {strerror}: nothing was written", path=path, strerror=error.strerror)
        ) from error
    return count
