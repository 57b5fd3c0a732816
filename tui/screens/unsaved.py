"""Edits that are not saved yet: a list of them all, and a question before they would be lost."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from store.person.kept_edits import KeptEdits, Waiting
from tui import theme
from tui.display import display
from tui.keyboard.keys import key, pressed
from tui.language import N_, _
from tui.widgets.line_list import LineList, Piece
from tui.wording.save_words import question_in_words

_AROUND = 8  # lines of the dialog and around it that are not the list
_HINT = N_("Enter: open the article · d: give it up · Esc")
_GIVE_UP = N_("d again gives it up for good · Esc: no")


class _Waiting(LineList):
    """An edit a line: what it does, and in which article."""

    def __init__(self, waiting: Sequence[Waiting]) -> None:
        super().__init__()
        self.waiting = waiting

    def line_count(self) -> int:
        return len(self.waiting)

    def group_of(self, line: int) -> object:
        return self.waiting[line] if line < len(self.waiting) else None

    def pieces(self, line: int, width: int) -> list[Piece]:  # noqa: ARG002 - cut by the list
        each = self.waiting[line]
        said, title = display(each.said), display(each.title)
        return [(f" {said}", theme.BOLD), (f"  {title}", theme.DIM)]


class UnsavedPage(ModalScreen[str | None]):
    """Answers with the id of the article to open, where M tries again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "Open the article", "Open", name="open-unsaved"),
        key("d", "give_up", "Give the edit up", "Give up", name="give-up-edit"),
        key("escape,q", "leave", "Close", "Close", name="leave-unsaved"),
    ]

    def __init__(self, kept: KeptEdits) -> None:
        super().__init__()
        self._kept = kept
        self._asked: str | None = None  # the operation that d would give up

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog menu"):
            yield Static(
                display(_("Edits of yours that are not saved")), classes="title", markup=False
            )
            yield _Waiting(self._kept.all())
            yield Static(display(_(_HINT)), id="hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self._list)
        self._measure()

    def on_resize(self) -> None:
        self._measure()

    @property
    def _list(self) -> _Waiting:
        return self.query_one(_Waiting)

    def _measure(self) -> None:
        dialog = self.query_one(".dialog")
        dialog.styles.width, dialog.styles.max_width = "96%", 100
        self._list.styles.height = min(
            len(self._list.waiting), max(self.app.size.height - _AROUND, 1)
        )

    @property
    def _chosen(self) -> Waiting | None:
        group = self._list.group_of(self._list.cursor)
        return group if isinstance(group, Waiting) else None

    def _say(self, line: str) -> None:
        self.query_one("#hint", Static).update(display(line))

    def on_line_list_chosen(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        chosen = self._chosen
        self.dismiss(chosen.article_id if chosen is not None else None)

    def action_give_up(self) -> None:
        """At the second time: what is given up is nowhere else."""
        chosen = self._chosen
        if chosen is None:
            return
        if self._asked != chosen.operation:
            self._asked = chosen.operation
            self._say(_(_GIVE_UP))
            return
        self._kept.drop(chosen.operation)
        self._asked = None
        self._list.waiting = self._kept.all()
        if not self._list.waiting:
            self.dismiss(None)
            return
        self._list.lines_changed()
        self._measure()
        self._say(_(_HINT))

    def action_leave(self) -> None:
        if self._asked is None:
            self.dismiss(None)
        else:
            self._asked = None
            self._say(_(_HINT))


class LastQuestion(ModalScreen[bool]):
    """Asks before the program ends with edits that are nowhere but in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("L", "answer(True)", "Quit and lose them", "Lose them", name="lose-edits"),
        key("escape", "answer(False)", "Stay", "Stay", name="stay-with-edits"),
    ]

    def __init__(self, kept: KeptEdits) -> None:
        super().__init__()
        self._kept = kept

    def compose(self) -> ComposeResult:
        title = _("These edits would be lost")
        with Vertical(classes="dialog"):
            yield Static(display(title), classes="title", markup=False)
            for line in question_in_words(self._kept):
                yield Static(display(line), markup=False)
            hint = _("{lose}: quit and lose them · {stay}: stay")
            hint = hint.format(lose=pressed("lose-edits"), stay=pressed("stay-with-edits"))
            yield Static(display(hint), classes="hint", markup=False)
            yield Static(id="said", markup=False)

    def say(self, message: str) -> None:
        """A key was pressed that is no answer, perhaps to leave: it loses nothing."""
        self.query_one("#said", Static).update(display(message))

    def ask_again(self) -> None:
        """Quitting was asked for once more, which is no answer."""
        self.say(_("to quit you must say that they are lost"))

    def action_answer(self, leave: bool) -> None:
        self.dismiss(leave)
