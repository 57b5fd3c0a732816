"""The page of an article in a window: how wide it is, where it stands, how its lines look."""

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotations.model import Annotation, Document, Span
from annotations.schema import Schema
from store.person.personal import READING_WIDTH
from tui import theme
from tui.page.presentation import BLANK, IsMine, Marks, Page

GUTTER = 2  # cells before each line, for the bar beside direct speech
SPEECH = "│ "


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody reads: the width of a line, 0 for all that there is; labels in the text.

    `tags` None: where the terminal cannot tell labels apart without them.
    """

    width: int = READING_WIDTH
    tags: bool | None = None


class PageView(ScrollView, can_focus=True):
    """Shows the document that it is given, and the marks of whoever inherits it."""

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = "PageView { overflow-x: hidden; overflow-y: scroll; }"

    document: var[Document] = var(BLANK, init=False)
    hits: var[tuple[Span, ...]] = var((), init=False)

    def __init__(self, schema: Schema, document: Document) -> None:
        super().__init__()
        self.set_reactive(PageView.document, document)
        self.reading = Reading()  # set before it is mounted, later `read` changes it
        self._schema = schema
        self._page: Page | None = None
        self._is_mine: IsMine = lambda _: True

    @property
    def marks(self) -> Marks:
        """What the cursor and the search add to the page."""
        return Marks(hits=self.hits)

    @property
    def is_laid_out(self) -> bool:
        """Whether the text has been broken into lines."""
        return self._page is not None

    @property
    def is_whole(self) -> bool:
        """Whether it has been to its end."""
        return self._page is None or self._page.is_whole

    @property
    def place(self) -> int:
        """The offset that stays where it is on the screen when lines are broken anew."""
        return 0

    def watch_document(self, document: Document) -> None:
        """The same article with other annotations."""
        if self._page is not None:
            self._turn_to(self._page.with_document(document))
        self.refresh()

    def watch_hits(self) -> None:
        self.refresh()

    def read(self, reading: Reading) -> None:
        """Show it in another width, or with tags."""
        self.reading = reading
        if self._page is not None:
            self._turn_to(self._new_page())
            self.refresh()

    def judge(self, is_mine: IsMine) -> None:
        """Show what somebody else has decided as theirs."""
        self._is_mine = is_mine
        if self._page is not None:
            self._turn_to(self._page.judged(is_mine))
            self.refresh()

    @property
    def tagged(self) -> bool:
        """Whether each annotation has its label in the text."""
        tags = self.reading.tags
        return theme.look().needs_tags if tags is None else tags

    @property
    def room(self) -> int:
        """How many cells there are for a line."""
        return max(self.size.width - GUTTER - 1, 1)

    def _new_page(self, upto: int | None = None) -> Page:
        width = min(self.room, self.reading.width or self.room)
        return Page(self.document, width, labels=self.tagged, is_mine=self._is_mine, upto=upto)

    def complete(self) -> None:
        """Lay out the rest of the text, of which only a beginning was wanted at first."""
        if self._page is not None and not self._page.is_whole:
            self._turn_to(self._new_page())

    def _turn_to(self, page: Page) -> None:
        """Show a page of the same article, with the place on the same row of the screen."""
        old, self._page = self._page, page
        self.virtual_size = Size(self.size.width, page.height)
        if old is not None and old.lines is not page.lines:
            moved = page.line_of(self.place) - old.line_of(self.place)
            self.scroll_to(y=self.scroll_offset.y + moved, animate=False, immediate=True)

    @property
    def _margin(self) -> int:
        return 0 if self._page is None else max((self.size.width - self._page.width) // 2, GUTTER)

    def render_line(self, y: int) -> Strip:
        width, page = self.size.width, self._page
        number = self.scroll_offset.y + y
        if page is None or number >= len(page.lines):
            return Strip.blank(width, self.rich_style)
        margin = " " * self._margin
        segments = [Segment(margin)]
        if page.has_speech(number):
            segments = [Segment(margin[:-GUTTER]), Segment(SPEECH, theme.DIM)]
        for run in page.runs(number, self.marks):
            segments.append(Segment(run.text, theme.run_style(self._schema, run)))
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def around(self, annotation: Annotation) -> list[Annotation]:
        """The annotations that overlap another one, the innermost first."""
        if self._page is None:
            return []
        over = self._page.annotations_over(annotation.span)
        others = [each for each in over if each.id != annotation.id]
        return sorted(others, key=lambda each: each.end - each.start)

    def _refresh_span(self, span: Span | None) -> None:
        if span is not None and self._page is not None:
            first = self._page.line_of(span.start)
            last = self._page.line_of(max(span.end - 1, span.start))
            self.refresh_lines(first, last - first + 1)

    def _bring_into_sight(self, span: Span, *, leaping: bool = False) -> None:
        """Scroll as little as it takes; `leaping` to what comes next further, so that most leaps
        after it leave the text where it is: it costs a slow line far less."""
        if self._page is None:
            return
        if not self._page.has(span.start):
            self.complete()
        line, top, height = self._page.line_of(span.start), self.scroll_offset.y, self.size.height
        margin = min(2, max(height - 1, 0) // 2)
        if line < top + margin:
            first = line - margin if line > self._page.above + margin else 0
            self.scroll_to(y=first, animate=False, immediate=True)
        elif line >= top + height - margin:
            row = height // 3 if leaping else height - margin - 1
            self.scroll_to(y=line - row, animate=False, immediate=True)
