"""One line of text from outside, cut to the width."""

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui import theme
from tui.display import display
from tui.page.wrap import fit


class Bar(Widget):
    """A line with text at its left and, where there is room, at its right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Bar { height: 1; }"

    text: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, style: Style = theme.PLAIN, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._style = style

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        right = f" {display(self.right)} " if self.right else ""
        right = right if len(right) < width // 2 else ""
        left = fit(f" {display(self.text)}", width - len(right))
        strip = Strip([Segment(left + right, self._style)]).adjust_cell_length(width)
        return strip.apply_style(self.rich_style) if y == 0 else Strip.blank(width)
