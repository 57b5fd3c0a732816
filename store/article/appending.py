"""How a line gets behind the others of a journal: on the disk, or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from annotations.phrase import Phrase
from store import files
from store.article import journal
from store.errors import CannotWrite, Damaged


def append_durably(path: Path, data: bytes, *, keep: int, mode: int) -> None:
    """Put `data` behind the first `keep` bytes of a journal; it is on the disk after that.

    Only the caller's own lock keeps others away.  What fails is taken back.
    """
    with files.writing(path):
        descriptor, _ = files.open_or_make(path, mode, os.O_RDWR | os.O_APPEND)
    try:
        with files.writing(path):
            _cut(descriptor, keep, path)
        _append(descriptor, data, keep, path)
    finally:
        os.close(descriptor)


def _cut(descriptor: int, keep: int, path: Path) -> None:
    """Cut off the line that nobody finished; any other is somebody's."""
    if keep and os.pread(descriptor, 1, keep - 1) != b"\n":
        raise Damaged(
            Phrase(
                "{path}: the line that ends at byte {keep} has lost its line break. Run "
                "`zametka doctor --repair`, or restore the article from a backup",
                path=path,
                keep=keep,
            ),
            path,
        )
    size = os.fstat(descriptor).st_size
    if size > keep:
        line, newline, _ = os.pread(descriptor, size - keep, keep).partition(b"\n")
        if newline and journal.fits(line):
            raise CannotWrite(
                Phrase(
                    "{path} was written by somebody else meanwhile. Nothing was changed. To go on: "
                    "try again.",
                    path=path,
                )
            )
        os.ftruncate(descriptor, keep)


def _append(descriptor: int, data: bytes, keep: int, path: Path) -> None:
    try:
        files.write_all(descriptor, data)
        os.fdatasync(descriptor)
    except BaseException as error:
        taken_back = _take_back(descriptor, keep)
        if not isinstance(error, OSError):
            raise
        outcome = files.UNCHANGED if taken_back else files.UNCLEAR
        raise files.cannot_write(error, path, outcome) from error


def _take_back(descriptor: int, keep: int) -> bool:
    try:
        os.ftruncate(descriptor, keep)
    except OSError:
        return False
    with suppress(OSError):  # the truncation stands for every process; only a power cut undoes it
        os.fdatasync(descriptor)
    return True
