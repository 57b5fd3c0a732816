"""Which articles have all the words, in any case form."""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from annotations.model import Article, Document, Span, Token
from annotations.search import Query, find_words
from annotations.tokens import sentences


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has all the words.

    `sentence` is the first of the sentences that have the most of them, `marks` the words in
    it that were asked for (offsets in the article), `count` how often they occur in all.
    """

    article: Article
    sentence: Span
    marks: tuple[Span, ...]
    count: int


def search(documents: Iterable[Document], query: Query) -> Iterator[Hit]:
    """The articles with every word of the query, in the order in which they come."""
    for document in documents:
        hit = search_article(document.article, query)
        if hit is not None:
            yield hit


def search_article(article: Article, query: Query) -> Hit | None:
    """The best sentence of an article that has every word of the query, else None."""
    found = list(find_words(article.text, query))
    if len(_asked(found)) < len(query.words) or not found:
        return None
    spans = list(sentences(article.text))
    starts = [sentence.start for sentence in spans]
    by_sentence = groupby(found, key=lambda pair: bisect(starts, pair[0].start) - 1)
    best, marked = max(
        ((spans[number], list(pairs)) for number, pairs in by_sentence),
        key=lambda candidate: len(_asked(candidate[1])),
    )
    marks = tuple(Span(token.start, token.end) for token, _ in marked)
    return Hit(article, best, marks, len(found))


def _asked(found: Iterable[tuple[Token, frozenset[int]]]) -> frozenset[int]:
    return frozenset().union(*(asked for _, asked in found))
