"""Where a text has the words of a name, in any case form.

The adjectives and the head of a name decline together, so «Центрального банка» finds
«Центральному банку» but not «Центральный банка»; what depends on the head stays as it is.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotations.entities.reading import Reading
from annotations.entities.word_kinds import is_capitalised
from annotations.model import Annotation, Document, Span, Token
from annotations.name_words import PARTICLES, adjective_forms
from annotations.names import person_readings, thing_readings
from annotations.tokens import WORD, fold, words

_RARE = 0.05  # of the weight of a lone word's best reading: rarer ones are not meant
_ACRONYM = 5  # letters: a longer word in capitals may be a name in a headline
_LONGER_BY = 4  # letters that an ending may add or take
_FAR = 200  # characters in which the next word of a name must stand

Agreement = tuple[str, str]  # case and gender
Known = dict[tuple[int, str], frozenset[Agreement]]  # of the words of a pattern, by form


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name: how it was written, its nominative (both folded), what it may become."""

    form: str
    base: str
    declines: bool
    capital: bool
    acronym: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to look for: the words of a name and what stands between and around them."""

    label: str
    name: str
    words: tuple[NameWord, ...]
    gaps: tuple[str, ...]
    before: str
    after: str


def pattern_of(document: Document, mention: Annotation) -> Pattern | None:
    """The pattern of a mention; None where it has no word."""
    text = document.text_of(mention)
    name = str((mention.value or {}).get("name") or text)
    opens = Reading(document.article.text).starts_sentence(mention.start)
    return make_pattern(text, mention.label, name, opens=opens)


def make_pattern(text: str, label: str, name: str, *, opens: bool = False) -> Pattern | None:
    """The pattern of a name as it was written; `opens` says that its capital proves nothing."""
    tokens = list(words(text))
    if not tokens:
        return None
    bases = _bases(text, label, name, len(tokens))
    declining = _declining(label, tokens, bases)
    vague = opens and len(tokens) > 1
    return Pattern(
        label=label,
        name=name,
        words=tuple(
            NameWord(
                form=fold(token.text),
                base=base,
                declines=number in declining,
                capital=is_capitalised(token.text) and not (vague and number == 0),
                acronym=1 < len(token.text) <= _ACRONYM and token.text[:2].isupper(),
            )
            for number, (token, base) in enumerate(zip(tokens, bases, strict=True))
        ),
        gaps=tuple(_gap(text[left.end : right.start]) for left, right in pairwise(tokens)),
        before=text[: tokens[0].start],
        after=text[tokens[-1].end :],
    )


def _bases(text: str, label: str, name: str, length: int) -> list[str]:
    """The folded nominatives of the words of a mention, from its name where that has as many."""
    named = [fold(word.text) for word in words(name)]
    readings = person_readings(text) if label == "PER" else thing_readings(text)
    offered = [list(reading.parts) for reading in readings if len(reading.parts) == length]
    if named in offered or (len(named) == length > 1):
        return named
    return offered[0] if offered else [fold(word.text) for word in words(text)]


def _declining(label: str, tokens: Sequence[Token], bases: Sequence[str]) -> Collection[int]:
    """The places of the words that decline together."""
    places = []
    for number, token in enumerate(tokens):
        if label == "PER":
            if not _is_fixed(token.text):
                places.append(number)
            continue
        places.append(number)
        if number + 1 == len(tokens) or not adjective_forms(token.text.lower()):
            break
        following = _agreements(tokens[number + 1].text, bases[number + 1], label)
        if not _agreements(token.text, bases[number], label) & following:
            break
    common = [_agreements(tokens[place].text, bases[place], label) for place in places]
    return places if common and frozenset.intersection(*common) else places[-1:]


def _is_fixed(word: str) -> bool:
    """Initials, particles and what is not Cyrillic stay as they are in a person's name."""
    return len(word) == 1 or fold(word) in PARTICLES or not re.search("[а-яё]", word.lower())


def _agreements(word: str, base: str, label: str, rare: float = 0.0) -> frozenset[Agreement]:
    """The cases and genders in which a word may be a form of a nominative."""
    readings = person_readings(word) if label == "PER" else thing_readings(word)
    least = rare * max((each.weight for each in readings), default=0.0)
    found = {
        (each.case, each.gender)
        for each in readings
        if each.parts == (base,) and each.weight >= least
    }
    if label != "PER":
        forms = adjective_forms(word.lower())
        found |= {form.agreement for form in forms if fold(form.nominative) == base}
    return frozenset(found)


def _gap(between: str) -> str:
    """Spaces of any kind are one; a line break is none of them."""
    return re.sub(r"[^\S\n]+", " ", between)


def spans_of(text: str, pattern: Pattern) -> Iterator[Span]:
    """Where the words of the pattern follow one another in agreement."""
    known: Known = {}
    end = 0
    for match in WORD.finditer(text):
        span = span_at(text, match, pattern, known) if match.start() >= end else None
        if span is not None and span.start >= end:
            yield span
            end = span.end


def span_at(text: str, match: re.Match[str], pattern: Pattern, known: Known) -> Span | None:
    """The name whose first word is this one; `known` remembers the forms of this pattern."""
    if not _may_be(match[0], pattern.words[0]):
        return None
    tokens = [Token(match.start(), match.end(), match[0]), *_following(text, match, pattern)]
    if len(tokens) < len(pattern.words) or not _agree(tokens, pattern, known):
        return None
    start, stop = tokens[0].start - len(pattern.before), tokens[-1].end + len(pattern.after)
    around = text[max(start, 0) : tokens[0].start], text[tokens[-1].end : stop]
    return Span(start, stop) if around == (pattern.before, pattern.after) else None


def _following(text: str, match: re.Match[str], pattern: Pattern) -> Iterator[Token]:
    """The words after the first one, as long as they may be those of the pattern."""
    end = match.end()
    for word, gap in zip(pattern.words[1:], pattern.gaps, strict=True):
        following = WORD.search(text, end, end + _FAR)
        if following is None or _gap(text[end : following.start()]) != gap:
            return
        if not _may_be(following[0], word):
            return
        yield Token(following.start(), following.end(), following[0])
        end = following.end()


def _may_be(word: str, wanted: NameWord) -> bool:
    """A quick look, which most words of a text do not pass."""
    shared = 1 if len(wanted.base) < 4 else 2
    if wanted.capital and not word[0].isupper():
        return False
    if wanted.acronym and not word[: len(wanted.base)].isupper():
        return False
    folded = fold(word)
    if not wanted.declines:
        return folded == wanted.form
    same = folded[:shared] == wanted.base[:shared]
    return same and abs(len(folded) - len(wanted.base)) <= _LONGER_BY


def _agree(
    tokens: Sequence[Token],
    pattern: Pattern,
    known: Known,
) -> bool:
    """Whether the words that decline have a case and a gender in common."""
    alone = sum(word.declines for word in pattern.words) == 1
    common: frozenset[Agreement] | None = None
    for number, (token, word) in enumerate(zip(tokens, pattern.words, strict=True)):
        if not word.declines or (alone and fold(token.text) in (word.form, word.base)):
            continue
        key = number, token.text
        agreements = known.get(key)
        if agreements is None:
            agreements = _agreements(token.text, word.base, pattern.label, _RARE if alone else 0.0)
            known[key] = agreements
        common = agreements if common is None else common & agreements
        if not common:
            return False
    return True
