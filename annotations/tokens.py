"""Words, sentences and paragraphs of a text, as offsets.

Words come from one regular expression (a stress mark, U+0301, belongs to its word);
sentences come from razdel and never cross a line break.
"""

import re
from collections.abc import Iterator

from annotations.folding import STRESS as STRESS
from annotations.folding import WORD as WORD
from annotations.folding import fold as fold
from annotations.spans import Span, Token

_LINE = re.compile(r"[^\n]+")


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of `text[start:end]`, in order."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Token(match.start(), match.end(), match.group())


def lines(text: str) -> Iterator[Span]:
    """The lines of the text that are not empty, without their line breaks."""
    for match in _LINE.finditer(text):
        yield Span(match.start(), match.end())


def sentences(text: str) -> Iterator[Span]:
    """The sentences of the text, in order, without the white space between them."""
    for line in lines(text):
        yield from sentences_of_line(text, line)


def sentences_of_line(text: str, line: Span) -> Iterator[Span]:
    """The sentences of one line."""
    from razdel import sentenize

    for sentence in sentenize(text[line.start : line.end]):
        if sentence.start < sentence.stop:
            yield Span(line.start + sentence.start, line.start + sentence.stop)
