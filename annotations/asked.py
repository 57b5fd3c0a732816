"""What a word of a query asks for, where its lemmas are known; light, as a search needs it.

A term is a folded lemma, or "#" and a stem for a word that the dictionary does not know; in a
query also "=" and an exact form.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import NamedTuple

from annotations.folding import fold
from annotations.stems import stems

MOST_PARTS = 6  # of a hyphenated word
_MOST_STARTS = 4  # of a hyphenated word, without its last part
LONGEST = 64  # characters of a form; what is longer is no word, and found as it stands


# Letters of other Cyrillic alphabets as Russian news write them: «Қасым», «Зеленський».
_RUSSIAN = str.maketrans("қғңһәөүұіїєґўј", "кгнхаоууииегуй")
CYRILLIC = re.compile(r"[а-я]")
_HARD = "бвгджзклмнпрстфхцчшщ"
# Endings of one declension, and what they follow: of Трутнев, Трасс; of Кучма; of Врубель; of
# Гамалей; of Навроцкий.
_DECLENSIONS = (
    (_HARD, ("", "а", "у", "ом", "ем", "ым", "е")),
    (_HARD, ("а", "ы", "и", "у", "е", "ой", "ей")),
    (_HARD, ("ь", "я", "ю", "ем", "е")),
    ("аеиоуыэюя", ("й", "я", "ю", "ем", "е")),
    (_HARD, ("ий", "ый", "ой", "ого", "ому", "им", "ым", "ом", "ая", "ую")),
)
_SHORTEST_DECLINED = 4  # letters


_SURNAME = re.compile(r"..[ое]в\Z")  # which may be a plural as well


class Terms(NamedTuple):
    """The terms of one word: of its likeliest readings, and of the others."""

    best: tuple[str, ...]
    others: tuple[str, ...] = ()


def asked_for(form: str, own: Terms, *, is_name: bool = False) -> Terms:
    """What a word in a query asks for where its own terms are known: does without the dictionary.

    It may be a lemma itself.  An unknown name asks for the forms that the dictionary may take
    for something else, a known word for the stem of those that it does not know.  Written as a
    name, «Токаев» and «Песков» are surnames, and no bottles of токай, no grains of песок.
    """
    word = normal(form)
    if is_name and _SURNAME.search(word):
        own = Terms(tuple(stem_terms(word)))
    best = (*own.best, word)
    if "-" in word or len(word) > LONGEST or not CYRILLIC.search(word):
        return as_terms(best, own.others)
    unknown = any(term.startswith("#") for term in own.best)
    return as_terms(best, (*own.others, *(_forms(word) if unknown else stem_terms(word))))


def is_name(word: str) -> bool:
    """Whether a word of a query is written as a name."""
    return word[:1].isupper()


def _forms(word: str) -> Iterator[str]:
    """Exact forms of an unknown name: «Пескову» asks for «Песков», which may be of песок."""
    for after, endings in _DECLENSIONS:
        for ending in endings:
            stem = word.removesuffix(ending)
            if word.endswith(ending) and len(stem) >= _SHORTEST_DECLINED and stem[-1] in after:
                yield from (f"={stem}{other}" for other in endings if other != ending)


def normal(form: str) -> str:
    return fold(form).translate(_RUSSIAN)


def as_terms(best: Iterable[str], others: Iterable[str] = ()) -> Terms:
    """Terms without repetitions, without empty ones."""
    chosen = dict.fromkeys(filter(None, best))
    return Terms(tuple(chosen), tuple(dict.fromkeys(t for t in others if t and t not in chosen)))


def stem_terms(word: str) -> list[str]:
    """The stems of an unknown word as terms; all parts of a hyphenated word may be declined."""
    *heads, last = word.split("-")
    starts = product(*(stems(head) if head else ("",) for head in heads[:MOST_PARTS]))
    return [
        f"#{stem}"
        for start in islice(starts, _MOST_STARTS)
        for stem in stems("-".join([*start, *heads[MOST_PARTS:], last]))
    ]
