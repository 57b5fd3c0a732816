"""Pictures of the main screens.  `pytest --snapshot-update` draws them anew: look at them."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from store.library import Library
from tests.screen.test_correcting import app_on, press
from tui import theme
from tui.language import speak
from tui.theme import Look
from tui.widgets.bar import Bar

NARROW, WIDE = (80, 24), (200, 50)


@pytest.mark.parametrize(
    ("article", "size", "keys"),
    [
        pytest.param(None, NARROW, [], id="list"),
        pytest.param("harbour", NARROW, ["tab", "a", "x", "tab"], id="article"),
        pytest.param("harbour", WIDE, ["tab", "a", "x", "2"], id="article-wide"),
        pytest.param("harbour", NARROW, ["tab", "tab", "shift+right"], id="selection"),
        pytest.param("harbour", NARROW, ["slash", *"сабитова", "enter"], id="search"),
        pytest.param("harbour", NARROW, ["tab", "c"], id="labels"),
        pytest.param(
            "harbour", NARROW, ["tab", "tab", "tab", "tab", "v", *"x", "enter"], id="form"
        ),
        pytest.param("harbour", NARROW, ["question_mark"], id="help"),
    ],
)
def test_looks_as_it_did(
    snap_compare: Callable[..., bool],
    library: Library,
    article: str | None,
    size: tuple[int, int],
    keys: list[str],
) -> None:
    assert looks_as_it_did(snap_compare, library, article, size, keys)


@pytest.mark.parametrize(
    ("article", "keys"),
    [
        pytest.param(None, [], id="list"),
        pytest.param("harbour", ["tab", "a", "x", "tab"], id="article"),
        pytest.param("harbour", ["tab", "c"], id="labels"),
        pytest.param("harbour", ["tab", "tab", "tab", "tab", "v"], id="form"),
        pytest.param("harbour", ["tab", "a", "x", "h"], id="history"),
        pytest.param("harbour", ["colon", *"отм"], id="palette"),
        pytest.param("harbour", ["question_mark"], id="help"),
    ],
)
def test_looks_as_it_did_in_russian(
    snap_compare: Callable[..., bool], library: Library, article: str | None, keys: list[str]
) -> None:
    speak("ru")
    assert looks_as_it_did(snap_compare, library, article, NARROW, keys)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(Look(light=False), id="dark"),
        pytest.param(Look(light=True), id="light"),
        pytest.param(Look(colours=0), id="no-colour"),
    ],
)
def test_looks_as_it_did_in_sixteen_colours_and_in_none(
    snap_compare: Callable[..., bool], library: Library, look: Look
) -> None:
    theme.use(look)
    assert looks_as_it_did(snap_compare, library, "harbour", NARROW, ["tab", "a", "x", "tab"])


def looks_as_it_did(
    snap_compare: Callable[..., bool],
    library: Library,
    article: str | None,
    size: tuple[int, int],
    keys: list[str],
) -> bool:
    async def run_before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        await press(pilot, *keys)
        await pilot.app.workers.wait_for_complete()
        if article is None:  # the path of the library differs from run to run
            pilot.app.screen.query_one("#title", Bar).text = "library"
        await pilot.pause()

    return snap_compare(app_on(library, article), terminal_size=size, run_before=run_before)
