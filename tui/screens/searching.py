"""Searching in the article that is open, with the grammar of every search."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from annotations.model import Span
from store.person.personal import Personal
from tui.keyboard.keys import key
from tui.language import _
from tui.query import Query
from tui.screens.pointing import PointingScreen

if TYPE_CHECKING:
    from annotations.query.text_hits import Hit


class SearchingScreen(PointingScreen):
    """Goes from hit to hit; at their end on to the next article of a search that led here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "slash",
            "search",
            "Search in the article, in any case form",
            "Find",
            name="search-article",
        ),
        key("n", "next_hit(1)", "Next hit", name="next-hit"),
        key("N", "next_hit(-1)", "Previous hit", name="previous-hit"),
    ]

    _query: Query | None = None
    _hits: "Sequence[Hit]" = ()
    _first = 0  # the hit to begin with
    _is_one_of_many = False  # whether the query found further articles

    @property
    def personal(self) -> Personal:
        """What is kept for this person."""
        raise NotImplementedError

    def seek(self, query: Query, hits: "Sequence[Hit]", at: "int | Hit") -> None:
        """Begin, before it is shown, with the hits of a query that found this article.

        `at` is the number of the hit to be at, or the hit itself.
        """
        self._query, self._hits = query, hits
        if not isinstance(at, int):
            start = at.start
            at = min(range(len(hits)), key=lambda n: abs(hits[n].start - start), default=0)
        self._first = at
        self._is_one_of_many = True

    def on_mount(self) -> None:
        if self._query is not None:
            self._mark()
            if self._hits:
                self.call_later(self._show_hit, self._first % len(self._hits))

    def _mark(self) -> None:
        self.view.hits = tuple(Span(hit.start, hit.end) for hit in self._hits)

    async def action_search(self) -> None:
        from tui.screens.asking import Asked, AskQuery  # the dialog only when it is wanted

        async def use(asked: Asked | None) -> None:
            if asked is not None:
                await self._search_for(asked.query)

        text = self._query.text if self._query else ""
        title, ends = _("Search in the article"), _("empty ends the search")
        dialog = AskQuery(title, text, self.library, self.personal, ends=ends)
        await self.app.push_screen(dialog, use)

    async def _search_for(self, query: Query | None) -> None:
        self._query, self._hits, self._is_one_of_many = query, (), False
        if query is not None:
            self._hits = await asyncio.to_thread(query.hits, self.document, self.library)
        self._mark()
        if self._hits:
            here = self.view.cursor.start
            later = (n for n, hit in enumerate(self._hits) if hit.start >= here)
            self._show_hit(next(later, 0))
        elif query is not None:
            self.say(_("«{text}» does not occur").format(text=query.text))
        else:
            self.say(_("the search has ended"))

    async def action_next_hit(self, direction: int) -> None:
        """Go to the next hit in a direction, past the last one on, else round to the first."""
        number = self._number_of_next(direction)
        if number is not None:
            self._show_hit(number)
        elif self._is_one_of_many:
            await self.app.run_action(f"app.leave_article({direction}, False, True)")
        elif self._hits:
            self._show_hit(0 if direction > 0 else len(self._hits) - 1)
        else:
            self.say(_("there is nothing to go to: / searches in the article"))

    def _number_of_next(self, direction: int) -> int | None:
        """The number of the next hit in a direction, None where there is none."""
        cursor = self.view.cursor
        here = cursor.start, cursor.end
        places = [(hit.start, hit.end) for hit in self._hits]
        if direction > 0:
            return next((n for n, place in enumerate(places) if place > here), None)
        before = [n for n, place in enumerate(places) if place < here]
        return before[-1] if before else None

    def _show_hit(self, number: int) -> None:
        hit = self._hits[number]
        known = hit.annotation in self.document.by_id
        self.view.go_to(Span(hit.start, hit.end), hit.annotation if known else None)
        if self._query is not None:
            said = _("«{text}»: {number} of {count}; n and N go on")
            facts = {"number": number + 1, "count": len(self._hits)}
            self.say(said.format(text=self._query.text, **facts))
