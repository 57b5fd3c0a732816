"""What is shown of one entity: with whom it is mentioned, beside which figures, in what words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotations.model import Document, Span
from annotations.query.text_hits import Hit
from store.concordance import Line, line_of
from store.entities import Companion, EntityRow, Mention, companions, entity, mentions_of
from store.figures import Figure, figure, figure_labels, figures_of, read, sentence_at
from store.index.index import Index, Row
from store.library_reader import LibraryReader

NEWEST = 200  # articles that are read


@dataclass(frozen=True, slots=True)
class EntityPage:
    """`figures` and `lines` come from the newest articles; `read` is how many those are."""

    row: EntityRow
    companions: Sequence[Companion]
    figures: Sequence[Figure]
    lines: Sequence[Line]
    read: int


def read_page(
    library: LibraryReader, index: Index, thing: int, newest: int = NEWEST
) -> EntityPage | None:
    """The page of an entity; None where nothing mentions it any longer."""
    row = entity(index, thing)
    if row is None:
        return None
    places = _first_articles(mentions_of(index, thing), newest)
    figures: list[Figure] = []
    lines: list[Line] = []
    labels = figure_labels(library.schema)
    for article in index.rows([*places]):
        document = read(library, article)
        if document is not None:
            mentions = [each for each in places[article.docid] if _is_in(each, document)]
            lines += _lines(article, document, mentions)
            figures += _figures_beside(document, mentions, labels)
    return EntityPage(row, companions(index, thing), figures, lines, len(places))


def _first_articles(mentions: Iterable[Mention], count: int) -> dict[int, list[Mention]]:
    places: dict[int, list[Mention]] = {}
    for each in mentions:
        if each.docid not in places and len(places) == count:
            break
        places.setdefault(each.docid, []).append(each)
    return places


def _is_in(mention: Mention, document: Document) -> bool:
    return mention.end <= len(document.article.text)


def _lines(article: Row, document: Document, mentions: Iterable[Mention]) -> list[Line]:
    text = document.article.text
    return [line_of(article, text, Hit(each.start, each.end)) for each in mentions]


def _figures_beside(
    document: Document, mentions: Iterable[Mention], labels: frozenset[str]
) -> list[Figure]:
    """The figures in the sentences of mentions."""
    article = document.article
    spans = {sentence_at(article.text, Span(each.start, each.end)) for each in mentions}
    return [
        figure(article, each)
        for each in figures_of(document, labels)
        if any(span.start <= each.start < span.end for span in spans)
    ]
