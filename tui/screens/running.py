"""How far a long undo or redo is; Escape stops it between two articles."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from store.person.undoing import Run
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _

LOOK = 0.1  # seconds between two looks at how far it is


class Running(ModalScreen[None]):
    """Shown while a run is under way; goes away when it is over."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("escape", "stop", "Stop before the next article", "Stop", name="stop-run")
    ]

    def __init__(self, run: Run, is_over: Callable[[], bool], waits_for: Callable[[], str]) -> None:
        """`waits_for` says what is waited for, as long as no other article is come to."""
        super().__init__()
        self._waits_for = waits_for
        self._run = run
        self._is_over = is_over

    def compose(self) -> ComposeResult:
        title = _("Undoing") if self._run.way == "undo" else _("Doing it again")
        with Vertical(classes="dialog"):
            yield Static(display(title), classes="title", markup=False)
            yield Static("", id="progress", markup=False)
            yield Static(display(_("Esc: stop")), classes="hint", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self._look)
        self.set_interval(LOOK, self._look)

    def on_unmount(self) -> None:
        self._run.stop = True  # it is over, or the program ends

    def _look(self) -> None:
        run = self._run
        if not self.is_current:
            return
        if self._is_over():
            self.dismiss()
        elif run.stop:
            self._say(_("stopping… Esc again leaves it to end by itself"))
        elif run.total:
            said = _("article {number} of {total}")
            self._say(said.format(number=min(run.looked + 1, run.total), total=run.total))
        else:
            self._say(self._waits_for())

    def _say(self, line: str) -> None:
        self.query_one("#progress", Static).update(display(line))

    def action_stop(self) -> None:
        """Stop; at the second time, when somebody else keeps it from stopping, only go away."""
        if self._run.stop:
            self.dismiss()
        self._run.stop = True
        self._look()
