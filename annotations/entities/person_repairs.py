"""Repairs of persons: titles off, initials in, parts of one name joined, two people split."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.persons import cases_of
from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import is_latin, is_title, is_verb, kinds
from annotations.model import Token
from annotations.name_words import PARTICLES

_INITIALS_BEFORE = re.compile(r"(?<!\w)(?:[А-ЯЁ]\.[- ]?){1,3}\Z")
_INITIALS_AFTER = re.compile(r"[ \xa0](?:[А-ЯЁ]\. ?){1,2}(?<=\.)")
_WINDOW = 12  # characters that initials may take


def titles_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Президента Ивана Петренко» is Ивана Петренко; «рыбак Петренко» is Петренко."""
    for mention in mentions:
        if mention.label != "PER":
            yield mention
            continue
        inside = list(reading.within(mention.start, mention.end))
        while len(inside) > 1 and _stays_outside(inside[0].text):
            inside.pop(0)
        if len(inside) == 2 and _rules_place(inside[0].text, inside[1].text):
            yield mention._replace(start=inside[1].start, label="LOC")
            continue
        while len(inside) > 1 and inside[-1].text.islower() and "-" not in inside[-1].text:
            inside.pop()
        if inside:
            last = inside[-1].end
            end = last if last < mention.end and reading.text[last] != "." else mention.end
            yield mention._replace(start=inside[0].start, end=end)


def _rules_place(title: str, place: str) -> bool:
    """«Хоким Бухары»: a title, though some bear it as a name, and a place in the genitive."""
    kind = kinds(place)
    known = kind.known and kind.place > 0.5 and kind.person < 0.05
    return is_title(title) and known and "nomn" not in cases_of(place)


def _stays_outside(word: str) -> bool:
    if is_verb(word) and kinds(word).known and kinds(word).person < 0.05:
        return True
    if word.islower():
        return word not in PARTICLES and "-" not in word and not is_latin(word)
    return is_title(word) and kinds(word).person < 0.3 and len(word) > 2


def initials_in(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Н. Петренко», «Петренко Н. А.»: initials beside a surname belong to it."""
    for mention in mentions:
        if mention.label != "PER" or is_latin(reading.of(mention)):
            yield mention
            continue
        window = max(0, mention.start - _WINDOW)
        before = _INITIALS_BEFORE.search(reading.text[window : mention.start])
        if before:
            yield mention._replace(start=window + before.start())
            continue
        after = _INITIALS_AFTER.match(reading.text, mention.end, mention.end + _WINDOW)
        lone = not any(mark in reading.of(mention) for mark in " .")
        yield mention._replace(end=after.end()) if after and lone else mention


def join_parts(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Ивана Павловича» + «Петренко»: neighbours that agree and complete one name."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last and _is_one_name(reading, last, mention):
            joined[-1] = last._replace(end=mention.end, label="PER")
        else:
            joined.append(mention)
    return joined


def _is_one_name(reading: Reading, left: Mention, right: Mention) -> bool:
    if left.label != "PER" or reading.text[left.end : right.start] not in SPACES:
        return False
    lefts = [word.text for word in reading.within(left.start, left.end)]
    rights = [word.text for word in reading.within(right.start, right.end)]
    if right.label != "PER" and (len(rights) > 1 or kinds(rights[0]).person < 0.3):
        return False
    if not lefts or not rights or any(map(is_latin, (*lefts, *rights))):
        return False
    given = all(kinds(word).first_name + kinds(word).patronymic > 0.3 for word in lefts)
    if not given or kinds(rights[0]).first_name > 0.5:
        return False
    return bool(cases_of(lefts[-1]) & cases_of(rights[0]))


def split_persons(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Иван Петренко Анна Гордон» is two people: a first name after a whole name."""
    for mention in mentions:
        inside = reading.within(mention.start, mention.end)
        cut = _second_person(inside) if mention.label == "PER" and len(inside) > 2 else 0
        if cut:
            yield mention._replace(end=inside[cut - 1].end)
            yield mention._replace(start=inside[cut].start)
        else:
            yield mention


def _second_person(inside: Sequence[Token]) -> int:
    found = [kinds(word.text) for word in inside]
    for cut in range(2, len(found) - 1):
        given = found[cut].first_name > 0.6
        whole = found[0].first_name > 0.6 and found[cut - 1].surname > 0.1
        if given and whole and found[cut + 1].first_name < 0.5:
            return cut
    return 0
