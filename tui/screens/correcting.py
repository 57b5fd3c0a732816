"""What a person decides about an article's annotations, each decision one edit."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from annotations.model import Status
from tui.keyboard.keys import key
from tui.language import N_, _
from tui.screens.bounding import BoundingScreen
from tui.screens.grouping import GroupingScreen
from tui.screens.guarding import writes
from tui.screens.labelling import LabellingScreen
from tui.screens.undoing import UndoingScreen
from tui.screens.valuing import ValuingScreen

_ALREADY: Mapping[Status, str] = {
    "accepted": N_("it is accepted already"),
    "rejected": N_("it is rejected already"),
}
_DONE: Mapping[Status, str] = {
    "accepted": N_("accepted {label} {quote}"),
    "rejected": N_("rejected {label} {quote}"),
}


class CorrectingScreen(
    UndoingScreen, BoundingScreen, ValuingScreen, LabellingScreen, GroupingScreen
):
    """Accept, reject, relabel, annotate, delete."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "set_status('accepted')", "Accept, go on", "Accept", name="accept"),
        key("x", "set_status('rejected')", "Reject, go on", "Reject", name="reject"),
        key(
            "A", "annotate_all", "Annotate all: the same name in all its forms", name="annotate-all"
        ),
        key("i", "guideline", "How it was decided before in this library", name="guideline"),
        key("d,delete", "remove", "Delete the annotation", name="delete"),
    ]

    @writes
    async def action_set_status(self, status: Status) -> None:
        """Accept or reject, and go on to the next suggestion."""
        annotation = self.view.annotation
        if annotation is None:
            self._next_suggestion()
            return
        if annotation.status == status:
            self.say(_(_ALREADY[status]))
            self._next_suggestion()
            return
        await self.save(
            lambda _document, stamp: edits.set_status(annotation, status, stamp),
            _(_DONE[status]).format(label=annotation.label, quote=self.quote(annotation.span)),
            self._next_suggestion,
        )

    @writes
    async def action_enter(self) -> None:
        """Accept and go on; while a label sticks, annotate with it and go on to the next word."""
        if self.sticky is None:
            await self.action_set_status("accepted")
        else:
            await self.stick_here(onward=True)

    def _next_suggestion(self) -> None:
        left = [each for each in self.view.document.annotations if each.status == "suggested"]
        if not left and self.hidden:
            self.say(_("all that is left is hidden as unsure; z shows it"))
        elif not left:
            self.say(_("no suggestion is left in this article; } opens the next article"))
        elif not self.view.go_to_next(left) and self.view.annotation not in left:
            self.view.go_to_annotation(left[0])

    @writes
    async def action_annotate_all(self) -> None:
        """The same name wherever it stands, in any case form."""
        from tui.screens.annotate_all import annotate_all  # its tables only when they are wanted

        annotation = self.pointed()
        if annotation is None:
            return
        if self.library.schema.label(annotation.label).kind != "entity":
            self.say(_("a figure stands for itself: names can be annotated everywhere"))
        elif annotation.status == "rejected":
            self.say(_("it is rejected: accept it first"))
        else:
            await annotate_all(self, annotation)

    def action_guideline(self) -> None:
        """Say how what is at the cursor was decided before, and what its label means."""
        from tui.screens.guideline import tell_guideline

        place = self.view.annotation, self.view.selection or self.view.cursor
        self.run_worker(tell_guideline(self, *place), group="guideline", exclusive=True)

    @writes
    async def action_remove(self) -> None:
        annotation = self.pointed()
        if annotation is not None:
            said = _("deleted {label} {quote}; u brings it back").format(
                label=annotation.label, quote=self.quote(annotation.span)
            )
            await self.save(lambda _document, _stamp: edits.Remove(annotation), said)
