"""The value of an annotation and the note on it, in forms."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from annotations.model import Annotation
from annotations.phrase import nested
from tui.keyboard.keys import key
from tui.language import _, counted
from tui.screens.dialogs import Check, Fill, Form, FormField
from tui.screens.guarding import writes
from tui.screens.pointing import PointingScreen
from tui.screens.value_form import (
    ALL,
    MENTIONS,
    TEXT,
    errors_in,
    filled_in,
    told_by,
    value_fields,
)
from tui.wording.value_words import value_in_words

Use = Callable[[Annotation, Mapping[str, str]], Awaitable[bool]]  # saves; False: it could not


class ValuingScreen(PointingScreen):
    """Edits the value and the note of the annotation under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "edit_value", "Edit the value or the name", "Value", name="edit-value"),
        key("m", "write_note", "Write a note", name="write-note"),
    ]

    @writes
    async def action_edit_value(self) -> None:
        """The value of a figure, or the name of an entity in all its mentions or in this one."""
        annotation = self.pointed()
        if annotation is None:
            return
        id_, day = annotation.id, self.document.article.day

        def check(contents: Mapping[str, str]) -> Mapping[str, str]:
            annotation = self.document.by_id.get(id_)
            return errors_in(annotation, contents) if annotation else {}

        fields = value_fields(annotation, len(self.mentions(annotation)))
        title = _("Value of {label} {quote}").format(
            label=annotation.label, quote=self.quote(annotation.span)
        )
        fill = partial(told_by, annotation=annotation, day=day) if fields[0].name == TEXT else None
        await self._ask(annotation.id, title, fields, self._set_value, check, fill)

    @writes
    async def action_write_note(self) -> None:
        annotation = self.pointed()
        if annotation is not None:
            field = FormField("note", annotation.note or "", _("empty removes the note"), _("note"))
            title = _("Note on {label} {quote}").format(
                label=annotation.label, quote=self.quote(annotation.span)
            )
            await self._ask(annotation.id, title, [field], self._set_note)

    async def _ask(
        self,
        id_: str,
        title: str,
        fields: Sequence[FormField],
        use: Use,
        check: Check | None = None,
        fill: Fill | None = None,
    ) -> None:
        """Show a form about an annotation; it comes back, as it was left, if it is not saved.

        It edits the annotation as it was when the form opened: what somebody else makes of it
        meanwhile is a conflict, and is never overwritten unseen.
        """
        annotation = self.document.by_id[id_]

        async def save(contents: Mapping[str, str] | None) -> None:
            if contents is None:
                return
            if all(contents[field.name] == field.content for field in fields if field.name != TEXT):
                self.say(_("nothing was changed"))
                return
            if not await use(annotation, contents):
                left = [replace(field, content=contents[field.name]) for field in fields]
                again = Form(f"{title}: {self.said}", left, check, fill=fill)
                await self.app.push_screen(again, save)

        await self.app.push_screen(Form(title, fields, check, fill=fill), save)

    async def _set_value(self, annotation: Annotation, contents: Mapping[str, str]) -> bool:
        value = filled_in(annotation, contents)
        if contents.get(MENTIONS) == ALL:
            others = [each for each in self.mentions(annotation) if each.id != annotation.id]
            name = str(value["name"])
            said = counted(
                "{count} mention is called {name}",
                "{count} mentions are called {name}",
                len(others) + 1,
                name=f"«{nested(name)}»",
            )
            return await self.save(
                lambda _document, stamp: edits.name_mentions(
                    annotation, others, stamp, name, annotation.entity
                ),
                _with_status(annotation, said),
            )
        said = _("name of {quote}: {value}") if "name" in value else _("value of {quote}: {value}")
        facts = {"quote": self.quote(annotation.span), "value": value_in_words(value) or _("none")}
        return await self.save(
            lambda _document, stamp: edits.correct(
                annotation, stamp, value=value, entity=annotation.entity
            ),
            _with_status(annotation, said.format(**facts)),
        )

    async def _set_note(self, annotation: Annotation, contents: Mapping[str, str]) -> bool:
        return await self.save(
            lambda _document, stamp: edits.write_note(annotation, contents["note"].strip(), stamp),
            _("note on {quote}").format(quote=self.quote(annotation.span)),
        )


def _with_status(annotation: Annotation, said: str) -> str:
    """What was said of a new value; what had not been accepted is by it, and that is said too."""
    if annotation.status == "accepted":
        return said
    return _("{said}; it is accepted now").format(said=said)
