"""The side panel: the entities and the figures of the article."""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer

from annotations.model import Document
from annotations.schema import Schema
from tui import theme
from tui.figure_table import ORDERS, Known
from tui.keyboard.keys import key
from tui.page.presentation import BLANK
from tui.page.wrap import fit
from tui.panel_lines import ACCEPTED, MARGIN, MARK, PanelLine, panel_lines
from tui.widgets.line_list import LineList, Piece

REST = 0.06  # seconds after which the cursor of the article rests: longer than a key repeats
AT_ONCE = 100  # annotations; more are read into lines when the text is on the screen


class Panel(LineList):
    """The lines of the panel; moving takes the article's cursor along to a row's first mention,
    choosing a row goes to its next one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "o",
            "sort",
            "In the panel: sort the figures by label, value, place",
            name="sort-figures",
        ),
        key("escape", "screen.leave_panel", "From the panel to the text", name="leave-panel"),
    ]

    document: var[Document] = var(BLANK, init=False)
    current: var[str | None] = var(None, init=False)

    class Sorted(Message):
        """The figures are in another order; `order` is one of ORDERS."""

        def __init__(self, order: str) -> None:
            super().__init__()
            self.order = order

    def __init__(
        self,
        schema: Schema,
        order: str = "label",
        point: Callable[[tuple[str, ...]], None] = lambda _: None,
    ) -> None:
        """`point` takes the article's cursor to one of these mentions, if it is on none of them,
        and at once: the next key may be one that decides about it."""
        super().__init__()
        self._point = point
        self._schema = schema
        self._figures_order = order if order in ORDERS else next(iter(ORDERS))
        self._known: Known = {}
        self._resting: Timer | None = None  # until the article's cursor rests
        self._waits = True  # for the text to be on the screen
        self._lines: list[PanelLine] = []
        self._line_of: dict[str, int] = {}  # id of an annotation -> the first line of its row

    def watch_document(self) -> None:
        self._build()

    def on_resize(self) -> None:
        if not self._waits or len(self.document.annotations) <= AT_ONCE:
            self._build()

    def complete(self) -> None:
        """The text is on the screen."""
        self._waits = False
        if not self._lines:
            self._build()

    def _build(self) -> None:
        """Make the lines anew; only those that are others now are painted again."""
        if not self.size.width:
            return
        old, at = self._lines, self._at_cursor()
        self._lines = panel_lines(
            self.document, self._schema, self.size.width, self._figures_order, self._known
        )
        backwards = reversed([*enumerate(self._lines)])
        self._line_of = {id_: line for line, each in backwards for id_ in each.mentions}
        same = len(old) == len(self._lines)
        pairs = enumerate(zip(old, self._lines, strict=False))
        self.lines_changed([line for line, (a, b) in pairs if a != b] if same else None)
        if self.has_focus:
            self.cursor = next(
                (self._line_of[id_] for id_ in at if id_ in self._line_of), self.cursor
            )
        else:
            self._follow()

    def _at_cursor(self) -> tuple[str, ...]:
        """The mentions of the row at the cursor."""
        return self._lines[self.cursor].mentions if self.cursor < len(self._lines) else ()

    def watch_current(self, old: str | None, new: str | None) -> None:
        """Mark the row of the article's cursor."""
        before, line = self._line_of.get(old or ""), self._line_of.get(new or "")
        self._follow()
        if before != line:
            self.refresh_groups(each for each in (before, line) if each is not None)

    def _follow(self) -> None:
        """Go to the row of the article's cursor; out of sight it is brought into it only when the
        article's cursor rests, so that keys in a row do not each paint the whole panel."""
        if self._resting is not None:
            self._resting.stop()
            self._resting = None
        line = self._line_of.get(self.current or "")
        if line is None:
            return
        if REST and not self.has_focus and not self._is_in_sight(line):
            self._resting = self.set_timer(REST, self._catch_up)
        else:
            self._catch_up()

    def _catch_up(self) -> None:
        """Out of sight the row comes into the middle: more of those after it are in sight."""
        line = self._line_of.get(self.current or "", self.cursor)
        if not self.has_focus and not self._is_in_sight(line):
            middle = max(line - self.size.height // 2, 0)
            self.scroll_to(y=middle, animate=False, immediate=True)
        self.cursor = line

    def _is_in_sight(self, line: int) -> bool:
        first, last = self._extent(line)
        return self.scroll_offset.y <= first and last < self.scroll_offset.y + self.size.height

    def point(self) -> None:
        """Take the article's cursor to the row."""
        if mentions := self._at_cursor():
            self._point(mentions)

    def action_move(self, direction: int) -> None:
        super().action_move(direction)
        self.point()

    def action_page(self, direction: int) -> None:
        super().action_page(direction)
        self.point()

    def action_edge(self, end: int) -> None:
        super().action_edge(end)
        self.point()

    def action_sort(self) -> None:
        """The next order of the figures."""
        orders = list(ORDERS)
        self._figures_order = orders[(orders.index(self._figures_order) + 1) % len(orders)]
        self._build()
        self.post_message(self.Sorted(self._figures_order))

    def line_count(self) -> int:
        return len(self._lines)

    def group_of(self, line: int) -> object:
        return (self._lines[line].mentions or None) if line < len(self._lines) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        content = self._lines[line]
        hue = theme.label_style(self._schema, content.label)
        if not content.mentions:
            style = theme.DIM if content.label is None else hue + theme.BOLD
            return [(fit(f" {content.text}", width), style)]
        style = theme.BOLD if content.mark == ACCEPTED else theme.PLAIN
        if self.current in content.mentions:
            style += theme.CURSOR_ROW
        text = content.text.lstrip(" ")
        filling = len(content.text) - len(text)
        left: list[Piece] = [
            (fit(content.mark, MARK), theme.PLAIN),
            (content.tag, hue),
            (" " * filling, theme.PLAIN),
            (text.rstrip(" "), style),
            (" " * (len(text) - len(text.rstrip(" "))), theme.PLAIN),
            (content.details, theme.DIM),
        ]
        room = width - MARGIN - sum(cell_len(piece) for piece, _style in left)
        return [*left, (content.count.rjust(room) if room > 0 else "", theme.DIM)]
