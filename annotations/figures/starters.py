"""Where a figure may begin: asked of every word, so answered from memory.

A figure has a heart: a number, a month, a day of the week, «вчера». It begins there or at
the leads right before it: «не более чем в», «с», «прошлого», «$». Most of what is a lead by
its look («в», «не», a dash) has no heart after it, and no family is asked for it.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from annotations.figures.ages import OLDER, YOUNGER
from annotations.figures.clock import NAMED
from annotations.figures.comparators import PREPOSITIONS, comparators
from annotations.figures.compounds import compound_word
from annotations.figures.date_figures import PART
from annotations.figures.durations import IN_COURSE
from annotations.figures.inverted import inverted_forms
from annotations.figures.money import CODES_BEFORE, SYMBOLS
from annotations.figures.ordinals import roman
from annotations.figures.pieces import MARK, WORD, Line, spelling
from annotations.figures.relative import DAYS, is_relative
from annotations.figures.seasons import SEASON
from annotations.figures.spoken import HALVES
from annotations.figures.words import months, numerals, ordinals, weekdays

_OTHER = 0
_LEAD = 1  # says something of the heart after it
_HEART = 2
_LINK = 3  # stands between a lead and the heart: «более | чем на | 5»
_UNIT = 4  # a heart only after leads: «около | века назад», «прошлого | года»
_UNIT_FIRST = 5  # a unit, or the lead of a number after it: «минуты | две»

_SPELT = frozenset({WORD, MARK})
_SIGNS = frozenset("-−–+~≈<>≤≥")
_LEADS = frozenset(["от", "с", "со", "между", "через", "без", "минус", "плюс", "не", *IN_COURSE])
_LINKS = frozenset(["по", "позднее", "позже", "ранее", "раньше"])
_HEARTS = frozenset(
    [
        *("накануне", "час", "часу", "часа", "день", "сутки", "неделю", "месяц", "год"),
        *("минуту", "секунду"),
        *("десятилетие", "лет", "леты", "летов", "летам", "летах", "летами"),
    ]
)
_UNITS = re.compile(
    r"сек|мин|ч$|час|де?н|сут|нед|мес|г(?:од|г?$)|лет|десятил|в(?:в$|ек)|столет|тысячелет"
    r"|кв|пол|выходн|рабоч|календарн|банковск"
)


def beginnings(line: Line) -> Iterator[int]:
    """The places where a figure may begin: hearts, and the leads right before them."""
    leads: list[int] = []
    for i, piece in enumerate(line.pieces[: len(line)]):
        role = _role(piece.text) if piece.kind in _SPELT else _HEART
        if role == _LEAD:
            leads.append(i)
        elif role != _LINK:
            if role != _OTHER:
                yield from leads
            if role == _HEART:
                yield i
            leads = [i] if role == _UNIT_FIRST else []


@lru_cache(maxsize=100_000)
def _role(text: str) -> int:
    """What a word or a mark is in a figure."""
    low, _ = spelling(text)
    if _is_heart(text, low):
        return _HEART
    if low in inverted_forms():
        return _UNIT_FIRST if _UNITS.match(low) else _LEAD
    if low in _leads() or is_relative(low):
        return _LEAD
    if low in _links():
        return _LINK
    return _UNIT if _UNITS.match(low) else _OTHER


def _is_heart(text: str, low: str) -> bool:
    return (
        low in _hearts()
        or (text.isupper() and roman(text) is not None)
        or compound_word(low) is not None
        or bool(SEASON.fullmatch(low) or PART.fullmatch(low))
    )


@cache
def _hearts() -> frozenset[str]:
    return _HEARTS.union(numerals(), ordinals(), months(), weekdays(), DAYS, NAMED, HALVES)


@cache
def _leads() -> frozenset[str]:
    return _LEADS.union(
        SYMBOLS, CODES_BEFORE, _SIGNS, OLDER, YOUNGER, comparators().words(first=True)
    )


@cache
def _links() -> frozenset[str]:
    return _LINKS.union(PREPOSITIONS, comparators().words(first=False))
