"""Asking for a query: a field that completes what is typed and shows where a mistake is."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from annotations.errors import QueryError
from annotations.query.completing import Completion, complete
from store.index.known import known_values
from store.library import Library
from store.person.personal import Personal
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _, told
from tui.query import Query
from tui.widgets.text_field import TextField, restored

CHOICES = 20  # completions that are shown, of those for which there is room
GAP = "  "
WIDEST = 100  # cells


class Asked(NamedTuple):
    """The query that is meant; None: none any longer."""

    query: Query | None


class AskQuery(ModalScreen[Asked | None]):
    """Answers with a query that means something, or None when it is left with Escape."""

    DEFAULT_CSS = """
    AskQuery #place { color: ansi_red; height: 1; }
    AskQuery #said { height: auto; max-height: 4; color: ansi_bright_black; }
    AskQuery #said.error { color: ansi_red; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "leave", "Leave it", "Leave it", name="leave-query"),
        key("tab", "complete(1)", "Complete, the next one", name="complete-query"),
        key("shift+tab", "complete(-1)", "Complete, the one before", name="complete-query-back"),
        key("up", "earlier(1)", "The query before", name="earlier-query"),
        key("down", "earlier(-1)", "The query after", name="later-query"),
    ]

    def __init__(
        self, title: str, text: str, library: Library, personal: Personal, *, ends: str = ""
    ) -> None:
        """`ends` says what an empty query means; without it there must be one."""
        super().__init__()
        self._title = title
        self._text = text
        self._library = library
        self._personal = personal
        self._ends = ends
        self._known: Mapping[str, Sequence[str]] = {
            "label": [label.name for label in library.schema]
        }
        self._completion: Completion | None = None  # that is being gone through
        self._choice = 0
        self._at = -1  # in the earlier queries; -1: what is being typed
        self._expected = ""  # the text that this screen itself has put in

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(display(self._title), classes="title", markup=False)
            hint = _("words in any case form, a field such as label:PER; ↑ earlier queries")
            yield TextField(
                display(self._text),
                placeholder=display(self._ends or hint),
                select_on_focus=True,
                compact=True,
            )
            yield Static("", id="place", markup=False)
            yield Static("", id="said", markup=False)
            hint = _("Enter: search · Tab: complete · ↑ ↓: earlier queries · Esc")
            yield Static(display(hint), classes="hint", markup=False)

    def on_mount(self) -> None:
        dialog = self.query_one(".dialog")
        dialog.styles.width, dialog.styles.max_width = "96%", WIDEST
        self.set_focus(self._field)  # now: the next key is for it
        self._expected = self._field.value
        self._look_up()

    @property
    def _field(self) -> TextField:
        return self.query_one(TextField)

    @work(thread=True)
    def _look_up(self) -> None:
        """What the index knows, as it is: it is brought up to date by the search itself."""
        self._known = {**self._known, **known_values(str(self._library.path))}

    # what is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value != self._expected:
            self._completion, self._at, self._expected = None, -1, event.value
        self._show_choices()

    def _put(self, text: str, cursor: int) -> None:
        self._expected = display(text)
        self._field.value = text
        self._field.cursor_position = cursor

    def _complete_here(self) -> Completion:
        return complete(self._field.value, self._field.cursor_position, self._known)

    def _show_choices(self) -> None:
        """What may come next, in a line under the field; the one that is taken in [brackets]."""
        completion = self._completion or self._complete_here()
        first = self._choice if self._completion else 0
        choices = [*completion.choices[first : first + CHOICES]]
        if self._completion:
            choices[0] = f"[{choices[0]}]"
        self._say(GAP.join(choices))

    def _say(self, said: str, *, is_error: bool = False, place: str = "") -> None:
        self.query_one("#place", Static).update(place)
        line = self.query_one("#said", Static)
        line.set_class(is_error, "error")
        room = max(line.size.width, 20)
        line.update(display(said if is_error or cell_len(said) <= room else _cut(said, room)))

    def action_complete(self, direction: int) -> None:
        """Put in the next of what may come here, round and round."""
        field = self._field
        if self._completion is None:
            completion = self._complete_here()
            if not completion.choices:
                self._say(_("nothing begins like this"))
                return
            self._completion, self._choice = completion, 0 if direction > 0 else -1
        else:
            completion = self._completion
            self._choice += direction
        self._choice %= len(completion.choices)
        choice = completion.choices[self._choice]
        text = field.value[: completion.start] + choice + field.value[completion.end :]
        end = completion.start + len(choice)
        self._put(text, end)
        if len(completion.choices) == 1:
            self._completion = None  # what follows may be completed next
        else:
            self._completion = completion._replace(end=end)
        self._show_choices()

    def action_earlier(self, direction: int) -> None:
        """A query that was asked earlier, or the one after it."""
        queries = self._personal.queries
        at = min(max(self._at + direction, 0), len(queries) - 1)
        if not queries:
            self._say(_("there is no earlier query"))
            return
        self._completion, self._at = None, at
        self._put(queries[at], len(queries[at]))

    # done

    def on_input_submitted(self) -> None:
        text = restored(self._text, self._field.value)
        if not text.strip() and self._ends:
            self.dismiss(Asked(None))
            return
        try:
            query = Query.understood(text)
        except QueryError as error:
            self._tell(error)
            return
        self._personal.ask(text.strip())
        self.dismiss(Asked(query))

    def _tell(self, error: QueryError) -> None:
        """Say what is wrong, with the cursor on it and a mark under it."""
        field = self._field
        field.cursor_position = min(error.start, len(field.value))

        def show() -> None:
            before = cell_len(field.value[: error.start]) - int(field.scroll_offset.x)
            length = max(cell_len(field.value[error.start : error.end]), 1)
            room = max(field.size.width - before, 1)
            place = " " * max(before, 0) + "^" * min(length, room)
            self._say(told(error.message), is_error=True, place=place)

        self.call_after_refresh(show)

    def action_leave(self) -> None:
        self.dismiss(None)


def _cut(said: str, room: int) -> str:
    """As many whole choices as there is room for."""
    while cell_len(said) > room - 1 and GAP in said:
        said = said.rpartition(GAP)[0]
    return f"{said} …"
