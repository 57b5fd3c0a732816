"""The page of an entity: with whom it is mentioned, beside which figures, in what words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from store.concordance import Line
from store.entities import Companion
from store.entity_page import EntityPage
from store.figures import Figure
from store.library import Library
from tui import theme
from tui.entity_table import bars, counts_in_words
from tui.keyboard.keys import key
from tui.language import _, counted
from tui.screens.entity_reading import EntityReadingScreen, OpenAt
from tui.widgets.bar import Bar
from tui.widgets.entity_page_list import EntityPageList
from tui.widgets.key_bar import KeyBar


class EntityScreen(EntityReadingScreen[EntityPage | None]):
    """Leads to the pages of other entities, and to the places in articles."""

    AUTO_FOCUS = "EntityPageList"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("r", "reload", "Read again", name="reload-entity"),
        key("q,escape", "leave", "Back", "Back", name="leave-entity"),
    ]

    def __init__(self, library: Library, open_at: OpenAt, thing: int, name: str) -> None:
        super().__init__(library, open_at)
        self._thing = thing
        self._called = name

    def compose(self) -> ComposeResult:
        yield Bar(theme.BOLD, id="title")
        yield Bar(id="counts")
        yield EntityPageList(self.library.schema)
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#title", Bar).text = self._called
        self.action_reload()

    def read(self) -> EntityPage | None:
        return self.reading.page(self._thing)

    def take(self, found: EntityPage | None) -> None:
        if found is None:
            self.say(_("«{name}» is no longer mentioned").format(name=self._called))
            return
        row, counts = found.row, self.query_one("#counts", Bar)
        self.query_one("#title", Bar).text = f"{row.label} {row.name}"
        counts.text, counts.right = counts_in_words(row), bars(row.series)
        self.query_one(EntityPageList).show(found)
        self.say("")
        if found.read < row.articles:
            self.say(
                counted(
                    "figures and mentions are those of the newest {count} article",
                    "figures and mentions are those of the newest {count} articles",
                    found.read,
                )
            )

    # keys

    def on_line_list_chosen(self) -> None:
        self.run_worker(self.action_open())

    async def action_open(self) -> None:
        match self.query_one(EntityPageList).row:
            case Companion() as other:
                await self.open_entity(other.thing, other.name)
            case Figure() as figure:
                await self.open_at(figure.article_id, figure.annotation.start)
            case Line() as line:
                await self.open_at(line.row.article_id, line.hit.start)
            case None:
                self.say(_("there is nothing to open at the cursor"))

    def action_leave(self) -> None:
        self.dismiss()
