"""What others do to the list while it is shown: articles come and go, the disk changes."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from store.errors import StoreError
from store.library import Library
from store.person.personal import Personal
from store.sharing.arrivals import Arrivals
from store.summaries import Summary
from tui.language import counted
from tui.screens.list_undoing import ListUndoingScreen

RHYTHM = 10.0  # seconds between looks at the folders of the articles


class ListWatchingScreen(ListUndoingScreen):
    """Takes in what is new in the library, the cursor on the article that it was on."""

    def __init__(self, library: Library, personal: Personal, me: str) -> None:
        super().__init__(library, personal, me)
        self._arrivals = Arrivals(library)
        self._is_looking = False

    def on_mount(self) -> None:
        self.set_interval(RHYTHM, self._look_if_shown)

    def known(self) -> tuple[str, ...] | None:
        """The ids of all articles; None until the library has been read to its end."""
        raise NotImplementedError

    def forget_all(self, article_ids: Iterable[str]) -> None:
        """These articles are no longer in the library."""
        raise NotImplementedError

    def _look_if_shown(self) -> None:
        if self.is_current:
            self.run_worker(self.look_around(), group="look")

    async def look_around(self) -> None:
        """Take in what has come, let go of what has gone; see whether anything may be changed."""
        self.show_title()
        known = self.known()
        if known is None or self._is_looking:
            return
        self._is_looking = True
        try:
            with suppress(StoreError):  # told by whoever opens an article
                self._take(*await asyncio.to_thread(self._look, known))
        finally:
            self._is_looking = False

    def _look(self, known: Iterable[str]) -> tuple[list[Summary], list[str]]:
        come, gone = self._arrivals.look(known)
        return list(self._summaries(come)), gone

    def _take(self, come: list[Summary], gone: list[str]) -> None:
        if gone:
            self.forget_all(gone)
        if come:
            self.show_changed(come)
            self.say(counted("{count} new article", "{count} new articles", len(come)))
