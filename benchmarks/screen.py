"""What the screen costs: time, bytes and memory, beside Textual's least program, less and SLATE.

`python benchmarks/screen.py [--runs N] [--slate PATH] [--folder DIR]` runs each program in a
pseudo-terminal of 80×24, in one run, because ratios hold elsewhere better than times.  Where
SLATE is not given it is installed (slate-nlp from PyPI) into an environment of its own, and left
out where that fails.  A save is durable, so the folder must be on a real disk.

Each program has run once before it is measured, so that what Python and zametka keep of one
start for the next is there, as it is for whoever uses them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from random import Random
from statistics import mean, median

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.articles import make_article
from annotations.model import Annotation, Document
from benchmarks.metering import Meter, Row
from store.library import Library

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
PRINT = (sys.executable, "-c", "print('hello')")
LEMMAS = f"from annotations.lemmas import lemmas; lemmas('слово'){PROGRAM}"
WITH_LEMMAS = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(Path(__file__).parents[1])!r}); {LEMMAS}",
)
DOWN, RIGHT, PAGE, ESCAPE, QUIT = "\x1b[B", "\x1b[C", "\x1b[6~", "\x1b[27u", "\x11"
ENV = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}
ZAMETKA = (str(Path(sys.executable).with_name("zametka")), "browse")


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
    env = ENV | {"ZAMETKA_PICTURE": "0"}
    for _ in range(runs):
        for name, (command, mark) in programs.items():
            with Meter(command, env) as meter:
                times[name].append(meter.until(mark) * 1000)
    return {name: median(values) for name, values in times.items()}


def start_rows(programs: Mapping[str, tuple[Command, str]], runs: int) -> Iterator[Row]:
    times = start(programs, runs)
    hello = times["hello"]
    bars = {"300 words": 1.1 * hello, "1 M characters": 1.1 * hello}
    for name, value in times.items():
        if name != "hello":
            yield Row(f"start: {name}", value, "ms", bars.get(name), "hello", hello)


def leave(command: Command) -> None:
    """Start a program and end it, which keeps the picture of its screen."""
    with Meter(command, ENV) as meter:
        meter.until(FIRST)
        meter.settle(1.0)
        meter.press(QUIT)
        meter.wait_for_end()


def picture_row(command: Command, runs: int) -> Row:
    """The last screen's picture, beside Python's own start."""
    leave(command)
    ours, least = [], []
    for _ in range(runs):
        with Meter(command, ENV) as meter:
            ours.append(meter.until(FIRST) * 1000)
        with Meter(PRINT, ENV) as meter:
            least.append(meter.until("hello") * 1000)
    bar = 2 * median(least)
    return Row("picture of the last screen", median(ours), "ms", bar, "print", median(least))


def key_rows(command: Command, times: int, less: Meter, slate: Meter | None) -> Iterator[Row]:
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
    with (
        Meter(HELLO, ENV) as hello,
        Meter(WITH_LEMMAS, ENV) as least,
        Meter(command, ENV) as meter,
    ):
        hello.until("hello")
        least.until("hello")
        meter.until(FIRST)
        hello_idle, idle = hello.idle(), meter.idle()
        yield Row(
            "peak memory: hello with pymorphy3", least.memory, "MB", None, "hello", hello.memory
        )
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
    for name in ("small", "large", "many"):
        leave(commands[name])
    yield picture_row(commands["small"], 2 * runs)
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


def slate_in(folder: Path) -> str | None:
    """SLATE's program, installed into an environment of its own; None where that fails."""
    python = folder / "slate" / "bin" / "python"
    try:
        for command in (
            (sys.executable, "-m", "venv", str(folder / "slate")),
            (str(python), "-m", "pip", "install", "--quiet", "slate-nlp"),
        ):
            subprocess.run(command, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or error.stdout).strip().splitlines()[-1:]
        print(f"SLATE cannot be installed, so it is left out: {reason}\n")
        return None
    return str(python.with_name("slate"))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--slate", help="SLATE's program, where it is installed")
    options.add_argument("--folder", type=Path, default=Path("/var/tmp"))
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        slate = chosen.slate or slate_in(Path(folder))
        print("| what | zametka | beside it | ratio | bar | met |")
        print("|---|---|---|---|---|---|")
        for row in measure(Path(folder), chosen.runs, slate):
            print(row.line(), flush=True)


if __name__ == "__main__":
    main()
