"""MONEY: amounts of a currency."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.figures.amounts import Amount, Term, Units, read_amount
from annotations.figures.finds import Find, bounds, unit_of
from annotations.figures.numerals import ONE, after_dot
from annotations.figures.phrases import Phrases
from annotations.figures.pieces import BLANK, WORD, Line
from annotations.lemmas import lemmas
from annotations.lexicon import table

_POUND = "фунт"
_MILLION = 1_000_000
_REACH = 30  # pieces on either side where a country may decide
_ENDS = frozenset(".!?;")
SYMBOLS = frozenset("$€£¥₽₸₴₺₹₩₪₾֏₼₿")
_NOUN = re.compile("[а-яё]+(?:[ -][а-яё]+)*", re.IGNORECASE)
CODES_BEFORE = frozenset({"usd", "eur", "rub", "kzt", "byn", "us", "gbp", "cny"})

_ALIKE = {  # by the currency that a word for hundredths alone is of: others that have them
    "RUB": frozenset({"BYN", "UAH", "PRB"}),
    "USD": frozenset({"EUR", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "NAD", "JMD", "FJD"}),
    "GBP": frozenset({"фунт"}),
    "крона": frozenset({"NOK", "SEK", "DKK", "ISK"}),
    "франк": frozenset({"CHF"}),
    "TRY": frozenset({"лира"}),
}


class Currency(NamedTuple):
    """A currency (ISO 4217 or the Russian noun), or its hundredth part (`size` 0.01)."""

    unit: str
    size: Decimal


@cache
def _currencies() -> Phrases[Currency]:
    return Phrases(
        (phrase, Currency(unit, Decimal(size)))
        for unit, size, phrases in table("currencies")
        for phrase in phrases.split(",")
    )


def is_currency(unit: str) -> bool:
    """Whether a value may have this unit: a code that we know, or Russian words in letters."""
    codes = {code for code, _size, _phrases in table("currencies")}
    return unit in codes or _NOUN.fullmatch(unit) is not None


def _after(line: Line, i: int) -> tuple[Currency, int] | None:
    found = _currencies().read(line, i)
    if found is None:
        return None
    currency, end = found
    return currency, after_dot(line, end)


def _before(line: Line, i: int) -> tuple[Currency, int] | None:
    if line.low(i) in SYMBOLS or line.low(i) in CODES_BEFORE:
        return _currencies().read(line, i)
    return None


def _follows(bigger: Currency, smaller: Currency) -> bool:
    """«рубль» and «копейка», «белорусский рубль» and «копейка» too."""
    if bigger.size != ONE or smaller.size == ONE:
        return False
    return bigger.unit == smaller.unit or bigger.unit in _ALIKE.get(smaller.unit, ())


_UNITS = Units(after=_after, before=_before, follows=_follows)


def read_money(line: Line, i: int) -> Find | None:
    """«89 рублей 20 копеек», «$1,2 млрд», «около 60 белорусских рублей»."""
    amount = read_amount(line, i, _UNITS)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return None
    name = _name(amount, unit)
    if name in _countries():
        name = _of_country(line, amount.start, amount.end, name)
    if name == _POUND and not _is_much(amount):
        return None
    return Find(amount.start, amount.end, "MONEY", bounds(amount, _sum, unit=name), 0.97)


def _name(amount: Amount[Currency], unit: Currency) -> str:
    for term in (amount.high, amount.low):
        if term is not None and term.parts[0].unit is not None:
            return term.parts[0].unit.unit
    return unit.unit


def _is_much(amount: Amount[Currency]) -> bool:
    """Whether pounds of no country are counted in millions: money, not a weight."""
    term = amount.high or amount.low
    return term is not None and term.parts[0].number.value >= _MILLION


@cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    """By the noun of a currency, whose it is by the lemma of a country, a capital, a people."""
    found: dict[str, dict[str, str]] = {}
    for noun, code, names in table("currency_countries"):
        found.setdefault(noun, {}).update(dict.fromkeys(names.split(" "), code))
    return found


def _of_country(line: Line, start: int, end: int, noun: str) -> str:
    """The currency of the one country that the sentence speaks of, else the noun itself."""
    countries = _countries()[noun]
    found: set[str] = set()
    for places in (range(start - 1, start - _REACH, -1), range(end, end + _REACH)):
        for j in places:
            piece = line.at(j) if 0 <= j < len(line) else BLANK
            if piece is BLANK or (piece.low in _ENDS and line.at(j + 1).text[:1].isupper()):
                break
            if piece.kind == WORD and len(piece.low) > 2:
                found.update(countries[name] for name in lemmas(piece.low) if name in countries)
    return found.pop() if len(found) == 1 else noun


def _sum(term: Term[Currency]) -> Decimal:
    return sum(
        (part.number.value * (part.unit.size if part.unit else ONE) for part in term.parts),
        Decimal(0),
    )
