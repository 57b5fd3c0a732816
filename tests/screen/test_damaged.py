"""An article whose files are damaged, before it is opened or while it is open."""

from pathlib import Path

from textual.widgets._toast import Toast

from store.errors import StoreError
from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.app import ZametkaApp
from tui.screens.history import HistoryPage
from tui.widgets.bar import Bar


def spoil(path: Path) -> bytes:
    """Change three bytes, as a bad disk does; what the file said before."""
    data = path.read_bytes()
    path.write_bytes(data[:400] + b"###" + data[403:])
    return data


def told(app: ZametkaApp) -> str:
    return "\n".join(f"{each.title}\n{each.message}" for each in app._notifications)


async def test_a_damaged_history_is_told_once_and_the_article_can_be_edited(
    library: Library,
) -> None:
    spoil(library.file("harbour").journal_path)
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await screen.check().wait()
        assert "The history of this article is damaged. You can go on" in told(app)
        app.clear_notifications()
        await press(pilot, "tab", "a")
        assert status_line(screen) == "saved: accepted LOC «Актау»"
        await screen.check().wait()
        assert told(app) == ""
        assert screen.query_one("#title", Bar).text.startswith("2025-10-02")


async def test_a_history_that_is_damaged_while_the_article_is_open_is_told(
    library: Library,
) -> None:
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        spoil(library.file("harbour").journal_path)
        await screen._look()
        await app.workers.wait_for_complete()
        assert "The history of this article is damaged" in told(app)
        assert screen.fault is None


async def test_files_that_are_damaged_while_the_article_is_open_close_it_until_they_are_mended(
    library: Library,
) -> None:
    file = library.file("harbour")
    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        title = screen.query_one("#title", Bar)
        spoil(file.snapshot_path)
        journal = spoil(file.journal_path)
        await screen._look()
        await app.workers.wait_for_complete()
        assert title.text.startswith("[damaged]")
        assert "zametka doctor" in told(app)
        assert str(library.path) not in told(app), "the library is known"
        await press(pilot, "tab", "a")
        assert "damaged, `zametka doctor` says more" in status_line(screen)
        assert screen.kept == [], "nothing waits that M could not save"
        file.journal_path.write_bytes(journal)
        await screen._look()
        await app.workers.wait_for_complete()
        assert not title.text.startswith("[")
        await press(pilot, "a")
    assert only(stored(library), "Актау").status == "accepted"


async def test_what_is_told_never_covers_a_dialog(library: Library) -> None:
    app = app_on(library)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a")
        app.tell_error(StoreError("the disk is full"))
        await press(pilot, "h")
        page = app.screen
        assert isinstance(page, HistoryPage)
        assert not page.query(Toast), "what was told before is gone"
        app.tell_error(StoreError("the disk is slow, " * 20))
        await pilot.pause()
        await pilot.pause()
        (toast,) = page.query(Toast)
        assert (toast.region.y, toast.region.height) == (0, 1)
        assert page.query_one(".dialog").region.y > 0
        await press(pilot, "escape")
        assert app.screen is screen
        (toast,) = screen.query(Toast)
        assert toast.region.height > 1, "whole, once there is room"
