"""No key does nothing silently: in each state of the screen a key that does nothing says why."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.screen import Screen

import tui.screens
from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.keyboard.keys import bindings_of
from tui.screens.article import ArticleScreen
from tui.screens.dictionary import DictionaryScreen
from tui.screens.library import LibraryScreen
from tui.screens.unsaved import LastQuestion
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar

NO_ANNOTATION = ("v", "m", "d", "delete", "e", "E", "b", "B", "alt+e", "alt+shift+b", "A", "r")


@pytest.mark.parametrize("key", NO_ANNOTATION)
async def test_where_no_annotation_is(library: Library, key: str) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, key)
        assert "no annotation under the cursor" in status_line(screen)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("left", "beginning of the text"),
        ("up", "beginning of the text"),
        ("pageup", "beginning of the text"),
        ("home", "beginning of the text"),
        ("shift+tab", "no annotation before this place"),
        ("u", "nothing"),
        ("U", "nothing"),
        ("n", "nothing to go to"),
        ("N", "nothing to go to"),
        ("escape", "nothing is selected"),
        ("y", "y does nothing here"),
        ("щ", "щ does nothing here"),
    ],
)
async def test_at_the_beginning(library: Library, key: str, said: str) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, key)
        assert said in status_line(screen)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("right", "end of the text"),
        ("down", "end of the text"),
        ("pagedown", "end of the text"),
        ("end", "end of the text"),
        ("shift+right", "end of the text"),
        ("tab", "no annotation after this place"),
    ],
)
async def test_at_the_end(library: Library, key: str, said: str) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "end", key)
        assert said in status_line(screen)


async def test_characters_cannot_be_selected_past_the_end(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "end", "s", "alt+right", "alt+right")
        assert "end of the text" in status_line(screen)


@pytest.mark.parametrize(
    ("decided", "key", "said"),
    [
        ("a", "a", "accepted already"),
        ("x", "x", "rejected already"),
        ("a", "3", "it is LOC already"),
        ("x", "A", "accept it first"),
        ("x", "r", "accept it first"),
    ],
)
async def test_what_is_decided(library: Library, decided: str, key: str, said: str) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", decided)
        screen.view.go_to_annotation(only(stored(library), "Актау"))
        await press(pilot, key)
        assert said in status_line(screen)


async def test_when_no_suggestion_is_left(library: Library) -> None:
    async with app_on(library, "school").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a", "enter")
        assert "no suggestion is left" in status_line(screen)


async def test_in_the_panel_a_key_without_meaning_says_so_too(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "f", "y")
        assert "y does nothing here" in status_line(screen)


def screens(kind: type = Screen) -> Iterator[type]:
    """All pages and dialogs of ours."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("tui."):
            yield each
        yield from screens(each)


def test_escape_is_bound_in_every_page_and_dialog() -> None:
    for module in pkgutil.iter_modules(tui.screens.__path__):
        importlib.import_module(f"tui.screens.{module.name}")
    ends = {each for each in screens() if not any(True for _ in screens(each))}
    widgets = {ArticleScreen: ArticleView}
    assert {LibraryScreen, DictionaryScreen, LastQuestion} < ends
    for kind in ends:
        kinds = (kind, widgets.get(kind, kind))
        keys = [
            key for each in kinds for bound in bindings_of(each) for key in bound.key.split(",")
        ]
        assert "escape" in keys, kind


async def test_escape_leaves_the_dictionary_once_it_shows_all(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "D", "slash", "я", "enter", "escape")
        assert isinstance(pilot.app.screen, DictionaryScreen)
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_escape_in_the_list_says_that_all_is_shown(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "escape")
        assert pilot.app.screen.query_one("#status", Bar).text == "all articles are shown"
