"""A long article: its beginning comes first, the rest, and a long panel, before the next key."""

import pytest
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.model import Document
from store.library import Library
from tests.screen.conftest import suggestion
from tui.app import ZametkaApp
from tui.page.presentation import Page
from tui.screens.article import ArticleScreen
from tui.widgets.panel import AT_ONCE, Panel

COUNT = 3000
TEXT = "\n".join(f"Судно {number} пришло в порт Актау." for number in range(COUNT))


@pytest.fixture
def long(library: Library) -> Library:
    marked = tuple(suggestion(TEXT, "Актау", "LOC", nth) for nth in range(0, AT_ONCE * 3, 2))
    library.add(Document(make_article(TEXT * 2, id="long", title="Порт"), marked))
    return library


def screen_of(pilot: Pilot[None]) -> ArticleScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ArticleScreen)
    return screen


async def test_the_whole_text_and_the_panel_are_there_for_the_first_key(long: Library) -> None:
    app = ZametkaApp(long, "long")
    async with app.run_test(size=(80, 24)) as pilot:
        while app._early is not None:
            await pilot.pause()
        screen = screen_of(pilot)
        view, page = screen.view, screen.view._page
        assert page is not None
        whole = Page(screen.document, page.width)
        assert page.lines == whole.lines
        assert view.virtual_size.height == len(whole.lines)
        assert screen.query_one(Panel).line_count() > 0
        await pilot.press("end")
        await pilot.pause()
        line, _cell = whole.cell_of(view.cursor.start)
        assert line == len(whole.lines) - 1
        assert view.scroll_offset.y <= line < view.scroll_offset.y + view.size.height


async def test_going_beyond_the_beginning_lays_out_the_rest(long: Library) -> None:
    async with ZametkaApp(long, "long").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        view = screen_of(pilot).view
        view._page = view._new_page(upto=0)
        assert not view.is_whole
        last = view.words.at(len(view.document.article.text))
        assert last is not None
        view.go_to(last)
        assert view.is_whole
        line = view._page.line_of(last.start)
        assert view.scroll_offset.y <= line < view.scroll_offset.y + view.size.height


async def test_a_leap_out_of_sight_shows_what_comes_after_it(long: Library) -> None:
    """So that the next leaps leave the text where it is, which costs a slow line far less."""
    app = ZametkaApp(long, "long")
    async with app.run_test(size=(80, 24)) as pilot:
        while app._early is not None:
            await pilot.pause()
        view, tops = screen_of(pilot).view, set()
        for _ in range(20):
            await pilot.press("tab")
            await pilot.pause()
            tops.add(view.scroll_offset.y)
        assert 1 < len(tops) <= 6
