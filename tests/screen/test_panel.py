"""The side panel on the screen: it follows, jumps, is sorted, and paints only what changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.edits import set_status
from annotations.model import Document
from store.library import Library
from tests.screen.conftest import suggestion
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui import theme
from tui.screens.article import ArticleScreen
from tui.widgets.panel import Panel

LONG = "\n".join(f"Катер «Чайка-{number}» прошёл {number} км." for number in range(100, 160))


def long_article() -> Document:
    return Document(
        make_article(LONG, id="long"),
        tuple(
            annotation
            for number in range(100, 160)
            for annotation in (
                suggestion(LONG, f"Чайка-{number}", "ORG", value={"name": f"Чайка-{number}"}),
                suggestion(
                    LONG, f"{number} км", "QUANTITY",
                    value={"min": str(number), "max": str(number), "unit": "kilometre"},
                ),
            )
        ),
    )  # fmt: skip


def panel_of(screen: ArticleScreen) -> Panel:
    return screen.query_one(Panel)


def lines(panel: Panel) -> list[str]:
    width = panel.size.width
    return [
        "".join(text for text, _ in panel.pieces(line, width)).replace("\u00a0", " ").rstrip()
        for line in range(panel.line_count())
    ]


def marked(panel: Panel) -> list[str]:
    """The texts that are marked as what is under the article's cursor."""
    return [
        text
        for line in range(panel.line_count())
        for text, style in panel.pieces(line, panel.size.width)
        if style.reverse and text
    ]


def in_sight(panel: Panel, line: int) -> bool:
    return panel.scroll_offset.y <= line < panel.scroll_offset.y + panel.size.height


@contextmanager
def painted(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lines of the panel that are drawn meanwhile."""
    drawn: list[int] = []
    draw = panel.render_line

    def noted(y: int) -> object:
        drawn.append(y)
        return draw(y)

    with monkeypatch.context() as patch:
        patch.setattr(panel, "render_line", noted)
        yield drawn


@pytest.fixture(autouse=True)
def _the_cursor_rests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.panel.REST", 0)


@pytest.fixture
def two(library: Library) -> Library:
    library.add(long_article())
    return library


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_the_panel_shows_names_with_forms_and_a_table(
    library: Library, size: tuple[int, int]
) -> None:
    async with app_on(library).run_test(size=size) as pilot:
        screen = await opened(pilot, library)
        shown = lines(panel_of(screen))
        assert shown[0] == " PER 4"
        text = "\n".join(shown)
        assert "Ольгой Сабитовой 1" in text
        assert "? 1 500 000 000 KZT" in shown
        assert all(len(line) < panel_of(screen).size.width for line in shown)


async def test_the_row_under_the_cursor_is_marked_also_of_a_figure(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        panel = panel_of(screen)
        await press(pilot, "tab")
        assert marked(panel) == ["Актау"]
        await press(pilot, "tab", "tab", "tab")
        assert marked(panel) == ["1\u00a0500\u00a0000\u00a0000"]
        assert theme.CURSOR_ROW.reverse


async def test_the_row_under_the_cursor_is_scrolled_into_sight(two: Library) -> None:
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        for nth in (0, 50, 3, 59):
            annotation = only(stored(two, "long"), f"{100 + nth} км")
            screen.view.go_to_annotation(annotation)
            await settle(pilot)
            assert marked(panel) == [str(100 + nth)]
            assert in_sight(panel, panel.cursor)
            assert "? " + str(100 + nth) + " kilometre" == lines(panel)[panel.cursor]


async def test_choosing_a_row_goes_to_its_mentions_one_after_the_other(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        panel = panel_of(screen)
        await press(pilot, "f")
        panel.cursor = next(i for i, line in enumerate(lines(panel)) if "Ольга Сабитова" in line)
        seen = []
        for _ in range(3):
            await press(pilot, "enter")
            assert screen.view.annotation is not None
            seen.append(stored(library).text_of(screen.view.annotation))
        assert seen == ["Ольгой Сабитовой", "Ольге Сабитовой", "Ольгой Сабитовой"]
        assert panel.has_focus


async def test_o_sorts_the_figures_says_so_and_it_is_kept(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "f", "o")
        assert status_line(screen).startswith("figures by value")
        assert " MONEY 1 ↓" in lines(panel_of(screen))
        await press(pilot, "o")
        assert status_line(screen) == "figures as they come in the text"
        assert " figures 2" in lines(panel_of(screen))
        await press(pilot, "q")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        assert " figures 2" in lines(panel_of(screen))
        await press(pilot, "f", "o")
        assert " MONEY 1" in lines(panel_of(screen))


async def test_the_row_at_the_cursor_stays_where_figures_are_sorted(two: Library) -> None:
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        await press(pilot, "f", "G")
        assert "159 kilometre" in lines(panel)[panel.cursor]
        for _ in range(3):
            await press(pilot, "o")
            assert "159 kilometre" in lines(panel)[panel.cursor]
            assert in_sight(panel, panel.cursor)


async def test_on_a_small_screen_it_stands_in_place_of_the_text(library: Library) -> None:
    async with app_on(library).run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot, library)
        panel = panel_of(screen)
        assert not panel.display
        for key in ("p", "f"):
            await press(pilot, key)
            assert panel.display
            assert panel.has_focus
            assert panel.size.width == 60
            await press(pilot, key)
            assert not panel.display
            assert screen.view.has_focus
        await press(pilot, "f", "end", "enter")
        assert not panel.display
        assert screen.view.has_focus
        assert screen.view.annotation == only(stored(library), "2027 году")


async def test_moving_in_the_text_draws_only_the_rows_that_change(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        with painted(panel, monkeypatch) as drawn:
            await press(pilot, "home", "shift+right", "shift+right", "escape")
            assert drawn == []
        screen.view.go_to_annotation(only(stored(two, "long"), "Чайка-102"))
        await settle(pilot)
        with painted(panel, monkeypatch) as drawn:
            screen.view.go_to_annotation(only(stored(two, "long"), "Чайка-105"))
            await settle(pilot)
            assert set(drawn) == {3, 6}


async def test_the_panel_is_not_scrolled_before_the_cursor_rests(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.widgets.panel.REST", 3600)
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        with painted(panel, monkeypatch) as drawn:
            for nth in (50, 3, 40):
                screen.view.go_to_annotation(only(stored(two, "long"), f"{100 + nth} км"))
                await settle(pilot)
            assert panel.scroll_offset.y == 0
            assert set(drawn) <= {1}
        panel._catch_up()
        await settle(pilot)
        assert "140 kilometre" in lines(panel)[panel.cursor]
        assert in_sight(panel, panel.cursor)


async def test_a_decision_draws_only_the_rows_that_change(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        screen.view.go_to_annotation(only(stored(two, "long"), "Чайка-105"))
        await settle(pilot)
        boat = only(stored(two, "long"), "Чайка-103")
        with painted(panel, monkeypatch) as drawn:
            await screen.save(lambda _, stamp: set_status(boat, "accepted", stamp), "accepted")
            await settle(pilot)
            assert lines(panel)[4].startswith("✓ Чайка-103")
            assert set(drawn) == {4}


async def test_moving_in_the_panel_draws_two_rows(
    two: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(two, "long").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, two)
        panel = panel_of(screen)
        await press(pilot, "f", "home")
        with painted(panel, monkeypatch) as drawn:
            await press(pilot, "down")
            assert set(drawn) == {1, 2}


async def test_an_article_without_annotations_says_so(library: Library) -> None:
    library.add(Document(make_article("Тихо в гавани.", id="quiet")))
    async with app_on(library, "quiet").run_test(size=(80, 24)) as pilot:
        panel = panel_of(await opened(pilot, library))
        assert lines(panel) == [" no annotations yet"]
        await press(pilot, "f", "enter", "down", "o")
        assert lines(panel) == [" no annotations yet"]


async def test_an_order_that_this_version_does_not_know_is_passed_over(library: Library) -> None:
    app = app_on(library)
    app._personal.sort_figures("size")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        assert " MONEY 1" in lines(panel_of(screen))
