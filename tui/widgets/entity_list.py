"""The list of the entities of a library."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from annotations.schema import Schema
from store.entities import EntityRow
from tui import theme
from tui.entity_table import cells_of
from tui.keyboard.keys import key
from tui.widgets.line_list import LineList, Piece

SCROLLBAR = 1  # cells, which a list's width includes


class EntityList(LineList):
    """An entity a line."""

    DEFAULT_CSS = "EntityList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "With whom, beside which figures, where", "Open",
            name="open-entity"),
    ]  # fmt: skip

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema
        self.rows: Sequence[EntityRow] = ()

    def show(self, rows: Sequence[EntityRow], at: int | None) -> None:
        """List other rows, the cursor on the thing of a number if it is among them."""
        self.rows = rows
        self.lines_changed()
        line = next((line for line, row in enumerate(rows) if row.thing == at), None)
        if line is not None:
            self.cursor = line

    @property
    def row(self) -> EntityRow | None:
        """The entity at the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def line_count(self) -> int:
        return len(self.rows)

    def group_of(self, line: int) -> object:
        return self.rows[line].thing if line < len(self.rows) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        row = self.rows[line]
        cells = cells_of(row, width - 1 - SCROLLBAR)
        name, label, counts, first, last, over_time = cells
        return [
            (" ", theme.PLAIN),
            (name, theme.PLAIN),
            (label, theme.label_style(self._schema, row.label)),
            (counts, theme.PLAIN),
            (first, theme.DIM),
            (last, theme.DIM),
            (over_time, theme.PLAIN),
        ]
