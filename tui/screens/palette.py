"""The command palette: everything that can be done here, found by its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from annotations.schema import Schema
from tui import theme
from tui.display import display
from tui.keyboard.actions import Action, actions_of
from tui.keyboard.keys import key, key_in_words
from tui.keyboard.layout_keys import as_typed
from tui.language import _, description
from tui.page.wrap import fit
from tui.widgets.line_list import LineList, Piece
from tui.widgets.text_field import TextField

HEIGHT = 10  # lines of the list: the whole dialog stays under 3 kB on the wire
KEYS = 16  # cells for the keys
NARROW = 40  # cells: below this there is no room for them
_FRAME = 5  # lines of the dialog that are not the list
_BESIDE = 6  # cells of the dialog that are not the list, and of the scrollbar
_WIDTHS = 64, 110  # cells: the least and the most that the dialog takes
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Command:
    """A line of the palette: what it says, and all the words by which it is found."""

    text: str
    keys: str
    action: Action
    words: tuple[str, ...] = field(default=())

    def matches(self, query: str) -> bool:
        """Whether each word of the query begins one of the words."""
        return all(
            any(word.startswith(part) for word in self.words) for part in _words(query) or ("",)
        )


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("ё", "е")))


def commands_of(screen: Screen[object], schema: Schema | None = None) -> list[Command]:
    """What can be done on a screen; with the labels that set one."""
    commands = [
        Command(
            action.in_words,
            ", ".join(key_in_words(each, both=False) for each in action.keys),
            action,
            (*_words(action.in_words), *_words(action.what), *_words(" ".join(action.names))),
        )
        for action in sorted(actions_of(screen), key=lambda action: not action.shown)
        if "palette" not in action.names
    ]
    for number, label in enumerate(schema or ()):
        text = _("{label}: set this label ({description})").format(
            label=display(label.name), description=display(description(label))
        )
        action = Action(text, "", (), f"label({number})", screen)
        keys = display(label.key)
        commands.append(
            Command(text, keys, action, (*_words(text), *_words("label " + label.name)))
        )
    return commands


def found(commands: Sequence[Command], query: str) -> list[Command]:
    """The commands that a query finds, those that begin with it first; in either layout.

    What was typed counts as it stands where it finds anything; else the other layouts do.
    """
    for typed in as_typed(query.strip()):
        hits = [each for each in commands if each.matches(typed)]
        if hits and (_words(typed) or not query.strip()):
            start = typed.casefold()
            return sorted(hits, key=lambda hit: not hit.text.casefold().startswith(start))
    return []


class CommandList(LineList):
    """The commands that are found; it is driven from the text field above it."""

    can_focus = False

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self.commands = commands

    def line_count(self) -> int:
        return max(len(self.commands), 1)

    def group_of(self, line: int) -> object:
        return self.commands[line] if line < len(self.commands) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        if not self.commands:
            return [(_("there is no such command"), theme.DIM)]
        command = self.commands[line]
        width = min(width, self.scrollable_content_region.width)
        keys = command.keys if width >= NARROW else ""
        width -= KEYS if keys else 0
        style = theme.CURSOR_ROW if line == self.cursor else theme.PLAIN
        text = f"{fit(command.text, width - 1)} "
        return [(text, style), (fit(keys, KEYS if keys else 0), style or theme.DIM)]


class Palette(ModalScreen[Action | None]):
    """Type to find, Enter to do; answers with what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-palette"),
        key("down,ctrl+n", "move(1)", "Next command", name="next-command"),
        key("up", "move(-1)", "Previous command", name="previous-command"),
        key("pagedown", "page(1)", "Page down", name="commands-page-down"),
        key("pageup", "page(-1)", "Page up", name="commands-page-up"),
    ]
    DEFAULT_CSS = """
    Palette CommandList { height: 10; margin-top: 1; }
    Palette.-low CommandList { margin-top: 0; }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield TextField(placeholder=_("a command, in any layout; Enter does it"), compact=True)
            yield CommandList(self._commands)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(TextField))  # now: the next key is for it
        self.on_resize()

    def on_resize(self) -> None:
        widest = max((cell_len(each.text) for each in self._commands), default=0) + KEYS + _BESIDE
        self.query_one(".dialog").styles.width = min(max(widest, _WIDTHS[0]), _WIDTHS[1])
        self._list.styles.height = max(min(HEIGHT, self.app.size.height - _FRAME), 1)

    @property
    def _list(self) -> CommandList:
        return self.query_one(CommandList)

    def on_input_changed(self, event: Input.Changed) -> None:
        commands = self._list
        commands.commands = found(self._commands, event.value)
        commands.cursor = 0
        commands.lines_changed()

    def on_input_submitted(self) -> None:
        self._list.action_choose()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        if isinstance(message.group, Command):
            self.dismiss(message.group.action)

    def action_move(self, direction: int) -> None:
        self._list.action_move(direction)

    def action_page(self, direction: int) -> None:
        self._list.action_page(direction)

    def action_leave(self) -> None:
        self.dismiss(None)
