"""Undo and redo on the screen: over all articles of a step, and from the list."""

import threading

import pytest
from textual.pilot import Pilot

from annotations import edits
from annotations.edits import Change, Stamp
from store.library import Library, Saved
from store.person import undoing
from store.person.undoing import Run
from tests.screen.conftest import NOON
from tests.screen.test_annotate_all import everywhere  # noqa: F401 - a fixture
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tui.screens import editing, list_undoing
from tui.screens.article import ArticleScreen
from tui.screens.conflict import ConflictDialog
from tui.screens.library import LibraryScreen
from tui.screens.running import Running
from tui.widgets.article_list import ArticleList
from tui.widgets.bar import Bar


def said_in_list(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app.screen, LibraryScreen)
    return pilot.app.screen.query_one("#status", Bar).text


def people(library: Library) -> list[str]:
    return quotes(stored(library, "bridge"), status="accepted", label="PER")


async def annotated_everywhere(pilot: Pilot[None], library: Library) -> ArticleScreen:
    """«Сабитова» is annotated at 5 places of «ferry» and at 2 of «bridge»."""
    screen = await opened(pilot, library)
    await press(pilot, "tab", "A", "l", "enter")
    assert people(library) == ["Сабитова", "Сабитовой"]
    return screen


async def test_undo_takes_back_the_whole_run_and_redo_does_it_again(
    everywhere: Library,  # noqa: F811
) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await annotated_everywhere(pilot, everywhere)
        await press(pilot, "u")
        assert status_line(screen) == "undone: annotated PER «Сабитова» in 7 places of 2 articles"
        assert people(everywhere) == []
        assert quotes(stored(everywhere, "ferry"), status="accepted") == []
        await press(pilot, "U")
        assert status_line(screen) == (
            "done again: annotated PER «Сабитова» in 7 places of 2 articles"
        )
        assert people(everywhere) == ["Сабитова", "Сабитовой"]


async def test_the_list_shows_what_a_run_and_its_undo_changed(
    everywhere: Library,  # noqa: F811
) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await annotated_everywhere(pilot, everywhere)
        await press(pilot, "q")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)

        def people_of(article: str) -> tuple[str, ...]:
            rows = screen.query_one(ArticleList).summaries
            return next(row.annotators for row in rows if row.article_id == article)

        assert people_of("bridge") == ("anna",)
        screen.show_article("ferry")
        await press(pilot, "enter", "u", "q")
        assert people_of("bridge") == ()


async def test_undo_in_another_article_of_the_run_in_another_session(
    everywhere: Library,  # noqa: F811
) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await annotated_everywhere(pilot, everywhere)
    async with app_on(everywhere, "bridge").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, everywhere)
        await press(pilot, "u")
        assert status_line(screen) == "undone: annotated PER «Сабитова» in 7 places of 2 articles"
        assert quotes(stored(everywhere, "ferry"), status="accepted") == []


async def test_a_run_that_left_out_the_open_article_is_taken_back_from_it(
    everywhere: Library,  # noqa: F811
) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, everywhere)
        await press(
            pilot, "tab", "a", "shift+tab", "A", "x", "l"
        )  # none here; l lists and ticks the library's
        await press(pilot, "enter")
        assert len(everywhere.history("ferry")) == 1
        assert people(everywhere) == ["Сабитова", "Сабитовой"]
        assert status_line(screen) == (
            "annotated PER «Сабитова»: 2 in 1 other article; u takes it back"
        )
        await press(pilot, "u")
        assert status_line(screen) == "undone: annotated PER «Сабитова» in 2 places"
        assert people(everywhere) == []
        await press(pilot, "u")
        assert status_line(screen) == "undone: «Сабитовой» is suggested again (was accepted)"


async def test_what_others_changed_since_is_left_and_counted(
    everywhere: Library,  # noqa: F811
) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await annotated_everywhere(pilot, everywhere)
        one = next(each for each in stored(everywhere, "bridge").annotations if each.start == 31)
        theirs = Change(one, type(one)(**{**fields(one), "note": "точно?"}))
        assert isinstance(everywhere.apply("bridge", theirs, author="user:oleg"), Saved)
        await press(pilot, "u")
        assert status_line(screen) == (
            "undone: annotated PER «Сабитова» in 5 places; "
            "1 article left, because it was changed since"
        )
        assert people(everywhere) == ["Сабитова", "Сабитовой"]


def fields(annotation: object) -> dict[str, object]:
    return {name: getattr(annotation, name) for name in type(annotation).__slots__}  # type: ignore[attr-defined]


async def test_where_nothing_is_left_the_last_step_elsewhere_is_told_and_undone_from_the_list(
    library: Library,
) -> None:
    async with app_on(library, "school").run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "a")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "u")
        assert status_line(screen) == (
            "nothing to undo in this article; your last step, in «В Гомеле открыли школу»: "
            "«Анна Левченко»: suggested → accepted. u in the list takes it back"
        )
        await press(pilot, "q", "u")
        assert said_in_list(pilot) == (
            "undone: «Анна Левченко» is suggested again (was accepted), in «В Гомеле открыли школу»"
        )
        assert only(stored(library, "school"), "Анна Левченко").status == "suggested"


async def test_the_list_undoes_and_redoes_step_by_step_and_shows_the_counts(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "a", "right_curly_bracket")
        assert isinstance(pilot.app.screen, ArticleScreen)
        await press(pilot, "tab", "a", "q")
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)

        def left() -> dict[str, int]:
            rows = screen.query_one(ArticleList).summaries
            return {row.article_id: row.suggested for row in rows}

        assert left() == {"harbour": 6, "school": 0}
        await press(pilot, "u")
        assert (left(), screen.chosen()) == ({"harbour": 6, "school": 1}, "school")
        await press(pilot, "u")
        assert (left(), screen.chosen()) == ({"harbour": 7, "school": 1}, "harbour")
        await press(pilot, "u")
        assert said_in_list(pilot) == "there is nothing to undo"
        await press(pilot, "U", "ctrl+r")
        assert left() == {"harbour": 6, "school": 0}
        await press(pilot, "U")
        assert said_in_list(pilot) == "there is nothing to redo"


async def test_a_conflict_is_told_once_and_then_passed_over(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a", "a")
        mine = only(stored(library), "Павел Орехов")
        theirs = Change(mine, type(mine)(**{**fields(mine), "note": "не он"}))
        assert isinstance(library.apply("harbour", theirs, author="user:oleg"), Saved)
        await press(pilot, "u")
        assert status_line(screen).startswith("not undone: oleg changed the note at ")
        assert status_line(screen).endswith("The next u passes over it")
        await press(pilot, "u")
        assert only(stored(library), "Актау").status == "suggested"
        assert only(stored(library), "Павел Орехов").status == "accepted"


async def test_a_run_that_is_over_shows_nothing(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await pilot.app.push_screen(Running(Run("user:anna", "undo"), lambda: True, str))
        await pilot.pause()
        await pilot.pause()
        assert pilot.app.screen is screen


@pytest.mark.parametrize("from_the_list", [False, True])
async def test_a_long_undo_shows_how_far_it_is_and_escape_stops_it(
    everywhere: Library,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    from_the_list: bool,
) -> None:
    going_on = threading.Event()
    step_in = undoing.step_in

    def slowly(*args: object, **kwargs: object) -> object:
        going_on.wait(10)
        return step_in(*args, **kwargs)  # type: ignore[arg-type]

    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await annotated_everywhere(pilot, everywhere)
        if from_the_list:
            await press(pilot, "q")
        monkeypatch.setattr(undoing, "step_in", slowly)
        monkeypatch.setattr("tui.screens.saving.SLOW", 0.01)
        monkeypatch.setattr(list_undoing, "SLOW", 0.01)
        await press(pilot, "u")
        assert isinstance(pilot.app.screen, Running)
        await press(pilot, "escape")
        going_on.set()
        while isinstance(pilot.app.screen, Running):
            await pilot.pause()
        await pilot.pause()
        bar = pilot.app.screen.query_one("#status", Bar)
        assert "stopped before 1 article: u goes on" in bar.text
        await press(pilot, "u")
        while isinstance(pilot.app.screen, Running):
            await pilot.pause()
        await pilot.pause()
        assert people(everywhere) == []
        assert quotes(stored(everywhere, "ferry"), status="accepted") == []


async def met_somebody(pilot: Pilot[None], library: Library) -> ArticleScreen:
    """Annotate «Сабитова» everywhere when oleg has just edited a place of the open article."""
    screen = await opened(pilot, library)
    await press(pilot, "tab", "A", "l")
    there = only(stored(library, "ferry"), "Сабитовой")
    noted = edits.correct(there, Stamp("user:oleg", NOON), label="LOC", value=None, entity=None)
    assert isinstance(library.apply("ferry", noted, author="user:oleg"), Saved)
    await press(pilot, "enter")
    assert isinstance(pilot.app.screen, ConflictDialog)
    assert people(library) == ["Сабитова", "Сабитовой"]
    return screen


async def test_a_run_that_met_somebody_stays_one_step(
    everywhere: Library,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(editing, "POLL", 3600.0)
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await met_somebody(pilot, everywhere)
        await press(pilot, "t")
        assert len(quotes(stored(everywhere, "ferry"), status="accepted", label="PER")) == 4
        await press(pilot, "u")
        assert people(everywhere) == []
        assert quotes(stored(everywhere, "ferry"), status="accepted", label="PER") == []
        assert status_line(screen).endswith("places of 2 articles")


async def test_a_run_whose_part_here_waits_is_undone_elsewhere(
    everywhere: Library,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(editing, "POLL", 3600.0)
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await met_somebody(pilot, everywhere)
        await press(pilot, "escape", "u")
        assert people(everywhere) == []
