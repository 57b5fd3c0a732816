"""A list drawn line by line: only what is on the screen is ever built."""

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui import theme
from tui.keyboard.keys import key
from tui.page.wrap import fit

Piece = tuple[str, Style]  # text that has passed `display`, and how it looks


class LineList(ScrollView, can_focus=True):
    """Lines of which some belong together: the cursor goes from group to group.

    Subclasses say what the lines are with `line_count`, `group_of` and `pieces`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "LineList { overflow-x: hidden; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down,j", "move(1)", "Down", name="row-down"),
        key("up,k", "move(-1)", "Up", name="row-up"),
        key("pagedown,space", "page(1)", "Page down", name="rows-page-down"),
        key("pageup", "page(-1)", "Page up", name="rows-page-up"),
        key("home,g", "edge(0)", "First", name="first-row"),
        key("end,G", "edge(1)", "Last", name="last-row"),
        key("enter", "choose", "Choose", name="choose-row"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)  # a line of the group it is on

    class Chosen(Message):
        """A group was chosen with Enter or the mouse; `group` is what `group_of` says."""

        def __init__(self, sender: "LineList", group: object) -> None:
            super().__init__()
            self.sender = sender
            self.group = group

        @property
        def control(self) -> "LineList":
            return self.sender

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def group_of(self, line: int) -> object:
        """What a line stands for; None for a line that cannot be chosen."""
        raise NotImplementedError

    def pieces(self, line: int, width: int) -> list[Piece]:
        """What a line shows, from left to right."""
        raise NotImplementedError

    def lines_changed(self, lines: Iterable[int] | None = None) -> None:
        """To be called when there are other lines: measures and paints again.

        `lines` are those that differ, where as many are left; None: paint them all.
        """
        self.virtual_size = Size(self.size.width, self.line_count())
        last = max(self.line_count() - 1, 0)
        self.cursor = self._selectable(min(self.cursor, last), 1)
        if lines is None:
            self.refresh()
        else:
            top = self.scroll_offset.y
            for line in lines:
                if top <= line < top + self.size.height:
                    self.refresh_line(line)

    def refresh_groups(self, lines: Iterable[int]) -> None:
        """Paint the groups of these lines anew."""
        for line in lines:
            if line < self.line_count():
                first, last = self._extent(line)
                self.refresh_lines(first, last - first + 1)

    def on_resize(self) -> None:
        self.lines_changed()

    def render_line(self, y: int) -> Strip:
        line = self.scroll_offset.y + y
        width = self.size.width
        if line >= self.line_count():
            return Strip.blank(width, self.rich_style)
        on_cursor = self.has_focus and self._in_cursor_group(line)
        segments, left = [], width
        for text, style in self.pieces(line, width):
            if left <= 0:
                break
            piece = Segment(text, style)
            if piece.cell_length > left:
                piece = Segment(fit(text, left), style)
            left -= piece.cell_length
            segments.append(piece)
        strip = Strip(segments).adjust_cell_length(width)
        if on_cursor:
            strip = strip.apply_style(theme.CURSOR_ROW)
        return strip.apply_style(self.rich_style)

    def _in_cursor_group(self, line: int) -> bool:
        group = self.group_of(line)
        return group is not None and group == self.group_of(self.cursor)

    def watch_cursor(self, old: int, new: int) -> None:
        if not self.is_mounted or not self.line_count():
            return
        top, bottom = self._extent(new)
        height = max(self.size.height, 1)
        if top < self.scroll_offset.y:
            self.scroll_to(y=0 if top <= 1 else top, animate=False, immediate=True)
        elif bottom >= self.scroll_offset.y + height:
            self.scroll_to(y=bottom - height + 1, animate=False, immediate=True)
        if self.has_focus:  # else no row is marked
            self.refresh_groups((old, new))

    def on_focus(self) -> None:
        self.refresh_groups([self.cursor])

    def on_blur(self) -> None:
        self.refresh_groups([self.cursor])

    def _extent(self, line: int) -> tuple[int, int]:
        """The first and the last line of the group that a line belongs to."""
        group, first, last = self.group_of(line), line, line
        if group is None:
            return line, line
        while first > 0 and self.group_of(first - 1) == group:
            first -= 1
        while last + 1 < self.line_count() and self.group_of(last + 1) == group:
            last += 1
        return first, last

    def _selectable(self, line: int, direction: int) -> int:
        """The nearest line that can be chosen, searched first in one direction, then back."""
        count = self.line_count()
        for step in (direction, -direction):
            place = line
            while 0 <= place < count:
                if self.group_of(place) is not None:
                    return place
                place += step
        return line

    def action_move(self, direction: int) -> None:
        if not self.line_count():
            return
        first, last = self._extent(self.cursor)
        target = last + 1 if direction > 0 else first - 1
        if 0 <= target < self.line_count():
            self.cursor = self._selectable(target, direction)

    def action_page(self, direction: int) -> None:
        last = self.line_count() - 1
        target = self.cursor + direction * max(self.size.height - 1, 1)
        self.cursor = self._selectable(min(max(target, 0), max(last, 0)), direction)

    def action_edge(self, end: int) -> None:
        target = max(self.line_count() - 1, 0) if end else 0
        self.cursor = self._selectable(target, -1 if end else 1)

    def action_choose(self) -> None:
        if self.line_count() and (group := self.group_of(self.cursor)) is not None:
            self.post_message(self.Chosen(self, group))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or event.chain > 1:
            return
        line = self.scroll_offset.y + offset.y
        if line < self.line_count() and self.group_of(line) is not None:
            self.cursor = line
            self.action_choose()
