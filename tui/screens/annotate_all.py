"""Annotate all: the same name at every place where it stands, here or in the whole library."""

import asyncio
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from annotations.edits import Stamp
from annotations.errors import AnnotationError
from annotations.model import Annotation, Document, Span
from annotations.name_patterns import Pattern, pattern_of
from annotations.occurrences import annotate
from store.errors import Damaged, StoreError, Unreadable
from store.library import Conflict, Library, Saved, now
from store.places import Place, annotate_in, places_of
from tui.checklist import Checklist, Row
from tui.display import display
from tui.keys import key
from tui.screens.editing import SLOW, EditingScreen
from tui.screens.place_list import PlaceList
from tui.widgets.line_list import LineList
from tui.words import plural

MOST = 20_000  # places that are listed; when they are done, the next run lists the next ones
WIDEST = 120  # cells
_TURN = 0.2  # seconds of looking between two looks at the keys
_FRAME = 9  # lines of the dialog that are not the list
_HINT = "Space: tick · a all · x none · l the library · Enter: annotate · Esc"


@dataclass
class Answer:
    """What was ticked in the open article, and what was written in the others."""

    spans: Sequence[Span] = ()
    operation: str = field(default_factory=lambda: secrets.token_hex(8))
    places: int = 0
    articles: int = 0
    left: int = 0  # places that others decided while the list was open
    problems: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        """What was done in the other articles."""
        said = [f"{self.places} in {plural(self.articles, 'other article')}"]
        if self.left:
            said.append(f"{self.left} left as others decided")
        if self.problems:
            said.append(f"{len(self.problems)} not saved: {self.problems[0]}")
        return "; ".join(said)


class AnnotateAll(ModalScreen[Answer | None]):
    """The checklist; answers when what is ticked in other articles is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "apply", "Annotate what is ticked", "Annotate"),
        key("a", "tick(True)", "Tick all", "All"),
        key("x", "tick(False)", "Tick none", "None"),
        key("l", "look", "Look in the whole library", "Library"),
        key("escape", "leave", "Leave it, or stop", "Leave it"),
    ]

    def __init__(
        self,
        library: Library,
        article_id: str,
        pattern: Pattern,
        places: Sequence[Place],
        author: str,
    ) -> None:
        super().__init__()
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
        title = f"Annotate all: {self._pattern.label} «{self._pattern.name}»"
        with Vertical(classes="dialog"):
            yield Static(display(title), classes="title", markup=False)
            yield PlaceList(self._checklist, self._article_id)
            yield Static("", id="progress", markup=False)
            yield Static(_HINT, classes="hint", markup=False)

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
        ticked = f"{len(self._checklist.ticked)} of {plural(len(self._checklist.places), 'place')}"
        said = f"{ticked} ticked, in {plural(len(chosen), 'article')}"
        if self._problems:
            said += f"; {plural(self._problems, 'article')} cannot be read"
        if self._looked and len(self._checklist.places) >= MOST:
            said += "; more when these are done"
        self._say(doing or said)

    def _say(self, line: str) -> None:
        self.query_one("#progress", Static).update(display(line))

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        row = message.group
        if not isinstance(row, Row) or self._busy:
            return
        if not self._checklist.is_open(row):
            self._say("that is decided already: it is not overwritten")
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
            self._say("these are all the places in the library")
        elif not self._busy:
            self._busy, self._stop = True, False
            self.run_worker(self._look())

    async def _look(self) -> None:
        """Look through all articles, a turn at a time, in a thread."""
        walk = self._places()
        read = 0
        while not self._stop:
            turn = await asyncio.to_thread(_turn, walk)
            read += len(turn)
            self._checklist.add(place for places in turn for place in places)
            if not turn or len(self._checklist.places) >= MOST:
                break
            found = len(self._checklist.places)
            self._show(f"looking: {plural(read, 'article')}, {plural(found, 'place')}. Esc stops")
        self._looked, self._busy = not self._stop, False
        self._show(f"stopped after {plural(read, 'article')}; l looks again" if self._stop else "")

    def _places(self) -> Iterator[list[Place]]:
        """The places of every other article that are not listed yet."""
        listed = {place.article_id for place in self._checklist.places} | {self._article_id}
        for document in self._library.documents(on_damage=self._note_damage):
            known = document.article.id in listed
            yield [] if known else places_of(document, self._pattern)

    def _note_damage(self, _: Damaged | Unreadable) -> None:
        self._problems += 1

    def action_apply(self) -> None:
        """Write what is ticked in other articles, then leave the open one to its screen."""
        if self._busy:
            return
        if not self._checklist.ticked:
            self._say("nothing is ticked: Space ticks, a ticks all, Esc leaves")
            return
        self._busy, self._stop = True, False
        self.run_worker(self._apply())

    async def _apply(self) -> None:
        chosen = dict(self._checklist.chosen())
        answer = Answer(spans=chosen.pop(self._article_id, ()))
        for number, (article_id, spans) in enumerate(chosen.items()):
            if self._stop:
                answer.problems.append(f"stopped before {len(chosen) - number} articles")
                break
            self._say(f"annotating: {number + 1} of {plural(len(chosen), 'article')}. Esc stops")
            await asyncio.to_thread(self._write, article_id, spans, answer)
        self.dismiss(answer)

    def _write(self, article_id: str, spans: Sequence[Span], answer: Answer) -> None:
        try:
            count = annotate_in(
                self._library,
                article_id,
                self._pattern,
                spans,
                author=self._author,
                operation=answer.operation,
            )
        except (AnnotationError, StoreError) as problem:
            answer.problems.append(str(problem))
            return
        answer.places += count
        answer.articles += count > 0
        answer.left += len(spans) - count


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


async def annotate_all(screen: EditingScreen, mention: Annotation) -> None:
    """Ask where to annotate what a mention names, and do it."""
    document = screen.document

    def look() -> tuple[Pattern, list[Place]] | None:
        pattern = pattern_of(document, mention)
        return (pattern, places_of(document, pattern, mention)) if pattern else None

    looking = asyncio.create_task(asyncio.to_thread(look))
    done, _ = await asyncio.wait({looking}, timeout=SLOW)
    if not done:
        screen.say("looking for the name in a large article…")
    found = await looking
    if found is None:
        screen.say("there is no word in it to look for")
        return
    pattern, places = found

    async def use(answer: Answer | None) -> None:
        if answer is not None:
            await _finish(screen, pattern, mention, answer)

    await screen.app.push_screen(
        AnnotateAll(screen.library, screen.article_id, pattern, places, screen.author), use
    )


async def _finish(
    screen: EditingScreen, pattern: Pattern, mention: Annotation, answer: Answer
) -> None:
    """Write the open article's part and say what was done."""
    what = f"annotated {pattern.label} «{pattern.name}»"
    undo = "u takes it back"
    if answer.articles or answer.problems or answer.left:
        undo = f"{answer.in_words()}; u takes back an article's part"
    if not answer.spans:
        screen.say(f"{what}: {undo}")
        return

    def write() -> Saved | Conflict:
        document: Document = screen.document
        current = document.by_id.get(mention.id, mention)
        stamp = Stamp(screen.author, now())
        edit = annotate(document, pattern, answer.spans, stamp, current.entity)
        if edit is None:
            raise AnnotationError("others have decided these places meanwhile")
        return screen.library.apply(
            screen.article_id, edit, author=screen.author, operation=answer.operation
        )

    await screen.commit(write, f"{what}: {len(answer.spans)} here, {undo}")
