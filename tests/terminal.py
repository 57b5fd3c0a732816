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
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0  # seconds until a screen that does not come is an error
WINDOW = 0.5  # seconds in which a program's use of the processor is looked at
IDLE = 0.1  # the share of them that is next to nothing: a loop that spins uses far more
TICKS = os.sysconf("SC_CLK_TCK")  # units of processor time in a second


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
        self.resize(columns, rows)

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
        self.hang_up()

    def press(self, keys: str | bytes) -> None:
        """Type; bytes may be what no keyboard sends."""
        os.write(self._fd, keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size; the kernel tells the program."""
        self.screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def hang_up(self) -> None:
        """The terminal goes away."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

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

    def wait_for_output(self, what: bytes) -> None:
        """Read until the program has sent some bytes."""
        until = time.monotonic() + PATIENCE
        while what not in self.received:
            if not self._read(until):
                raise AssertionError(f"{what!r} did not come; the screen shows:\n{self.text()}")

    def take(self) -> None:
        """Read what has come by now."""
        while self._pending():
            self._read(time.monotonic() + PATIENCE)

    def wait_for_end(self) -> int:
        """Read to the end of the program; returns its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self._read(until):
            pass
        if time.monotonic() >= until:
            raise AssertionError(f"it did not end; the screen shows:\n{self.text()}")
        return self._exit_code(until)

    def wait_for_end_unread(self) -> int:
        """Wait for the end of the program without reading; returns its exit code."""
        return self._exit_code(time.monotonic() + PATIENCE)

    def _exit_code(self, until: float) -> int:
        process = os.pidfd_open(self.pid)
        try:
            if not select.select([process], [], [], max(until - time.monotonic(), 0))[0]:
                raise AssertionError(f"it did not end; the screen shows:\n{self.text()}")
        finally:
            os.close(process)
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def fill(self, keys: str) -> None:
        """Press keys, without reading, until the program does nothing more about them.

        They are to bring far more to the screen than lies between a program and its terminal.
        """
        self.press(keys)
        self.wait_until_idle()
        if not self._pending():
            raise AssertionError("nothing waits to be read")

    def _pending(self) -> int:
        """Bytes that the program has written and nobody has read."""
        count = fcntl.ioctl(self._fd, termios.FIONREAD, struct.pack("i", 0))
        return int(struct.unpack("i", count)[0])

    def wait_until_idle(self) -> None:
        """Wait until the program uses next to no processor time."""
        until = time.monotonic() + PATIENCE
        while True:
            before = processor_ticks(self.pid)
            select.select([], [], [], WINDOW)
            if processor_ticks(self.pid) - before <= WINDOW * TICKS * IDLE:
                return
            if time.monotonic() >= until:
                raise AssertionError("it never stops using the processor")

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


def processor_ticks(pid: int) -> int:
    """The processor time that a process has used, in the kernel's units."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
