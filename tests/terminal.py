"""A program in a pseudo-terminal: press keys, read the screen, keep every byte."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0  # seconds until a screen that does not come is an error


class Terminal:
    """Runs a command in a terminal of its own; a context manager that ends it."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), dict(env))
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    def press(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, what: str | Callable[[str], bool]) -> str:
        """Read until the screen shows some text (or a predicate of it holds); returns it."""
        wanted = what if callable(what) else lambda text: what in text
        until = time.monotonic() + PATIENCE
        while not wanted(self.text()):
            if not self._read(until):
                raise AssertionError(f"{what!r} did not come; the screen shows:\n{self.text()}")
        return self.text()

    def wait_for_end(self) -> int:
        """Read to the end of the program; returns its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            pass
        if time.monotonic() >= until:
            raise AssertionError(f"it did not end; the screen shows:\n{self.text()}")
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def _read(self, until: float) -> bool:
        """Take in what has come; False at the end of the program or of our patience."""
        left = until - time.monotonic()
        if left <= 0 or not select.select([self._fd], [], [], left)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # the program has closed its side
            return False
        self.received += data
        self._stream.feed(data)
        return bool(data)
