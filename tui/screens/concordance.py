"""The concordance of a query: its hits line by line, and deciding about many of them at once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.errors import AnnotationError
from annotations.marking import standing
from annotations.model import Annotation, Document, Span
from annotations.query.text_hits import Hit
from store.concordance import Line, Order, forms_of_lines, sort_lines
from store.errors import StoreError
from store.library import Library
from store.person.personal import Personal
from tui import theme
from tui.finding import Finding
from tui.keyboard.keys import key
from tui.language import _, counted, told
from tui.query import Query
from tui.screens.marking import MarkingScreen
from tui.screens.origin import Origin
from tui.widgets.bar import Bar
from tui.widgets.concordance_list import ConcordanceList, Key, key_of
from tui.widgets.key_bar import KeyBar
from tui.wording.search_words import LINE_ORDERS, forms_in_words
from tui.wording.words import status_in_words, value_in_words

MOST = 10_000  # lines that are listed

OpenAt = Callable[[str, Hit | int], Awaitable[None]]


class ConcordanceScreen(MarkingScreen, Origin):
    """Reads the hits in a thread; those of articles that were found first come first."""

    AUTO_FOCUS = "ConcordanceList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "sort", "Sort by left, right, source, date, form", "Sort", name="sort-lines"),
        key("t", "tick_form", "Tick all lines with this form", name="tick-form"),
        key("asterisk", "tick_all", "Tick all lines, or none", "All", name="tick-all-lines"),
        key("r", "reload", "Read again", name="read-lines-again"),
        key("escape", "stop", "Stop, untick all, else back", name="stop-in-lines"),
        key("q", "leave", "Back", "Back", name="leave-lines"),
    ]

    def __init__(
        self,
        library: Library,
        personal: Personal,
        me: str,
        finding: Finding,
        open_at: OpenAt,
    ) -> None:
        """`open_at` opens an article at a hit."""
        super().__init__(library, personal, me)
        self._finding = finding
        self._open_at = open_at
        self._found: list[Line] = []  # in the order in which they were found
        self._order: Order = "none"
        self._problems = 0  # articles that cannot be read
        self._places: dict[str, int] = {}  # the lines from which articles were opened
        self._is_reading = False

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(theme.DIM, id="forms")
        yield ConcordanceList(self.library.schema, self._want, self._explain)
        yield Static("", id="empty", markup=False)
        yield Bar(id="explain")
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.action_reload()

    def on_screen_resume(self) -> None:
        """What was open may have been corrected."""
        self.listed.forget({docid for docid, _start, _end in self.listed.there})

    @property
    def sought(self) -> Query:  # type: ignore[override]
        """What the lines were found by."""
        return self._finding.query

    @property
    def listed(self) -> ConcordanceList:
        return self.query_one(ConcordanceList)

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    # reading the hits

    def action_reload(self) -> None:
        self.run_worker(self._read(), group="lines", exclusive=True)

    async def _read(self) -> None:
        self._found, self._problems = [], 0
        walk = self._finding.lines(self._note_problem)
        try:
            while room := MOST - len(self._found):
                some = await asyncio.to_thread(self._finding.some_of, walk, room)
                if not some:
                    break
                self._found += some
                self.listed.show(self._found)
                self.show_title()
                self.say(_("reading…"))
        except StoreError as problem:
            self.say(told(problem))
            return
        await self._arrange()
        self.set_class(not self._found, "is-empty")
        empty = _(
            "The query points at nothing in the texts: it says only which articles are meant."
        )
        self.query_one("#empty", Static).update(empty)
        self._tell_ticked()

    def _note_problem(self, _problem: StoreError) -> None:
        self._problems += 1

    async def _arrange(self) -> None:
        """Sort the lines, count the forms."""
        found, order = list(self._found), self._order
        lines = await asyncio.to_thread(sort_lines, found, order)
        forms = await asyncio.to_thread(forms_of_lines, found)
        self.listed.show(lines)
        self.query_one("#forms", Bar).text = forms_in_words(forms)
        self.show_title()

    def show_title(self) -> None:
        """How many hits there are in how many articles, and of which query."""
        articles = len({line.row.docid for line in self._found})
        said = counted("{count} hit", "{count} hits", len(self._found))
        if len(self._found) >= MOST:
            said = _("the first {hits}").format(hits=said)
        where = counted("in {count} article", "in {count} articles", articles)
        self.query_one("#title", Bar).text = f"{said} {where} · {self.sought.text}"

    def _tell_ticked(self) -> None:
        """How many lines are ticked, and what cannot be read."""
        said = []
        if self._problems:
            problems = self._problems
            said.append(
                counted(
                    "{count} article cannot be read", "{count} articles cannot be read", problems
                )
            )
        ticked = len(self.listed.ticked)
        if ticked:
            acts = _("{ticked}: a accepts, x rejects, the key of a label gives it")
            lines = counted("{count} line ticked", "{count} lines ticked", ticked)
            said.append(acts.format(ticked=lines))
        self.say(" · ".join(said))

    def _explain(self) -> None:
        """The article of the line at the cursor, and what is annotated there."""
        line, there = self.listed.line, self.listed.annotation
        parts: list[str | None] = []
        if there is not None:
            what = f"{there.label} {value_in_words(there.value)}".strip()
            parts.append(f"{what}, {status_in_words(there.status)}")
        if line is not None:
            row = line.row
            parts += [row.published and row.published[:10], row.source, row.title]
        self.query_one("#explain", Bar).text = " · ".join(part for part in parts if part)

    # what is annotated at the lines in sight

    def _want(self) -> None:
        if not self._is_reading:
            self._is_reading = True
            self.run_worker(self._read_there(), group="there")

    async def _read_there(self) -> None:
        try:
            while wanted := self.listed.missing():
                self.listed.awaits(wanted)
                self.listed.take(await asyncio.to_thread(self._standing, wanted))
        finally:
            self._is_reading = False

    def _standing(self, lines: list[Line]) -> dict[Key, Annotation | None]:
        documents: dict[str, Document | None] = {}
        found: dict[Key, Annotation | None] = {}
        for line in lines:
            article_id, hit = line.row.article_id, line.hit
            if article_id not in documents:
                documents[article_id] = self._document(article_id)
            document = documents[article_id]
            span = Span(hit.start, hit.end)
            found[key_of(line)] = (
                standing(document, span, hit.annotation) if document is not None else None
            )
        return found

    def _document(self, article_id: str) -> Document | None:
        try:
            return self.library.document(article_id)
        except (AnnotationError, StoreError):
            return None

    # keys

    async def action_sort(self) -> None:
        orders = tuple(LINE_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        await self._arrange()
        self.say(_(LINE_ORDERS[self._order]))

    def action_tick(self) -> None:
        """Tick the line, and go on to the next one."""
        line = self.require_line()
        if line is not None:
            self.listed.tick([line])
            self.listed.action_move(1)
            self._tell_ticked()

    def action_tick_form(self) -> None:
        line = self.require_line()
        if line is not None:
            form = line.key.casefold()
            self.listed.tick(each for each in self.listed.lines if each.key.casefold() == form)
            self._tell_ticked()

    def action_tick_all(self) -> None:
        if self.require_line() is not None:
            self.listed.tick(self.listed.lines)
            self._tell_ticked()

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the article."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        line = self.require_line()
        if line is not None:
            self._places[line.row.article_id] = self.listed.cursor
            await self._open_at(line.row.article_id, line.hit)

    async def open(self, article_id: str) -> None:
        await self._open_at(article_id, 0)

    def action_stop(self) -> None:
        if self.stops():
            return
        if self.listed.ticked:
            self.listed.ticked.clear()
            self.listed.refresh()
            self._tell_ticked()
        else:
            self.action_leave()

    def action_leave(self) -> None:
        if not self.is_busy():
            self.dismiss()

    # the articles that are opened from here

    async def following(
        self, article_id: str, direction: int, *, with_suggestions: bool = False
    ) -> str | None:
        lines = self.listed.lines
        start = self._places.get(article_id, self.listed.cursor)
        end = len(lines) if direction > 0 else -1
        passed = {article_id}
        for number in range(start, end, direction):
            other = lines[number].row.article_id
            if other in passed:
                continue
            passed.add(other)
            unfinished = not with_suggestions or await asyncio.to_thread(
                self._finding.is_unfinished, other
            )
            if unfinished:
                self._places[other] = number
                return other
        return None

    def show_article(self, article_id: str) -> None:
        number = self._places.get(article_id)
        if number is not None and number < len(self.listed.lines):
            self.listed.cursor = number
