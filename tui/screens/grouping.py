"""To which entity a mention belongs: a menu of those of the article."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.grouping import Entity, candidates, entities, name_of, new_entity
from annotations.guess import guess
from annotations.model import Annotation, Document
from annotations.phrase import nested
from annotations.schema import Schema
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _, counted
from tui.page.wrap import fit
from tui.screens.guarding import writes
from tui.screens.pointing import PointingScreen
from tui.widgets.line_list import LineList, Piece

MARK = "•"  # before the entity that the mention belongs to now
AROUND = 9  # lines of the menu that are no entities, and of the screen around it


@dataclass(frozen=True, slots=True)
class Belonging:
    """What was chosen: an entity, or None for a new one; for one mention, or for all."""

    entity: Entity | None
    together: bool


class _Entities(LineList):
    """The present entity, marked; the others, the likeliest first; a new one (None)."""

    def __init__(
        self, schema: Schema, entities: Sequence[Entity | None], present: str | None
    ) -> None:
        super().__init__()
        self._schema = schema
        self._entities = entities
        self._present = present

    def on_mount(self) -> None:
        """The present one is there to be seen: what is chosen is mostly one after it."""
        self.cursor = 1 if self._is_present(0) and len(self._entities) > 1 else 0

    def _is_present(self, line: int) -> bool:
        entity = self._entities[line]
        return entity is not None and entity.id == self._present

    def line_count(self) -> int:
        return len(self._entities)

    def group_of(self, line: int) -> object:
        return line if line < len(self._entities) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        entity = self._entities[line]
        if entity is None:
            return [(fit("   " + _("a new entity, for this mention alone"), width), theme.BOLD)]
        label = display(entity.label)
        count = f"{len(entity.mentions):>4} "
        room = max(width - len(count) - 12, 8)
        return [
            (f" {MARK} " if self._is_present(line) else "   ", theme.PLAIN),
            (fit(display(entity.name), room - 3), theme.PLAIN),
            (" " + fit(label, 10), theme.label_style(self._schema, entity.label)),
            (count, theme.DIM),
        ]


class GroupMenu(ModalScreen[Belonging | None]):
    """Answers with what was chosen, or None when it is left with Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-grouping"),
        key("a", "together", "One mention, or all of its entity", name="group-together"),
    ]

    def __init__(
        self,
        title: str,
        schema: Schema,
        entities: Sequence[Entity | None],
        count: int,
        present: str | None = None,
    ) -> None:
        """`present` is the id of the entity that it belongs to now, `count` how many mentions
        that has."""
        super().__init__()
        self._title = title
        self._schema = schema
        self._entities = entities
        self._count = count
        self._present = present
        self._together = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static(display(self._title), classes="title", markup=False)
            yield _Entities(self._schema, self._entities, self._present)
            yield Static("", id="together", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(_Entities))
        self._tell()

    def on_resize(self) -> None:
        """The line about the mentions stays in sight."""
        entities = self.query_one(_Entities)
        entities.styles.height = len(self._entities)
        entities.styles.max_height = max(self.app.size.height - AROUND, 2)

    def _tell(self) -> None:
        if self._count < 2:
            said = _("Enter: it belongs there. Escape: leave it as it was")
        elif self._together:
            said = counted(
                "Enter moves {count} mention. a: Enter moves this one alone",
                "Enter moves all {count} mentions. a: Enter moves this one alone",
                self._count,
            )
        else:
            said = counted(
                "Enter moves this mention alone. a: Enter moves its {count} mention",
                "Enter moves this mention alone. a: Enter moves all {count}",
                self._count,
            )
        self.query_one("#together", Static).update(said)

    def action_together(self) -> None:
        self._together = not self._together and self._count > 1
        self._tell()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        if isinstance(message.group, int):
            self.dismiss(Belonging(self._entities[message.group], self._together))

    def action_leave(self) -> None:
        self.dismiss(None)


class GroupingScreen(PointingScreen):
    """Says which mentions are of one thing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "group", "Group: to which entity the mention belongs", name="group-mentions"),
    ]

    @writes
    async def action_group(self) -> None:
        annotation = self.pointed()
        if annotation is None:
            return
        if self.library.schema.label(annotation.label).kind != "entity":
            self.say(_("a figure stands for itself: only names are grouped"))
            return
        if annotation.status == "rejected":
            self.say(_("it is rejected: accept it first"))
            return
        mentions = self.mentions(annotation)
        alike, others = await asyncio.to_thread(candidates, self.document, annotation)
        own: list[Entity | None] = [None] if len(mentions) > 1 else []
        if not (alike or others or own):
            self.say(_("there is no other entity in this article that it could belong to"))
            return
        found = entities(self.document, annotation.layer)
        present = [each for each in found if each.id == annotation.entity]
        await self._choose(annotation, [*present, *alike, *others, *own], mentions)

    async def _choose(
        self,
        annotation: Annotation,
        choices: Sequence[Entity | None],
        mentions: Sequence[Annotation],
    ) -> None:
        async def use(answer: Belonging | None) -> None:
            if answer is None:
                return
            if answer.entity is not None and answer.entity.id == annotation.entity:
                self.say(_("it belongs there already"))
            else:
                together = answer.together and answer.entity is not None
                moved = mentions if together else [annotation]
                await self._join(annotation, moved, answer.entity)

        title = _("{label} {quote} belongs to").format(
            label=annotation.label, quote=self.quote(annotation.span)
        )
        menu = GroupMenu(title, self.library.schema, choices, len(mentions), annotation.entity)
        await self.app.push_screen(menu, use)

    async def _join(
        self, annotation: Annotation, moved: Sequence[Annotation], entity: Entity | None
    ) -> None:
        """Mentions go to an entity and take its name, in one step; None: to a new one."""
        schema = self.library.schema

        def make(document: Document, stamp: Stamp) -> Edit:
            name = entity.name if entity else _own_name(document, annotation, schema)
            goal = entity.id if entity else new_entity(document)
            return edits.name_mentions(annotation, moved, stamp, name, goal)

        if entity is None:
            said = _("{quote} is on its own").format(quote=self.quote(annotation.span))
        else:
            said = counted(
                "{count} mention belongs to {name}; v gives it another name",
                "{count} mentions belong to {name}; v gives them another name",
                len(moved),
                name=f"«{nested(entity.name)}»",
            )
        await self.save(make, said, lambda: self.go_to_id(annotation.id))


def _own_name(document: Document, annotation: Annotation, schema: Schema) -> str:
    """The name of a mention that leaves its entity: what its words say, if it had the entity's."""
    name = name_of(document, annotation)
    if not _has_name_of_others(document, annotation, name):
        return name
    alone = Document(document.article, (annotation,))
    label = schema.label(annotation.label)
    value = guess(alone, annotation.span, annotation.label, label.kind).value
    return str((value or {}).get("name") or name)


def _has_name_of_others(document: Document, annotation: Annotation, name: str) -> bool:
    return any(
        each.entity == annotation.entity
        and each.id != annotation.id
        and name_of(document, each) == name
        for each in document.annotations
    )
