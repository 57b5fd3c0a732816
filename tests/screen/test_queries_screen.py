"""The saved queries on the screen: what they find, what is new, and the list of one's articles."""

from contextlib import closing

import apsw
import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from annotations.articles import make_article
from annotations.model import Document
from annotations.query.saved import SavedQuery
from store.errors import CannotWrite, StoreError
from store.feeds import Feeds
from store.index.keeping import open_index
from store.library import Library
from tests.screen.conftest import NOON
from tests.screen.test_correcting import app_on, press
from tests.screen.test_list import listed, titles
from tui.screens.dialogs import Form, Menu
from tui.screens.library import LibraryScreen
from tui.screens.queries import QueriesScreen
from tui.widgets.bar import Bar
from tui.widgets.query_list import QueryList

BY = {"author": "user:boris", "at": NOON}
PORT = SavedQuery("Порт", "порт", **BY)
ALL = SavedQuery("Всё", "порт OR школа", **BY, is_shared=True)


@pytest.fixture
def feeds(library: Library, monkeypatch: pytest.MonkeyPatch) -> Feeds:
    """One query of anna's own, one of the library's."""
    monkeypatch.setattr("tui.screens.query_form.login", lambda: "anna")
    feeds = Feeds(library.path)
    feeds.save(PORT)
    feeds.save(ALL)
    return feeds


def add(library: Library, text: str, id_: str = "new") -> None:
    library.add(Document(make_article(text, id=id_, published="2025-12-01")))


async def opened(pilot: Pilot[None]) -> QueriesScreen:
    """The screen, opened with its key, when all is counted."""
    await listed(pilot)
    await press(pilot, "F")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, QueriesScreen)
    return screen


def bar(pilot: Pilot[None], name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", Bar).text


def row(screen: QueriesScreen, number: int) -> str:
    shown = screen.query_one(QueryList)
    return "".join(text for text, _ in shown.pieces(number, shown.size.width))


def names(screen: QueriesScreen) -> list[str]:
    return [each.query.name for each in screen.query_one(QueryList).rows]


async def test_it_says_what_each_query_finds_and_what_is_new(
    library: Library, feeds: Feeds
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert row(screen, 0).split() == [
            "●",
            "Всё",
            "everybody's",
            "2",
            "2",
            "порт",
            "OR",
            "школа",
        ]
        assert row(screen, 1).split() == ["●", "Порт", "yours", "1", "1", "порт"]
        assert bar(pilot, "status") == "2 saved queries"
        assert bar(pilot, "explain") == (
            "everybody's, saved by boris on 2026-01-31 · порт OR школа"
        )
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(50, 16), (80, 24), (200, 50)])
async def test_columns_stand_under_their_heads(
    library: Library, feeds: Feeds, size: tuple[int, int]
) -> None:
    async with app_on(library, None).run_test(size=size) as pilot:
        screen = await opened(pilot)
        heads, first = f" {bar(pilot, 'heads')}", row(screen, 0)
        assert len(first) <= size[0] - 1
        assert heads.index("name") == first.index("Всё")
        assert heads.index("whose") == first.index("everybody's")
        assert heads.index("new") + 2 == first.rindex("2")


async def test_enter_lists_its_articles_and_escape_all_again(
    library: Library, feeds: Feeds
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "down", "enter")
        articles = await listed(pilot)
        assert titles(articles) == ["Порт"]
        assert bar(pilot, "title") == "query: Порт · 1 article, 1 new (Esc: all)"
        assert articles.pieces(0, 79)[0][0] == "●"
        await press(pilot, "enter", "q")
        assert articles.pieces(0, 79)[0][0] == "●"
        await press(pilot, "escape")
        assert titles(articles) == ["Порт", "В"]
        assert bar(pilot, "title") == str(library.path)
        assert articles.pieces(0, 79)[0][0] == " "


async def test_what_was_looked_at_is_no_longer_new(library: Library, feeds: Feeds) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "down", "enter")
        add(library, "Второй порт строят в Курыке.")
        screen = await opened(pilot)
        assert row(screen, 1).split()[:5] == ["●", "Порт", "yours", "2", "1"]
        await press(pilot, "down", "enter")
        assert bar(pilot, "title").startswith("query: Порт · 2 articles, 1 new")
        screen = await opened(pilot)
        assert row(screen, 1).split()[:4] == ["Порт", "yours", "2", "0"]


async def test_the_list_of_a_query_is_narrowed_sorted_and_kept_up_to_date(
    library: Library, feeds: Feeds
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        articles = await listed(pilot)
        await press(pilot, "o")
        assert titles(articles) == ["В", "Порт"]
        await press(pilot, "enter", "tab", "a", "q", "f")
        assert titles(articles) == ["В"]
        assert bar(pilot, "status").startswith("1 shown: unread")
        add(library, "О другом.")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        await press(pilot, "f", "f", "f")
        await screen.look_around()
        assert titles(articles) == ["В", "Порт"]
        assert screen.neighbour("school", -1) is None
        await press(pilot, "escape")
        assert len(titles(articles)) == 3


async def test_a_query_is_saved_and_what_is_wrong_stands_under_its_field(
    library: Library, feeds: Feeds
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "a", *"порт", "down", *"кран (", "enter")
        form = pilot.app.screen
        assert isinstance(form, Form)
        errors = [str(form.query_one(f"#error{each}", Static).render()) for each in range(3)]
        assert errors == [
            "there is a query of that name already: choose another one",
            "character 6 of the query: a word or a condition is missing after (",
            "",
        ]
        await press(pilot, "2", "down", "backspace", "down", "right", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert names(screen) == ["Всё", "Порт", "порт2"]
        assert bar(pilot, "status") == "saved: «порт2»"
        assert screen.query_one(QueryList).cursor == 2
        found = feeds.find("порт2")
        assert found is not None
        assert (found.query, found.author, found.is_shared) == ("кран", "user:anna", True)


async def test_a_query_is_changed(library: Library, feeds: Feeds) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "down", "v", "down", *" судно", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert row(screen, 1).split()[:7] == ["●", "Порт", "yours", "1", "1", "порт", "судно"]
        assert [each.query for each in feeds.all()] == [ALL.query, "порт судно"]


async def test_one_s_own_is_removed_at_once_everybody_s_after_a_question(
    library: Library, feeds: Feeds
) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "down", "d")
        await pilot.pause()
        assert names(screen) == ["Всё"]
        assert bar(pilot, "status") == "removed: Порт"
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, Menu)
        await press(pilot, "enter")
        assert feeds.all() == [ALL]
        await press(pilot, "d", "d")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert feeds.all() == []
        assert screen.query_one("#empty").display
        await press(pilot, "v")
        assert bar(pilot, "status") == "there is no query at the cursor"


async def test_what_somebody_else_changed_meanwhile_stays(library: Library, feeds: Feeds) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        theirs = SavedQuery("Всё", "школа", **BY, is_shared=True)
        feeds.save(theirs, ALL)
        await press(pilot, "d", "d")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert bar(pilot, "status").startswith("not saved: the query «Всё» was changed by boris")
        assert screen.query_one(QueryList).rows[0].query == theirs


async def test_a_disk_that_refuses_is_told(
    library: Library, feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("the disk is full")

    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        monkeypatch.setattr(Feeds, "mark_seen", refuse)
        monkeypatch.setattr(Feeds, "save", refuse)
        await press(pilot, "down", "v", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert bar(pilot, "status") == "not saved: the disk is full"
        await press(pilot, "enter")
        assert titles(await listed(pilot)) == ["Порт"]


async def test_an_index_that_cannot_be_had_is_told(
    library: Library, feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("there is no place for an index")

    monkeypatch.setattr("tui.indexing.open_index", refuse)
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert names(screen) == ["Всё", "Порт"]
        assert bar(pilot, "status") == "there is no place for an index"
        await press(pilot, "enter")
        assert bar(pilot, "status") == "there is no place for an index"
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_damaged_index_is_made_anew(library: Library, feeds: Feeds) -> None:
    open_index(library).close()
    with closing(apsw.Connection(str(library.path / "index.sqlite"))) as connection:
        connection.execute("DROP TABLE texts")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert row(screen, 1).split()[:5] == ["●", "Порт", "yours", "1", "1"]


async def test_queries_of_others_are_shown_harmlessly(library: Library, feeds: Feeds) -> None:
    feeds.save(SavedQuery("[b]А[/nope]", "порт \x1b[31m\u202e", **BY, is_shared=True))
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert "[b]А[/nope]" in row(screen, 0)
        assert "порт ␛[31m·" in row(screen, 0)
        await press(pilot, "v", "escape", "d")
        assert "\x1b" not in pilot.app.export_screenshot()
        await press(pilot, "enter", "enter")
        assert bar(pilot, "title").startswith("query: [b]А[/nope] · 0 articles")
