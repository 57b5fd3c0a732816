"""A store that refuses, waits, or may only be read: the screen says so and loses nothing."""

import pytest
from textual.widgets import Static

from annotations.phrase import Phrase
from store import locks, root
from store.copies import trash
from store.errors import CannotWrite
from store.library import Library
from store.person import own_lines
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui import attempts
from tui.app import ZametkaApp
from tui.screens import editing, list_saving, saving
from tui.screens.article import ArticleScreen
from tui.screens.running import Running
from tui.screens.unsaved import LastQuestion, UnsavedPage
from tui.widgets.bar import Bar

WHY = "you may not change it: ask boris, whose it is"
WRITING = ("a", "x", "1", "c", "v", "m", "r", "l", "A", "e", "alt+b", "d", "u", "U", "enter")


@pytest.fixture(autouse=True)
def _no_look_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees what others do before a test says so, however slow the machine is."""
    monkeypatch.setattr(editing, "POLL", 3600.0)


def full(*_: object, **__: object) -> None:
    raise CannotWrite("the disk is full")


def title(app: ZametkaApp) -> Bar:
    return app.screen.query_one("#title", Bar)


async def test_what_is_refused_waits_in_sight_and_the_next_session_saves_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with monkeypatch.context() as refusing:
            refusing.setattr(Library, "apply", full)
            await press(pilot, "tab", "x", "a", "tab", "x")
        said = "M: try again · not saved, but kept: rejected PER «Павел Орехов»"
        assert status_line(screen) == said
        assert title(app).right == "3 not saved: M · 5 of 7 left", "as it will be"
        await press(pilot, "q")
        assert title(app).right == "3 not saved: M"
        await press(pilot, "q")
    said = app.left_unsaved(is_saving=False)
    assert (
        "rejected LOC «Актау»; accepted LOC «Актау»; rejected PER «Павел Орехов». M in the list"
        in said
    )
    app = app_on(library, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "M")
        assert isinstance(app.screen, UnsavedPage)
        await press(pilot, "enter", "M")
        screen = await opened(pilot, library)
        assert status_line(screen) == "saved: 3 edits that waited"
        assert title(app).right == "5 of 7 left"
    statuses = [only(stored(library), each).status for each in ("Актау", "Павел Орехов")]
    assert statuses == ["accepted", "rejected"]
    assert app.left_unsaved(is_saving=False) == ""


async def test_who_would_lose_edits_by_quitting_is_asked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "apply", full)
    monkeypatch.setattr(own_lines, "append", full)
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a")
        assert "kept only until you quit" in status_line(screen)
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, LastQuestion)
        assert "accepted LOC «Актау»" in [str(each.render()) for each in app.screen.query(Static)]
        await press(pilot, "escape")
        assert app.screen is screen
        await press(pilot, "ctrl+q", "q", "q", "ctrl+q")
        assert isinstance(app.screen, LastQuestion), "what leaves elsewhere loses nothing here"
        await press(pilot, "L")
        assert not app.is_running or app._exit
    assert "could not be kept either (the disk is full)" in app.left_unsaved(is_saving=False)


async def test_an_edit_can_be_given_up_after_a_question(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        with monkeypatch.context() as refusing:
            refusing.setattr(Library, "apply", full)
            await press(pilot, "tab", "a", "q")
        await press(pilot, "M", "d", "escape", "d")
        assert isinstance(app.screen, UnsavedPage)
        await press(pilot, "d")
        assert title(app).right == ""


async def test_the_list_sees_that_what_waited_has_been_saved_meanwhile(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_saving, "RECOUNT", 0.01)
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with monkeypatch.context() as refusing:
            refusing.setattr(Library, "apply", full)
            await press(pilot, "tab", "a", "q")
        assert title(app).right == "1 not saved: M"
        screen.kept_edits.drop(screen.kept[0].operation)
        while title(app).right:
            await pilot.pause()


async def test_while_a_save_waits_for_a_lock_the_screen_lives_says_so_and_can_be_left(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SLOW", 0.01)
    app = app_on(library)
    place = locks.offset_of(library.file("harbour").key)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        with locks.exclusive(root.locks(library.path), place, 0o600):
            await press(pilot, "tab", "a")
            while "holds this article's lock" not in status_line(screen):
                await pilot.pause()
            await press(pilot, "tab", "x")
            said = "kept, saved after the one before it: rejected PER «Павел Орехов» · waiting: "
            assert status_line(screen).startswith(said)
            await press(pilot, "q")
            assert not isinstance(app.screen, ArticleScreen)
            assert title(app).right == "2 not saved: M"
            await press(pilot, "q")
    assert attempts.wait_for_saves(60.0)
    assert only(stored(library), "Актау").status == "accepted", "it was saved after all"
    assert "kept: rejected PER «Павел Орехов»" in app.left_unsaved(is_saving=False)


async def test_an_undo_that_waits_is_told_when_the_article_is_left(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(library)
    place = locks.offset_of(library.file("harbour").key)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a")
        while screen.is_saving:
            await pilot.pause()
        monkeypatch.setattr(saving, "SLOW", 0.01)
        with locks.exclusive(root.locks(library.path), place, 0o600):
            await press(pilot, "u")
            assert isinstance(app.screen, Running)
            await press(pilot, "escape", "escape")
            while "holds this article's lock" not in screen.late:
                await pilot.pause()
            assert await screen.leave() == screen.late
        while screen.is_saving:
            await pilot.pause()
    assert attempts.wait_for_saves(60.0)
    assert only(stored(library), "Актау").status == "suggested"


async def test_who_may_only_read_is_told_so_and_nothing_opens(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (saving, list_saving):
        monkeypatch.setattr(module, "why_read_only", lambda *_: Phrase(WHY))
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        assert status_line(screen) == f"read-only: {WHY}"
        assert title(app).text.startswith("[read-only] · 2025-10-02")
        await press(pilot, "tab")
        for key in WRITING:
            await press(pilot, key)
            assert app.screen is screen
            assert status_line(screen) == WHY
        await press(pilot, "q", "u")
        assert title(app).text.startswith("[read-only] ")
        assert app.screen.query_one("#status", Bar).text == WHY
    assert library.history("harbour") == ()


async def test_an_article_whose_history_ends_too_early_is_read_only(library: Library) -> None:
    library.file("harbour").journal_path.write_bytes(b"")
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await screen.check().wait()
        await press(pilot, "tab", "a")
        assert screen.fault is not None
        assert "its end is missing" in status_line(screen)
        assert title(app).text.startswith("[damaged]")
        assert any("zametka doctor" in str(each.message) for each in app._notifications)


async def test_an_article_that_is_removed_says_by_whom_and_leaves_the_list(
    library: Library,
) -> None:
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        trash.remove(library, "harbour", "user:boris")
        await screen._look()
        said = "boris removed this article: q goes back to the list"
        assert status_line(screen) == said
        assert title(app).text.startswith("[removed]")
        await press(pilot, "tab", "a")
        assert status_line(screen) == said
        trash.put_back(library, "harbour")
        await screen._look()
        assert "in the library again" in status_line(screen)
        await press(pilot, "a")
        assert only(stored(library), "Актау").status == "accepted"
        trash.remove(library, "harbour", "user:boris")
        await press(pilot, "x")
        assert status_line(screen) == said, "a save that finds it gone says it too"
        await press(pilot, "q")
        listed = [each.article_id for each in app._list._catalogue.select(app._personal.selection)]
        assert listed == ["school"]
