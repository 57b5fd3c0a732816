"""The nominative of each mention, chosen with what the whole article says.

Each mention has several readings.  What stands before and after it says which case is likely;
the other mentions say which nominative is: «Турчина» is Турчин where «Турчину» or «Александр
Турчин» occurs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import prod

from annotations.entities.name_context import Clues, clues
from annotations.entities.reading import OPENING, Mention, Reading
from annotations.entities.word_kinds import LEGAL_FORMS, ORG_NOUNS, is_latin, lemmas_of
from annotations.lexicon import table
from annotations.names import NameReading, as_it_stands, person_readings, thing_readings
from annotations.tokens import fold

_KNOWN_PLACES = frozenset(
    name for row in table("known_places") for name in fold(row[0]).split(", ")
)
_KNOWN = 3.0  # what a listed nominative weighs more
_UNTOLD = 0.15  # the support of a word that no other mention has
_OTHER_PART = 0.4  # the weight of what is told of a part that is not the surname, as an exponent


def named(reading: Reading, mentions: Sequence[Mention]) -> list[NameReading]:
    """The best reading of each mention, in the order of the mentions."""
    options: list[list[NameReading]] = []
    before = None
    for mention in mentions:
        told = clues(reading, mention, before)
        options.append(_readings(reading, mention, told))
        before = mention, told
    support, own = _support(mentions, options)
    names = [
        max(found, key=lambda option: option.weight * _supported(support, mine, mention, option))
        for mention, found, mine in zip(mentions, options, own, strict=True)
    ]
    for index in range(1, len(mentions)):
        if _is_twin(reading, mentions[index - 1], mentions[index]):
            names[index] = names[index - 1]
    return names


def _is_twin(reading: Reading, left: Mention, right: Mention) -> bool:
    """«Сумэ Танака (Sume Tanaka)»: the Latin spelling has the name that stands before it."""
    return (
        left.label == right.label == "PER"
        and reading.text[left.end : right.start] == " ("
        and is_latin(reading.of(right))
        and not is_latin(reading.of(left))
    )


def _readings(reading: Reading, mention: Mention, told: Clues) -> list[NameReading]:
    """The readings of a mention, their weights normalised and the context taken in."""
    text = reading.of(mention)
    if mention.label == "PER":
        found = person_readings(text)
    elif _is_apposition(reading, mention):
        return [as_it_stands(text)]
    else:
        found = thing_readings(text, mention.label)
    weights = [option.weight * told.weight(option) for option in found]
    if mention.label == "LOC" and len(found) > 1:
        weights = [
            weight * _KNOWN if fold(option.name) in _KNOWN_PLACES else weight
            for option, weight in zip(found, weights, strict=True)
        ]
    total = sum(weights) or 1.0
    return [
        option._replace(weight=weight / total)
        for option, weight in zip(found, weights, strict=True)
    ]


def _is_apposition(reading: Reading, mention: Mention) -> bool:
    """A name in «» after a noun («газете «Труд»») stands in the nominative already."""
    if reading.text[mention.start - 1 : mention.start] not in OPENING:
        return False
    before = reading.before(mention.start)
    return before in LEGAL_FORMS or bool(lemmas_of(before.lower()) & ORG_NOUNS)


Key = tuple[str, str, str]
Support = Mapping[Key, float]


def _support(
    mentions: Sequence[Mention], options: Sequence[Sequence[NameReading]]
) -> tuple[Support, Sequence[Support]]:
    """For each word of a nominative, how many mentions it would explain; the share of each."""
    support: dict[Key, float] = defaultdict(float)
    shares = []
    for mention, readings in zip(mentions, options, strict=True):
        best: dict[Key, float] = {}
        for option in readings:
            for key in _keys(mention, option):
                best[key] = max(best.get(key, 0.0), option.weight)
        for key, weight in best.items():
            support[key] += weight
        shares.append(best)
    return support, shares


def _keys(mention: Mention, option: NameReading) -> Sequence[Key]:
    if mention.label == "PER":
        return [(part, option.gender, "PER") for part in option.parts]
    return [(" ".join(option.parts), "", mention.label)]


def _supported(support: Support, own: Support, mention: Mention, option: NameReading) -> float:
    """What the other mentions say for a nominative, above all for its last part."""
    keys = _keys(mention, option)
    told = [_UNTOLD + max(support[key] - own[key], 0.0) for key in keys]
    return float(prod(told[:-1]) ** _OTHER_PART * told[-1]) if told else 1.0
