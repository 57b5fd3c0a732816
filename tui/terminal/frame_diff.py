"""Sends to the terminal only what has changed.  A hack around Textual, fenced in here.

Textual 8 writes every dirty region whole and never compares frames: moving a cursor costs 288
bytes at 80×24, scrolling a line 5 kB.  Its `App._display` is private, so this is only done
for the version that it was written for and can be switched off with ZAMETKA_FRAME_DIFF=0.
"""

import os
from pathlib import Path
from time import monotonic
from typing import Any

import textual
from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from tui.terminal.driver_mends import backlog
from tui.terminal.frame import Frame, cells_of, difference, frame_of, row_of, whole
from tui.terminal.pacing import PATIENCE, QUESTION, Pace
from tui.terminal.picture import Painted, painted

VERSION = "8.2.8"
SWITCH = "ZAMETKA_FRAME_DIFF"
ALTERNATE = "\x1b[?1049h"  # switches to the screen that programs draw on
MOST_WAITING = 4  # writes that the terminal may be behind
RETRY = 0.25  # seconds until it is looked at again


class FrameDiff(App[None]):
    """An App that remembers what the terminal shows."""

    def __init__(self) -> None:
        self._picture = painted()
        super().__init__()
        self._shown: Frame | None = None
        self._drawn: Screen[Any] | None = None  # the screen whose updates have all been drawn
        self._pace = Pace()
        self._held: Timer | None = None  # where a frame waits: when it is drawn at the latest
        self._diffing = _is_known() and os.environ.get(SWITCH) != "0"
        if self._picture is not None and self._diffing:
            self._shown = [cells_of(row, self._picture.size[0]) for row in self._picture.rows]

    def get_driver_class(self) -> type[Driver]:
        found = super().get_driver_class()
        return found if self._picture is None else _over(self._picture, found)

    @property
    def frame(self) -> Frame | None:
        """What the terminal shows, where that is the screen that is open, up to date."""
        return self._shown if self._drawn is self.screen else None

    def forget_frame(self) -> None:
        """The terminal may show something else: send the next frame whole."""
        self._shown = None

    def on_resize(self, event: Resize) -> None:
        """A window that was made smaller has lost cells, even if its size has come back since.

        A terminal that tells its size itself tells each of them, the first one twice.
        """
        came_back = event.size == self._size
        if self._size is None or (came_back and event.pixel_size is not None):
            return
        self.forget_frame()
        if came_back:
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self._diffing and isinstance(renderable, CompositorUpdate):
            if not self._running or self._batch_count or self.is_headless or self.is_inline:
                self._drawn = None  # this update is lost
            elif backlog(self._driver) > MOST_WAITING:
                self._hold(RETRY)
                return
            elif self._sync_available and self._pace.is_behind(monotonic()):
                self._hold(PATIENCE)
                return
            else:
                renderable = self._changes(screen, renderable)
        super()._display(screen, renderable)

    def _hold(self, seconds: float) -> None:
        """Draw nothing now; all that has changed is drawn when the terminal has caught up."""
        self._drawn = None
        if self._held is None:
            self._held = self.set_timer(seconds, self._draw_held)

    def _draw_held(self) -> None:
        if self._held is not None:
            self._held.stop()
            self._held = None
            self.screen.refresh()

    def on_terminal_supports_synchronized_output(self) -> None:
        """The terminal has answered, so it has read what came before the question."""
        self._pace.answered()
        self._draw_held()

    def _changes(self, screen: Screen[Any], update: CompositorUpdate) -> "_Output | None":
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        old, width = self._shown, screen._compositor.size.width
        if old is not None and screen is self._drawn and isinstance(update, ChopsUpdate):
            new = _patched(old, update, colours)
        else:
            if not isinstance(update, LayoutUpdate):
                update = screen._compositor.render_full_update()
            new = frame_of((Strip.join(line) for line in update.strips), width, colours)
        self._shown, self._drawn = new, screen
        same_size = old is not None and [*map(len, old)] == [*map(len, new)]
        output = difference(old, new) if old is not None and same_size else whole(new)
        if output and self._pace.sent(len(output.encode()), monotonic()) and self._sync_available:
            output += QUESTION
        return _Output(output) if output else None


def _is_known() -> bool:
    """Whether this is the Textual that this was written for.

    `textual.__version__` would load importlib.metadata and the email package to tell.
    """
    packages = Path(textual.__file__).parents[1]
    if (packages / f"textual-{VERSION}.dist-info").is_dir():
        return True
    return textual.__version__ == VERSION


def _patched(frame: Frame, update: ChopsUpdate, colours: ColorSystem) -> Frame:
    """The frame after an update of some stretches of its rows.

    A row comes in chops, cut where one widget ends and the next begins; only the chops that
    reach into a stretch are whole.
    """
    rows = list(frame)
    for y, start, end in update.spans:
        row = list(rows[y])
        for stop, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if strip is not None and x < end and start < stop:
                row[x:stop] = row_of(strip, stop - x, colours)
        rows[y] = tuple(row)
    return rows


def _over(picture: Painted, driver: type[Driver]) -> type[Driver]:
    """A driver that starts on the screen that the picture stands on already.

    To switch to it again would clear it in some terminals; the terminal's modes it has to find
    as they were, because those are what it leaves behind.
    """

    class Over(driver):  # type: ignore[misc, valid-type]
        def start_application_mode(self) -> None:
            picture.hand_over()
            super().start_application_mode()

        def write(self, data: str) -> None:
            if data == ALTERNATE and picture.rows:
                picture.rows = ()
            else:
                super().write(data)

    return Over


class _Output(CompositorUpdate):
    """What `App._display` is given in place of the compositor's own update."""

    def __init__(self, output: str) -> None:
        self._output = output

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        return self._output
