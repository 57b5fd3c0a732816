"""From a document to what is shown of it: pure, no widget knows less or more than this.

Text that leaves here has passed `display`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, takewhile

from annotations.model import Annotation, Article, Document, Span
from annotations.tokens import words
from tui.display import display
from tui.wrap import SINGLE_CELLS, cell_of, offset_at, wrap

HEADING_LENGTH = 90
_OTHERS = re.compile(rf"[^\n{SINGLE_CELLS}]+")  # few, and only these have to pass `display`

# What a widget shows before it is given a document.
BLANK = Document(Article(id="blank", text=" ", title=""))


def shown_text(text: str) -> str:
    """An article's text as it is shown: harmless, with its line breaks."""
    return _OTHERS.sub(lambda stretch: display(stretch.group()), text)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cursor and the search add to a page."""

    cursor: Span | None = None
    current: str | None = None  # id of the annotation under the cursor
    selection: Span | None = None
    hits: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line that is shown in one style.

    `label` and `status` are the innermost annotation's; `depth` says how many cover it.
    """

    text: str
    label: str | None = None
    status: str = ""
    depth: int = 0
    current: bool = False
    cursor: bool = False
    selected: bool = False
    hit: bool = False
    heading: bool = False


class Spans:
    """Spans in order of their start, found by the stretch of text that they overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._furthest = list(accumulate(self._ends, max))

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """The numbers of the spans that overlap `[start, end)`, in their order."""
        first = bisect_right(self._furthest, start)
        for number in range(first, bisect_left(self._starts, end)):
            if self._ends[number] > start:
                yield number


class Page:
    """A document wrapped to a width: its lines, and where each offset stands."""

    def __init__(self, document: Document, width: int) -> None:
        self.document = document
        self.width = width
        self.text = shown_text(document.article.text)
        self.lines = wrap(self.text, width)
        self._starts = [start for start, _ in self.lines]

    def with_document(self, document: Document) -> "Page":
        """The page of the same text with other annotations: nothing is wrapped again."""
        page = object.__new__(Page)
        page.document = document
        page.width = self.width
        page.text, page.lines, page._starts = self.text, self.lines, self._starts
        return page

    @cached_property
    def _spans(self) -> Spans:
        return Spans([(each.start, each.end) for each in self.document.annotations])

    def line_of(self, offset: int) -> int:
        """The number of the line that the character at `offset` stands in."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def cell_of(self, offset: int) -> tuple[int, int]:
        """(line, cell) of the character at `offset`."""
        number = self.line_of(offset)
        return number, cell_of(self.text, self.lines[number], offset)

    def offset_at(self, number: int, cell: int) -> int:
        """The offset of the character that covers a cell; line and cell are brought inside."""
        number = min(max(number, 0), len(self.lines) - 1)
        return offset_at(self.text, self.lines[number], cell)

    def annotations_over(self, span: Span) -> list[Annotation]:
        """The annotations that overlap a span, in text order."""
        annotations = self.document.annotations
        return [annotations[number] for number in self._spans.overlapping(span.start, span.end)]

    def is_heading(self, number: int) -> bool:
        """Whether a line stands alone, is short and has no full stop: a heading or title."""
        start, end = self.lines[number]
        text = self.text
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        line = text[start:end].strip()
        return alone and 0 < len(line) <= HEADING_LENGTH and line[-1] not in ".,:;…»"

    def runs(self, number: int, marks: Marks) -> list[Run]:
        """The pieces of a line, from left to right."""
        start, end = self.lines[number]
        heading = self.is_heading(number)
        if start >= end:
            return []
        over = self.annotations_over(Span(start, end))
        hits = [hit for hit in marks.hits if hit.start < end and start < hit.end]
        cuts = {start, end}
        for span in (*(each.span for each in over), *hits, marks.cursor, marks.selection):
            if span is not None:
                cuts.update(place for place in (span.start, span.end) if start < place < end)
        places = sorted(cuts)
        return [
            self._run(Span(first, last), over, hits, marks, heading)
            for first, last in pairwise(places)
        ]

    def _run(
        self,
        piece: Span,
        over: Sequence[Annotation],
        hits: Sequence[Span],
        marks: Marks,
        heading: bool,
    ) -> Run:
        covering = [each for each in over if each.span.covers(piece)]
        shown = [each for each in covering if each.status != "rejected"] or covering
        inner = min(shown, key=lambda each: each.end - each.start, default=None)
        return Run(
            text=self.text[piece.start : piece.end],
            label=inner.label if inner else None,
            status=inner.status if inner else "",
            depth=len(shown),
            current=any(each.id == marks.current for each in covering),
            cursor=marks.cursor is not None and marks.cursor.covers(piece),
            selected=marks.selection is not None and marks.selection.covers(piece),
            hit=any(hit.covers(piece) for hit in hits),
            heading=heading,
        )


class Words:
    """The words of a text, for a cursor that goes from word to word.

    They are looked for around an offset when they are asked for: no word has a space within.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, offset: int) -> Span | None:
        """The word at an offset, else the next one, else the last."""
        found = self._from(offset)
        word = next((each for each in found if each.end > offset), None)
        return word or self.before(len(self._text))

    def after(self, offset: int) -> Span | None:
        """The first word that starts at `offset` or later."""
        return next((each for each in self._from(offset) if each.start >= offset), None)

    def before(self, offset: int) -> Span | None:
        """The last word that ends at `offset` or earlier."""
        return self._last(offset, lambda word: word.end <= offset)

    def reaching(self, offset: int) -> Span | None:
        """The last word that starts at `offset` or earlier."""
        return self._last(offset, lambda word: word.start <= offset)

    def _from(self, offset: int) -> Iterator[Span]:
        """The words from the one at an offset on."""
        start = self._piece(offset)
        return (Span(token.start, token.end) for token in words(self._text, start))

    def _last(self, offset: int, fits: Callable[[Span], bool]) -> Span | None:
        """The last word that fits, of those that begin before an offset or there."""
        place, found = min(offset, len(self._text)), None
        while found is None and place >= 0:
            start = self._piece(place)
            for found_here in takewhile(fits, self._from(start)):
                found = found_here
            place = start - 1
        return found

    def _piece(self, offset: int) -> int:
        """Where the stretch without a space begins that holds an offset."""
        space = self._text.rfind(" ", 0, offset)
        return max(space, self._text.rfind("\n", space + 1, offset)) + 1
