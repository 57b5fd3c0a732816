"""A disk that refuses: every call in turn fails, and the article is as before or wholly changed."""

import errno
import os
from functools import partial
from pathlib import Path

import pytest

from annotations.edits import Add, Remove
from annotations.model import Annotation, Article, Document
from store import descriptors, files
from store.errors import CannotWrite, Unreadable
from store.library import Library, Saved
from tests.faults.disk import attempt, calls_of, disk, failing, never

ANNA = "user:anna"
AT = "2026-01-31T10:00:00Z"
TEXT = "Ледокол «Север» пришёл в Архангельск с грузом угля."
ID = "ледокол"
ADDED = Annotation(
    id="s", start=9, end=14, label="ORG", author=ANNA, created=AT, modified=AT, status="accepted"
)
REASONS = {
    errno.ENOSPC: "full",
    errno.EIO: "reports an error",
    errno.EDQUOT: "quota",
    errno.EROFS: "read-only",
    errno.EACCES: "may not",
    errno.EFBIG: "File too large",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


def whole(annotations: tuple[Annotation, ...] = (), revision: int = 0) -> Document:
    return Document(Article(ID, TEXT, "Ледокол"), annotations, revision)


def document_or_none(library: Library) -> Document | None:
    return next(Library.open(library.path).documents(), None)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", REASONS, ids=errno.errorcode.get)
class TestDisk:
    def test_adding_is_all_or_nothing(self, library: Library, number: int, lasting: bool) -> None:
        other = Library.create(library.path.with_name("other"))
        total = calls_of(lambda: other.add(whole()))
        for at in range(1, total + 1):
            fresh = Library.create(library.path.with_name(f"library-{at}"))
            told = attempt(partial(fresh.add, whole()), failing(number, at, lasting=lasting))
            stands = document_or_none(fresh)
            check(told, stands, None, whole(), number)
            assert fresh.add(whole()) is (stands is None)
            assert Library.open(fresh.path).document(ID) == whole()
            assert fresh.history(ID) == ()

    def test_a_change_is_all_or_nothing(self, library: Library, number: int, lasting: bool) -> None:
        before, after = whole(), whole((ADDED,), 1)
        library.add(before)
        total = 1 + calls_of(lambda: change(library, "first"))
        assert library.undo(ID, author=ANNA)
        for at in range(1, total):
            fresh = Library.create(library.path.with_name(f"library-{at}"))
            fresh.add(before)
            told = attempt(partial(change, fresh, "op"), failing(number, at, lasting=lasting))
            stands = document_or_none(fresh)
            check(told, stands, before, after, number)
            assert change(fresh, "op") == Saved(after)
            assert Library.open(fresh.path).document(ID) == after
            assert len(fresh.history(ID)) == 1


def change(library: Library, operation: str) -> object:
    return library.apply(ID, Add(ADDED), author=ANNA, operation=operation)


def check(
    told: CannotWrite | None,
    stands: Document | None,
    before: Document | None,
    after: Document,
    number: int,
) -> None:
    if told is None:
        assert stands == after
        return
    assert REASONS[number] in str(told)
    assert "To go on: " in str(told)
    if "Nothing was changed." in str(told):
        assert stands == before
    else:
        assert "Whether it was saved" in str(told)
        assert stands in (before, after)


def test_the_journal_is_on_the_disk_before_the_snapshot_changes(
    library: Library,
) -> None:
    """And the names of a new article's folder and files before its journal is."""
    with disk(never) as calls:
        library.add(whole())
    adding = [call for call in calls if call in ("mkdir", "fsync", "fdatasync", "replace")]
    assert adding == ["mkdir", "fsync", "fsync", "fdatasync", "replace", "replace"]
    with disk(never) as calls:
        change(library, "op")
    changing = [call for call in calls if call in ("write", "fsync", "fdatasync", "replace")]
    assert changing == ["write", "fdatasync", "replace", "write", "replace"]


def test_an_interrupt_at_any_call_leaves_the_article_whole(
    library: Library,
) -> None:
    """Ctrl+C between the journal and the snapshot, or anywhere else."""
    before, after = whole(), whole((ADDED,), 1)
    library.add(before)
    total = 1 + calls_of(lambda: change(library, "first"))
    states = []
    for at in range(1, total):
        fresh = Library.create(library.path.with_name(f"library-{at}"))
        fresh.add(before)
        with (
            disk(lambda call, at=at: KeyboardInterrupt() if call == at else None),  # type: ignore[misc]
            pytest.raises(KeyboardInterrupt),
        ):
            change(fresh, "op")
        states.append(document_or_none(fresh))
        assert change(fresh, "op") == Saved(after)
        assert Library.open(fresh.path).document(ID) == after
    assert before in states
    assert after in states
    assert all(state in (before, after) for state in states)


def test_a_full_disk_before_a_new_library(tmp_path: Path) -> None:
    """Whatever fails, the next attempt makes the library."""
    total = calls_of(lambda: Library.create(tmp_path / "first"))
    for at in range(1, total + 1):
        path = tmp_path / f"library-{at}"
        told = attempt(partial(Library.create, path), failing(errno.ENOSPC, at, lasting=True))
        assert told is not None
        assert list(Library.create(path).ids()) == []


def test_an_odd_snapshot_is_not_replaced_when_it_cannot_be_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(whole((ADDED,)))
    path = library.article_path(ID)
    path.write_bytes(b"{}")

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        saved = library.apply(ID, Remove(ADDED), author=ANNA)
    assert saved == Saved(whole((), 1))
    assert path.read_bytes() == b"{}"
    assert library.document(ID) == whole((), 1)


@pytest.mark.parametrize(("times", "works"), [(1, True), (2, True), (3, False)])
def test_a_file_that_another_client_of_nfs_replaced_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, works: bool
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    original = descriptors.of_a_file
    stale = [OSError(errno.ESTALE, "Stale file handle")] * times

    def reopen(path: str, flags: int) -> int:
        if stale:
            raise stale.pop()
        return original(path, flags)

    monkeypatch.setattr(descriptors, "of_a_file", reopen)
    if works:
        assert files.read_bytes(path) == b"x"
    else:
        with pytest.raises(Unreadable, match="try again"):
            files.read_bytes(path)


def test_of_two_who_make_a_file_at_once_both_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    original = os.open

    def somebody_is_faster(name: Path, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            path.write_bytes(b"theirs")
        return original(name, flags, *rest)

    monkeypatch.setattr(os, "open", somebody_is_faster)
    descriptor, is_new = files.open_or_make(path, 0o600)
    os.close(descriptor)
    assert not is_new
    assert path.read_bytes() == b"theirs"


def test_a_failing_stat_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        files.stat_of(tmp_path / ("x" * 300))
