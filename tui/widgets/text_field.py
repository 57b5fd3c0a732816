"""A text field that shows what is typed or pasted as harmlessly as everything else."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.display import display


class TextField(Input):
    """An Input in which Alt+b and Alt+f go by words, as in a shell.

    Its cursor does not blink: that would send something twice a second while nobody types.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+b", "cursor_left_word", "A word to the left", show=False),
        Binding("alt+f", "cursor_right_word", "A word to the right", show=False),
    ]

    def on_mount(self) -> None:
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Act on keys that edit at once: keys that arrive together keep their order.

        Textual takes them to the application first, and letters typed after them overtake them.
        """
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self and active.enabled:
            event.stop()
            event.prevent_default()
            await self.run_action(active.binding.action)

    def validate_value(self, value: str) -> str:
        return display(value)


def restored(content: str, entered: str) -> str:
    """What was entered, with what the user left alone at either end as it was given.

    The field showed `display(content)`, one symbol for one character.
    """
    shown = display(content)
    start = _common(shown, entered)
    rest, shown_rest = entered[start:], shown[start:]
    end = _common(shown_rest[::-1], rest[::-1])
    middle = rest[: len(rest) - end]
    return content[:start] + middle + content[len(content) - end :]


def _common(one: str, other: str) -> int:
    """How many characters the beginnings of both share."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
