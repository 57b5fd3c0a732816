"""A line of text cut into pieces: numbers, words, marks, with codes set aside.

Figures are read from pieces, never from raw text; a piece knows its offsets in the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from annotations.figures import codes
from annotations.figures.words import cuts
from annotations.tokens import STRESS, fold

NUMBER = "number"  # 12; 1 250 000; 1,5
SUFFIXED = "suffixed"  # 5-й; 1990-х; 52-летний
CLOCK = "clock"  # 14:30
DAY = "day"  # 04.11.2025; 2025-11-04
WORD = "word"
MARK = "mark"  # one character that is none of these
CODE = "code"  # a name, an address, a code: never part of a figure


class Piece(NamedTuple):
    """A stretch of the text; `low` is its folded form."""

    kind: str
    text: str
    low: str
    start: int
    end: int


T = TypeVar("T")
BLANK = Piece("", "", "", -1, -1)
_PADDING = (BLANK,) * 32  # more than any reader looks back or ahead

_GROUP = r"[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+(?![0-9])"
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{STRESS}])*"
_PIECES = {
    # What most of a text is, before anything else is tried: the two say nothing new.
    "plain": r"[А-Яа-яЁё]++(?=[,;:!?)»\"]|\.?(?:\s|$))",
    "stop": r"[,;:!?«»\"()—]|\.(?=\s|$)",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}(?![0-9]|\.[0-9])",
    "clock": r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![\d:])",
    "code": codes.alternatives(codes.CODES),
    "suffixed": rf"(?:{_GROUP}|[0-9]+(?:[.,][0-9]+)?)[-‑–][а-яё]+(?:-[а-яё]+)*",
    "grouped": rf"{_GROUP}(?:,[0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9]|\.[0-9])(?:,[0-9]+)?"
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}(?![0-9])(?:\.[0-9]+)?",
    "late": codes.alternatives(codes.AFTER_NUMBERS),
    "number": r"[0-9]+(?:[.,][0-9]+)?",
    "word": rf"{_LETTERS}(?:[-'’‐‑]{_LETTERS})*",
    "mark": r"\S",
}
_PIECE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES.items()))
_KINDS = {
    "plain": WORD,
    "stop": MARK,
    "day": DAY,
    "clock": CLOCK,
    "code": CODE,
    "late": CODE,
    "suffixed": SUFFIXED,
    "grouped": NUMBER,
    "number": NUMBER,
    "word": WORD,
    "mark": MARK,
}
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces of one line, the day that it was published, and a memo for readers.

    Blank pieces pad the end, so that looking a few pieces beyond either end finds BLANK.
    """

    text: str
    pieces: tuple[Piece, ...]
    published: date | None
    memo: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False)

    def at(self, i: int) -> Piece:
        """The piece at a place, BLANK beyond the ends of the line."""
        return self.pieces[i]

    def low(self, i: int) -> str:
        """The folded form of the piece at a place."""
        return self.pieces[i].low

    def __len__(self) -> int:
        return len(self.pieces) - len(_PADDING)

    def glued(self, i: int) -> bool:
        """Whether nothing stands between piece `i` and the one before it."""
        return 0 < i < len(self) and self.pieces[i].start == self.pieces[i - 1].end

    def remember(self, key: str, i: int, read: Callable[["Line", int], T]) -> T:
        """What `read` says of place `i`, asked only once."""
        place = key, i
        if place not in self.memo:
            self.memo[place] = read(self, i)
        found: T = self.memo[place]
        return found


def lines(text: str, published: date | None, begin: int = 0) -> Iterator[Line]:
    """The lines of a text, from an offset on, that are not empty."""
    for match in _LINE.finditer(text, begin):
        pieces = tuple(_pieces(text, match.start(), match.end()))
        yield Line(text, pieces + _PADDING, published)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(text, start, end):
        kind, word = _KINDS[match.lastgroup or "mark"], match.group()
        low, places = spelling(word)
        if places and kind == WORD:
            yield from _apart(text, match.start(), (*places, len(word)))
        else:
            yield Piece(kind, word, low, match.start(), match.end())


@lru_cache(maxsize=100_000)
def spelling(word: str) -> tuple[str, tuple[int, ...]]:
    """The folded form of a word, and where the word comes apart."""
    low = fold(word)
    return low, cuts(low) if len(low) == len(word) else ()


def _apart(text: str, start: int, places: tuple[int, ...]) -> Iterator[Piece]:
    """The parts of a word that was written together, each a piece of its own."""
    previous = start
    for place in places:
        part = text[previous : start + place]
        yield Piece(WORD if part[0].isalpha() else MARK, part, fold(part), previous, start + place)
        previous = start + place
