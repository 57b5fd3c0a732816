"""Where a text has the words that a query asks for; light, as a search needs it to start."""

import sys
from bisect import bisect
from collections.abc import Callable, Container, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from annotations.folding import BREAK, SOUGHT, STRESS, sought
from annotations.query.nodes import Annotated, Near, Node, Phrase, Word, positive

Forms = Callable[[Word], Container[object]]  # the folded forms that a word finds


_NOWHERE = -sys.maxsize, -sys.maxsize


class Hit(NamedTuple):
    """A stretch of the text; `annotation` is the id of the one that is meant, if one is."""

    start: int
    end: int
    annotation: str = ""


def text_hits(text: str, node: Node, forms: Forms, title: str = "") -> list[Hit]:
    """The stretches whose words the query asks for, whatever is annotated there, in text order.

    Words of the title are pointed at only where the text begins with it.
    """
    wanted = [each for each in positive(node) if not isinstance(each, Annotated)]
    spans: set[tuple[int, int]] = set()
    for field, there in (("text", text), ("title", text[: heading_length(text, title)])):
        asked = [each for each in wanted if each.field == field]
        tokens = Words(there if asked else "")
        spans.update(span for each in asked for span in tokens.spans(each, forms))
    return [Hit(start, end) for start, end in sorted(spans)]


def heading_length(text: str, title: str) -> int:
    """How much of the beginning of a text is its title, which may have been cut; 0: nothing."""
    heading = title.rstrip("…")
    return len(heading) if text.startswith(heading) else 0


def has_annotations(node: Node) -> bool:
    """Whether it takes an article's annotations to know all hits."""
    return any(isinstance(each, Annotated) for each in positive(node))


def asks_who(node: Node) -> bool:
    """Whether it takes an article's history to know all hits."""
    return any(isinstance(each, Annotated) and each.author for each in positive(node))


class Words:
    """The words of a text, folded, and where they stand; None at the end of a line."""

    def __init__(self, text: str) -> None:
        folded = sought(text)
        places: Sequence[int] = range(len(text) + 1)
        if len(folded) < len(text):  # without its stress marks
            places = [at for at, letter in enumerate(f"{text} ") if letter not in STRESS]
        self._words: list[tuple[str | None, int, int]] = [
            (word if word != BREAK else None, places[match.start()], places[match.end()])
            for match in SOUGHT.finditer(folded)
            for word in (match.group(),)
        ]

    def spans(self, node: Phrase | Near, forms: Forms) -> Iterator[tuple[int, int]]:
        """Stretches of the text, from the first character to the one after the last."""
        if isinstance(node, Phrase):
            places = iter(self._places(node, forms))
        else:
            places = _near([self._places(each, forms) for each in node.phrases], node.distance)
        return ((self._words[first][1], self._words[last][2]) for first, last in places)

    def _places(self, phrase: Phrase, forms: Forms) -> list[tuple[int, int]]:
        """The numbers of the first and of the last word wherever a phrase stands."""
        wanted = [forms(word) for word in phrase.words]
        words, length = self._words, len(phrase.words)
        return [
            (first, first + length - 1)
            for first, (word, _, _) in enumerate(words[: len(words) - length + 1])
            if word in wanted[0]
            and all(words[first + further][0] in wanted[further] for further in range(1, length))
        ]


def _near(places: Sequence[Sequence[tuple[int, int]]], distance: int) -> Iterator[tuple[int, int]]:
    """The places of phrases that have a place of each other one near, each of them once.

    As in the index, phrases may have words in common.
    """
    found: set[tuple[int, int]] = set()
    for last in {start for of_one in places for start, _ in of_one}:
        near = [_last_before(of_one, last) for of_one in places]
        if all(last <= end + distance + 1 for _, end in near):
            found.update(near)
    yield from sorted(found)


def _last_before(places: Sequence[tuple[int, int]], last: int) -> tuple[int, int]:
    """The last of the places of a phrase that begin there or before; else one that is nowhere."""
    number = bisect(places, last, key=itemgetter(0))
    return places[number - 1] if number else _NOWHERE
