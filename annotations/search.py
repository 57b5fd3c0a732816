"""Finding words by lemma: any case form of a word finds any other."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotations.lemmas import indexed_lemmas, lemmas
from annotations.model import Span, Token
from annotations.tokens import words


@dataclass(frozen=True, slots=True)
class Query:
    """The lemma sets of the words that were asked for, in their order."""

    words: tuple[frozenset[str], ...]


def parse_query(text: str) -> Query:
    """The words of a query; none where it has no letter and no digit."""
    return Query(tuple(lemmas(word.text) for word in words(text)))


def find_words(text: str, query: Query) -> Iterator[tuple[Token, frozenset[int]]]:
    """The words of the text that the query asks for, each with the numbers of its words."""
    asked_by = _Asked(query)
    for token in words(text):
        asked = asked_by[token.text]
        if asked:
            yield token, asked


def find_phrase(text: str, query: Query) -> list[Span]:
    """Where the words of the query follow one another, in their order."""
    length = len(query.words)
    if not length:
        return []
    asked_by = _Asked(query)
    tokens = list(words(text))
    matching = [asked_by[token.text] for token in tokens]
    return [
        Span(tokens[first].start, tokens[first + length - 1].end)
        for first in range(len(tokens) - length + 1)
        if all(offset in matching[first + offset] for offset in range(length))
    ]


class _Asked(dict[str, frozenset[int]]):
    """The numbers of the query's words that a form may be a form of; each form is read once."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def __missing__(self, form: str) -> frozenset[int]:
        found = indexed_lemmas(form)
        asked = frozenset(
            number for number, word in enumerate(self._query.words) if not found.isdisjoint(word)
        )
        self[form] = asked
        return asked
