"""An annotated article as plain lines, for pipes and screen readers: pure.

An annotation is written `[LABEL value: text]`; the value is left out where it is the text
itself.  A suggestion has a question mark (`[PER? …]`), a rejected annotation says so
(`[not PER …]`).  Nested ones stand in one another; of two that cross, the later one is cut
into parts that are numbered.  Brackets of the text itself stand behind a backslash.
"""

import heapq
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.style import Style

from annotations.model import STATUSES, Annotation, Document
from annotations.schema import Schema
from tui import theme
from tui.display import display
from tui.page.presentation import Run, shown_text
from tui.page.wrap import wrap
from tui.wording.words import value_in_words

WIDTH = 88  # cells: longer lines tire the eye

Piece = tuple[str, Style]
PlainLine = Sequence[Piece]

_OWN_BRACKETS = re.compile(r"[\[\]\\]")
_END_OF_HEAD = re.compile(r":(?=\s|$)")  # a colon in a value that could be taken for the head's


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an annotation that lies wholly within those around it."""

    annotation: Annotation
    start: int
    end: int
    number: int = 1


def plain_lines(document: Document, schema: Schema, width: int = WIDTH) -> Iterator[PlainLine]:
    """The article's lines of at most `width` cells; with 0 each paragraph is a line."""
    for name, content in _facts(document):
        yield ((f"{name}: ", theme.DIM), (display(content), theme.BOLD))
    yield ()
    yield from _wrapped(list(_pieces(document, schema)), width)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    """What is known of the article, as the lines above its text."""
    article = document.article
    source = article.source
    known = {
        "title": article.title,
        "date": article.published,
        "source": source.name or source.file or source.url,
        "annotations": _counts(document.annotations),
    }
    return ((name, content) for name, content in known.items() if content)


def _counts(annotations: Sequence[Annotation]) -> str:
    counts = Counter(each.status for each in annotations)
    return ", ".join(f"{counts[each]} {each}" for each in STATUSES if counts[each]) or "none"


def parts_of(annotations: Sequence[Annotation]) -> list[Part]:
    """The annotations in text order, cut where they cross one that began before them."""
    waiting = [
        (each.start, -each.end, number, 1) for number, each in enumerate(annotations)
    ]  # the longer one of the same start is the outer one
    heapq.heapify(waiting)
    found: list[Part] = []
    around: list[int] = []  # where the parts that are open end, the innermost last
    while waiting:
        start, negative_end, number, count = heapq.heappop(waiting)
        end = -negative_end
        while around and around[-1] <= start:
            around.pop()
        if around and around[-1] < end:
            heapq.heappush(waiting, (start, -around[-1], number, count))
            heapq.heappush(waiting, (around[-1], negative_end, number, count + 1))
            continue
        around.append(end)
        found.append(Part(annotations[number], start, end, count))
    return found


def _pieces(document: Document, schema: Schema) -> Iterator[Piece]:
    """The text with the marks in it, from its beginning to its end."""
    text = shown_text(document.article.text)
    parts = parts_of(document.annotations)
    counts = Counter(part.annotation.id for part in parts)
    open_parts: list[tuple[Part, Style]] = []
    place = 0

    def until(end: int) -> Iterator[Piece]:
        nonlocal place
        style = open_parts[-1][1] if open_parts else theme.PLAIN
        if place < end:
            yield (_escaped(text[place:end]), style)
        place = end

    def close(start: int) -> Iterator[Piece]:
        while open_parts and open_parts[-1][0].end <= start:
            yield from until(open_parts[-1][0].end)
            open_parts.pop()
            yield ("]", theme.DIM)

    for part in parts:
        yield from close(part.start)
        yield from until(part.start)
        annotation = part.annotation
        head = _head(annotation, document.text_of(annotation), part.number, counts)
        yield (f"[{head}: ", theme.DIM)
        depth = len(open_parts) + 1
        run = Run("", annotation.label, annotation.status, depth)
        open_parts.append((part, theme.run_style(schema, run)))
    yield from close(len(text))
    yield from until(len(text))


def _head(annotation: Annotation, text: str, number: int, parts: Mapping[str, int]) -> str:
    """Label, status and value: «PER? Анна Левченко»."""
    label = display(annotation.label)
    words = [f"{label}?" if annotation.status == "suggested" else label]
    if annotation.status == "rejected":
        words.insert(0, "not")
    if parts[annotation.id] > 1:
        words.append(f"part {number} of {parts[annotation.id]}")
    value = value_in_words(annotation.value)
    if value and value.split() != text.split():
        words.append(_END_OF_HEAD.sub(r"\:", _escaped(display(value))))
    return " ".join(words)


def _escaped(text: str) -> str:
    return _OWN_BRACKETS.sub(r"\\\g<0>", text)


def _wrapped(pieces: Sequence[Piece], width: int) -> Iterator[PlainLine]:
    """The pieces in lines."""
    text = "".join(piece for piece, _ in pieces)
    starts, place = [], 0
    for piece, _ in pieces:
        starts.append(place)
        place += len(piece)
    number = 0
    for start, end in wrap(text, width or 2 * len(text) + 1):
        while number + 1 < len(starts) and starts[number + 1] <= start:
            number += 1
        last = number
        while last + 1 < len(starts) and starts[last + 1] < end:
            last += 1
        cuts = [start, *starts[number + 1 : last + 1], end]
        yield tuple(
            (text[first:stop], pieces[number + index][1])
            for index, (first, stop) in enumerate(pairwise(cuts))
            if first < stop
        )
