"""Who has an article open: an empty, locked file a window, in the library's folder `present`.

A file is named after its article and a random number and is locked for as long as the window
shows the article, so the kernel lets go of it however the program ends: a file without a lock
is a dead one's, and whoever meets it removes it.  The owner of the file says who it is; that
cannot be forged.  Nothing is written while nobody comes or goes, and where the folder cannot
be written or locked, nobody is seen and nothing else is different.
"""

import fcntl
import os
import re
import secrets
import stat
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store import files, locks
from store.article.recovery import key_of
from store.provenance import login_of

FOLDER = "present"
CHECK = 3.0  # seconds between looks whether those who are there still live
_NEWBORN = 60.0  # seconds in which a file that is not locked yet may still become so
_NAME = re.compile(r"\.?([0-9a-f]{32})-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """Somebody who has the article open; `is_me` says that it is another window of mine."""

    login: str
    is_me: bool


class Presence:
    """This window in an article, and the others.

    `enter`, `leave` and `others` touch the disk: they are for threads; `is_due` is one stat.
    """

    def __init__(self, library: Path, article_id: str) -> None:
        self._folder = library / FOLDER
        self._folder_name = str(self._folder)
        self._key = key_of(article_id)
        self._name = f"{self._key}-{secrets.token_hex(8)}"
        self._descriptor: int | None = None
        self._has_left = False
        self._entering = threading.Lock()
        self._seen: object = None  # the folder's signature when it was last read
        self._settled: object = None  # the same, once it can hold nothing newer than was read
        self._known = False  # whether somebody was there
        self._checked = 0.0

    def enter(self) -> None:
        """Be seen from now on, where the library can be written."""
        with self._entering, suppress(OSError):
            if self._descriptor is None and not self._has_left:
                modes = files.modes_of(self._folder.parent)
                files.make_folder(self._folder, modes.folder)
                self._descriptor = self._place(modes.file)
                self._remove_dead()

    def _place(self, mode: int) -> int:
        """The locked file: others see its name only when it is locked.

        It is open for reading only: one that is open for writing would keep the disk from being
        made read-only for as long as somebody reads.
        """
        hidden = self._folder / f".{self._name}"
        descriptor = os.open(hidden, os.O_RDONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
        try:
            os.fchmod(descriptor, mode)
            fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, locks.flock(fcntl.F_RDLCK))
            hidden.rename(self._folder / self._name)
        except OSError:
            os.close(descriptor)
            hidden.unlink(missing_ok=True)
            raise
        return descriptor

    def leave(self) -> None:
        """Be seen no longer."""
        with self._entering:
            self._has_left = True
            if self._descriptor is not None:
                with suppress(OSError):
                    (self._folder / self._name).unlink()
                os.close(self._descriptor)
                self._descriptor = None

    def is_due(self, now: float) -> bool:
        """Whether `others` may answer something new: somebody came or went, or may have died."""
        if self._known and now - self._checked >= CHECK:
            return True
        return self._signature() != self._settled

    def others(self) -> tuple[Reader, ...]:
        """Everybody else who has the article open, a window each."""
        signature = self._signature()
        # a change in the same tick of the file system's clock leaves no trace: look once more
        self._settled = signature if signature == self._seen else None
        self._seen = signature
        self._checked = time.monotonic()
        found = [self._reader(name) for name in self._names() if name.startswith(self._key)]
        readers = tuple(sorted(reader for reader in found if reader is not None))
        self._known = bool(readers)
        return readers

    def _signature(self) -> object:
        try:
            status = os.stat(self._folder_name)  # noqa: PTH116 - three times as fast
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns

    def _names(self) -> list[str]:
        try:
            names = os.listdir(self._folder)  # noqa: PTH208 - names alone
        except OSError:
            return []
        return [name for name in names if _NAME.fullmatch(name) and name != self._name]

    def _reader(self, name: str) -> Reader | None:
        """Who holds a file; one that nobody holds is removed."""
        status, is_held = self._look_at(name)
        if status is None:
            return None
        if not is_held:
            self._remove(name)
            return None
        return Reader(login_of(status.st_uid), is_me=status.st_uid == os.geteuid())

    def _look_at(self, name: str) -> tuple[os.stat_result | None, bool]:
        """A file's status (None where it cannot be judged), and whether it is locked."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        try:
            descriptor = os.open(self._folder / name, flags)
        except OSError:
            return None, False
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return None, False
            answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, locks.flock(fcntl.F_WRLCK))
            return status, locks.kind_of(answer) != fcntl.F_UNLCK
        except OSError:
            return None, False
        finally:
            os.close(descriptor)

    def _remove_dead(self) -> None:
        """Tidy up after programs that were killed, in any article."""
        for name in self.dead():
            self._remove(name)

    def dead(self) -> list[str]:
        """The files of windows that were killed, in any article."""
        found = []
        for name in self._names():
            status, is_held = self._look_at(name)
            age = time.time() - status.st_mtime if status else 0.0
            newborn = name.startswith(".") and abs(age) < _NEWBORN  # the clock may go backwards
            if status is not None and not is_held and not newborn:
                found.append(name)
        return sorted(found)

    def _remove(self, name: str) -> None:
        with suppress(OSError):
            (self._folder / name).unlink()


def dead(library: Path) -> list[Path]:
    """The files in a library that windows have left which were killed."""
    return [library / FOLDER / name for name in Presence(library, "").dead()]
