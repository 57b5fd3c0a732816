"""Organisations of several words that recognisers cut: «ГУ МВД», «Университета Корё»."""

from collections.abc import Iterable, Iterator, Sequence

from annotations.entities.known_names import known_at
from annotations.entities.people import part_cases
from annotations.entities.reading import OPENING, SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    EASTERN,
    ORG_HEADS,
    is_acronym,
    is_capitalised,
    is_compound,
    is_cyrillic,
    is_title,
    is_verb,
    kinds,
    lemmas_of,
)
from annotations.folding import fold
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import case_of

_DEPARTMENTS = {
    row[0]: frozenset(row[1].split()) if len(row) > 1 else frozenset() for row in table("offices")
}
_BEARING = frozenset({"университет", "колледж", "институт", "академия", "школа", "клиника"})
_STILL = frozenset("оеёуюыиэ")  # what foreign names that never change end in
_SYLLABLE = 4  # letters of a part of an eastern name: «Ли Со Ён»


def offices(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«ГУ МВД», «СУ СКР», «НИУ ВШЭ», «Университета Корё»: one name of two words."""
    found = [
        Mention(reading.words[first].start, reading.words[end - 1].end, "ORG", 0.97)
        for index in reading.capitals
        for first, end in _office(reading, index)
    ]
    return _in_place_of(reading, mentions, found) if found else mentions


def _office(reading: Reading, index: int) -> Iterator[tuple[int, int]]:
    word = reading.word(index)
    after = reading.word(index + 1)
    if not is_capitalised(after) or reading.gap(index) not in SPACES:
        return
    if word in _DEPARTMENTS:
        if _is_body(reading, index, _DEPARTMENTS[word]):
            yield index, index + 2
    elif lemmas_of(word.lower()) & _BEARING and not word.isupper() and _names(reading, index):
        yield index, index + 2


def _is_body(reading: Reading, index: int, bodies: frozenset[str]) -> bool:
    """Whether an acronym of a body follows that of its department, and not in a headline."""
    body = reading.word(index + 1)
    if bodies and body not in bodies:
        return False
    beyond = reading.word(index + 2) if reading.gap(index + 1) in SPACES else ""
    shouted = len(beyond) > 5 and beyond.isupper()
    return not shouted and is_cyrillic(body) and (is_acronym(body) or is_compound(body))


def _names(reading: Reading, index: int) -> bool:
    """Whether a foreign name follows the noun: one that stands still, or in the genitive."""
    name, beyond = reading.word(index + 1), reading.word(index + 2)
    kind = kinds(name)
    if not is_cyrillic(name) or is_acronym(name) or is_title(name) or len(name) < 3:
        return False
    if lemmas_of(name.lower()) & ORG_HEADS.keys() or kind.adjective > 0.3:
        return False
    if reading.gap(index + 1) not in SPACES:
        beyond = ""
    if beyond in {"и", "имени"} or (fold(name) in EASTERN and 0 < len(beyond) <= _SYLLABLE):
        return False
    declined = kind.known or name[-1] not in _STILL
    both = part_cases(name) & part_cases(beyond) if declined and is_capitalised(beyond) else set()
    if "gent" in both:
        return False  # «Университета Джонса Хопкинса»: one name of two words
    cases = {case_of(parse) for parse in parses(reading.word(index).lower())}
    if beyond and is_verb(beyond) and "nomn" not in cases:
        return False  # «ректор Университета Тайсё сказал»
    if kind.known:
        genitive = "gent" in part_cases(name) and "nomn" not in part_cases(name)
        return kind.place > 0.5 or (genitive and kind.person > 0.3)
    if name[-1] in _STILL or (is_capitalised(beyond) and kinds(beyond).first_name > 0.5):
        return True
    consonant = name[-1] not in "аяйьы" and "nomn" not in cases
    return consonant and not is_capitalised(beyond)  # «Колледжа Дартмут»


def _in_place_of(
    reading: Reading, mentions: Sequence[Mention], found: Sequence[Mention]
) -> Iterator[Mention]:
    """The found, and of the mentions what they leave: a person after the name stays."""
    place = 0
    for mention in mentions:
        while place < len(found) and found[place].end <= mention.start:
            place += 1
        if place == len(found) or not found[place].overlaps(mention):
            yield mention
            continue
        office = found[place]
        rest = reading.index_at(office.end)
        if mention.end > office.end and rest < len(reading.words):
            start = reading.words[rest].start
            if start < mention.end:
                country = kinds(reading.word(rest)).place > 0.5
                yield mention._replace(start=start, label="LOC" if country else "PER")
        if mention.start < office.start and reading.of(mention)[0] not in OPENING:
            last = reading.words[reading.index_at(office.start) - 1]
            if last.end > mention.start:
                yield mention._replace(end=last.end)
    yield from found


def listed_names(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A mention that begins a listed name of several words is all of it: «РИА Новости»."""
    for mention in mentions:
        index = reading.index_at(mention.start)
        known = known_at(reading, index) if is_cyrillic(reading.word(index)) else None
        end = reading.words[known[0] - 1].end if known else 0
        if not known or end < mention.end or not is_capitalised(reading.word(index)):
            yield mention
        elif known[1] & {"bare", "whole"} and "place" not in known[1]:
            yield Mention(mention.start, end, "ORG", 0.97)
        elif known[1] == {"place"} and not reading.is_quoted(mention.start, end):
            yield Mention(mention.start, end, "LOC", 0.97)
        else:
            yield mention
