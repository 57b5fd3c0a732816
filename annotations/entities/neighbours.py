"""Names that are listed together name things of one kind: «Маскат, Измир и Сан-Хосе»."""

import re
from collections.abc import Sequence

from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import kinds

_BETWEEN = re.compile(r",? (?:и|или|либо|а также) |, | ?[—–] ?|/")
_SURE = 0.8
_LABELS = frozenset({"PER", "LOC"})


def listed_together(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """A doubtful name of one word takes the label of a sure neighbour, from either side."""
    found = list(mentions)
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for place in order:
            found[place] = _like(reading, found[place], found[place + step])
    return found


def _like(reading: Reading, mention: Mention, neighbour: Mention) -> Mention:
    if neighbour.label == mention.label or not {mention.label, neighbour.label} <= _LABELS:
        return mention
    if mention.confidence >= _SURE or neighbour.confidence < _SURE:
        return mention
    left, right = sorted((mention, neighbour))
    between = reading.text[left.end : right.start]
    inside = reading.of(mention)
    if " " in inside or not _BETWEEN.fullmatch(between) or not _may_be(inside, neighbour.label):
        return mention
    return mention._replace(label=neighbour.label, confidence=_SURE)


def _may_be(word: str, label: str) -> bool:
    kind = kinds(word)
    return not kind.known or (kind.place if label == "LOC" else kind.person) > 0.1
