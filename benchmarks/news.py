"""Made-up news with a vocabulary like that of real news, for measurements of the search.

`python benchmarks/news.py COUNT [--seed N] [--first N]` prints articles as JSONL; other programs
ask a `Newsroom` for the article of a number, which is the same each time.  Articles have topics,
words that often stand together, made-up names in their case forms, and figures with values;
they are no sentences.
"""

import argparse
import random
import sys
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations import wire
from annotations.model import Annotation, Article, Document, Source, Value
from benchmarks.corpus import AUTHOR, MONTHS, STAMP
from benchmarks.lexicon import LEMMAS, make_lexicon, rank_of
from benchmarks.names import Register

WORDS = 300  # in an article, on average
FIRST_DAY, DAYS = date(2023, 1, 1), 1095
SOURCES = tuple(
    Source(name=f"{name}.example")
    for name in ("вести", "гудок", "заря", "курьер", "маяк", "степь", "утро", "юг")
)
PAIRS = 4_000  # of words that often stand together
FREQUENT_PAIRS = 60  # of them made of the most frequent words
TOPIC, TOPICAL = 12, 40  # words that an article comes back to, and how often in all
MENTIONS, FIGURES, TOGETHER = 7, 3, 9  # of names, of figures, of pairs, in an article

Figure = tuple[str, str, Value]
_Mark = tuple[int, str, Value, str | None]  # length, label, value, entity


def _money(chance: random.Random) -> Figure:
    number = chance.randrange(2, 900)
    scale, zeros = chance.choice((("тыс.", 3), ("млн", 6), ("млн", 6), ("млрд", 9)))
    unit, code = chance.choice(
        (("рублей", "RUB"), ("рублей", "RUB"), ("тенге", "KZT"), ("долларов", "USD"))
    )
    value = str(number * 10**zeros)
    if chance.random() < 0.2:
        said, most = f"более {number} {scale} {unit}", None
    else:
        said, most = f"{number} {scale} {unit}", value
    return said, "MONEY", {"min": value, "max": most, "unit": code}


def _percent(chance: random.Random) -> Figure:
    value = str(chance.randrange(1, 100))
    return f"{value}%", "PERCENT", {"min": value, "max": value, "unit": "%"}


def _number(chance: random.Random) -> Figure:
    value = str(chance.randrange(11, 2000))
    return value, "NUMBER", {"min": value, "max": value}


def _date(chance: random.Random) -> Figure:
    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year} года"
    return said, "DATE", {"start": day.isoformat(), "end": day.isoformat()}


_FIGURES: Sequence[Callable[[random.Random], Figure]] = (_money, _money, _percent, _number, _date)


class Newsroom:
    """Writes the article of any number; those of another seed are others."""

    def __init__(self, seed: int = 0, *, lemmas: int = LEMMAS, beginning: str = "") -> None:
        self._seed = seed
        self.lexicon = make_lexicon(seed, lemmas=lemmas, beginning=beginning)
        self._register = Register(seed)
        self.pairs = self._made_pairs(random.Random(seed))

    def _made_pairs(self, chance: random.Random) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What often stands together, the most frequent words first."""
        frequent = self.lexicon.words[:FREQUENT_PAIRS]
        firsts = [*frequent, *self.lexicon.draw_words(chance, PAIRS - len(frequent))]
        seconds = [
            *chance.sample(frequent, len(frequent)),
            *self.lexicon.draw_words(chance, PAIRS - len(frequent)),
        ]
        return list(zip(firsts, seconds, strict=True))

    def articles(self, numbers: Iterable[int]) -> Iterator[Document]:
        return map(self.article, numbers)

    def article(self, number: int) -> Document:
        chance = random.Random(self._seed << 40 | number)
        words = self._words(chance)
        marks = self._marks(chance, words)
        title = " ".join(words[: chance.randrange(6, 10)]).replace("%", "")
        title = title[0].upper() + title[1:]
        paragraphs = list(_paragraphs(chance, words))
        text = "\n\n".join([title, *(" ".join(words[a:b]) for a, b in paragraphs)])
        article = Article(
            f"news-{number:07}",
            text,
            title,
            (FIRST_DAY + timedelta(chance.randrange(DAYS))).isoformat(),
            chance.choice(SOURCES),
        )
        return Document(article, tuple(_annotations(words, marks, paragraphs, len(title) + 2)))

    def _words(self, chance: random.Random) -> list[str]:
        """What an article is made of, before names and figures take their places."""
        count = chance.randrange(WORDS - 60, WORDS + 40)
        words = chance.choices(self.lexicon.deck, k=count)
        topic = self.lexicon.draw_words(chance, TOPIC)
        for _ in range(TOPICAL):
            words[int(chance.random() * count)] = chance.choice(chance.choice(topic))
        for _ in range(TOGETHER):
            first, second = self.pairs[rank_of(chance.random(), PAIRS)]
            words[int(chance.random() * count)] = f"{chance.choice(first)} {chance.choice(second)}"
        return words

    def _marks(self, chance: random.Random, words: list[str]) -> Sequence[tuple[int, _Mark]]:
        """Names and figures, put in place of some words."""
        marks: dict[int, _Mark] = {}
        cast = self._register.cast(chance)
        for _ in range(MENTIONS):
            number = int(chance.random() * len(cast))
            named = cast[number]
            said = chance.choice(named.forms)
            place = int(chance.random() * len(words))
            words[place] = said
            marks[place] = len(said), named.label, {"name": named.forms[0]}, f"e{number + 1}"
        for _ in range(FIGURES):
            said, label, value = chance.choice(_FIGURES)(chance)
            place = int(chance.random() * len(words))
            words[place] = said
            marks[place] = len(said), label, value, None
        return sorted(marks.items())


def _paragraphs(chance: random.Random, words: list[str]) -> Iterator[tuple[int, int]]:
    """From which word to which a paragraph goes; capitals and full stops are put in."""
    begin = first = 0
    while first < len(words):
        end = min(first + chance.randrange(8, 26), len(words))
        words[first] = words[first][0].upper() + words[first][1:]
        if end - first > 14:
            words[first + 6] += ","
        words[end - 1] += "."
        if end == len(words) or chance.random() < 0.3:
            yield begin, end
            begin = end
        first = end


def _annotations(
    words: Sequence[str],
    marks: Sequence[tuple[int, _Mark]],
    paragraphs: Sequence[tuple[int, int]],
    start: int,
) -> Iterator[Annotation]:
    places = list(accumulate((len(word) + 1 for word in words), initial=start))
    begins = [begin for begin, _ in paragraphs[1:]]
    for number, (word, (length, label, value, entity)) in enumerate(marks, 1):
        place = places[word] + bisect(begins, word)
        yield Annotation(
            f"s{number}", place, place + length, label, AUTHOR, STAMP, STAMP, value, entity
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--first", type=int, default=0)
    chosen = options.parse_args()
    newsroom = Newsroom(chosen.seed)
    for document in newsroom.articles(range(chosen.first, chosen.first + chosen.count)):
        sys.stdout.write(wire.to_line(document))


if __name__ == "__main__":
    main()
