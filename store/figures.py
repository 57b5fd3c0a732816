"""The figures of the articles that a query is true of, with the sentences in which they stand."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Literal

from annotations.folding import fold
from annotations.model import MAIN_LAYER, Annotation, Article, Document, Span, Value
from annotations.query.figures import Bounds, bounds
from annotations.query.hits import hits
from annotations.query.nodes import Annotated, Node, Or, positive
from annotations.schema import Schema
from annotations.tokens import sentences_of_line
from store.errors import Damaged, StoreError, Unreadable
from store.index.index import Index, Row
from store.library_reader import LibraryReader
from store.passages import Reader

Order = Literal["date", "value", "article", "label"]
ORDERS: tuple[Order, ...] = ("date", "value", "article", "label")
BESIDE = 2_000  # characters of a line that are looked at on either side of a figure
SUMMED = ("MONEY", "QUANTITY", "NUMBER")  # labels of what can be added up

_EXACT = Context(prec=400)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of an article, as it is written and in its sentence; `at` is where in that."""

    article_id: str
    title: str
    published: str | None
    annotation: Annotation
    text: str
    sentence: str
    at: int

    @property
    def label(self) -> str:
        return self.annotation.label

    @property
    def value(self) -> Value:
        return self.annotation.value or {}

    @property
    def unit(self) -> str:
        unit = self.value.get("unit")
        return unit if isinstance(unit, str) else ""

    @property
    def bounds(self) -> Bounds | None:
        return bounds(self.label, self.value)


class Figures:
    """Those that meet a condition of the query on figures; all, where it has none on them."""

    def __init__(self, library: LibraryReader, index: Index, node: Node) -> None:
        self._labels = figure_labels(library.schema)
        self._conditions = _conditions(node, self._labels)
        self._reader = Reader(str(library.path), index, self._conditions, lambda: library)
        self._forms = index.vocabulary.forms
        docids = index.find(node, order="newest").docids
        self.rows = index.rows(with_labels(index, docids, self._labels))

    def of(self, row: Row) -> list[Figure]:
        """The figures of one of `rows`, in text order; none where it cannot be read any longer."""
        try:
            document, deciders = self._reader.read(row.article_id)
        except StoreError:  # the doctor names it
            return []
        chosen = figures_of(document, self._labels)
        if self._conditions.parts:
            found = hits(document, self._conditions, self._forms, deciders)
            met = {hit.annotation for hit in found}
            chosen = [each for each in document.annotations if each.id in met]
        return [figure(document.article, each) for each in chosen]


def figure_labels(schema: Schema) -> frozenset[str]:
    return frozenset(label.name for label in schema if label.kind == "figure")


def _conditions(node: Node, labels: Collection[str]) -> Or:
    """What a query says of figures, be it nothing."""
    found = tuple(
        each
        for each in positive(node)
        if isinstance(each, Annotated)
        and (each.label in labels or each.unit or each.within or each.of)
    )
    return Or(found)


def with_labels(index: Index, docids: list[int], labels: Collection[str]) -> list[int]:
    """Those of the articles that have annotations of some labels, the newest first."""
    query = (
        "SELECT DISTINCT docid FROM spans WHERE docid IN (SELECT value FROM json_each(?)) "
        "AND label IN (SELECT atom FROM atoms WHERE text IN (SELECT value FROM json_each(?))) "
        "ORDER BY docid DESC"
    )
    found = index.connection.execute(query, (json.dumps(docids), json.dumps([*labels])))
    return [docid for (docid,) in found]


def read(library: LibraryReader, row: Row) -> Document | None:
    """An article that the index knows; None where it has gone or is damaged."""

    def pass_over(_damage: Damaged | Unreadable) -> None:
        """The doctor names it."""

    return library.read(library.file_of(row.key), pass_over)


def figures_of(document: Document, labels: Collection[str]) -> list[Annotation]:
    """The figures of an article that nobody has rejected."""
    return [
        each
        for each in document.annotations
        if each.layer == MAIN_LAYER and each.label in labels and each.status != "rejected"
    ]


def figure(article: Article, annotation: Annotation) -> Figure:
    text, sentence = article.text, sentence_at(article.text, annotation.span)
    return Figure(
        article.id,
        article.title,
        article.published,
        annotation,
        text[annotation.start : annotation.end],
        text[sentence.start : sentence.end],
        annotation.start - sentence.start,
    )


def sentence_at(text: str, place: Span) -> Span:
    """The sentence in which a stretch of a text begins, lengthened to its end.

    It has at most so much BESIDE the stretch.
    """
    first, last = max(place.start - BESIDE, 0), min(place.end + BESIDE, len(text))
    start = text.rfind("\n", first, place.start) + 1 or first
    end = text.find("\n", place.start, last)
    line = Span(start, last if end < 0 else end)
    for each in sentences_of_line(text, line):
        if place.start < each.end:
            return Span(min(each.start, place.start), max(each.end, place.end))
    return place


def in_order(figures: Iterable[Figure], order: Order, *, reverse: bool = False) -> list[Figure]:
    """Figures that come by date and place, in another order.

    By value: those of a unit together, the largest first; what has no value comes last.
    """
    found = list(figures)
    match order:
        case "value":
            found.sort(key=lambda each: _size(each, -1 if not reverse else 1))
            found.sort(key=lambda each: (each.label, each.unit))
        case "article":
            found.sort(key=lambda each: (fold(each.title), each.article_id), reverse=reverse)
        case "label":
            found.sort(key=lambda each: (each.label, each.unit), reverse=reverse)
    return found


def _size(figure: Figure, sign: int) -> tuple[bool, float, float]:
    found = figure.bounds
    return (True, 0, 0) if found is None else (False, sign * found.high, sign * found.low)


@dataclass(slots=True)
class Total:
    """The figures of a label and a unit together.

    `least` and `most` are values; `sum` is that of the `exact` ones, None where they are of
    different things, or cannot be added up.
    """

    label: str
    unit: str
    count: int = 0
    exact: int = 0
    least: Value | None = None
    most: Value | None = None
    _low: float = 0
    _high: float = 0
    _sum: Decimal = Decimal(0)
    _things: set[str] = field(default_factory=set)

    @property
    def sum(self) -> Decimal | None:
        return self._sum if self.exact and len(self._things) == 1 else None

    def take(self, figure: Figure) -> None:
        self.count += 1
        found = figure.bounds
        if found is None:
            return
        if self.least is None or found.low < self._low:
            self.least, self._low = figure.value, found.low
        if self.most is None or found.high > self._high:
            self.most, self._high = figure.value, found.high
        low = figure.value.get("min")
        if self.label in SUMMED and isinstance(low, str) and low == figure.value.get("max"):
            self.exact += 1
            self._things.add(str(figure.value.get("of") or ""))
            self._sum = _EXACT.add(self._sum, Decimal(low))


def summed(figures: Iterable[Figure], totals: dict[tuple[str, str], Total]) -> Iterator[Figure]:
    """The figures, each of them counted in the total of its label and unit."""
    for each in figures:
        key = each.label, each.unit
        totals.setdefault(key, Total(*key)).take(each)
        yield each
