"""The article: its text with the annotations in colour, and a cursor that goes by words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from annotations.model import Annotation, Document, Span, text_order
from annotations.schema import Schema
from tui.keyboard.keys import key
from tui.language import N_
from tui.page.presentation import Marks
from tui.widgets.selecting import SelectingView

NO_NEXT = N_("there is no annotation after this place")
NO_PREVIOUS = N_("there is no annotation before this place")


class ArticleView(SelectingView):
    """Shows the document that it is given; its own are the cursor, the selection and the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("right", "word(1)", "Next word", name="next-word"),
        key("left", "word(-1)", "Previous word", name="previous-word"),
        key("down,j", "line(1)", "Line down", name="line-down"),
        key("up,k", "line(-1)", "Line up", name="line-up"),
        key("pagedown,space", "page(1)", "Page down", name="page-down"),
        key("pageup", "page(-1)", "Page up", name="page-up"),
        key("home,g", "edge(0)", "Beginning", name="beginning"),
        key("end,G", "edge(1)", "End", name="end"),
        key(
            "tab,right_square_bracket",
            "annotation(1)",
            "Next annotation",
            "Next",
            shown_as="tab",
            name="next-annotation",
        ),
        key(
            "shift+tab,left_square_bracket",
            "annotation(-1)",
            "Previous annotation",
            name="previous-annotation",
        ),
        key("escape", "release", "Drop the selection", name="drop-selection"),
        key("enter", "screen.enter", "Accept, go on", name="accept-here"),
    ]

    class Released(Message):
        """Escape was pressed, and nothing is selected."""

    class Moved(Message):
        """The cursor or the selection is elsewhere; `annotation` is the one under it."""

        def __init__(self, annotation: Annotation | None) -> None:
            super().__init__()
            self.annotation = annotation

    def __init__(self, schema: Schema, document: Document) -> None:
        super().__init__(schema, document)
        self.current: str | None = None  # id of the annotation under the cursor
        self._column: int | None = None  # kept while going up and down

    # what is shown

    @property
    def marks(self) -> Marks:
        return Marks(self.cursor, self.current, self.selection, self.hits)

    @property
    def place(self) -> int:
        return self.cursor.start

    def watch_document(self, document: Document) -> None:
        super().watch_document(document)
        if self.current not in document.by_id:
            self.current = self._covering(self.cursor)
        self.say_where()

    def on_resize(self) -> None:
        if not self.size.width:
            return
        if self._page is None:
            self._turn_to(self._new_page(upto=self.cursor.start))
        elif self._page.width != min(self.room, self.reading.width or self.room):
            self.read(self.reading)
        self._bring_into_sight(self.cursor)
        if self.current is None:
            self.current = self._covering(self.cursor)
        self.refresh()
        self.say_where()

    # the cursor

    @property
    def annotation(self) -> Annotation | None:
        """The annotation under the cursor."""
        return self.document.by_id.get(self.current) if self.current else None

    def go_to(self, span: Span, annotation_id: str | None = None, *, in_sight: bool = True) -> None:
        """Put the cursor on a span and, unless that is left for later, bring it into sight."""
        if annotation_id not in self.document.by_id:
            annotation_id = None  # it is not shown
        old, selection, self._selected = self.cursor, self.selection, None
        before = self.annotation
        self._column, self.cursor = None, span
        self.current = annotation_id or self._covering(span)
        for place in (old, selection, before.span if before else None, span):
            self._refresh_span(place)
        if self.annotation is not None:
            self._refresh_span(self.annotation.span)
        if in_sight:
            self._bring_into_sight(span, leaping=annotation_id is not None)
        self.say_where()

    def bring_into_sight(self) -> None:
        """Scroll to where the cursor is."""
        self._bring_into_sight(self.cursor, leaping=True)

    def go_to_annotation(self, annotation: Annotation, *, in_sight: bool = True) -> None:
        self.go_to(annotation.span, annotation.id, in_sight=in_sight)

    def _covering(self, span: Span) -> str | None:
        """The innermost annotation over a span, the rejected ones last."""
        if self._page is None:
            return None
        over = self._page.annotations_over(span)
        best = min(
            over, key=lambda each: (each.status == "rejected", each.end - each.start), default=None
        )
        return best.id if best else None

    def say_where(self) -> None:
        self.post_message(self.Moved(self.annotation))

    # motions

    def action_word(self, direction: int) -> None:
        word = (
            self.words.after(self.cursor.end)
            if direction > 0
            else self.words.before(self.cursor.start)
        )
        if word is None:
            self.stuck(direction)
        else:
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
        if word is None or word == self.cursor:
            self.stuck(count)
        else:
            self.go_to(word)
            self._column = column

    def _line_has_word(self, number: int) -> bool:
        if self._page is None:
            return False
        start, end = self._page.lines[number]
        word = self.words.at(start)
        return word is not None and start <= word.start < end

    def action_edge(self, end: int) -> None:
        word = self.words.at(len(self.document.article.text) if end else 0)
        if word is None or (word == self.cursor and self.selection is None):
            self.stuck(1 if end else -1)
        else:
            self.go_to(word)

    def action_annotation(self, direction: int) -> None:
        if not self.go_to_next(self.document.annotations, direction):
            self.post_message(self.Stuck(NO_NEXT if direction > 0 else NO_PREVIOUS))

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

    def action_release(self) -> None:
        """Drop the selection, or leave the mode in which one label sticks."""
        if self.selection is not None:
            self.select(None)
        else:
            self.post_message(self.Released())
