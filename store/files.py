"""Bytes on the disk: permissions, reading, atomic replacing.

Every OSError of a write becomes a CannotWrite that says what happened, where, what to do.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from annotations.phrase import Phrase, Words
from store import descriptors
from store.errors import CannotWrite, Unreadable


@dataclass(frozen=True, slots=True)
class Modes:
    """Permissions of what the store makes, whatever the umask."""

    file: int
    folder: int


PRIVATE = Modes(file=0o600, folder=0o700)
SHARED = Modes(file=0o660, folder=0o2770)
READABLE = Modes(file=0o664, folder=0o2775)  # shared, and everybody else may read it

UNCHANGED = Phrase("Nothing was changed.")
UNCLEAR = Phrase("Whether it was saved shows when it is next read.")
_ATTEMPTS = 3  # of a read that another NFS client's rename makes stale

# errno -> what happened, what to do
_REASONS: Mapping[int, tuple[Words, Phrase]] = {
    errno.ENOSPC: (Phrase("the disk is full"), Phrase("make room on it, then try again")),
    errno.EDQUOT: (
        Phrase("your disk quota is used up"),
        Phrase("delete something or ask for more, then retry"),
    ),
    errno.EROFS: (
        Phrase("the file system is read-only"),
        Phrase("copy the library to a disk that is not"),
    ),
    errno.EACCES: (
        Phrase("you may not write there"),
        Phrase("ask the library's owner for permission"),
    ),
    errno.EPERM: (
        Phrase("you may not write there"),
        Phrase("ask the library's owner for permission"),
    ),
    errno.EIO: (
        Phrase("the disk reports an error"),
        Phrase("check the disk and its log, then try again"),
    ),
}


def modes_of(root: Path) -> Modes:
    """Shared where the library's folder is setgid and group-writable, else private."""
    status = stat_of(root)
    return modes_in(status.st_mode) if status else PRIVATE  # gone, while it was open


def modes_in(mode: int) -> Modes:
    """The modes that go with that of the library's folder."""
    if not (mode & stat.S_ISGID and mode & stat.S_IWGRP):
        return PRIVATE
    return READABLE if mode & stat.S_IROTH else SHARED


@contextmanager
def writing(path: Path, outcome: Phrase = UNCHANGED) -> Iterator[None]:
    """Turn an OSError into CannotWrite; `outcome` says how things stand after it."""
    try:
        yield
    except OSError as error:
        raise cannot_write(error, path, outcome) from error


def cannot_write(error: OSError, path: Path, outcome: Phrase = UNCHANGED) -> CannotWrite:
    """The error in words."""
    what, remedy = _REASONS.get(
        error.errno or 0, (error.strerror or str(error), Phrase("correct that, then try again"))
    )
    return CannotWrite(
        Phrase(
            "{path} cannot be written: {what}. {outcome} To go on: {remedy}.",
            path=path,
            what=what,
            outcome=outcome,
            remedy=remedy,
        )
    )


def read_bytes(path: Path, offset: int = 0) -> bytes | None:
    """The file's bytes from `offset` on; None where there is no such file."""
    for _ in range(_ATTEMPTS):
        try:
            with open(path, "rb", 0, opener=descriptors.of_a_file) as file:
                if offset:
                    file.seek(offset)
                return file.readall()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except MemoryError as error:
            raise Unreadable(Phrase("{path} cannot be read: it is too large", path=path)) from error
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise cannot_read(error, path) from error
    raise Unreadable(
        Phrase("{path} cannot be read: it is replaced all the time; try again", path=path)
    )


def stat_of(path: Path) -> os.stat_result | None:
    """The file's stat; None where there is no such file."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read(error, path) from error


def newest_stat_of(path: Path) -> os.stat_result | None:
    """The same of a file that is opened for it: of one that is not, NFS may tell an old one."""
    try:
        descriptor = descriptors.of_a_file(str(path), os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read(error, path) from error
    try:
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def cannot_read(error: OSError, path: Path | str) -> Unreadable:
    """The error in words."""
    return Unreadable(
        Phrase("{path} cannot be read: {strerror}", path=path, strerror=error.strerror)
    )


def open_or_make(path: Path, mode: int, flags: int = os.O_RDWR) -> tuple[int, bool]:
    """A descriptor, and whether the file is new; a new one gets exactly `mode`.

    A symbolic link is not followed: in a shared library somebody else may have put it there.
    """
    flags |= os.O_NOFOLLOW
    with suppress(FileNotFoundError):
        return os.open(path, flags), False
    try:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:  # somebody was faster
        return os.open(path, flags), False
    try:
        descriptors.set_mode(descriptor, mode, path.parent)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor, True


def make_folder(path: Path, mode: int) -> None:
    """A folder with exactly `mode` in one that exists; what is there already is left alone."""
    try:
        path.mkdir(mode)
    except FileExistsError:
        return
    descriptors.set_mode(path, mode, path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path, start: int = 0) -> None:
    """Wait until what others wrote to a file, from `start` on, is on the disk.

    After an error the kernel takes it for written.  So it is written again: whoever tries next
    is not to be told that all is well.
    """
    with writing(path, UNCLEAR):
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            os.fdatasync(descriptor)
        except OSError:
            with suppress(OSError):
                _write_again(descriptor, start)
            raise
        finally:
            os.close(descriptor)


def _write_again(descriptor: int, start: int) -> None:
    data = os.pread(descriptor, os.fstat(descriptor).st_size - start, start)
    os.lseek(descriptor, start, os.SEEK_SET)
    write_all(descriptor, data)


def free_name(path: Path) -> Path:
    """The first name under which a damaged file can be kept aside."""
    number = 1
    while os.path.lexists(free := path.with_name(f"{path.name}.damaged-{number}")):
        number += 1
    return free


def write_beside(path: Path, data: bytes, mode: int) -> Path:
    """A new file with `data`, which is on the disk, under a temporary name in the same folder.

    One writer at a time (the caller's lock), so a file of that name is a killed writer's.
    """
    temporary = _temporary(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(temporary, flags, mode)
    except FileExistsError:
        temporary.unlink()
        descriptor = os.open(temporary, flags, mode)
    try:
        descriptors.set_mode(descriptor, mode, path.parent)
        write_all(descriptor, data)
        os.fsync(descriptor)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    finally:
        os.close(descriptor)
    return temporary


def put(path: Path, data: bytes, mode: int) -> None:
    """Put `data` in the place of what a file says, on the disk whole or not at all."""
    write_beside(path, data, mode).replace(path)
    sync_folder(path.parent)


def rewrite(path: Path, data: bytes, mode: int) -> None:
    """Put `data` in the place of what a file says; while it is written it has another name.

    The same file is used again: to make one and delete the old costs more than the rest of a
    save.  Whoever has it open meanwhile reads a mixture, and whoever looks for it finds none.
    """
    temporary = _temporary(path)
    try:
        with suppress(FileNotFoundError):
            os.replace(path, temporary)  # noqa: PTH105
        descriptor = _open_again(temporary, mode)
        try:
            write_all(descriptor, data)
            if os.fstat(descriptor).st_size > len(data):
                os.ftruncate(descriptor, len(data))
        finally:
            os.close(descriptor)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _open_again(path: Path, mode: int) -> int:
    """A file to be written anew; one that may not be, or has other names too, is left to them."""
    try:
        descriptor, _ = open_or_make(path, mode, os.O_WRONLY)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.ELOOP):
            raise
    else:
        if os.fstat(descriptor).st_nlink == 1:
            return descriptor
        os.close(descriptor)
    path.unlink()
    return open_or_make(path, mode, os.O_WRONLY)[0]


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: a full disk may take some and refuse the rest."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def replace_privately(path: Path, data: bytes) -> None:
    """Put a file of the user's own in the place of the one that is there, or leave that one."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(temporary, flags, PRIVATE.file)
        try:
            write_all(descriptor, data)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
