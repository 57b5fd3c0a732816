"""The list of the entries of a library's dictionary."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType

from annotations.gazetteer import Row, State
from annotations.schema import Schema
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _
from tui.page.wrap import fit
from tui.widgets.line_list import Piece
from tui.widgets.row_list import RowList
from tui.wording.dictionary_words import MARKS, forms_in_words, ruling_in_words

GAP = "  "
SORTED = "↓"
MARK, LABEL, COUNT, DATE, SCROLLBAR = 2, 8, 5, 10, 1  # cells


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of the columns that grow; one for which there is no room has none."""

    name: int
    forms: int
    ruling: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        rest = width - SCROLLBAR - MARK - len(GAP) - LABEL - 2 * COUNT
        if width < 60:
            return cls(max(rest, 10), 0, 0)
        rest -= 2 * len(GAP) + DATE
        if width < 120:
            name = max(rest * 5 // 9, 16)
            return cls(name, max(rest - name, 4), 0)
        rest -= len(GAP)
        return cls(rest * 3 // 10, rest * 4 // 10, rest * 3 // 10)

    def cells(
        self, name: str, label: str, counts: tuple[str, str], last: str, forms: str, ruling: str
    ) -> list[str]:
        """The cells of a row, each with the gap before it."""
        return [
            fit(name, self.name),
            GAP + fit(label, LABEL),
            counts[0].rjust(COUNT) + counts[1].rjust(COUNT),
            GAP + fit(last, DATE) if self.forms else "",
            GAP + fit(forms, self.forms) if self.forms else "",
            GAP + fit(ruling, self.ruling) if self.ruling else "",
        ]


def heads(width: int, order: str) -> str:
    """The names of the columns, with an arrow at the one by which the list is sorted."""
    names = {"name": _("name"), "label": _("label"), "accepted": "✓", "last": _("decided")}
    names[order] = SORTED + names[order]
    name, label, accepted, last = names.values()
    cells = Columns.of(width).cells(
        name, label, (accepted, "✗"), last, _("forms"), _("laid down by hand")
    )
    return (" " * (MARK - 1) + "".join(cells)).rstrip()  # the bar adds a space


class DictionaryList(RowList[Row]):
    """An entry a line; what is not suggested is dim, what somebody laid down is bold."""

    DEFAULT_CSS = "DictionaryList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "The articles where it was decided", "Open", name="open-entry"),
    ]

    def __init__(self, schema: Schema, moved: Callable[[], None]) -> None:
        super().__init__(moved)
        self._schema = schema

    def key_of(self, row: Row) -> tuple[str, str]:
        return row.key

    def pieces(self, line: int, width: int) -> list[Piece]:
        row = self.rows[line]
        counts = row.counts
        name, label, numbers, last, forms, ruling = Columns.of(width).cells(
            display(row.name),
            display(row.label),
            (str(counts.accepted), str(counts.rejected)),
            row.last[:DATE],
            display(forms_in_words(row)),
            display(ruling_in_words(row.ruling)),
        )
        style = theme.PLAIN if row.state is State.SUGGESTED else theme.DIM
        hue = theme.label_style(self._schema, row.label)
        return [
            (fit(MARKS[row.state], MARK), style),
            (name, style + Style(bold=row.ruling is not None or None)),
            (label, style + hue),
            (numbers, style),
            (last, theme.DIM),
            (forms, theme.DIM),
            (ruling, style),
        ]
