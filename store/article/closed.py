"""Closed journals of an article: what its journal held before it was folded.

A journal that has grown large is copied, compressed, to `<key>.<revision of its base>.log.gz`, and
a new one begins with the article as it stands.  The history is that of the closed journals, one
after the other, and then the journal's.  A closed journal is never changed again.
"""

import os
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from annotations.phrase import Phrase, Words, words_of
from store import files
from store.article import journal
from store.article.journal import HistoryEntry, Lines
from store.errors import Damaged

_NAME = re.compile(r"([0-9a-f]{32})\.(\d{1,15})\.log\.gz")
_MOST = 1 << 30  # bytes, unpacked
_LEVEL = 6  # 1 MiB of changes becomes 100 kB in 15 ms


def path_of(journal_path: Path, base: int) -> Path:
    """Where the journal goes whose base has this revision."""
    return journal_path.with_suffix(f".{base}{journal_path.suffix}.gz")


def key_and_base(name: str) -> tuple[str, int] | None:
    """The key and the base revision in the name of a closed journal, None in any other."""
    match = _NAME.fullmatch(name)
    return (match[1], int(match[2])) if match else None


def paths(journal_path: Path) -> tuple[tuple[int, Path], ...]:
    """The closed journals of the article with this journal, each after its base; newest first."""
    folder = journal_path.parent
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise files.cannot_read(error, folder) from error
    found = (key_and_base(name) for name in names if name.startswith(journal_path.stem))
    bases = sorted(
        (each[1] for each in found if each and each[0] == journal_path.stem), reverse=True
    )
    return tuple((base, path_of(journal_path, base)) for base in bases)


def before(journal_path: Path, base: int) -> Iterator[tuple[int, Path]]:
    """Those that lie before the journal's own base, newest first.

    One that does not was left by a fold that was killed; the journal has all that is in it.
    """
    if base > 0:
        yield from (each for each in paths(journal_path) if each[0] < base)


def close(journal_path: Path, data: bytes, base: int, mode: int) -> None:
    """Put the bytes of a journal into a closed one, on the disk whole or not at all."""
    import gzip  # few journals are closed

    files.put(path_of(journal_path, base), gzip.compress(data, _LEVEL, mtime=0), mode)


def read(path: Path) -> bytes:
    """The lines of a closed journal; raises Damaged."""
    import gzip

    try:
        with gzip.GzipFile(fileobj=BytesIO(files.read_bytes(path) or b"")) as file:
            data = file.read(_MOST + 1)
        if not 0 < len(data) <= _MOST:
            raise EOFError(Phrase("it is empty, or larger than a journal can be"))
        return data
    except (OSError, EOFError, zlib.error) as error:
        why = why_not_unpacked(error)
        found = Phrase("{path}, a closed journal, is damaged ({error})", path=path, error=why)
        raise Damaged(
            Phrase(
                "{found}. The article itself is sound: restore the file from a backup, or run "
                "`zametka doctor --repair`, after which the history begins behind it",
                found=found,
            ),
            path,
            what=found,
        ) from error


def why_not_unpacked(error: Exception) -> Words:
    """What gzip complains of, in words that can be translated."""
    said = words_of(error)
    if isinstance(said, Phrase):
        return said
    if isinstance(error, EOFError):
        return Phrase("its end is missing")
    return Phrase("it cannot be unpacked")


def read_lines(path: Path) -> Lines:
    """The lines of a closed journal, all of them whole; raises Damaged."""
    lines = journal.read_lines(read(path), path)
    if not lines.records or lines.torn:
        raise journal.damaged(path, lines.end, Phrase("the rest of it is missing"))
    return lines


def entries(journal_path: Path, base: int, text: str) -> tuple[HistoryEntry, ...]:
    """The history that led to a journal's base, oldest first; raises Damaged.

    It reaches back to where the journals lead without a gap: a history that was lost and begun
    anew has one.
    """
    found: list[tuple[HistoryEntry, ...]] = []
    for revision, path in before(journal_path, base):
        part = journal.read_entries(read_lines(path), text, revision, path, skip=1)
        if revision + len(part) != base:
            break
        found.append(part)
        base = revision
    return tuple(entry for part in reversed(found) for entry in part)


def has_operation(journal_path: Path, base: int, operation: str) -> bool:
    """Whether an operation was committed before the journal began."""
    mark = journal.operation_mark(operation)
    return any(mark in read(path) for _, path in before(journal_path, base))
