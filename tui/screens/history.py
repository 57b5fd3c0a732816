"""The history of an article: who did what, when; take a step back, or all that came after it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations.edits import Add, Change, Edit, Remove, inverse, touched
from annotations.errors import AnnotationError
from annotations.model import Annotation, Span
from store.article import restoring
from store.article.restoring import Plan, Refused, Story
from store.errors import StoreError
from store.library import HistoryEntry, Library
from tui.display import display
from tui.keyboard.keys import key
from tui.language import N_, _, told
from tui.screens.step_list import StepList
from tui.screens.undoing import UndoingScreen
from tui.wording.step_words import question_in_words, undo_in_words, when_in_words

WIDEST = 140  # cells
_FRAME = 8  # lines of the dialog that are neither the list nor the step in full
_FULL = 3  # lines of the step in full, where the terminal is not low
_LOW = 20  # lines: below this it has fewer
_HINT = N_("Enter: there · r: undo it · R: all as then · t: this annotation · Esc")


@dataclass(frozen=True, slots=True)
class Visit:
    """Go to an annotation that a step touched, or to where it was."""

    ids: tuple[str, ...]
    place: Span


@dataclass(frozen=True, slots=True)
class Restore:
    """Write a plan; `said` is what is told when it is written."""

    plan: Plan
    said: str


class HistoryPage(ModalScreen[Visit | Restore | None]):
    """The steps of an article; answers with where to go or what to write."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "Go there", "Go there", name="visit-step"),
        key("r", "take_back", "Undo this step, whoever took it", "Undo it", name="take-back-step"),
        key("R", "restore", "All as it was after this step", "Restore", name="restore-article"),
        key("t", "narrow", "Only the annotation under the cursor", "This one", name="narrow-steps"),
        key("escape,q", "leave", "Close", "Close", name="leave-history"),
    ]

    def __init__(
        self,
        library: Library,
        article_id: str,
        author: str,
        annotation: Annotation | None,
        why_not: Callable[[], str],
    ) -> None:
        """`why_not` says why nothing may be changed; empty where it may."""
        super().__init__()
        self._why_not = why_not
        self._library = library
        self._article_id = article_id
        self._author = author
        self._annotation = annotation
        self._story: Story | None = None
        self._is_narrow = False
        self._waiting: Restore | None = None  # for a second Enter

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(display(_("History")), classes="title", markup=False)
            yield StepList(self._author, self._moved)
            yield Static(display(_("reading…")), id="about", markup=False)
            yield Static(display(_(_HINT)), classes="hint", markup=False)

    def on_mount(self) -> None:
        dialog = self.query_one(".dialog")
        dialog.styles.width, dialog.styles.max_width = "96%", WIDEST
        self._steps.styles.scrollbar_size_vertical = 1
        self._measure()
        self.set_focus(self._steps)
        self.call_after_refresh(self.run_worker, self._read)  # a long history takes a while

    def on_resize(self) -> None:
        self._measure()

    @property
    def _steps(self) -> StepList:
        return self.query_one(StepList)

    @property
    def _full(self) -> int:
        """Lines for the step in full."""
        return _FULL if self.app.size.height >= _LOW else _FULL - 1

    def _measure(self) -> None:
        self.query_one("#about").styles.height = self._full
        room = max(self.app.size.height - _FRAME - self._full, 1)
        self._steps.styles.max_height = room
        self._steps.styles.height = min(len(self._steps.rows), room)

    async def _read(self) -> None:
        """The whole history, in a thread."""
        try:
            story = await asyncio.to_thread(self._library.story, self._article_id)
        except (AnnotationError, StoreError) as problem:
            self._say(told(problem))
            return
        self._story = Story(*story)
        self._list()

    def _list(self) -> None:
        """List the steps that are wanted."""
        story = self._story
        if story is None:
            return
        rows: list[HistoryEntry | None] = list(reversed(story.entries))
        if self._is_narrow and self._annotation is not None:
            id_ = self._annotation.id
            rows = [each for each in rows if each and restoring.concerns(each, id_)]
        elif rows:
            rows.append(None)
        self._steps.show_rows(story, rows)
        self._measure()
        self._explain()

    def _say(self, line: str) -> None:
        self.query_one("#about", Static).update(display(line))

    def _explain(self) -> None:
        """The step at the cursor in full: in the list there may be no room for it."""
        self._waiting = None
        steps = self._steps
        if not steps.rows:
            narrow = _("nobody has changed this annotation; t shows all steps")
            everything = _("nobody has changed this article since it was added")
            self._say(narrow if self._is_narrow else everything)
        elif steps.row is None:
            self._say(_("R makes everything as it was here"))
        else:
            when, who = when_in_words(steps.row), steps.who(steps.row)
            self._say(f"{when} · {who} · {steps.what(steps.row)}")

    def _moved(self) -> None:
        if self._story is not None:
            self._explain()

    # keys

    def on_line_list_chosen(self) -> None:
        self.action_choose()

    def action_choose(self) -> None:
        """Do what was asked about, or go to where a step was taken."""
        if self._waiting is not None:
            self.dismiss(self._waiting)
            return
        row = self._steps.row
        if row is not None:
            ids = touched(row.edit)
            self.dismiss(Visit(ids, _place(row.edit)) if ids else None)

    def action_leave(self) -> None:
        """Leave, or do not do what was asked about."""
        if self._waiting is None:
            self.dismiss(None)
        else:
            self._explain()

    def action_narrow(self) -> None:
        if self._annotation is None:
            self._say(_("there was no annotation under the cursor: these are all steps"))
            return
        self._is_narrow = not self._is_narrow
        self._list()

    def action_take_back(self) -> None:
        row, story = self._steps.row, self._story
        if story is None or row is None:
            self._say(_("there is no step here: R makes everything as it was"))
            return
        what = undo_in_words(inverse(row.edit), self._steps.text)
        said = _("took back: {what}").format(what=what)
        self._ask(restoring.without(story, row, self._author), said)

    def action_restore(self) -> None:
        story, row = self._story, self._steps.row
        if story is None or not self._steps.rows:
            return
        if row is None:
            first = story.entries[0].revision - 1
            self._ask(restoring.as_after(story, first), _("all as it was in the beginning"))
        else:
            said = _("all as it was after {when}").format(when=when_in_words(row))
            self._ask(restoring.as_after(story, row.revision), said)

    def _ask(self, plan: Plan | Refused, said: str) -> None:
        """Say what would change, and wait for Enter."""
        why = self._why_not()
        if why:
            self._explain()
            self._say(why)
            return
        if isinstance(plan, Refused):
            self._explain()
            self._say(_("it cannot be done: {why}").format(why=told(plan.reason)))
            return
        self._waiting = Restore(plan, said)
        width = self.query_one("#about").size.width
        self._say(question_in_words(plan.edit, self._steps.text, width, self._full))


def _place(edit: Edit) -> Span:
    """Where the first annotation that an edit touches stands after it, or stood."""
    match edit:
        case Add(annotation) | Remove(annotation) | Change(_, annotation):
            return annotation.span
        case _:
            return _place(edit.edits[0])


async def show_history(screen: UndoingScreen) -> None:
    """Show the history of an article; go where it is chosen to, or restore."""

    async def use(answer: Visit | Restore | None) -> None:
        match answer:
            case Visit(ids, place):
                _visit(screen, ids, place)
            case Restore(plan, said):
                await _restore(screen, plan, said)

    place = screen.library, screen.article_id, screen.author
    page = HistoryPage(*place, screen.view.annotation, screen.why_not)
    await screen.app.push_screen(page, use)


def _visit(screen: UndoingScreen, ids: tuple[str, ...], place: Span) -> None:
    standing = [id_ for id_ in ids if id_ in screen.document.by_id]
    if standing:
        screen.go_to_id(standing[0])
        return
    word = screen.view.words.at(place.start)
    if word is not None:
        screen.view.go_to(word)
    screen.say(_("it no longer stands: this is where it was"))


async def _restore(screen: UndoingScreen, plan: Plan, said: str) -> None:
    """As an undo of one's own step, else as an edit like any other."""
    screen.will("undo")
    go = partial(_go, screen, plan)
    if plan.operation is None:
        await screen.save(lambda _document, _stamp: plan.edit, said, go)
        return
    who = {"author": screen.author, "operation": plan.operation}
    await screen.commit(partial(screen.library.undo, screen.article_id, **who), said, go)


def _go(screen: UndoingScreen, plan: Plan) -> None:
    here = (id_ for id_ in touched(plan.edit) if id_ in screen.document.by_id)
    screen.go_to_id(next(here, ""))
