"""Repairs that make one organisation of two neighbours, or keep the name of the two."""

from collections.abc import Iterable, Sequence

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    ORG_HEADS,
    ORG_NOUNS,
    is_acronym,
    is_capitalised,
    is_latin,
    lemmas_of,
)
from annotations.name_words import adjective_forms, noun_forms

_NATIONAL = frozenset({"союз", "федерация", "ассоциация", "конфедерация", "лига", "общество"})
_OLYMPIC = frozenset({"олимпийский", "паралимпийский"})
_HEADS_BEHIND = frozenset({"университет", "центр", "банк", "академия", "арена", "парк"})


def join_neighbours(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«комитет ООН»: an organisation within an organisation is one name."""
    joined: list[Mention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        if last and _is_within(reading, last, mention):
            joined[-1] = last._replace(end=mention.end)
        elif last and _ends_in_head(reading, last, mention):
            joined[-1] = mention._replace(start=last.start)
        elif last and _announces(reading, last, mention):
            joined[-1] = mention
        else:
            joined.append(mention)
    return joined


def _ends_in_head(reading: Reading, left: Mention, right: Mention) -> bool:
    """«Назарбаев» + «Университета»: a head with a capital after the name that it has."""
    head = reading.of(right)
    return (
        left.label in ("ORG", "PER")
        and right.label == "ORG"
        and reading.text[left.end : right.start] in SPACES
        and " " not in head
        and " " not in reading.of(left)
        and bool(lemmas_of(head.lower()) & _HEADS_BEHIND)
    )


def _announces(reading: Reading, left: Mention, right: Mention) -> bool:
    """«Американское космическое агентство NASA»: what it is, and then its name."""
    head = reading.of(left).split()[-1]
    return (
        left.label == right.label == "ORG"
        and reading.text[left.end : right.start] in SPACES
        and is_latin(reading.of(right))
        and is_acronym(reading.of(right))
        and head.islower()
        and bool(lemmas_of(head) & ORG_NOUNS)
    )


def _is_within(reading: Reading, left: Mention, right: Mention) -> bool:
    inside, other = reading.of(left), reading.of(right)
    if left.label != "ORG" or reading.text[left.end : right.start] not in SPACES:
        return False
    if "«" in inside or inside.isupper() or is_latin(inside):
        return False
    heads = [word for word in inside.split() if lemmas_of(word.lower()) & ORG_HEADS.keys()]
    if right.label == "LOC":
        return _is_national(inside.split(), other)
    if right.label != "ORG" or not heads:
        return False
    acronym = is_acronym(other) and not is_latin(other)
    return acronym or (inside.endswith(heads[-1]) and _is_named_after(other))


def _is_national(words: Sequence[str], country: str) -> bool:
    """«Союз журналистов» + «России», «Федерация бокса» + «Узбекистана»."""
    if len(words) < 2 or " " in country or not (is_acronym(country) or _is_genitive(country)):
        return False
    heads = [word for word in words if lemmas_of(word.lower()) & ORG_HEADS.keys()]
    if not heads:
        return False
    lemmas = lemmas_of(heads[0].lower())
    olympic = any(lemmas_of(word.lower()) & _OLYMPIC for word in words)
    return bool(lemmas & _NATIONAL) or bool(olympic and "комитет" in lemmas)


def _is_genitive(word: str) -> bool:
    return any(form.case == "gent" for form in noun_forms(word.lower()))


def _is_named_after(other: str) -> bool:
    """«Комитет» + «Красного Креста»: an adjective and a noun in the genitive."""
    words = other.split()
    return (
        len(words) == 2
        and all(map(is_capitalised, words))
        and not lemmas_of(words[1].lower()) & ORG_HEADS.keys()
        and any(form.case == "gent" for form in adjective_forms(words[0].lower()))
        and _is_genitive(words[1])
    )
