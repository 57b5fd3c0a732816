"""A pseudo-terminal that measures what a program in it costs: time, bytes and memory."""

import os
import select
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.terminal import PATIENCE, Terminal

QUIET = 0.25  # seconds without output after which an answer is complete
LINE_SPEED = 10_000  # bytes a second
HELD, REPEAT = 3.0, 30  # seconds, keys a second
IDLE = 10.0  # seconds
QUESTION, ANSWER = b"\x1b[?2026$p", "\x1b[?2026;2$y"  # does it know synchronised output? yes


class Meter(Terminal):
    """A terminal that shows nothing and measures what it is sent."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], *, answers: bool = False
    ) -> None:
        self.answers, self.answered = answers, 0
        self.begun = time.monotonic()
        super().__init__(command, env)

    def _read(self, until: float) -> bool:
        """As a terminal, but nothing is drawn."""
        left = until - time.monotonic()
        if left <= 0 or not select.select([self._fd], [], [], left)[0]:
            return False
        try:
            self._take(os.read(self._fd, 65536))
        except OSError:  # the program has closed its side
            return False
        return True

    def _take(self, data: bytes) -> None:
        self.received += data
        while self.answers and self.received.count(QUESTION) > self.answered:
            self.answered += 1
            self.press(ANSWER)

    def until(self, mark: str) -> float:
        """Seconds from exec until these bytes have come."""
        while mark.encode() not in self.received:
            if not self._read(self.begun + PATIENCE):
                raise AssertionError(f"{mark!r} did not come: {bytes(self.received)[-500:]!r}")
        return time.monotonic() - self.begun

    def settle(self, quiet: float = QUIET) -> float:
        """Read until nothing comes; returns when the last byte came."""
        last = time.monotonic()
        while self._read(time.monotonic() + quiet):
            last = time.monotonic()
        return last

    def cost(self, keys: str) -> tuple[int, float]:
        """(bytes, milliseconds to the last of them) of what keys bring about."""
        before, begin = len(self.received), time.monotonic()
        self.press(keys)
        if select.select([self._fd], [], [], PATIENCE)[0]:
            last = self.settle()
        else:
            raise AssertionError(f"{keys!r} brought about nothing")
        return len(self.received) - before, (last - begin) * 1000

    def costs(
        self, keys: str, times: int, of: Callable[[list[float]], float] = median
    ) -> tuple[float, float]:
        """The median (or another middle) of the bytes, the median of the milliseconds."""
        pairs = [self.cost(keys) for _ in range(times)]
        return of([pair[0] for pair in pairs]), median(pair[1] for pair in pairs)

    def lag(self, keys: str) -> float:
        """Seconds from the last of many keys to the last byte, over a slow line."""
        begin = time.monotonic()
        read, pressed, last_key, last = 0, 0, begin, begin
        while time.monotonic() < max(last_key + HELD, last) + 1:
            now = time.monotonic() - begin
            if pressed < HELD * REPEAT and pressed <= now * REPEAT:
                self.press(keys)
                pressed, last_key = pressed + 1, time.monotonic()
            room = int(now * LINE_SPEED) - read
            if room > 0 and select.select([self._fd], [], [], 0.005)[0]:
                data = os.read(self._fd, min(room, LINE_SPEED // 50))
                read, last = read + len(data), time.monotonic()
                self._take(data)
            elif room > 0:  # a line that was idle has saved nothing up
                read = int(now * LINE_SPEED)
            else:
                time.sleep(0.001)
        return max(last - last_key, 0.0)

    @property
    def memory(self) -> float:
        """Megabytes of the program at its peak."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    @property
    def cpu(self) -> float:
        """Seconds that its threads have run."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def idle(self) -> tuple[int, float]:
        """(bytes, per cent of a processor) while nobody types."""
        self.settle(2.0)
        before, cpu = len(self.received), self.cpu
        until = time.monotonic() + IDLE
        while time.monotonic() < until:
            self._read(until)
        return len(self.received) - before, (self.cpu - cpu) / IDLE * 100


@dataclass(frozen=True)
class Row:
    """One line of the table: ours, theirs, and what ours may be at most."""

    what: str
    ours: float
    unit: str
    bar: float | None = None
    rival: str = ""
    theirs: float | None = None

    def line(self) -> str:
        theirs = f"{self.rival} {self.theirs:.4g} {self.unit}" if self.theirs is not None else ""
        ratio = f"{self.ours / self.theirs:.2f}" if self.theirs else ""
        bar = "" if self.bar is None else f"≤ {self.bar:.4g} {self.unit}"
        met = "" if self.bar is None else "yes" if self.ours <= self.bar else "no"
        ours = f"{self.ours:.4g} {self.unit}"
        return f"| {self.what} | {ours} | {theirs} | {ratio} | {bar} | {met} |"
