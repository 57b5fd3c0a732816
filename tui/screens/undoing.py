"""Taking back what a person did, and doing it again; the history of the article."""

from contextlib import suppress
from functools import cached_property
from typing import ClassVar

from textual.binding import BindingType

from annotations import edits
from store.article.outcomes import Outcome
from store.errors import CannotWrite, StoreError
from store.library import Conflict, HistoryEntry, Nothing
from store.person import undoing
from store.person.steps import Steps, Way
from store.person.undoing import Elsewhere, Run
from tui.keyboard.keys import key
from tui.language import _, told
from tui.screens.guarding import writes
from tui.screens.pointing import PointingScreen
from tui.screens.running import Running
from tui.wording.step_words import elsewhere_in_words, run_in_words


class UndoingScreen(PointingScreen):
    """Undo, redo, history.  A step that was taken in many articles is undone in all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("u", "undo", "Undo your last step in this article", "Undo", name="undo"),
        key("U,ctrl+r", "redo", "Redo", name="redo"),
        key("h", "history", "The history: who did what, when; restore", name="history"),
    ]

    elsewhere: str | None = None  # the operation of a step that has just been taken elsewhere
    _way: Way = "undo"
    _else: Elsewhere | None = None
    _not_redone: frozenset[str] = frozenset()  # operations whose redoing was found in conflict

    @property
    def steps(self) -> Steps:
        """The person's steps in all articles."""
        raise NotImplementedError

    @cached_property
    def changed(self) -> set[str]:
        """The articles that were changed from here."""
        return set()

    def note(self, entry: HistoryEntry) -> None:
        self.elsewhere = None
        with suppress(StoreError):  # it is saved; only the list of steps lags behind
            self.steps.note(self.article_id, entry)

    @writes
    async def action_undo(self) -> None:
        await self._step("undo")

    @writes
    async def action_redo(self) -> None:
        await self._step("redo")

    async def _step(self, way: Way) -> None:
        """Undo or redo, say what that was and go there; what waits to be saved comes first."""
        if await (self.take_back() if way == "undo" else self.put_back()):
            return
        if self.is_saving:
            self.say(self.busy)
            return
        run = Run(self.author, way)
        operation, self.elsewhere = self.elsewhere if way == "undo" else None, None
        skip = frozenset(self._skipped) if way == "undo" else self._not_redone
        self.will(way)

        def write() -> Outcome:
            place = self.library, self.steps, run, self.article_id
            outcome = undoing.step_everywhere(*place, skip, operation)
            if isinstance(outcome, Nothing) and way == "undo":
                self._else = undoing.elsewhere(*place[:2], self.author, self.article_id)
            return outcome

        await self.commit(write, "", lambda: self._tell(run))
        if self.is_saving:
            is_over, waits_for = lambda: not self.is_saving, lambda: self.late
            await self.app.push_screen(Running(run, is_over, waits_for))

    def _tell(self, run: Run) -> None:
        self.say(run_in_words(run))
        self.changed.update(run.articles)
        refused = any(isinstance(each, CannotWrite) for each in run.problems)
        if (run.is_stopped or refused) and run.way == "undo":
            self.elsewhere = run.operation
        self._remember(run)
        if run.edit is not None:
            here = (id_ for id_ in edits.touched(run.edit) if id_ in self.document.by_id)
            self.go_to_id(next(here, ""))

    def _remember(self, run: Run) -> None:
        """What is in conflict is passed over from now on, until it is done the other way."""
        operations = frozenset((run.operation,) if run.operation else ())
        if run.way == "undo":
            self._not_redone -= operations
            self._skipped |= operations if run.left else frozenset()
        else:
            self._skipped -= operations
            self._not_redone |= operations if run.left else frozenset()

    def tell_no_step(self, outcome: Conflict | Nothing) -> None:
        undo = self._way == "undo"
        if isinstance(outcome, Nothing):
            self.say(elsewhere_in_words(self._else) if undo else _("there is nothing to redo"))
            return
        if not undo and outcome.operation is not None:
            self._skipped.discard(outcome.operation)
            self._not_redone |= {outcome.operation}
        said = (
            _("not undone: {why}. The next u passes over it")
            if undo
            else _("not done again: {why}. The next U passes over it")
        )
        self.say(said.format(why=told(outcome.message)))

    def will(self, way: Way) -> None:
        """What is to come is an undo or a redo: how it went is said accordingly."""
        self._way, self._else = way, None

    async def action_history(self) -> None:
        """Who did what, when."""
        from tui.screens.history import show_history  # only when it is wanted

        await show_history(self)
