"""The help page: the keys that work, as the bindings themselves say them."""

from collections.abc import Iterable, Iterator

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from annotations.schema import Schema
from tui.layout_keys import cyrillic
from tui.screens.dialogs import HelpPage

NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "shift+tab": "Shift+Tab", "tab": "Tab",
    "escape": "Esc", "enter": "Enter", "space": "Space", "delete": "Del",
    "shift+right": "Shift+→", "shift+left": "Shift+←", "home": "Home", "end": "End",
}  # fmt: skip


def help_page(title: str, nodes: Iterable[DOMNode], schema: Schema | None = None) -> HelpPage:
    """The page for a screen: the bindings of its nodes, then the label keys."""
    rows = [row for node in nodes for row in key_rows(node)]
    if schema is not None:
        rows.append(("", ""))
        rows += [(label.key, f"{label.name}: {label.description}") for label in schema]
    rows.append(("", ""))
    rows.append(("", "With ЙЦУКЕН on, the key in the same place works too (given in brackets)."))
    return HelpPage(title, rows)


def key_rows(node: DOMNode) -> list[tuple[str, str]]:
    """What each action of a node is called and the keys that do it."""
    return [
        (
            ", ".join(key_in_words(key) for key in binding.key.split(",")),
            binding.tooltip or binding.description,
        )
        for binding in bindings_of(node)
    ]


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """The bindings that our own classes give to a node."""
    for kind in reversed(type(node).__mro__):
        if kind.__module__.startswith("tui."):
            for binding in vars(kind).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.description:
                    yield binding


def key_in_words(key: str) -> str:
    """A key as it is printed on the keyboard, with its ЙЦУКЕН twin."""
    name = NAMES.get(key) or format_key(key)
    twin = cyrillic(key)
    return f"{name} ({twin})" if twin else name
