"""The part of the article's view that selects: by keys and by the mouse."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from annotations.model import Document, Span
from annotations.schema import Schema
from annotations.snapping import character_at
from tui.keyboard.keys import key
from tui.language import N_
from tui.page.selection import Selection, selected_character
from tui.page.words import Words
from tui.widgets.page_view import PageView

END = N_("this is the end of the text")
BEGINNING = N_("this is the beginning of the text")


class SelectingView(PageView):
    """Knows what is selected; where the cursor goes is its subclass's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("shift+right", "extend(1)", "Select to the right by a word", name="select-right"),
        key("shift+left", "extend(-1)", "Select to the left by a word", name="select-left"),
        key(
            "ctrl+shift+right,alt+right",
            "extend_exactly(1)",
            "Select to the right by a character",
            name="select-character-right",
        ),
        key(
            "ctrl+shift+left,alt+left",
            "extend_exactly(-1)",
            "Select to the left by a character",
            name="select-character-left",
        ),
        key("s", "select", "Select the word at the cursor", name="select-word"),
    ]

    class Stuck(Message):
        """A key has nothing to go to; `why` is a sentence, not translated yet."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Marked(Message):
        """The mouse has clicked on a word or selected a stretch."""

    def __init__(self, schema: Schema, document: Document) -> None:
        super().__init__(schema, document)
        self.words = Words(document.article.text)
        self.cursor = self.words.at(0) or Span(0, 1)
        self._selected: Selection | None = None
        self._pressed: tuple[Span, Span] | None = None  # word and character under the mouse

    def go_to(self, span: Span, annotation_id: str | None = None) -> None:
        """Put the cursor on a span and bring it into sight."""
        raise NotImplementedError

    def say_where(self) -> None:
        """Tell the screen that the cursor or the selection is elsewhere."""
        raise NotImplementedError

    def stuck(self, direction: int) -> None:
        """Say that there is nothing further on."""
        self.post_message(self.Stuck(END if direction > 0 else BEGINNING))

    # the selection

    @property
    def selection(self) -> Span | None:
        """What is selected."""
        return self._selected.span if self._selected else None

    @property
    def selects_exactly(self) -> bool:
        """Whether what is selected was chosen by the character."""
        return self._selected is not None and self._selected.exact

    def select(self, selection: Selection | None) -> None:
        """Select this and nothing else."""
        old, self._selected = self.selection, selection
        self._refresh_span(old)
        self._refresh_span(self.selection)
        if selection is not None:
            self._bring_into_sight(selection.head)
        self.say_where()

    def action_select(self) -> None:
        """Begin with the word (or the annotation) at the cursor."""
        self.select(Selection(self.cursor, self.cursor))

    def action_extend(self, direction: int) -> None:
        selected = self._selected or Selection(self.cursor, self.cursor)
        self._extend(selected.by_word(self.words, direction), direction)

    def action_extend_exactly(self, direction: int) -> None:
        text = self.document.article.text
        if self._selected is None:
            self.select(selected_character(text, self.cursor, direction))
        else:
            self._extend(self._selected.by_character(text, direction), direction)

    def _extend(self, selection: Selection | None, direction: int) -> None:
        if selection is None:
            self.stuck(direction)
        else:
            self.select(selection)

    # the mouse: by words, with Ctrl or Alt by characters

    def _cell_under(self, event: events.MouseEvent) -> tuple[int, int]:
        """(line, cell) of the page under the mouse."""
        offset = event.get_content_offset_capture(self)
        return self.scroll_offset.y + offset.y, offset.x - self._margin

    def _offset_under(self, event: events.MouseEvent) -> int | None:
        return None if self._page is None else self._page.offset_at(*self._cell_under(event))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._offset_under(event)
        word = self.words.at(offset) if offset is not None else None
        if word is not None and offset is not None:
            self.go_to(word)
            self._pressed = word, character_at(self.document.article.text, offset)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        offset = self._offset_under(event)
        if offset is None or self._pressed is None or self.app.mouse_captured is not self:
            return
        anchor, character = self._pressed
        exact = event.ctrl or event.meta
        if exact:
            anchor, head = character, character_at(self.document.article.text, offset)
        elif offset >= anchor.start:
            head = self.words.reaching(offset) or anchor
        else:
            head = self.words.at(offset) or anchor
        if head != anchor or self._selected is not None:
            self.select(Selection(anchor, head, exact=exact))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and (self._selected is not None or self._is_on(pressed[0], event)):
            self.post_message(self.Marked())
        self.release_mouse()

    def _is_on(self, word: Span, event: events.MouseEvent) -> bool:
        """Whether the mouse points at a word, not beside the text or between paragraphs."""
        if self._page is None:
            return False
        (line, cell), offset = self._cell_under(event), self._offset_under(event)
        return (
            offset is not None
            and word.start <= offset < word.end
            and self._page.line_of(offset) == line
            and self._page.cell_of(offset)[1] <= cell
        )
