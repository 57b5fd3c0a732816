"""The part of the dictionary's screen that reads the library and lists what was decided in it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.errors import AnnotationError
from annotations.gazetteer import ORDERS, Gazetteer, Key, Row, matching
from annotations.model import Document
from store import gazetteer
from store.errors import Damaged, StoreError, Unreadable
from store.gazetteer import Rulings
from store.library import Library
from tui import theme
from tui.keyboard.keys import key
from tui.language import _, counted, told
from tui.screens.live_filter import FilteredScreen
from tui.turns import turn
from tui.widgets.bar import Bar
from tui.widgets.dictionary_list import DictionaryList, heads
from tui.widgets.key_bar import KeyBar
from tui.wording.dictionary_words import SORTED, learning_in_words, row_in_words


class DecidedScreen(FilteredScreen):
    """Lists the names that were decided in the articles of a library."""

    AUTO_FOCUS = "DictionaryList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "filter", "Show the names with …", "Find", name="filter-dictionary"),
        key("escape", "show_all", "Show all names, else back", name="show-all-names"),
        key(
            "o", "sort", "Sort by name, label, times, last decision", "Sort", name="sort-dictionary"
        ),
        key("r", "reload", "Read again", name="reload-dictionary"),
        key("q", "leave", "Back", "Back", name="leave-dictionary"),
    ]

    def __init__(
        self,
        library: Library,
        author: str,
        open_at: Callable[[str, int], Awaitable[None]],
        at: Key | None = None,
    ) -> None:
        """`open_at` opens an article at an offset; `at` is the entry to begin with."""
        super().__init__()
        self.library = library
        self._author = author
        self._open_at = open_at
        self._wanted = at
        self._gazetteer = Gazetteer()
        self._laid_down = Rulings()
        self._rows: Sequence[Row] = ()
        self._order = ORDERS[0]
        self._problems = 0  # articles that could not be read
        self._counting = asyncio.Lock()  # of the gazetteer: it is read or it grows

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(theme.DIM, id="heads")
        yield DictionaryList(self.library.schema, self._explain)
        yield Static(
            _(
                "Nobody has accepted or rejected a name in this library yet.\n\n"
                "What people decide in its articles is listed here, and suggested in new ones."
            ),
            id="empty",
            markup=False,
        )
        yield Bar(id="explain")
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.action_reload()

    def on_resize(self) -> None:
        self._show_heads()

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    # what is listed

    def action_reload(self) -> None:
        self.run_worker(self._read(), exclusive=True, group="dictionary")

    async def _read(self) -> None:
        """Read all articles, a turn at a time; the more are read, the rarer the list is made."""
        self._gazetteer, self._problems = Gazetteer(), 0
        read = shown = 0
        walk = self.library.documents(on_damage=self._note_damage)
        try:
            self._laid_down = await asyncio.to_thread(gazetteer.read, self.library.path)
            while count := await self._turn(walk):
                read += count
                if read >= 2 * shown:
                    await self._make_rows()
                    shown = read
                self.say(counted("reading: {count} article", "reading: {count} articles", read))
        except (AnnotationError, StoreError) as problem:
            self.say(told(problem))
            return
        await self._make_rows()
        self._wanted = None
        self.set_class(not self._rows, "is-empty")
        self._tell()

    async def _turn(self, walk: Iterator[Document]) -> int:
        async with self._counting:
            return await asyncio.to_thread(turn, walk, self._gazetteer.take)

    def _note_damage(self, _damage: Damaged | Unreadable) -> None:
        self._problems += 1

    async def _make_rows(self) -> None:
        async with self._counting:
            rulings = self._laid_down.rulings
            self._rows = await asyncio.to_thread(self._gazetteer.rows, rulings)
        self._show()

    def _show(self) -> None:
        """List what is searched for, the cursor on the entry that it was on."""
        listed = self.query_one(DictionaryList)
        rows = matching(self._rows, self._text, self._order)
        at = self._wanted or self._key()
        self.remove_class("is-empty")
        listed.show(rows, at)
        if self._wanted in {row.key for row in rows}:
            self._wanted = None
        learning = learning_in_words(self._laid_down.learning)
        said = _("Dictionary of this library: {learning}").format(learning=learning)
        self.query_one("#title", Bar).text = said
        self._explain()

    def _show_heads(self) -> None:
        self.query_one("#heads", Bar).text = heads(self.size.width, self._order)

    def _tell(self) -> None:
        """How many names there are, and how many of them are shown."""
        shown = len(self.query_one(DictionaryList).rows)
        said = counted("{count} name", "{count} names", len(self._rows))
        if self._text:
            found = _("{shown} of {names} with «{text}» (Esc: all)")
            said = found.format(shown=shown, names=said, text=self._text)
        if self._problems:
            damaged = counted(
                "{count} article cannot be read", "{count} articles cannot be read", self._problems
            )
            said = f"{said} · {damaged}"
        self.say(said)

    def _explain(self) -> None:
        """The entry at the cursor in a line."""
        row = self._row()
        self.query_one("#explain", Bar).text = row_in_words(row) if row else ""

    def _row(self) -> Row | None:
        """The entry at the cursor."""
        listed = self.query_one(DictionaryList)
        return listed.rows[listed.cursor] if listed.cursor < len(listed.rows) else None

    def _key(self) -> Key | None:
        row = self._row()
        return row.key if row else None

    def _require_row(self) -> Row | None:
        row = self._row()
        if row is None:
            self.say(_("there is no name at the cursor"))
        return row

    def show_filtered(self) -> None:
        self._show()
        self._tell()

    def action_sort(self) -> None:
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._show()
        self._show_heads()
        self.say(_(SORTED[self._order]))
