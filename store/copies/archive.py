"""The format of a backup: a tar file that says what it is, and proves that it is whole.

The first member, `backup.json`, says what it is; the last, `manifest`, lists all the others in
their order, a JSON object a line, with size and checksum.  Where something was wrong when it was
made, `problems.jsonl` comes before that, an object a line, too.  It is written and read as a
stream, a chunk at a time.  Nothing that it says of itself is believed: members are regular files
with names of ours, of bounded number and size; tar's long names, links and the like are refused.
"""

import gzip
import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import blake2b
from io import BufferedReader
from typing import Protocol

import orjson

from annotations.phrase import Phrase, Words
from store import files
from store.article.closed import why_not_unpacked
from store.errors import BadBackup, Unreadable
from store.root import LIBRARY_FILE

SCHEMA = "zametka-backup/1"
CHUNK = 1 << 18
DESCRIPTION = "backup.json"
MANIFEST = "manifest"
PROBLEMS = "problems.jsonl"
MOST_BYTES = 1 << 30  # of a member

_BLOCK = 512  # bytes: tar pads everything to as many
_MOST_MEMBERS = 1_000_000
_MOST_DESCRIBED = 1 << 16
_MOST_TOLD = 1 << 26
_MOST_LISTED = 1 << 10  # of a line of the manifest
_MOST_AFTER = 1 << 20  # zeros after the end
_DIGEST = 16
_FILE = r"[0-9a-f]{32}\.(?:log|json|[0-9]{1,15}\.log\.gz)"
_NAME = re.compile(
    rf"{re.escape(LIBRARY_FILE)}"
    rf"|articles/([0-9a-f]{{2}})/(?=\1){_FILE}"
    rf"|trash/([0-9a-f]{{32}})-[0-9]{{1,9}}/(?:removed\.json|(?=\2){_FILE})"
)
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Description:
    """What a backup says of itself: when it was made, by whom, with which version."""

    at: str
    author: str
    version: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """What was wrong with an article when it was backed up, and whether it is in the backup."""

    what: str
    is_copied: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a backup; `chunks` are there until the next one is asked for."""

    name: str
    size: int
    chunks: Iterator[bytes]


class Sink(Protocol):
    """What a backup is written to."""

    def write(self, data: bytes, /) -> object: ...

    def flush(self) -> object: ...


class Writer:
    """Writes a backup to a stream; it is whole once `finish` has returned."""

    def __init__(self, stream: Sink, description: Description) -> None:
        self._stream = stream
        self._time = datetime.fromisoformat(description.at).timestamp()
        self._manifest = bytearray()
        said = orjson.dumps({"schema": SCHEMA, **asdict(description)})
        self.add(DESCRIPTION, len(said), [said])

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """A file of `size` bytes."""
        hashed = blake2b(digest_size=_DIGEST)
        self._stream.write(_header(name, size, self._time))
        left = size
        for chunk in chunks:
            hashed.update(chunk)
            self._stream.write(chunk)
            left -= len(chunk)
        if left:
            raise Unreadable(Phrase("{path} changed while it was read: try again", path=name))
        self._stream.write(bytes(-size % _BLOCK))
        self._manifest += _line(name, size, hashed.hexdigest())

    def finish(self, flaws: Iterable[Flaw] = ()) -> None:
        """Write what was wrong, the manifest and the end."""
        told = b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in flaws)
        if told:
            self.add(PROBLEMS, len(told), [told])
        self.add(MANIFEST, len(self._manifest), [bytes(self._manifest)])
        self._stream.write(bytes(2 * _BLOCK))


class Archive:
    """A backup to be read: `description` at once, `flaws` with the members.  Raises BadBackup."""

    def __init__(self, stream: BufferedReader, path: str) -> None:
        self._path = path
        self._lines = bytearray()  # a digest of each line that the manifest is to have
        self._names: set[str] = set()
        self.flaws: tuple[Flaw, ...] = ()
        with self._telling():
            is_gzip = stream.peek(len(_GZIP)).startswith(_GZIP)
            self._stream = gzip.GzipFile(fileobj=stream) if is_gzip else stream
        self.description = self._described()

    def members(self) -> Iterator[Member]:
        """Every file, once; only when all have been read is it known that they are sound."""
        while True:
            name, size = self._header()
            if name == MANIFEST:
                self._check_manifest(size)
                self._check_end()
                return
            if not (is_name(name) or name == PROBLEMS):
                raise self._bad(Phrase("{name!r} does not belong into one", name=name))
            if name in self._names:
                raise self._bad(Phrase("{name!r} is in it twice", name=name))
            self._names.add(name)
            if name == PROBLEMS:
                self.flaws = self._told(size)
            else:
                yield from self._member(name, size)

    def _member(self, name: str, size: int) -> Iterator[Member]:
        hashed = blake2b(digest_size=_DIGEST)

        def hashing() -> Iterator[bytes]:
            for chunk in self._chunks(size):
                hashed.update(chunk)
                yield chunk

        chunks = hashing()
        yield Member(name, size, chunks)
        for _ in chunks:  # that nobody wanted
            pass
        self._skip_padding(size)
        self._lines += _digest(_line(name, size, hashed.hexdigest()))

    def _described(self) -> Description:
        name, size = self._header()
        if name != DESCRIPTION or size > _MOST_DESCRIBED:
            raise self._bad(Phrase("it does not say what it is"))
        try:
            said = orjson.loads(self._whole(name, size))
            if said.pop("schema") != SCHEMA:
                raise ValueError
            described = Description(**said)
            if not all(isinstance(each, str) for each in asdict(described).values()):
                raise TypeError
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._bad(Phrase("it is of a format that this version does not know")) from None
        return described

    def _told(self, size: int) -> tuple[Flaw, ...]:
        if size > _MOST_TOLD:
            raise self._bad(Phrase("it is larger than a backup can be"))
        try:
            rows = map(orjson.loads, self._whole(PROBLEMS, size).splitlines())
            return tuple(Flaw(str(row["what"]), bool(row["is_copied"])) for row in rows)
        except (ValueError, TypeError, KeyError):
            raise self._bad(Phrase("it is of a format that this version does not know")) from None

    def _whole(self, name: str, size: int) -> bytes:
        """All of a file that is small."""
        (data,) = (b"".join(each.chunks) for each in self._member(name, size))
        return data

    def _header(self) -> tuple[str, int]:
        try:
            found = tarfile.TarInfo.frombuf(self._read(_BLOCK), "ascii", "strict")
        except (tarfile.HeaderError, ValueError):
            raise self._bad(Phrase("it ends before its manifest, or is no tar file")) from None
        if found.type != tarfile.REGTYPE:
            raise self._bad(Phrase("{name!r} in it is no regular file", name=found.name))
        if not 0 <= found.size <= MOST_BYTES or len(self._names) >= _MOST_MEMBERS:
            raise self._bad(Phrase("it is larger than a backup can be"))
        return found.name, found.size

    def _check_manifest(self, size: int) -> None:
        """Compare it line by line with what was read: neither is ever in memory as a whole."""
        expected = (
            bytes(self._lines[start : start + _DIGEST])
            for start in range(0, len(self._lines), _DIGEST)
        )
        rest = b""
        for chunk in self._chunks(size):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > _MOST_LISTED:
                break
            for line in lines:
                if _digest(line + b"\n") != next(expected, None):
                    raise self._bad(_differs(line))
        if rest or next(expected, None) is not None:
            raise self._bad(Phrase("its manifest does not list all that is in it"))
        if LIBRARY_FILE not in self._names:
            raise self._bad(Phrase("{name!r} is missing in it", name=LIBRARY_FILE))
        self._skip_padding(size)

    def _check_end(self) -> None:
        left = _MOST_AFTER
        while left > 0:
            chunk = self._some(CHUNK)
            if not chunk:
                return
            if chunk.strip(b"\0"):
                break
            left -= len(chunk)
        raise self._bad(Phrase("something follows its end"))

    def _chunks(self, size: int) -> Iterator[bytes]:
        left = size
        while left:
            chunk = self._some(min(left, CHUNK))
            if not chunk:
                raise self._bad(Phrase("its end is missing"))
            left -= len(chunk)
            yield chunk

    def _skip_padding(self, size: int) -> None:
        if self._read(-size % _BLOCK).strip(b"\0"):
            raise self._bad(Phrase("something stands between its files"))

    def _read(self, size: int) -> bytes:
        return b"".join(self._chunks(size))

    def _some(self, size: int) -> bytes:
        with self._telling():
            return self._stream.read(size)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._bad(why_not_unpacked(error)) from error
        except OSError as error:
            raise files.cannot_read(error, self._path) from error

    def _bad(self, what: Words) -> BadBackup:
        return BadBackup(Phrase("{path} is not a whole backup: {what}", path=self._path, what=what))


def is_name(name: str) -> bool:
    """Whether a backup can have a file of this name."""
    return _NAME.fullmatch(name) is not None


def packed(stream: Sink) -> gzip.GzipFile:
    """A stream that compresses what is written to another; it is whole once it is closed."""
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=6, mtime=0)


def _header(name: str, size: int, at: float) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(at), 0o600
    return info.tobuf(tarfile.USTAR_FORMAT)


def _line(name: str, size: int, digest: str) -> bytes:
    said = {"path": name, "size": size, "blake2b": digest}
    return orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE)


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=_DIGEST).digest()


def _differs(line: bytes) -> Phrase:
    try:
        name = orjson.loads(line)["path"]
    except (ValueError, TypeError, KeyError):
        return Phrase("its manifest is damaged")
    return Phrase("{name!r} in it is not as it was written", name=name)
