"""The nominative of each mention, chosen with what the whole article says.

Each mention has several readings.  What stands before and after it says which case is likely;
the other mentions say which nominative is: «Турчина» is Турчин where «Турчину» or «Александр
Турчин» occurs.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from annotations.entities.reading import OPENING, SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    LEGAL_FORMS,
    ORG_NOUNS,
    PLACE_NOUNS,
    is_latin,
    is_title,
    is_verb,
    kinds,
    lemmas_of,
)
from annotations.lemmas import Parse, parses
from annotations.lexicon import table
from annotations.name_words import CASES, case_of, genders_of
from annotations.names import NameReading, as_it_stands, person_readings, thing_readings
from annotations.tokens import fold

_RARE = 0.05
_TITLE_WINDOW = 7  # words between a title and the name it belongs to


def _cases(**factors: float) -> Mapping[str, float]:
    return {case: factors.get(case, factors["other"]) for case in CASES}


# How likely each case is where no preposition and no title tells it.
_NEW_SENTENCE = _cases(nomn=1.0, gent=0.3, other=0.2)
_AFTER_MARK = _cases(nomn=1.0, gent=0.65, other=0.3)
_AFTER_ANY_WORD = _cases(nomn=1.0, gent=0.7, other=0.7)
_AFTER_NOUN = _cases(gent=1.0, nomn=0.4, other=0.15)

GOVERNMENT: Mapping[str, frozenset[str]] = {
    row[0]: frozenset(row[1].split()) for row in table("prepositions")
}


def named(reading: Reading, mentions: Sequence[Mention]) -> list[NameReading]:
    """The best reading of each mention, in the order of the mentions."""
    options = [_readings(reading, mention) for mention in mentions]
    support = _support(mentions, options)
    names = [
        max(readings, key=lambda option: option.weight * _supported(support, mention, option))
        for mention, readings in zip(mentions, options, strict=True)
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


def _readings(reading: Reading, mention: Mention) -> list[NameReading]:
    """The readings of a mention, their weights normalised and the context taken in."""
    text = reading.of(mention)
    if mention.label == "PER":
        found = person_readings(text)
    elif _is_apposition(reading, mention):
        return [as_it_stands(text)]
    else:
        found = thing_readings(text)
    factors = _context(reading, mention)
    verb = _verb_after(reading, mention)
    weights = [
        option.weight * factors[option.case] * (_agreement(verb, option) if verb else 1.0)
        for option in found
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


def _context(reading: Reading, mention: Mention) -> Mapping[str, float]:
    """How likely each case is after the word that stands before the mention."""
    word = fold(reading.before(mention.start))
    if not word:
        opens = reading.starts_sentence(mention.start)
        return _NEW_SENTENCE if opens else _AFTER_MARK
    if word in GOVERNMENT:
        return {case: 1.0 if case in GOVERNMENT[word] else _RARE for case in CASES}
    best = next(iter(parses(word)), None) if word.isalpha() or "-" in word else None
    if best is None or "NOUN" not in best.grammemes:
        return _AFTER_ANY_WORD
    if mention.label == "PER":
        title = _title_before(reading, mention)
        return _agreeing(title) if title else _AFTER_NOUN
    if lemmas_of(word) & PLACE_NOUNS:
        return {**_agreeing(word), "nomn": 1.0}
    return _AFTER_NOUN


def _title_before(reading: Reading, mention: Mention) -> str:
    """The title that a name stands to: «посол» in «посол Японии в Чехии Сумэ Танака»."""
    index = reading.index_at(mention.start) - 1
    nearest = reading.word(index)
    if parses(nearest.lower())[0].grammemes >= {"NOUN", "anim"} and kinds(nearest).person < 0.5:
        return nearest
    for back in range(index, max(index - _TITLE_WINDOW, -1), -1):
        if reading.gap(back) not in SPACES or is_verb(reading.word(back)):
            break
        if is_title(reading.word(back)) and kinds(reading.word(back)).person < 0.3:
            return reading.word(back)
    return ""


def _agreeing(title: str) -> Mapping[str, float]:
    """A title before a name stands in its case: «премьер-министру Эрдогану»."""
    nouns = [parse for parse in parses(title.lower()) if "NOUN" in parse.grammemes]
    persons = [parse for parse in nouns if "anim" in parse.grammemes] or nouns
    cases = {case_of(parse) for parse in persons if "sing" in parse.grammemes}
    other = {"gent": 0.1 if is_title(title) else 0.7}  # «вдова Полякова»
    return {case: 1.0 if case in cases else other.get(case, 0.1) for case in CASES}


def _verb_after(reading: Reading, mention: Mention) -> Parse | None:
    """The verb in the past right after a name, which tells the gender of the subject."""
    word = reading.after(mention.end)
    if not word.islower():
        return None
    first = parses(word)[0]
    return first if first.grammemes >= {"VERB", "past"} else None


def _agreement(verb: Parse, option: NameReading) -> float:
    if option.gender not in ("masc", "femn"):
        return 1.0
    if option.case != "nomn" or "plur" in verb.grammemes:
        return 0.5
    return 2.0 if option.gender in genders_of(verb) else 0.1


Support = Mapping[tuple[str, str, str], float]


def _support(mentions: Sequence[Mention], options: Sequence[Sequence[NameReading]]) -> Support:
    """For each word of a nominative, how many mentions it would explain."""
    support: dict[tuple[str, str, str], float] = defaultdict(float)
    for mention, readings in zip(mentions, options, strict=True):
        best: dict[tuple[str, str, str], float] = {}
        for option in readings:
            for key in _keys(mention, option):
                best[key] = max(best.get(key, 0.0), option.weight)
        for key, weight in best.items():
            support[key] += weight
    return support


def _keys(mention: Mention, option: NameReading) -> set[tuple[str, str, str]]:
    if mention.label == "PER":
        return {(part, option.gender, "PER") for part in option.parts}
    return {(" ".join(option.parts), "", mention.label)}


def _supported(support: Support, mention: Mention, option: NameReading) -> float:
    """The support of the part of the name that the fewest mentions explain."""
    return min((support[key] for key in _keys(mention, option)), default=1.0)
