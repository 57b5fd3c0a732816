"""Small questions: a form of a few fields, a choice from a list, a page to read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui import theme
from tui.display import display
from tui.keys import key
from tui.widgets.line_list import LineList, Piece
from tui.wrap import fit, wrapped

HELP_WIDTH = 74  # cells, as in app.tcss


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of a form; `hint` says what may stand there."""

    name: str
    content: str = ""
    hint: str = ""


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


Check = Callable[[Mapping[str, str]], Mapping[str, str]]  # contents -> errors by field


class Field(Input):
    """A text field that shows what is typed or pasted as harmlessly as everything else."""

    def validate_value(self, value: str) -> str:
        return display(value)


class Form(ModalScreen[Mapping[str, str] | None]):
    """Fields to fill in; answers with their contents, or None when it is left with Escape.

    What the user leaves alone comes back exactly as it was given, even where it holds
    characters that cannot be shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "Leave it", "Leave it")]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        check: Check | None = None,
        *,
        replaces: bool = False,
    ) -> None:
        """`replaces`: what is typed takes the place of what stood there before."""
        super().__init__()
        self._replaces = replaces
        self._title = title
        self._fields = fields
        self._check = check

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(display(self._title), classes="title", markup=False)
            for number, field in enumerate(self._fields):
                if len(self._fields) > 1:
                    yield Static(display(field.name), markup=False)
                yield Field(
                    display(field.content),
                    placeholder=display(field.hint),
                    id=f"field{number}",
                    select_on_focus=self._replaces,
                    compact=True,
                )
                yield Static("", id=f"error{number}", classes="error", markup=False)
            yield Static("Enter: done. Escape: leave it as it was", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#field0", Field))  # now: the next key is for it

    def on_input_submitted(self) -> None:
        contents = {}
        for number, field in enumerate(self._fields):
            entered = self.query_one(f"#field{number}", Field).value
            contents[field.name] = restored(field.content, entered)
        errors = self._check(contents) if self._check else {}
        for number, field in enumerate(self._fields):
            message = display(errors.get(field.name, ""))
            self.query_one(f"#error{number}", Static).update(message)
        if not errors:
            self.dismiss(contents)

    def action_leave(self) -> None:
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: `key` chooses it at once."""

    name: str
    key: str
    description: str
    style: Style = theme.PLAIN


class _Choices(LineList):
    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = choices

    def line_count(self) -> int:
        return len(self._choices)

    def group_of(self, line: int) -> object:
        return line if line < len(self._choices) else None

    def pieces(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 - cut by the list
        choice = self._choices[line]
        return [
            (f" {display(choice.key)} ", theme.BOLD),
            (fit(display(choice.name), 10), choice.style + theme.BOLD),
            (display(choice.description), theme.DIM),
        ]


class Menu(ModalScreen[int | None]):
    """A choice from a list; answers with the number of what was chosen, from 0."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "leave", "Leave it", "Leave it")]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static(display(self._title), classes="title", markup=False)
            yield _Choices(self._choices)

    def on_mount(self) -> None:
        choices = self.query_one(_Choices)
        choices.styles.height = len(self._choices)
        self.set_focus(choices)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        self.dismiss(message.group if isinstance(message.group, int) else None)

    def on_key(self, event: events.Key) -> None:
        for number, choice in enumerate(self._choices):
            if event.character == choice.key:
                event.stop()
                self.dismiss(number)

    def action_leave(self) -> None:
        self.dismiss(None)


class HelpPage(ModalScreen[None]):
    """A page to read: rows of a key and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape,q,question_mark", "leave", "Close", "Close"),
    ]

    def __init__(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        width = max((len(keys) for keys, _ in self._rows), default=0)
        room = max(min(self.app.size.width, HELP_WIDTH) - width - 8, 20)
        lines = [
            f"{keys if number == 0 else '':{width}}  {part}"
            for keys, what in self._rows
            for number, part in enumerate(wrapped(display(what), room))
        ]
        with Vertical(classes="dialog help"):
            yield Static(display(self._title), classes="title", markup=False)
            with VerticalScroll():
                yield Static("\n".join(lines), markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(VerticalScroll))

    def action_leave(self) -> None:
        self.dismiss(None)
