"""Who is named as the source of a report is an organisation, unless it is clearly a person."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    is_acronym,
    is_capitalised,
    is_latin,
    is_title,
    kinds,
)
from annotations.lemmas import parses
from annotations.lexicon import table

_VERBS = frozenset(row[1] for row in table("source_words") if row[0] == "verb")
_NOUNS = frozenset(row[1] for row in table("source_words") if row[0] == "noun" and len(row) == 2)
_GAP = re.compile(r"[ \xa0]?[«\"“]?\Z")


def sources(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«сообщает Степняк», «со ссылкой на Степняк»: one unknown capitalised word is an ORG."""
    by_start = {mention.start: mention for mention in mentions}
    starts = dict(_source_starts(reading))
    people = {
        word.text
        for mention in mentions
        if mention.label == "PER" and mention.confidence > 0.5
        for word in reading.within(mention.start, mention.end)
        if " " in reading.of(mention)
    }
    for mention in mentions:
        index = starts.get(mention.start)
        weak = index is not None and mention.end == reading.words[index].end
        if weak and mention.label != "ORG" and _may_be_source(reading.of(mention), people):
            yield mention._replace(label="ORG", confidence=0.7)
        else:
            yield mention
    covered = bytearray(len(reading.text) + 1)
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for start, index in starts.items():
        word = reading.words[index]
        if start not in by_start and not covered[start] and _is_new_source(reading, index, people):
            yield Mention(start, word.end, "ORG", 0.6)


def _source_starts(reading: Reading) -> Iterable[tuple[int, int]]:
    """Start and index of each capitalised word that follows an announcement of a source."""
    for index in reading.capitals:
        if _GAP.fullmatch(reading.gap(index - 1)) and announces(reading, index - 1):
            yield reading.words[index].start, index


def announces(reading: Reading, index: int) -> bool:
    word = reading.word(index)
    if not word.islower():
        return False
    if word == "на":
        return any(parse.lemma == "ссылка" for parse in parses(reading.word(index - 1).lower()))
    for parse in parses(word):
        if "VERB" in parse.grammemes and parse.lemma in _VERBS and "3per" in parse.grammemes:
            return True
        if "NOUN" in parse.grammemes and parse.lemma in _NOUNS:
            return True
    return False


def _may_be_source(word: str, people: set[str]) -> bool:
    kind = kinds(word)
    if word in people or is_title(word):
        return False
    return not kind.known or (kind.person < 0.3 and kind.place < 0.3)


def _is_new_source(reading: Reading, index: int, people: set[str]) -> bool:
    """A lone word that nobody found: unknown to the dictionary, or Latin."""
    word = reading.word(index)
    if not _may_be_source(word, people) or word in COMMON_ACRONYMS:
        return False
    if reading.gap(index) in SPACES and is_capitalised(reading.word(index + 1)):
        return False
    return is_latin(word) or is_acronym(word) or not kinds(word).known
