"""The value of an annotation and the note on it, in forms."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from annotations.model import Annotation
from tui.keys import key
from tui.screens.dialogs import Form, FormField
from tui.screens.pointing import PointingScreen
from tui.screens.value_form import errors_in, filled_in, value_fields

Use = Callable[[Annotation, Mapping[str, str]], Awaitable[bool]]  # saves; False: it could not


class ValuingScreen(PointingScreen):
    """Edits the value and the note of the annotation under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "edit_value", "Edit the value or the name", "Value"),
        key("m", "write_note", "Write a note"),
    ]

    async def action_edit_value(self) -> None:
        annotation = self.pointed()
        if annotation is not None:
            title = f"Value of {annotation.label} {self.quote(annotation.span)}"
            await self._ask(annotation.id, title, value_fields(annotation), self._set_value)

    async def action_write_note(self) -> None:
        annotation = self.pointed()
        if annotation is not None:
            field = FormField("note", annotation.note or "", "empty removes the note")
            title = f"Note on {annotation.label} {self.quote(annotation.span)}"
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
            f"value of {self.quote(annotation.span)}",
        )

    async def _set_note(self, annotation: Annotation, contents: Mapping[str, str]) -> bool:
        return await self.save(
            lambda _, stamp: edits.write_note(annotation, contents["note"].strip(), stamp),
            f"note on {self.quote(annotation.span)}",
        )
