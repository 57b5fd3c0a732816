"""Annotate all: the same name at every place where it stands, here or in the whole library."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Annotation, Document, Span
from annotations.name_patterns import Pattern, pattern_of
from annotations.occurrences import annotate
from annotations.phrase import Phrase, nested
from store.errors import Damaged, StoreError, Unreadable
from store.library import Library
from store.person.steps import Steps
from store.places import Place, annotate_in, places_of
from tui.attempts import in_thread
from tui.checklist import Answer, Checklist, Row
from tui.display import display
from tui.keyboard.keys import key
from tui.language import N_, _, counted, told
from tui.screens.place_list import PlaceList
from tui.screens.saving import SLOW
from tui.screens.undoing import UndoingScreen
from tui.widgets.line_list import LineList

MOST = 20_000  # places that are listed; when they are done, the next run lists the next ones
WIDEST = 120  # cells
_TURN = 0.2  # seconds of looking between two looks at the keys
_FRAME = 9  # lines of the dialog that are not the list
_HINT = N_("Space: tick · a all · x none · l the library · Enter: annotate · Esc")


class AnnotateAll(ModalScreen[Answer | None]):
    """The checklist; answers when what is ticked in other articles is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "apply", "Annotate what is ticked", "Annotate", name="annotate-ticked"),
        key("a", "tick(True)", "Tick all", "All", name="tick-all"),
        key("x", "tick(False)", "Tick none", "None", name="tick-none"),
        key("l", "look", "Look in the whole library", "Library", name="look-in-library"),
        key("escape", "leave", "Leave it, or stop", "Leave it", name="leave-checklist"),
    ]

    def __init__(
        self,
        library: Library,
        article_id: str,
        pattern: Pattern,
        places: Sequence[Place],
        author: str,
        steps: Steps,
    ) -> None:
        super().__init__()
        self._steps = steps
        self._library = library
        self._article_id = article_id
        self._pattern = pattern
        self._author = author
        self._checklist = Checklist()
        self._checklist.add(places)
        self._busy = False  # looking in the library, or writing
        self._stop = False
        self._looked = False
        self._problems = 0  # articles that could not be read

    def compose(self) -> ComposeResult:
        title = _("Annotate all: {label} «{name}»")
        title = title.format(label=self._pattern.label, name=nested(self._pattern.name))
        with Vertical(classes="dialog"):
            yield Static(display(title), classes="title", markup=False)
            yield PlaceList(self._checklist, self._article_id)
            yield Static("", id="progress", markup=False)
            yield Static(display(_(_HINT)), classes="hint", markup=False)

    def on_mount(self) -> None:
        dialog = self.query_one(".dialog")
        dialog.styles.width, dialog.styles.max_width = "96%", WIDEST
        self._list.styles.scrollbar_size_vertical = 1
        self._show()
        self.set_focus(self._list)

    def on_resize(self) -> None:
        self._show()

    @property
    def _list(self) -> PlaceList:
        return self.query_one(PlaceList)

    def _show(self, doing: str = "") -> None:
        """Show the list as it stands, and a line about it."""
        room = max(self.app.size.height - _FRAME, 1)
        self._list.styles.max_height = room
        self._list.styles.height = min(len(self._checklist.rows), room)
        self._list.lines_changed()
        chosen = self._checklist.chosen()
        ticked = counted(
            "{ticked} of {count} place ticked",
            "{ticked} of {count} places ticked",
            len(self._checklist.places),
            ticked=len(self._checklist.ticked),
        )
        said = [
            f"{ticked}, " + counted("in {count} article", "in {count} articles", len(chosen)),
        ]
        if self._problems:
            said.append(
                counted(
                    "{count} article cannot be read",
                    "{count} articles cannot be read",
                    self._problems,
                )
            )
        if self._looked and len(self._checklist.places) >= MOST:
            said.append(_("more when these are done"))
        self._say(doing or "; ".join(said))

    def _say(self, line: str) -> None:
        self.query_one("#progress", Static).update(display(line))

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        row = message.group
        if not isinstance(row, Row) or self._busy:
            return
        if not self._checklist.is_open(row):
            self._say(_("that is decided already: it is not overwritten"))
            return
        self._checklist.toggle(row)
        self._list.refresh()
        self._show()

    def action_tick(self, ticked: bool) -> None:
        if not self._busy:
            self._checklist.tick_all(ticked=ticked)
            self._show()

    def action_leave(self) -> None:
        """Leave, or stop what is under way."""
        if self._busy:
            self._stop = True
        else:
            self.dismiss(None)

    # the library

    def action_look(self) -> None:
        if self._looked:
            self._say(_("these are all the places in the library"))
        elif not self._busy:
            self._busy, self._stop = True, False
            self.run_worker(self._look())

    async def _look(self) -> None:
        """Look through all articles, a turn at a time, in a thread."""
        walk = self._places()
        read = 0
        while not self._stop:
            try:
                turn = await asyncio.to_thread(_turn, walk)
            except StoreError as problem:
                self._busy = False
                self._show(told(problem))
                return
            read += len(turn)
            self._checklist.add(place for places in turn for place in places)
            if not turn or len(self._checklist.places) >= MOST:
                break
            found = len(self._checklist.places)
            places = counted("{count} place found", "{count} places found", found)
            looking = _("looking: {articles}, {places}. Esc stops")
            self._show(looking.format(articles=_articles(read), places=places))
        self._looked, self._busy = not self._stop, False
        stopped = _("stopped after {articles}; l looks again").format(articles=_articles(read))
        self._show(stopped if self._stop else "")

    def _places(self) -> Iterator[list[Place]]:
        """The places of every other article that are not listed yet."""
        listed = {place.article_id for place in self._checklist.places} | {self._article_id}
        for document in self._library.documents(on_damage=self._note_damage):
            known = document.article.id in listed
            yield [] if known else places_of(document, self._pattern)

    def _note_damage(self, _damage: Damaged | Unreadable) -> None:
        self._problems += 1

    def action_apply(self) -> None:
        """Write what is ticked in other articles, then leave the open one to its screen."""
        if self._busy:
            return
        if not self._checklist.ticked:
            self._say(_("nothing is ticked: Space ticks, a ticks all, Esc leaves"))
            return
        self._busy, self._stop = True, False
        self.run_worker(self._apply())

    async def _apply(self) -> None:
        chosen = dict(self._checklist.chosen())
        answer = Answer(spans=chosen.pop(self._article_id, ()))
        for number, (article_id, spans) in enumerate(chosen.items()):
            if self._stop:
                answer.rest = len(chosen) - number
                break
            doing = _("annotating: article {number} of {total}. Esc stops")
            self._say(doing.format(number=number + 1, total=len(chosen)))
            await in_thread(partial(self._write, article_id, spans, answer))
        self.dismiss(answer)

    def _write(self, article_id: str, spans: Sequence[Span], answer: Answer) -> None:
        try:
            count, entry = annotate_in(
                self._library,
                article_id,
                self._pattern,
                spans,
                author=self._author,
                operation=answer.operation,
            )
        except (AnnotationError, StoreError) as problem:
            answer.problems.append(told(problem))
            return
        if count:
            answer.articles.append(article_id)
        if entry is not None:
            with suppress(StoreError):  # it is saved; only the list of steps lags behind
                self._steps.note(article_id, entry)
        answer.places += count
        answer.left += len(spans) - count


def _articles(count: int) -> str:
    return counted("{count} article", "{count} articles", count)


def _turn(walk: Iterator[list[Place]]) -> list[list[Place]]:
    """What is found in some time, an entry an article; empty at the end."""
    until = time.monotonic() + _TURN
    found: list[list[Place]] = []
    count = 0
    for places in walk:
        found.append(places)
        count += len(places)
        if time.monotonic() > until or count >= MOST:
            break
    return found


async def annotate_all(screen: UndoingScreen, mention: Annotation) -> None:
    """Ask where to annotate what a mention names, and do it."""
    document = screen.document

    def look() -> tuple[Pattern, list[Place]] | None:
        pattern = pattern_of(document, mention)
        return (pattern, places_of(document, pattern, mention)) if pattern else None

    looking = asyncio.create_task(asyncio.to_thread(look))
    done, _pending = await asyncio.wait({looking}, timeout=SLOW)
    if not done:
        screen.say(_("looking for the name in a large article…"))
    found = await looking
    if found is None:
        screen.say(_("there is no word in it to look for"))
        return
    pattern, places = found

    async def use(answer: Answer | None) -> None:
        if answer is not None:
            screen.changed.update(answer.articles)
            await _finish(screen, pattern, mention, answer)

    place = screen.library, screen.article_id
    await screen.app.push_screen(
        AnnotateAll(*place, pattern, places, screen.author, screen.steps), use
    )


async def _finish(
    screen: UndoingScreen, pattern: Pattern, mention: Annotation, answer: Answer
) -> None:
    """Write the open article's part and say what was done."""
    what = _("annotated {label} «{name}»").format(label=pattern.label, name=nested(pattern.name))
    screen.elsewhere = answer.operation if answer.articles else None  # until it is saved here
    if not answer.spans:
        screen.say(answer.in_words(what, 0))
        return

    def make(document: Document, stamp: Stamp) -> Edit:
        current = document.by_id.get(mention.id, mention)
        edit = annotate(document, pattern, answer.spans, stamp, current.entity)
        if edit is None:
            raise AnnotationError(Phrase("others have decided these places meanwhile"))
        return edit

    said = answer.in_words(what, len(answer.spans))
    await screen.save(make, said, operation=answer.operation)
