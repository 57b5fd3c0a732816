"""A text that has no room in a line: a title and a few paragraphs, to be read."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.display import display
from tui.keyboard.keys import key
from tui.language import _

WIDTH = 84  # cells, where the terminal has them


class TextPage(ModalScreen[None]):
    """The paragraphs in full; it scrolls where they are longer than the screen."""

    DEFAULT_CSS = """
    TextPage VerticalScroll { height: auto; max-height: 60%; scrollbar-size-vertical: 1; }
    TextPage .paragraph { height: auto; }
    TextPage .later { margin-top: 1; }
    TextPage.-low VerticalScroll { max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q,i,enter", "leave", "Close", "Close", name="leave-text"),
    ]

    def __init__(self, title: str, paragraphs: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = paragraphs

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(display(self._title), classes="title", markup=False)
            with VerticalScroll():
                for number, text in enumerate(self._paragraphs):
                    classes = "paragraph later" if number else "paragraph"
                    yield Static(display(text), classes=classes, markup=False)
            yield Static(_("Esc: close"), classes="hint", markup=False)

    def on_mount(self) -> None:
        self.query_one(".dialog").styles.width = WIDTH
        self.set_focus(self.query_one(VerticalScroll))

    def action_leave(self) -> None:
        self.dismiss(None)
