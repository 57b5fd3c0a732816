"""Mention groups: which mentions in one article name one thing.

A group is known by a string that says nothing outside of its article.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from functools import partial

from annotations.entities.abbreviations import abbreviations
from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import LEGAL_FORMS, is_latin, kinds
from annotations.lexicon import table
from annotations.name_parts import ARTICLES
from annotations.names import NameReading
from annotations.tokens import fold

_ALIASES = {fold(name): fold(row[0]) for row in table("aliases") for name in row}
_BRACKET = re.compile(r"[»\"”]? \(")
_LEGAL_FORMS = frozenset(map(fold, LEGAL_FORMS))
_PATRONYMICS = ("ович", "евич", "ьич", "овна", "евна", "инична", "улы", "кызы")
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
    for short, full in abbreviations(reading, mentions, names):
        groups.join(full, short)
    _join_persons(groups, mentions, names)
    return [str(groups.root(index)) for index in range(len(mentions))]


def _key(mention: Mention, name: NameReading) -> tuple[str, str]:
    plain = fold(name.name.translate(_QUOTES)).split()
    if mention.label == "PER":
        return "PER", " ".join(plain)
    while len(plain) > 1 and plain[0] in _LEGAL_FORMS:
        plain = plain[1:]
    words = " ".join(plain)
    return mention.label, _ALIASES.get(words, words)


def _join_equal_names(
    groups: Groups, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> None:
    """A person's surname alone says less: see `_join_persons`."""
    first: dict[tuple[str, str], int] = {}
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        if mention.label != "PER" or len(name.parts) > 1:
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


def _join_persons(
    groups: Groups, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> None:
    """A shorter name joins the nearest fuller one before it, else after it, that it fits."""
    people = [index for index, mention in enumerate(mentions) if mention.label == "PER"]
    lone = {name.parts[0] for name in names if len(name.parts) == 1}
    first: dict[tuple[str, ...], int] = {}
    by_part: dict[str, list[int]] = {}
    for index in people:
        if len(names[index].parts) > 1:
            for part in names[index].parts:
                by_part.setdefault(_without_article(part), []).append(index)
    for index in people:
        name = names[index]
        fuller = [
            other
            for part in name.parts[-1:] + name.parts[:1]
            for other in _nearest(by_part.get(_without_article(part), []), index)
            if _fits(name, names[other])
        ]
        if not fuller and _is_polite(name, lone):
            fuller = [
                other
                for other in _nearest(by_part.get(name.parts[0], []), index)
                if _may_be_called(names[other], name)
            ]
        if not fuller and len(name.parts) < 2:
            groups.join(first.setdefault(name.parts, index), index)
        if fuller:
            groups.join(min(fuller, key=partial(_distance, names, index)), index)


def _distance(names: Sequence[NameReading], index: int, other: int) -> tuple[bool, bool, int]:
    """How far a fuller name is: of the other sex, after, how many mentions away."""
    return names[other].gender != names[index].gender, other > index, abs(other - index)


def _is_polite(name: NameReading, lone: Container[str]) -> bool:
    """«Игорь Семёнович»; not «Роман Абрамович» where Абрамович is met alone."""
    return (
        len(name.parts) == 2 and name.parts[1].endswith(_PATRONYMICS) and name.parts[1] not in lone
    )


def _may_be_called(full: NameReading, polite: NameReading) -> bool:
    """Whether «Игорь Семёнович» may be that Игорь Поляков, whose patronymic is not told."""
    return (
        len(full.parts) == 2
        and full.parts[0] == polite.parts[0]
        and full.gender == polite.gender
        and not full.parts[1].endswith(_PATRONYMICS)
    )


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
    return _without_article(one) == _without_article(other)


def _without_article(part: str) -> str:
    """«Асад» of «аль-Асад»."""
    article, _, rest = part.partition("-")
    return rest if len(rest) > 2 and article in ARTICLES else part
