"""New files and folders that appear whole or not at all, and never in the place of another.

They are made under a temporary name beside their own, which is locked meanwhile: whoever finds
it unlocked finds what a killed program left, and takes it over.  So at most one is ever left.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annotations.phrase import Phrase
from store import files
from store.errors import StoreError
from store.files import PRIVATE


@dataclass(frozen=True, slots=True)
class NewFile:
    """What is written goes to the disk at once: there is nothing to flush."""

    descriptor: int

    def write(self, data: bytes) -> int:
        files.write_all(self.descriptor, data)
        return len(data)

    def flush(self) -> None:
        """What a file has, too."""


@contextmanager
def new_file(path: Path) -> Iterator[NewFile]:
    """A private file to write; it has its name, and is on the disk, once all went well."""
    _refuse_what_is_there(path)
    temporary = path.with_name(f".{path.name}.tmp")
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with files.writing(path):
        descriptor = _claimed(temporary, flags)
        try:
            _make_empty(descriptor, temporary)
            yield NewFile(descriptor)
            os.fsync(descriptor)
            _name(temporary, path)
            files.sync_folder(path.parent)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            os.close(descriptor)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """An empty private folder to fill, which is gone afterwards unless it was renamed."""
    temporary = path.with_name(f".{path.name}.tmp")
    with files.writing(path):
        with suppress(FileExistsError):
            temporary.mkdir(PRIVATE.folder)
        descriptor = _claimed(temporary, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        with files.writing(path):
            _empty(temporary)
            temporary.chmod(PRIVATE.folder)
        yield temporary
    finally:
        with suppress(OSError):  # once it was renamed, another may have made one of this name
            if os.path.samestat(temporary.lstat(), os.fstat(descriptor)):
                shutil.rmtree(temporary, ignore_errors=True)
        os.close(descriptor)


def _refuse_what_is_there(path: Path) -> None:
    if os.path.lexists(path):
        raise StoreError(
            Phrase(
                "{path} is there already and is not overwritten: choose another name, or move it "
                "away",
                path=path,
            )
        )


def _claimed(temporary: Path, flags: int) -> int:
    """The file or folder of this name, locked; raises StoreError where somebody else has it."""
    while True:
        descriptor = os.open(temporary, flags, PRIVATE.file)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(descriptor)
            raise StoreError(
                Phrase(
                    "{path} is being written by another process: wait until that is done, or "
                    "choose another name",
                    path=temporary,
                )
            ) from error
        status, own = files.stat_of(temporary), os.fstat(descriptor)
        if own.st_uid != os.geteuid():  # its owner may have it open, and reads what we write
            os.close(descriptor)
            raise _in_the_way(temporary)
        if status is not None and os.path.samestat(status, own):
            return descriptor
        os.close(descriptor)  # whoever had it is done with it: begin anew


def _in_the_way(temporary: Path) -> StoreError:
    return StoreError(Phrase("{path} is in the way, and not ours: move it away", path=temporary))


def _make_empty(descriptor: int, temporary: Path) -> None:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        raise _in_the_way(temporary)
    os.fchmod(descriptor, PRIVATE.file)
    os.ftruncate(descriptor, 0)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _name(temporary: Path, path: Path) -> None:
    """Give the file its name, unless another has it by now."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        _refuse_what_is_there(path)
    except OSError:  # a file system without links: on a USB stick, say
        _refuse_what_is_there(path)
        temporary.rename(path)
