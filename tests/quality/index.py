"""Ways to search, each as an inverted index in memory: what a word is found by, and asks for."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from annotations.lemmas import lemmas, parses
from annotations.terms import asked_terms, terms_of
from annotations.tokens import fold, words

_GAP = 2  # positions between sentences: no phrase crosses them


@dataclass(frozen=True, slots=True)
class Way:
    """A way to search: the terms of a word in a text, and of a word in a query."""

    name: str
    of_text: Callable[[str], frozenset[str]]
    of_query: Callable[[str], frozenset[str]]


def _exact(form: str) -> frozenset[str]:
    return frozenset({fold(form)})


@cache
def _best_parse(form: str) -> frozenset[str]:
    return frozenset(fold(parse.lemma) for parse in parses(fold(form))[:1])


@cache
def _our_text(form: str) -> frozenset[str]:
    terms = terms_of(form)
    return frozenset({*terms.best, *terms.others, "=" + fold(form)})


@cache
def _our_query(form: str) -> frozenset[str]:
    terms = asked_terms(form)
    return frozenset({*terms.best, *terms.others, "=" + fold(form)})


OURS = Way("lemma sets (ours)", _our_text, _our_query)
WAYS = (
    Way("exact words", _exact, _exact),
    Way("best parse", _best_parse, _best_parse),
    Way("all parses", lemmas, lemmas),
    OURS,
)


@dataclass(slots=True)
class Index:
    """Texts, and at which positions each term stands in them."""

    way: Way
    starts: list[int] = field(default_factory=list)
    positions: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _next: int = 0

    def add(self, text: str) -> None:
        """Index one more text; the first is number 0."""
        self.starts.append(self._next)
        for token in words(text):
            for term in self.way.of_text(token.text):
                self.positions[term].add(self._next)
            self._next += 1
        self._next += _GAP

    def found(self, query: str) -> set[int]:
        """The numbers of the texts that have the words of the query one after the other."""
        here: set[int] | None = None
        for token in words(query):
            of_word = _union(self.positions, self.way.of_query(token.text))
            here = of_word if here is None else {at for at in of_word if at - 1 in here}
        return {bisect_right(self.starts, at) - 1 for at in here or ()}


def _union(positions: Mapping[str, set[int]], terms: Iterable[str]) -> set[int]:
    return set().union(*(positions[term] for term in terms if term in positions))


def index_of(way: Way, texts: Iterable[str]) -> Index:
    """The index of these texts by one way to search."""
    index = Index(way)
    for text in texts:
        index.add(text)
    return index
