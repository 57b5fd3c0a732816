"""Where an annotation begins and ends."""

from typing import ClassVar

from textual.binding import BindingType

from annotations.model import Annotation, Span
from tui.keys import key
from tui.screens.pointing import PointingScreen


class BoundingScreen(PointingScreen):
    """Moves the boundaries of the annotation under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "move_end(1)", "End a word later"),
        key("E", "move_end(-1)", "End a word earlier"),
        key("b", "move_start(-1)", "Begin a word earlier"),
        key("B", "move_start(1)", "Begin a word later"),
    ]

    async def action_move_end(self, direction: int) -> None:
        annotation, words = self.pointed(), self.view.words
        if annotation is not None:
            span = annotation.span
            last = words.after(span.end) if direction > 0 else words.before(span.end - 1)
            await self._move(annotation, span.start, last.end if last else span.end)

    async def action_move_start(self, direction: int) -> None:
        annotation, words = self.pointed(), self.view.words
        if annotation is not None:
            span = annotation.span
            first = words.before(span.start) if direction < 0 else words.after(span.start + 1)
            await self._move(annotation, first.start if first else span.start, span.end)

    async def _move(self, annotation: Annotation, start: int, end: int) -> None:
        if start >= end or (start, end) == (annotation.start, annotation.end):
            self.say("the boundary cannot go further that way")
        else:
            schema = self.library.schema
            await self.correct(annotation, Span(start, end), schema.label(annotation.label), "now")
