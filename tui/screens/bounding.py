"""Where an annotation, or what is selected, begins and ends."""

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations.model import Span
from tui.keyboard.keys import key
from tui.keyboard.terminal_keys import tell_alt_b
from tui.language import _
from tui.page.selection import (
    is_at_paragraph_edge,
    moved_by_character,
    moved_by_word,
    selected,
)
from tui.screens.pointing import PointingScreen


class BoundingScreen(PointingScreen):
    """Moves the boundaries of the selection or, without one, of the annotation at the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "move_end(1)", "End a word later", name="end-later"),
        key("E", "move_end(-1)", "End a word earlier", name="end-earlier"),
        key("b", "move_start(-1)", "Begin a word earlier", name="begin-earlier"),
        key("B", "move_start(1)", "Begin a word later", name="begin-later"),
        key(
            "alt+e",
            "move_end(1, True)",
            "End a character later",
            name="end-character-later",
        ),
        key(
            "alt+shift+e",
            "move_end(-1, True)",
            "End a character earlier",
            shown_as="alt+E",
            name="end-character-earlier",
        ),
        key(
            "alt+b",
            "move_start(-1, True)",
            "Begin a character earlier",
            name="begin-character-earlier",
        ),
        key(
            "alt+shift+b",
            "move_start(1, True)",
            "Begin a character later",
            shown_as="alt+B",
            name="begin-character-later",
        ),
    ]

    def on_mount(self) -> None:
        tell_alt_b()

    async def action_move_end(self, direction: int, exactly: bool = False) -> None:
        await self._move(direction, exactly, end=True)

    async def action_move_start(self, direction: int, exactly: bool = False) -> None:
        await self._move(direction, exactly, end=False)

    async def _move(self, direction: int, exactly: bool, *, end: bool) -> None:
        view, text = self.view, self.document.article.text
        annotation = self.view.annotation if view.selection else self.pointed()
        old = view.selection or (annotation.span if annotation else None)
        if old is None:
            return
        why = self.why_not() if view.selection is None else ""
        if why:
            self.say(why)
            return
        move = moved_by_character if exactly else partial(moved_by_word, words=view.words)
        span: Span | None = move(text, span=old, end=end, direction=direction)
        if span is None:
            self.say(_why_not_further(text, old, end=end, direction=direction))
        elif view.selection is not None:
            view.select(selected(text, span, exact=exactly or view.selects_exactly))
        elif annotation is not None:
            label = self.library.schema.label(annotation.label)
            said = _("now {quote}").format(quote=self.quote(span))
            await self.correct(annotation, span, label, said)


def _why_not_further(text: str, span: Span, *, end: bool, direction: int) -> str:
    """Why a boundary stays where it is."""
    if (direction > 0) == end and is_at_paragraph_edge(text, span, end=end):
        return _("end of the paragraph") if end else _("beginning of the paragraph")
    return _("the boundary cannot go further that way")
