"""What leads from one page of the screen to another: to articles, searches, and back."""

import asyncio
from typing import TYPE_CHECKING

from annotations.model import Document
from store.errors import ArticleNotFound, StoreError
from store.library import Library
from store.person.personal import Personal
from tui.display import display
from tui.keyboard.dispatch import Keyboard
from tui.language import _
from tui.query import Query
from tui.screens.article import ArticleScreen
from tui.screens.library import LibraryScreen
from tui.screens.origin import Origin

if TYPE_CHECKING:
    from annotations.query.text_hits import Hit
    from tui.finding import Finding
    from tui.screens.asking import Asked


class Opening(Keyboard):
    """The part of the application that opens articles and leaves them."""

    _library: Library
    _personal: Personal
    _list: LibraryScreen
    _author: str
    _me: str

    def tell_error(self, error: Exception) -> None:
        """Show an error that came from the store."""
        raise NotImplementedError

    async def _put_list_beneath(self) -> None:
        """The list comes under an article that was shown first."""
        raise NotImplementedError

    # articles

    async def open_article(
        self, article_id: str, query: Query | None = None, at: "int | Hit" = 0
    ) -> None:
        """Read an article and show it; the keys that follow are for it.

        With a query its hits are marked, and the cursor is on the one that `at` is or numbers.
        """
        if isinstance(self.screen, ArticleScreen):
            return

        def read() -> "tuple[Document, tuple[Hit, ...]]":
            document = self._library.document(article_id)
            return document, query.hits(document, self._library) if query else ()

        try:
            document, hits = await asyncio.to_thread(read)
        except StoreError as error:
            self.tell_error(error)
            if isinstance(error, ArticleNotFound):
                self._list.forget(article_id)
            return
        if not isinstance(self.screen, ArticleScreen):  # a second click was faster
            screen = self._article_screen(document)
            if query is not None:
                screen.seek(query, hits, at)
            await self.push_screen(screen)

    def _article_screen(self, document: Document) -> ArticleScreen:
        return ArticleScreen(self._library, document, self._author, self._personal)

    async def _open_at(self, article_id: str, offset: int) -> None:
        self._personal.go_to(article_id, offset)
        await self.open_article(article_id)

    def _origin(self, screen: ArticleScreen) -> Origin:
        """What an article was opened from, as far as it knows other articles: else the list."""
        place = self.screen_stack.index(screen)
        beneath = self.screen_stack[place - 1] if place else None
        return beneath if isinstance(beneath, Origin) else self._list

    async def action_leave_article(
        self, direction: int, with_suggestions: bool = False, by_hits: bool = False
    ) -> None:
        """Back to where it was opened from (0), or on to the next (1) or previous (-1) article.

        `with_suggestions` passes over articles that have none left; `by_hits`: to the hit that is
        next in that direction.
        """
        screen = self.screen
        if not isinstance(screen, ArticleScreen):
            return
        left = await screen.leave()
        await self._put_list_beneath()
        origin = self._origin(screen)
        if not screen.is_gone:
            self._list.update_summary(screen.stored)
        self._list.update_others(screen.changed - {screen.article_id})
        following = None
        try:
            if direction:
                following = await origin.following(
                    screen.article_id, direction, with_suggestions=with_suggestions
                )
        except StoreError as error:
            self.tell_error(error)
            return
        if screen.is_gone:
            self._list.forget(screen.article_id)
        if direction and following is None:
            screen.say(origin.no_article(direction, with_suggestions=with_suggestions))
            return
        await self.pop_screen()
        if following is not None:
            origin.show_article(following)
            last = by_hits and direction < 0
            await self.open_article(following, origin.sought, -1 if last else 0)
        if left:
            self.notify(display(left), markup=False)

    # other pages

    async def action_dictionary(self) -> None:
        """Show what was decided about names, from an article at the name under the cursor."""
        from tui.screens.dictionary import DictionaryScreen, entry_of

        screen = self.screen
        if any(isinstance(each, DictionaryScreen) for each in self.screen_stack):
            await self.action_leave_article(0)  # it lies beneath
            return
        at = entry_of(screen.view.annotation) if isinstance(screen, ArticleScreen) else None
        await self.push_screen(DictionaryScreen(self._library, self._author, self._open_at, at))

    async def action_entities(self) -> None:
        """Show who and what is mentioned in the library."""
        from tui.screens.entities import EntitiesScreen

        await self.push_screen(EntitiesScreen(self._library, self._open_at))

    async def action_search(self) -> None:
        """Ask for a query, then show what it finds in the library."""
        from tui.screens.asking import AskQuery

        async def use(asked: "Asked | None") -> None:
            if asked is not None and asked.query is not None:
                await self._show_results(asked.query)

        dialog = AskQuery(_("Search the library"), "", self._library, self._personal)
        await self.push_screen(dialog, use)

    async def _show_results(self, query: Query) -> None:
        from tui.screens.results import ResultsScreen

        async def open_article(article_id: str) -> None:
            await self.open_article(article_id, screen.sought)

        screen = ResultsScreen(self._library, self._personal, query, open_article, self._show_lines)
        await self.push_screen(screen)

    async def _show_lines(self, finding: "Finding") -> None:
        from tui.screens.concordance import ConcordanceScreen

        async def open_article(article_id: str, at: "int | Hit") -> None:
            await self.open_article(article_id, finding.query, at)

        def leave(_: None) -> None:
            self._list.update_others(screen.changed)

        screen = ConcordanceScreen(self._library, self._personal, self._me, finding, open_article)
        await self.push_screen(screen, leave)
