"""Phrases of the lexicon (units, currencies, comparators), looked up in a line.

A word of a phrase is a form («руб», «км») or a lemma («рубль»); the longest phrase wins.
"""

from collections.abc import Iterable
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
        self._beginning_with = lru_cache(maxsize=50_000)(self._look_up)
        for phrase, meaning in rows:
            words = tuple(fold(phrase).split(" "))
            self._by_first.setdefault(words[0], []).append((words, meaning))

    def words(self, first: bool) -> frozenset[str]:
        """The words that phrases begin with, or the words after these."""
        phrases = [words for rows in self._by_first.values() for words, _ in rows]
        return frozenset(word for words in phrases for word in (words[:1] if first else words[1:]))

    def read(self, line: Line, i: int) -> tuple[T, int] | None:
        """What the longest phrase at piece `i` stands for, and the piece after it."""
        for words, meaning in self._beginning_with(line.low(i)):
            if all(word in self._names(line.low(i + n)) for n, word in enumerate(words[1:], 1)):
                return meaning, i + len(words)
        return None

    def _look_up(self, low: str) -> list[tuple[tuple[str, ...], T]]:
        """The phrases that a form may begin, the longest first."""
        found = [row for name in self._names(low) for row in self._by_first.get(name, ())]
        return sorted(found, key=lambda row: -len(row[0]))

    def _names(self, low: str) -> frozenset[str]:
        return _names(low) if self._by_lemma else frozenset((low,))


@lru_cache(maxsize=200_000)
def _names(low: str) -> frozenset[str]:
    """The form and its lemmas, of Cyrillic words that are long enough to be inflected."""
    if len(low) < _SHORTEST_INFLECTED or not "а" <= low[0] <= "я":
        return frozenset((low,))
    return lemmas(low)
