"""Taking back what a person did, and doing it again."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from store.library import Nothing, Saved
from tui.keys import key
from tui.screens.editing import Outcome
from tui.screens.pointing import PointingScreen
from tui.words import edit_in_words


class UndoingScreen(PointingScreen):
    """Undo and redo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "undo", "Undo your last edit of this article", "Undo"),
        key("U,ctrl+r", "redo", "Redo"),
    ]

    async def action_undo(self) -> None:
        undo = partial(self.library.undo, skip=frozenset(self._skipped))
        await self._step(undo, "undo")

    async def action_redo(self) -> None:
        await self._step(self.library.redo, "redo")

    async def _step(self, step: Callable[..., Outcome], name: str) -> None:
        """Undo or redo, say what that was and go there."""
        outcome: Outcome = Nothing()

        def write() -> Outcome:
            nonlocal outcome
            outcome = step(self.article_id, author=self.author)
            return outcome

        def tell() -> None:
            if isinstance(outcome, Saved) and outcome.edit is not None:
                what = edit_in_words(outcome.edit, self.document.article.text)
                self.say(f"saved: {name} ({what})")
                self.go_to_id(edits.touched(outcome.edit)[0])

        await self.commit(write, name, tell)
