"""The given names that we list ourselves: of whom they are, and which surnames go with them."""

from collections.abc import Mapping
from functools import cache

from annotations.folding import fold
from annotations.lexicon import table

_BEGINNING = 4  # letters of a given name that are looked at first
_GENDERS = {"m": "masc", "f": "femn"}


def genders_of_given(name: str) -> frozenset[str]:
    """The genders of a given name in the nominative; none where it is not listed."""
    return _genders().get(fold(name), frozenset())


def may_be_given(word: str) -> bool:
    """A quick look whether a word may be a form of a listed name."""
    folded, begun = fold(word), _beginnings()
    return any(folded[:length] in begun for length in range(1, _BEGINNING + 1))


def surnames_with(given: str) -> str:
    """`open` where surnames that go with a name end in a vowel or н, `vowels` where many do."""
    return _surnames().get(fold(given), "")


@cache
def _genders() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for letter, names, *_ in table("given_names"):
        for name in fold(names).split():
            found[name] = found.get(name, frozenset()) | {_GENDERS[letter]}
    return found


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of the names, those that no case form changes."""
    return frozenset(name[: min(_BEGINNING, len(name) - 1)] for name in _genders())


@cache
def _surnames() -> Mapping[str, str]:
    rows = table("given_names")
    return {name: more[0] for _, names, *more in rows if more for name in fold(names).split()}
