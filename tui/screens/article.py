"""An article: read it, and correct its annotations."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.widgets import Footer

from annotations.model import Document
from annotations.search import find_phrase, parse_query
from store.library import Library
from store.personal import Personal
from tui import theme
from tui.keys import key
from tui.screens.correcting import CorrectingScreen
from tui.screens.dialogs import Form, FormField
from tui.screens.editing import EditingScreen
from tui.screens.help import help_page
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar
from tui.widgets.line_list import LineList
from tui.widgets.panel import Panel
from tui.words import explain


class ArticleScreen(CorrectingScreen):
    """The text, the side panel, a line about the annotation under the cursor."""

    AUTO_FOCUS = "ArticleView"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("slash", "search", "Search in the article, in any case form", "Find"),
        key("n", "next_hit(1)", "Next hit"),
        key("N", "next_hit(-1)", "Previous hit"),
        key("f", "go_to_panel", "To the panel and back"),
        key("p", "toggle_panel", "Show or hide the panel"),
        key("right_curly_bracket", "app.leave_article(1)", "Next article"),
        key("left_curly_bracket", "app.leave_article(-1)", "Previous article"),
        key("greater_than_sign", "app.leave_article(1, True)", "Next article with suggestions"),
        key("question_mark", "help", "Help", "Help"),
        key("q", "app.leave_article(0)", "Back to the list", "Back"),
    ]

    current: reactive[str | None] = reactive(None, repaint=False)

    def __init__(
        self, library: Library, document: Document, author: str, personal: Personal
    ) -> None:
        super().__init__(library, document, author)
        self._personal = personal
        self._search = ""

    def compose(self) -> ComposeResult:
        schema = self.library.schema
        yield Bar(theme.BOLD, id="title")
        with Horizontal(id="body"):
            yield ArticleView(schema, self.document).data_bind(EditingScreen.document)
            yield Panel(schema).data_bind(EditingScreen.document, ArticleScreen.current)
        yield Bar(id="explain")
        yield Bar(theme.DIM, id="status")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        article = self.document.article
        parts = (article.published, article.source.name, article.title)
        self.query_one("#title", Bar).text = " · ".join(part for part in parts if part)
        self._count()
        self.set_focus(self.view)  # now, so that the next key is for the text
        self._come_back()

    def _come_back(self) -> None:
        """To where this person was, if it was here; from now on the article is read."""
        place = self._personal.place
        word = self.view.words.at(place.offset) if place.article == self.article_id else None
        if word is not None:
            self.view.go_to(word)
        self.query_one(Panel).set_class(not place.panel, "hidden")
        self._personal.open(self.article_id, self.view.cursor.start)
        self.run_worker(self._personal.write, thread=True, group="personal")

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._personal.write)

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    @property
    def said(self) -> str:
        return self.query_one("#status", Bar).text

    def watch_document(self) -> None:
        if self.is_mounted:
            self._count()

    def _count(self) -> None:
        annotations = self.document.annotations
        left = sum(each.status == "suggested" for each in annotations)
        self.query_one("#title", Bar).right = f"{left} of {len(annotations)} left"

    def on_article_view_moved(self, message: ArticleView.Moved) -> None:
        annotation = message.annotation
        self._personal.go_to(self.article_id, self.view.cursor.start)
        self.current = annotation.id if annotation else None
        line = explain(annotation, self.author) if annotation else self._hint()
        self.query_one("#explain", Bar).text = line

    def _hint(self) -> str:
        """The keys of the labels, the names cut where there is not room for all of them."""
        labels = [(label.key, label.name) for label in self.library.schema]
        whole = " ".join(f"{key} {name}" for key, name in labels)
        if len(whole) < self.size.width:
            return whole
        return " ".join(f"{key} {name[:4]}" for key, name in labels)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A row of the panel: go to its next mention after the cursor, round and round."""
        if not isinstance(message.group, tuple):
            return
        mentions = [self.document.by_id[id_] for id_ in message.group if id_ in self.document.by_id]
        if mentions and not self.view.go_to_next(mentions):
            self.view.go_to_annotation(mentions[0])

    # search within the article

    async def action_search(self) -> None:
        async def use(contents: Mapping[str, str] | None) -> None:
            if contents is not None:
                await self._search_for(contents["search"].strip())

        field = FormField("search", self._search, "words in any case form; empty ends the search")
        await self.app.push_screen(Form("Search in the article", [field], replaces=True), use)

    async def _search_for(self, text: str) -> None:
        self._search = text
        article_text = self.document.article.text
        hits = await asyncio.to_thread(lambda: find_phrase(article_text, parse_query(text)))
        self.view.hits = tuple(hits)
        if hits:
            self._to_hit(1, or_here=True)
        else:
            self.say(f"«{text}» does not occur" if text else "the search has ended")

    def action_next_hit(self, direction: int) -> None:
        if self.view.hits:
            self._to_hit(direction)
        else:
            self.say("there is nothing to go to: / searches in the article")

    def _to_hit(self, direction: int, *, or_here: bool = False) -> None:
        """Go to the next hit in a direction, at the end round to the other end."""
        hits, cursor = self.view.hits, self.view.cursor
        if direction > 0:
            here = cursor.start - 1 if or_here else cursor.start
            number = next((i for i, hit in enumerate(hits) if hit.start > here), 0)
        else:
            before = [i for i, hit in enumerate(hits) if hit.start < cursor.start]
            number = before[-1] if before else len(hits) - 1
        self.view.go_to(hits[number])
        self.say(f"«{self._search}»: {number + 1} of {len(hits)}; n and N go on")

    # the rest

    def action_go_to_panel(self) -> None:
        panel = self.query_one(Panel)
        if panel.has_focus:
            self.view.focus()
        else:
            panel.set_class(self.has_class("-small"), "shown")
            panel.remove_class("hidden")
            self._personal.show_panel(True)
            panel.focus()

    def action_toggle_panel(self) -> None:
        """On a small screen the panel stands in place of the text, else beside it."""
        panel = self.query_one(Panel)
        if self.has_class("-small"):
            panel.toggle_class("shown")
        else:
            panel.toggle_class("hidden")
            self._personal.show_panel(not panel.has_class("hidden"))
        self.view.focus()

    async def action_help(self) -> None:
        await self.app.push_screen(help_page("An article", (self.view, self), self.library.schema))
