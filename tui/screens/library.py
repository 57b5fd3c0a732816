"""The library: a list of its articles."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from store.errors import StoreError
from store.library import Library
from store.summaries import Summary, summarise
from tui import theme
from tui.keys import key
from tui.screens.dialogs import Form, FormField
from tui.screens.help import help_page
from tui.widgets.article_list import ArticleList
from tui.widgets.bar import Bar
from tui.words import plural

BATCH = 500  # summaries that are shown at a time while a library is read


class LibraryScreen(Screen[None]):
    """Owns the summaries; asks for an article to be opened."""

    AUTO_FOCUS = "ArticleList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "filter", "Show articles by title or source", "Filter"),
        key("escape", "show_all", "Show all articles"),
        key("r", "reload", "Read again"),
        key("question_mark", "help", "Help", "Help"),
        key("q", "app.quit", "Quit", "Quit"),
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
    ) -> None:
        super().__init__()
        self._library = library
        self._open = open_article
        self._tell_error = tell_error
        self._summaries: dict[str, Summary] = {}
        self._shown: list[Summary] = []
        self._filter = ""
        self._problems = 0

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield ArticleList()
        yield Static(
            "There is no article in this library yet.\n\n"
            "Add some: zametka add FILE…\nOr look at the demonstration: zametka demo",
            id="empty",
            markup=False,
        )
        yield Bar(theme.DIM, id="status")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#title", Bar).text = str(self._library.path)
        self.action_reload()

    def action_reload(self) -> None:
        self._summaries.clear()
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        """Read the library in batches; a damaged article is counted and passed over."""
        worker = get_current_worker()
        damaged: list[StoreError] = []
        batch: list[Summary] = []
        try:
            for document in self._library.documents(damaged.append):
                if worker.is_cancelled:
                    return
                batch.append(summarise(document))
                if len(batch) == BATCH:
                    self.post_message(self.Loaded(batch, len(damaged), last=False))
                    batch = []
        except StoreError as error:
            self.app.call_from_thread(self._tell_error, error)
        self.post_message(self.Loaded(batch, len(damaged), last=True))

    def on_library_screen_loaded(self, message: Loaded) -> None:
        for each in message.summaries:
            self._take(each)
        self._problems = message.problems
        self.set_class(message.last and not self._summaries, "is-empty")
        self._show()

    def update_summary(self, summary: Summary) -> None:
        """An article has been changed: show its new counts."""
        self._take(summary)
        self._show()

    def _take(self, summary: Summary) -> None:
        """Keep a summary unless a newer one of the article is known."""
        known = self._summaries.get(summary.article_id)
        if known is None or known.revision <= summary.revision:
            self._summaries[summary.article_id] = summary

    def _show(self) -> None:
        """The newest first; of one day by title."""
        articles = self.query_one(ArticleList)
        at = articles.group_of(articles.cursor)
        self._shown = _matching(self._summaries.values(), self._filter)
        articles.summaries = self._shown
        if isinstance(at, str):
            articles.show_article(at)
        left = sum(each.suggested for each in self._summaries.values())
        self.query_one("#title", Bar).right = f"{left} suggestions left"
        status = f"{len(self._shown)} of {plural(len(self._summaries), 'article')}"
        if self._filter:
            status += f" with «{self._filter}» in the title or source; Esc shows all"
        if self._problems:
            status += f" · {self._problems} damaged: zametka search or export names them"
        self.query_one("#status", Bar).text = status

    def show_article(self, article_id: str) -> None:
        """Put the cursor on an article."""
        self.query_one(ArticleList).show_article(article_id)

    def neighbour(self, article_id: str, direction: int) -> str | None:
        """The article after or before one in the list as it is shown."""
        ids = [each.article_id for each in self._shown]
        if article_id not in ids:
            return None
        place = ids.index(article_id) + direction
        return ids[place] if 0 <= place < len(ids) else None

    def chosen(self) -> str | None:
        """The id of the article at the cursor."""
        articles = self.query_one(ArticleList)
        group = articles.group_of(articles.cursor)
        return str(group) if group is not None else None

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the article."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        article_id = self.chosen()
        if article_id is not None:
            await self._open(article_id)

    async def action_filter(self) -> None:
        def use(contents: Mapping[str, str] | None) -> None:
            if contents is not None:
                self._filter = contents["filter"].strip()
                self._show()

        field = FormField("filter", self._filter, "part of a title or source; empty shows all")
        await self.app.push_screen(Form("Show the articles with", [field], replaces=True), use)

    def action_show_all(self) -> None:
        self._filter = ""
        self._show()

    async def action_help(self) -> None:
        await self.app.push_screen(
            help_page("The list of articles", (self, self.query_one(ArticleList)))
        )


def _matching(summaries: Iterable[Summary], wanted: str) -> list[Summary]:
    wanted = wanted.casefold()
    found = [each for each in summaries if wanted in f"{each.title}\n{each.source}".casefold()]
    found.sort(key=lambda each: each.title)
    found.sort(key=lambda each: each.published or "", reverse=True)
    return found
