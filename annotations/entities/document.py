"""Repairs that look at the whole article: what is named once is known everywhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from annotations.entities.known_names import listed
from annotations.entities.persons import speaks
from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    ORG_NOUNS,
    is_acronym,
    is_capitalised,
    is_compound,
    is_cyrillic,
    is_latin,
    kinds,
    lemmas_of,
)
from annotations.lexicon import table
from annotations.model import Token
from annotations.name_words import noun_forms, personal_forms
from annotations.names import person_readings, thing_readings
from annotations.tokens import fold

_IN_BRACKETS = re.compile(r"[»\"”]? \(([^()\n]{2,60})\)")
_DECLINED = re.compile(r"([А-ЯЁ]{2,6})(?:а|у|е|ы|ом|ем|ов)?")
_FIXED = {fold(row[0]): row[1] for row in table("fixed_labels")}
_TELLING = 3  # letters that no case form changes
_FIXED_BEGINNINGS = frozenset(name[:_TELLING] for name in _FIXED)
_FULL_NAME = 2.0  # what a full name counts for its surname
_SAID = frozenset({"словам", "мнению"})
_ANNOUNCED = 0.85  # «реке Заря»: a place by the noun before it


def fixed_labels(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Names whose label is no question, whatever a model thinks."""
    for mention in mentions:
        inside = reading.of(mention)
        names = {fold(inside)}
        if fold(inside[:_TELLING]) in _FIXED_BEGINNINGS:
            names |= {fold(option.name) for option in thing_readings(inside)[:1]}
            names |= nominatives(inside) if " " not in inside else set()
        label = next((_FIXED[name] for name in names if name in _FIXED), None)
        label = "ORG" if is_compound(inside) or _is_listed(inside) else label
        yield mention._replace(label=label) if label else mention


def _is_listed(word: str) -> bool:
    """Whether a word is an organisation's name wherever it has a capital: «Майкрософту»."""
    if " " in word or not is_cyrillic(word):
        return False
    return listed(word) == {"bare"} and kinds(word).person < 0.3


def _is_named(reading: Reading, word: Token) -> bool:
    """A listed name; one that people bear too only after a noun: «агентству Рейтер»."""
    if listed(word.text) != {"bare"}:
        return False
    before = reading.before(word.start).lower()
    return _is_listed(word.text) or bool(before and lemmas_of(before) & ORG_NOUNS)


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
        return frozenset({*_of_compound(*lower.rsplit("-", 1)), fold(lower)})
    heaviest = max((form.weight for form in forms), default=0.0)
    return frozenset(
        {fold(form.nominative) for form in forms if form.weight >= 0.15 * heaviest} | {fold(lower)}
    )


def _of_compound(first: str, last: str) -> Iterable[str]:
    """«Ковалёвой-Штейн»: the first part declines, or it does not."""
    lasts = [fold(form.nominative) for form in personal_forms(last or "-")]
    firsts = {fold(first)} | {
        fold(form.nominative) for form in personal_forms(first or "-") if form.weight >= 0.1
    }
    return (f"{one}-{other}" for one in firsts for other in lasts)


def one_label(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """One word has one label in an article: the one that most mentions are sure of."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surnames = _surnames(reading, mentions)
    lone = [" " not in reading.of(mention) for mention in mentions]
    for mention, single in zip(mentions, lone, strict=True):
        for name in nominatives(reading.of(mention)) if single else ():
            votes[name][mention.label] += mention.confidence
    for name in surnames:
        votes[name]["PER"] += _FULL_NAME
    for mention, single in zip(mentions, lone, strict=True):
        label = _elected(reading, votes, mention) if single else mention.label
        yield mention._replace(label=label)


def _elected(reading: Reading, votes: dict[str, dict[str, float]], mention: Mention) -> str:
    word = reading.of(mention)
    found: dict[str, float] = defaultdict(float)
    for name in nominatives(word):
        for label, weight in votes[name].items():
            found[label] = max(found[label], weight)
    kind = kinds(word)
    if kind.known and kind.place > 0.5 and mention.label == "LOC":
        return "PER" if found["PER"] >= _FULL_NAME and _acts(reading, mention) else "LOC"
    label, weight = max(found.items(), key=lambda item: item[1])
    return label if weight >= 1.9 * found[mention.label] else mention.label


def _acts(reading: Reading, mention: Mention) -> bool:
    """«По словам Ковентри», «Ковентри заявила»: who bears the name of a city."""
    said = reading.before(mention.start).lower() in _SAID
    return said or speaks(reading, reading.index_at(mention.start))


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
    place = 0
    ordered = list(mentions)
    for index in reading.capitals:
        word = reading.words[index]
        while place < len(ordered) and ordered[place].end <= word.start:
            place += 1
        covered = place < len(ordered) and ordered[place].start < word.end
        if covered:
            continue
        if reading.text[word.start - 1 : word.start] in {".", "@", "/", "_"}:
            continue
        names = nominatives(word.text) if known else ()
        label = next((known[name] for name in names if name in known), None)
        if not label and _is_named(reading, word) and not reading.starts_sentence(word.start):
            yield Mention(word.start, word.end, "ORG", 0.7)
        elif label and _stands_alone(reading, index, label, known):
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


def _stands_alone(reading: Reading, index: int, label: str, known: Mapping[str, str]) -> bool:
    """Whether a word can be that name here: not a common word that opens a sentence."""
    word = reading.words[index]
    kind = kinds(word.text)
    if is_latin(word.text):
        around = reading.text[word.start - 1 : word.start] + reading.text[word.end : word.end + 1]
        return not any(mark in "@/_.-" for mark in around.strip(". "))
    opens = reading.starts_sentence(word.start)
    if opens and kind.known and kind.ordinary > 0.4:
        told = label == "PER" and (speaks(reading, index) or _beside_person(reading, index, known))
        return told and kind.place < 0.5
    if label == "PER":
        return kind.place < 0.5 or kind.person > 0.3
    return not kind.known or kind.ordinary < 0.5


def _beside_person(reading: Reading, index: int, known: Mapping[str, str]) -> bool:
    """«Маск и Безос»: two surnames that the text knows."""
    other = reading.word(index + 2)
    if reading.word(index + 1) != "и" or not is_capitalised(other):
        return False
    return any(known.get(name) == "PER" for name in nominatives(other))
