"""Suggestions that are not sure enough are hidden: in the text, the panel, on the way through."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotations.articles import make_article
from annotations.model import Document
from annotations.sureness import LEVELS, sure_enough
from store.library import Library
from tests.screen.conftest import HARBOUR, NOON, harbour
from tests.screen.test_correcting import (
    app_on,
    opened,
    panel_texts,
    press,
    quotes,
    status_line,
    stored,
)
from tui.screens.article import ArticleScreen
from tui.widgets.bar import Bar
from tui.widgets.panel import Panel

SURE = {"Актау": 0.4, "1,5 млрд тенге": 0.65, "Орехов": 0.8}  # the others: 0.9


def doubtful() -> Document:
    document = harbour()
    return replace(
        document,
        article=make_article(HARBOUR, id="doubtful", published="2025-10-03"),
        annotations=tuple(
            replace(each, confidence=SURE.get(document.text_of(each), 0.9))
            for each in document.annotations
        ),
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr("tui.app.login", lambda: "anna")
    library = Library.create(tmp_path / "library")
    library.add(doubtful())
    return library


@pytest.mark.parametrize(
    ("least", "hidden"),
    zip(LEVELS, ([], ["Актау"], ["Актау", "1,5 млрд тенге"], [*SURE]), strict=True),
)
def test_only_suggestions_below_the_level_go(least: float, hidden: list[str]) -> None:
    document = doubtful()
    shown = sure_enough(document, least)
    gone = [each for each in document.annotations if each not in shown.annotations]
    assert sorted(map(document.text_of, gone)) == sorted(hidden)


def test_what_somebody_decided_stays_at_every_level() -> None:
    document = doubtful()
    decided = replace(
        document,
        annotations=tuple(replace(each, status="accepted") for each in document.annotations),
    )
    assert sure_enough(decided, 0.9) is decided


def title(screen: ArticleScreen) -> str:
    return screen.query_one("#title", Bar).right


async def test_a_key_hides_them_everywhere_and_shows_them_again(library: Library) -> None:
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        screen = await opened(pilot, library)
        assert "Актау" in quotes(screen.view.document)
        await press(pilot, "z")
        assert "Актау" not in quotes(screen.view.document)
        assert "Актау" not in panel_texts(screen.query_one(Panel))
        assert status_line(screen) == "suggestions from 0.50 on are shown, 1 is hidden"
        assert "7 of 7 left, 1 hidden" in title(screen)
        await press(pilot, "tab")
        assert screen.view.annotation is not None
        assert screen.document.text_of(screen.view.annotation) != "Актау"
        await press(pilot, "z", "z")
        assert "3 hidden" in title(screen)
        await press(pilot, "z")
        assert status_line(screen) == "all suggestions are shown"
        assert "Актау" in panel_texts(screen.query_one(Panel))


async def test_accepting_goes_past_what_is_hidden_and_says_that_it_is_there(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        screen = await opened(pilot, library)
        await press(pilot, "z", "z", "z", "home", *["a"] * 5)
        document = stored(library, "doubtful")
        assert sorted(quotes(document, status="suggested")) == sorted(SURE)
        await press(pilot, "a")
        assert status_line(screen) == "all that is left is hidden as unsure; z shows it"


async def test_the_level_is_kept_for_the_person(library: Library) -> None:
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter", "z")
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        screen = await opened(pilot, library)
        assert "Актау" not in quotes(screen.view.document)


async def test_a_label_on_what_is_hidden_takes_that_suggestion(library: Library) -> None:
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        screen = await opened(pilot, library)
        await press(pilot, "z", "home", "right", "2")
        found = [each for each in stored(library, "doubtful").annotations if each.start == 5]
        assert len(found) == 1
        assert found[0].status == "accepted"
        assert screen.view.annotation == found[0]
        assert found[0].modified != NOON


async def test_undo_of_what_is_then_hidden_leaves_the_cursor_on_what_is_shown(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(120, 40)) as pilot:
        await press(pilot, "enter")
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a", "z", "u")
        assert "Актау" not in quotes(screen.view.document)
        assert screen.view.current is None or screen.view.annotation is not None
        assert "undone" in status_line(screen)
