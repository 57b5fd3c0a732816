"""The words of a text, found where they are asked for."""

from collections.abc import Callable, Iterator
from itertools import takewhile

from annotations.model import Span
from annotations.tokens import words


class Words:
    """The words of a text, for a cursor that goes from word to word.

    They are looked for around an offset when they are asked for: no word has a space within.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, offset: int) -> Span | None:
        """The word at an offset, else the next one, else the last."""
        found = self._from(offset)
        word = next((each for each in found if each.end > offset), None)
        return word or self.before(len(self._text))

    def after(self, offset: int) -> Span | None:
        """The first word that starts at `offset` or later."""
        return next((each for each in self._from(offset) if each.start >= offset), None)

    def before(self, offset: int) -> Span | None:
        """The last word that ends at `offset` or earlier."""
        return self._last(offset, lambda word: word.end <= offset)

    def reaching(self, offset: int) -> Span | None:
        """The last word that starts at `offset` or earlier."""
        return self._last(offset, lambda word: word.start <= offset)

    def _from(self, offset: int) -> Iterator[Span]:
        """The words from the one at an offset on."""
        start = self._piece(offset)
        return (Span(token.start, token.end) for token in words(self._text, start))

    def _last(self, offset: int, fits: Callable[[Span], bool]) -> Span | None:
        """The last word that fits, of those that begin before an offset or there."""
        place, found = min(offset, len(self._text)), None
        while found is None and place >= 0:
            start = self._piece(place)
            for found_here in takewhile(fits, self._from(start)):
                found = found_here
            place = start - 1
        return found

    def _piece(self, offset: int) -> int:
        """Where the stretch without a space begins that holds an offset."""
        space = self._text.rfind(" ", 0, offset)
        return max(space, self._text.rfind("\n", space + 1, offset)) + 1
