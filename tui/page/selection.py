"""What is selected in a text: from where it began, the anchor, to the head, both included."""

from dataclasses import dataclass

from annotations.model import Span
from annotations.snapping import (
    character_at,
    next_character,
    previous_character,
    snap,
    with_full_stop,
)
from tui.page.words import Words

TRIES = 8  # words that a boundary passes to find a place where it may stand


@dataclass(frozen=True, slots=True)
class Selection:
    """`anchor` and `head` are words or, where it is `exact`, single characters."""

    anchor: Span
    head: Span
    exact: bool = False

    @property
    def span(self) -> Span:
        return Span(
            min(self.anchor.start, self.head.start),
            max(self.anchor.end, self.head.end),
        )

    def by_word(self, words: Words, direction: int) -> "Selection | None":
        """The head a word further, the word that it stands within first; None at the end."""
        if direction > 0:
            head = words.at(self.head.end)
            found = head if head is not None and head.end > self.head.end else None
        else:
            found = words.reaching(self.head.start - 1) if self.head.start else None
        return None if found is None else Selection(self.anchor, found, self.exact)

    def by_character(self, text: str, direction: int) -> "Selection | None":
        """The head a character further, from now on nothing but characters; None at the end."""
        span = self.span
        first, last = character_at(text, span.start), character_at(text, span.end - 1)
        is_forward = self.head.start >= self.anchor.start
        anchor, head = (first, last) if is_forward else (last, first)
        if head.end >= len(text) if direction > 0 else head.start <= 0:
            return None
        place = head.end if direction > 0 else head.start - 1
        return Selection(anchor, character_at(text, place), exact=True)


def selected_character(text: str, span: Span, direction: int) -> Selection:
    """The character of a span that a selection by characters begins with."""
    character = character_at(text, span.start if direction > 0 else span.end - 1)
    return Selection(character, character, exact=True)


def selected(text: str, span: Span, *, exact: bool) -> Selection:
    """A whole stretch, which goes on at its end."""
    return Selection(span, character_at(text, span.end - 1), exact)


def moved_by_word(text: str, words: Words, span: Span, *, end: bool, direction: int) -> Span | None:
    """The span with one end a word to the right (1) or left (-1); None where it cannot go there.

    It comes out without stray punctuation and with whole pairs of marks, for which the end may
    go several words further; where that does not help, it goes by its one word.  It does not grow
    out of its paragraph.
    """
    first: Span | None = None
    start, stop = span.start, span.end
    for _ in range(TRIES):
        if end:
            word = words.after(stop) if direction > 0 else words.before(stop - 1)
            stop = word.end if word else stop
        else:
            word = words.after(start + 1) if direction > 0 else words.before(start)
            start = word.start if word else start
        if word is None or start >= stop or _leaves_paragraph(text, span, start, stop):
            break
        plain = Span(start, stop)
        snapped = with_full_stop(text, snap(text, plain))
        moved = snapped.end - span.end if end else snapped.start - span.start
        if moved * direction > 0:
            return snapped
        first = first or plain
    return first


def moved_by_character(text: str, span: Span, *, end: bool, direction: int) -> Span | None:
    """The span with one end a character to the right (1) or left (-1), exactly as asked."""
    step = next_character if direction > 0 else previous_character
    place = step(text, span.end if end else span.start)
    start, stop = (span.start, place) if end else (place, span.end)
    if _leaves_paragraph(text, span, start, stop):
        return None
    return Span(start, stop) if start < stop and (start, stop) != (span.start, span.end) else None


def _leaves_paragraph(text: str, span: Span, start: int, stop: int) -> bool:
    """Whether a span that grows takes in a line break."""
    return "\n" in text[start : span.start] or "\n" in text[span.end : stop]


def is_at_paragraph_edge(text: str, span: Span, *, end: bool) -> bool:
    """Whether nothing but the end (or the beginning) of its paragraph is beside a span."""
    if end:
        stop = text.find("\n", span.end)
        return not any(map(str.isalnum, text[span.end : None if stop < 0 else stop]))
    return not any(map(str.isalnum, text[text.rfind("\n", 0, span.start) + 1 : span.start]))
