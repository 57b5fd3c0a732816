"""What the list says of saving: whether anything may be changed, and which edits wait."""

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import Screen

from store.library import Library
from store.person.personal import Personal
from store.sharing.permissions import why_read_only
from tui.keyboard.keys import key, pressed
from tui.language import _, told
from tui.screens.unsaved import UnsavedPage
from tui.widgets.bar import Bar
from tui.wording.save_words import unsaved_in_words


class ListSavingScreen(Screen[None]):
    """Knows the library, its reader, and what of theirs is not saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("M", "unsaved", "Edits of yours that are not saved yet", name="unsaved-edits"),
    ]

    def __init__(self, library: Library, personal: Personal, me: str) -> None:
        super().__init__()
        self._library = library
        self._personal = personal
        self._me = me

    def say(self, message: str) -> None:
        """A line that stays until the cursor or the list changes."""
        raise NotImplementedError

    async def open(self, article_id: str) -> None:
        """Show an article."""
        raise NotImplementedError

    def why_not(self) -> str:
        """Why nothing can be changed in this library; empty where it can."""
        why = why_read_only(self._library.path)
        return told(why) if why is not None else ""

    def show_title(self) -> None:
        """Where the library is, whether it can only be read, and how many edits wait."""
        badge = _("[read-only]") if self.why_not() else ""
        title = self.query_one("#title", Bar)
        title.text = " ".join(filter(None, (badge, str(self._library.path))))
        title.right = unsaved_in_words(len(self._personal.kept.all()), pressed("unsaved-edits"))

    async def action_unsaved(self) -> None:
        """List the edits that are not saved, and open the article of one."""
        kept = self._personal.kept
        if not kept.all():
            self.show_title()
            self.say(_("no edit of yours waits to be saved"))
            return

        async def use(article_id: str | None) -> None:
            self.show_title()
            if article_id is not None:
                await self.open(article_id)

        await self.app.push_screen(UnsavedPage(kept), use)
