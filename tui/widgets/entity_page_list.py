"""The page of an entity as lines: with whom it is mentioned, beside which figures, and where."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType

from annotations.schema import Schema
from store.concordance import Line
from store.entities import Companion
from store.entity_page import EntityPage
from store.figures import Figure
from tui import theme
from tui.display import display
from tui.entity_table import companion_in_words
from tui.figure_table import amount_and_unit
from tui.keyboard.keys import key
from tui.language import N_, _
from tui.page.wrap import fit, fit_end
from tui.widgets.entity_list import SCROLLBAR
from tui.widgets.line_list import LineList, Piece

COMPANIONS = 20  # that are listed
GAP = "  "
LABEL, DATE, AMOUNT = 8, 10, 24  # cells
DATED = 60  # cells: from here on there is room for days

Row = Companion | Figure | Line
PARTS = (N_("Together with"), N_("Figures in the same sentences"), N_("Mentions"))


class EntityPageList(LineList):
    """Three parts with a heading each; the cursor passes over the headings."""

    DEFAULT_CSS = "EntityPageList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "Open the page, or the article at this place", "Open",
            name="open-from-entity"),
        key("tab", "part(1)", "Next part of the page", "Next part", name="next-part"),
        key("shift+tab", "part(-1)", "Previous part of the page", name="previous-part"),
    ]  # fmt: skip

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema
        self._label = ""
        self._lines: Sequence[Row | str] = ()

    def show(self, page: EntityPage) -> None:
        self._label = page.row.label
        parts: Sequence[Sequence[Row]] = (page.companions[:COMPANIONS], page.figures, page.lines)
        lines: list[Row | str] = []
        for heading, rows in zip(PARTS, parts, strict=True):
            if rows:
                lines += ["", _(heading), *rows]
        self._lines = lines[1:]
        self.lines_changed()

    @property
    def row(self) -> Row | None:
        """What the cursor is on."""
        row = self._lines[self.cursor] if self.cursor < len(self._lines) else ""
        return None if isinstance(row, str) else row

    def line_count(self) -> int:
        return len(self._lines)

    def group_of(self, line: int) -> object:
        return None if isinstance(self._lines[line], str) else line

    def action_part(self, direction: int) -> None:
        """To the first line of the next part, or of the one before."""
        firsts = [number + 1 for number, line in enumerate(self._lines) if _is_heading(line)]
        if direction > 0:
            self.cursor = next((line for line in firsts if line > self.cursor), self.cursor)
        else:
            before = [line for line in firsts if line < self.cursor]
            self.cursor = before[-1] if before else self.cursor

    def pieces(self, line: int, width: int) -> list[Piece]:
        return [(" ", theme.PLAIN), *self._row(self._lines[line], width - 1 - SCROLLBAR)]

    def _row(self, row: Row | str, width: int) -> Iterator[Piece]:
        match row:
            case Companion():
                yield from self._companion(row, width)
            case Figure():
                yield from self._figure(row, width)
            case Line():
                yield from self._mention(row, width)
            case _:
                yield display(row), theme.BOLD

    def _hue(self, label: str) -> Style:
        return theme.label_style(self._schema, label)

    def _companion(self, row: Companion, width: int) -> Iterator[Piece]:
        said = companion_in_words(row.together, row.articles)
        name = max(width - LABEL - 2 * len(GAP) - cell_len(said), 10)
        yield fit(display(row.label), LABEL) + GAP, self._hue(row.label)
        yield fit(display(row.name), name) + GAP, theme.PLAIN
        yield said, theme.DIM

    def _figure(self, row: Figure, width: int) -> Iterator[Piece]:
        amount, unit = amount_and_unit(row.value)
        said = f"{amount or display(row.text)} {unit}".strip()
        room = width - len(GAP) - AMOUNT
        yield fit(said, AMOUNT) + GAP, self._hue(row.label)
        end = row.at + len(row.text)
        parts = row.sentence[: row.at], row.sentence[row.at : end], row.sentence[end:]
        yield from _between(*parts, room, row.published, self._hue(row.label))

    def _mention(self, row: Line, width: int) -> Iterator[Piece]:
        hue = self._hue(self._label) + theme.BOLD
        yield from _between(row.left, row.key, row.right, width, row.row.published, hue)


def _is_heading(line: Row | str) -> bool:
    return isinstance(line, str) and bool(line)


def _between(
    left: str, key: str, right: str, width: int, published: str | None, style: Style
) -> Iterator[Piece]:
    """What stands in a text between its neighbours, which begins at the same cell in each line."""
    day = GAP + fit(display(published or "—")[:DATE], DATE) if width >= DATED else ""
    before = (width - len(day)) * 2 // 5
    middle = display(key)
    room = width - len(day) - before
    if cell_len(middle) > room:
        middle = fit(middle, room)
    yield fit_end(display(left), before), theme.PLAIN
    yield middle, style
    yield fit(display(right), room - cell_len(middle)), theme.PLAIN
    yield day, theme.DIM
