"""A text as the recognisers read it: words with their places, and what stands around them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from annotations.lexicon import table
from annotations.model import Token
from annotations.tokens import words

SPACES = frozenset({" ", "\xa0", "\u202f"})
OPENING = tuple('«"“„')  # a tuple: the empty string is not in it
CLOSING = tuple('»"”“')
_JOINED_PARTICLES = next(row[1].split() for row in table("name_particles") if row[0] == "joined")
_SENTENCE_END = re.compile(r"[.!?…:;|•]")
_JOINED = re.compile("(?:" + "|".join(_JOINED_PARTICLES) + ")-[А-ЯЁ]")
_LONGEST_WORD = 60
_MOST_HYPHENS = 5
_SKIPPED = " \t\xa0\u202f«»\"“”„(—–-*'"


class Mention(NamedTuple):
    """A span that may name a person (PER), a place (LOC) or an organisation (ORG).

    `confidence` is the weight of the rule that found it, by which rules yield to one another;
    `chance` is how probable the model that marked it holds it, where there is one.
    """

    start: int
    end: int
    label: str
    confidence: float
    chance: float = 1.0

    def overlaps(self, other: "Mention") -> bool:
        return self.start < other.end and other.start < self.end


def is_wordlike(word: str) -> bool:
    """Whether a word is short enough to be looked up; base64 and «а-а-а-а-а-а» are not."""
    return len(word) <= _LONGEST_WORD and word.count("-") <= _MOST_HYPHENS


@dataclass(frozen=True)
class Reading:
    """The text and its words; `text` is not changed, offsets are its code points."""

    text: str

    @cached_property
    def words(self) -> Sequence[Token]:
        """The words of the text but for endless ones, which are no part of a name."""
        return tuple(word for word in words(self.text) if is_wordlike(word.text))

    @cached_property
    def capitals(self) -> Sequence[int]:
        """The indexes of the words that begin with a capital, or with «аль-» and one."""
        return [
            i
            for i, word in enumerate(self.words)
            if word.text[0].isupper() or ("-" in word.text and _JOINED.match(word.text))
        ]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [word.start for word in self.words]

    def index_at(self, offset: int) -> int:
        """Index of the first word that starts at `offset` or after it."""
        return bisect_left(self._starts, offset)

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The words that start in `text[start:end]`."""
        return self.words[self.index_at(start) : self.index_at(end)]

    def word(self, index: int) -> str:
        """The word with this index; empty outside of the text."""
        return self.words[index].text if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands between the word with this index and the next one; at the ends \\n."""
        if not 0 <= index < len(self.words) - 1:
            return "\n"
        return self.text[self.words[index].end : self.words[index + 1].start]

    def before(self, offset: int) -> str:
        """The word right before `offset` (at most quotes and spaces between), else empty."""
        index = self.index_at(offset) - 1
        between = self.text[self.words[index].end : offset] if index >= 0 else "\n"
        return (
            self.words[index].text if not between.strip(' \xa0«"“„') and "\n" not in between else ""
        )

    def after(self, offset: int) -> str:
        """The word right after `offset` (at most quotes and spaces between), else empty."""
        index = self.index_at(offset)
        if index >= len(self.words):
            return ""
        between = self.text[offset : self.words[index].start]
        return (
            self.words[index].text if not between.strip(' \xa0»"”“') and "\n" not in between else ""
        )

    def starts_sentence(self, offset: int) -> bool:
        """Whether a capital at `offset` says nothing: a sentence or a line starts there."""
        at = offset - 1
        while at >= 0 and offset - at < 20 and self.text[at] in _SKIPPED:
            at -= 1
        return at < 0 or self.text[at] == "\n" or _SENTENCE_END.match(self.text, at) is not None

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` is all that stands between two quotes."""
        return self.text[start - 1 : start] in OPENING and self.text[end : end + 1] in CLOSING

    def of(self, mention: Mention) -> str:
        return self.text[mention.start : mention.end]


def in_order(mentions: Sequence[Mention]) -> list[Mention]:
    """Text order; of mentions that overlap the surer, then the longer, then the earlier stays."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        while kept and kept[-1].overlaps(mention):
            if _authority(kept[-1]) >= _authority(mention):
                break
            kept.pop()
        else:
            kept.append(mention)
    return kept


def _authority(mention: Mention) -> tuple[float, int]:
    return mention.confidence, mention.end - mention.start
