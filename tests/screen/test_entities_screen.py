"""The entities of a library on the screen: the list, the page of one, what leads to articles."""

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from annotations.articles import make_article
from annotations.model import Document
from store.errors import CannotWrite
from store.library import Library
from tests.screen.conftest import HARBOUR, suggestion
from tests.screen.test_correcting import app_on, press
from tui.screens.article import ArticleScreen
from tui.screens.entities import EntitiesScreen
from tui.screens.entity import EntityScreen
from tui.screens.library import LibraryScreen
from tui.widgets.bar import Bar
from tui.widgets.entity_list import EntityList
from tui.widgets.entity_page_list import EntityPageList

OPENING = "Ольга Сабитова открыла мост. За 3 дня по нему прошла Ольга Сабитова из Актау."


@pytest.fixture
def known(library: Library) -> Library:
    """A third article, with two of those whom «harbour» mentions."""
    sabitova = {"value": {"name": "Ольга Сабитова"}, "entity": "e1"}
    three = {"min": "P3D", "max": "P3D"}
    annotations = (
        suggestion(OPENING, "Ольга Сабитова", "PER", **sabitova),
        suggestion(OPENING, "3 дня", "DURATION", value=three),
        suggestion(OPENING, "Ольга Сабитова", "PER", 1, **sabitova),
        suggestion(OPENING, "Актау", "LOC", value={"name": "Актау"}, entity="e2"),
    )
    library.add(Document(make_article(OPENING, id="bridge", published="2025-11-01"), annotations))
    return library


async def entities(pilot: Pilot[None]) -> EntitiesScreen:
    """The list of entities, opened with its key and read to its end."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await press(pilot, "e")
    screen = pilot.app.screen
    assert isinstance(screen, EntitiesScreen)
    return screen


async def page(pilot: Pilot[None], *keys: str) -> EntityScreen:
    """The page that keys lead to."""
    await press(pilot, *keys)
    screen = pilot.app.screen
    assert isinstance(screen, EntityScreen)
    return screen


def names(screen: EntitiesScreen) -> list[str]:
    return [row.name for row in screen.query_one(EntityList).rows]


def bar(pilot: Pilot[None], name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", Bar).text


def lines(pilot: Pilot[None]) -> list[str]:
    kind = EntityPageList if isinstance(pilot.app.screen, EntityScreen) else EntityList
    listed = pilot.app.screen.query_one(kind)
    count = listed.line_count()
    return [
        "".join(text for text, _ in listed.pieces(line, listed.size.width)).rstrip()
        for line in range(count)
    ]


async def test_the_list_leads_to_who_and_what_is_mentioned(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await entities(pilot)
        assert names(screen) == ["Ольга Сабитова", "Актау", "Павел Орехов", "Анна Левченко"]
        assert lines(pilot)[0].split() == [
            "Ольга", "Сабитова", "PER", "2", "4", "2025-11-01", "▁▁▁▁▁█▁▁▁▁█",
        ]  # fmt: skip
        assert bar(pilot, "status") == "4 entities"
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(50, 6), (80, 24), (140, 50)])
async def test_columns_stand_under_their_heads(known: Library, size: tuple[int, int]) -> None:
    async with app_on(known, None).run_test(size=size) as pilot:
        await entities(pilot)
        heads, row = f" {bar(pilot, 'heads')}", lines(pilot)[1]
        assert len(row) < size[0]
        assert heads.index("label") == row.index("LOC")
        assert heads.index("articles") + len("articles") == row.index(" 2") + 2


async def test_the_list_is_filtered_with_each_letter_and_sorted(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await entities(pilot)
        await press(pilot, "slash", *"орех")
        assert names(screen) == ["Павел Орехов"]
        await press(pilot, "enter")
        assert bar(pilot, "status") == "1 of 4 entities with «орех» (Esc: all)"
        await press(pilot, "escape", "o", "o")
        assert names(screen) == ["Актау", "Анна Левченко", "Ольга Сабитова", "Павел Орехов"]
        assert bar(pilot, "status") == "sorted by name"
        assert bar(pilot, "heads").startswith("↓name")


async def test_a_page_says_with_whom_beside_which_figures_and_where(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        await entities(pilot)
        await page(pilot, "enter")
        assert bar(pilot, "title") == "PER Ольга Сабитова"
        assert bar(pilot, "counts") == "2 articles · 4 mentions · from 2025-10-02 to 2025-11-01"
        found = [line.split() for line in lines(pilot)]
        assert found[:3] == [
            ["Together", "with"],
            ["LOC", "Актау", "2", "of", "its", "2", "articles"],
            ["PER", "Павел", "Орехов", "1", "of", "its", "1", "article"],
        ]
        assert found[4] == ["Figures", "in", "the", "same", "sentences"]
        assert found[5][:2] == ["3", "days"]
        assert lines(pilot)[7:9] == [
            " Mentions",
            f"{'':27}Ольга Сабитова открыла мост. За 3 дня п…  2025-11-01",
        ]
        keys = [line.index("Ольг") for line in lines(pilot)[8:]]
        assert keys == [27, 27, 27, 27]


async def test_what_stands_before_a_mention_fills_its_cells(library: Library) -> None:
    """Stress marks take no cell, ideographs take two."""
    stressed = "Все\u0301 дела\u0301 и\u0301 слова\u0301 " * 9
    for number, text in enumerate((f"{stressed}Ким", f"{'橋' * 60}Ким")):
        found = suggestion(text, "Ким", "PER", value={"name": "Ким Чжу"}, entity="e1")
        library.add(Document(make_article(text, id=f"kim{number}", title="Ким"), (found,)))
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await entities(pilot)
        await press(pilot, "slash", *"чжу", "enter")
        await page(pilot, "enter")
        before = [line[: line.index("Ким")] for line in lines(pilot) if "Ким" in line]
        assert [cell_len(each) for each in before] == [27, 27]
        assert sorted(each[:3] for each in before) == ["  …", " …и"]


async def test_enter_leads_to_articles_and_to_other_pages_and_back(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        listed = await entities(pilot)
        first = await page(pilot, "enter")
        second = await page(pilot, "down", "enter")
        assert bar(pilot, "title") == "PER Павел Орехов"
        await press(pilot, "end", "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == "harbour"
        assert article.view.cursor.start == HARBOUR.index("Орехов", HARBOUR.index("Орехов") + 1)
        await press(pilot, "q")
        assert pilot.app.screen is second
        await press(pilot, "q")
        assert pilot.app.screen is first
        await press(pilot, "tab", "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.view.cursor.start == OPENING.index("3 дня")
        await press(pilot, "q", "escape")
        assert pilot.app.screen is listed


async def test_names_from_articles_are_shown_harmlessly(library: Library) -> None:
    text = "Вер\x1b[31mфь\u202e стоит."
    bad = suggestion(text, text[:12], "ORG", value={"name": "[b]Вер\x1b[31mфь"})
    library.add(Document(make_article(text, id="bad", title="\x1b]0;x\x07"), (bad,)))
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await entities(pilot)
        await press(pilot, "slash", *"верфь")
        await page(pilot, "backspace", "backspace", "enter", "enter")
        assert "␛[31m" in "".join(lines(pilot))
        assert "\x1b" not in "".join(lines(pilot)) + bar(pilot, "title").replace("\x1b[31m", "")
        assert "\x1b" not in pilot.app.export_screenshot()


async def test_where_nothing_is_annotated_it_says_so(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    library = Library.create(tmp_path_factory.mktemp("empty") / "library")
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await entities(pilot)
        assert screen.query_one("#empty").display
        await press(pilot, "enter")
        assert bar(pilot, "status") == "there is no entity at the cursor"


async def test_an_index_that_cannot_be_written_is_told(
    known: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite("the disk is full")

    monkeypatch.setattr("tui.indexing.open_index", refuse)
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        await entities(pilot)
        assert bar(pilot, "status") == "the disk is full"


async def test_a_page_of_what_is_no_longer_mentioned_says_so(known: Library) -> None:
    async with app_on(known, None).run_test(size=(80, 24)) as pilot:
        screen = await entities(pilot)
        gone = EntityScreen(known, screen.open_at, 999, "Мост")
        await pilot.app.push_screen(gone)
        await press(pilot, "r")
        assert bar(pilot, "title") == "Мост"
        assert bar(pilot, "status") == "«Мост» is no longer mentioned"
        await press(pilot, "enter")
        assert bar(pilot, "status") == "there is nothing to open at the cursor"
