"""What the list says of saving: whether anything may be changed, and which edits wait."""

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import Screen
from textual.timer import Timer

from store.library import Library
from store.person.personal import Personal
from store.sharing.access import why_read_only
from tui.keyboard.keys import key, pressed
from tui.language import _, told
from tui.widgets.bar import Bar
from tui.wording.save_words import unsaved_in_words

RECOUNT = 1.0  # seconds between looks whether what waits has been saved meanwhile


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
        self._recount: Timer | None = None

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
        waiting = len(self._personal.kept.all())
        title.right = unsaved_in_words(waiting, pressed("unsaved-edits"))
        if self._recount is not None:
            self._recount.stop()
        self._recount = self.set_timer(RECOUNT, self.show_title) if waiting else None

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

        from tui.screens.unsaved import UnsavedPage  # a dialog only when it is wanted

        await self.app.push_screen(UnsavedPage(kept), use)
