"""Sends to the terminal only what has changed.  A hack around Textual, fenced in here.

Textual 8 writes every dirty region whole and never compares frames: moving a cursor costs 288
bytes at 80×24, scrolling a line 5 kB.  Its `App._display` is private, so this is only done
for the version that it was written for and can be switched off with ZAMETKA_FRAME_DIFF=0.
"""

import os
from time import monotonic
from typing import Any

import textual
from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from tui.frame import Frame, difference, frame_of, row_of, whole
from tui.pacing import PATIENCE, QUESTION, Pace

VERSION = "8.2.8"
SWITCH = "ZAMETKA_FRAME_DIFF"


class FrameDiff(App[None]):
    """An App that remembers what the terminal shows."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Frame | None = None
        self._drawn: Screen[Any] | None = None  # the screen whose updates have all been drawn
        self._pace = Pace()
        self._held: Timer | None = None  # where a frame waits: when it is drawn at the latest
        self._diffing = textual.__version__ == VERSION and os.environ.get(SWITCH) != "0"

    def forget_frame(self) -> None:
        """The terminal may show something else: send the next frame whole."""
        self._shown = None

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self._diffing and isinstance(renderable, CompositorUpdate):
            if not self._running or self._batch_count or self.is_headless or self.is_inline:
                self._drawn = None  # this update is lost
            elif self._sync_available and self._pace.is_behind(monotonic()):
                self._hold()
                return
            else:
                renderable = self._changes(screen, renderable)
        super()._display(screen, renderable)

    def _hold(self) -> None:
        """Draw nothing now; all that has changed is drawn when the terminal has caught up."""
        self._drawn = None
        if self._held is None:
            self._held = self.set_timer(PATIENCE, self._draw_held)

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


class _Output(CompositorUpdate):
    """What `App._display` is given in place of the compositor's own update."""

    def __init__(self, output: str) -> None:
        self._output = output

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        return self._output
