"""Type to filter: a line at the bottom that filters a list with each letter."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from tui.display import display
from tui.keyboard.keys import key
from tui.language import _
from tui.widgets.text_field import TextField


class LiveFilter(ModalScreen[None]):
    """Enter leaves the list as it is filtered, Escape as it was before."""

    DEFAULT_CSS = """
    LiveFilter { align: left bottom; }
    LiveFilter Horizontal { height: 1; background: ansi_default; }
    LiveFilter Static { width: auto; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-filter"),
    ]

    def __init__(self, text: str, use: Callable[[str], None]) -> None:
        super().__init__()
        self._text = text
        self._use = use

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(f" {_('with:')} ", markup=False)
            yield TextField(display(self._text), compact=True, select_on_focus=True)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(TextField))  # now: the next key is for it

    def on_input_changed(self, event: Input.Changed) -> None:
        self._use(event.value)

    def on_input_submitted(self) -> None:
        self.dismiss()

    def action_leave(self) -> None:
        self._use(self._text)
        self.dismiss()


class FilteredScreen(Screen[None]):
    """A screen with a list that shows only what has a text in it, as long as there is one."""

    _text = ""

    def show_filtered(self) -> None:
        """List what has the text in it, and tell how much that is."""
        raise NotImplementedError

    async def action_filter(self) -> None:
        def use(text: str) -> None:
            self._text = text.strip()
            self.show_filtered()

        await self.app.push_screen(LiveFilter(self._text, use))

    def action_show_all(self) -> None:
        """Where all are shown, Escape leaves, as it does everywhere."""
        if not self._text:
            self.action_leave()
            return
        self._text = ""
        self.show_filtered()

    def action_leave(self) -> None:
        self.dismiss()
