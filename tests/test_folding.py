"""A journal that has grown large is closed; its history, its operations and undo live on."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.edits import Add, Change, Remove
from annotations.model import Annotation, Article, Document
from store.article import closed
from store.article.catching_up import catch_up
from store.errors import Damaged
from store.library import Library, Saved
from tests.faults.disk import calls_of, disk

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Паром «Кижи» вышел из Медвежьегорска в шесть утра и вернулся к ужину."
ID = "паром"
SHIP = Annotation(
    id="s", start=6, end=12, label="ORG", author=ANNA, created=AT, modified=AT, status="accepted"
)
TOWN = replace(SHIP, id="t", start=22, end=36, label="LOC")
FOLD_AT = 2000  # bytes: some five changes


@pytest.fixture
def library(tmp_path: Path) -> Library:
    Library.create(tmp_path / "library").add(Document(Article(ID, TEXT, "Паром"), (TOWN,)))
    return Library.open(tmp_path / "library", fold_at=FOLD_AT)


def labels() -> Iterator[str]:
    while True:
        yield from ("PER", "ORG", "LOC")


def relabel(library: Library, times: int, author: str = ANNA) -> None:
    """Changes of one annotation, each with an operation id of its own."""
    for number, label in zip(range(times), labels(), strict=False):
        old = library.document(ID).by_id["t"]
        revision = library.document(ID).revision
        edit = Change(old, replace(old, label=label, note=f"{number}"))
        assert isinstance(
            library.apply(ID, edit, author=author, operation=f"op {revision + 1}"), Saved
        )


def closed_of(library: Library) -> list[str]:
    journal = library.file(ID).journal_path
    return [path.name.removeprefix(journal.stem) for _, path in closed.paths(journal)]


def fold_large(library: Library) -> None:
    """Make changes until the journal has been folded."""
    while not closed_of(library):
        relabel(library, 1)


class TestFolding:
    def test_the_history_goes_on_over_closed_journals(self, library: Library) -> None:
        relabel(library, 60)
        assert len(closed_of(library)) >= 2
        entries = library.history(ID)
        assert [entry.operation for entry in entries] == [f"op {n}" for n in range(1, 61)]
        assert [entry.revision for entry in entries] == list(range(1, 61))
        assert library.document(ID) == Library.open(library.path).document(ID)
        assert library.file(ID).journal_path.stat().st_size < 4 * FOLD_AT

    def test_undo_reaches_back_over_closed_journals(self, library: Library) -> None:
        begin = library.document(ID)
        relabel(library, 40)
        assert len(closed_of(library)) >= 2
        for _ in range(40):
            assert isinstance(library.undo(ID, author=ANNA), Saved)
        assert library.document(ID).annotations == begin.annotations
        for _ in range(3):
            assert isinstance(library.redo(ID, author=ANNA), Saved)
        assert library.document(ID).by_id["t"].note == "2"

    def test_an_operation_in_a_closed_journal_is_not_applied_again(self, library: Library) -> None:
        fold_large(library)
        before = library.document(ID)
        first = library.history(ID)[0]
        retried = library.apply(ID, first.edit, author=ANNA, operation=first.operation)
        assert retried == Saved(before)
        assert library.document(ID) == before

    def test_an_article_is_not_folded_before_its_journal_is_much_larger_than_itself(
        self, tmp_path: Path
    ) -> None:
        library = Library.open(Library.create(tmp_path / "library").path, fold_at=1)
        library.add(Document(Article(ID, TEXT * 50, "Паром"), (TOWN,)))
        relabel(library, 10)
        assert closed_of(library) == []
        relabel(library, 40)
        assert closed_of(library) == [".0.log.gz"]

    def test_the_journal_without_a_snapshot_is_enough(self, library: Library) -> None:
        fold_large(library)
        before = library.document(ID)
        library.article_path(ID).unlink()
        assert library.document(ID) == before

    def test_a_closed_journal_is_what_the_journal_was(self, library: Library) -> None:
        journal = library.file(ID).journal_path
        lines: list[bytes] = []
        while not closed_of(library):
            lines = journal.read_bytes().splitlines()
            relabel(library, 1)
        path = closed.path_of(journal, 0)
        assert gzip.decompress(path.read_bytes()).splitlines()[:-1] == lines

    def test_whoever_has_the_article_open_reads_it_as_a_whole(self, library: Library) -> None:
        before, signature = library.document(ID), library.signature(ID)
        fold_large(library)
        assert library.signature(ID) != signature
        assert catch_up(library.path, before, signature) is None


class TestDeath:
    def test_a_fold_that_ends_anywhere_loses_nothing(self, library: Library) -> None:
        """From one call on, the disk does nothing more: what is there then is read."""
        file = library.file(ID)
        relabel(library, 12)
        state = file.load()
        assert state is not None
        expected, history = library.document(ID), library.history(ID)
        kept = {path: path.read_bytes() for path in file.paths()}
        total = calls_of(lambda: file.fold(state, AT))
        seen = set()
        for at in range(1, total + 1):
            for path in file.folder.iterdir():
                path.unlink()
            for path, data in kept.items():
                path.write_bytes(data)
            with (
                disk(lambda call, at=at: KeyboardInterrupt() if call >= at else None),  # type: ignore[misc]
                pytest.raises(KeyboardInterrupt),
            ):
                file.fold(state, AT)
            fresh = Library.open(library.path, fold_at=FOLD_AT)
            assert fresh.document(ID) == expected
            assert fresh.history(ID) == history
            relabel(fresh, 2)
            assert len(fresh.history(ID)) == len(history) + 2
            seen.add(len(closed_of(fresh)))
        assert len(seen) > 1

    def test_what_a_killed_fold_left_counts_for_nothing(self, library: Library) -> None:
        relabel(library, 4)
        journal = library.file(ID).journal_path
        closed.close(journal, journal.read_bytes(), 0, 0o600)
        relabel(library, 4)
        assert [entry.revision for entry in library.history(ID)] == list(range(1, 9))


class TestDamage:
    def test_a_damaged_closed_journal_is_named_and_the_article_goes_on(
        self, library: Library
    ) -> None:
        fold_large(library)
        path = closed.path_of(library.file(ID).journal_path, 0)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(Damaged, match=path.name):
            library.history(ID)
        old = library.document(ID).by_id["t"]
        assert isinstance(library.apply(ID, Remove(old), author=BORIS), Saved)

    @pytest.mark.parametrize("cut", [0, 1, 40])
    def test_a_closed_journal_that_was_cut_is_named(self, library: Library, cut: int) -> None:
        fold_large(library)
        path = closed.path_of(library.file(ID).journal_path, 0)
        path.write_bytes(path.read_bytes()[:-cut] if cut else b"")
        with pytest.raises(Damaged, match=path.name):
            library.history(ID)


class TestLastSaved:
    """The article that a library saved last is not read again while nobody else writes it."""

    def test_another_process_is_seen(self, library: Library) -> None:
        other = Library.open(library.path)
        for number in range(6):
            each = library if number % 2 else other
            added = replace(SHIP, id=f"a{number}")
            assert isinstance(each.apply(ID, Add(added), author=ANNA), Saved)
        assert len(library.document(ID).annotations) == 7
        assert library.document(ID).revision == len(library.history(ID)) == 6

    def test_a_snapshot_edited_by_hand_meanwhile_is_kept_aside(self, library: Library) -> None:
        relabel(library, 1)
        library.article_path(ID).write_bytes(b"{}")
        relabel(library, 1)
        aside = library.article_path(ID).with_name(f"{library.article_path(ID).name}.damaged-1")
        assert aside.read_bytes() == b"{}"

    def test_a_save_that_failed_is_not_kept(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        relabel(library, 2)
        before = library.document(ID)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                library.apply(ID, Add(SHIP), author=ANNA)
        assert library.document(ID) == before
        assert isinstance(library.apply(ID, Add(SHIP), author=ANNA), Saved)
        assert Library.open(library.path).document(ID) == library.document(ID)
        assert len(library.history(ID)) == 3
