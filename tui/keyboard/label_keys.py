"""Screens on which the keys of the labels give labels."""

from collections.abc import Awaitable

from textual.screen import Screen

from store.library import Library
from tui.keyboard.layout_keys import key_name, twin


class TakesLabels(Screen[None]):
    """Has a library, whose labels have keys of their own."""

    library: Library

    def label_of_key(self, pressed: str) -> int | None:
        """The number of the label that a key sets, also with ЙЦУКЕН on; our own keys come first."""
        names = [key_name(label.key) for label in self.library.schema]
        for name in (pressed, twin(pressed)):
            if name in names and name not in self.active_bindings:
                return names.index(name)
        return None

    def action_label(self, number: int) -> Awaitable[None]:
        """Give the label of this number."""
        raise NotImplementedError
