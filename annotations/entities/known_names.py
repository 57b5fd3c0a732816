"""Names that we list ourselves, places and organisations: what a word or some words may be."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from annotations.entities.reading import SPACES, Reading
from annotations.folding import fold
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_endings import thing_endings
from annotations.name_words import adjective_forms, noun_forms, personal_forms

_PLURAL = frozenset({"nomn", "plur"})
_STEM = 5  # letters
_ENDING = 5  # letters that a form may have after the stem of a shorter name


class Known(NamedTuple):
    """A listed name: its folded words in the nominative, and where it counts.

    `kind`: `place`; `bare` and `whole` for organisations; `quoted` for those within quotes only.
    """

    words: tuple[str, ...]
    kind: str


@cache
def _by_first_word() -> Mapping[str, Sequence[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    rows = [("place", row[0]) for row in table("known_places")]
    for kind, names in (*rows, *table("known_organisations")):
        for name in dict.fromkeys(fold(names).split(", ")):
            for words in _spellings(name):
                found[words[0]].append(Known(words, kind))
    return {first: sorted(names, key=_by_length) for first, names in found.items()}


def _spellings(name: str) -> Sequence[tuple[str, ...]]:
    """«Сан-Хосе» is also spelled with a blank."""
    words = tuple(word for word in name.split() if word != "—")
    apart = tuple(name.split("-"))
    return (words, apart) if len(words) == 1 and len(apart) == 2 and all(apart) else (words,)


def _by_length(known: Known) -> int:
    return -len(known.words)


@lru_cache(maxsize=10_000)
def _nominatives(word: str) -> frozenset[str]:
    """The folded nominatives of a word (lower case) as a noun or an adjective, and itself."""
    found = parses(word)
    if any(parse.known for parse in found):
        names = {form.nominative for form in (*noun_forms(word), *adjective_forms(word))}
    else:
        names = {rule.nominative_of(word) for rule in thing_endings(word)}
        names |= {parse.lemma for parse in found}
        names |= {parse.inflect(_PLURAL) or word for parse in found if "plur" in parse.grammemes}
    return frozenset(fold(name) for name in (*names, word))


@cache
def _stems() -> frozenset[str]:
    return frozenset(map(stem_of, _by_first_word()))


def stem_of(name: str) -> str:
    """The first letters of a folded name, which no case form of it changes."""
    return name[: max(2, min(_STEM, len(name) - 2))]


def may_be_form(word: str, stems: Container[str]) -> bool:
    """Whether a word begins as a name with one of these stems does: cheap, and mostly not so."""
    folded = fold(word)
    shortest = max(2, len(folded) - _ENDING)
    return any(folded[:size] in stems for size in range(min(shortest, _STEM), _STEM + 1))


@lru_cache(maxsize=10_000)
def _starting(word: str) -> tuple[Known, ...]:
    """The names whose first word this is a form of, the longest first."""
    if not may_be_form(word, _stems()):
        return ()
    rows = _by_first_word()
    found = [known for name in _nominatives(word.lower()) for known in rows.get(name, ())]
    return tuple(sorted(found, key=_by_length))


@lru_cache(maxsize=10_000)
def _of_several_words(word: str) -> tuple[Known, ...]:
    return tuple(known for known in _starting(word) if len(known.words) > 1)


@lru_cache(maxsize=10_000)
def listed(word: str) -> frozenset[str]:
    """The kinds of listed names of one word that a word is a form of."""
    return frozenset(known.kind for known in _starting(word) if len(known.words) == 1)


@cache
def _surnames() -> Mapping[str, frozenset[str]]:
    rows = [fold(name) for row in table("known_surnames") for name in row[0].split()]
    return {
        stem: frozenset(name for name in rows if stem_of(name) == stem)
        for stem in map(stem_of, rows)
    }


@lru_cache(maxsize=10_000)
def is_known_surname(word: str) -> bool:
    """Whether a word is a form of a surname that the news knows alone."""
    if not may_be_form(word, _surnames()):
        return False
    forms = personal_forms(word.lower(), "family")
    names = {fold(form.nominative) for form in forms} | {fold(word)}
    return any(name in _surnames().get(stem_of(name), ()) for name in names)


def known_at(reading: Reading, index: int) -> tuple[int, frozenset[str]] | None:
    """Index after the longest listed name of several words that begins here, and its kinds."""
    count, kinds = 0, set()
    for known in _of_several_words(reading.word(index)):
        size = len(known.words)
        if size >= count and _matches(reading, index, known.words):
            count = size
            kinds.add(known.kind)
    return (index + count, frozenset(kinds)) if count else None


def _matches(reading: Reading, index: int, names: Sequence[str]) -> bool:
    """Whether the words from `index` on are forms of those of a name."""
    for place in range(1, len(names)):
        at = index + place
        word = reading.word(at)
        if reading.gap(at - 1) not in SPACES and reading.gap(at - 1) not in {" — ", " – "}:
            return False
        if names[place] not in _nominatives(word.lower()):
            return False
    return True
