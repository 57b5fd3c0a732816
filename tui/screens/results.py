"""What a query finds: the articles, each with the sentence that shows it best."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from annotations.errors import AnnotationError
from annotations.phrase import Words
from store.errors import StoreError
from store.index.finding import Order
from store.library import Library
from store.person.personal import Personal
from tui import theme
from tui.finding import Finding
from tui.indexing import Stopped
from tui.keyboard.keys import key, pressed
from tui.language import _, counted, told
from tui.query import Query
from tui.screens.asking import Asked, AskQuery
from tui.screens.origin import Origin
from tui.widgets.bar import Bar
from tui.widgets.key_bar import KeyBar
from tui.widgets.result_list import ResultList
from tui.wording.search_words import found_in_words, order_in_words

OpenArticle = Callable[[str], Awaitable[None]]
ShowLines = Callable[[Finding], Awaitable[None]]


class ResultsScreen(Screen[None], Origin):
    """Searches in a thread, and reads what comes into sight; opens an article at its first hit."""

    AUTO_FOCUS = "ResultList"
    DEFAULT_CSS = "ResultsScreen.is-empty ResultList { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash,s", "ask", "Change the query", "Find", name="change-query"),
        key("o", "sort", "The best first, the newest first", "Sort", name="sort-results"),
        key("c", "lines", "Concordance: each hit on a line", "Concordance", name="concordance"),
        key("r", "reload", "Search again", name="search-again"),
        key("q,escape", "leave", "Back", "Back", name="leave-results"),
    ]

    class Searched(Message):
        """The answer to a query is there; `problem` is why it is not."""

        def __init__(self, finding: Finding, problem: Words = "") -> None:
            super().__init__()
            self.finding = finding
            self.problem = problem

    def __init__(
        self,
        library: Library,
        personal: Personal,
        query: Query,
        open_article: OpenArticle,
        show_lines: ShowLines,
    ) -> None:
        super().__init__()
        self.library = library
        self._personal = personal
        self._open_article = open_article
        self._show_lines = show_lines
        self._order: Order = "rank"
        self._finding = Finding(library, query)
        self._places: dict[str, int] = {}  # the numbers of articles that were opened
        self._is_reading = False
        self._is_sorting = False
        self._progress = ""  # of making the index, as it was told last

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield ResultList(self._personal.read, self._want, self._tell_place)
        yield Static("", id="empty", markup=False)
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.action_reload()

    def on_screen_resume(self) -> None:
        self._list.refresh()
        self._end_telling()

    def on_unmount(self) -> None:
        self._finding.leave()

    @property
    def sought(self) -> Query:  # type: ignore[override]
        """What the articles were found by."""
        return self._finding.query

    @property
    def _list(self) -> ResultList:
        return self.query_one(ResultList)

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    # searching

    def action_reload(self) -> None:
        """Ask anew; what is listed stays until the answer is there."""
        self.query_one("#title", Bar).text = self._finding.query.text
        self.say(_("searching…"))
        self._search(self._finding, self._order)

    @work(thread=True, group="search")
    def _search(self, finding: Finding, order: Order) -> None:
        problem: Words = ""
        try:
            finding.search(order, lambda said: self._tell_from(finding, said))
        except Stopped:
            return
        except (AnnotationError, StoreError) as error:
            problem = told(error)
        self.post_message(self.Searched(finding, problem))

    def _tell_from(self, finding: Finding, said: Words) -> None:
        """In the thread that searches: how far it is."""
        if finding is self._finding and self.is_running:
            self.app.call_from_thread(self._tell, told(said))

    def _tell(self, progress: str) -> None:
        self._progress = progress
        self.say(progress)

    def _end_telling(self) -> None:
        """What was told while the index was made is over, unless something else is told by now."""
        if self._progress and self.query_one("#status", Bar).text == self._progress:
            self._tell_place()
        self._progress = ""

    def on_results_screen_searched(self, message: Searched) -> None:
        if message.finding is not self._finding:
            return
        found = self._finding.found
        self._list.show(found.docids, None if self._is_sorting else self._list.docid)
        self.query_one("#title", Bar).text = found_in_words(found, self.sought.text)
        self.set_class(not found.count, "is-empty")
        self._show_empty()
        if message.problem:
            self.say(told(message.problem))
        elif self._is_sorting:
            self.say(order_in_words(found, self._order))
        else:
            self._tell_place()
        self._is_sorting = False

    def _show_empty(self) -> None:
        said = _("No article has that. {key} changes the query.")
        self.query_one("#empty", Static).update(said.format(key=pressed("change-query")))

    def _tell_place(self) -> None:
        """Which of the articles the cursor is on, and what cannot be found."""
        number, found = self._list.number, self._finding.found
        said = []
        if number is not None:
            place = _("article {number} of {total}")
            said.append(place.format(number=number + 1, total=found.count))
        if self._finding.damaged:
            said.append(
                counted(
                    "{count} article cannot be read",
                    "{count} articles cannot be read",
                    self._finding.damaged,
                )
            )
        self.say(" · ".join(said))

    # reading what is in sight

    def _want(self) -> None:
        if not self._is_reading:
            self._is_reading = True
            self.run_worker(self._read(), group="excerpts")

    async def _read(self) -> None:
        """Read what is in sight until nothing in sight is missing."""
        try:
            while wanted := self._list.missing():
                finding, docids, room = self._finding, self._list.docids, self._list.room
                try:
                    excerpts = await asyncio.to_thread(finding.excerpts, wanted, room)
                except StoreError as problem:
                    self.say(told(problem))
                    excerpts = []
                if docids is self._list.docids:
                    self._list.take(wanted, excerpts)
            self._end_telling()
        finally:
            self._is_reading = False

    # keys

    async def action_ask(self) -> None:
        async def use(asked: Asked | None) -> None:
            if asked is not None and asked.query is not None:
                self._ask(asked.query)

        title, text = _("Search the library"), self._finding.query.text
        await self.app.push_screen(AskQuery(title, text, self.library, self._personal), use)

    def _ask(self, query: Query) -> None:
        self._finding.leave()
        self._finding = Finding(self.library, query)
        self._places.clear()
        self._list.show(())
        self.action_reload()

    def action_sort(self) -> None:
        self._order = "newest" if self._order == "rank" else "rank"
        self._is_sorting = True
        self.action_reload()

    async def action_lines(self) -> None:
        if self._finding.found.count:
            await self._show_lines(self._finding)
        else:
            self.say(_("there is no article at the cursor"))

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the article."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        number = self._list.number
        if number is None:
            self.say(_("there is no article at the cursor"))
            return
        try:
            article_id = await asyncio.to_thread(self._finding.article, number)
        except StoreError as problem:
            self.say(told(problem))
            return
        if article_id is None:
            self.say(_("this article is not in the library any longer"))
        else:
            self._places[article_id] = number
            await self._open_article(article_id)

    def action_leave(self) -> None:
        self.dismiss()

    # the articles that are opened from here

    async def following(
        self, article_id: str, direction: int, *, with_suggestions: bool = False
    ) -> str | None:
        number = self._places.get(article_id)
        if number is None:
            return None
        finding = self._finding
        find = partial(finding.neighbour, number, direction, with_suggestions=with_suggestions)
        found = await asyncio.to_thread(find)
        if found is None:
            return None
        self._places[found[1]] = found[0]
        return found[1]

    def show_article(self, article_id: str) -> None:
        number = self._places.get(article_id)
        if number is not None:
            self._list.go_to(number)
