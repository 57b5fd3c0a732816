"""What a person decides about an article's annotations, each decision one edit."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.guess import again, guess
from annotations.model import Annotation, Document, Span, Status
from annotations.schema import Label
from store.library import Nothing, Saved
from tui import theme
from tui.keys import key
from tui.layout_keys import key_name, twin
from tui.screens.dialogs import Choice, Form, FormField, Menu
from tui.screens.editing import EditingScreen, Outcome
from tui.screens.value_form import errors_in, filled_in, value_fields
from tui.widgets.article_view import ArticleView
from tui.words import edit_in_words, quoted

Use = Callable[[Annotation, Mapping[str, str]], Awaitable[bool]]  # saves; False: it could not


class CorrectingScreen(EditingScreen):
    """Accept, reject, relabel, annotate, move boundaries, delete, undo."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "set_status('accepted')", "Accept, go on", "Accept"),
        key("x", "set_status('rejected')", "Reject, go on", "Reject"),
        key("c", "choose_label", "Choose a label", "Label"),
        key("A", "annotate_all", "Annotate all: the same name in all its forms"),
        key("i", "guideline", "How it was decided before in this library"),
        key("e", "move_end(1)", "End a word later"),
        key("E", "move_end(-1)", "End a word earlier"),
        key("b", "move_start(-1)", "Begin a word earlier"),
        key("B", "move_start(1)", "Begin a word later"),
        key("v", "edit_value", "Edit the value or the name", "Value"),
        key("m", "write_note", "Write a note"),
        key("d,delete", "remove", "Delete the annotation"),
        key("u", "undo", "Undo your last edit of this article", "Undo"),
        key("U,ctrl+r", "redo", "Redo"),
    ]

    @property
    def view(self) -> ArticleView:
        """Where the cursor is."""
        return self.query_one(ArticleView)

    def _annotation(self) -> Annotation | None:
        """The annotation under the cursor; where there is none, that is said."""
        if self.view.annotation is None:
            self.say("there is no annotation under the cursor: Tab goes to the next one")
        return self.view.annotation

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
            f"{status} {annotation.label} {self._quote(annotation.span)}",
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

        title = f"Label of {self._quote(self.view.selection or self.view.cursor)}"
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
                await self._correct(annotation, annotation.span, label, f"relabelled {label.name}")
            return
        span = selection or self.view.cursor

        def make(document: Document, stamp: Stamp) -> Edit:
            found = guess(document, span, label.name, label.kind)
            return edits.new_annotation(span, label.name, stamp, found.value, found.entity)

        said = f"added {label.name} {self._quote(span)}"
        await self.save(make, said, partial(self._go_to_new, span, label.name))

    def _go_to_new(self, span: Span, label: str) -> None:
        for each in self.document.annotations:
            if each.span == span and each.label == label:
                self.view.go_to_annotation(each)

    async def _correct(self, annotation: Annotation, span: Span, label: Label, said: str) -> None:
        """Another span or label; value and entity are told anew."""

        def make(document: Document, stamp: Stamp) -> Edit:
            found = again(document, annotation, span, label.name, label.kind)
            return edits.correct(
                annotation,
                stamp,
                span=span,
                label=label.name,
                value=found.value,
                entity=found.entity,
            )

        await self.save(make, f"{said} {self._quote(span)}", partial(self._go_to_id, annotation.id))

    def _go_to_id(self, id_: str) -> None:
        if id_ in self.document.by_id:
            self.view.go_to_annotation(self.document.by_id[id_])

    async def action_annotate_all(self) -> None:
        """The same name wherever it stands, in any case form."""
        from tui.screens.annotate_all import annotate_all  # its tables only when they are wanted

        annotation = self._annotation()
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

    # boundaries

    async def action_move_end(self, direction: int) -> None:
        annotation, words = self._annotation(), self.view.words
        if annotation is not None:
            span = annotation.span
            last = words.after(span.end) if direction > 0 else words.before(span.end - 1)
            await self._move(annotation, span.start, last.end if last else span.end)

    async def action_move_start(self, direction: int) -> None:
        annotation, words = self._annotation(), self.view.words
        if annotation is not None:
            span = annotation.span
            first = words.before(span.start) if direction < 0 else words.after(span.start + 1)
            await self._move(annotation, first.start if first else span.start, span.end)

    async def _move(self, annotation: Annotation, start: int, end: int) -> None:
        if start >= end or (start, end) == (annotation.start, annotation.end):
            self.say("the boundary cannot go further that way")
        else:
            schema = self.library.schema
            await self._correct(annotation, Span(start, end), schema.label(annotation.label), "now")

    # value, note, deletion

    async def action_edit_value(self) -> None:
        annotation = self._annotation()
        if annotation is not None:
            title = f"Value of {annotation.label} {self._quote(annotation.span)}"
            await self._ask(annotation.id, title, value_fields(annotation), self._set_value)

    async def action_write_note(self) -> None:
        annotation = self._annotation()
        if annotation is not None:
            field = FormField("note", annotation.note or "", "empty removes the note")
            title = f"Note on {annotation.label} {self._quote(annotation.span)}"
            await self._ask(annotation.id, title, [field], self._set_note)

    async def _ask(self, id_: str, title: str, fields: Sequence[FormField], use: Use) -> None:
        """Show a form about an annotation; it comes back, as it was left, if it is not saved."""

        def check(contents: Mapping[str, str]) -> Mapping[str, str]:
            annotation = self.document.by_id.get(id_)
            return errors_in(annotation, contents) if annotation and use == self._set_value else {}

        async def save(contents: Mapping[str, str] | None) -> None:
            unchanged = contents == {field.name: field.content for field in fields}
            if contents is None or unchanged:
                return
            annotation = self.document.by_id.get(id_)
            reason = "it has been deleted" if annotation is None else ""
            if annotation is not None and not await use(annotation, contents):
                reason = self.said
            if reason:
                left = [replace(field, content=contents[field.name]) for field in fields]
                await self.app.push_screen(Form(f"{title}: {reason}", left, check), save)

        await self.app.push_screen(Form(title, fields, check), save)

    async def _set_value(self, annotation: Annotation, contents: Mapping[str, str]) -> bool:
        value = filled_in(annotation, contents)
        return await self.save(
            lambda _, stamp: edits.correct(
                annotation, stamp, value=value, entity=annotation.entity
            ),
            f"value of {self._quote(annotation.span)}",
        )

    async def _set_note(self, annotation: Annotation, contents: Mapping[str, str]) -> bool:
        return await self.save(
            lambda _, stamp: edits.write_note(annotation, contents["note"].strip(), stamp),
            f"note on {self._quote(annotation.span)}",
        )

    async def action_remove(self) -> None:
        annotation = self._annotation()
        if annotation is not None:
            said = f"deleted {annotation.label} {self._quote(annotation.span)}; u brings it back"
            await self.save(lambda *_: edits.Remove(annotation), said)

    # history

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
                self._go_to_id(edits.touched(outcome.edit)[0])

        await self.commit(write, name, tell)

    def _quote(self, span: Span) -> str:
        return quoted(self.document.article.text, span)
