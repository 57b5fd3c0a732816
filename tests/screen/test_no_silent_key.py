"""No key does nothing silently: in each state of the screen a key that does nothing says why."""

import pytest

from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored

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
