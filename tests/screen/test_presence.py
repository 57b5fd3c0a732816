"""Who else is in the article is shown, and what they do, without moving the reader."""

import os
import pwd

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from annotations import edits
from annotations.edits import Stamp
from store.library import Library
from store.sharing.presence import Presence
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.screens.article import ArticleScreen
from tui.widgets.bar import Bar

ME = pwd.getpwuid(os.geteuid()).pw_name
BORIS = Stamp("user:boris", "2026-01-31T13:00:00Z")


def title_right(screen: ArticleScreen) -> str:
    return screen.query_one("#title", Bar).right


async def looked(pilot: Pilot[None], screen: ArticleScreen) -> None:
    """A look at what others do, as it is done several times a second."""
    await screen._look()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_who_comes_is_shown_and_who_leaves_is_not(library: Library) -> None:
    async with app_on(library).run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot, library)
        await looked(pilot, screen)
        assert title_right(screen) == "7 of 7 left"
        other = Presence(library.path, "harbour")
        other.enter()
        await looked(pilot, screen)
        assert title_right(screen) == "also here: you in another window · 7 of 7 left"
        other.leave()
        await looked(pilot, screen)
        assert title_right(screen) == "7 of 7 left"


async def test_somebody_elses_login_is_that_of_the_files_owner(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.sharing.presence.os.geteuid", lambda: os.getuid() + 1)
    async with app_on(library).run_test(size=(100, 24)) as pilot:
        screen = await opened(pilot, library)
        Presence(library.path, "harbour").enter()
        await looked(pilot, screen)
        assert title_right(screen) == f"also here: {ME} · 7 of 7 left"
        for width, shown in ((60, "1 other here · 7 of 7 left"), (30, "7 of 7 left")):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert title_right(screen) == shown


async def test_who_leaves_the_article_is_no_longer_in_it(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        other = Presence(library.path, "harbour")
        assert len(other.others()) == 1
        await press(pilot, "q")
        assert other.others() == ()


async def test_a_change_by_others_moves_nothing(library: Library) -> None:
    """The scroll position, the cursor, the selection and an open form stay as they are."""
    async with app_on(library).run_test(size=(40, 10)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "end", "shift+left", "shift+left")
        view = screen.view
        before = (view.scroll_offset, view.cursor, view.selection, view.has_focus)
        assert view.scroll_offset.y > 0
        assert view.selection is not None
        first = only(stored(library), "Актау")
        library.apply("harbour", edits.Remove(first), author="user:boris")
        await looked(pilot, screen)
        assert (view.scroll_offset, view.cursor, view.selection, view.has_focus) == before
        await press(pilot, "shift+tab", "m", *"мысль")
        library.apply("harbour", edits.Add(first), author="user:boris")
        await looked(pilot, screen)
        assert pilot.app.screen.query_one("#field0", Input).value == "мысль"
        assert first in screen.document.annotations


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("delete", "boris deleted LOC «Актау»"),
        ("accept", "boris accepted LOC «Актау»"),
        ("reject", "boris rejected LOC «Актау»"),
        ("label", "boris relabelled «Актау»: LOC → ORG"),
        ("move", "boris moved the boundaries: LOC «Порт Актау»"),
        ("value", "boris changed the value of LOC «Актау»: Шевченко"),
        ("note", "boris wrote a note on LOC «Актау»: точно?"),
    ],
)
async def test_what_others_did_is_said_by_name(library: Library, key: str, sentence: str) -> None:
    found = only(stored(library), "Актау")
    kept = {"value": found.value, "entity": found.entity}
    accepted = edits.set_status(found, "accepted", BORIS).after
    edit = {
        "delete": edits.Remove(found),
        "accept": edits.Change(found, accepted),
        "reject": edits.set_status(found, "rejected", BORIS),
        "label": edits.correct(found, BORIS, label="ORG", **kept),
        "move": edits.correct(found, BORIS, span=edits.Span(0, found.end), **kept),
        "value": edits.correct(accepted, BORIS, value={"name": "Шевченко"}, entity=found.entity),
        "note": edits.write_note(found, "точно?", BORIS),
    }[key]
    if key == "value":
        library.apply("harbour", edits.Change(found, accepted), author="user:boris")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        library.apply("harbour", edit, author="user:boris")
        await looked(pilot, screen)
        assert status_line(screen) == sentence


async def test_what_happens_at_the_cursor_is_said_before_the_rest(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab")
        for quote in ("Актау", "Павел Орехов", "2027 году"):
            library.apply(
                "harbour", edits.Remove(only(stored(library), quote)), author="user:boris"
            )
        await looked(pilot, screen)
        assert status_line(screen) == "boris deleted LOC «Актау»; and 2 more changes"
        assert screen.view.annotation is None


async def test_a_change_between_a_save_and_the_next_look_is_seen(library: Library) -> None:
    """Theirs comes right after mine, before the screen knows that mine is on the disk."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab")
        aktau, orekhov = (only(stored(library), quote) for quote in ("Актау", "Павел Орехов"))

        def write() -> object:
            edit = edits.set_status(aktau, "accepted", Stamp("user:anna", BORIS.at))
            outcome = library.apply("harbour", edit, author="user:anna")
            library.apply("harbour", edits.Remove(orekhov), author="user:boris")
            return outcome

        assert await screen.commit(write, "accepted")  # type: ignore[arg-type]
        await looked(pilot, screen)
        assert orekhov.id not in screen.document.by_id
        assert status_line(screen) == "boris deleted PER «Павел Орехов»"
