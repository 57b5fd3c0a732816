"""Surnames in all their case forms: of each form, how many of the others a way to search finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotations.tokens import fold
from tests.quality.index import Way

SURNAMES = Path(__file__).with_name("surnames.tsv")

# Endings in the six cases: of a man, of a woman, of a family.  What is cut off first is named
# after the slash: «ий/2» takes two letters off the nominative.
_PARADIGMS = {
    "ов": (0, "- а у а ым е", "а ой ой у ой ой", "ы ых ым ых ыми ых"),
    "ский": (2, "ий ого ому ого им ом", "ая ой ой ую ой ой", "ие их им их ими их"),
    "ый": (2, "* ого ому ого ым ом", "ая ой ой ую ой ой", "ые ых ым ых ыми ых"),
    "орт": (0, "- а у а ом е", "", "ы ов ам ов ами ах"),
    "орк": (0, "- а у а ом е", "", "и ов ам ов ами ах"),
    "ич": (0, "- а у а ем е", "", "и ей ам ей ами ах"),
    "ец": (2, "* ца цу ца цом це", "", "цы цов цам цов цами цах"),
    "лец": (2, "* ьца ьцу ьца ьцом ьце", "", "ьцы ьцов ьцам ьцов ьцами ьцах"),
    "ок": (2, "* ка ку ка ком ке", "", "ки ков кам ков ками ках"),
    "ь": (1, "ь я ю я ем е", "", "и ей ям ей ями ях"),
    "ай": (1, "й я ю я ем е", "", "и ев ям ев ями ях"),
    "а": (1, "а ы е у ой е", "", ""),
    "ка": (1, "а и е у ой е", "", ""),
    "ца": (1, "а ы е у ей е", "", ""),
    "я": (1, "я и е ю ей е", "", ""),
    "ия": (1, "я и и ю ей и", "", ""),
    "fixed": (0, "-", "", ""),
}


@dataclass(frozen=True, slots=True)
class Surname:
    """A surname and its forms: of a man and of a woman, the nominative first; of a family."""

    nominative: str
    man: tuple[str, ...]
    woman: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """How many of the forms that are to be found are found, and how many found are of others."""

    by_nominative: float
    by_other_forms: float
    of_others: float


def surnames() -> Iterator[Surname]:
    """The surnames of our list, declined by hand-written paradigms."""
    for line in SURNAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        paradigm, names = line.split("\t")
        cut, *endings = _PARADIGMS[paradigm]
        for name in names.split():
            stem = name[: len(name) - cut]
            man, woman, family = (_forms(name, stem, each) for each in endings)
            yield Surname(name, man, woman, family)


def _forms(name: str, stem: str, endings: str) -> tuple[str, ...]:
    forms = (name if ending in "-*" else stem + ending for ending in endings.split())
    return tuple(dict.fromkeys(map(fold, forms)))


def missed(way: Way) -> Iterator[tuple[str, str]]:
    """The queries and the forms that they are to find and do not."""
    for query, form in _asked():
        if not way.of_query(query) & way.of_text(form):
            yield query, form


def _asked() -> Iterator[tuple[str, str]]:
    for surname in surnames():
        for forms in (surname.man, surname.woman):
            yield from ((query, form) for query in forms for form in forms if query != form)
        yield from ((surname.man[0], form) for form in surname.family)


def recall(way: Way) -> Recall:
    """How well a way to search finds the forms of the surnames of our list."""
    nominatives = {forms[0] for each in surnames() for forms in (each.man, each.woman) if forms}
    asked, lost = list(_asked()), set(missed(way))
    first = [pair for pair in asked if pair[0] in nominatives]
    rest = [pair for pair in asked if pair[0] not in nominatives]
    return Recall(
        1 - sum(pair in lost for pair in first) / len(first),
        1 - sum(pair in lost for pair in rest) / len(rest),
        _share_of_others(way),
    )


def _share_of_others(way: Way) -> float:
    """The share of what the nominatives find that is a form of another surname."""
    owners: dict[str, set[str]] = {}
    for surname in surnames():
        for form in (*surname.man, *surname.woman, *surname.family):
            owners.setdefault(form, set()).add(surname.nominative)
    terms = {form: way.of_text(form) for form in owners}
    found = wrong = 0
    for surname in surnames():
        query = way.of_query(surname.nominative)
        for form, names in owners.items():
            if query & terms[form]:
                found += 1
                wrong += surname.nominative not in names
    return wrong / found
