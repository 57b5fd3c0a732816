"""Giving labels: one at a time, or one label that sticks while the cursor goes on.

While a label sticks, Enter and the mouse annotate with it, and a label key takes another one.
"""

import asyncio
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import var

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.guess import chosen, guess
from annotations.model import Annotation, Document, Span
from annotations.schema import Label
from tui import theme
from tui.keyboard.keys import key
from tui.keyboard.label_keys import TakesLabels
from tui.language import _, description
from tui.screens.dialogs import Choice, Menu
from tui.screens.guarding import writes
from tui.screens.pointing import PointingScreen
from tui.screens.saving import Then
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar

NARROW = 40  # cells: below this a line has room for the label alone
SHORT = 6  # characters of it
NO_LABEL = ""  # the mode is on, and its label is still to be chosen


class LabellingScreen(PointingScreen, TakesLabels):
    """Relabels and annotates."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("c", "choose_label", "Choose a label", "Label", name="choose-label"),
        key("l", "stick", "Let a label stick: Enter annotates with it", name="sticky-label"),
    ]

    sticky: var[str | None] = var(None, init=False)  # name of the label that sticks
    _last_label = NO_LABEL  # the one that was used last

    @writes
    async def action_choose_label(self) -> None:
        schema = self.library.schema
        choices = [
            Choice(each.name, each.key, description(each), theme.label_style(schema, each.name))
            for each in schema
        ]

        async def use(number: int | None) -> None:
            if number is not None:
                await self.action_label(number)

        title = _("Label of {quote}").format(
            quote=self.quote(self.view.selection or self.view.cursor)
        )
        if self.sticky is not None:
            title = _("The label that sticks")
        await self.app.push_screen(Menu(title, choices), use)

    @writes
    async def action_label(self, number: int) -> None:
        """Relabel the annotation, or annotate the selection or the word at the cursor."""
        label = list(self.library.schema)[number]
        self._last_label = label.name
        if self.sticky is not None:
            self.sticky = label.name
            self.say(_("Enter annotates with {label} now").format(label=label.name))
            return
        await self._give(label)

    async def _give(self, label: Label, *, onward: bool = False) -> None:
        """Label the annotation, the selection or the word at the cursor; `onward`: then go past."""
        annotation, selection = self.view.annotation, self.view.selection
        if annotation is None or selection not in (None, annotation.span):
            span = await self._chosen(label)
            there = [each for each in self.document.annotations if each.span == span]
            if not there:
                await self._add(span, label, partial(self._go_on, span, label.name, onward))
                return
            annotation = there[0]
        await self._relabel(annotation, label, partial(self._go_on, annotation.span, "", onward))

    async def _chosen(self, label: Label) -> Span:
        """What is meant by the selection or, where nothing is selected, by the word."""
        view, selection = self.view, self.view.selection
        if selection is not None and view.selects_exactly:
            return selection
        span, is_selected = selection or view.cursor, selection is not None
        return await asyncio.to_thread(
            chosen, self.document, span, label.name, label.kind, selected=is_selected
        )

    async def _add(self, span: Span, label: Label, then: Then) -> None:
        def make(document: Document, stamp: Stamp) -> Edit:
            found = guess(document, span, label.name, label.kind)
            return edits.new_annotation(span, label.name, stamp, found.value, found.entity)

        def done() -> None:
            there = [each for each in self.document.annotations if each.span == span]
            self.remark(None, next((each for each in there if each.label == label.name), None))
            then()

        said = _("added {label} {quote}").format(label=label.name, quote=self.quote(span))
        await self.save(make, said, done)

    async def _relabel(self, annotation: Annotation, label: Label, then: Then) -> None:
        """Another label; while it sticks, the same one accepts."""
        facts = {"label": label.name, "quote": self.quote(annotation.span)}
        if annotation.label != label.name:
            said = _("relabelled {label} {quote}").format(**facts)
            await self.correct(annotation, annotation.span, label, said, then)
        elif self.sticky and annotation.status != "accepted":
            accepted = partial(edits.set_status, annotation, "accepted")
            said = _("accepted {label} {quote}").format(**facts)
            await self.save(lambda _document, stamp: accepted(stamp), said, then)
        else:
            then()
            already = (
                _("it is {label} already")
                if self.sticky
                else _("it is {label} already: a accepts it")
            )
            self.say(already.format(**facts))

    def _go_on(self, span: Span, label: str, onward: bool) -> None:
        """To what is now annotated or, `onward`, to the word after it."""
        for each in self.document.annotations:
            if each.span == span and label in ("", each.label):
                self.view.go_to_annotation(each)
        word = self.view.words.after(span.end) if onward else None
        if word is not None:
            self.view.go_to(word)

    # the label that sticks

    @writes
    async def action_stick(self) -> None:
        """Into the mode, with the label that was used last; out of it."""
        if self.sticky is not None:
            self._unstick()
        elif self._last_label in self.library.schema:
            self.sticky = self._last_label
            said = _("Enter annotates with {label} now: a label key takes another, Esc ends it")
            self.say(said.format(label=self.sticky))
        else:
            self.sticky = NO_LABEL
            self.say(_("choose the label that is to stick: press its key, or c"))

    def _unstick(self) -> None:
        said = _("no label sticks any longer: Enter accepts again")
        self.sticky = None
        self.say(said)

    def watch_sticky(self, sticky: str | None) -> None:
        """The mode stands beside the explanation as long as it is on."""
        mode = _("sticky: {label}").format(label=sticky or "?")
        if self.size.width < NARROW:
            mode = (sticky or "?")[:SHORT]
        self.query_one("#explain", Bar).right = "" if sticky is None else mode

    async def stick_here(self, *, onward: bool) -> None:
        """Annotate with the label that sticks; `onward`: then go to the next word."""
        if self.sticky:
            await self._give(self.library.schema[self.sticky], onward=onward)
        else:
            self.say(_("choose the label that is to stick: press its key, or c"))

    def on_selecting_view_marked(self) -> None:
        """A click or a drag of the mouse: while a label sticks, that annotates."""
        if self.sticky is not None:
            self.run_worker(self.stick_here(onward=False), group="stick")

    def on_article_view_released(self) -> None:
        """Escape, with nothing selected."""
        if self.sticky is not None:
            self._unstick()
        else:
            self.say(_("nothing is selected, and no label sticks"))

    def on_selecting_view_stuck(self, message: ArticleView.Stuck) -> None:
        """A key of the text has nowhere to go."""
        self.say(_(message.why))
