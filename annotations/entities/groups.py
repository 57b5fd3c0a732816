"""Mention groups: which mentions in one article name one thing.

A group is known by a string that says nothing outside of its article.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import is_latin, kinds
from annotations.lexicon import table
from annotations.names import NameReading
from annotations.tokens import fold

_ALIASES = {fold(name): fold(row[0]) for row in table("aliases") for name in row}
_BRACKET = re.compile(r"[»\"”]? \(")
_QUOTES = str.maketrans("", "", '«»"“”„')


class Groups:
    """Disjoint sets of mentions, by index."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parent[second] = first


def grouped(
    reading: Reading, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> list[str]:
    """A string for each mention, the same for mentions of one thing."""
    groups = Groups(len(mentions))
    _join_equal_names(groups, mentions, names)
    _join_bracketed(groups, reading, mentions)
    _join_acronyms(groups, mentions, names)
    _join_persons(groups, mentions, names)
    return [str(groups.root(index)) for index in range(len(mentions))]


def _key(mention: Mention, name: NameReading) -> tuple[str, str]:
    plain = " ".join(fold(name.name.translate(_QUOTES)).split())
    return ("PER", plain) if mention.label == "PER" else ("", _ALIASES.get(plain, plain))


def _join_equal_names(
    groups: Groups, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> None:
    first: dict[tuple[str, str], int] = {}
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        groups.join(first.setdefault(_key(mention, name), index), index)


def _join_bracketed(groups: Groups, reading: Reading, mentions: Sequence[Mention]) -> None:
    """«Союз рыбаков (СРП)», «Сумэ Танака (Sume Tanaka)»."""
    for index in range(len(mentions) - 1):
        left, right = mentions[index], mentions[index + 1]
        between = reading.text[left.end : right.start]
        closed = reading.text[right.end : right.end + 2].lstrip('»"').startswith(")")
        twins = left.label != "LOC" or is_latin(reading.of(right))
        if left.label == right.label and _BRACKET.fullmatch(between) and closed and twins:
            groups.join(index, index + 1)


def _join_acronyms(
    groups: Groups, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> None:
    """«ФБК» and the «Фонд борьбы с коррупцией» whose initials it is made of."""
    by_initials: dict[str, int] = {}
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        if mention.label != "PER" and len(name.parts) > 1:
            by_initials.setdefault(_initials(name.parts), index)
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        if mention.label != "PER" and name.name.isupper() and len(name.parts) == 1:
            found = by_initials.get(fold(name.name))
            if found is not None:
                groups.join(found, index)


def _initials(parts: Sequence[str]) -> str:
    return "".join(
        piece[0] for part in parts if len(part) > 2 for piece in part.split("-") if piece
    )


def _join_persons(
    groups: Groups, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> None:
    """A shorter name joins the nearest fuller one before it, else after it, that it fits."""
    people = [index for index, mention in enumerate(mentions) if mention.label == "PER"]
    by_part: dict[str, list[int]] = {}
    for index in people:
        if len(names[index].parts) > 1:
            for part in names[index].parts:
                by_part.setdefault(part, []).append(index)
    for index in people:
        fuller = [
            other
            for part in names[index].parts[-1:] + names[index].parts[:1]
            for other in _nearest(by_part.get(part, []), index)
            if _fits(names[index], names[other])
        ]
        if fuller:
            best = min(fuller, key=lambda other: (other > index, abs(other - index)))
            groups.join(best, index)


def _nearest(places: Sequence[int], index: int, limit: int = 30) -> Sequence[int]:
    """At most `limit` places on each side, so that a long text stays linear."""
    at = bisect_left(places, index)
    near = places[max(0, at - limit) : at + limit]
    return [place for place in near if place != index]


def _fits(short: NameReading, full: NameReading) -> bool:
    """Whether each part of a name is a part of a fuller one, or the initial of it."""
    if len(short.parts) > len(full.parts) or short.parts == full.parts:
        return False
    if short.gender != full.gender and kinds(short.parts[-1]).known and len(short.parts) > 1:
        return False
    rest = list(full.parts)
    for part in short.parts:
        found = next((other for other in rest if _same_part(part, other)), None)
        if found is None:
            return False
        rest.remove(found)
    return True


def _same_part(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other
