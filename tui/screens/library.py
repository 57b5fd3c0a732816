"""The library: a list of its articles."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from annotations.model import Document
from store.errors import StoreError
from store.library import HistoryEntry, Library
from store.person.personal import Personal
from store.summaries import Catalogue, Summary, summarise
from tui import theme
from tui.keyboard.keys import key
from tui.language import _, told
from tui.screens.guarding import tell_read_only
from tui.screens.list_narrowing import ListNarrowingScreen
from tui.screens.origin import Origin
from tui.terminal.first_frame import FirstFrame
from tui.widgets.article_list import ArticleList, heads
from tui.widgets.bar import Bar
from tui.widgets.key_bar import KeyBar
from tui.wording.list_words import progress_in_words

BATCH = 500  # summaries that are shown at once while a library is read; then ever more


class LibraryScreen(ListNarrowingScreen, FirstFrame, Origin):
    """Owns the summaries; asks for an article to be opened."""

    AUTO_FOCUS = "ArticleList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "slash", "filter", "Show articles by title, source or date", "Find", name="filter-list"
        ),
        key("s", "app.search", "Search the library", "Search", name="search-library"),
        key("o", "sort", "Sort by date, title, source, suggestions left", "Sort", name="sort-list"),
        key(
            "f",
            "narrow",
            "Show all, unread, those with suggestions, mine",
            "Show",
            name="narrow-list",
        ),
        key(
            "n,greater_than_sign",
            "next_unfinished",
            "Next article with suggestions",
            "Next",
            name="next-unfinished",
        ),
        key("F", "queries", "Saved queries, and what is new in them", name="saved-queries"),
        key("escape", "show_all", "Show all articles", name="show-all"),
        key("r", "reload", "Read again", name="reload-list"),
        key("D", "app.dictionary", "The dictionary of this library", name="dictionary-of-list"),
        key("e", "app.entities", "Who and what is mentioned in this library", name="entities"),
        key("u", "undo", "Undo your last step, in whatever article", "Undo", name="undo-anywhere"),
        key("U,ctrl+r", "redo", "Redo it", name="redo-anywhere"),
        key("q", "app.quit", "Quit", "Quit", name="quit-list"),
    ]

    class Loaded(Message):
        """Some more summaries have been read; `last` with the end of the library."""

        def __init__(self, summaries: list[Summary], problems: int, last: bool) -> None:
            super().__init__()
            self.summaries = summaries
            self.problems = problems
            self.last = last

    def __init__(
        self,
        library: Library,
        open_article: Callable[[str], Awaitable[None]],
        tell_error: Callable[[Exception], None],
        personal: Personal,
        me: str,
    ) -> None:
        super().__init__(library, personal, me)
        self._open = open_article
        self._tell_error = tell_error
        self._catalogue = Catalogue(me, personal.read)
        self._count = 0  # of the articles that are listed
        self._wanted = personal.place.article  # to put the cursor on when it has been read
        self._problems = 0
        self._is_read = False  # the library, to its end

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(theme.DIM, id="heads")
        yield ArticleList(self._personal.read, self._tell_progress)
        yield Static(
            _(
                "There is no article in this library yet.\n\n"
                "Add some: zametka add FILE…\nOr look at the demonstration: zametka demo"
            ),
            id="empty",
            markup=False,
        )
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.action_reload()
        self.show_title()

    def on_resize(self) -> None:
        self._show_heads()

    # what is kept for the person

    def on_screen_resume(self) -> None:
        """No article is open, or no longer."""
        self._personal.leave()
        self.show_title()
        self.query_one(ArticleList).refresh()
        self.keep()

    @work(thread=True, group="personal")
    def keep(self) -> None:
        """Write what is kept for the person."""
        self._personal.write()
        if self._personal.problem:
            self.app.call_from_thread(self._tell_problem)

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._personal.write)

    def _tell_problem(self) -> None:
        """Once, and not before the list is whole: until then others have the line."""
        problem = self._personal.problem
        if problem and self._is_read:
            self._personal.problem = ""
            self.say(told(problem))
        elif self._is_read and self.is_current and (why := self.why_not()):
            tell_read_only(self, why, self.say)

    # what is listed

    def action_reload(self) -> None:
        self.show_title()
        self._is_read = False
        self._catalogue = Catalogue(self._me, self._personal.read)
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        """Read the library in batches; a damaged article is counted and passed over."""
        worker = get_current_worker()
        damaged: list[StoreError] = []
        batch: list[Summary] = []
        count = 0
        try:
            for document in self._library.documents(damaged.append):
                if worker.is_cancelled:
                    return
                batch.append(self._summarise(document))
                if len(batch) >= max(BATCH, count // 4):
                    count += len(batch)
                    self.post_message(self.Loaded(batch, len(damaged), last=False))
                    batch = []
        except StoreError as error:
            self.app.call_from_thread(self._tell_error, error)
        self.post_message(self.Loaded(batch, len(damaged), last=True))

    def summary_of(self, article_id: str) -> Summary:
        return self._summarise(self._library.document(article_id))

    def show_changed(self, summaries: Sequence[Summary]) -> None:
        self._catalogue.take(summaries)
        self._show()

    def _summarise(self, document: Document) -> Summary:
        """With who decided something; an article that is as it was added has no history."""
        history: tuple[HistoryEntry, ...] = ()
        if document.revision:
            with suppress(StoreError):  # told when the article is opened
                history = self._library.history(document.article.id)
        return summarise(document, history)

    def on_library_screen_loaded(self, message: Loaded) -> None:
        self._catalogue.take(message.summaries)
        self._problems = message.problems
        self.set_class(message.last and not self._catalogue.progress.articles, "is-empty")
        self._show()
        if message.last:
            self._wanted, self._is_read = None, True
            self._tell_problem()

    def known(self) -> tuple[str, ...] | None:
        return self._catalogue.ids() if self._is_read else None

    def forget(self, article_id: str) -> None:
        """An article was removed."""
        self.forget_all([article_id])

    def forget_all(self, article_ids: Iterable[str]) -> None:
        for article_id in article_ids:
            self._catalogue.forget(article_id)
        self._show()

    def update_summary(self, document: Document) -> None:
        """An article may have been changed: show its counts, then who has decided something."""
        known = self._catalogue.get(document.article.id)
        if known is None or known.revision < document.revision:
            people = known.annotators if known else ()
            self._catalogue.take([replace(summarise(document), annotators=people)])
            self._show()
            self._look_up_people(document)

    @work(thread=True, group="people")
    def _look_up_people(self, document: Document) -> None:
        summary = self._summarise(document)

        def take() -> None:
            self._catalogue.take([summary])
            self._show()

        self.app.call_from_thread(take)

    def _show(self) -> None:
        """List what is selected, the cursor on the article that it was on."""
        articles = self.query_one(ArticleList)
        at = self._wanted if articles.cursor == 0 and self._wanted else self.chosen()
        found = self._catalogue.select(self._personal.selection, self.among)
        self._count = len(found)
        articles.summaries = found
        if at is not None and articles.show_article(at):
            self._wanted = None
        self._tell_progress()

    def show_selection(self) -> None:
        self._show()
        self._show_heads()
        self.keep()

    def _show_heads(self) -> None:
        width = self.size.width - 1  # without the gutter of the list
        self.query_one("#heads", Bar).text = heads(width, self._personal.selection.order)

    def say(self, message: str) -> None:
        """A line that stays until the cursor or the list changes."""
        self.query_one("#status", Bar).text = message

    def _tell_progress(self) -> None:
        """How far the library is corrected, and what is shown of it."""
        line = progress_in_words(
            self._catalogue.progress, self._personal.selection, self._count, self._problems
        )
        self.say(line)

    def show_article(self, article_id: str) -> None:
        self.query_one(ArticleList).show_article(article_id)

    def neighbour(
        self, article_id: str, direction: int, *, with_suggestions: bool = False
    ) -> str | None:
        """The article after or before one in the list as it is shown."""
        return self._catalogue.neighbour(
            self._personal.selection,
            article_id,
            direction,
            with_suggestions=with_suggestions,
            among=self.among,
        )

    async def following(
        self, article_id: str, direction: int, *, with_suggestions: bool = False
    ) -> str | None:
        return self.neighbour(article_id, direction, with_suggestions=with_suggestions)

    def chosen(self) -> str | None:
        """The id of the article at the cursor."""
        articles = self.query_one(ArticleList)
        group = articles.group_of(articles.cursor)
        return str(group) if group is not None else None

    # keys

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the article."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        article_id = self.chosen()
        if article_id is not None:
            await self.open(article_id)

    async def open(self, article_id: str) -> None:
        await self._open(article_id)

    def action_next_unfinished(self) -> None:
        """Put the cursor on the next article with suggestions, from the end on from the top."""
        here = self.chosen()
        following = self.neighbour(here, 1, with_suggestions=True) if here else None
        if following is not None:
            self.show_article(following)
        else:
            self.say(_("no other article that is shown has suggestions"))
