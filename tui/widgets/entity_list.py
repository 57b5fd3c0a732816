"""The list of the entities of a library."""

from typing import ClassVar

from textual.binding import BindingType

from annotations.schema import Schema
from store.entities import EntityRow
from tui import theme
from tui.entity_table import cells_of
from tui.keyboard.keys import key
from tui.widgets.line_list import Piece
from tui.widgets.row_list import RowList

SCROLLBAR = 1  # cells, which a list's width includes


class EntityList(RowList[EntityRow]):
    """An entity a line."""

    DEFAULT_CSS = "EntityList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "With whom, beside which figures, where", "Open",
            name="open-entity"),
    ]  # fmt: skip

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema

    def key_of(self, row: EntityRow) -> int:
        return row.thing

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
