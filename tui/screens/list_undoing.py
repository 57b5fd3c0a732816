"""Undo and redo in the list: a person's last step, in whatever article it was taken."""

import asyncio
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from textual import work

from store.article.outcomes import Outcome
from store.errors import CannotWrite, StoreError
from store.library import Library, Nothing
from store.person import undoing
from store.person.personal import Personal
from store.person.steps import Way
from store.person.undoing import Run
from store.summaries import Summary
from tui.attempts import in_thread
from tui.language import _, told
from tui.screens.guarding import writes
from tui.screens.list_saving import ListSavingScreen
from tui.screens.running import Running
from tui.screens.saving import SLOW
from tui.wording.save_words import late_in_words
from tui.wording.step_words import run_in_words


class ListUndoingScreen(ListSavingScreen):
    """What `u` and `U` do where no article is open."""

    def __init__(self, library: Library, personal: Personal, me: str) -> None:
        super().__init__(library, personal, me)
        self._stepping = False
        self._passed: dict[Way, set[str]] = {"undo": set(), "redo": set()}

    def summary_of(self, article_id: str) -> Summary:
        """The row of an article as it stands on the disk."""
        raise NotImplementedError

    def show_changed(self, summaries: Sequence[Summary]) -> None:
        """These rows have changed."""
        raise NotImplementedError

    def show_article(self, article_id: str) -> None:
        """Put the cursor on an article."""
        raise NotImplementedError

    @work(thread=True, group="people")
    def update_others(self, article_ids: Collection[str]) -> None:
        """Articles were changed from another one: show how they stand now."""
        changed = list(self._summaries(article_ids))
        if changed:
            self.app.call_from_thread(self.show_changed, changed)

    def _summaries(self, article_ids: Iterable[str]) -> Iterator[Summary]:
        for article_id in article_ids:
            with suppress(StoreError):
                yield self.summary_of(article_id)

    @writes
    async def action_undo(self) -> None:
        await self._step("undo")

    @writes
    async def action_redo(self) -> None:
        await self._step("redo")

    async def _step(self, way: Way) -> None:
        if self._stepping:
            self.say(_("the step before this one is still being written"))
            return
        self._stepping = True
        run, changed = Run(f"user:{self._me}", way), list[Summary]()

        def work() -> Outcome:
            passed = frozenset(self._passed[way])
            undoing.last_step(self._library, self._personal.steps, run, passed)
            changed.extend(self._summaries(run.articles))
            return Nothing()

        locked = threading.Event()
        step = in_thread(work, locked.set)
        done, _waiting = await asyncio.wait({step}, timeout=SLOW)
        if done:
            self._tell(run, changed, step)
        else:
            step.add_done_callback(lambda ended: self._tell(run, changed, ended))
            waits_for = partial(_late, locked)
            await self.app.push_screen(Running(run, step.done, waits_for))

    def _tell(self, run: Run, changed: list[Summary], step: "asyncio.Future[Outcome]") -> None:
        """Show what has changed, then say what was undone."""
        self._stepping = False
        if step.cancelled() or not self.is_running:
            return
        problem = step.exception()
        if changed:
            self.show_changed(changed)
            self.show_article(changed[0].article_id)
        if isinstance(problem, StoreError):
            self.say(told(problem))
        elif problem is not None:
            raise problem
        elif run.found:
            self._remember(run)
            self.say(run_in_words(run, with_title=True))
        else:
            nothing = _("there is nothing to undo"), _("there is nothing to redo")
            self.say(nothing[run.way == "redo"])

    def _remember(self, run: Run) -> None:
        """What is in conflict is passed over from now on, until it is done the other way."""
        other: Way = "redo" if run.way == "undo" else "undo"
        if run.operation is not None:
            self._passed[other].discard(run.operation)
            if run.left or not all(isinstance(each, CannotWrite) for each in run.problems):
                self._passed[run.way].add(run.operation)  # what a full disk refused comes again


def _late(locked: threading.Event) -> str:
    """What a step waits for."""
    return late_in_words((), waits_for_lock=locked.is_set())
