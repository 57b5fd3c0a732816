"""What is made sure of with a file that was just opened, before anything is done with it."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path


def of_a_file(path: str, flags: int) -> int:
    """An opener: a pipe or the like, which may have no end, is refused at once."""
    descriptor = os.open(path, flags | os.O_NONBLOCK)
    kind = stat.S_IFMT(os.fstat(descriptor).st_mode)
    if kind in (stat.S_IFREG, stat.S_IFDIR):  # Python refuses a folder by itself
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is no file")


def set_mode(made: int | Path, mode: int, folder: Path) -> None:
    """Give what is new in a folder exactly this mode, whatever the umask.

    Where root makes it, it is the folder's owner's: they would be shut out of an article of their
    own private library otherwise.
    """
    if not os.geteuid():
        with suppress(OSError):  # as on a file system over the network that knows no root
            owner = folder.stat().st_uid
            if isinstance(made, int):
                os.fchown(made, owner, -1)
            else:
                os.lchown(made, owner, -1)
    os.chmod(made, mode)  # noqa: PTH101 - a descriptor, too
