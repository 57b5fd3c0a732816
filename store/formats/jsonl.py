"""JSONL: one record of `annotations.wire` a line, UTF-8."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Protocol

from annotations import wire
from annotations.errors import InvalidRecord
from annotations.json_objects import parse_line
from annotations.model import Document
from annotations.phrase import Phrase, Words, words_of
from store.errors import CannotWrite

LARGEST_LINE = 64 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """Some input that was not taken: `where` is a file or a line of it."""

    where: Words
    reason: Words


class Sink(Protocol):
    """What lines are written to."""

    def write(self, line: bytes, /) -> object: ...

    def flush(self) -> object: ...


def lines_of(stream: BinaryIO, head: Iterable[bytes] = ()) -> Iterator[bytes | None]:
    """The lines of a stream, of which `head` was read already; None for one that is too large.

    That one is never held whole: it may be endless.
    """
    is_rest = False
    for piece in chain(head, iter(partial(stream.readline, LARGEST_LINE), b"")):
        is_cut = len(piece) >= LARGEST_LINE and not piece.endswith(b"\n")
        if not is_rest:
            yield None if is_cut else piece
        is_rest = is_cut


def read(lines: Iterable[bytes | None], name: str) -> Iterator[Document | Refusal]:
    """Full records, each checked against the format; empty lines are passed over."""
    return _read(lines, name, read_line)


def read_loosely(lines: Iterable[bytes | None], name: str) -> Iterator[Document | Refusal]:
    """Objects with at least `text`; empty lines are passed over."""
    return _read(lines, name, read_line_loosely)


def _read(
    lines: Iterable[bytes | None], name: str, read_one: Callable[[bytes, Words], Document | Refusal]
) -> Iterator[Document | Refusal]:
    for number, line in enumerate(lines, 1):
        where = Phrase("{name}, line {number}", name=name, number=number)
        if line is None:
            yield Refusal(where, Phrase("larger than {size} MiB", size=LARGEST_LINE // 2**20))
        elif line.strip():
            yield read_one(line, where)


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
