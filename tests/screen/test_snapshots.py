"""Pictures of the main screens.  `pytest --snapshot-update` draws them anew: look at them."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from store.library import Library
from tests.screen.test_correcting import app_on, press

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
    async def run_before(pilot: Pilot[None]) -> None:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, *keys)
        title = pilot.app.screen_stack[1].query_one("#title")
        if article is None:
            title.text = "library"  # its path differs from run to run

    app = app_on(library, article)
    assert snap_compare(app, terminal_size=size, run_before=run_before)
