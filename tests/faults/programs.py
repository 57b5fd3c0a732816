"""The program itself, hung up on or killed: the screen in a terminal, and `zametka add`."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotations.model import Annotation, Article, Document
from store.library import Library
from tests.faults import checks
from tests.faults.kills import folder, pause
from tests.faults.table import Result
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]
ID = "города"
NOON = "2026-01-31T12:00:00Z"
TOWNS = (
    "Казань", "Самара", "Пермь", "Тюмень", "Омск", "Томск", "Чита", "Якутск", "Псков", "Тверь",
    "Орёл", "Курск",
)  # fmt: skip
LONGEST = 0.25  # seconds from the last key to the end
ARTICLES = 30  # that are added
SCREEN = ("hang up", signal.SIGHUP, signal.SIGTERM, signal.SIGKILL)
COMMAND = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGKILL)


def environment(top: Path) -> Mapping[str, str]:
    """Neither the caller's settings nor their state."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(top),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ZAMETKA_LIBRARY": str(top / "library"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }


def with_suggestions(path: Path) -> Library:
    """A library with one article that has many suggestions."""
    library, text = Library.create(path), ", ".join(TOWNS)
    starts = [text.index(town) for town in TOWNS]
    suggested = tuple(
        Annotation(
            id=town, start=start, end=start + len(town), label="LOC", author="recogniser:test",
            created=NOON, modified=NOON, confidence=0.9,
        )
        for town, start in zip(TOWNS, starts, strict=True)
    )  # fmt: skip
    library.add(Document(Article(ID, text, "Города"), suggested))
    return library


def screen(rounds: int, seed: int) -> Result:
    """Somebody accepts one suggestion after the other until the terminal or the program goes."""
    failures: list[str] = []
    counts: Counter[str] = Counter()
    for number in range(rounds):
        chance = random.Random(f"{seed}.{number}")
        way = SCREEN[number % len(SCREEN)]
        with folder() as top:
            library = with_suggestions(top / "library")
            with Terminal([*PROGRAM, "browse", ID], environment(top)) as terminal:
                terminal.wait_for(TOWNS[-1])
                waited = chance.randrange(len(TOWNS) // 2)
                for town in TOWNS[:waited]:
                    terminal.press("a")
                    terminal.wait_for(f"saved: accepted LOC «{town}»")
                terminal.press("a" * (len(TOWNS) - waited))
                pause(chance.uniform(0, LONGEST))
                _end(terminal, way)
            entries = library.history(ID)
            counts["saved"] += len(entries)
            counts["acknowledged"] += waited
            if not waited <= len(entries) <= len(TOWNS):
                failures.append(f"{seed}.{number}: {len(entries)} on disk, {waited} acknowledged")
            found = [*map(str, library.problems(ID))]
            if not checks.locks_are_free(library.path):
                found.append("a lock is held")
            failures += [f"{seed}.{number}: {each}" for each in found]
    seen = f"{counts['acknowledged']} shown as saved, {counts['saved']} on disk"
    must = "what the screen said was saved is on disk"
    return Result(
        "the screen: terminal gone, SIGHUP, SIGTERM, kill -9", must, rounds, seen, tuple(failures)
    )


def _end(terminal: Terminal, way: str | signal.Signals) -> None:
    if isinstance(way, signal.Signals):
        os.kill(terminal.pid, way)
    else:
        terminal.hang_up()
    terminal.wait_for_end_unread()


def adding(rounds: int, seed: int) -> Result:
    """`zametka add` is ended at any moment, and the same command goes on."""
    failures: list[str] = []
    counts: Counter[str] = Counter()
    for number in range(rounds):
        tag = f"{seed}.{number}"
        chance, way = random.Random(tag), COMMAND[number % len(COMMAND)]
        with folder() as top:
            news = _news(top / "news")
            command = [*PROGRAM, "add", str(news), "--recogniser", "morphology", "--jobs", "2"]
            said = _interrupted(command, top, way, chance)
            path = top / "library"
            there = _there(path)
            counts["before"] += len(there)
            missing = {line.split("\t")[0] for line in said} - there
            failures += [f"{tag}: {each} was shown as added, and is lost" for each in missing]
            subprocess.run(command, env=environment(top), capture_output=True, check=True)
            failures += [f"{tag}: {each}" for each in _after(path)]
    seen = f"{counts['before']} of {rounds * ARTICLES} articles were in by then"
    must = "what was shown as added is there; the same command adds the rest, each once"
    return Result(
        "zametka add: SIGINT, SIGHUP, SIGTERM, kill -9", must, rounds, seen, tuple(failures)
    )


def _news(news: Path) -> Path:
    news.mkdir()
    for number in range(ARTICLES):
        text = f"В {number + 1}-м порту Беломорска приняли {number + 2} барж с углём."
        (news / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return news


def _interrupted(
    command: list[str], top: Path, way: signal.Signals, chance: random.Random
) -> list[str]:
    """The whole lines that it shows until it is ended, some time after its first ones."""
    with subprocess.Popen(
        command, env=environment(top), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline() for _ in range(chance.randrange(4))]
        pause(chance.uniform(0, LONGEST))
        process.send_signal(way)
        process.stderr.read()
        lines += process.stdout.readlines()
    return [line for line in lines if line.endswith("\n")]


def _there(path: Path) -> set[str]:
    return set(Library.open(path).ids()) if path.exists() else set()


def _after(path: Path) -> Iterator[str]:
    """What does not hold once the same command was run to its end."""
    library = Library.open(path)
    ids = list(library.ids())
    if len(ids) != ARTICLES:
        yield f"{len(ids)} of {ARTICLES} articles are in"
    for each in ids:
        yield from map(str, library.problems(each))
    if not checks.locks_are_free(path):
        yield "a lock is held"
    yield from (f"{each.name} is left" for each in path.rglob(".*.tmp"))
