"""The dictionary of the library on the screen: what is listed, and what can be laid down."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.gazetteer import Ruling
from annotations.model import Document, Status
from store import gazetteer
from store.errors import CannotWrite
from store.library import Library
from tests.screen.conftest import NOON, suggestion
from tests.screen.test_correcting import app_on, opened, press
from tui.app import ZametkaApp
from tui.screens.article import ArticleScreen
from tui.screens.dialogs import Menu
from tui.screens.dictionary import DictionaryScreen
from tui.screens.library import LibraryScreen
from tui.widgets.bar import Bar
from tui.widgets.dictionary_list import DictionaryList

QUAY = "Верфь у Актау. На Верфи рады, о Верфи пишут. Роман ушёл с Верфи."
DATES = {"created": NOON, "modified": NOON}


def decided(quote: str, label: str, name: str, status: Status, nth: int = 0) -> Document:
    """An article of its own in which a name was decided once."""
    annotation = suggestion(QUAY, quote, label, nth, value={"name": name}, status=status)
    return Document(make_article(QUAY, id=f"{label}{annotation.start}", title=quote), (annotation,))


@pytest.fixture
def known(library: Library) -> Library:
    """«Верфь» accepted three times, «Актау» once, «Роман» rejected."""
    for document in (
        decided("Верфь", "ORG", "Верфь", "accepted"),
        decided("Верфи", "ORG", "Верфь", "accepted", 0),
        decided("Верфи", "ORG", "Верфь", "accepted", 1),
        decided("Актау", "LOC", "Актау", "accepted"),
        decided("Роман", "PER", "Роман", "rejected"),
    ):
        library.add(document)
    return library


async def dictionary(pilot: Pilot[None]) -> DictionaryScreen:
    """The dictionary, opened with its key and read to its end."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await press(pilot, "D")
    screen = pilot.app.screen
    assert isinstance(screen, DictionaryScreen)
    return screen


def names(screen: DictionaryScreen) -> list[str]:
    return [row.name for row in screen.query_one(DictionaryList).rows]


def bar(screen: DictionaryScreen, name: str) -> str:
    return screen.query_one(f"#{name}", Bar).text


def line(screen: DictionaryScreen, number: int) -> str:
    listed = screen.query_one(DictionaryList)
    return "".join(text for text, _ in listed.pieces(number, listed.size.width))


def rulings(library: Library) -> tuple[Ruling, ...]:
    return gazetteer.read(library.path).rulings


async def test_from_the_list_it_shows_what_was_decided(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        assert names(screen) == ["Актау", "Верфь", "Роман"]
        assert line(screen, 1).split() == ["✓", "Верфь", "ORG", "3", "0", "2026-01-31", "Верфи",
                                           "2,", "Верфь", "1"]  # fmt: skip
        assert line(screen, 2).startswith("− Роман")
        assert bar(screen, "status") == "3 names"
        assert bar(screen, "title").endswith("new articles learn from this library")
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(50, 16), (80, 24), (200, 50)])
async def test_columns_stand_under_their_heads(known: Library, size: tuple[int, int]) -> None:
    async with app_on(known, None).run_test(size=size) as pilot:
        screen = await dictionary(pilot)
        heads = f" {bar(screen, 'heads')}"
        row = line(screen, 1)
        assert len(row) <= size[0] - 1
        assert heads.index("label") == row.index("ORG")
        assert heads.index("✓") == row.index("3")
        assert heads.index("↓name") == row.index("Верфь")


async def test_from_an_article_it_begins_at_the_name_under_the_cursor(known: Library) -> None:
    async with app_on(known, "PER45").run_test(size=(80, 24)) as pilot:
        article = await opened(pilot, known)
        article.view.go_to_annotation(article.document.annotations[0])
        screen = await dictionary(pilot)
        assert names(screen)[screen.query_one(DictionaryList).cursor] == "Роман"
        assert bar(screen, "explain").startswith("rejected: not suggested · decided in 1 article")
        await press(pilot, "q")
        assert pilot.app.screen is article


async def test_the_list_is_filtered_with_each_letter_and_sorted(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "slash", "в", "е", "р")
        assert names(screen) == ["Верфь"]
        await press(pilot, "enter")
        assert bar(screen, "status") == "1 of 3 names with «вер» (Esc: all)"
        await press(pilot, "slash", "backspace", "о")
        assert names(screen) == ["Роман"]
        await press(pilot, "escape")
        assert names(screen) == ["Верфь"]
        await press(pilot, "escape", "o", "o")
        assert names(screen) == ["Верфь", "Актау", "Роман"]
        assert bar(screen, "status") == "sorted by how often it was accepted"


async def test_enter_opens_the_article_and_q_comes_back(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == "LOC8"
        assert article.view.annotation == article.document.annotations[0]
        await press(pilot, "D")
        assert pilot.app.screen is screen
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, Menu)
        _first, second, _third = screen.query_one(DictionaryList).rows[1].counts.places
        await press(pilot, "down", "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == second
        assert article.view.annotation == article.document.annotations[0]
        await press(pilot, "q")
        assert pilot.app.screen is screen


async def test_x_switches_an_entry_off_and_on_again(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "down", "x")
        assert rulings(known) == (
            Ruling("ORG", "Верфь", "user:anna", "2026-01-31T13:00:00Z", is_on=False),
        )
        assert line(screen, 1).startswith("✗ Верфь")
        assert bar(screen, "status") == "saved: «Верфь» is never suggested"
        assert "switched off by anna on 2026-01-31" in bar(screen, "explain")
        await press(pilot, "x")
        assert rulings(known) == ()
        assert line(screen, 1).startswith("✓ Верфь")


async def test_name_and_label_are_changed_and_taken_back(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "v", *["backspace"] * 5, "-", "enter")
        assert "letters or digits" in str(pilot.app.screen.query_one("#error0").render())
        await press(pilot, "backspace", *"Порт", "down", "left", "enter")
        (ruling,) = rulings(known)
        assert (ruling.label, ruling.name, ruling.as_label, ruling.as_name) == (
            "LOC", "Актау", "ORG", "Порт",
        )  # fmt: skip
        assert names(screen) == ["Верфь", "Порт", "Роман"]
        assert bar(screen, "explain").startswith("suggested · was LOC «Актау» by anna")
        await press(pilot, "d")
        assert rulings(known) == ()
        assert names(screen) == ["Актау", "Верфь", "Роман"]
        await press(pilot, "d")
        assert bar(screen, "status") == "nobody has laid down anything about this name"


async def test_a_name_is_added_by_hand(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "a", *"Мол", "down", "right", "enter")
        (ruling,) = rulings(known)
        assert (ruling.label, ruling.name, ruling.is_new) == ("ORG", "Мол", True)
        listed = screen.query_one(DictionaryList)
        assert listed.rows[listed.cursor].name == "Мол"
        await press(pilot, "enter")
        assert bar(screen, "status") == "nobody has decided about this name in an article"


async def test_learning_is_switched_off_for_everybody(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "L")
        learning = gazetteer.read(known.path).learning
        assert (learning.is_on, learning.author) == (False, "user:anna")
        assert "do not learn from this library: anna switched" in bar(screen, "title")
        await press(pilot, "L")
        assert gazetteer.read(known.path).learning.is_on


async def test_what_somebody_else_laid_down_meanwhile_is_shown(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        theirs = Ruling("LOC", "Актау", "user:boris", NOON, as_name="Порт Актау")
        gazetteer.put(known.path, theirs, None)
        await press(pilot, "x")
        assert rulings(known) == (theirs,)
        assert bar(screen, "status").startswith("not saved: LOC «Актау» was changed by boris")
        assert "Порт Актау" in names(screen)


async def test_a_disk_that_refuses_is_told(known: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("the disk is full")

    monkeypatch.setattr(gazetteer, "put", refuse)
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        await press(pilot, "x")
        assert bar(screen, "status") == "not saved: the disk is full"


async def test_the_screen_lives_while_the_library_is_read(
    known: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(walk: Iterator[Document], take: object) -> int:
        for document in walk:
            take(document)  # type: ignore[operator]
            said.append(bar(screen, "status"))
            return 1
        return 0

    said: list[str] = []
    monkeypatch.setattr("tui.screens.decided.turn", one)
    app = app_on(known, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        assert isinstance(app, ZametkaApp)
        await app.action_dictionary()
        screen = app.screen
        assert isinstance(screen, DictionaryScreen)
        await pilot.press("o")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert any(each.startswith("reading: ") for each in said)
        assert len(names(screen)) == 3


async def test_names_from_articles_are_shown_harmlessly(library: Library) -> None:
    text = "Вер\x1b[31mфь\u202e стоит."
    bad = suggestion(text, text[:12], "ORG", value={"name": "[b]Вер\x1b[31mфь"}, status="accepted")
    library.add(Document(make_article(text, id="bad", title="\x1b]0;x\x07"), (bad,)))
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        assert line(screen, 0).startswith("✓ [b]Вер␛[31mфь")
        assert "\x1b" not in "".join(line(screen, 0))
        await press(pilot, "v", "escape", "x")
        assert "never suggested" in bar(screen, "status")
        picture = pilot.app.export_screenshot()
        assert "\x1b" not in picture


async def test_where_nothing_was_decided_it_says_what_will_be_here(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await dictionary(pilot)
        assert screen.query_one("#empty").display
        assert bar(screen, "status") == "0 names"
        await press(pilot, "x", "v", "enter")
        assert bar(screen, "status") == "there is no name at the cursor"
