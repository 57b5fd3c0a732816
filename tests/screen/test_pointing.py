"""The panel and the text have one cursor: what is decided is the row that is highlighted."""

import pytest

from annotations.articles import make_article
from annotations.model import Document
from store.library import Library
from tests.screen.conftest import suggestion
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tests.screen.test_panel import lines, panel_of
from tui.screens.article import ArticleScreen
from tui.widgets.bar import Bar

CITY = """Мэр города

В Верхнем Бору выступил третий оратор. Завтра в Верхнем Бору откроют Дом рыбака «Бора»."""


@pytest.fixture(autouse=True)
def _the_cursor_rests_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.widgets.panel.REST", 0)


def explained(screen: ArticleScreen) -> str:
    return screen.query_one("#explain", Bar).text


@pytest.fixture
def city(library: Library) -> Library:
    """An article with a name in two places, and with an ordinal."""
    found = (
        suggestion(CITY, "Верхнем Бору", "LOC", value={"name": "Верхний Бор"}, entity="e1"),
        suggestion(CITY, "третий", "ORDINAL", value={"min": "3", "max": "3"}),
        suggestion(CITY, "Завтра", "DATE", value={"start": "2025-10-03", "end": "2025-10-03"}),
        suggestion(CITY, "Верхнем Бору", "LOC", 1, value={"name": "Верхний Бор"}, entity="e1"),
        suggestion(CITY, "Дом рыбака", "ORG", value={"name": "Дом рыбака"}, entity="e2"),
    )
    library.add(Document(make_article(CITY, id="city", published="2025-10-02"), found))
    return library


async def test_what_is_decided_in_the_panel_is_the_row_at_its_cursor(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        panel = panel_of(screen)
        await press(pilot, "f", "G")
        assert "2027" in lines(panel)[panel.cursor]
        assert screen.view.annotation == only(stored(library), "2027 году")
        assert explained(screen).startswith("DATE 2027")
        assert panel.has_focus
        await press(pilot, "a")
        assert quotes(stored(library), status="accepted") == ["2027 году"]
        assert screen.view.annotation == only(stored(library), "Актау")
        assert "Актау" in lines(panel)[panel.cursor]
        assert panel.has_focus


async def test_keys_that_arrive_together_decide_about_the_row_that_they_lead_to(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "f", "home")
        first = panel_of(screen).cursor
        for key in ("down", "down", "up", "down", "down", "up", "x"):
            pilot.app.simulate_key(key)
        await press(pilot, "f5")
        assert first == 1
        assert quotes(stored(library), status="rejected") == ["Актау"]


async def test_escape_leads_from_the_panel_to_the_text(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "f", "G", "escape")
        assert screen.view.has_focus
        assert screen.view.annotation == only(stored(library), "2027 году")


async def test_enter_says_which_of_the_mentions_it_has_gone_to(city: Library) -> None:
    async with app_on(city, "city").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, city)
        panel = panel_of(screen)
        await press(pilot, "f", *["down"] * 4)
        panel.cursor = next(i for i, line in enumerate(lines(panel)) if "Верхний Бор" in line)
        await press(pilot, "up", "down")
        assert screen.view.current == f"loc{CITY.index('Верхнем Бору')}"
        for said in ("mention 2 of 2", "mention 1 of 2"):
            await press(pilot, "enter")
            assert status_line(screen).startswith(said)


async def test_a_label_whose_value_is_not_understood_says_so(city: Library) -> None:
    async with app_on(city, "city").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, city)
        await press(pilot, "tab", "9")
        assert screen.view.annotation is not None
        assert screen.view.annotation.value is None
        assert status_line(screen) == (
            "saved: relabelled DATE «Верхнем Бору», without a value: v gives it one"
        )
        screen.view.go_to(screen.view.words.at(CITY.index("выступил")) or screen.view.cursor)
        await press(pilot, "9")
        assert status_line(screen) == (
            "saved: added DATE «выступил», without a value: v gives it one"
        )


async def test_a_figure_whose_boundary_moves_keeps_its_value(city: Library) -> None:
    async with app_on(city, "city").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, city)
        ordinal = only(stored(city, "city"), "третий")
        screen.view.go_to_annotation(ordinal)
        await press(pilot, "b")
        assert stored(city, "city").by_id[ordinal.id].value == {"min": "3", "max": "3"}
        assert status_line(screen) == "saved: now «выступил третий», its value stays 3"


async def test_a_boundary_that_meets_another_annotation_says_so(city: Library) -> None:
    async with app_on(city, "city").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, city)
        screen.view.go_to_annotation(only(stored(city, "city"), "третий"))
        await press(pilot, "b", "b")
        assert status_line(screen).endswith("crosses LOC «Верхнем Бору»")
        await press(pilot, "b")
        assert status_line(screen).endswith("now around LOC «Верхнем Бору»")


async def test_one_s_own_decision_is_one_s_own_after_an_undo_in_another_session(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864400")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a")
        screen.view.go_to_annotation(only(stored(library), "Актау"))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864500")
        await press(pilot, "2")
        assert only(stored(library), "Актау").label == "ORG"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864600")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "u")
        back = only(stored(library), "Актау")
        assert (back.label, back.author) == ("LOC", "recogniser:test")
        assert screen.deciders.is_mine(back)
        assert "accepted by you" in explained(screen)
