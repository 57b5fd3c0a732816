"""The only door to pymorphy3: a word form and what it may be a form of.

The dictionary (about 0.2 s and 15 MB) is loaded at the first unknown word, not at import;
answers are remembered for the life of the process.
"""

import threading
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from annotations.folding import fold

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

_loading = threading.Lock()
_IN_DICTIONARY = 4  # what pymorphy3 says of a word of its dictionary: unit, word, paradigm, place


class Parse(NamedTuple):
    """One reading of a word form: its lemma and its OpenCorpora grammemes.

    `score` is the estimated probability of the reading, 0 to 1; `known` says whether the
    dictionary has the word or pymorphy3 guessed it.
    """

    form: str
    lemma: str
    grammemes: frozenset[str]
    score: float
    known: bool
    source: Any  # pymorphy3's own

    def inflect(self, grammemes: Collection[str]) -> str | None:
        """The form of the same word with these grammemes, None where it has none."""
        stack = self.source.methods_stack
        if len(stack) > 1 or len(stack[0]) != _IN_DICTIONARY:
            form = self.source.inflect(frozenset(grammemes))
            return None if form is None else str(form.word)
        _, word, paradigm, place = stack[0]
        turn = _turn(paradigm, place, frozenset(grammemes), self.source)
        return None if turn is None else turn.of(word)

    def agree_with(self, number: int) -> str:
        """The form that stands after a whole number («3 проекта», «12 проектов»)."""
        return str(self.source.make_agree_with_number(number).word)


class Turn(NamedTuple):
    """From one form of a word of the dictionary to another one: what goes and what comes."""

    prefix_off: int
    suffix_off: int
    prefix: str
    suffix: str

    def of(self, word: str) -> str:
        return self.prefix + word[self.prefix_off : len(word) - self.suffix_off] + self.suffix


_turns: dict[tuple[int, int, frozenset[str]], Turn | None] = {}


def _turn(paradigm: int, place: int, grammemes: frozenset[str], example: Any) -> Turn | None:
    """The turn from a form to the one with these grammemes: the same for a whole paradigm.

    pymorphy3 makes all forms of the word to choose one; words of a paradigm differ in the stem.
    """
    key = (paradigm, place, grammemes)
    if key not in _turns:
        _turns[key] = _new_turn(paradigm, place, example.inflect(grammemes))
    return _turns[key]


def _new_turn(paradigm: int, place: int, found: Any) -> Turn | None:
    if found is None:
        return None
    forms = _analyzer().dictionary.build_paradigm_info(paradigm)
    prefix_off, _, suffix_off = forms[place]
    prefix, _, suffix = forms[found.methods_stack[0][3]]
    return Turn(len(prefix_off), len(suffix_off), prefix, suffix)


class Reading(NamedTuple):
    """One reading of a word form, as lean as it comes: for what is asked of every word there is."""

    lemma: str
    tag: str
    score: float


@lru_cache(maxsize=1)
def _load() -> "MorphAnalyzer":
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


def _analyzer() -> "MorphAnalyzer":
    with _loading:
        return _load()


@lru_cache(maxsize=20_000)  # some 10 kB a form, with what others keep of it
def parses(form: str) -> tuple[Parse, ...]:
    """All readings of a word form, the most probable first; case and stress do not matter."""
    return tuple(
        Parse(
            form=parse.word,
            lemma=parse.normal_form,
            grammemes=frozenset(parse.tag.grammemes),
            score=parse.score,
            known=len(parse.methods_stack[0]) == _IN_DICTIONARY and len(parse.methods_stack) == 1,
            source=parse,
        )
        for parse in _analyzer().parse(form.lower())
    )


@lru_cache(maxsize=500_000)
def lemmas(form: str) -> frozenset[str]:
    """The folded lemmas of all readings of a form, and the folded form itself."""
    folded = fold(form)
    return frozenset({fold(parse.lemma) for parse in parses(folded)} | {folded})


def indexed_lemmas(form: str) -> frozenset[str]:
    """What a word in a text is found by: its lemmas and, hyphenated, those of its parts."""
    parts = fold(form).split("-")
    if len(parts) == 1:
        return lemmas(form)
    return lemmas(form).union(*(lemmas(part) for part in parts if part))


def readings(form: str) -> list[Reading]:
    """All readings of a word form in lower case, the most probable first; not remembered."""
    found = _analyzer().parse(form)
    return [Reading(parse[2], str(parse[1]), parse[3]) for parse in found]


def is_known(form: str) -> bool:
    """Whether the dictionary has the form (in lower case), with either of е and ё."""
    return bool(_analyzer().word_is_known(form))
