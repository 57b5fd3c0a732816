"""A label that sticks: chosen once, given with Enter or the mouse, visible until it is left."""

import pytest
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.guess import guess
from annotations.model import Document, Span
from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tui.screens.article import ArticleScreen
from tui.widgets.bar import Bar


@pytest.fixture(autouse=True, scope="module")
def _dictionary_is_loaded() -> None:
    """So that no save of a test takes long."""
    text = "Олег Зимин"
    document = Document(make_article(text, id="a"))
    guess(document, Span(0, len(text)), "PER", "entity")
    guess(document, Span(0, len(text)), "MONEY", "figure")


def mode(screen: ArticleScreen) -> str:
    return screen.query_one("#explain", Bar).right


def at(screen: ArticleScreen, quote: str) -> None:
    """Put the cursor on the word that a quote begins with."""
    word = screen.view.words.at(screen.document.article.text.index(quote))
    assert word is not None
    screen.view.go_to(word)


def cell(screen: ArticleScreen, quote: str) -> tuple[int, int]:
    """Where on the view a quote begins."""
    page = screen.view._page
    assert page is not None
    line, column = page.cell_of(screen.document.article.text.index(quote))
    return column + screen.view._margin, line - screen.view.scroll_offset.y


async def test_enter_annotates_word_after_word(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2")
        assert quotes(stored(library), label="ORG") == []
        at(screen, "примет")
        await press(pilot, "enter", "right", "enter")
        assert quotes(stored(library), label="ORG") == ["примет", "судов"]
        assert quotes(stored(library), status="accepted") == ["примет", "судов"]


async def test_the_label_that_was_used_last_sticks_at_once(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "3")
        at(screen, "судов")
        await press(pilot, "l")
        assert mode(screen) == "sticky: LOC"
        await press(pilot, "enter")
        assert only(stored(library), "судов").label == "LOC"


async def test_another_label_key_takes_another_label(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2", "3")
        assert mode(screen) == "sticky: LOC"
        assert quotes(stored(library), status="accepted") == []


@pytest.mark.parametrize("key", ["escape", "l"])
async def test_the_mode_is_shown_until_it_is_left(library: Library, key: str) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        assert mode(screen) == ""
        await press(pilot, "l", "2")
        await press(pilot, "right", "tab", "down")
        assert mode(screen) == "sticky: ORG"
        await press(pilot, key)
        assert mode(screen) == ""
        await press(pilot, "home", "tab", "enter")
        assert quotes(stored(library), status="accepted") == ["Актау"]
        assert only(stored(library), "Актау").label == "LOC"


async def test_escape_drops_a_selection_first(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2", "s", "escape")
        assert (screen.view.selection, mode(screen)) == (None, "sticky: ORG")
        await press(pilot, "escape", "escape")
        assert mode(screen) == ""
        assert status_line(screen) == "nothing is selected, and no label sticks"


async def test_enter_without_a_label_asks_for_one(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "enter")
        assert "choose the label" in status_line(screen)
        assert quotes(stored(library), status="accepted") == []


async def test_enter_relabels_accepts_and_goes_past(library: Library) -> None:
    """Another label is replaced, the same one accepted, what is accepted is passed over."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "1", "tab", "enter")
        changed = only(stored(library), "Актау")
        assert (changed.label, changed.status) == ("PER", "accepted")
        text = screen.document.article.text
        assert text[screen.view.cursor.start : screen.view.cursor.end] == "примет"
        await press(pilot, "tab", "enter")
        accepted = only(stored(library), "Павел Орехов")
        assert (accepted.label, accepted.status) == ("PER", "accepted")
        screen.view.go_to_annotation(accepted)
        await press(pilot, "enter")
        assert status_line(screen) == "it is PER already"
        assert text[screen.view.cursor.start : screen.view.cursor.end] == "встретился"


async def test_a_selection_is_annotated_with_the_label_that_sticks(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2")
        at(screen, "Новый")
        await press(pilot, "shift+right", "enter")
        assert only(stored(library), "Новый причал").label == "ORG"
        text = screen.document.article.text
        assert text[screen.view.cursor.start : screen.view.cursor.end] == "построят"


async def drag(pilot: Pilot[None], screen: ArticleScreen, start: str, end: str) -> None:
    await pilot.mouse_down("ArticleView", offset=cell(screen, start))
    await pilot.hover("ArticleView", offset=cell(screen, end))
    await pilot.mouse_up("ArticleView", offset=cell(screen, end))
    await press(pilot, "f5")


async def test_a_click_and_a_drag_annotate(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2")
        await pilot.click("ArticleView", offset=cell(screen, "Директор"))
        await press(pilot, "f5")
        assert only(stored(library), "Директор").label == "ORG"
        await drag(pilot, screen, "Новый", "ичал построят")
        assert only(stored(library), "Новый причал").label == "ORG"


async def test_a_click_beside_the_text_annotates_nothing(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2")
        column, line = cell(screen, "судов")
        for offset in ((column + 12, line), (0, line)):
            await pilot.click("ArticleView", offset=offset)
            await press(pilot, "f5")
        assert quotes(stored(library), status="accepted") == []


async def test_without_the_mode_the_mouse_annotates_nothing(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await pilot.click("ArticleView", offset=cell(screen, "Директор"))
        await drag(pilot, screen, "Новый", "ичал построят")
        assert quotes(stored(library), status="accepted") == []


async def test_the_menu_of_labels_chooses_the_label_that_sticks(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "c", "down", "enter")
        assert mode(screen) == "sticky: ORG"
        assert quotes(stored(library), status="accepted") == []


async def test_the_mode_is_shown_in_a_small_window_too(library: Library) -> None:
    async with app_on(library).run_test(size=(20, 5)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "l", "2")
        bar = screen.query_one("#explain", Bar)
        assert "ORG" in bar.render_line(0).text
