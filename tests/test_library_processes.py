"""Several processes at once, and processes that are killed: nothing acknowledged is lost."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotations import edits
from annotations.edits import Add
from annotations.model import Annotation, Article, Document
from store.library import Library, Saved

ROOT = Path(__file__).parents[1]
PROGRAM = Path(__file__).with_name("store_program.py")
ID = "рынок"
TEXT = "На рынке в Саратове подешевели яблоки, груши и сливы. " * 20


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Рынок")))
    return library


@contextmanager
def program(*arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """The helper program, waiting to be told to go on."""
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def go(*processes: "subprocess.Popen[str]") -> list[str]:
    """Start them all, then what each of them said."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    return [str(process.stdout and process.stdout.read()).strip() for process in processes]


@pytest.mark.parametrize("count", [2, 4])
def test_processes_that_change_one_article_at_once_lose_nothing(
    library: Library, count: int
) -> None:
    authors = [f"user:author{number}" for number in range(count)]
    with programs(*(("annotate", library.path, ID, each, 40) for each in authors)) as all_:
        assert go(*all_) == ["done"] * count
    document = library.document(ID)
    assert document.revision == len(document.annotations) == 40 * count
    history = library.history(ID)
    assert [entry.revision for entry in history] == list(range(1, 40 * count + 1))
    for author in authors:
        assert sum(entry.author == author for entry in history) == 40
        assert [each.start for each in document.annotations if each.author == author] == [
            *range(40)
        ]


@contextmanager
def programs(
    *commands: tuple[object, ...],
) -> Iterator[list["subprocess.Popen[str]"]]:
    """Several helper programs, all of them waiting."""
    if not commands:
        yield []
        return
    with program(*commands[0]) as first, programs(*commands[1:]) as rest:
        yield [first, *rest]


def test_of_processes_that_add_the_same_article_one_is_first(library: Library) -> None:
    command = ("add", library.path, "новый", "Новый мост открыт.")
    with programs(command, command, command) as all_:
        assert sorted(go(*all_)) == ["False", "False", "True"]
    assert sorted(library.ids()) == sorted([ID, "новый"])
    assert library.document("новый").revision == 0


def test_two_processes_make_the_same_library(tmp_path: Path) -> None:
    path = tmp_path / "new"
    with programs(("create", path), ("create", path)) as both:
        assert go(*both) == ["made", "made"]
    assert list(Library.open(path).ids()) == []
    assert {each.name for each in path.iterdir()} == {"library.json", "articles", "locks"}


def test_kill_at_any_moment_loses_nothing_that_was_acknowledged(library: Library) -> None:
    """25 writers are killed at seeded places of their work, on one library."""
    chance = random.Random(20260131)
    tried: set[str] = set()
    saved: set[str] = set()
    for number in range(25):
        with program("edit-for-ever", library.path, ID, number) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write("\n")
            writer.stdin.flush()
            said = [writer.stdout.readline() for _ in range(chance.randrange(1, 40))]
            writer.kill()
            said += writer.stdout.readlines()
        for line in said:
            if line.endswith("\n"):
                word, operation = line.split()
                (tried if word == "try" else saved).add(operation)
        check(library, tried, saved)
    assert len(saved) > 100


def check(library: Library, tried: set[str], saved: set[str]) -> None:
    fresh = Library.open(library.path)
    document = fresh.document(ID)
    history = fresh.history(ID)
    operations = [entry.operation for entry in history]
    assert len(set(operations)) == len(operations)
    assert saved <= set(operations) <= tried
    assert document.revision == len(history)
    replayed = Document(document.article)
    for entry in history:
        replayed = edits.apply(replayed, entry.edit)
    assert replayed.annotations == document.annotations


# function of os, its how-manieth call in a save, before, amid or after it -> whether it is saved
DEATHS = [
    ("write", 1, "before", False),
    ("write", 1, "amid", False),
    ("fdatasync", 1, "before", True),  # the bytes are the kernel's: only a power cut loses them
    ("fdatasync", 1, "after", True),
    ("write", 2, "before", True),
    ("write", 2, "amid", True),
    ("replace", 1, "before", True),
    ("replace", 1, "after", True),
]


@pytest.mark.parametrize(("function", "call", "when", "is_saved"), DEATHS)
def test_death_within_a_save(
    library: Library, function: str, call: int, when: str, is_saved: bool
) -> None:
    """All of the change is there or nothing of it, the lock is free, and the next save works."""
    annotation = Annotation(
        id="после", start=5, end=9, label="PER", author="user:boris",
        created="2026-01-31", modified="2026-01-31", status="accepted",
    )  # fmt: skip
    with program("die-at", library.path, ID, function, call, when) as dying:
        assert go(dying) == [""]
    expected = ["the last"] * is_saved
    assert len(library.document(ID).annotations) == len(expected)
    assert [entry.operation for entry in library.history(ID)] == expected
    result = library.apply(ID, Add(annotation), author="user:boris", operation="next")
    assert isinstance(result, Saved)
    assert [entry.operation for entry in library.history(ID)] == [*expected, "next"]
    assert Library.open(library.path).document(ID) == result.document
    folder = library.article_path(ID).parent
    assert {path.suffix for path in folder.iterdir()} == {".json", ".log"}
