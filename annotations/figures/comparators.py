"""Comparators and approximators («более», «не менее», «около»), and «до» that is none."""

from functools import cache
from typing import NamedTuple

from annotations.figures.phrases import Phrases
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas
from annotations.lexicon import table

PREPOSITIONS = frozenset({"в", "во", "на", "за", "с", "со", "к", "о"})
_DIRECTION_REACH = 12  # pieces looked back for «вырос … до»
_SENTENCE_ENDS = frozenset(".!?;")
_NO_DIRECTION = frozenset(
    ["составить", "составлять", "мочь", "ожидаться", "размер", "сумма", "срок", "штраф"]
)


class Bound(NamedTuple):
    """What a comparator says of the number after it: "min", "max" or "none"."""

    side: str
    approx: bool


@cache
def comparators() -> Phrases[Bound]:
    """The comparators and approximators of the lexicon."""
    return Phrases(
        (
            (phrase, Bound(side, approx == "approx"))
            for side, approx, phrases in table("comparators")
            for phrase in phrases.split(",")
        ),
        by_lemma=False,
    )


def read_comparator(line: Line, i: int) -> tuple[Bound, int] | None:
    """The comparator at piece `i`, two of them taken together («примерно до»)."""
    return line.remember("comparator", i, _read)


def _read(line: Line, i: int) -> tuple[Bound, int] | None:
    first = comparators().read(line, i)
    if first is None or (line.low(i) == "до" and is_direction(line, i)):
        return None
    bound, end = first
    second = comparators().read(line, end)
    if second is not None and line.low(end) != "до":
        side = bound.side if second[0].side == "none" else second[0].side
        return Bound(side, bound.approx or second[0].approx), second[1]
    return bound, end


def is_direction(line: Line, i: int) -> bool:
    """Whether the «до» at piece `i` says where something arrived («вырос до 5%»)."""
    directions = _directions()
    for j in range(i - 1, max(-1, i - 1 - _DIRECTION_REACH), -1):
        piece = line.at(j)
        if piece.low in _SENTENCE_ENDS and line.at(j + 1).text[:1].isupper():
            return False
        if piece.kind == WORD and len(piece.low) > 3:
            names = lemmas(piece.low)
            if names & directions:
                return True
            if names & _NO_DIRECTION:
                return False
    return False


@cache
def _directions() -> frozenset[str]:
    return frozenset(row[0] for row in table("directions"))


def is_approximate(line: Line, i: int) -> bool:
    """Whether an approximator and a preposition stand before piece `i` («почти в миллион»)."""
    if line.low(i - 1) not in PREPOSITIONS:
        return False
    found = comparators().read(line, i - 2)
    return found is not None and found[0].approx and found[1] == i - 1
