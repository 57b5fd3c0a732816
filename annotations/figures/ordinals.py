"""Ordinal numbers: in words («двадцать первый»), digits («5-й») and Roman («XXI»)."""

import re
from decimal import Decimal
from typing import NamedTuple

from annotations.figures.pieces import CODE, SUFFIXED, WORD, Line
from annotations.figures.words import numerals, ordinals

_SUFFIX = re.compile(r"(?:ый|ий|ой|й|ая|я|ое|ее|е|ые|ого|его|го|ом|ем|м|ому|ему|му|ым|ую|ю|ых|ыми)")
_SUFFIXED = re.compile(r"([0-9]{1,6})[-‑–]([а-яё]+)")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LOOK_ALIKES = str.maketrans("ХІСМ", "XICM")
_RANKS = {"unit": 1, "teen": 2, "ten": 3, "hundred": 4, "scale_one": 5, "scale": 5}


class Ordinal(NamedTuple):
    """An ordinal that ends before piece `end`; `form` is "word", "suffixed" or "roman"."""

    value: int
    end: int
    form: str


def ordinal_word(low: str) -> int | None:
    """The value of an ordinal of one word, in its folded form."""
    return ordinals().get(low)


def read_ordinal(line: Line, i: int) -> Ordinal | None:
    """The ordinal that begins at piece `i`."""
    return line.remember("ordinal", i, _read)


def _read(line: Line, i: int) -> Ordinal | None:
    piece = line.at(i)
    if piece.kind == SUFFIXED:
        match = _SUFFIXED.fullmatch(piece.text)
        if match and (_SUFFIX.fullmatch(match[2]) or _is_plural(match)):
            return Ordinal(int(match[1]), i + 1, "suffixed")
        return None
    if piece.kind not in {WORD, CODE}:
        return None
    if piece.text.isupper():
        value = roman(piece.text)
        if value is not None:
            return Ordinal(value, i + 1, "roman")
    return _read_words(line, i)


def _is_plural(match: re.Match[str]) -> bool:
    """«9-х классов»; «2-х» and «90-х» are other things."""
    return match[2] == "х" and int(match[1]) > 4 and match[1][-1] != "0"


def _read_words(line: Line, i: int) -> Ordinal | None:
    """Cardinals that fall in rank, and an ordinal at the end: «две тысячи двадцать пятый»."""
    total, j, above = Decimal(0), i, 6
    while (last := ordinal_word(line.low(j))) is None:
        word = numerals().get(line.low(j))
        rank = _RANKS.get(word.kind, 9) if word else 9
        if word is None or (rank >= above and rank != 5) or j - i > 6:
            return None
        if rank == 5:
            total = max(total, Decimal(1)) * word.value
        else:
            total += word.value
        j, above = j + 1, (5 if rank == 5 else rank)
    if j > i and (above in {1, 2} or _rank_of(last) >= above or (above == 5 and total % 1000)):
        return None
    return Ordinal(int(total) + last, j + 1, "word")


def _rank_of(value: int) -> int:
    """The rank of an ordinal of one word, as in `_RANKS`."""
    if value < 10:
        return 1
    if value < 20:
        return 2
    return 3 if value < 100 else 4


def roman(text: str) -> int | None:
    """The value of a Roman numeral up to 3999, also in Cyrillic look-alikes."""
    latin = text.translate(_LOOK_ALIKES)
    if not 0 < len(latin) <= 15 or not _ROMAN.fullmatch(latin):
        return None
    total = 0
    for digit, following in zip(latin, latin[1:] + " ", strict=True):
        value = _ROMAN_DIGITS[digit]
        total += -value if value < _ROMAN_DIGITS.get(following, 0) else value
    return total
