"""How a person reads an article: the width of its lines, labels in the text, whose is what."""

import asyncio
from functools import cached_property
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from annotations.errors import AnnotationError
from annotations.model import Annotation, Document
from annotations.sureness import LEVELS, sure_enough
from store.article.deciding import decisions_in
from store.errors import StoreError
from store.library import Conflict, HistoryEntry, Saved
from store.person.personal import Personal
from tui.deciders import Deciders
from tui.keyboard.keys import key
from tui.language import _, counted
from tui.page.presentation import BLANK
from tui.screens.pointing import PointingScreen
from tui.widgets.page_view import Reading
from tui.wording.words import explain

WIDTHS = (60, 72, 88, 104, 120)  # cells; beyond the last one as much as there is


class ReadingScreen(PointingScreen):
    """Sets the text as its reader wants it, and keeps that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("w", "set_width(1)", "Wider lines", name="wider"),
        key("W", "set_width(-1)", "Narrower lines", name="narrower"),
        key("z", "hide_unsure", "Hide unsure suggestions: from .50, .70, .90", name="hide-unsure"),
        key("t", "toggle_tags", "Show or hide the labels in the text", name="toggle-tags"),
    ]

    least: reactive[float] = reactive(0.0, init=False)  # confidence that is shown
    shown: reactive[Document] = reactive(BLANK, init=False)  # the document without the less sure

    _deciders: Deciders | None = None
    _sure: tuple[Document, float, Document] | None = None  # a document, `least`, what is shown
    _own = False  # whether the document that is being shown is one's own doing

    @property
    def personal(self) -> Personal:
        """What is kept for this person."""
        raise NotImplementedError

    @property
    def reading(self) -> Reading:
        return Reading(self.personal.place.width, self.personal.place.tags)

    def compute_shown(self) -> Document:
        """What the view and the panel show, made anew only where something has changed."""
        if self._sure is None or self._sure[:2] != (self.document, self.least):
            self._sure = self.document, self.least, sure_enough(self.document, self.least)
        return self._sure[2]

    @property
    def hidden(self) -> int:
        """How many suggestions are not sure enough to be shown."""
        return len(self.document.annotations) - len(self.shown.annotations)

    def action_hide_unsure(self) -> None:
        """Show only surer suggestions; after the surest, all again."""
        self.least = next((level for level in LEVELS if level > self.least), LEVELS[0])
        self.personal.show_from(self.least)
        if not self.least:
            self.say(_("all suggestions are shown"))
            return
        said = counted(
            "suggestions from {least} on are shown, {count} is hidden",
            "suggestions from {least} on are shown, {count} are hidden",
            self.hidden,
            least=f"{self.least:.2f}",
        )
        self.say(said)

    def on_mount(self) -> None:
        self.view.judge(self._is_mine)
        self.watch(self, "document", self._document_changed, init=False)
        if self.document.revision:
            self.call_after_refresh(self._ask_history)

    @cached_property
    def _made(self) -> list[HistoryEntry]:
        """What this person did since the history was asked for."""
        return []

    def _is_mine(self, annotation: Annotation) -> bool:
        """Whether an annotation is one's own, as far as it is known by now."""
        return self.deciders.is_mine(annotation)

    @property
    def deciders(self) -> Deciders:
        """Who has decided what, as far as it is known."""
        if self._deciders is None:
            self._deciders = Deciders(self.author, is_read=not self.document.revision)
        return self._deciders

    def show(self, outcome: Saved | Conflict) -> None:
        """What others did just before an own edit is read from the history, too."""
        entry = outcome.entry if isinstance(outcome, Saved) else None
        self._own = entry is not None and entry.revision == self.document.revision + 1
        if entry is not None:
            self._deciders = self.deciders.after(entry)
            self._made.append(entry)
        super().show(outcome)
        self._own = False

    def _document_changed(self) -> None:
        if not self._own:
            self._ask_history()

    def _ask_history(self) -> None:
        self.run_worker(self._read_history(), group="deciders", exclusive=True)

    async def _read_history(self) -> None:
        """Whose the decisions are; what the history does not tell is its finder's."""
        self._made.clear()
        try:
            entries = await asyncio.to_thread(self.library.history, self.article_id)
        except (AnnotationError, StoreError):
            if self.deciders.is_read:
                return
            entries = ()
        known = {each.operation for each in entries}
        since = [each for each in self._made if each.operation not in known]
        self._deciders = Deciders(self.author, True, decisions_in([*entries, *since]))
        self.view.judge(self._is_mine)
        self.view.say_where()

    def explanation(self, annotation: Annotation) -> str:
        """The line about the annotation under the cursor."""
        return explain(
            annotation,
            self.author,
            decider=self.deciders.of(annotation),
            around=self.view.around(annotation),
            text=self.document.article.text,
        )

    def _set_type(self, reading: Reading, said: str) -> None:
        self.personal.set_type(reading.width, reading.tags)
        self.view.read(reading)
        self.say(said)

    def action_set_width(self, direction: int) -> None:
        """The next width that the window has room for, at last all that there is."""
        room = self.view.room
        known = min(self.reading.width or room, room)
        widths = [*(width for width in WIDTHS if width < room), room]
        further = [width for width in widths if (width - known) * direction > 0]
        if not further:
            as_wide = _("lines as wide as the window: {count} cells")
            narrowest = _("lines of {count} cells, the narrowest")
            self.say((as_wide if known == room else narrowest).format(count=known))
            return
        chosen = min(further, key=lambda width: abs(width - known))
        reading = Reading(0 if chosen == room else chosen, self.reading.tags)
        self._set_type(reading, _("lines of {count} cells").format(count=chosen))

    def action_toggle_tags(self) -> None:
        shown = not self.view.tagged
        said = (
            _("labels in the text: ? suggested, + accepted by you, = by others, - ~ rejected")
            if shown
            else _("no labels in the text")
        )
        self._set_type(Reading(self.reading.width, shown), said)
