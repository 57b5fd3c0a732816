"""How the article is set: its width, labels in the text, whose is what; places stay exact."""

from dataclasses import replace

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from annotations.edits import Stamp, correct, set_status
from annotations.model import Document
from store.library import Library
from tests.screen.conftest import harbour, suggestion
from tests.screen.test_correcting import app_on, opened, press, status_line, stored
from tui import theme
from tui.screens.article import ArticleScreen
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar
from tui.widgets.page_view import Reading

WIDE, NARROW = (200, 50), (80, 24)


def shown_lines(view: ArticleView) -> list[str]:
    """What stands in each row of the view, without the spaces at the end."""
    return [view.render_line(row).text.rstrip() for row in range(view.size.height)]


def row_of(view: ArticleView, text: str) -> int:
    return next(row for row, line in enumerate(shown_lines(view)) if text in line)


def explained(screen: ArticleScreen) -> str:
    return screen.query_one("#explain", Bar).text


async def test_date_source_headings_and_speech_are_set_apart(library: Library) -> None:
    async with app_on(library).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, library)
        lines = shown_lines(screen.view)
        assert lines[:2] == ["  2025-10-02 · Курьер", "  Порт Актау примет больше судов"]
        assert [line[:4] for line in lines[5:9] if line] == ["│ «М", "  Но"]
        bold = [segment.text for segment in screen.view.render_line(1) if segment.style.bold]
        assert "".join(bold) == "Порт  примет больше судов", "the town is only suggested"


async def test_the_way_up_ends_where_the_article_begins(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 9)) as pilot:
        screen = await opened(pilot, library)
        view = screen.view
        await press(pilot, "end")
        assert view.scroll_offset.y > 0
        await press(pilot, "home", "right")
        assert view.scroll_offset.y == 0, "date and source are in sight"
        cursor = view.cursor
        await press(pilot, "up")
        assert view.cursor == cursor


@pytest.mark.parametrize(
    ("keys", "width", "said"),
    [
        ("w", 104, "lines of 104 cells"),
        ("ww", 120, "lines of 120 cells"),
        ("www", 0, "lines of 153 cells"),
        ("wwww", 0, "lines as wide as the window: 153 cells"),
        ("wwwW", 120, "lines of 120 cells"),
        ("W", 72, "lines of 72 cells"),
        ("WW", 60, "lines of 60 cells"),
        ("WWW", 60, "lines of 60 cells, the narrowest"),
    ],
)
async def test_lines_are_made_wider_and_narrower(
    library: Library, keys: str, width: int, said: str
) -> None:
    async with app_on(library).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, *keys)
        assert status_line(screen) == said
        assert screen.view.reading.width == width
        lines = shown_lines(screen.view)
        longest = max(cell_len(line.strip(" │")) for line in lines)
        assert longest <= (width or 153)
        left = len(lines[0]) - len(lines[0].lstrip())
        assert left == max((156 - (width or 153)) // 2, 2), "it stands in the middle"


async def test_a_window_without_room_for_more_says_so(library: Library) -> None:
    async with app_on(library).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, library)
        for key in "wW":
            await press(pilot, key)
            assert status_line(screen).startswith("lines as wide as the window: ")
            assert screen.view.reading == Reading()


async def test_how_it_was_read_comes_back(library: Library) -> None:
    async with app_on(library).run_test(size=WIDE) as pilot:
        await opened(pilot, library)
        await press(pilot, "w", "t", "q")
    async with app_on(library).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, library)
        assert (screen.view.reading.width, screen.view.tagged) == (104, True)
        assert "[Актау]LOC?" in shown_lines(screen.view)[1]


async def test_labels_in_the_text_tell_what_was_decided(library: Library) -> None:
    async with app_on(library).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "t", "tab", "a", "x")
        text = "\n".join(shown_lines(screen.view))
        assert "Порт [Актау]LOC+ примет" in text
        assert "[Павел Орехов]PER-" in text
        assert "[1,5 млрд" in text
        await press(pilot, "t")
        assert status_line(screen) == "no labels in the text"
        assert "LOC" not in "\n".join(shown_lines(screen.view))


async def test_the_mouse_finds_the_word_under_it_with_labels_between(library: Library) -> None:
    async with app_on(library).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, library)
        view = screen.view
        await press(pilot, "t")
        row = row_of(view, "Директор порта")
        line = shown_lines(view)[row]
        for word in ("порта", "Орехов", "встретился", "Порт получит"):
            assert await pilot.click(ArticleView, offset=(line.index(word) + 1, row))
            await pilot.pause()
            cursor = view.cursor
            assert stored(library).article.text[cursor.start : cursor.end] == word.split()[0]
        assert await pilot.click(ArticleView, offset=(line.index("]PER?") + 2, row))
        await pilot.pause()
        assert screen.view.annotation is not None
        assert stored(library).text_of(screen.view.annotation) == "Павел Орехов"


async def test_the_cursor_keeps_its_row_when_lines_are_broken_anew(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 12)) as pilot:
        screen = await opened(pilot, library)
        view = screen.view
        await press(pilot, "end")

        def row() -> int:
            assert view._page is not None
            return view._page.line_of(view.cursor.start) - view.scroll_offset.y

        for key in "ttt":
            before, lines = row(), view.virtual_size.height
            await press(pilot, key)
            assert view.virtual_size.height != lines
            assert 0 <= row() < view.size.height
            assert row() == before or view.max_scroll_y in (0, view.scroll_offset.y)


def nested() -> Document:
    document = harbour()
    text = document.article.text
    more = (
        suggestion(text, "Директор порта Павел Орехов", "ORG", value={"name": "Порт"}),
        suggestion(text, "Орехов встретился", "DATE"),
    )
    article = replace(document.article, id="nested")
    return Document(article, (*document.annotations, *more))


async def test_what_lies_around_the_annotation_is_explained(library: Library) -> None:
    library.add(nested())
    async with app_on(library, "nested").run_test(size=WIDE) as pilot:
        screen = await opened(pilot, library)
        text = "\n".join(shown_lines(screen.view))
        assert "[Директор порта [Павел [Орехов]] встретился] с Ольгой" in text
        await press(pilot, "tab", "tab", "tab")
        assert explained(screen) == (
            "PER Павел Орехов · suggested 0.90 · test · 2026-01-31 12:00 · "
            "crosses DATE «Орехов встретился» · in ORG «Директор порта Павел Орехов»"
        )


async def styles(pilot: Pilot[None], view: ArticleView, text: str) -> tuple[bool, bool, bool]:
    """Whether some text is bold, italic, struck through."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    for row in range(view.size.height):
        for segment in view.render_line(row):
            if segment.text == text and segment.style:
                style = segment.style
                return bool(style.bold), bool(style.italic), bool(style.strike)
    raise AssertionError(f"{text!r} is not shown by itself")


async def test_mine_others_and_what_nobody_decided_look_different(library: Library) -> None:
    """Also where somebody else decides while the article is open."""
    stamp = Stamp("user:boris", "2026-01-31T12:30:00Z")
    town = stored(library).annotations[0]
    library.apply("harbour", set_status(town, "accepted", stamp), author=stamp.author)
    async with app_on(library).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab")
        assert "accepted by boris · test 0.90" in explained(screen)
        await press(pilot, "tab", "a", "a")
        assert await styles(pilot, screen.view, "Актау") == (True, True, False)
        assert await styles(pilot, screen.view, "Павел Орехов") == (True, False, False)
        await press(pilot, "shift+tab")
        assert "accepted by you · test 0.90" in explained(screen)
        assert await styles(pilot, screen.view, "1,5 млрд тенге") == (False, False, False)
        money = next(each for each in stored(library).annotations if each.label == "MONEY")
        edit = correct(money, stamp, value=money.value, entity=None)
        library.apply("harbour", edit, author=stamp.author)
        await screen._look()
        assert await styles(pilot, screen.view, "1,5 млрд тенге") == (True, True, False)


@pytest.fixture
def _without_colours() -> None:
    theme.use(theme.Look(colours=0))


@pytest.mark.usefixtures("_without_colours")
async def test_without_colours_labels_are_shown_until_they_are_switched_off(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, library)
        assert "[Актау]LOC?" in shown_lines(screen.view)[1]
        await press(pilot, "t")
        assert screen.view.reading.tags is False
        assert "LOC" not in shown_lines(screen.view)[1]
        await press(pilot, "tab")
        assert explained(screen).startswith("LOC Актау")
