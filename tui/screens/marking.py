"""Deciding about lines of a concordance: the ticked ones, else the one at the cursor."""

import asyncio
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar, Literal

from textual.binding import BindingType

from annotations.errors import AnnotationError
from annotations.marking import Decision, Target
from annotations.model import Span
from store.concordance import Line
from store.errors import StoreError
from store.library import Library
from store.marking import Outcome, mark_in
from store.person.personal import Personal
from store.person.steps import Way
from store.summaries import Summary, summarise
from tui.attempts import in_thread
from tui.keyboard.keys import key, pressed
from tui.keyboard.label_keys import TakesLabels
from tui.language import N_, _, told
from tui.screens.guarding import writes
from tui.screens.list_undoing import ListUndoingScreen
from tui.screens.saving import SLOW
from tui.widgets.concordance_list import ConcordanceList, key_of
from tui.wording.search_words import run_in_words

_Status = Literal["accepted", "rejected"]
_DONE: Mapping[_Status, str] = {"accepted": N_("accepted"), "rejected": N_("rejected")}


@dataclass
class MarkingRun:
    """How far a decision has been carried out; all of it is one step, with one operation."""

    decision: Decision
    what: str
    operation: str = field(default_factory=lambda: secrets.token_hex(8))
    places: int = 0
    left: int = 0
    idle: int = 0
    rest: int = 0  # articles that were not come to, because it was stopped
    articles: list[str] = field(default_factory=list)  # that were written
    problems: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        counts = self.places, len(self.articles), self.left, self.idle, self.rest
        return run_in_words(self.what, counts, self.problems, pressed("undo-in-lines"))


class MarkingScreen(ListUndoingScreen, TakesLabels):
    """Accepts, rejects and labels what stands at many hits, and takes that back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "a",
            "decide('accepted')",
            "Accept what is annotated there",
            "Accept",
            name="accept-lines",
        ),
        key(
            "x",
            "decide('rejected')",
            "Reject what is annotated there",
            "Reject",
            name="reject-lines",
        ),
        key("u", "undo", "Undo your last step, in whatever article", "Undo", name="undo-in-lines"),
        key("U,ctrl+r", "redo", "Redo it", name="redo-in-lines"),
    ]

    def __init__(self, library: Library, personal: Personal, me: str) -> None:
        super().__init__(library, personal, me)
        self.library = library
        self.changed: set[str] = set()  # articles, from here
        self._over = asyncio.Event()  # no decision is being carried out
        self._over.set()
        self._stop = False

    @property
    def listed(self) -> ConcordanceList:
        """The lines."""
        raise NotImplementedError

    def require_line(self) -> Line | None:
        """The line at the cursor; where there is none, that is said."""
        if self.listed.line is None:
            self.say(_("there is no line at the cursor"))
        return self.listed.line

    # deciding

    @writes
    async def action_decide(self, status: _Status) -> None:
        """Accept or reject; a line alone: then go on to the next one."""
        onward = not self.listed.ticked
        if await self._decide(status, _(_DONE[status])) and onward:
            self.listed.action_move(1)

    @writes
    async def action_label(self, number: int) -> None:
        """Relabel what is annotated at the hits, or annotate them."""
        label = list(self.library.schema)[number]
        await self._decide(label, _("label {label}").format(label=label.name))

    async def _decide(self, decision: Decision, what: str) -> bool:
        """Carry a decision out; False: it was not begun.  One that takes long is not waited for."""
        if self.is_busy() or self.require_line() is None:
            return False
        self._over.clear()
        self._stop = False
        run = MarkingRun(decision, what)
        targets = [(line, self._target(line)) for line in self.listed.chosen()]
        self.run_worker(self._carry_out(run, targets), group="decide")
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), SLOW)
        return True

    async def _carry_out(self, run: MarkingRun, targets: Iterable[tuple[Line, Target]]) -> None:
        by_article: dict[str, list[tuple[Line, Target]]] = {}
        for line, target in targets:
            by_article.setdefault(line.row.article_id, []).append((line, target))
        try:
            for number, (article_id, its) in enumerate(by_article.items()):
                if self._stop:
                    run.rest = len(by_article) - number
                    break
                if number:
                    doing = _("article {number} of {total}. Esc stops")
                    self.say(doing.format(number=number + 1, total=len(by_article)))
                write = partial(self._write, run, article_id, [target for _, target in its])
                outcome = await in_thread(write)
                docid = its[0][0].row.docid
                if outcome is not None:
                    self.listed.ticked -= {key_of(line) for line, _ in its}
                if outcome is not None and outcome.entry is not None:
                    self.listed.wrote(docid, outcome.entry.edit)
                else:
                    self.listed.forget([docid])
        finally:
            self._over.set()
        self.changed.update(run.articles)
        self.say(run.in_words())

    def _target(self, line: Line) -> Target:
        """With what its reader has seen there."""
        where, hit = key_of(line), line.hit
        there = self.listed.there
        return Target(
            Span(hit.start, hit.end), hit.annotation, there.get(where), unseen=where not in there
        )

    def _write(self, run: MarkingRun, article_id: str, targets: Sequence[Target]) -> Outcome | None:
        """The part in one article, in a thread; None: it is not saved."""
        try:
            outcome = mark_in(
                self.library,
                article_id,
                targets,
                run.decision,
                author=f"user:{self._me}",
                operation=run.operation,
            )
        except (AnnotationError, StoreError) as problem:
            run.problems.append(told(problem))
            return None
        if outcome.entry is not None:
            run.articles.append(article_id)
            with suppress(StoreError):  # it is saved; only the list of steps lags behind
                self._personal.steps.note(article_id, outcome.entry)
        run.places += outcome.count
        run.left += outcome.left
        run.idle += outcome.idle
        return outcome

    def is_busy(self) -> bool:
        """Whether a decision is still being carried out, which is said."""
        if not self._over.is_set():
            self.say(_("the decision before this one is still being written: Esc stops it"))
        return not self._over.is_set()

    def stops(self) -> bool:
        """Stop what is being carried out before its next article; False: there is nothing."""
        self._stop = True
        return not self._over.is_set()

    # undo and redo, as in the list

    async def _step(self, way: Way) -> None:
        if not self.is_busy():
            await super()._step(way)

    def summary_of(self, article_id: str) -> Summary:
        return summarise(self.library.document(article_id))

    def show_changed(self, summaries: Sequence[Summary]) -> None:
        ids = {each.article_id for each in summaries}
        self.changed.update(ids)
        lines = self.listed.lines
        self.listed.forget(each.row.docid for each in lines if each.row.article_id in ids)
