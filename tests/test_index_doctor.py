"""What the doctor says of the search index, which nothing depends on, and what it does about it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from annotations.model import Article, Document
from store import locks, root
from store.checkup.doctor import Doctor
from store.checkup.findings import Finding, Kind
from store.index.keeping import open_index
from store.library import Library
from tests.index_state import check

TEXT = "Канал у Вытегры чистят от ила, баржа ждёт у причала. " * 40


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    for name in ("канал", "шлюз"):
        library.add(Document(Article(name, f"{TEXT} {name}", name)))
    open_index(library).close()
    return library


def findings(library: Library, *, repairs: bool = False) -> list[Finding]:
    doctor = Doctor(library.path, repairs=repairs)
    return [finding for found in doctor.check() for finding in found]


def weights(found: list[Finding]) -> list[tuple[str, Kind, str]]:
    return [(each.path.name, each.kind, each.weight) for each in found]


def another_version(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA user_version = 999")


def a_damaged_page(path: Path) -> None:
    """Amid the words of the texts: SQLite sees nothing wrong in it, FTS5 does."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("UPDATE texts_data SET block = zeroblob(length(block)) WHERE id > 10")


def half_of_it(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100_000])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"no database" * 1000),
    "half of it": half_of_it,
    "a damaged page": a_damaged_page,
    "another version": another_version,
    "a link": lambda path: (path.unlink(), path.symlink_to("library.json")),
}


def test_a_whole_index_is_not_worth_a_word(library: Library) -> None:
    assert findings(library) == []


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_is_a_note_and_a_repair_takes_it_away(
    library: Library, damage: Callable[[Path], object]
) -> None:
    path, before = library.path / "index.sqlite", root.LIBRARY_FILE
    kept = (library.path / before).read_bytes()
    damage(path)
    note = ("index.sqlite", Kind.INDEX, "note")
    assert weights(findings(library)) == [note]
    assert path.is_symlink() or path.exists()
    done = ("index.sqlite", Kind.INDEX, "repaired")
    assert weights(findings(library, repairs=True)) == [note, done]
    assert not [each for each in library.path.iterdir() if each.name.startswith(path.name)]
    assert findings(library) == []
    assert (library.path / before).read_bytes() == kept
    check(library)


def test_a_folder_in_its_place_is_left_alone(library: Library) -> None:
    path = library.path / "index.sqlite"
    path.unlink()
    path.mkdir(0o700)
    for repairs in (False, True):
        (found,) = findings(library, repairs=repairs)
        assert (found.kind, found.weight, found.can_repair) == (Kind.INDEX, "note", False)
    assert path.is_dir()


def test_what_a_killed_program_was_making_goes(library: Library) -> None:
    begun = library.path / ".index.sqlite.0123abcd"
    begun.touch(0o600)
    with locks.exclusive(root.locks(library.path), root.INDEX_LOCK, 0o600):
        assert findings(library) == []  # somebody is at it
    assert weights(findings(library)) == [(begun.name, Kind.TEMPORARY, "note")]
    assert begun.exists()
    findings(library, repairs=True)
    assert not begun.exists()
    begun.touch(0o600)
    open_index(library, anew=True).close()
    assert not begun.exists()
    check(library)
