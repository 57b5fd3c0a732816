"""Places that a noun in the plural announces one after the other, and the number of a station."""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    PLACE_HEADS,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_title,
    lemmas_of,
)
from annotations.lemmas import parses

_SETTLEMENTS = frozenset(
    {"село", "деревня", "посёлок", "город", "хутор", "аул", "станица", "кишлак", "станция",
     "городок", "слобода", "полустанок", "разъезд", "остров", "пункт"}
)  # fmt: skip
_STEMS = frozenset(noun[:3] for noun in _SETTLEMENTS) | {"сёл", "сел"}
_MANY = frozenset({"населённых", "населенных"})
_AND = frozenset({"и", "или"})
_NUMBER = re.compile(r" (?:I{1,3}|IV|V)\b(?! (?:век|тысяч|кварт))")
_MOST = 8


def listed_places(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«из сёл Анна и Садовое», «станция Пермь II»."""
    found = [place for index in reading.capitals for place in _listed(reading, index)]
    for mention in mentions:
        if any(place.overlaps(mention) for place in found):
            continue
        number = _NUMBER.match(reading.text, mention.end) if mention.label == "LOC" else None
        yield mention._replace(end=number.end()) if number else mention
    yield from found


def _listed(reading: Reading, index: int) -> Iterator[Mention]:
    before = reading.word(index - 1)
    if before[:3] not in _STEMS or not (
        _is_plural(before) or reading.word(index - 2).lower() in _MANY
    ):
        return
    gap = reading.gap(index - 1)
    if gap not in SPACES and not (before.startswith("пункт") and gap.strip(" \xa0") in "–—:-"):
        return
    names: list[tuple[int, int]] = []
    while len(names) < _MOST:
        end = _name_end(reading, index)
        if end == index:
            break
        names.append((index, end))
        comma = reading.gap(end - 1) == ", "
        joined = reading.word(end) in _AND and reading.gap(end - 1) in SPACES
        if not comma and not joined:
            break
        index = end + joined
    if len(names) > 1:
        for first, end in names:
            yield Mention(reading.words[first].start, reading.words[end - 1].end, "LOC", 0.96)


def _is_plural(word: str) -> bool:
    return word.islower() and any(
        "plur" in parse.grammemes and parse.lemma in _SETTLEMENTS for parse in parses(word)
    )


def _name_end(reading: Reading, index: int) -> int:
    """Index after the capitalised words of one name: «Большой Двор»; the same where none is."""
    end = index
    while end < index + 3 and _is_name(reading.word(end)):
        end += 1
        if reading.gap(end - 1) not in SPACES:
            break
    after = reading.word(end) if end > index and reading.gap(end - 1) in SPACES else ""
    return end + 1 if after.islower() and lemmas_of(after) & PLACE_HEADS else end


def _is_name(word: str) -> bool:
    if not is_capitalised(word) or not is_cyrillic(word):
        return False
    return not is_acronym(word) and not is_title(word)
