"""One word of the name of a place or an organisation: the nominatives that it may be a form of."""

from functools import lru_cache

from annotations.lemmas import parses
from annotations.name_words import (
    ADJECTIVE,
    PERSONAL,
    WordForm,
    adjective_forms,
    ended,
    noun_forms,
    scaled,
    thing_by_ending,
    unchanged,
)
from annotations.place_endings import place_endings

_MINISTRY = "мин"
_PREFIXES = ("рос", "гос", "глав")  # «Росимущества» of Росимущество
_NAMED = frozenset({"Geox", "Orgn"})


@lru_cache(maxsize=10_000)
def place_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a noun (lower case) that names a place.

    What the dictionary has as a surname («Сумарокова») or a common noun («Ниш») only is rather
    what its ending says, and seldom a plural.
    """
    known = [parse for parse in parses(word) if parse.known]
    nouns = [parse for parse in known if "NOUN" in parse.grammemes]
    guessed = ended(word, place_endings(word)) or unchanged(word)
    if any(parse.grammemes & _NAMED for parse in nouns):
        neuter = (form for form in adjective_forms(word) if form.gender == "neut")
        return noun_forms(word) + scaled(tuple(neuter), 0.2)  # «в селе Смоленском»
    if any(parse.grammemes & ADJECTIVE for parse in known) and not nouns:
        return adjective_forms(word) + scaled(guessed, 0.3)  # «под Арском», although «арский» is
    if not nouns:
        return guessed + noun_forms(word)[len(thing_by_ending(word)) :]
    if all(parse.grammemes & PERSONAL for parse in nouns):
        return guessed + scaled(noun_forms(word), 0.2)
    return scaled(guessed, 0.4) + tuple(
        form._replace(weight=form.weight * (0.1 if form[1:3] == ("gent", "plur") else 0.7))
        for form in noun_forms(word)
    )


@lru_cache(maxsize=10_000)
def organisation_forms(word: str) -> tuple[WordForm, ...]:
    """The readings of a noun in the name of an organisation, which a person's name seldom is."""
    nouns = [parse for parse in parses(word) if parse.known and "NOUN" in parse.grammemes]
    if nouns and all(parse.grammemes & PERSONAL for parse in nouns):
        return thing_by_ending(word) + scaled(noun_forms(word), 0.3)
    prefix = next((prefix for prefix in _PREFIXES if word.startswith(prefix)), "")
    rest = word[len(prefix) :]
    if prefix and not nouns and any(parse.known for parse in parses(rest or "-")):
        return tuple(
            form._replace(nominative=prefix + form.nominative) for form in noun_forms(rest)
        ) or noun_forms(word)
    return noun_forms(word)


@lru_cache(maxsize=1_000)
def of_genitive(word: str) -> float:
    """How likely a word (lower case) is a contraction that never declines, as «Минтуризма» is.

    «Минцифры» is sure to be one, «Минспорта» is rather of «Минспорт».
    """
    if not word.startswith(_MINISTRY) or any(parse.known for parse in parses(word)):
        return 0.0
    genders = [
        "masc" in parse.grammemes
        for parse in parses(word[len(_MINISTRY) :] or "-")
        if parse.known and parse.grammemes >= {"NOUN", "inan", "sing", "gent"}
    ]
    return (0.4 if all(genders) else 1.0) if genders else 0.0
