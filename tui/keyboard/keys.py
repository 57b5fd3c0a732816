"""Bindings of our own widgets and screens.

All of them have priority: a key is acted on by the application before the next one is looked
at, so keys that arrive together (over a slow line, or typed ahead) keep their order.  Text
fields have no such bindings and get every key that is not one of theirs.

Each has a name, by which a person's settings give it other keys.  They are chosen before the
screens are imported, so that a binding has its keys from the moment it is made, and whatever
shows it (the footer, the help, the palette) shows those.  Textual's own `App.set_keymap` looks up
the keys of each node anew at every key press, and where a subclass binds a key of its parent's
(Space ticks, where lists page down) rebinding one of them takes the key from both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from tui.keyboard.layout_keys import cyrillic

NAMES = {
    "pagedown": "PgDn", "pageup": "PgUp", "tab": "Tab", "escape": "Esc", "enter": "Enter",
    "space": "Space", "delete": "Del", "home": "Home", "end": "End", "insert": "Ins",
    "backspace": "Backspace", "ctrl": "Ctrl", "alt": "Alt", "shift": "Shift",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Defined:
    """What a binding is in the program, whatever keys a person gave it."""

    keys: tuple[str, ...]
    what: str


defined: dict[str, Defined] = {}  # every binding that has been made, by name
_chosen: dict[str, tuple[str, ...]] = {}


def choose(chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Give bindings, by name, the keys that a person chose; before the bindings are made."""
    _chosen.clear()
    _chosen.update(chosen)


def key(
    keys: str,
    action: str,
    what: str,
    footer: str = "",
    *,
    shown_as: str | None = None,
    name: str | None = None,
) -> Binding:
    """A binding; `what` stands in the help and, where it is given, `footer` in the footer.

    Both are English, and put into the language of the interface where they are shown.
    """
    chosen = None
    if name is not None:
        defined[name] = Defined(tuple(keys.split(",")), what)
        chosen = _chosen.get(name)
    return Binding(
        ",".join(chosen) if chosen else keys,
        action,
        footer or what,
        show=bool(footer),
        key_display=None if chosen else shown_as,
        priority=True,
        tooltip=what,
        id=name,
    )


def bindings_of(kind: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that our own classes give to a node of some class, the classes above first."""
    for base in reversed(kind.__mro__):
        yield from own_bindings(base)


def own_bindings(kind: type) -> Iterator[Binding]:
    """The bindings that a class of ours itself gives to its nodes."""
    if kind.__module__.startswith("tui."):
        for binding in vars(kind).get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.description:
                yield binding


def key_in_words(key: str, *, both: bool = True) -> str:
    """A key as it is printed on the keyboard; `both`: with its ЙЦУКЕН twin."""
    *modifiers, last = key.split("+")
    if "shift" in modifiers and len(last) == 1:
        modifiers, last = [each for each in modifiers if each != "shift"], last.upper()
    parts = [*(NAMES.get(each, each.title()) for each in modifiers)]
    shown = NAMES.get(last) or format_key(last)
    name = "+".join([*parts, shown if len(shown) == 1 else shown[0].upper() + shown[1:]])
    twin = cyrillic(last) if both else None
    return f"{name} ({twin})" if twin else name


def in_effect(name: str) -> tuple[str, ...]:
    """The keys of a binding as they are now, for sentences that tell what to press."""
    return _chosen.get(name) or defined[name].keys


def pressed(name: str) -> str:
    """The first of them, as such a sentence names it."""
    return key_in_words(in_effect(name)[0], both=False)
