"""The article: its text with the annotations in colour, and a cursor that goes by words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotations.model import Annotation, Document, Span, text_order
from annotations.schema import Schema
from tui import theme
from tui.keys import key
from tui.presentation import BLANK, Marks, Page, Words

READING_WIDTH = 88  # cells: longer lines tire the eye


class ArticleView(ScrollView, can_focus=True):
    """Shows the document that it is given; its own are the cursor, the selection and the page."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "ArticleView { overflow-x: hidden; overflow-y: scroll; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "word(1)", "Next word"),
        key("left", "word(-1)", "Previous word"),
        key("down,j", "line(1)", "Line down"),
        key("up,k", "line(-1)", "Line up"),
        key("pagedown,space", "page(1)", "Page down"),
        key("pageup", "page(-1)", "Page up"),
        key("home,g", "edge(0)", "Beginning"),
        key("end,G", "edge(1)", "End"),
        key("tab,right_square_bracket", "annotation(1)", "Next annotation", "Next", shown_as="tab"),
        key("shift+tab,left_square_bracket", "annotation(-1)", "Previous annotation"),
        key("shift+right", "extend(1)", "Select to the right by a word"),
        key("shift+left", "extend(-1)", "Select to the left by a word"),
        key("s", "select", "Select the word at the cursor"),
        key("escape", "release", "Drop the selection"),
        key("enter", "screen.set_status('accepted')", "Accept, go on"),
    ]

    document: var[Document] = var(BLANK, init=False)
    hits: var[tuple[Span, ...]] = var((), init=False)

    class Moved(Message):
        """The cursor or the selection is elsewhere; `annotation` is the one under it."""

        def __init__(self, annotation: Annotation | None) -> None:
            super().__init__()
            self.annotation = annotation

    def __init__(self, schema: Schema, document: Document) -> None:
        super().__init__()
        self.set_reactive(ArticleView.document, document)
        self._schema = schema
        self._page: Page | None = None
        self.words = Words(document.article.text)
        self.cursor = self.words.at(0) or Span(0, 1)
        self.current: str | None = None  # id of the annotation under the cursor
        self.selection: Span | None = None
        self._anchor: Span | None = None  # where a selection began
        self._head = Span(0, 1)  # where it is extended
        self._column: int | None = None  # kept while going up and down

    # what is shown

    def watch_document(self, document: Document) -> None:
        """The same article with other annotations."""
        if self._page is not None:
            self._page = self._page.with_document(document)
        if self.current not in document.by_id:
            self.current = self._covering(self.cursor)
        self.refresh()
        self._say_where()

    def watch_hits(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = min(max(self.size.width - 2, 1), READING_WIDTH)
        if not self.size.width:
            return
        if self._page is None or self._page.width != width:
            self._page = Page(self.document, width)
            self.virtual_size = Size(self.size.width, len(self._page.lines))
            self._bring_into_sight(self.cursor)
        if self.current is None:
            self.current = self._covering(self.cursor)
        self.refresh()
        self._say_where()

    @property
    def _margin(self) -> int:
        return 0 if self._page is None else max((self.size.width - self._page.width) // 2, 0)

    def render_line(self, y: int) -> Strip:
        width, page = self.size.width, self._page
        number = self.scroll_offset.y + y
        if page is None or number >= len(page.lines):
            return Strip.blank(width, self.rich_style)
        runs = page.runs(number, Marks(self.cursor, self.current, self.selection, self.hits))
        segments = [Segment(run.text, theme.run_style(self._schema, run)) for run in runs]
        strip = Strip([Segment(" " * self._margin), *segments]).adjust_cell_length(width)
        return strip.apply_style(self.rich_style)

    # the cursor

    @property
    def annotation(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.document.by_id.get(self.current) if self.current else None

    def go_to(self, span: Span, annotation_id: str | None = None) -> None:
        """Put the cursor on a span and bring it into sight."""
        old = self.cursor
        self._anchor, self.selection = None, None
        before = self.annotation
        self.cursor = span
        self.current = annotation_id or self._covering(span)
        for place in (old, before.span if before else None, span):
            self._refresh_span(place)
        if self.annotation is not None:
            self._refresh_span(self.annotation.span)
        self._bring_into_sight(span)
        self._say_where()

    def go_to_annotation(self, annotation: Annotation) -> None:
        self._column = None
        self.go_to(annotation.span, annotation.id)

    def _covering(self, span: Span) -> str | None:
        """The innermost annotation over a span, the rejected ones last."""
        if self._page is None:
            return None
        over = self._page.annotations_over(span)
        best = min(
            over, key=lambda each: (each.status == "rejected", each.end - each.start), default=None
        )
        return best.id if best else None

    def _refresh_span(self, span: Span | None) -> None:
        if span is not None and self._page is not None:
            first = self._page.line_of(span.start)
            last = self._page.line_of(max(span.end - 1, span.start))
            self.refresh_lines(first, last - first + 1)

    def _bring_into_sight(self, span: Span) -> None:
        if self._page is None:
            return
        line, top, height = self._page.line_of(span.start), self.scroll_offset.y, self.size.height
        margin = min(2, max(height - 1, 0) // 2)
        if line < top + margin:
            self.scroll_to(y=max(line - margin, 0), animate=False, immediate=True)
        elif line >= top + height - margin:
            self.scroll_to(y=line - height + margin + 1, animate=False, immediate=True)

    def _say_where(self) -> None:
        self.post_message(self.Moved(self.annotation))

    # motions

    def action_word(self, direction: int) -> None:
        self._column = None
        word = (
            self.words.after(self.cursor.end)
            if direction > 0
            else self.words.before(self.cursor.start)
        )
        if word is not None:
            self.go_to(word)

    def action_line(self, direction: int) -> None:
        self._go_lines(direction)

    def action_page(self, direction: int) -> None:
        height = max(self.size.height - 2, 1)
        self.scroll_relative(y=direction * height, animate=False, immediate=True)
        self._go_lines(direction * height)

    def _go_lines(self, count: int) -> None:
        """Go up or down, keeping the column, over empty lines to one that has a word."""
        if self._page is None:
            return
        line, cell = self._page.cell_of(self.cursor.start)
        column = self._column if self._column is not None else cell
        step, target = (1 if count > 0 else -1), line + count
        while 0 < target < len(self._page.lines) - 1 and not self._line_has_word(target):
            target += step
        word = self.words.at(self._page.offset_at(target, column))
        if word is not None:
            self._column = column
            self.go_to(word)

    def _line_has_word(self, number: int) -> bool:
        if self._page is None:
            return False
        start, end = self._page.lines[number]
        word = self.words.at(start)
        return word is not None and start <= word.start < end

    def action_edge(self, end: int) -> None:
        word = self.words.at(len(self.document.article.text) if end else 0)
        if word is not None:
            self._column = None
            self.go_to(word)

    def action_annotation(self, direction: int) -> None:
        self.go_to_next(self.document.annotations, direction)

    def go_to_next(self, annotations: Sequence[Annotation], direction: int = 1) -> bool:
        """Go to the nearest of these (in text order) past the cursor; False if there is none."""
        here = (self.cursor.start, -self.cursor.end, self.current or "")
        if direction > 0:
            number = bisect_right(annotations, here, key=text_order)
        else:
            number = bisect_left(annotations, here, key=text_order) - 1
        found = annotations[number] if 0 <= number < len(annotations) else None
        if found is not None:
            self.go_to_annotation(found)
        return found is not None

    # the selection: from the word where it began, the anchor, to the head, both included

    def action_select(self) -> None:
        """Begin with the word (or the annotation) at the cursor."""
        self._anchor = self.cursor
        self._select_to(self.cursor)

    def action_extend(self, direction: int) -> None:
        if self._anchor is None:
            self._anchor = self._head = self.cursor
        head = self._head
        word = self.words.after(head.end) if direction > 0 else self.words.before(head.start)
        if word is not None:
            self._select_to(word)

    def _select_to(self, head: Span) -> None:
        if self._anchor is not None:
            self._head = head
            start, end = min(self._anchor.start, head.start), max(self._anchor.end, head.end)
            self._show_selection(Span(start, end))
            self._bring_into_sight(head)

    def _show_selection(self, span: Span | None) -> None:
        old, self.selection = self.selection, span
        self._refresh_span(old)
        self._refresh_span(span)
        self._say_where()

    def action_release(self) -> None:
        self._anchor = None
        self._show_selection(None)

    # the mouse

    def _offset_under(self, event: events.MouseEvent) -> int | None:
        if self._page is None:
            return None
        offset = event.get_content_offset_capture(self)
        return self._page.offset_at(self.scroll_offset.y + offset.y, offset.x - self._margin)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._offset_under(event)
        word = self.words.at(offset) if offset is not None else None
        if word is not None:
            self._column = None
            self.go_to(word)
            self._anchor = word
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._anchor is None or self.app.mouse_captured is not self:
            return
        offset = self._offset_under(event)
        if offset is None:
            return
        forward = offset >= self._anchor.start
        word = self.words.reaching(offset) if forward else self.words.at(offset)
        if word is not None and (word != self._anchor or self.selection is not None):
            self._select_to(word)

    def on_mouse_up(self) -> None:
        self.release_mouse()
        if self.selection is None:
            self._anchor = None
