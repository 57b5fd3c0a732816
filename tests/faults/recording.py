"""What a program does to a folder, call by call: written down while it is really done."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

TOP = 0  # the number of the folder that is recorded
Entry = tuple[int, str]  # the number of a folder, and a name in it


@dataclass(frozen=True, slots=True)
class Names:
    """Entries of folders change at once: each gets a file, by its number, or None."""

    entries: tuple[tuple[Entry, int | None], ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes go into a file."""

    file: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file gets another size."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """What was written to a file is on the disk.

    `is_lost`: it is not, an error was reported, and the kernel takes it for written from then on.
    """

    file: int
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The entries of a folder are on the disk."""

    folder: int


@dataclass(frozen=True, slots=True)
class Say:
    """Something was tried, or acknowledged."""

    word: str
    article: str
    operation: str


Event = Names | Write | Truncate | Sync | SyncFolder | Say
OnSync = Callable[[], BaseException | None]


class Killed(BaseException):
    """The program is dead: nothing that it still calls has an effect."""


@dataclass
class Recording:
    """The calls below a folder, in their order.

    Before each synchronisation of a file `on_sync` is asked: an OSError is what the call reports
    once the kernel has dropped what was to be written, Killed ends the program there.
    """

    top: Path
    events: list[Event] = field(default_factory=list)
    on_sync: OnSync = lambda: None
    folders: set[int] = field(default_factory=lambda: {TOP})
    _tree: dict[Entry, int] = field(default_factory=dict)
    _open: dict[int, int] = field(default_factory=dict)  # descriptor -> number
    _last: int = TOP
    _is_dead: bool = False

    def say(self, word: str, article: str, operation: str) -> None:
        self.events.append(Say(word, article, operation))

    def revive(self) -> None:
        """Another program goes on where the dead one left things."""
        self._is_dead = False

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Write down what happens within."""
        with ExitStack() as stack:
            for name in _CALLS:
                original = getattr(os, name)
                mine = getattr(self, "_open_file" if name == "open" else f"_{name}")
                stack.enter_context(mock.patch.object(os, name, _wrapped(self, mine, original)))
            yield

    def is_dead(self) -> bool:
        return self._is_dead

    def _is_ours(self, path: Any, dir_fd: int | None = None) -> bool:
        if dir_fd is not None:
            return dir_fd in self._open
        return not isinstance(path, int) and Path(path).is_relative_to(self.top)

    def _entry(self, path: Any, dir_fd: int | None = None) -> Entry:
        if dir_fd is not None:
            return self._open[dir_fd], str(path)
        *folders, name = Path(path).relative_to(self.top).parts
        folder = TOP
        for part in folders:
            folder = self._tree[folder, part]
        return folder, name

    def _number(self, path: Any, dir_fd: int | None = None) -> int:
        if dir_fd is None and Path(path) == self.top:
            return TOP
        return self._tree[self._entry(path, dir_fd)]

    def _change(self, *entries: tuple[Entry, int | None]) -> None:
        for entry, number in entries:
            if number is None:
                self._tree.pop(entry)
            else:
                self._tree[entry] = number
        self.events.append(Names(entries))

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _open_file(
        self,
        original: Callable[..., int],
        path: Any,
        flags: int,
        *rest: Any,
        dir_fd: int | None = None,
    ) -> int:
        is_ours = self._is_ours(path, dir_fd)
        is_new = is_ours and dir_fd is None and not os.path.lexists(path)
        descriptor = original(path, flags, *rest, dir_fd=dir_fd)
        self._open.pop(descriptor, None)
        if is_new:
            self._change((self._entry(path), self._new()))
        if is_ours:
            self._open[descriptor] = self._number(path, dir_fd)
        return descriptor

    def _write(self, original: Callable[..., int], descriptor: int, data: Any) -> int:
        is_appending = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_APPEND
        at = os.lseek(descriptor, 0, os.SEEK_END if is_appending else os.SEEK_CUR)
        taken = original(descriptor, data)
        if descriptor in self._open:
            self.events.append(Write(self._open[descriptor], at, bytes(data[:taken])))
        return taken

    def _ftruncate(self, original: Callable[..., None], descriptor: int, size: int) -> None:
        original(descriptor, size)
        if descriptor in self._open:
            self.events.append(Truncate(self._open[descriptor], size))

    def _fsync(self, original: Callable[..., None], descriptor: int) -> None:
        """Nothing is really synchronised: the events alone say what would be on the disk."""
        if descriptor not in self._open:
            return
        number = self._open[descriptor]
        if number in self.folders:
            self.events.append(SyncFolder(number))
            return
        error = self.on_sync()
        if isinstance(error, Killed):
            self._is_dead = True
            raise error
        self.events.append(Sync(number, is_lost=error is not None))
        if error is not None:
            raise error

    _fdatasync = _fsync

    def _mkdir(self, original: Callable[..., None], path: Any, *rest: Any) -> None:
        original(path, *rest)
        if self._is_ours(path):
            number = self._new()
            self.folders.add(number)
            self._change((self._entry(path), number))

    def _replace(self, original: Callable[..., None], source: Any, target: Any) -> None:
        original(source, target)
        if self._is_ours(source):
            number = self._number(source)
            self._change((self._entry(source), None), (self._entry(target), number))

    _rename = _replace

    def _link(self, original: Callable[..., None], source: Any, target: Any) -> None:
        original(source, target)
        if self._is_ours(source):
            self._change((self._entry(target), self._number(source)))

    def _unlink(
        self, original: Callable[..., None], path: Any, *, dir_fd: int | None = None
    ) -> None:
        original(path, dir_fd=dir_fd)
        if self._is_ours(path, dir_fd):
            self._change((self._entry(path, dir_fd), None))

    _rmdir = _unlink


_CALLS = (
    "open", "write", "ftruncate", "fsync", "fdatasync", "mkdir", "replace", "rename", "link",
    "unlink", "rmdir",
)  # fmt: skip


def _wrapped(
    recording: Recording, mine: Callable[..., Any], original: Callable[..., Any]
) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        if recording.is_dead():
            raise Killed
        return mine(original, *arguments, **options)

    return call
