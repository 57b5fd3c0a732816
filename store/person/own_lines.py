"""A person's own file of lines of JSON, to which every session of theirs appends.

A line that is damaged is passed over when the file is read, and one that was cut off is ended
before the next is appended.
"""

import fcntl
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from store import files


def read(path: Path) -> Sequence[object]:
    """What the lines say, in their order; nothing where there is no file; raises StoreError."""
    return _parsed(files.read_bytes(path) or b"")


def _parsed(data: bytes) -> Sequence[object]:
    lines = data.splitlines()
    with suppress(ValueError):
        return list(orjson.loads(b"[%b]" % b",".join(lines)))
    found = []
    for line in lines:
        with suppress(ValueError):
            found.append(orjson.loads(line))
    return found


def append(path: Path, rows: Iterable[object], most: int | None = None) -> None:
    """Add a line for each row; of a file of more than `most` bytes the older half is dropped.

    Raises StoreError.
    """
    lines = b"".join(orjson.dumps(each) + b"\n" for each in rows)
    with files.writing(path):
        path.parent.mkdir(files.PRIVATE.folder, parents=True, exist_ok=True)
        descriptor, _ = files.open_or_make(path, files.PRIVATE.file, os.O_RDWR | os.O_APPEND)
        with _alone(descriptor):
            status = os.fstat(descriptor)
            if stat.S_IMODE(status.st_mode) != files.PRIVATE.file:
                with suppress(PermissionError):  # somebody else's: it is written all the same
                    os.fchmod(descriptor, files.PRIVATE.file)
            size = status.st_size
            cut = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            files.write_all(descriptor, b"\n" * cut + lines)
            if most is not None and size > most:
                _drop_half(descriptor, size)


def empty(path: Path, is_over: Callable[[Sequence[object]], bool]) -> None:
    """Drop all lines of a file, if they say by now that none of them is wanted any longer."""
    with files.writing(path), suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDWR)
        with _alone(descriptor):
            size = os.fstat(descriptor).st_size
            if size and is_over(_parsed(os.pread(descriptor, size, 0))):
                os.ftruncate(descriptor, 0)


@contextmanager
def _alone(descriptor: int) -> Iterator[None]:
    """Keep the person's other sessions out, where the file system can; close the file."""
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _drop_half(descriptor: int, size: int) -> None:
    """Keep the newer half of the file."""
    data = os.pread(descriptor, size, size // 2)
    os.ftruncate(descriptor, 0)
    files.write_all(descriptor, data[data.index(b"\n") + 1 :])
