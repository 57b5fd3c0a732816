"""The list of articles: what its keys do, and what comes back at the next start."""

import pytest
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.model import Document
from store.copies import trash
from store.library import Library
from store.person.personal import Personal, state_folder
from tests.screen.test_correcting import app_on, opened, press, status_line, stored
from tui import theme
from tui.screens.library import LibraryScreen
from tui.widgets.article_list import ArticleList, Columns, heads
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel


async def listed(pilot: Pilot[None]) -> ArticleList:
    """The list, when the library has been read."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, LibraryScreen)
    return screen.query_one(ArticleList)


def titles(articles: ArticleList) -> list[str]:
    return [each.title.split()[0] for each in articles.summaries]


def line(articles: ArticleList, number: int, width: int = 79) -> str:
    return "".join(text for text, _ in articles.pieces(number, width))


def status(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one("#status", Bar).text


def cursor_on(articles: ArticleList) -> object:
    return articles.group_of(articles.cursor)


async def test_a_row_says_date_title_what_is_left_and_who_decided(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        assert line(articles, 0).split("  ")[:2] == [
            "•2025-10-02",
            "Порт Актау примет больше судов",
        ]
        assert line(articles, 0).split()[-1] == "7"
        await press(pilot, "enter", "tab", "a", "q")
        assert line(articles, 0).split()[-2:] == ["6", "anna"]


async def test_what_has_been_opened_is_no_longer_bold(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        await press(pilot, "enter", "q")
        first, second = (articles.pieces(number, 79) for number in (0, 1))
        assert (first[0][0], first[3][1]) == (" ", theme.PLAIN)
        assert (second[0][0], second[3][1]) == ("•", theme.BOLD)


async def test_o_sorts_and_the_arrow_says_by_what(library: Library) -> None:
    async with app_on(library, None).run_test(size=(120, 24)) as pilot:
        articles = await listed(pilot)
        found = []
        for _ in range(4):
            column = pilot.app.screen.query_one("#heads", Bar).text
            found.append((column[column.index("↓") :].split()[0], titles(articles)))
            await press(pilot, "o")
        by_harbour = ["Порт", "В"]
        assert found == [
            ("↓date", by_harbour),
            ("↓title", ["В", "Порт"]),
            ("↓source", by_harbour),
            ("↓left", by_harbour),
        ]


async def test_f_narrows_the_list_and_escape_shows_all(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        await press(pilot, "down", "enter", "tab", "a", "q")
        found = []
        for _ in range(4):
            await press(pilot, "f")
            found.append((titles(articles), status(pilot).split(" (")[0]))
        assert found == [
            (["Порт"], "1 shown: unread"),
            (["Порт"], "1 shown: with suggestions"),
            (["В"], "1 shown: mine"),
            (["Порт", "В"], "all articles are shown"),
        ]
        await press(pilot, "f", "escape")
        assert titles(articles) == ["Порт", "В"]


async def test_a_slash_looks_in_title_source_and_date(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        for text, expected in (("курьер", ["Порт"]), ("2025-09", ["В"]), ("нет", [])):
            await press(pilot, "slash", *text, "enter")
            assert titles(articles) == expected
        assert status(pilot).startswith("0 shown: «нет»")


async def test_the_progress_of_the_library_is_told(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        assert status(pilot) == "0 of 2 articles finished · 8 suggestions left"
        await press(pilot, "down", "enter", "tab", "a", "q")
        assert status(pilot) == "1 of 2 articles finished · 7 suggestions left"


@pytest.mark.parametrize("key", ["n", "greater_than_sign"])
async def test_the_next_with_suggestions_in_the_list(library: Library, key: str) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        await press(pilot, key)
        assert cursor_on(articles) == "school"
        await press(pilot, key)
        assert cursor_on(articles) == "harbour"
        await press(pilot, "down", "enter", "tab", "a", "q", "up", key)
        assert cursor_on(articles) == "harbour"
        assert "no other article" in status(pilot)


async def test_the_next_with_suggestions_from_an_article(library: Library) -> None:
    async with app_on(library, "school").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "greater_than_sign")
        screen = await opened(pilot, library)
        assert screen.article_id == "harbour"
        await press(pilot, "greater_than_sign", "tab", "a", "greater_than_sign")
        screen = await opened(pilot, library)
        assert screen.article_id == "harbour"
        await press(pilot, "greater_than_sign")
        assert "no other article with suggestions" in status_line(screen)


async def test_finishing_an_article_does_not_end_the_way_through_a_narrow_list(
    library: Library,
) -> None:
    """With suggestions only: the finished article is no longer listed, the next one is found."""
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await press(pilot, "f", "f", "enter", "tab", *"aaaaaaa")
        assert {each.status for each in stored(library).annotations} == {"accepted"}
        await press(pilot, "right_curly_bracket")
        assert (await opened(pilot, library)).article_id == "school"


# what comes back


async def test_an_article_that_was_left_open_comes_back_at_the_cursor(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await press(pilot, "enter", "tab", "tab", "p")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        assert screen.article_id == "harbour"
        assert screen.view.annotation is not None
        assert screen.document.text_of(screen.view.annotation) == "Павел Орехов"
        assert screen.query_one(Panel).has_class("hidden")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "q")
        assert cursor_on(await listed(pilot)) == "harbour"


async def test_the_list_comes_back_sorted_and_narrowed_with_its_cursor(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await press(pilot, "down", "enter", "q", "o", "o", "f", "f")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        assert cursor_on(articles) == "school"
        assert status(pilot).startswith("2 shown: with suggestions")
        assert "↓" not in pilot.app.screen.query_one("#heads", Bar).text.split("title")[0]
        assert line(articles, 1)[0] == " "


async def test_the_article_that_is_asked_for_goes_before_the_one_left_open(
    library: Library,
) -> None:
    async with app_on(library, "harbour").run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
    async with app_on(library, "school").run_test(size=(80, 24)) as pilot:
        assert (await opened(pilot, library)).article_id == "school"


async def test_an_article_that_is_gone_leaves_the_list(library: Library) -> None:
    personal = Personal(library.path)
    personal.open("gone", 5)
    personal.write()
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        assert titles(await listed(pilot)) == ["Порт", "В"]


async def test_a_damaged_state_is_told_in_a_line(library: Library) -> None:
    personal = Personal(library.path)
    personal.open("harbour", 5)
    personal.write()
    (path,) = state_folder().glob("*.json")
    path.write_text("{")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        assert "last visit is passed over" in status(pilot)


async def test_an_offset_beyond_the_text_is_its_last_word(library: Library) -> None:
    personal = Personal(library.path)
    personal.open("school", 10**6)
    personal.write()
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        text = screen.document.article.text
        assert text[screen.view.cursor.start : screen.view.cursor.end] == "вчера"


@pytest.mark.parametrize("width", [39, 59, 79, 99, 199])
def test_heads_and_rows_have_the_same_columns(width: int) -> None:
    row = "".join(Columns.of(width).line("2025-10-02", "Курьер", "Порт", "12", "anna"))
    assert len(row) == width - 2  # a mark stands before it, the scrollbar behind it
    for order, head, content in (("date", "↓date", "2025"), ("title", "↓title", "Порт")):
        assert heads(width, order).index(head) == row.index(content)
    left = heads(width, "date").index("left")
    assert row[left : left + 4] == "  12"


async def test_what_others_add_and_remove_comes_and_goes_and_the_cursor_stays(
    library: Library,
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        articles = await listed(pilot)
        await press(pilot, "down")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        library.add(Document(make_article("Мост открыт.", id="мост", published="2026-01-01")))
        await screen.look_around()
        assert (titles(articles), cursor_on(articles)) == (["Мост", "Порт", "В"], "school")
        assert status(pilot) == "1 new article"
        trash.remove(library, "harbour", "user:boris")
        await screen.look_around()
        assert (titles(articles), cursor_on(articles)) == (["Мост", "В"], "school")


async def test_a_library_that_can_be_written_again_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        title = screen.query_one("#title", Bar)
        with monkeypatch.context() as closed:
            closed.setattr(LibraryScreen, "why_not", lambda _self: "the disk is read-only")
            await press(pilot, "r")
            assert title.text.startswith("[read-only]")
        await screen.look_around()
        assert not title.text.startswith("[read-only]")
