"""From bytes to articles: what a file says, decoded once and never changed again."""

import codecs
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from annotations.articles import HEADER, make_article
from annotations.errors import AnnotationError
from annotations.model import Document, Source
from annotations.phrase import Phrase, words_of
from store.errors import Unreadable
from store.formats import jsonl
from store.formats.jsonl import Refusal

_CHUNK = 1 << 20  # bytes
LARGEST_FILE = 64 * 1024 * 1024  # bytes
SUFFIXES = (".txt", ".jsonl")  # what is taken from a folder

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
_NEAR_TWINS = ("cp1251", "mac_cyrillic")  # the same small letters, other capitals and marks
_RUSSIAN = re.compile("[А-Яа-яЁё«»–—…№]+")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said of the files: their encoding, and the name of their source."""

    encoding: str | None = None
    source: str | None = None


def decode(data: bytes, encoding: str | None = None) -> str:
    """The text of a file, its line ends as \\n, in NFC; raises Unreadable.

    Tried in turn: the encoding that was asked for; a byte order mark; UTF-8; UTF-16 without
    a mark; the eight-bit Cyrillic encodings, by what makes the likelier Russian.
    """
    text = _decode(data, encoding)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(data: bytes, encoding: str | None) -> str:
    encoding = encoding or _marked(data)
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise Unreadable(
                Phrase(
                    "not {encoding}: {reason} at byte {start}",
                    encoding=encoding,
                    reason=error.reason,
                    start=error.start,
                )
            ) from None
        except UnicodeError as error:
            raise Unreadable(
                Phrase("not {encoding}: {error}", encoding=encoding, error=error)
            ) from None
        except (LookupError, ValueError):  # ValueError: a zero byte in the name
            raise Unreadable(
                Phrase("{encoding!a} is no encoding that Python knows", encoding=encoding)
            ) from None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _decode_unmarked(data)
    return _decode_unmarked(data) if "\0" in text else text


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)


def _decode_unmarked(data: bytes) -> str:
    """Bytes that are not UTF-8 and have no byte order mark."""
    for encoding, high_bytes in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if _are_high_bytes(high_bytes[:4096]):
            with suppress(UnicodeDecodeError):
                text = data.decode(encoding)
                if "\0" not in text:
                    return text
    if b"\0" in data:
        raise Unreadable(Phrase("not a text file: it has NUL bytes"))
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_EIGHT_BIT)).best()
    if best is None:
        raise Unreadable(Phrase("its encoding cannot be told; say which with --encoding"))
    readings = [str(best)]
    if best.encoding in _NEAR_TWINS:
        with suppress(UnicodeDecodeError):
            readings += [data.decode(twin) for twin in _NEAR_TWINS]
    return max(readings, key=_russian_characters)


def _russian_characters(text: str) -> int:
    return len(text) - len(_RUSSIAN.sub("", text))


def _are_high_bytes(sample: bytes) -> bool:
    """Whether every other byte of a text is, in UTF-16, the high one of a Russian letter.

    It is 4 in Cyrillic, 0 in ASCII, 0x20 in dashes and quotes (alone, that is a space).
    """
    letters = sample.count(0) + sample.count(4)
    return letters > 0 and letters + sample.count(0x20) > 0.9 * len(sample)


def take_off_header(text: str) -> tuple[str, str | None]:
    """The text without a leading ` date 2025-11-04 `, and the day that it gave.

    Raises Unreadable where there is no such day.
    """
    match = HEADER.match(text)
    if match is None:
        return text, None
    try:
        day = date.fromisoformat(match.group(1)).isoformat()
    except ValueError:
        raise Unreadable(
            Phrase("its header has a date that does not exist, {date}: correct it", date=match[1])
        ) from None
    return text[match.end() :], day


def read_text(data: bytes, file: str | None, options: Options) -> Document:
    """The article that a plain text file holds; raises Unreadable."""
    text, published = take_off_header(decode(data, options.encoding))
    if not text.strip():
        raise Unreadable(Phrase("it has no text"))
    try:
        article = make_article(
            text, published=published, source=Source(name=options.source, file=file)
        )
    except AnnotationError as error:
        raise Unreadable(*error.args) from None
    return Document(article)


def read_stream(
    stream: BinaryIO, name: str, file: str | None, options: Options
) -> Iterator[Document | Refusal]:
    """The articles of one stream: lines of JSON objects, else one plain text.

    `name` is what errors call the stream, `file` what the article's source is given.
    JSONL is read line by line, so that it may be endless, and so may a line.
    """
    head = _head(stream)
    if head[0].startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = _in_utf8(b"".join([*head, stream.read(LARGEST_FILE)])).splitlines(keepends=True)
    first = head[-1].removeprefix(codecs.BOM_UTF8).lstrip()
    if first.startswith(b"{") or (first and name.endswith(".jsonl")):
        head[0] = head[0].removeprefix(codecs.BOM_UTF8)
        yield from jsonl.read_loosely(jsonl.lines_of(stream, head), name)
        return
    data = b"".join(head)
    data += stream.read(max(LARGEST_FILE + 1 - len(data), 0))
    if len(data) > LARGEST_FILE:
        yield Refusal(name, Phrase("larger than {size} MiB", size=LARGEST_FILE // 2**20))
        return
    try:
        yield read_text(data, file, options)
    except Unreadable as error:
        yield Refusal(name, words_of(error))


def _head(stream: BinaryIO) -> list[bytes]:
    """The first lines of a stream, up to one that says something."""
    head = [stream.readline(LARGEST_FILE)]
    size = len(head[0])
    while head[-1].removeprefix(codecs.BOM_UTF8).isspace() and size < LARGEST_FILE:
        head.append(stream.readline(LARGEST_FILE))
        size += len(head[-1])
    return head


def _in_utf8(data: bytes) -> bytes:
    """UTF-16 in UTF-8; what is not whole UTF-16 stays as it is, and is refused later."""
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        return data


def read_file(path: Path, file: str, options: Options) -> Iterator[Document | Refusal]:
    """The articles of one file; one that cannot be opened is refused with the reason."""
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, str(path), file, options)
    except OSError as error:
        yield Refusal(str(path), error.strerror or str(error))


def count(path: Path) -> int:
    """How many articles to expect of a file: its lines where it is JSONL, else one."""
    if path.suffix.lower() != ".jsonl" or not path.is_file():  # a pipe can be read only once
        return 1
    with suppress(OSError), path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(_CHUNK), b""))
    return 1


def files_in(folder: Path, on_error: Callable[[OSError], None]) -> list[Path]:
    """The text and JSONL files in a folder and the folders in it, hidden ones left out.

    A folder that cannot be read goes to `on_error`, and the rest follows.
    """
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(parent, name) for name in sorted(names) if not name.startswith("."))
        found += (path for path in paths if path.suffix.lower() in SUFFIXES and path.is_file())
    return found


def storable(name: str) -> str:
    """A file name as a string that can be stored: bytes that are not UTF-8 become �."""
    return name.encode(errors="surrogateescape").decode(errors="replace")
