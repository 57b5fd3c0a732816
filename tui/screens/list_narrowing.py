"""What of the library is listed, and in which order: a filter, or what a saved query finds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from store.summaries import FILTERS, ORDERS, Selection
from tui.keyboard.keys import pressed
from tui.language import _
from tui.screens.dialogs import Form, FormField
from tui.screens.list_watching import ListWatchingScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bar import Bar
from tui.wording.list_words import ORDERS as ORDER_NAMES
from tui.wording.list_words import query_in_words


@dataclass(frozen=True, slots=True)
class ShownQuery:
    """A saved query whose articles are listed, by their ids; `new`: not seen before."""

    name: str
    articles: frozenset[str]
    new: frozenset[str]


class ListNarrowingScreen(ListWatchingScreen):
    """Knows what of the articles is asked for."""

    shown: ShownQuery | None = None  # None: the list is not narrowed to what a query finds

    @property
    def among(self) -> frozenset[str] | None:
        """The ids of the articles of which some are listed; None: of all."""
        return self.shown.articles if self.shown else None

    def show_selection(self) -> None:
        """List what is selected now, and keep the selection for the person."""
        raise NotImplementedError

    def _select(self, selection: Selection) -> None:
        self._personal.selection = selection
        self.show_selection()

    def action_sort(self) -> None:
        order = _following(self._personal.selection.order, tuple(ORDERS))
        self._select(replace(self._personal.selection, order=order))
        self.say(_("sorted by: {order}").format(order=_(ORDER_NAMES[order])))

    def action_narrow(self) -> None:
        only = _following(self._personal.selection.only, tuple(FILTERS))
        self._select(replace(self._personal.selection, only=only))
        if only == "all" and self.shown is None:
            self.say(_("all articles are shown"))

    async def action_filter(self) -> None:
        def use(contents: Mapping[str, str] | None) -> None:
            if contents is not None:
                text = contents["filter"].strip()
                self._select(replace(self._personal.selection, text=text))

        hint = _("part of a title, source or date; empty shows all")
        field = FormField("filter", self._personal.selection.text, hint, _("filter"))
        await self.app.push_screen(Form(_("Show the articles with"), [field], replaces=True), use)

    def action_show_all(self) -> None:
        self._show_query(None)
        self.say(_("all articles are shown"))

    # what a saved query finds

    async def action_queries(self) -> None:
        """Show the saved queries, then the articles of one."""
        from tui.screens.queries import QueriesScreen  # its index only when it is wanted

        def use(shown: ShownQuery | None) -> None:
            if shown is not None:
                self._show_query(shown)
                self.query_one(ArticleList).cursor = 0

        await self.app.push_screen(QueriesScreen(self._library), use)

    def _show_query(self, shown: ShownQuery | None) -> None:
        """List the articles of a query; None: all."""
        self.shown = shown
        self.query_one(ArticleList).new = shown.new if shown else frozenset()
        self._select(Selection(order=self._personal.selection.order))
        self.show_title()

    def show_title(self) -> None:
        super().show_title()
        if self.shown is not None:
            shown = self.shown
            counts = len(shown.articles), len(shown.new)
            title = query_in_words(shown.name, *counts, pressed("show-all"))
            self.query_one("#title", Bar).text = title


def _following(choice: str, choices: tuple[str, ...]) -> str:
    """The choice after one, round and round."""
    return choices[(choices.index(choice) + 1) % len(choices)]
