"""From a document to what is shown of it: pure, no widget knows less or more than this.

Text that leaves here has passed `display`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from annotations.model import Annotation, Article, Document, Span
from tui.display import display
from tui.page.spans import Spans
from tui.page.tags import Tag, Tagged, tags_of
from tui.page.typesetting import SEEN, Kind, Paragraph, is_close, opening, paragraph_at
from tui.page.wrap import SINGLE_CELLS, cell_of, offset_at, wrap, wrapped

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

    `label` and `status` are the innermost annotation's, `mine` says who decided it; `depth` says
    how many cover it.  A `tag` is not the article's text; `kind` is what the paragraph is.
    """

    text: str
    label: str | None = None
    status: str = ""
    depth: int = 0
    mine: bool = True
    current: bool = False
    cursor: bool = False
    selected: bool = False
    hit: bool = False
    tag: bool = False
    kind: Kind = ""


IsMine = Callable[[Annotation], bool]


class Page:
    """A document wrapped to a width: its lines, and where each offset stands.

    `lines` are stretches of the text.  Those of no length may be empty lines of the text or be
    added for the eye: what stands above the text, and room between paragraphs.

    `upto` an offset that is wanted, the page may be a beginning of the text that holds it: what
    a window shows first of a long text, in a fraction of the time.
    """

    def __init__(
        self,
        document: Document,
        width: int,
        *,
        labels: bool = False,
        is_mine: IsMine = lambda _: True,
        upto: int | None = None,
    ) -> None:
        self.document = document
        self.width = width
        text = document.article.text
        self._end = len(text) if upto is None else _stop(text, upto)
        self.text = shown_text(text[: self._end])
        self._labels, self._is_mine = labels, is_mine
        self._close = is_close(self.text)
        self._title = display(document.article.title).strip()
        self._opening = _opening(document.article, self.text, width)
        self._paragraph: Paragraph | None = None  # the last one that was asked for
        self._tagged = self._with_tags(document)
        self._wrap()

    def _with_tags(self, document: Document) -> Tagged:
        annotations = document.annotations
        if not self.is_whole:
            annotations = annotations[: bisect_left(annotations, self._end, key=_start)]
        tags = tags_of(annotations, self.text, labels=self._labels, is_mine=self._is_mine)
        return Tagged(self.text, tags)

    def _wrap(self) -> None:
        above = [(0, 0)] * self.above
        self._drawn = above + wrap(self._tagged.shown, self.width, room=self._close)
        self.lines = self._drawn
        if self._tagged.tags:
            edge = self._tagged.edge
            self.lines = [(edge(start), edge(end)) for start, end in self._drawn]
        self._starts = [start for start, _ in self.lines]

    def with_document(self, document: Document) -> "Page":
        """The page of the same text with other annotations, wrapped again only if it must be."""
        page = copy(self)
        page.__dict__.pop("_spans", None)
        page._take(document, self._is_mine)  # noqa: SLF001 - one of us
        return page

    def judged(self, is_mine: IsMine) -> "Page":
        """The same page, with other decisions shown as the reader's own."""
        page = copy(self)
        page._take(self.document, is_mine)  # noqa: SLF001 - one of us
        return page

    def _take(self, document: Document, is_mine: IsMine) -> None:
        old, self.document, self._is_mine = self._tagged, document, is_mine
        self._tagged = self._with_tags(document)
        if not self._tagged.has_places_of(old):
            self._wrap()

    @cached_property
    def _spans(self) -> Spans:
        return Spans([(each.start, each.end) for each in self.document.annotations])

    @property
    def is_whole(self) -> bool:
        """Whether the text is there to its end."""
        return self._end == len(self.document.article.text)

    def has(self, offset: int) -> bool:
        """Whether the line that an offset stands in is there."""
        return self.is_whole or offset < self._end

    @property
    def height(self) -> int:
        """How many lines there are; of a beginning, how many there will be, about."""
        return len(self.lines) * len(self.document.article.text) // max(self._end, 1)

    @property
    def tags(self) -> Sequence[Tag]:
        """What is shown between the characters of the text."""
        return self._tagged.tags

    @property
    def above(self) -> int:
        """How many lines stand above the text."""
        return len(self._opening)

    def line_of(self, offset: int) -> int:
        """The number of the line that the character at `offset` stands in."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def cell_of(self, offset: int) -> tuple[int, int]:
        """(line, cell) of the character at `offset`."""
        number = self.line_of(offset)
        tagged = self._tagged
        return number, cell_of(tagged.shown, self._drawn[number], tagged.index(offset))

    def offset_at(self, number: int, cell: int) -> int:
        """The offset of what covers a cell; line and cell are brought inside the text."""
        number = min(max(number, self.above), len(self.lines) - 1)
        index = offset_at(self._tagged.shown, self._drawn[number], cell)
        start, end = self.lines[number]
        if index >= self._drawn[number][1]:
            return end
        return max(self._tagged.offset(index), start)

    def annotations_over(self, span: Span) -> list[Annotation]:
        """The annotations that overlap a span, in text order."""
        annotations = self.document.annotations
        return [annotations[number] for number in self._spans.overlapping(span.start, span.end)]

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph that a line is of."""
        offset, known = self.lines[number][0], self._paragraph
        if known is None or not known.start <= offset <= known.end:
            known = paragraph_at(self.text, offset, self._title, close=self._close)
            self._paragraph = known
        return known

    def has_speech(self, number: int) -> bool:
        """Whether there is direct speech on a line."""
        start, end = self.lines[number]
        return start < end and self.paragraph(number).has_speech(start, end)

    def runs(self, number: int, marks: Marks) -> list[Run]:
        """The pieces of a line, from left to right."""
        if number < self.above:
            text, kind = self._opening[number]
            return [Run(text, kind=kind)] if text else []
        first, last = self._drawn[number]
        if first >= last:
            return []
        pieces = [*self._text_runs(number, marks), *self._tag_runs(first, last, marks)]
        return [run for _, run in sorted(pieces, key=lambda piece: piece[0])]

    def _text_runs(self, number: int, marks: Marks) -> Iterator[tuple[int, Run]]:
        """Those of the text, with where they stand among the tags."""
        start, end = self.lines[number]
        if start >= end:
            return
        paragraph, over = self.paragraph(number), self.annotations_over(Span(start, end))
        hits = [hit for hit in marks.hits if hit.start < end and start < hit.end]
        cuts = {start, end, paragraph.credit, *(tag.place for _, tag in self._tags_of(number))}
        for span in (*(each.span for each in over), *hits, marks.cursor, marks.selection):
            cuts.update((span.start, span.end) if span is not None else ())
        for first, last in pairwise(sorted(place for place in cuts if start <= place <= end)):
            piece = Span(first, last)
            is_credit = paragraph.kind == "credit" and last > paragraph.credit
            kind = "" if is_credit else paragraph.kind
            yield self._tagged.index(first), self._run(piece, over, hits, marks, kind)

    def _tags_of(self, number: int) -> Iterator[tuple[int, Tag]]:
        return self._tagged.between(*self._drawn[number])

    def _tag_runs(self, first: int, last: int, marks: Marks) -> Iterator[tuple[int, Run]]:
        for place, tag in self._tagged.between(first, last):
            text = tag.text[max(first - place, 0) : last - place]
            annotation = tag.annotation
            run = Run(
                text,
                annotation.label,
                annotation.status,
                mine=self._is_mine(annotation),
                current=annotation.id == marks.current,
                tag=True,
            )
            yield max(place, first), run

    def _run(
        self,
        piece: Span,
        over: Sequence[Annotation],
        hits: Sequence[Span],
        marks: Marks,
        kind: Kind,
    ) -> Run:
        covering = [each for each in over if each.span.covers(piece)]
        shown = [each for each in covering if each.status != "rejected"] or covering
        inner = min(shown, key=lambda each: each.end - each.start, default=None)
        return Run(
            text=self.text[piece.start : piece.end],
            label=inner.label if inner else None,
            status=inner.status if inner else "",
            depth=len(shown),
            mine=inner is None or self._is_mine(inner),
            current=any(each.id == marks.current for each in covering),
            cursor=marks.cursor is not None and marks.cursor.covers(piece),
            selected=marks.selection is not None and marks.selection.covers(piece),
            hit=any(hit.covers(piece) for hit in hits),
            kind=kind,
        )


def _start(annotation: Annotation) -> int:
    return annotation.start


def _stop(text: str, offset: int) -> int:
    """The end of a paragraph, so far after an offset that no window shows it at once."""
    end = text.find("\n", offset + SEEN)
    return len(text) if end < 0 else end


def _opening(article: Article, text: str, width: int) -> list[tuple[str, Kind]]:
    """The lines above the text, harmless, and wrapped."""
    source = article.source
    known = (article.title, article.published, source.name)
    title, published, name = (display(part or "").strip() for part in known)
    lines = opening(text, title, published, name)
    return [(part, kind) for line, kind in lines for part in wrapped(line, width)]
