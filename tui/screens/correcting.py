"""What a person decides about an article's annotations, each decision one edit."""

from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.guess import guess
from annotations.model import Document, Span, Status
from tui import theme
from tui.keys import key
from tui.layout_keys import key_name, twin
from tui.screens.bounding import BoundingScreen
from tui.screens.dialogs import Choice, Menu
from tui.screens.undoing import UndoingScreen
from tui.screens.valuing import ValuingScreen


class CorrectingScreen(UndoingScreen, BoundingScreen, ValuingScreen):
    """Accept, reject, relabel, annotate, delete."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "set_status('accepted')", "Accept, go on", "Accept"),
        key("x", "set_status('rejected')", "Reject, go on", "Reject"),
        key("c", "choose_label", "Choose a label", "Label"),
        key("A", "annotate_all", "Annotate all: the same name in all its forms"),
        key("i", "guideline", "How it was decided before in this library"),
        key("d,delete", "remove", "Delete the annotation"),
    ]

    async def action_set_status(self, status: Status) -> None:
        """Accept or reject, and go on to the next suggestion."""
        annotation = self.view.annotation
        if annotation is None:
            self._next_suggestion()
            return
        if annotation.status == status:
            self.say(f"it is {status} already")
            self._next_suggestion()
            return
        await self.save(
            lambda _, stamp: edits.set_status(annotation, status, stamp),
            f"{status} {annotation.label} {self.quote(annotation.span)}",
            self._next_suggestion,
        )

    def _next_suggestion(self) -> None:
        left = [each for each in self.document.annotations if each.status == "suggested"]
        if not left:
            self.say("no suggestion is left in this article; } opens the next article")
        elif not self.view.go_to_next(left) and self.view.annotation not in left:
            self.view.go_to_annotation(left[0])

    async def action_choose_label(self) -> None:
        schema = self.library.schema
        choices = [
            Choice(each.name, each.key, each.description, theme.label_style(schema, each.name))
            for each in schema
        ]

        async def use(number: int | None) -> None:
            if number is not None:
                await self.action_label(number)

        title = f"Label of {self.quote(self.view.selection or self.view.cursor)}"
        await self.app.push_screen(Menu(title, choices), use)

    def label_of_key(self, pressed: str) -> int | None:
        """The number of the label that a key sets, also with ЙЦУКЕН on; our own keys come first."""
        names = [key_name(label.key) for label in self.library.schema]
        for name in (pressed, twin(pressed)):
            if name in names and name not in self.active_bindings:
                return names.index(name)
        return None

    async def action_label(self, number: int) -> None:
        """Relabel the annotation, or annotate the selection or the word at the cursor."""
        label = list(self.library.schema)[number]
        annotation, selection = self.view.annotation, self.view.selection
        if annotation is not None and selection in (None, annotation.span):
            if annotation.label == label.name:
                self.say(f"it is {label.name} already: a accepts it")
            else:
                await self.correct(annotation, annotation.span, label, f"relabelled {label.name}")
            return
        span = selection or self.view.cursor

        def make(document: Document, stamp: Stamp) -> Edit:
            found = guess(document, span, label.name, label.kind)
            return edits.new_annotation(span, label.name, stamp, found.value, found.entity)

        said = f"added {label.name} {self.quote(span)}"
        await self.save(make, said, partial(self._go_to_new, span, label.name))

    def _go_to_new(self, span: Span, label: str) -> None:
        for each in self.document.annotations:
            if each.span == span and each.label == label:
                self.view.go_to_annotation(each)

    async def action_annotate_all(self) -> None:
        """The same name wherever it stands, in any case form."""
        from tui.screens.annotate_all import annotate_all  # its tables only when they are wanted

        annotation = self.pointed()
        if annotation is None:
            return
        if self.library.schema.label(annotation.label).kind != "entity":
            self.say("a figure stands for itself: names can be annotated everywhere")
        elif annotation.status == "rejected":
            self.say("it is rejected: accept it first")
        else:
            await annotate_all(self, annotation)

    def action_guideline(self) -> None:
        """Say how what is at the cursor was decided before, and what its label means."""
        from tui.screens.guideline import tell_guideline

        place = self.view.annotation, self.view.selection or self.view.cursor
        self.run_worker(tell_guideline(self, *place), group="guideline", exclusive=True)

    async def action_remove(self) -> None:
        annotation = self.pointed()
        if annotation is not None:
            said = f"deleted {annotation.label} {self.quote(annotation.span)}; u brings it back"
            await self.save(lambda *_: edits.Remove(annotation), said)
