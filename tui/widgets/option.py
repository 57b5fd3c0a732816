"""A choice of few, on one line of a form: Space or the mouse takes the next one."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui import theme
from tui.display import display
from tui.keyboard.keys import key


class Option(Widget, can_focus=True):
    """Its `value` is the content that is chosen; each has a text that is shown."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "Option { height: 1; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,right", "turn(1)", "Choose the next one", name="next-option"),
        key("left", "turn(-1)", "Choose the one before", name="previous-option"),
        key("enter", "submit", "Done", name="submit-option"),
    ]

    value: reactive[str] = reactive("")

    class Submitted(Message):
        """Enter was pressed on it."""

    def __init__(self, options: Sequence[tuple[str, str]], value: str, id: str) -> None:  # noqa: A002
        """`options`: contents and how they are shown."""
        super().__init__(id=id)
        self._options = options
        self.set_reactive(Option.value, value)

    def _number(self) -> int:
        contents = [content for content, _ in self._options]
        return contents.index(self.value) if self.value in contents else 0

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        pieces = []
        for number, (_, shown) in enumerate(self._options):
            chosen = number == self._number()
            style = theme.CURSOR_ROW if chosen and self.has_focus else theme.PLAIN
            pieces += [Segment(_mark(shown, chosen=chosen), style), Segment("  ")]
        return Strip(pieces).adjust_cell_length(width).apply_style(self.rich_style)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_turn(self, direction: int) -> None:
        self.value = self._options[(self._number() + direction) % len(self._options)][0]

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def on_click(self, event: events.Click) -> None:
        """The one that the mouse points at."""
        place = 0
        for content, shown in self._options:
            place += cell_len(_mark(shown, chosen=False)) + 2
            if event.x < place:
                self.value = content
                return


def _mark(shown: str, *, chosen: bool) -> str:
    return f"{'(•)' if chosen else '( )'} {display(shown)}"
