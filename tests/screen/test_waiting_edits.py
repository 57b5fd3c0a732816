"""Edits that wait: each is made upon those before it, and all are saved, in their order."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from annotations import edits
from annotations.edits import Stamp
from store import locks, root
from store.errors import CannotWrite
from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.screens import editing, saving
from tui.screens.article import ArticleScreen
from tui.screens.conflict import ConflictDialog, Options

BORIS = Stamp("user:boris", "2026-01-31T13:00:00Z")


@pytest.fixture(autouse=True)
def _no_look_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees what others do before a test says so, however slow the machine is."""
    monkeypatch.setattr(editing, "POLL", 3600.0)


@contextmanager
def full_disk() -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Library, "apply", refuse)
        yield


def waiting(screen: ArticleScreen) -> list[str]:
    return [each.said for each in screen.kept]


async def test_a_rejection_and_a_note_upon_it_are_both_saved(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with full_disk():
            await press(pilot, "tab", "x", "m", *"port", "enter")
            assert waiting(screen) == ["rejected LOC «Актау»", "note on «Актау»"]
            shown = only(screen.document, "Актау")
            assert (shown.status, shown.note) == ("rejected", "port")
        assert only(stored(library), "Актау").status == "suggested"
        await press(pilot, "M")
        assert status_line(screen) == "saved: 2 edits that waited"
        found = only(stored(library), "Актау")
        assert (found.status, found.note) == ("rejected", "port")
        assert len(library.history("harbour")) == 2


async def test_the_next_edit_that_can_be_saved_saves_those_before_it(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with full_disk():
            await press(pilot, "tab", "m", *"port", "enter")
        await press(pilot, "a")
        assert status_line(screen) == "saved: accepted LOC «Актау»"
        assert screen.view.annotation == only(stored(library), "Павел Орехов"), "it goes on"
        found = only(stored(library), "Актау")
        assert (found.status, found.note, waiting(screen)) == ("accepted", "port", [])


async def test_a_boundary_that_is_moved_twice_stands_two_words_on(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with full_disk():
            await press(pilot, "tab", "a", "e", "e")
        assert len(waiting(screen)) == 3
        await press(pilot, "M")
        assert "Актау примет больше" in [
            library.document("harbour").article.text[each.start : each.end]
            for each in stored(library).annotations
        ]


async def test_undo_takes_back_what_waits_the_last_one_first_and_redo_brings_it_again(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with full_disk():
            await press(pilot, "tab", "x", "m", *"port", "enter", "u")
            assert status_line(screen) == "taken back before it was saved: note on «Актау»"
            assert waiting(screen) == ["rejected LOC «Актау»"]
            await press(pilot, "u")
            assert screen.document == stored(library)
        await press(pilot, "U", "U")
        found = only(stored(library), "Актау")
        assert (found.status, found.note) == ("rejected", "port")
        await press(pilot, "u")
        assert only(stored(library), "Актау").note is None, "what is saved is undone as ever"


async def test_edits_made_while_another_session_holds_the_lock_are_saved_after_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SLOW", 0.01)
    place = locks.offset_of(library.file("harbour").key)
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with locks.exclusive(root.locks(library.path), place, 0o600):
            await press(pilot, "tab", "a")
            while "holds this article's lock" not in status_line(screen):
                await pilot.pause()
            await press(pilot, "tab", "x", "shift+tab", "m", *"port", "enter")
            assert status_line(screen).startswith("kept, saved after the one before it: note on")
        await saved(pilot, screen)
        found = only(stored(library), "Актау")
        assert (found.status, found.note) == ("accepted", "port")
        assert only(stored(library), "Павел Орехов").status == "rejected"


async def saved(pilot: Pilot[None], screen: ArticleScreen) -> None:
    while screen.is_saving or screen.settling is not None or screen.kept:
        await pilot.pause()


async def test_conflicts_are_asked_about_one_after_the_other(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with full_disk():
            await press(pilot, "tab", "x", "tab", "x", "tab", "a")
        for quote in ("Актау", "Павел Орехов"):
            theirs = edits.set_status(only(stored(library), quote), "accepted", BORIS)
            library.apply("harbour", theirs, author="user:boris")
        await press(pilot, "M", "m")
        assert isinstance(pilot.app.screen, ConflictDialog)
        assert "«Павел Орехов»" in str(pilot.app.screen.query(Static)[0].render())
        await press(pilot, "t")
        found = [only(stored(library), each).status for each in ("Актау", "Павел Орехов")]
        assert found == ["rejected", "accepted"]
        assert only(stored(library), "Ольгой Сабитовой").status == "accepted"
        assert pilot.app.screen is screen
        assert waiting(screen) == []


async def test_what_is_decided_later_is_not_lost_by_the_next_edit(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab")
        theirs = edits.set_status(only(stored(library), "Актау"), "rejected", BORIS)
        library.apply("harbour", theirs, author="user:boris")
        await press(pilot, "a", "escape", "m", *"port", "enter")
        assert only(stored(library), "Актау").note == "port"
        assert waiting(screen) == ["accepted LOC «Актау»"]
        await press(pilot, "M", "m")
        found = only(stored(library), "Актау")
        assert (found.status, found.note) == ("accepted", "port")


async def test_what_one_did_oneself_here_since_is_called_so(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab")
        theirs = edits.set_status(only(stored(library), "Актау"), "rejected", BORIS)
        library.apply("harbour", theirs, author="user:boris")
        await press(pilot, "a", "escape", "1", "M")
        dialog = pilot.app.screen
        assert isinstance(dialog, ConflictDialog)
        said = [str(each.render()) for each in dialog.query(Static)]
        assert said[0] == "You have edited «Актау» since"
        assert said[1].startswith("As it stands (2026-01-31 13:00): PER «Актау»")
        options = dialog.query_one(Options)
        assert options.size.width > 64, "as wide as the window has room for"
