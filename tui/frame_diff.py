"""Sends to the terminal only what has changed.  A hack around Textual, fenced in here.

Textual 8 writes every dirty region whole and never compares frames: moving a cursor costs 288
bytes at 80×24, scrolling a line 5 kB.  Its `App._display` is private, so this is only done
for the version that it was written for and can be switched off with ZAMETKA_FRAME_DIFF=0.
"""

import os
from typing import Any

import textual
from rich.color import ColorSystem
from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen
from textual.strip import Strip

from tui.frame import Frame, difference, frame_of, whole

VERSION = "8.2.8"
SWITCH = "ZAMETKA_FRAME_DIFF"


class FrameDiff(App[None]):
    """An App that remembers what the terminal shows."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Frame | None = None
        self._diffing = textual.__version__ == VERSION and os.environ.get(SWITCH) != "0"

    def forget_frame(self) -> None:
        """The terminal may show something else: send the next frame whole."""
        self._shown = None

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if (
            self._diffing
            and isinstance(renderable, CompositorUpdate)
            and self._running
            and not (self._batch_count or self.is_headless or self.is_inline)
        ):
            renderable = self._changes(screen)
        super()._display(screen, renderable)

    def _changes(self, screen: Screen[Any]) -> "CompositorUpdate | None":
        colours = self.console._color_system or ColorSystem.TRUECOLOR
        update = screen._compositor.render_full_update()
        width = screen._compositor.size.width
        new = frame_of((Strip.join(line) for line in update.strips), width, colours)
        old, self._shown = self._shown, new
        same_size = old is not None and [*map(len, old)] == [*map(len, new)]
        output = difference(old, new) if old is not None and same_size else whole(new)
        return _Output(output) if output else None


class _Output(CompositorUpdate):
    """What `App._display` is given in place of the compositor's own update."""

    def __init__(self, output: str) -> None:
        self._output = output

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        return self._output
