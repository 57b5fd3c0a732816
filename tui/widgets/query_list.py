"""The list of the saved queries."""

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType

from annotations.query.saved import SavedQuery
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _
from tui.page.wrap import fit
from tui.widgets.article_list import NEW
from tui.widgets.line_list import Piece
from tui.widgets.row_list import RowList
from tui.wording.query_words import WHOSE, whose

GAP = "  "
MARK, WHOSE_CELLS, COUNT, SCROLLBAR = 2, 12, 8, 1  # cells

Known = tuple[str, bool]  # what tells a query from all others: its name's key, whose it is


@dataclass(frozen=True, slots=True)
class QueryRow:
    """A saved query with what it finds; None: that is not known yet."""

    query: SavedQuery
    matches: int | None = None
    new: int | None = None
    problem: str = ""  # why it finds nothing

    @property
    def known(self) -> Known:
        return self.query.key, self.query.is_shared


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of the columns that grow; one for which there is no room has none."""

    name: int
    query: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        rest = width - SCROLLBAR - MARK - len(GAP) - WHOSE_CELLS - 2 * COUNT
        if width < 60:
            return cls(max(rest, 8), 0)
        rest -= len(GAP)
        name = max(min(rest * 2 // 5, 40), 12)
        return cls(name, max(rest - name, 4))

    def cells(self, name: str, whose: str, counts: tuple[str, str], query: str) -> list[str]:
        """The cells of a row, each with the gap before it."""
        return [
            fit(name, self.name),
            GAP + fit(whose, WHOSE_CELLS),
            counts[0].rjust(COUNT),
            counts[1].rjust(COUNT),
            GAP + fit(query, self.query) if self.query else "",
        ]


def heads(width: int) -> str:
    """The names of the columns."""
    cells = Columns.of(width).cells(_("name"), _("whose"), (_("found"), _("new")), _("query"))
    return (" " * (MARK - 1) + "".join(cells)).rstrip()  # the bar adds a space


class QueryList(RowList[QueryRow]):
    """A query a line; one that has found something new is bold and has a mark at its left."""

    DEFAULT_CSS = "QueryList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "Show what it finds", "Open", name="open-query"),
    ]

    def key_of(self, row: QueryRow) -> Known:
        return row.known

    def pieces(self, line: int, width: int) -> list[Piece]:
        row = self.rows[line]
        name, owner, matches, new, query = Columns.of(width).cells(
            display(row.query.name),
            _(WHOSE[whose(row.query)]),
            (_number(row, row.matches), _number(row, row.new)),
            display(row.query.query),
        )
        weight = theme.BOLD if row.new else Style()
        return [
            (fit(NEW if row.new else "", MARK), theme.BOLD),
            (name, theme.PLAIN + weight),
            (owner, theme.DIM),
            (matches, theme.PLAIN),
            (new, theme.PLAIN + weight),
            (query, theme.DIM),
        ]


def _number(row: QueryRow, count: int | None) -> str:
    """«!» where the query means nothing, «…» while it is counted."""
    return "!" if row.problem else "…" if count is None else str(count)
