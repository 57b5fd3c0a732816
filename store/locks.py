"""Locks between processes and threads: byte ranges of one file that is never unlinked.

They are open-file-description locks of the kernel (Linux): they belong to the descriptor, so
two threads of one process exclude each other too, and they vanish with their process, however
it ends.  Each lock opens the file for itself.
"""

import errno
import fcntl
import os
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotations.phrase import Phrase
from store.errors import CannotWrite
from store.files import open_or_make, writing

# struct flock of 64-bit Linux: type, whence, start, length, pid (0 for this kind of lock)
_FLOCK = "hhqqi4x"
_KEY_DIGITS = 15  # 60 bits: below the largest offset of a file, 2**63 - 1


def offset_of(key: str) -> int:
    """The byte that stands for an article; `key` is its hexadecimal file name."""
    return int(key[:_KEY_DIGITS], 16)


@contextmanager
def exclusive(
    path: Path, offset: int, mode: int, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the byte at `offset` alone; waits for whoever holds it.  Makes a missing file.

    `on_wait` is called before it waits.
    """
    with writing(path):
        descriptor, _ = open_or_make(path, mode)
    try:
        if on_wait is not None and not _is_had_at_once(descriptor, fcntl.F_WRLCK, offset):
            on_wait()
        _lock(descriptor, fcntl.F_WRLCK, offset, path)
        try:
            yield
        finally:
            _set(descriptor, fcntl.F_UNLCK, offset)
    finally:
        os.close(descriptor)


@contextmanager
def patient(path: Path, offset: int, mode: int, goes_on: Callable[[], bool]) -> Iterator[bool]:
    """Hold the byte at `offset` alone, or not: as long as somebody else does, `goes_on` is asked
    again and again whether to wait.  It is what waits: whoever waits may have to be stopped."""
    with writing(path):
        descriptor, _ = open_or_make(path, mode)
    try:
        while not (is_held := _is_had_at_once(descriptor, fcntl.F_WRLCK, offset)):
            if not goes_on():
                break
        yield is_held
    finally:
        os.close(descriptor)


@contextmanager
def shared(path: Path, offset: int, patience: float | None = None) -> Iterator[None]:
    """Keep writers away while reading.

    Where the file is missing, may not be read or cannot be locked, nothing is: such a library
    is read as it stands, from a read-only disk for example.  The same after `patience` seconds,
    where they are given: who is stopped in the midst of a write must not stop whoever only looks.
    """
    descriptor = _open_to_read(path)
    try:
        if descriptor is not None and not _is_had_at_once(descriptor, fcntl.F_RDLCK, offset):
            descriptor = _waited_for(descriptor, offset, patience)
        yield
    finally:
        if descriptor is not None:
            with suppress(OSError):
                _set(descriptor, fcntl.F_UNLCK, offset)
            os.close(descriptor)


def is_held(path: Path, offset: int) -> bool:
    """Whether somebody holds the byte at `offset` alone at this moment, as far as can be told."""
    descriptor = _open_to_read(path)
    if descriptor is None:
        return False
    try:
        return not _is_had_at_once(descriptor, fcntl.F_RDLCK, offset)
    finally:
        os.close(descriptor)


def _open_to_read(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


def _lock(descriptor: int, kind: int, offset: int, path: Path) -> None:
    try:
        _set(descriptor, kind, offset)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
            raise CannotWrite(
                Phrase(
                    "{path} cannot be locked ({strerror}): try again",
                    path=path,
                    strerror=error.strerror,
                )
            ) from error
        raise CannotWrite(
            Phrase(
                "{path} cannot be locked ({strerror}): this file system has no locks of Linux's "
                "open-file-description kind; keep the library on a local disk or NFS 4",
                path=path,
                strerror=error.strerror,
            )
        ) from error


def _is_had_at_once(descriptor: int, kind: int, offset: int) -> bool:
    """Take a lock where nobody else's is in the way."""
    try:
        fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, flock(kind, offset, 1))
    except OSError:
        return False
    return True


def _waited_for(descriptor: int, offset: int, patience: float | None) -> int | None:
    """The descriptor once it has the lock to read; None: it came too late, or never will.

    A wait can only be given up by leaving it to a thread, which lets go of what it gets too late.
    """
    turn = threading.Lock()  # held by whoever is the first to be through
    has_come = threading.Event()

    def wait() -> None:
        with suppress(OSError):
            _set(descriptor, fcntl.F_RDLCK, offset)
        if not turn.acquire(blocking=False):
            os.close(descriptor)
        has_come.set()

    if patience is None:
        wait()
        return descriptor
    threading.Thread(target=wait, name="zametka-lock", daemon=True).start()
    if has_come.wait(patience) or not turn.acquire(blocking=False):
        return descriptor
    return None


def _set(descriptor: int, kind: int, offset: int) -> None:
    fcntl.fcntl(
        descriptor,
        fcntl.F_OFD_SETLKW,
        flock(kind, offset, 1),
    )


def flock(kind: int, start: int = 0, length: int = 0) -> bytes:
    """The kernel's description of a lock; without a length it reaches to the end of the file."""
    return struct.pack(_FLOCK, kind, os.SEEK_SET, start, length, 0)


def kind_of(flock: bytes) -> int:
    """What such a description says: F_UNLCK where nobody holds a lock."""
    kind: int = struct.unpack(_FLOCK, flock)[0]
    return kind
