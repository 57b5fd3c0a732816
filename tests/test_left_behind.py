"""What a killed writer, a lost file or an old look at a file leaves to whoever comes next."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.edits import Add
from annotations.model import Annotation, Article, Document
from store import files
from store.article import journal
from store.article.article_file import ArticleFile
from store.article.catching_up import catch_up
from store.errors import CannotWrite, StoreError, Unreadable
from store.library import Library, Saved
from tests.faults import checks, power, work
from tests.faults.checks import Claims
from tests.faults.disk import calls_of, disk
from tests.faults.disk_model import cuts, lay_out
from tests.faults.recording import Killed, Recording, Say

ANNA = "user:anna"
AT = "2026-01-31T10:00:00Z"
ID = "плот"
TEXT = "Плотогоны вышли из Кинешмы на рассвете и к вечеру были в Юрьевце."
TOWN = Annotation(
    id="t", start=19, end=26, label="LOC", author=ANNA, created=AT, modified=AT, status="accepted"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.create(tmp_path / "library")
    made.add(Document(Article(ID, TEXT, "Плотогоны")))
    return made


def add(library: Library, id_: str, note: str | None = None) -> Saved:
    found = library.apply(
        ID, Add(replace(TOWN, id=id_, note=note)), author=ANNA, operation=f"add {id_}"
    )
    assert isinstance(found, Saved)
    return found


def ids(library: Library) -> list[str]:
    return [each.id for each in Library.open(library.path).document(ID).annotations]


@pytest.mark.parametrize("fails", [False, True], ids=["", "an error of the disk, too"])
def test_what_a_killed_writer_left_is_on_the_disk_before_more_follows(
    tmp_path: Path, fails: bool
) -> None:
    recording, path = Recording(tmp_path / "disk"), tmp_path / "disk" / "library"
    recording.top.mkdir()
    troubles = iter([None, Killed(), power.EIO if fails else None])
    with recording():
        library = Library.create(path)
        library.add(work.fresh(ID))
        begin = len(recording.events)
        recording.on_sync = lambda: next(troubles, None)
        for number in range(4):
            operation = f"{number}"
            edit = Add(replace(TOWN, id=operation, note="Волга " * 1000))
            recording.say("try", ID, operation)
            try:
                Library.open(path).apply(ID, edit, author=ANNA, operation=operation)
                recording.say("done", ID, operation)
            except StoreError:
                assert fails
            except Killed:
                recording.revive()
    for moment, _, state in cuts(recording, range(begin, len(recording.events) + 1), 14, "плот"):
        lay_out(state, tmp_path / "cut")
        claims = Claims()
        claims.take([("try", ID, ""), ("done", ID, "")])
        said = [event for event in recording.events[:moment] if isinstance(event, Say)]
        claims.take((event.word, event.article, event.operation) for event in said)
        assert not checks.violations(tmp_path / "cut" / "library", claims, problems=True)


def test_a_line_that_a_writer_did_not_see_is_not_cut_off(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a file system over the network tells an old size."""
    add(library, "mine")
    with monkeypatch.context() as patch:
        patch.setattr(ArticleFile, "stamp", lambda _: "the same")
        add(library, "mine, too")
        add(Library.open(library.path), "theirs")
        with pytest.raises(CannotWrite, match="somebody else"):
            add(library, "late")
    add(library, "late")
    assert sorted(ids(library)) == ["late", "mine", "mine, too", "theirs"]


def test_a_line_is_torn_of_which_only_the_break_is_missing(library: Library) -> None:
    """The sector that it alone would have been in was not written."""
    file = library.file(ID)
    size = file.journal_path.stat().st_size
    add(library, "x", "x")
    more = (1 - file.journal_path.stat().st_size) % 512
    os.truncate(file.journal_path, size)
    file.snapshot_path.unlink()
    add(Library.open(library.path), "x", "x" * (1 + more))
    end = file.journal_path.stat().st_size
    assert end % 512 == 1
    with file.journal_path.open("r+b") as stream:
        stream.seek(end - 1)
        stream.write(b"\0")
    file.snapshot_path.unlink()
    assert ids(library) == []
    add(Library.open(library.path), "next")
    assert ids(library) == ["next"]


def test_a_lost_line_break_within_a_sector_is_damage(tmp_path: Path) -> None:
    line = journal.base_line(Document(Article(ID, TEXT, "Плотогоны")), AT)
    assert len(line) % 512 != 1
    with pytest.raises(StoreError, match="line break"):
        journal.read_lines(line[:-1] + b"\0", tmp_path)


class TestLostJournal:
    @pytest.fixture
    def library(self, library: Library) -> Library:
        add(library, "first", "Волга " * 1000)
        library.file(ID).journal_path.unlink()
        return Library.open(library.path)

    def copies(self, library: Library) -> Iterator[Library]:
        """The library, as often as wanted."""
        number = 0
        while True:
            number += 1
            path = library.path.with_name(f"copy-{number}")
            shutil.copytree(library.path, path)
            yield Library.open(path)

    @pytest.mark.parametrize("error", [Killed(), OSError(errno.ENOSPC, "full")], ids=repr)
    def test_it_is_begun_anew_or_not_at_any_moment(
        self, library: Library, error: BaseException
    ) -> None:
        copies = self.copies(library)
        one = next(copies)
        total = calls_of(lambda: add(one, "next"))
        for at in range(1, total + 1):
            copy = next(copies)

            def fault(call: int, at: int = at) -> BaseException | None:
                dead = isinstance(error, Killed) and call > at
                return error if call == at or dead else None

            with disk(fault), suppress(Killed, CannotWrite):
                add(copy, "next")
            assert ids(copy) in (["first"], ["first", "next"])
            add(Library.open(copy.path), "next")
            assert ids(copy) == ["first", "next"]
            assert not copy.problems(ID)


def test_an_odd_snapshot_that_could_only_be_kept_aside_is_written_by_the_next(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = library.file(ID).snapshot_path
    snapshot.write_bytes(snapshot.read_bytes() + b"\n")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(files, "rewrite", refuse)
        add(library, "one")
    assert not snapshot.exists()
    add(library, "two")
    assert not library.problems(ID)
    assert snapshot.exists()


def test_a_line_as_long_as_one_that_was_never_finished_is_noticed(library: Library) -> None:
    path, known = library.file(ID).journal_path, library.document(ID)
    size = path.stat().st_size
    add(library, "x")
    length = path.stat().st_size - size
    os.truncate(path, size)
    with path.open("ab") as stream:
        stream.write(b"f" * length)
    library.file(ID).snapshot_path.unlink()
    signature = library.signature(ID)
    add(Library.open(library.path), "x")
    os.utime(path, (0, 0))
    assert path.stat().st_size == size + length
    assert catch_up(library.path, known, signature) is None


def test_a_snapshot_that_has_another_name_too_is_left_to_it(library: Library) -> None:
    snapshot = library.file(ID).snapshot_path
    other = snapshot.with_name("copy")
    os.link(snapshot, other)
    before = other.read_bytes()
    add(library, "x")
    assert other.read_bytes() == before
    assert snapshot.stat().st_nlink == 1
    assert not library.problems(ID)


def test_what_is_saved_is_saved_although_nothing_can_be_told_of_the_file(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> object:
        raise Unreadable("no more files can be opened")

    with monkeypatch.context() as patch:
        patch.setattr(ArticleFile, "stamp", refuse)
        assert add(library, "x").signature is None
    assert ids(library) == ["x"]
