"""The saved queries: how much each finds and how much of that is new; Enter shows the articles."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from annotations.errors import AnnotationError
from annotations.phrase import Words, nested
from annotations.query.saved import SavedQuery
from store.errors import StoreError
from store.feeds import Feeds, Look
from store.library import Library
from store.sharing.access import why_read_only
from tui import theme
from tui.attempts import in_thread
from tui.indexing import Stopped
from tui.keyboard.keys import key, pressed
from tui.language import _, counted, told
from tui.looking import looks
from tui.screens.dialogs import Choice, Menu
from tui.screens.list_narrowing import ShownQuery
from tui.screens.query_form import save_query_form
from tui.widgets.bar import Bar
from tui.widgets.key_bar import KeyBar
from tui.widgets.query_list import Known, QueryList, QueryRow, heads
from tui.wording.query_words import problem_in_words, saved_in_words

REMOVE = 1  # of the choices when a query that is everybody's is to be removed


class QueriesScreen(Screen[ShownQuery | None]):
    """Counts in a thread; answers with the query whose articles are to be shown."""

    AUTO_FOCUS = "QueryList"
    DEFAULT_CSS = "QueriesScreen.is-empty QueryList { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "add", "Save a query", "Add", name="add-query"),
        key("v", "change", "Change its name, the query, whose it is", "Change", name="edit-query"),
        key("d", "remove", "Remove it", "Remove", name="remove-query"),
        key("r", "reload", "Count again", name="count-queries"),
        key("q,escape", "leave", "Back", "Back", name="leave-queries"),
    ]

    class Counted(Message):
        """How far the counting is; `rows` None: they are as they were."""

        def __init__(
            self, rows: Sequence[QueryRow] | None, said: Words = "", *, last: bool = False
        ) -> None:
            super().__init__()
            self.rows = rows
            self.said = said
            self.last = last

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self._feeds = Feeds(library.path)
        self._is_counting = True
        self._wanted: Known | None = None  # to put the cursor on when it is listed

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(theme.DIM, id="heads")
        yield QueryList(self._explain)
        yield Static("", id="empty", markup=False)
        yield Bar(id="explain")
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#title", Bar).text = _("Saved queries")
        said = _(
            "No query is saved yet.\n\n{key} saves one; it then says here how many articles it "
            "finds, and how many of them are new to you."
        )
        self.query_one("#empty", Static).update(said.format(key=pressed("add-query")))
        self.action_reload()

    def on_resize(self) -> None:
        self.query_one("#heads", Bar).text = heads(self.size.width)

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    # counting

    def action_reload(self) -> None:
        self._count()

    @work(thread=True, exclusive=True, group="queries")
    def _count(self, said: str = "") -> None:
        """List the queries, then count one after the other; `said` stands there at the end."""
        worker = get_current_worker()

        def tell(said: Words) -> None:
            self.post_message(self.Counted(None, said))

        try:
            rows = {query: QueryRow(query) for query in self._feeds.all()}
            said = told(self._feeds.problem) or said
            self.post_message(self.Counted([*rows.values()]))
            stops = partial(getattr, worker, "is_cancelled")
            for query, look in looks(self.library, self._feeds, [*rows], tell, stops):
                rows[query] = _row(query, look)
                self.post_message(self.Counted([*rows.values()]))
            self.post_message(self.Counted([*rows.values()], said, last=True))
        except Stopped:
            return
        except (AnnotationError, StoreError) as error:
            self.post_message(self.Counted(None, told(error), last=True))

    def on_queries_screen_counted(self, message: Counted) -> None:
        self._is_counting = not message.last
        if message.rows is not None:
            self._show(message.rows)
        if message.said:
            self.say(told(message.said))
        elif message.last:
            self.say(counted("{count} saved query", "{count} saved queries", len(self._list.rows)))

    def _show(self, rows: Sequence[QueryRow]) -> None:
        """The cursor stays on the query that it was on."""
        row = self._row()
        at = self._wanted or (row.known if row else None)
        self._list.show(rows, at)
        if self._wanted in {each.known for each in rows}:
            self._wanted = None
        self.set_class(not rows, "is-empty")
        self._explain()

    def _explain(self) -> None:
        """The query at the cursor in a line."""
        row = self._row()
        said = [] if row is None else [row.problem, saved_in_words(row.query), row.query.query]
        self.query_one("#explain", Bar).text = " · ".join(filter(None, said))

    @property
    def _list(self) -> QueryList:
        return self.query_one(QueryList)

    def _row(self) -> QueryRow | None:
        listed = self._list
        return listed.rows[listed.cursor] if listed.cursor < len(listed.rows) else None

    def _require_row(self) -> QueryRow | None:
        row = self._row()
        if row is None:
            self.say(_("there is no query at the cursor"))
        return row

    # what it finds

    def on_line_list_chosen(self) -> None:
        """A click; Enter is a binding, so that the keys after it wait for the list."""
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        """Go back to the list, which then shows the articles of this query."""
        row = self._require_row()
        if row is None:
            return
        if row.problem or (row.matches is None and self._is_counting):
            self.say(row.problem or _("it is still being counted: a moment"))
            return
        try:
            shown, problem = await asyncio.to_thread(self._look, row.query)
        except (AnnotationError, StoreError) as error:
            self.say(told(error))
            return
        self.dismiss(shown)
        if problem:
            said = _("it is not kept that you have seen them: {problem}")
            self.app.notify(said.format(problem=told(problem)), severity="warning", markup=False)

    def _look(self, query: SavedQuery) -> tuple[ShownQuery, Words]:
        """What the query finds now; the person has seen that from now on, or why that is not
        kept."""
        ((_query, look),) = looks(self.library, self._feeds, [query], _silently, lambda: False)
        if isinstance(look, AnnotationError):
            raise look
        ids = {row.key: row.article_id for row in look.rows}
        new = frozenset(ids[each] for each in look.new)
        shown = ShownQuery(query.name, frozenset(ids.values()), new)
        try:
            self._feeds.mark_seen(query, look.keys)
        except StoreError as error:
            return shown, told(error)
        return shown, ""

    # saving and removing

    async def action_add(self) -> None:
        await save_query_form(self.app, self.library, "", self._saved)

    async def action_change(self) -> None:
        row = self._require_row()
        if row is not None:
            query = row.query
            await save_query_form(self.app, self.library, query.query, self._saved, query)

    def _saved(self, query: SavedQuery | None, said: str) -> None:
        if self.is_running:
            self._wanted = (query.key, query.is_shared) if query else None
            self._count(said)

    async def action_remove(self) -> None:
        row = self._require_row()
        if row is None:
            return
        if not row.query.is_shared:
            self.run_worker(self._remove(row.query))
            return
        why = why_read_only(self.library.path)
        if why is not None:
            self.say(told(why))
            return

        async def use(number: int | None) -> None:
            if number == REMOVE:
                await self._remove(row.query)

        title = _("Remove «{name}» for everybody?").format(name=nested(row.query.name))
        choices = [
            Choice(_("keep"), "", _("it stays")),
            Choice(_("remove"), "d", _("nobody will have it any longer")),
        ]
        await self.app.push_screen(Menu(title, choices), use)

    async def _remove(self, query: SavedQuery) -> None:
        try:
            await in_thread(partial(self._feeds.remove, query))
        except (AnnotationError, StoreError) as problem:
            said = _("not saved: {problem}").format(problem=told(problem))
        else:
            said = _("removed: {name}").format(name=query.name)
        self._count(said)

    def action_leave(self) -> None:
        self.dismiss(None)


def _row(query: SavedQuery, look: Look | AnnotationError) -> QueryRow:
    if isinstance(look, AnnotationError):
        return QueryRow(query, problem=problem_in_words(look))
    return QueryRow(query, len(look.rows), len(look.new))


def _silently(_words: Words) -> None: ...
