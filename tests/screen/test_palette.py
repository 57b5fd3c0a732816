"""The command palette: everything that can be done here, found by its words."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from annotations.schema import Label, Schema
from store.library import Library
from tui.app import ZametkaApp
from tui.language import speak
from tui.screens.article import ArticleScreen
from tui.screens.palette import CommandList, Palette, commands_of, found

SIZE = (80, 24)


async def open_palette(pilot: Pilot[None], key: str = "ctrl+p") -> Palette:
    await pilot.pause()
    await pilot.press(key)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, Palette)
    return screen


def listed(palette: Palette) -> list[str]:
    return [command.text for command in palette.query_one(CommandList).commands]


@pytest.mark.parametrize("key", ["ctrl+p", "colon", "Ж", "ctrl+з"])
async def test_it_opens_in_either_layout(library: Library, key: str) -> None:
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        palette = await open_palette(pilot, key)
        assert "Open the article" in listed(palette)


@pytest.mark.parametrize("typed", ["acc", "фссузе", "go acc", "accept here"])
async def test_what_is_typed_finds_by_the_beginnings_of_words(library: Library, typed: str) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        palette = await open_palette(pilot)
        palette.query_one(Input).value = typed
        await pilot.pause()
        assert listed(palette) == ["Accept, go on"]


async def test_enter_does_what_the_key_does(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("tab")
        screen = pilot.app.screen
        assert isinstance(screen, ArticleScreen)
        pointed = screen.view.annotation
        assert pointed is not None
        await open_palette(pilot)
        await pilot.press(*"rej", "enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.document.by_id[pointed.id].status == "rejected"


async def test_the_arrows_choose_among_what_is_found(library: Library) -> None:
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        palette = await open_palette(pilot)
        commands = palette.query_one(CommandList)
        await pilot.press("down", "down", "up")
        assert commands.cursor == 1
        await pilot.press(*"zzz")
        assert commands.commands == []
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, Palette)


async def test_an_action_that_does_not_apply_says_why(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await open_palette(pilot)
        await pilot.press(*"next hit", "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ArticleScreen)
        assert "searches in the article" in screen.said


async def test_a_label_is_a_command_and_its_name_is_shown_harmlessly(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        schema = Schema((Label("ORG", "entity", "2", "red", False, "a \x1b[31m [red]house"),))
        (command,) = found(commands_of(screen, schema), "label org")
        assert command.text == "ORG: set this label (a ␛[31m [red]house)"
        assert command.action.action == "label(0)"


async def test_it_speaks_and_understands_both_languages(library: Library) -> None:
    speak("ru")
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        await pilot.pause()
        commands = commands_of(pilot.app.screen)
        in_russian = [command.text for command in found(commands, "прин")]
        assert in_russian
        for typed in ("accept", "фссузе", "ghby"):
            assert [command.text for command in found(commands, typed)] == in_russian


async def test_it_does_not_open_over_itself(library: Library) -> None:
    async with ZametkaApp(library).run_test(size=SIZE) as pilot:
        palette = await open_palette(pilot)
        await pilot.press("ctrl+p")
        assert pilot.app.screen is palette
        await pilot.press(":")
        assert palette.query_one(Input).value == ":"


@pytest.mark.parametrize("size", [(20, 5), (30, 10), (200, 50)])
async def test_the_chosen_command_is_seen_in_a_window_of_any_size(
    library: Library, size: tuple[int, int]
) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=size) as pilot:
        palette = await open_palette(pilot)
        await pilot.press(*["down"] * 12)
        await pilot.pause()
        commands = palette.query_one(CommandList)
        row = commands.cursor - commands.scroll_offset.y
        assert commands.cursor == 12
        assert 0 <= row < commands.size.height
        assert commands.region.y + row < size[1]
        text = commands.commands[12].text
        assert commands.render_line(row).text.startswith(text[:10])


async def test_it_is_as_wide_as_its_commands_need(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=(200, 50)) as pilot:
        palette = await open_palette(pilot)
        assert palette.query_one(".dialog").size.width > 70
    async with ZametkaApp(library, "harbour").run_test(size=SIZE) as pilot:
        palette = await open_palette(pilot)
        assert palette.query_one(".dialog").region.right <= SIZE[0]
