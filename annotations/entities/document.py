"""Repairs that look at the whole article: what is named once is known everywhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from annotations.entities.persons import speaks
from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    is_acronym,
    is_capitalised,
    is_compound,
    is_cyrillic,
    is_latin,
    kinds,
)
from annotations.lexicon import table
from annotations.name_words import noun_forms, personal_forms
from annotations.names import person_readings, thing_readings
from annotations.tokens import fold

_IN_BRACKETS = re.compile(r"[»\"”]? \(([^()\n]{2,60})\)")
_DECLINED = re.compile(r"([А-ЯЁ]{2,6})(?:а|у|е|ы|ом|ем|ов)?")
_FIXED = {fold(row[0]): row[1] for row in table("fixed_labels")}
_TELLING = 3  # letters that no case form changes
_FIXED_BEGINNINGS = frozenset(name[:_TELLING] for name in _FIXED)
_ANNOUNCED = 0.85  # «реке Заря»: a place by the noun before it


def fixed_labels(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Names whose label is no question, whatever a model thinks."""
    for mention in mentions:
        inside = reading.of(mention)
        names = {fold(inside)}
        if fold(inside[:_TELLING]) in _FIXED_BEGINNINGS:
            names |= {fold(option.name) for option in thing_readings(inside)[:1]}
        label = next((_FIXED[name] for name in names if name in _FIXED), None)
        label = "ORG" if is_compound(inside) else label
        yield mention._replace(label=label) if label else mention


def bracketed(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """What stands in brackets right after a name is its other name: an acronym, Latin."""
    found = {mention.start: mention for mention in mentions}
    labels: dict[int, str] = {}
    for mention in mentions:
        label = labels.get(mention.start, mention.label)
        yield mention._replace(label=label)
        match = _IN_BRACKETS.match(reading.text, mention.end)
        inside = match[1] if match else ""
        if not match or match.start(1) in found:
            twin = found[match.start(1)] if match else mention
            latin = is_latin(inside) and twin.end == (match.end(1) if match else 0)
            same = len(inside.split()) == len(reading.of(mention).split())
            if label == "PER" and latin and same:
                labels[twin.start] = "PER"
            continue
        if (mention.label == "ORG" and _is_name_of_organisation(inside)) or (
            mention.label != "ORG"
            and is_latin(inside)
            and is_capitalised(inside)
            and not is_acronym(inside)
        ):
            yield Mention(match.start(1), match.end(1), mention.label, 0.9)


def _is_name_of_organisation(inside: str) -> bool:
    if is_latin(inside):
        return is_capitalised(inside) and not any(mark in inside for mark in ",;:")
    return is_acronym(inside) and inside not in COMMON_ACRONYMS


@lru_cache(maxsize=10_000)
def nominatives(word: str) -> frozenset[str]:
    """The folded nominatives that a word of a name may be a form of."""
    acronym = _DECLINED.fullmatch(word)
    if acronym:
        return frozenset({fold(acronym[1])})
    lower = word.lower()
    if not is_cyrillic(word):
        return frozenset({fold(word)})
    forms = (*personal_forms(lower), *noun_forms(lower))
    if "-" in lower:
        forms = ()
        last = [fold(form.nominative) for form in personal_forms(lower.rpartition("-")[2] or "-")]
        first = fold(lower.rpartition("-")[0])
        return frozenset({f"{first}-{part}" for part in last} | {fold(lower)})
    heaviest = max((form.weight for form in forms), default=0.0)
    return frozenset(
        {fold(form.nominative) for form in forms if form.weight >= 0.15 * heaviest} | {fold(lower)}
    )


def one_label(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """One word has one label in an article: the one that most mentions are sure of."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surnames = _surnames(reading, mentions)
    lone = [" " not in reading.of(mention) for mention in mentions]
    for mention, single in zip(mentions, lone, strict=True):
        for name in nominatives(reading.of(mention)) if single else ():
            votes[name][mention.label] += mention.confidence
    for name in surnames:
        votes[name]["PER"] += 2.0
    for mention, single in zip(mentions, lone, strict=True):
        label = _elected(votes, reading.of(mention), mention) if single else mention.label
        yield mention._replace(label=label)


def _elected(votes: dict[str, dict[str, float]], word: str, mention: Mention) -> str:
    found: dict[str, float] = defaultdict(float)
    for name in nominatives(word):
        for label, weight in votes[name].items():
            found[label] = max(found[label], weight)
    kind = kinds(word)
    if kind.known and kind.place > 0.5 and mention.label == "LOC":
        return "LOC"
    label, weight = max(found.items(), key=lambda item: item[1])
    return label if weight >= 1.9 * found[mention.label] else mention.label


def _surnames(reading: Reading, mentions: Sequence[Mention]) -> set[str]:
    """Folded nominatives of the last parts of names that have several."""
    found = set()
    for mention in mentions:
        inside = reading.of(mention)
        if mention.label == "PER" and " " in inside and is_cyrillic(inside):
            readings = person_readings(inside)
            best = readings[0].weight
            found |= {
                option.parts[-1]
                for option in readings
                if option.parts and option.weight > 0.3 * best and len(option.parts[-1]) > 2
            }
    return found


def known_elsewhere(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Surnames, acronyms and unusual names that were found once are found everywhere."""
    yield from mentions
    known = _known(reading, mentions)
    if not known:
        return
    place = 0
    ordered = list(mentions)
    for index in reading.capitals:
        word = reading.words[index]
        while place < len(ordered) and ordered[place].end <= word.start:
            place += 1
        covered = place < len(ordered) and ordered[place].start < word.end
        if covered:
            continue
        label = next((known[name] for name in nominatives(word.text) if name in known), None)
        if label and _stands_alone(reading, index, label):
            yield Mention(word.start, word.end, label, 0.7)


def _known(reading: Reading, mentions: Sequence[Mention]) -> dict[str, str]:
    """Folded nominative → label, of words that can be looked for alone."""
    known: dict[str, str] = {}
    for mention in mentions:
        inside = reading.of(mention)
        if " " in inside or mention.confidence < 0.5:
            continue
        if mention.label == "LOC" and mention.confidence == _ANNOUNCED:
            for name in nominatives(inside):
                known.setdefault(name, "LOC")
        if (
            is_acronym(inside)
            or is_latin(inside)
            or not kinds(inside).known
            or (mention.label == "PER" and kinds(inside).person > 0.3)
        ):
            for name in nominatives(inside):
                known.setdefault(name, mention.label)
    for name in _surnames(reading, mentions):
        known[name] = "PER"
    return known


def _stands_alone(reading: Reading, index: int, label: str) -> bool:
    """Whether a word can be that name here: not a common word that opens a sentence."""
    word = reading.words[index]
    kind = kinds(word.text)
    if is_latin(word.text):
        around = reading.text[word.start - 1 : word.start] + reading.text[word.end : word.end + 1]
        return not any(mark in "@/_.-" for mark in around.strip(". "))
    opens = reading.starts_sentence(word.start) and kind.known and kind.ordinary > 0.4
    if opens and not (label == "PER" and speaks(reading, index)):
        return False
    if label == "PER":
        return (kind.place < 0.5 and (kind.ordinary < 0.8 or not kind.known)) or kind.person > 0.3
    return not kind.known or kind.ordinary < 0.5
