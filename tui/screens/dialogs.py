"""Small questions: a form of a few fields, a choice from a list."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import WorkType

from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.keyboard.layout_keys import key_name, twin
from tui.language import _
from tui.page.wrap import fit, wrapped
from tui.widgets.line_list import LineList, Piece
from tui.widgets.option import Option
from tui.widgets.text_field import TextField, restored


@dataclass(frozen=True, slots=True)
class FormField:
    """One line of a form; `hint` says what may stand there, `title` how the field is called.

    With `options` (contents, and how they are shown) it is a choice instead of a text.
    """

    name: str
    content: str = ""
    hint: str = ""
    title: str = ""
    options: tuple[tuple[str, str], ...] = ()


Contents = Mapping[str, str]
Check = Callable[[Contents], Contents]  # contents -> errors by field
Fill = Callable[[str], Contents | str]  # the first field's -> contents of others, or an error


class Form(ModalScreen[Contents | None]):
    """Fields to fill in; answers with their contents, or None when it is left with Escape.

    What the user leaves alone comes back exactly as it was given, even where it holds
    characters that cannot be shown.
    """

    DEFAULT_CSS = """
    Form .dialog { overflow-y: auto; scrollbar-size-vertical: 1; }
    Form .row { height: 1; }
    Form .error { display: none; }
    Form .error.shown { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-form"),
        key("down", "app.focus_next", "Next field", name="next-field"),
        key("up", "app.focus_previous", "Previous field", name="previous-field"),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        check: Check | None = None,
        *,
        fill: Fill | None = None,
        replaces: bool = False,
    ) -> None:
        """`replaces`: what is typed takes the place of what stood there before.

        `fill` tells from the first field what stands in the others; it is called in a thread.
        """
        super().__init__()
        self._replaces = replaces
        self._title = title
        self._fields = fields
        self._check = check
        self._fill = fill
        self._filled = fields[0].content  # what the others were told from last

    def compose(self) -> ComposeResult:
        width = max(len(display(field.title or field.name)) for field in self._fields) + 2
        with Vertical(classes="dialog"):
            yield Static(display(self._title), classes="title", markup=False)
            for number, field in enumerate(self._fields):
                with Horizontal(classes="row"):
                    if len(self._fields) > 1:
                        title = Static(display(field.title or field.name), markup=False)
                        title.styles.width = width
                        yield title
                    yield self._widget(number, field)
                yield Static("", id=f"error{number}", classes="error", markup=False)
            hint = _("Enter: done. Escape: leave it as it was")
            yield Static(hint, classes="hint", markup=False)

    def _widget(self, number: int, field: FormField) -> TextField | Option:
        if field.options:
            return Option(field.options, field.content, id=f"field{number}")
        return TextField(
            display(field.content),
            placeholder=display(field.hint),
            id=f"field{number}",
            select_on_focus=self._replaces,
            compact=True,
        )

    def on_mount(self) -> None:
        self.set_focus(self._field(0))  # now: the next key is for it

    def _field(self, number: int) -> TextField | Option:
        if self._fields[number].options:
            return self.query_one(f"#field{number}", Option)
        return self.query_one(f"#field{number}", TextField)

    def _contents(self) -> Contents:
        return {
            field.name: restored(field.content, self._field(number).value)
            if not field.options
            else self._field(number).value
            for number, field in enumerate(self._fields)
        }

    # the first field tells what stands in the others

    def on_input_changed(self, event: Input.Changed) -> None:
        text = event.value
        if self._fill is not None and event.input is self._field(0) and text.strip():
            fill: WorkType[str] = partial(self._fill_from, text)
            self.run_worker(fill, group="fill", exclusive=True)

    async def _fill_from(self, text: str) -> str:
        """Fill the other fields in; what is wrong with the text, empty where nothing is."""
        if self._fill is None or text == self._filled or not text.strip():
            return ""
        told = await asyncio.to_thread(self._fill, text)
        if isinstance(told, str):
            return told
        self._filled = text
        self._show_errors({})
        for number, field in enumerate(self._fields):
            if field.name in told:
                widget = self._field(number)
                widget.value = display(told[field.name])
                if isinstance(widget, TextField):
                    widget.cursor_position = len(widget.value)
        return ""

    # done

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        await self._submit(with_first=event.input is self._field(0))

    async def on_option_submitted(self) -> None:
        await self._submit(with_first=False)

    async def _submit(self, *, with_first: bool) -> None:
        """Answer with the contents, or show what is wrong, the first field at fault in focus."""
        self.workers.cancel_group(self, "fill")
        first = self._fields[0].name
        wrong = await self._fill_from(self._field(0).value) if with_first else ""
        contents = self._contents()
        errors = {first: wrong} if wrong else self._check(contents) if self._check else {}
        self._show_errors(errors)
        if not errors:
            self.dismiss(contents)

    def _show_errors(self, errors: Contents) -> None:
        """Each under its field."""
        wrong = [number for number, field in enumerate(self._fields) if errors.get(field.name)]
        for number, field in enumerate(self._fields):
            error = self.query_one(f"#error{number}", Static)
            error.update(display(errors.get(field.name, "")))
            error.set_class(number in wrong, "shown")
        if wrong:
            self.set_focus(self._field(wrong[0]))

    def action_leave(self) -> None:
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: `key` chooses it at once."""

    name: str
    key: str
    description: str
    style: Style = theme.PLAIN


_NARROWEST = 60  # cells of a menu
_NAME = 10  # cells of a choice's name
_MARGIN = 3 + _NAME  # cells before its description
_FRAME = 4  # cells of the dialog beside its lines
_WIDEST = 110  # cells of a menu
_MOST = 18  # lines of the list
_AROUND = 8  # lines of a menu and around it that are neither the list nor the description


class _Choices(LineList):
    def __init__(self, choices: Sequence[Choice], moved: Callable[[], None]) -> None:
        super().__init__()
        self._choices = choices
        self._moved = moved

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self._moved()

    def line_count(self) -> int:
        return len(self._choices)

    def group_of(self, line: int) -> object:
        return line if line < len(self._choices) else None

    def pieces(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 - cut by the list
        choice = self._choices[line]
        return [
            (f" {display(choice.key)} ", theme.BOLD),
            (fit(display(choice.name), _NAME), choice.style + theme.BOLD),
            (display(choice.description), theme.DIM),
        ]


class Menu(ModalScreen[int | None]):
    """A choice from a list; answers with the number of what was chosen, from 0.

    Where a description is cut in the list, that of the choice at the cursor stands beneath in full.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-menu")
    ]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static(display(self._title), classes="title", markup=False)
            yield _Choices(self._choices, self._describe)
            yield Static("", id="about", markup=False)

    def on_mount(self) -> None:
        self._measure()
        self.set_focus(self.query_one(_Choices))

    def on_resize(self) -> None:
        self._measure()

    def _measure(self) -> None:
        """As wide as the choices need, as high as the longest description needs."""
        width, height = self.app.size
        texts = [display(each.description) for each in self._choices]
        widest = _MARGIN + max((cell_len(text) for text in texts), default=0)
        inner = min(max(widest, _NARROWEST), _WIDEST, width - 2 * _FRAME)
        self.query_one(".dialog").styles.width = inner + _FRAME
        is_cut = widest > inner
        lines = max((len(wrapped(text, inner)) for text in texts), default=0) if is_cut else 0
        room = max(height - _AROUND, 1)
        rows = min(len(texts), _MOST, max(room - lines, 1))
        about = self.query_one("#about")
        about.display = 0 < lines <= room - rows
        about.styles.height, about.styles.margin = lines, (1, 0, 0, 0)
        self.query_one(_Choices).styles.height = rows if about.display else min(len(texts), _MOST)
        self._describe()

    def _describe(self) -> None:
        choice = self.query_one(_Choices).cursor
        if choice < len(self._choices):
            about = self.query_one("#about", Static)
            about.update(display(self._choices[choice].description))

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        self.dismiss(message.group if isinstance(message.group, int) else None)

    def on_key(self, event: events.Key) -> None:
        """The key of a choice, with either layout; another one is heard to do nothing."""
        names = [key_name(choice.key) if choice.key else "" for choice in self._choices]
        event.stop()
        for pressed in (event.key, twin(event.key)):
            if pressed in names:
                self.dismiss(names.index(pressed))
                return
        self.app.bell()

    def action_leave(self) -> None:
        self.dismiss(None)
