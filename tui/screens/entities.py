"""The entities of the library: who and what is mentioned, how often, and when."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from annotations.folding import fold
from store.entities import ORDERS, EntityRow, in_order
from store.library import Library
from tui import theme
from tui.entity_table import SAID, heads
from tui.keyboard.keys import key
from tui.language import _, counted
from tui.screens.entity_reading import EntityReadingScreen, OpenAt
from tui.screens.live_filter import FilteredScreen
from tui.widgets.bar import Bar
from tui.widgets.entity_list import SCROLLBAR, EntityList
from tui.widgets.key_bar import KeyBar


class EntitiesScreen(EntityReadingScreen[Sequence[EntityRow]], FilteredScreen):
    """Lists the entities of a library; each has a page of its own."""

    AUTO_FOCUS = "EntityList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "filter", "Show the entities with …", "Find", name="filter-entities"),
        key("escape", "show_all", "Show all entities, else back", name="show-all-entities"),
        key(
            "o", "sort", "Sort by mentions, articles, name, last day", "Sort", name="sort-entities"
        ),
        key("r", "reload", "Read again", name="reload-entities"),
        key("q", "leave", "Back", "Back", name="leave-entities"),
    ]

    def __init__(self, library: Library, open_at: OpenAt) -> None:
        super().__init__(library, open_at)
        self._rows: Sequence[EntityRow] = ()  # all of them, in the order that was chosen
        self._sought: Sequence[str] = ()  # what the filter looks at, of each
        self._order = ORDERS[0]

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(theme.DIM, id="heads")
        yield EntityList(self.library.schema)
        yield Static(_("No name is annotated in this library yet."), id="empty", markup=False)
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#title", Bar).text = _("Who and what is mentioned in this library")
        self.action_reload()

    def on_resize(self) -> None:
        self._show_heads()

    # what is listed

    def read(self) -> Sequence[EntityRow]:
        return self.reading.rows()

    def take(self, found: Sequence[EntityRow]) -> None:
        self._arrange(found)
        self.set_class(not found, "is-empty")
        self._tell()

    def _arrange(self, rows: Sequence[EntityRow]) -> None:
        self._rows = in_order(rows, self._order)
        self._sought = [fold(f"{row.name} {row.label}") for row in self._rows]
        self._show()

    def _show(self) -> None:
        """List what is searched for, the cursor on the entity that it was on."""
        listed = self.query_one(EntityList)
        here = listed.row
        words = fold(self._text).split()
        rows = [
            row
            for row, sought in zip(self._rows, self._sought, strict=True)
            if all(word in sought for word in words)
        ]
        listed.show(rows, here.thing if here else None)

    def _show_heads(self) -> None:
        width = self.size.width - SCROLLBAR - 1  # and the blank that a bar begins with
        self.query_one("#heads", Bar).text = heads(width, self._order)

    def _tell(self) -> None:
        """How many entities there are, and how many of them are shown."""
        said = counted("{count} entity", "{count} entities", len(self._rows))
        if self._text:
            found = _("{shown} of {entities} with «{text}» (Esc: all)")
            shown = len(self.query_one(EntityList).rows)
            said = found.format(shown=shown, entities=said, text=self._text)
        self.say(said)

    # keys

    def on_line_list_chosen(self) -> None:
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        row = self.query_one(EntityList).row
        if row is None:
            self.say(_("there is no entity at the cursor"))
        else:
            await self.open_entity(row.thing, row.name)

    def show_filtered(self) -> None:
        self._show()
        self._tell()

    def action_sort(self) -> None:
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._arrange(self._rows)
        self._show_heads()
        self.say(_(SAID[self._order]))
