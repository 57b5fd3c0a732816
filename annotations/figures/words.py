"""The lexicon's tables as look-ups by folded form, made at their first use."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.lexicon import table


class Numeral(NamedTuple):
    """A word of a cardinal numeral: its value and its class in numerals.tsv."""

    value: Decimal
    kind: str


_ENDINGS = {
    "hard": "ый ая ое ые ого ой ую ому ым ом ых ыми",
    "struck": "ой ая ое ые ого ую ому ым ом ых ыми",
    "soft": "ий ья ье ьи ьего ьей ью ьему ьим ьем ьих ьими",
}
_SCALES = ("scale", "scale_one")


@cache
def numerals() -> Mapping[str, Numeral]:
    """Forms of cardinal numerals."""
    return {
        form: Numeral(Decimal(value), kind)
        for value, kind, forms in table("numerals")
        for form in forms.split(" ")
    }


@cache
def ordinals() -> Mapping[str, int]:
    """Forms of ordinal numerals of one word."""
    return {
        stem + ending: int(value)
        for value, stem, kind in table("ordinals")
        for ending in _ENDINGS[kind].split(" ")
    }


@cache
def months() -> Mapping[str, int]:
    """Forms of the names of months: 1 to 12."""
    return _by_form("months")


@cache
def weekdays() -> Mapping[str, int]:
    """Forms of the names of the days of the week: 1 (Monday) to 7."""
    return _by_form("weekdays")


def _by_form(name: str) -> Mapping[str, int]:
    return {form: int(value) for value, forms in table(name) for form in forms.split(" ")}


@cache
def halved() -> frozenset[str]:
    """Genitives that «пол» and «полу» are written together with."""
    scales = {
        form
        for form, numeral in numerals().items()
        if numeral.kind in _SCALES and form.endswith(("она", "рда", "тысячи"))
    }
    return frozenset(scales | {row[0] for row in table("halved")})


def cuts(word: str) -> tuple[int, ...]:
    """Where a word written together comes apart: «пол|миллиона», «два|-|три», «май|-|июнь»."""
    if word.startswith("пол") and word != "полудня":
        for length in (3, 4):
            if word[:length] in ("пол", "полу", "пол-") and word[length:] in halved():
                return (length,)
    left, hyphen, right = word.partition("-")
    if hyphen and any(left in forms and right in forms for forms in (numerals(), months())):
        return (len(left), len(left) + 1)
    return ()
