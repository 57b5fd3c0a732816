"""The help tells the keys of the place where one is; and no key does nothing silently."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from store.library import Library
from tui.app import ZametkaApp
from tui.screens.article import ArticleScreen
from tui.screens.help import HelpPage
from tui.screens.library import LibraryScreen

SIZE = (80, 24)


async def help_lines(pilot: Pilot[None]) -> list[str]:
    """Open the help and read it."""
    await pilot.pause()
    await pilot.press("question_mark")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, HelpPage)
    (text,) = screen.query("VerticalScroll Static").results(Static)
    return str(text.content).split("\n")


def heading(lines: list[str], line: str) -> str:
    """The heading under which a line stands."""
    before = lines[: lines.index(line)]
    return next(each for each in reversed(before) if each and "  " not in each)


def line_with(lines: list[str], what: str) -> str:
    (found,) = [line for line in lines if line.endswith(f"  {what}")]
    return found


async def test_the_help_of_the_list(library: Library) -> None:
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        lines = await help_lines(pilot)
        line = line_with(lines, "Sort by date, title, source, suggestions left")
        assert line.startswith("o (щ) ")
        assert heading(lines, line) == "Articles"
        assert not any("Accept" in line or "PER" in line for line in lines)


async def test_the_help_of_an_article_has_headings_and_its_labels(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        lines = await help_lines(pilot)
        for what, where in [
            ("Accept, go on", "Correcting"),
            ("Next word", "Reading"),
            ("Next hit", "Searching"),
            ("Quit at once", "The program"),
        ]:
            assert heading(lines, line_with(lines, what)) == where
        (per,) = [line for line in lines if "PER: " in line]
        assert heading(lines, per) == "Labels"


async def test_one_action_is_told_once_with_all_its_keys(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        line = line_with(await help_lines(pilot), "Accept, go on")
        keys = line.removesuffix("Accept, go on").strip()
        assert set(keys.split(", ")) == {"a (ф)", "Enter"}


async def test_the_help_with_the_panel_in_focus_tells_its_keys(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("f")
        lines = await help_lines(pilot)
        assert not any(line.endswith("  Next word") for line in lines)
        assert any(line.startswith("↓, j (о) ") for line in lines)


async def test_a_key_that_another_has_taken_is_not_told(library: Library) -> None:
    """Enter opens an article; that it chooses in lists in general is not said there."""
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        lines = await help_lines(pilot)
        assert [line for line in lines if line.startswith("Enter")] == [
            line_with(lines, "Open the article")
        ]


async def test_a_dialog_has_help(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("c")
        lines = await help_lines(pilot)
        assert line_with(lines, "Leave it").startswith("Esc ")


@pytest.mark.parametrize("key", ["question_mark", "comma", "q", "й", "escape"])
async def test_the_help_is_closed(library: Library, key: str) -> None:
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        await help_lines(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_help_is_scrolled_by_the_keys_of_every_list(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await help_lines(pilot)
        page = pilot.app.screen.query_one("VerticalScroll")
        for key, lands in [("j", 1), ("k", 0), ("G", page.max_scroll_y), ("g", 0)]:
            await pilot.press(key)
            await pilot.pause()
            assert page.scroll_y == lands
        await pilot.press("space")
        await pilot.pause()
        assert page.scroll_y == page.size.height - 1


async def test_a_key_that_does_nothing_says_so(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ArticleScreen)
        await pilot.press("y")
        assert screen.said == "y does nothing here: ? shows the keys"
        await pilot.press("f9")
        assert screen.said == "F9 does nothing here: ? shows the keys"
        await pilot.press("right")
        assert screen.said == ""


@pytest.mark.parametrize("opened", ["c", "A", "question_mark"])
async def test_in_a_dialog_a_key_that_does_nothing_is_heard(
    library: Library, monkeypatch: pytest.MonkeyPatch, opened: str
) -> None:
    rung: list[str] = []
    app = ZametkaApp(library, "harbour")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("tab", opened)
        await pilot.pause()
        monkeypatch.setattr(app, "bell", lambda: rung.append("bell"))
        for key in ("f9", "z"):
            await pilot.press(key)
            await pilot.pause()
        assert rung == ["bell", "bell"]
