"""What is asked of all searches: words chosen by the number of articles that have them."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from annotations.model import Document
from benchmarks.news import FREQUENT_PAIRS, Newsroom
from benchmarks.search_engine import Query

RARE = 20  # articles at most
MEDIUM = 0.001, 0.01  # shares of all articles
COMMON = 0.2, 1.0
LETTERS = 4, 5  # of what words begin with

_WORD = re.compile(r"\w+")


class _Frequencies:
    """In how many articles a word stands, in any case form; estimated for the frequent ones."""

    def __init__(self, newsroom: Newsroom, documents: Sequence[Document]) -> None:
        self._forms: Counter[str] = Counter()
        for document in documents:
            self._forms.update(set(_WORD.findall(document.article.text.lower())))
        self._all = len(documents)
        words = newsroom.lexicon.words
        self._of_word = [self._either(set(forms)) for forms in words]
        self._words: dict[str, list[int]] = {}
        for number, forms in enumerate(words):
            for form in set(forms):
                self._words.setdefault(form, []).append(number)

    def _either(self, forms: Iterable[str]) -> float:
        """Articles with one of these, if they know nothing of one another."""
        without = 1.0
        for form in forms:
            without *= 1 - self._forms[form] / self._all
        return self._all * (1 - without)

    def between(self, least: float, most: float) -> list[str]:
        """The forms in texts of words that stand in so many articles."""
        found = []
        for form, numbers in self._words.items():
            count = sum(self._of_word[number] for number in numbers)
            if least <= count <= most and self._forms[form] and "ё" not in form:
                found.append(form)
        return found


def make_queries(
    newsroom: Newsroom, documents: Sequence[Document], count: int, seed: int = 0
) -> Mapping[str, Sequence[Query]]:
    """So many of each kind, the same for the same articles."""
    chance = random.Random(seed)
    known = _Frequencies(newsroom, documents)
    size = len(documents)
    rare = known.between(1, RARE)
    medium = known.between(max(MEDIUM[0] * size, 2), max(MEDIUM[1] * size, 20))
    common = known.between(COMMON[0] * size, COMMON[1] * size)
    frequent, others = newsroom.pairs[:FREQUENT_PAIRS], newsroom.pairs[FREQUENT_PAIRS:]

    def word(forms: Sequence[str]) -> Callable[[int], Query]:
        return lambda _: Query("word", (chance.choice(forms),))

    def pair(
        pairs: Sequence[tuple[tuple[str, ...], tuple[str, ...]]],
    ) -> Callable[[int], Query]:
        return lambda _: Query("phrase", tuple(map(chance.choice, chance.choice(pairs))))

    def boolean(number: int) -> Query:
        if number % 2:
            return Query("or", (chance.choice(medium), chance.choice(medium)))
        return Query("and not", (*chance.sample(common, 2), chance.choice(medium)))

    def beginning(_: int) -> Query:
        return Query("prefix", (chance.choice(medium)[: chance.choice(LETTERS)],))

    def money(_: int) -> Query:
        return Query("money", amount=chance.randrange(1, 1000) * 10 ** chance.randrange(6, 10))

    kinds = {
        "rare word": word(rare),
        "medium word": word(medium),
        "common word": word(common),
        "phrase": pair(others),
        "phrase of common words": pair(frequent),
        "boolean": boolean,
        "prefix": beginning,
        "figure": money,
    }
    return {kind: [make(number) for number in range(count)] for kind, make in kinds.items()}
