"""An article: read it, and correct its annotations."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.timer import Timer

from annotations.model import Document
from store.library import Library
from store.person.personal import Personal
from store.person.steps import Steps
from tui import theme
from tui.figure_table import ORDERS
from tui.keyboard.keys import key, pressed
from tui.language import _
from tui.screens.correcting import CorrectingScreen
from tui.screens.reading import ReadingScreen
from tui.screens.searching import SearchingScreen
from tui.terminal.first_frame import FirstFrame
from tui.widgets import panel as rows
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar
from tui.widgets.key_bar import KeyBar
from tui.widgets.line_list import LineList
from tui.widgets.panel import Panel
from tui.wording.news import also_here
from tui.wording.save_words import unsaved_in_words


class ArticleScreen(CorrectingScreen, ReadingScreen, SearchingScreen, FirstFrame):
    """The text, the side panel, a line about the annotation under the cursor."""

    AUTO_FOCUS = "ArticleView"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "go_to_panel", "To the panel and back", name="go-to-panel"),
        key("p", "toggle_panel", "Show or hide the panel", name="toggle-panel"),
        key("D", "app.dictionary", "The dictionary of this library", name="dictionary"),
        key("right_curly_bracket", "app.leave_article(1)", "Next article", name="next-article"),
        key(
            "left_curly_bracket",
            "app.leave_article(-1)",
            "Previous article",
            name="previous-article",
        ),
        key(
            "greater_than_sign",
            "app.leave_article(1, True)",
            "Next article with suggestions",
            name="next-unfinished-article",
        ),
        key("q", "app.leave_article(0)", "Back to the list", "Back", name="back-to-list"),
    ]

    current: reactive[str | None] = reactive(None, repaint=False)

    def __init__(
        self,
        library: Library,
        document: Document,
        author: str,
        personal: Personal,
    ) -> None:
        super().__init__(library, document, author, personal.kept)
        self._personal = personal
        self.set_reactive(ReadingScreen.least, personal.place.least)
        self._resting: Timer | None = None  # until the panel's cursor rests

    def compose(self) -> ComposeResult:
        schema = self.library.schema
        yield Bar(theme.BOLD, id="title")
        with Horizontal(id="body"):
            view = ArticleView(schema, self.shown)
            view.reading = self.reading
            yield view.data_bind(document=ReadingScreen.shown)
            panel = Panel(schema, self._personal.place.figures, self._point)
            yield panel.data_bind(ArticleScreen.current, document=ReadingScreen.shown)
        yield Bar(id="explain")
        yield Bar(theme.DIM, id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        self.count_unsaved()
        self.why_not()
        self._count()
        self._title()
        self.set_focus(self.view)  # now, so that the next key is for the text
        self._come_back()

    def on_first_frame_drawn(self) -> None:
        self.query_one(Panel).complete()

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

    @property
    def personal(self) -> Personal:
        return self._personal

    @property
    def steps(self) -> Steps:
        return self._personal.steps

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    @property
    def said(self) -> str:
        return self.query_one("#status", Bar).text

    def watch_document(self) -> None:
        if self.is_mounted:
            self._count()

    def watch_least(self) -> None:
        if self.is_mounted:
            self._count()

    def watch_others(self) -> None:
        self._count()

    def watch_unsaved(self) -> None:
        if self.is_mounted:
            self._count()

    def watch_closed(self) -> None:
        if self.is_mounted:
            self._title()

    def on_resize(self) -> None:
        self._count()

    def _title(self) -> None:
        """What is read; before it, whether it can only be read."""
        article = self.document.article
        badge = _("[read-only]") if self.closed else ""
        if self.fault is not None:
            badge = _("[damaged]")
        if self.is_gone:
            badge = _("[removed]")
        parts = (badge, article.published, article.source.name, article.title)
        self.query_one("#title", Bar).text = " · ".join(part for part in parts if part)

    def _count(self) -> None:
        annotations = self.document.annotations
        left = sum(each.status == "suggested" for each in annotations)
        counted = _("{left} of {count} left").format(left=left, count=len(annotations))
        if self.hidden:
            counted += _(", {count} hidden").format(count=self.hidden)
        room = self.size.width // 2 - 3  # what a bar's right may take
        unsaved = unsaved_in_words(self.unsaved, pressed("settle-conflict"))
        self.query_one("#title", Bar).right = also_here(self.others, counted, room, unsaved)

    def on_article_view_moved(self, _message: ArticleView.Moved) -> None:
        annotation = self.view.annotation  # where it is by now, which the panel's keys rely on
        self._personal.go_to(self.article_id, self.view.cursor.start)
        self.current = annotation.id if annotation else None
        line = self.explanation(annotation) if annotation else self._hint()
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
        if self.has_class("-small"):
            self.action_leave_panel()
        if not mentions:
            return
        if not self.view.go_to_next(mentions):
            self.view.go_to_annotation(mentions[0])
        here = [each.id for each in mentions].index(self.view.current or mentions[0].id)
        said = _("mention {number} of {count}; {key}: to the panel and back")
        facts = {"number": here + 1, "count": len(mentions), "key": pressed("go-to-panel")}
        self.say(said.format(**facts))

    def _point(self, ids: Sequence[str]) -> None:
        """Put the cursor on the first mention of a row of the panel, unless it is on one.

        The text is scrolled when the panel's cursor rests: keys in a row do not each paint it.
        """
        first = next((id_ for id_ in ids if id_ in self.document.by_id), None)
        if first is None or self.view.current in ids:
            return
        self.view.go_to_annotation(self.document.by_id[first], in_sight=False)
        if self._resting is not None:
            self._resting.stop()
        if rows.REST:
            self._resting = self.set_timer(rows.REST, self.view.bring_into_sight)
        else:
            self.view.bring_into_sight()

    # the rest

    def on_panel_sorted(self, message: Panel.Sorted) -> None:
        self._personal.sort_figures(message.order)
        self.say(_(ORDERS[message.order]))

    def action_go_to_panel(self) -> None:
        panel = self.query_one(Panel)
        if panel.has_focus:
            self.action_leave_panel()
        else:
            panel.set_class(self.has_class("-small"), "shown")
            if not self.has_class("-small"):
                panel.remove_class("hidden")
                self._personal.show_panel(True)
            panel.focus()
            panel.point()

    def action_leave_panel(self) -> None:
        """To the text, which comes back where the panel stood in its place."""
        self.query_one(Panel).remove_class("shown")
        self.view.focus()

    def action_toggle_panel(self) -> None:
        """On a small screen the panel stands in place of the text, else beside it."""
        panel = self.query_one(Panel)
        if self.has_class("-small") and not panel.has_class("shown"):
            self.action_go_to_panel()
            return
        if not self.has_class("-small"):
            panel.toggle_class("hidden")
            self._personal.show_panel(not panel.has_class("hidden"))
        self.action_leave_panel()
