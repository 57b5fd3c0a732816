"""Which mentions are of one thing: grouped and ungrouped in one step."""

from textual.pilot import Pilot
from textual.widgets import Static

from annotations.articles import make_article
from annotations.model import Document
from store.library import Library
from tests.screen.conftest import suggestion
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tui.screens.grouping import GroupMenu
from tui.widgets.line_list import LineList

ROAD = """Совет дорог

Совет дорог Мангистау принял план. Директор совета Ли доволен, а Олег Ли — нет. СДМ ждёт 5 машин."""


def rows(pilot: Pilot[None]) -> list[str]:
    """What the menu offers, from top to bottom."""
    menu = pilot.app.screen
    assert isinstance(menu, GroupMenu)
    entities = menu.query_one(LineList)
    return [
        " ".join(text.strip() for text, _ in entities.pieces(line, 60)).strip()
        for line in range(entities.line_count())
    ]


def hint(pilot: Pilot[None]) -> str:
    """The line that says how many mentions Enter moves."""
    return str(pilot.app.screen.query_one("#together", Static).render())


async def test_the_entity_that_it_belongs_to_now_changes_nothing(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = stored(library)
        screen.view.go_to_annotation(only(before, "Ольге Сабитовой"))
        await press(pilot, "r", "up", "enter")
        assert status_line(screen) == "it belongs there already"
        assert stored(library) == before


async def test_a_mention_joins_another_entity_and_takes_its_name(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = stored(library)
        screen.view.go_to_annotation(only(before, "Ольге Сабитовой"))
        await press(pilot, "r")
        assert rows(pilot) == [
            "• Ольга Сабитова PER 2",
            "Павел Орехов PER 2",
            "Актау LOC 1",
            "a new entity, for this mention alone",
        ]
        await press(pilot, "enter")
        moved = only(stored(library), "Ольге Сабитовой")
        assert (moved.entity, moved.value) == ("e2", {"name": "Павел Орехов"})
        assert (moved.status, moved.author) == ("accepted", "user:anna")
        assert screen.view.annotation == moved
        await press(pilot, "u")
        assert stored(library).annotations == before.annotations


async def test_a_mention_that_leaves_its_entity_gets_a_new_one(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        screen.view.go_to_annotation(only(stored(library), "Ольге Сабитовой"))
        await press(pilot, "r", "end", "enter")
        after = stored(library)
        assert only(after, "Ольге Сабитовой").entity == "e4"
        assert only(after, "Ольге Сабитовой").value == {"name": "Ольга Сабитова"}
        assert quotes(after, entity="e3") == ["Ольгой Сабитовой"]
        assert status_line(screen) == "saved: «Ольге Сабитовой» is on its own"


async def test_all_mentions_of_an_entity_join_another(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = stored(library)
        screen.view.go_to_annotation(only(before, "Ольге Сабитовой"))
        await press(pilot, "r")
        assert hint(pilot) == "Enter moves this mention alone. a: Enter moves all 2"
        await press(pilot, "a")
        assert hint(pilot) == "Enter moves all 2 mentions. a: Enter moves this one alone"
        await press(pilot, "enter")
        after = stored(library)
        assert len(quotes(after, entity="e2")) == 4
        assert quotes(after, entity="e3") == []
        there = only(after, "Ольгой Сабитовой")
        assert (there.status, there.value) == ("suggested", {"name": "Павел Орехов"})
        assert after.revision == before.revision + 1


async def test_the_likeliest_entities_come_first(library: Library) -> None:
    found = (
        suggestion(ROAD, "Совет дорог Мангистау", "ORG", entity="e1"),
        suggestion(ROAD, "Ли", "PER", value={"name": "Ли"}, entity="e2"),
        suggestion(ROAD, "Олег Ли", "PER", value={"name": "Олег Ли"}, entity="e3"),
        suggestion(ROAD, "СДМ", "ORG", value={"name": "СДМ"}, entity="e4"),
    )
    library.add(Document(make_article(ROAD, id="road"), found))
    async with app_on(library, "road").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        screen.view.go_to_annotation(found[1])
        await press(pilot, "r")
        assert rows(pilot)[1] == "Олег Ли PER 1"
        await press(pilot, "escape")
        screen.view.go_to_annotation(found[3])
        await press(pilot, "r")
        assert rows(pilot)[1] == "Совет дорог Мангистау ORG 1"
        await press(pilot, "enter")
        assert quotes(stored(library, "road"), entity="e1") == ["Совет дорог Мангистау", "СДМ"]


async def test_what_cannot_be_grouped_says_why(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        screen.view.go_to_annotation(only(stored(library), "1,5 млрд тенге"))
        await press(pilot, "r")
        assert "only names are grouped" in status_line(screen)
        screen.view.go_to_annotation(only(stored(library), "Актау"))
        await press(pilot, "x")
        screen.view.go_to_annotation(only(stored(library), "Актау"))
        await press(pilot, "r")
        assert "accept it first" in status_line(screen)


async def test_the_only_entity_says_that_there_is_no_other(library: Library) -> None:
    async with app_on(library, "school").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "r")
        assert "no other entity" in status_line(screen)
