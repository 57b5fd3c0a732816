"""The index of a library that several people use, or only read."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from annotations.model import Article, Document
from store import locks, root
from store.files import PRIVATE, READABLE, SHARED, Modes
from store.index import database
from store.index.keeping import open_index
from store.library import Library
from store.sharing import groups, permissions
from store.sharing.groups import Group
from tests.index_state import check
from tests.test_sharing import NEWS, as_root, group, init, place, wrong_in

__all__ = ["group", "place"]

ROOT = Path(__file__).parents[1]
ANNA, BORIS, OTHER = "61001:61000:077", "61002:61000:022", "61003:61003:022"
TEXT = "Канал у Вытегры чистят от ила, баржа ждёт у причала."

# Another person's search: loaded and warmed up by root, whose files they may not be able to read.
SEARCH = """
import json, os, sys
from contextlib import closing
from pathlib import Path
from store.index.keeping import open_index
from store.library import Library
from store.sharing import groups, permissions
from tests.index_state import differences

def searched(path, tell):
    library = Library.open(Path(path))
    with closing(open_index(library, tell=tell)) as index:
        return index.connection.filename, differences(index, library)

def say(words):
    print(json.dumps(words), flush=True)

person, warm, *paths = sys.argv[1:]
searched(warm, str)
uid, gid, umask = person.split(":")
os.umask(int(umask, 8))
os.setgroups([int(gid)])
os.setgid(int(uid))
os.setuid(int(uid))
for path in paths:
    told = []
    found = searched(path, lambda words: (told.append(str(words)), "waiting" in told[-1] and say("waits")))
    say([*found, told])
"""  # noqa: E501


def search(*arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", SEARCH, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


class Search:
    """Searches of somebody who has a cache of their own."""

    def __init__(self, warm: Path) -> None:
        self.warm = warm

    def __call__(self, person: str, path: Path) -> tuple[Path, list[str]]:
        """Which index answers, and what is told; it must say what the articles do."""
        with search(person, self.warm, path) as process:
            said = process.stdout.read() if process.stdout else ""
        assert process.returncode == 0
        file, differences, told = json.loads(said)
        assert differences == []
        return Path(file), told


@pytest.fixture
def searching(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Search:
    cache = place / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    warm = Library.create(tmp_path / "warm")
    add(warm, "разогрев")
    return Search(warm.path)


def add(library: Library, name: str) -> None:
    library.add(Document(Article(name, TEXT, f"Шлюз: {name}", "2025-11-04")))
    age(library)


def age(library: Library) -> None:
    """All was changed so long ago that nobody doubts the index."""
    seconds = 1e9 + len(list((library.path / "articles").rglob("*.json")))
    for folder in (library.path / "articles").iterdir():
        os.utime(folder, (seconds, seconds))


@contextmanager
def readable(path: Path) -> Iterator[Library]:
    """A library that everybody may read."""

    def open_to_all(library: Path) -> None:
        groups.share(library, NEWS)
        library.chmod(0o2775)

    root.create(path, open_to_all)
    yield Library.open(path)


@pytest.fixture
def library(place: Path) -> Iterator[Library]:
    with readable(place / "library") as library:
        add(library, "канал")
        yield library


def stats_of(library: Library) -> dict[Path, tuple[int, int, int, int]]:
    """What tells whether a file is as it was."""
    every = {path: path.stat() for path in library.path.rglob("*") if path.is_file()}
    return {
        path: (each.st_ino, each.st_mode, each.st_size, each.st_mtime_ns)
        for path, each in every.items()
    }


def index_files(path: Path) -> dict[str, int]:
    found = path.parent.glob(f"{path.name}*")
    return {each.name.removeprefix(path.name): stat.S_IMODE(each.stat().st_mode) for each in found}


def nothing(_library: Library) -> None:
    """No index at all."""


def old(library: Library) -> None:
    open_index(library).close()
    add(library, "шлюз")


def unreadable(library: Library) -> None:
    open_index(library).close()
    (library.path / "index.sqlite").chmod(0o600)


def half_written(library: Library) -> None:
    """What is to be put into the file lies beside it, and what says so is gone."""
    open_index(library).close()
    add(library, "шлюз")
    path = library.path / "index.sqlite"
    with closing(database.connect(str(path), write=True)) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("UPDATE folders SET changed = 0")
        wal = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(wal)
    Path(f"{path}-wal").chmod(0o664)
    Path(f"{path}-shm").unlink(missing_ok=True)


@pytest.mark.parametrize("make", [nothing, old, unreadable, half_written])
@as_root
def test_one_who_may_not_write_has_a_copy(
    library: Library, searching: Search, make: Callable[[Library], None]
) -> None:
    make(library)
    before = stats_of(library)
    file, told = searching(OTHER, library.path)
    assert file.parent == library.path.parent / "cache" / "zametka" / "index"
    assert index_files(file) == dict.fromkeys(index_files(file), 0o600)
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [str(file) in each for each in told] == [True]
    assert before.items() <= stats_of(library).items()


@as_root
def test_a_copy_is_kept_up_and_told_of_once(library: Library, searching: Search) -> None:
    file, told = searching(OTHER, library.path)
    assert len(told) == 1
    add(library, "створ")
    assert searching(OTHER, library.path) == (file, [])


@pytest.mark.parametrize("is_doubted", [False, True], ids=["fresh", "just written"])
@pytest.mark.parametrize("is_open", [False, True], ids=["alone", "beside a writer"])
@as_root
def test_one_who_may_not_write_uses_an_index_that_is_up_to_date(
    library: Library, searching: Search, is_doubted: bool, is_open: bool
) -> None:
    if is_doubted:
        os.utime(library.file("канал").folder)
    open_index(library).close()
    path = library.path / "index.sqlite"
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    with closing(database.connect(str(path), write=True)) as writer:
        if is_open:
            writer.execute("INSERT INTO atoms(text) VALUES('a')")
            assert set(index_files(path)) == {"", "-wal", "-shm"}
        else:
            writer.close()
        assert searching(OTHER, library.path) == (path, [])
        assert not (library.path.parent / "cache" / "zametka").exists()


@as_root
def test_people_with_any_umask_bring_one_index_up_to_date(place: Path, searching: Search) -> None:
    path = place / "library"
    root.create(path, partial(groups.share, group=NEWS))
    library = Library.open(path)
    for number, person in enumerate((ANNA, BORIS)):
        add(library, f"канал {number}")
        assert searching(person, path) == (path / "index.sqlite", [])
        assert wrong_in(path) == []
        assert set(index_files(path / "index.sqlite").values()) == {SHARED.file}
    (path / "index.sqlite").unlink()
    assert searching(BORIS, path) == (path / "index.sqlite", [])
    assert set(index_files(path / "index.sqlite").values()) == {SHARED.file}


@pytest.mark.parametrize("modes", [PRIVATE, SHARED, READABLE], ids=str)
@pytest.mark.parametrize("mask", [0, 0o077])
def test_the_files_of_an_index_have_the_modes_of_the_library(
    tmp_path: Path, modes: Modes, mask: int
) -> None:
    library = Library.create(tmp_path / "library")
    library.path.chmod(modes.folder)
    before = os.umask(mask)
    try:
        add(library, "канал")
        check(library)
        path = str(library.path / "index.sqlite")
        with closing(database.connect(path, write=True)) as connection:
            connection.execute("INSERT INTO atoms(text) VALUES('a')")
            made = index_files(Path(path))
    finally:
        os.umask(before)
    assert made == dict.fromkeys(("", "-wal", "-shm"), modes.file)


def test_a_private_library_that_becomes_a_groups_takes_its_index_along(
    tmp_path: Path, group: Group
) -> None:
    library = Library.create(tmp_path / "library")
    add(library, "канал")
    open_index(library).close()
    init("--shared", group.name, library.path)
    assert set(index_files(library.path / "index.sqlite").values()) == {SHARED.file}
    assert wrong_in(library.path) == []
    check(library)


def test_an_index_that_others_may_not_write_is_found_and_mended(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "library")
    library.path.chmod(SHARED.folder)
    assert [permissions.mend(each) for each in wrong_in(library.path)]
    add(library, "канал")
    open_index(library).close()
    path = library.path / "index.sqlite"
    path.chmod(0o600)
    (problem,) = wrong_in(library.path)
    assert problem.path == path
    assert permissions.mend(problem)
    assert stat.S_IMODE(path.stat().st_mode) == SHARED.file


def test_of_two_who_find_no_index_one_waits_for_the_other(
    tmp_path: Path, searching: Search
) -> None:
    library = Library.create(tmp_path / "library")
    add(library, "канал")
    me = f"{os.getuid()}:{os.getgid()}:022"
    held = locks.exclusive(root.locks(library.path), root.INDEX_LOCK, PRIVATE.file)
    with (
        search(me, searching.warm, library.path) as one,
        search(me, searching.warm, library.path) as other,
    ):
        with held:
            for each in (one, other):
                assert each.stdout is not None
                assert each.stdout.readline() == '"waits"\n'
            assert not (library.path / "index.sqlite").exists()
        for each in (one, other):
            assert each.stdout is not None
            file, differences, told = json.loads(each.stdout.read())
            assert (Path(file), differences) == (library.path / "index.sqlite", [])
            assert told == ["another process brings the index up to date: waiting for it"]
