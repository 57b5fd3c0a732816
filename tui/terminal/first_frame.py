"""A screen whose first frame is drawn when it has something to show.  A hack around Textual.

Textual 8 draws a screen once before its widgets have been told their sizes, then again what
they show: at the start that costs a third of the time from the import to the text.
`Screen._compositor_refresh` is private, so this is fenced in here; where it is not called
nothing is lost but that time.
"""

from typing import Any

from textual.app import App
from textual.events import Event, InputEvent
from textual.message import Message
from textual.screen import Screen

from tui.widgets.page_view import PageView

PATIENCE = 0.2  # seconds after which the screen is drawn as it is
SENT = 0.01  # seconds in which the thread that writes sends the first frame


class FirstFrame(Screen[None]):
    """Draws nothing until its article has been laid out, or its list has been read."""

    _has_something = False

    class Drawn(Message):
        """The screen shows something."""

    def on_mount(self) -> None:
        self.set_timer(PATIENCE, self._draw_first)

    def on_article_view_moved(self, message: Any) -> None:  # noqa: ARG002
        if self.query_one(PageView).is_laid_out:
            self._has_told()

    def on_library_screen_loaded(self, message: Any) -> None:  # noqa: ARG002
        self._has_told()

    def _has_told(self) -> None:
        """The first thing that a part says; what it brings about is waited for too."""
        if not self._has_something:
            self.call_later(self._draw_first)

    def _draw_first(self) -> None:
        if not self._has_something:
            self._has_something = True
            self._refresh_layout()
            if all(view.is_whole for view in self.query(PageView)):
                self.post_message(self.Drawn())
            else:
                self.set_timer(SENT, self._complete)

    def _complete(self) -> None:
        """A long text is laid out to its end once its beginning is on the screen."""
        for view in self.query(PageView):
            view.complete()
        self.post_message(self.Drawn())

    def _compositor_refresh(self) -> None:
        if self._has_something:
            super()._compositor_refresh()


class PatientKeys(App[None]):
    """Keys and clicks that come before the first frame are for what it shows: they wait."""

    def __init__(self) -> None:
        super().__init__()
        self._early: list[Event] | None = []  # None: they wait no longer

    async def on_event(self, event: Event) -> None:
        if self._early is not None and isinstance(event, InputEvent):
            self._early.append(event)
        else:
            await super().on_event(event)

    def on_ready(self) -> None:
        self.set_timer(2 * PATIENCE, self.on_first_frame_drawn)  # where nothing says that it is

    async def on_first_frame_drawn(self) -> None:
        early, self._early = self._early or [], None
        for event in early:
            await self.on_event(event)
