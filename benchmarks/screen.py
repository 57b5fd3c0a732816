"""What the screen costs: time, bytes and memory, beside Textual's least program, less and SLATE.

`python benchmarks/screen.py [--runs N] [--slate PATH] [--folder DIR]` runs each program in a
pseudo-terminal of 80×24, in one run, because ratios hold elsewhere better than times.  SLATE
(`pip install slate-nlp`) takes part where it is installed.  A save is durable, so the folder
must be on a real disk.
"""

import argparse
import os
import select
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.articles import make_article
from annotations.model import Annotation, Document
from store.library import Library
from tests.terminal import PATIENCE, Terminal

QUIET = 0.25  # seconds without output after which an answer is complete
LINE_SPEED = 10_000  # bytes a second
HELD, REPEAT = 3.0, 30  # seconds, keys a second
IDLE = 10.0  # seconds
FIRST, MANY = "Причал", 20_000  # a word of every first screen, and only there; annotations
WORDS = "порт кран город школа министр область договор закон откроет новый в на для".split()  # noqa: SIM905
PROGRAM = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello")
Hello().run()
"""
HELLO = (sys.executable, "-c", PROGRAM)
QUESTION, ANSWER = b"\x1b[?2026$p", "\x1b[?2026;2$y"  # does it know synchronised output? yes
DOWN, RIGHT, PAGE, ESCAPE = "\x1b[B", "\x1b[C", "\x1b[6~", "\x1b[27u"
ENV = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
ZAMETKA = (sys.executable, "-c", "from tui.cli import main; main()", "browse")


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
        self._take(os.read(self._fd, 65536))
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


def document(id_: str, length: int, annotations: int) -> Document:
    """An article of a length in characters, its annotations spread over it."""
    dice, pieces = Random(1), [f"{FIRST} в порту"]
    for _ in range(length // 60):
        sentence = " ".join(dice.choices(WORDS, k=12)).capitalize() + "."
        pieces.append(dice.choice((" ", " ", "\n")) + sentence)
    text = "".join(pieces)[:length]
    step = length // (annotations + 1)
    places = [text.index(" ", step * number + 20) + 1 for number in range(annotations)]
    return Document(
        make_article(text, id=id_, title="Порт"),
        tuple(
            Annotation(
                id=f"{place:08x}",
                start=place,
                end=place + 4,
                label="PER" if place % 2 else "LOC",
                author="recogniser:test",
                created="2026-01-31T12:00:00Z",
                modified="2026-01-31T12:00:00Z",
                value={"name": "Орехов"},
                entity=f"e{place % 97}",
            )
            for place in places
        ),
    )


Command = tuple[str, ...]


def start(programs: Mapping[str, tuple[Command, str]], runs: int) -> dict[str, float]:
    """Milliseconds to the first picture of each program, taking turns."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(runs):
        for name, (command, mark) in programs.items():
            with Meter(command, ENV) as meter:
                times[name].append(meter.until(mark) * 1000)
    return {name: median(values) for name, values in times.items()}


def start_rows(programs: Mapping[str, tuple[Command, str]], runs: int) -> Iterator[Row]:
    times = start(programs, runs)
    hello = times["hello"]
    bars = {"300 words": 1.1 * hello, "1 M characters": 1.1 * hello}
    for name, value in times.items():
        if name != "hello":
            yield Row(f"start: {name}", value, "ms", bars.get(name), "hello", hello)


def key_rows(command: Command, times: int, less: "Meter", slate: "Meter | None") -> Iterator[Row]:
    """Bytes and milliseconds of keys in an article of which most is out of sight."""
    with Meter(command, ENV) as meter:
        meter.until(FIRST)
        meter.settle(1.0)
        cursor = meter.costs(RIGHT, times)
        accept = meter.costs("a", times)
        dialog = meter.costs("c", 1)
        meter.cost(ESCAPE)
        meter.costs(DOWN, 20)  # to where every further line scrolls
        beside, page_beside = meter.costs(DOWN, times, mean), meter.costs(PAGE, times)
        meter.cost("p")
        meter.costs(DOWN, 20)
        line, page = meter.costs(DOWN, times, mean), meter.costs(PAGE, times)
    less.costs(PAGE, 1)
    less_line, less_page = less.costs("j", times, mean), less.costs(" ", times)
    slate_cursor = slate.costs(RIGHT, times)[0] if slate else None
    yield Row("cursor key", cursor[0], "B", 100, "SLATE", slate_cursor)
    yield Row("cursor key", cursor[1], "ms", 10)
    yield Row("accept and next", accept[0], "B", 1000)
    yield Row("accept and next", accept[1], "ms")
    yield Row("scrolled line beside the panel", beside[0], "B", None, "less", less_line[0])
    yield Row("page beside the panel", page_beside[0], "B", None, "less", less_page[0])
    yield Row("scrolled line", line[0], "B", 2 * less_line[0], "less", less_line[0])
    yield Row("scrolled line", line[1], "ms", None, "less", less_line[1])
    yield Row("page", page[0], "B", 1.3 * less_page[0], "less", less_page[0])
    yield Row("page", page[1], "ms", None, "less", less_page[1])
    yield Row("dialog", dialog[0], "B", 3000)
    yield Row("dialog", dialog[1], "ms")


def many_rows(command: Command, times: int) -> Iterator[Row]:
    """The same where there are very many annotations."""
    with Meter(command, ENV) as meter:
        meter.until(FIRST)
        meter.settle(1.5)
        for what, keys in (("cursor key", RIGHT), ("accept and next", "a")):
            yield Row(f"{what}, {MANY} annotations", meter.costs(keys, times)[1], "ms")
        relabel = median(meter.cost("29"[turn % 2])[1] for turn in range(times))
        yield Row(f"label key, {MANY} annotations", relabel, "ms")


def lag_rows(command: Command) -> Iterator[Row]:
    for name, keys in (("→", RIGHT), ("↓", DOWN), ("PgDn", PAGE)):
        with Meter(command, ENV, answers=True) as meter:
            meter.until(FIRST)
            meter.settle(1.0)
            bar = None if keys == PAGE else 0.2  # the last page alone takes that long
            yield Row(f"lag of {name} held, 10 kB/s", meter.lag(keys), "s", bar)


def rest_rows(command: Command) -> Iterator[Row]:
    """Memory and conduct while nobody types."""
    with Meter(HELLO, ENV) as hello, Meter(command, ENV) as meter:
        hello.until("hello")
        meter.until(FIRST)
        hello_idle, idle = hello.idle(), meter.idle()
        yield Row("peak memory", meter.memory, "MB", 1.5 * hello.memory, "hello", hello.memory)
        yield Row("10 idle seconds", idle[0], "B", 0, "hello", hello_idle[0])
        yield Row("10 idle seconds", idle[1], "% CPU", 0.2, "hello", hello_idle[1])


def measure(folder: Path, runs: int, slate: str | None) -> Iterator[Row]:
    ENV["HOME"] = str(folder)
    commands: dict[str, Command] = {}
    for name, length, annotations in (
        ("small", 2_000, 30),
        ("middle", 60_000, 600),
        ("large", 1_000_000, 600),
        ("many", 1_000_000, MANY),
    ):
        library = Library.create(folder / name)
        library.add(document(name, length, annotations))
        commands[name] = (*ZAMETKA, "--library", str(library.path), name)
    text = folder / "article.txt"
    text.write_text(document("text", 60_000, 0).article.text, encoding="utf-8")
    less: Command = ("less", str(text))
    programs: dict[str, tuple[Command, str]] = {
        "hello": (HELLO, "hello"),
        "300 words": (commands["small"], FIRST),
        "1 M characters": (commands["large"], FIRST),
        f"1 M characters, {MANY} annotations": (commands["many"], FIRST),
        "less": (less, FIRST),
    }
    if slate:
        log = str(folder / "slate")
        programs["SLATE"] = ((slate, "-s", "token", "-o", "-l", log, str(text)), FIRST)
    yield from start_rows(programs, runs)
    with ExitStack() as stack:
        pager = stack.enter_context(Meter(less, ENV))
        other = stack.enter_context(Meter(programs["SLATE"][0], ENV)) if slate else None
        for meter in (pager, other):
            if meter is not None:
                meter.until(FIRST)
                meter.settle()
        yield from key_rows(commands["middle"], 2 * runs, pager, other)
    yield from many_rows(commands["many"], runs)
    yield from lag_rows(commands["middle"])
    yield from rest_rows(commands["small"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--slate", default=shutil.which("slate"), help="SLATE's program")
    options.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    chosen = options.parse_args()
    if chosen.slate is None:
        print("SLATE is not installed (pip install slate-nlp), so it is left out.\n")
    print("| what | zametka | beside it | ratio | bar | met |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        for row in measure(Path(folder), chosen.runs, chosen.slate):
            print(row.line(), flush=True)


if __name__ == "__main__":
    main()
