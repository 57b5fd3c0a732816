"""A list with a row a line, each of which is somebody's or something's."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from tui.widgets.line_list import LineList

Row = TypeVar("Row")


def _nothing() -> None: ...


class RowList(LineList, Generic[Row]):
    """Subclasses say by `key_of` what a row stands for; `moved` is called with the cursor."""

    def __init__(self, moved: Callable[[], None] = _nothing) -> None:
        super().__init__()
        self._moved = moved
        self.rows: Sequence[Row] = ()

    def key_of(self, row: Row) -> object:
        """What a row stands for, however it is shown."""
        raise NotImplementedError

    def show(self, rows: Sequence[Row], at: object) -> None:
        """List other rows, the cursor on the one with a key if there is one."""
        self.rows = rows
        self.lines_changed()
        line = next((line for line, row in enumerate(rows) if self.key_of(row) == at), None)
        if line is not None:
            self.cursor = line

    @property
    def row(self) -> Row | None:
        """The row at the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self._moved()

    def line_count(self) -> int:
        return len(self.rows)

    def group_of(self, line: int) -> object:
        return self.key_of(self.rows[line]) if line < len(self.rows) else None
