"""Phrases of the lexicon (units, currencies, comparators), looked up in a line.

A word of a phrase is a form («руб», «км») or a lemma («рубль»); the longest phrase wins.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from annotations.figures.pieces import Line
from annotations.lemmas import lemmas
from annotations.tokens import fold

T = TypeVar("T")
_SHORTEST_INFLECTED = 3  # letters; shorter words are met as they are written


class Phrases(Generic[T]):
    """What each phrase stands for, by its words."""

    def __init__(self, rows: Iterable[tuple[str, T]], by_lemma: bool = True) -> None:
        self._by_lemma = by_lemma
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in rows:
            words = tuple(fold(phrase).split(" "))
            self._by_first.setdefault(words[0], []).append((words, meaning))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda row: -len(row[0]))

    @property
    def firsts(self) -> Mapping[str, list[tuple[tuple[str, ...], T]]]:
        """The phrases by their first word."""
        return self._by_first

    def read(self, line: Line, i: int) -> tuple[T, int] | None:
        """What the longest phrase at piece `i` stands for, and the piece after it."""
        best: tuple[T, int] | None = None
        for first in self._names(line.low(i)):
            for words, meaning in self._by_first.get(first, ()):
                end = i + len(words)
                if (best is None or end > best[1]) and self._matches(line, i, words):
                    best = meaning, end
        return best

    def _matches(self, line: Line, i: int, words: tuple[str, ...]) -> bool:
        return all(
            word in self._names(line.low(i + n)) for n, word in enumerate(words) if n or len(words)
        )

    def _names(self, low: str) -> frozenset[str]:
        return _names(low) if self._by_lemma else frozenset((low,))


@lru_cache(maxsize=200_000)
def _names(low: str) -> frozenset[str]:
    """The form and its lemmas, of Cyrillic words that are long enough to be inflected."""
    if len(low) < _SHORTEST_INFLECTED or not "а" <= low[0] <= "я":
        return frozenset((low,))
    return lemmas(low)
