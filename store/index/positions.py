"""How the words of a text stand in the index: a position a word, with what it is found by.

A position holds tokens apart by `|`: the likeliest lemmas of the word, and after `=` its form.
What else a word may be a form of is asked for by its form.  Positions are apart by blanks, in
texts and in queries alike, so that SQLite's tokenizer has nothing to do but to part them.
"""

from collections.abc import Iterable

EXACT = "="
_MOST = 50_000  # positions that are kept parted; one takes some 400 bytes

Position = str


class Tokenizer(dict[Position, tuple[str, ...]]):
    """What FTS5 calls for each text and each string of a query.

    A position comes as a tuple of tokens that stand at the same place.
    """

    def __init__(self, *_: object) -> None:
        super().__init__()

    def __call__(self, encoded: bytes, _flags: int, _locale: str | None) -> list[tuple[str, ...]]:
        if len(self) > _MOST:
            self.clear()
        return [self[each] for each in encoded.decode().split(" ")]

    def __missing__(self, found: Position) -> tuple[str, ...]:
        parted = self[found] = tuple(found.split("|"))
        return parted


def position(form: str, lemmas: Iterable[str]) -> Position:
    """What a form is found by: its likeliest lemmas and itself."""
    return "|".join((*lemmas, EXACT + form))
