"""The keys that a person chose: whether they are keys, and whether each does one thing.

Which bindings can be met together is read off the program: those of a screen, of the widgets
that its module shows, and of the application.
"""

import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from unicodedata import category

from textual.app import App
from textual.binding import Binding
from textual.keys import REPLACED_KEYS, Keys, key_to_character
from textual.screen import Screen
from textual.widget import Widget

import tui.screens
import tui.widgets
from annotations.schema import Schema
from tui.display import display
from tui.keyboard.keys import bindings_of, choose, defined
from tui.keyboard.layout_keys import key_name
from tui.language import _
from tui.settings import SettingsError, line_of_key

Chosen = Mapping[str, tuple[str, ...]]

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")
SPELLINGS = {
    "pgdn": "pagedown", "pgup": "pageup", "page_down": "pagedown", "page_up": "pageup",
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", " ": "space",
    "→": "right", "←": "left", "↑": "up", "↓": "down",
}  # fmt: skip
_NAMED = {str(each.value) for each in Keys if "+" not in each.value and "<" not in each.value}


def spelled(key: str) -> str | None:
    """Textual's name of a key as people write it («?», «Ctrl+R», «PgDn»); None if it is none."""
    modifiers, plus, last = key.rpartition("+")
    if key.endswith("++") or key == "+":  # the plus key itself
        modifiers, plus, last = key[:-2], key[:-2] and "+", "+"
    held = [each.strip().lower() for each in modifiers.split("+")] if plus else []
    name = _last(last if len(last) == 1 else last.strip())
    if name is None or any(each not in MODIFIERS for each in held):
        return None
    if "ctrl" in held and len(name) == 1:
        name = name.lower()  # a terminal sends one character for both
    if held == ["shift"] and name.isalpha() and len(name) == 1:
        return name.upper()
    if "alt" in held and len(name) == 1 and name.isupper():
        held, name = [*held, "shift"], name.lower()
    return "+".join([*sorted(set(held)), name])


def _last(key: str) -> str | None:
    if key in SPELLINGS:
        return SPELLINGS[key]
    if len(key) == 1:
        return key_name(key) if category(key)[0] in "LNPS" else None
    name = SPELLINGS.get(key.lower(), key.lower())
    if name in _NAMED:
        return name
    character = _character(name)
    return key_name(character) if character else None


def _character(name: str) -> str | None:
    """The character of a key that has one: `/` of `slash`."""
    return key_to_character(REPLACED_KEYS.get(name, name))


def in_toml(keys: Iterable[str]) -> str:
    """Keys as they may stand in the settings."""
    strings = [_in_toml(key) for key in keys]
    return strings[0] if len(strings) == 1 else f"[{', '.join(strings)}]"


def _in_toml(key: str) -> str:
    modifiers, plus, last = key.rpartition("+")
    character = _character(last)
    if character is not None and character.isprintable() and character != " ":
        last = character
    quoted = (modifiers + plus + last).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def use_keys(keys: Chosen, path: Path, schema: Schema | None = None) -> None:
    """Use the keys that stand in the settings at a path; raises SettingsError.

    To be called before the screens are imported.
    """
    if not keys:
        return

    def wrong(name: str, reason: str) -> SettingsError:
        return SettingsError(path, line_of_key(path, name), f"{display(name)}: {reason}")

    chosen = {}
    for name, given in keys.items():
        names = [spelled(key) for key in given]
        for key, found in zip(given, names, strict=True):
            if found is None:
                said = _('«{key}» is no key; expected one such as "a", "?", "ctrl+a", "f5", "home"')
                raise wrong(name, said.format(key=display(key)))
        chosen[name] = tuple(found for found in dict.fromkeys(names) if found is not None)
    choose(chosen)
    import_all()
    for name in chosen:
        if name not in defined:
            raise wrong(name, _("there is no such binding; zametka settings --keys lists them all"))
    for name, key, other in clashes(chosen, schema):
        said = _("{key} is the key of «{other}» already; expected another key")
        raise wrong(name, said.format(key=in_toml([key]), other=display(other)))


def import_all() -> None:
    """Import every module that has bindings."""
    for package in (tui.screens, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    import_module("tui.app")


def clashes(chosen: Chosen, schema: Schema | None = None) -> Iterator[tuple[str, str, str]]:
    """Each chosen binding with a key that does something else in the same place, and what.

    Where two share a key in the program itself, the one is there in the other's stead.
    """
    from tui.keyboard.label_keys import TakesLabels

    for screen, bindings in places():
        labels: dict[str, str] = {}
        if schema is not None and issubclass(screen, TakesLabels):
            labels = {key_name(label.key): label.name for label in schema if label.key}
        names = [name for name in chosen if any(each.id == name for each in bindings)]
        for name, key in ((each, key) for each in names for key in chosen[each]):
            for other in bindings:
                keys = chosen.get(other.id or "") or tuple(other.key.split(","))
                ours = key in defined[name].keys and key in _defaults(other)
                if other.id != name and key in keys and not ours:
                    yield name, key, other.id or other.description
            if key in labels:
                yield name, key, labels[key]


def _defaults(binding: Binding) -> tuple[str, ...]:
    return defined[binding.id].keys if binding.id else tuple(binding.key.split(","))


def places() -> Iterator[tuple[type[Screen[object]], list[Binding]]]:
    """The bindings that can be met together: on a screen, with one of its widgets focused."""
    from tui.app import ZametkaApp

    for screen in _screens(Screen):
        shared = [*bindings_of(screen), *bindings_of(ZametkaApp)]
        yield screen, shared
        for widget in _widgets(screen):
            yield screen, [*shared, *bindings_of(widget)]


def _screens(kind: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    """Our screens of which there are no further kinds."""
    for sub in kind.__subclasses__():
        yield from _screens(sub)
    if kind.__module__.startswith("tui.") and not kind.__subclasses__():
        yield kind


def _widgets(screen: type[Screen[object]]) -> list[type[Widget]]:
    """Our widgets that the modules of a screen know."""
    modules = {base.__module__ for base in screen.__mro__ if base.__module__.startswith("tui.")}
    return [
        found
        for module in sorted(modules)
        for found in vars(sys.modules[module]).values()
        if isinstance(found, type)
        and issubclass(found, Widget)
        and not issubclass(found, Screen | App)
        and found.__module__.startswith("tui.")
    ]
