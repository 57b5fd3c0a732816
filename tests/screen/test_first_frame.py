"""The first frame shows the article, and what is pressed before it is for what it shows."""

import pytest

from store.library import Library
from tui.app import ZametkaApp
from tui.screens.article import ArticleScreen


async def test_keys_wait_for_the_first_frame_and_keep_their_order(library: Library) -> None:
    app = ZametkaApp(library, "harbour")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app._early = []
        await pilot.press("tab", "tab", "shift+tab")
        screen = app.screen
        assert isinstance(screen, ArticleScreen)
        assert screen.view.annotation is None
        await app.on_first_frame_drawn()
        await pilot.pause()
        assert screen.view.annotation is not None
        assert screen.quote(screen.view.annotation.span) == "«Актау»"


async def test_nothing_is_drawn_before_the_text_is_there(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[bool] = []

    def note(_app: ZametkaApp, screen: object, update: object) -> None:
        if isinstance(screen, ArticleScreen) and update is not None:
            drawn.append(screen.view._page is not None)

    monkeypatch.setattr(ZametkaApp, "_display", note)
    async with ZametkaApp(library, "harbour").run_test(size=(80, 24)) as pilot:
        while not drawn:
            await pilot.pause()
    assert all(drawn)
