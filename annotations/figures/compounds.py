"""Words made of a number and a unit: «52-летний», «трёхчасовой», «30-летие», «10-процентный»."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from annotations.figures.amounts import DASHES
from annotations.figures.comparators import comparators
from annotations.figures.durations import Time, iso_duration
from annotations.figures.finds import Find, decimal_text
from annotations.figures.pieces import NUMBER, SUFFIXED, WORD, Line
from annotations.figures.words import numerals
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table
from annotations.model import Value

_ENDING = r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ей|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ыми|ими)"
_SPAN_ENDING = r"(?:е|я|ю|ем|и|й|ям|ями|ях)"
_SUFFIXED = re.compile(r"([0-9]+(?:[.,][0-9]+)?)[-‑–](.+)")
_YEARLING = re.compile(rf"годовал{_ENDING}")
_APPROXIMATORS = 4  # in a row
_NOT_NAMED = frozenset({"столети", "десятилети", "тысячелети"})


class Tail(NamedTuple):
    """What a compound measures: its label, its unit, and how many of it."""

    label: str
    unit: str
    size: Decimal


class Compound(NamedTuple):
    """A number and what it is measured in."""

    number: Decimal
    tail: Tail


@cache
def _tails() -> dict[str, Tail]:
    return {
        stem: Tail(label, unit, Decimal(count))
        for label, unit, count, stems in table("compounds")
        for stem in stems.split(" ")
    }


@cache
def _tail_pattern() -> re.Pattern[str]:
    stems = "|".join(sorted(_tails(), key=len, reverse=True))
    return re.compile(rf"({stems})(?:{_ENDING}|{_SPAN_ENDING})")


@cache
def _heads() -> dict[str, Decimal]:
    kinds = {"unit", "teen", "ten", "hundred"}
    heads = {form: word.value for form, word in numerals().items() if word.kind in kinds}
    return heads | {"одно": Decimal(1), "полутора": Decimal("1.5"), "полу": Decimal("0.5")}


@cache
def _word_pattern() -> re.Pattern[str]:
    heads = "|".join(sorted(_heads(), key=len, reverse=True))
    stems = "|".join(sorted(_tails(), key=len, reverse=True))
    return re.compile(rf"((?:{heads}){{1,3}}?)({stems})(?:{_ENDING}|{_SPAN_ENDING})")


@lru_cache(maxsize=100_000)
def compound_word(low: str) -> Compound | None:
    """The number and the unit of a compound in words: «трёхлетний»."""
    match = _word_pattern().fullmatch(low)
    if match is None and _YEARLING.fullmatch(low):
        return Compound(Decimal(1), _tails()["годовал"])
    if match is None or match[1] + match[2] in _NOT_NAMED:
        return None
    number, rest = Decimal(0), match[1]
    while rest:
        head = next(rest[:n] for n in range(len(rest), 0, -1) if rest[:n] in _heads())
        number, rest = number + _heads()[head], rest[len(head) :]
    return Compound(number, _tails()[match[2]])


def _compound_at(line: Line, i: int) -> Compound | None:
    piece = line.at(i)
    if piece.kind == WORD:
        return compound_word(piece.low)
    match = _SUFFIXED.fullmatch(piece.low) if piece.kind == SUFFIXED else None
    tail = _tail_pattern().fullmatch(match[2]) if match else None
    if match is None or tail is None:
        return None
    return Compound(Decimal(match[1].replace(",", ".")), _tails()[tail[1]])


def read_compound(line: Line, i: int) -> Find | None:
    """The figure that the compound at piece `i` is, with what approximates it."""
    start = i
    for _ in range(_APPROXIMATORS):
        compared = comparators().read(line, start)
        if compared is None or compared[0].side != "none":
            break
        start = compared[1]
    found = _read(line, start)
    if found is None or start == i:
        return found
    return found._replace(start=i, value={**found.value, "approx": True})


def _read(line: Line, i: int) -> Find | None:
    """The compound at piece `i`, a lower number before it included."""
    first, j = None, i
    if line.at(i).kind == NUMBER and line.low(i + 1) in DASHES and line.glued(i + 2):
        text = line.at(i).text
        if not text.isdecimal() or not line.glued(i + 1):
            return None
        first, j = Decimal(text), i + 2
    compound = _compound_at(line, j)
    if compound is None or _is_name(line, j):
        return None
    label, value = _value(line, j, first, compound)
    return Find(i, j + 1, label, value, 0.96)


def _is_name(line: Line, j: int) -> bool:
    """«Столетняя война»."""
    capital = line.at(j).text[0].isupper()
    return capital and "война" in lemmas(line.low(j + 1))


def _value(line: Line, j: int, first: Decimal | None, compound: Compound) -> tuple[str, Value]:
    number, tail = compound
    low = number if first is None else min(first, number)
    label = tail.label
    if label == "AGE" and not _is_of_somebody(line, j, default=tail.unit == "Y"):
        label = "DURATION"
    if label == "DURATION":
        unit = Time(tail.size, tail.unit)
        return label, {"min": iso_duration(((low, unit),)), "max": iso_duration(((number, unit),))}
    unit_name = (
        {"Y": "year", "M": "month"}.get(tail.unit, tail.unit) if label == "AGE" else tail.unit
    )
    return label, {
        "min": decimal_text(low * tail.size),
        "max": decimal_text(number * tail.size),
        "unit": unit_name,
    }


def _is_of_somebody(line: Line, j: int, default: bool) -> bool:
    """Whether «52-летний» describes a person or an animal, not a thing («25-летний срок»)."""
    for k in range(j + 1, j + 6):
        piece = line.at(k)
        if piece.kind != WORD:
            return default
        if piece.text[0].isupper() or "возраст" in lemmas(piece.low):
            return True
        best = parses(piece.text)[0].grammemes
        if "NOUN" in best:
            return "anim" in best
        if not best & {"ADJF", "PRTF"}:
            return default
    return default
