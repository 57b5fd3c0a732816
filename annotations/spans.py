"""Stretches of a text and words in it.

Offsets are code points of the article's text; `start` inclusive, `end` exclusive.
"""

from dataclasses import dataclass

from annotations.errors import InvalidSpan
from annotations.phrase import Phrase


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, `0 <= start < end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidSpan(
                Phrase(
                    "a span needs 0 <= start < end, got {start} and {end}",
                    start=self.start,
                    end=self.end,
                )
            )

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text."""

    start: int
    end: int
    text: str
