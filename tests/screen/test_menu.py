"""A menu of choices is as wide as they need; what is cut is told in full beneath."""

import pytest
from textual.widgets import Static

from annotations.schema import DEFAULT_SCHEMA
from store.library import Library
from tests.screen.test_correcting import app_on, opened, press
from tui.page.wrap import wrapped
from tui.screens.dialogs import Choice, Menu

LONG = " ".join(["Название", "города,", "области,", "реки"] * 7)
CHOICES = [Choice("LOC", "l", LONG), Choice("PER", "p", "Человек")]


async def show(pilot: object, library: Library, choices: list[Choice]) -> Menu:
    menu = Menu("Метка", choices)
    await pilot.app.push_screen(menu)  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    return menu


@pytest.mark.parametrize("size", [(80, 24), (200, 50), (40, 16)])
async def test_the_description_of_the_choice_at_the_cursor_stands_in_full(
    library: Library, size: tuple[int, int]
) -> None:
    async with app_on(library).run_test(size=size) as pilot:
        menu = await show(pilot, library, CHOICES)
        about = menu.query_one("#about", Static)
        assert str(about.render()) == LONG
        assert about.size.height == len(wrapped(LONG, about.size.width))
        assert about.region.bottom < menu.query_one(".dialog").region.bottom <= size[1]
        await press(pilot, "down")
        assert str(about.render()) == "Человек"


async def test_short_descriptions_are_told_in_the_list_alone(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        menu = await show(pilot, library, CHOICES[1:])
        assert not menu.query_one("#about").display


async def test_where_there_is_no_room_the_list_goes_before(library: Library) -> None:
    async with app_on(library).run_test(size=(30, 8)) as pilot:
        menu = await show(pilot, library, CHOICES)
        assert not menu.query_one("#about").display


async def test_the_labels_of_a_wide_screen_are_not_cut(library: Library) -> None:
    async with app_on(library).run_test(size=(200, 50)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "c")
        menu = pilot.app.screen
        assert isinstance(menu, Menu)
        longest = max(len(label.description) for label in DEFAULT_SCHEMA)
        assert menu.query_one(".dialog").size.width >= min(longest, 100)
