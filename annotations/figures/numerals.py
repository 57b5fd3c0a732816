"""Cardinal numbers: digits, words in every case, both together; fractions and halves.

«1 млн 200 тыс.», «сто тридцать две тысячи», «пять с половиной», «три четверти», «полмиллиона».
"""

import re
from decimal import Decimal
from typing import NamedTuple

from annotations.figures.governed import BEFORE_A_SCALE, governs_one, is_share
from annotations.figures.inverted import number_after
from annotations.figures.ordinals import ordinal_word
from annotations.figures.pieces import CODE, NUMBER, SUFFIXED, WORD, Line
from annotations.figures.words import Numeral, numerals

ONE = Decimal(1)
HALF = Decimal("0.5")
QUARTER = Decimal("0.25")

_ALWAYS_DOTTED = frozenset(
    [
        "тыс",
        "руб",
        "р",
        "долл",
        "коп",
        "г",
        "гг",
        "проц",
        "чел",
        "шт",
        "стерл",
        "экз",
        "в",
        "вв",
        "барр",
        "сек",
        "мин",
        "трл",
    ]
)
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")
_CARDINAL_SUFFIX = re.compile(r"(?:х|ти|и|ми|мя|ью|тью|надцати|десяти|сот)")
_SHARES = {"1/2": "0.5", "1/3": "0.333", "2/3": "0.667", "1/4": "0.25", "3/4": "0.75"} | {
    f"{n}/{d}": str(Decimal(n) / d) for d in (5, 10) for n in range(1, d)
}
_RANKS = {"unit": 1, "teen": 1, "ten": 2, "hundred": 3}
_WHOLES = frozenset({"целых", "целая", "целую"})
_TENTHS = {10: "0.1", 100: "0.01", 1000: "0.001"}


class Number(NamedTuple):
    """A cardinal number that ends before piece `end`.

    `scale` is the magnitude that its first part was counted in («1,5 млн»: a million),
    `coefficient` what stood before it; `kind` is the class of its last word, or "digits";
    `approx`: its order says so («тысяч пять»).
    """

    value: Decimal
    end: int
    kind: str
    coefficient: Decimal
    scale: Decimal = ONE
    approx: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is written in digits only."""
        return self.kind == "digits" and self.scale == ONE


def read_number(line: Line, i: int) -> Number | None:
    """The number that begins at piece `i`."""
    return line.remember("number", i, _read_signed)


def after_dot(line: Line, j: int, symbol: bool = False) -> int:
    """Past the full stop of the abbreviation that ends before piece `j`, if it has one.

    The stop of «млн.» or of a `symbol` («км.») may as well end the sentence: it counts where
    the text goes on.
    """
    if line.low(j) != "." or not line.glued(j):
        return j
    if not symbol and line.low(j - 1) in _ALWAYS_DOTTED:
        return j + 1
    following = line.at(j + 1).text[:1]
    goes_on = following.islower() or following.isdigit() or following in {"$", "€", "₽", "₸"}
    return j + 1 if goes_on else j


def _read_signed(line: Line, i: int) -> Number | None:
    sign = line.low(i)
    if sign in {"минус", "плюс"} or (sign in {"-", "−", "–", "+"} and _is_sign(line, i)):
        number = _read_twice(line, i + 1)
        if number and sign not in {"плюс", "+"}:
            return Number(-number.value, number.end, number.kind, -number.coefficient, number.scale)
        return number
    return _read_twice(line, i)


def _read_twice(line: Line, i: int) -> Number | None:
    """A number, and the same once more in brackets: «5000 (пять тысяч) тенге»."""
    number = _read(line, i)
    if number is None or line.low(number.end) != "(":
        return number
    again = _read(line, number.end + 1)
    if again is None or again.value != number.value or line.low(again.end) != ")":
        return number
    return number._replace(end=again.end + 1)


def _is_sign(line: Line, i: int) -> bool:
    """Whether the mark at `i` belongs to the digits after it and to nothing before it."""
    before = line.at(i - 1)
    return (
        line.at(i + 1).kind == NUMBER
        and line.glued(i + 1)
        and (not line.glued(i) or before.text in {"(", "«", "~", "…"})
    )


def _read(line: Line, i: int) -> Number | None:
    """A sum of groups, each with a lower magnitude than the one before."""
    first = _read_scaled(line, i) or _read_inverted(line, i) or _read_implicit(line, i)
    if first is None or first.scale == ONE or first.approx:
        return first
    if first.coefficient != int(first.coefficient):
        return first
    total, end, ceiling = first.value, first.end, first.scale
    while ceiling > ONE:
        part = _read_scaled(line, end)
        if part is None or part.scale >= ceiling or part.value >= ceiling:
            break
        total, end, ceiling = total + part.value, part.end, part.scale
    return Number(total, end, first.kind, first.coefficient, first.scale)


def _read_scaled(line: Line, i: int) -> Number | None:
    """A group below a thousand or digits, with halves, times a magnitude."""
    group = _read_digits(line, i) or _read_words(line, i)
    if group is None:
        return None
    value, end = _with_half(line, group.value, group.end)
    scale = numerals().get(line.low(end))
    if scale is None or not scale.kind.startswith(("scale", "group")):
        return Number(value, end, group.kind, value)
    piece = line.at(i)
    if piece.kind == NUMBER and end == i + 1:
        value = _digits(piece.text, scaled=True)
    end = after_dot(line, end + 1)
    return Number(value * scale.value, end, "scaled", value, scale.value)


def _read_inverted(line: Line, i: int) -> Number | None:
    """A magnitude before its number: «тысяч пять», «миллиона на два»."""
    j = number_after(line, i, "scale")
    number = None if j is None else _read_digits(line, j) or _read_words(line, j)
    if number is None or number.value >= 1000:
        return None
    scale = numerals()[line.low(i)].value
    return Number(number.value * scale, number.end, "scaled", number.value, scale, approx=True)


def _read_implicit(line: Line, i: int) -> Number | None:
    """A magnitude that stands alone: «миллиард», «более тысячи»; never «тысячи людей»."""
    word = numerals().get(line.low(i))
    if word is None or line.at(i).kind != WORD:
        return None
    alone = word.kind in {"scale_one", "group_one"}
    governed = word.kind in {"scale", "group"} and line.low(i) in {
        "тысячи",
        "сотни",
        "десятка",
        "дюжины",
    }
    if not alone and not (governed and governs_one(line, i)):
        return None
    if word.kind.startswith("group") or line.low(i - 1) in {"каждая", "каждый", "не"}:
        return Number(word.value, i + 1, "group", word.value)
    return Number(word.value, i + 1, "scaled", ONE, word.value)


def _read_digits(line: Line, i: int) -> Number | None:
    piece = line.at(i)
    if piece.kind == NUMBER:
        value = _digits(piece.text, scaled=False)
        return Number(value, i + 1, "digits", value)
    if piece.kind == SUFFIXED:
        digits, _, suffix = piece.text.replace("–", "-").replace("‑", "-").partition("-")
        value = _digits(digits, scaled=False)
        if _CARDINAL_SUFFIX.fullmatch(suffix) and (suffix != "х" or 2 <= value <= 4):
            return Number(value, i + 1, "suffixed", value)
    if piece.kind == CODE and piece.text in _SHARES and not line.low(i + 1).startswith("финал"):
        value = Decimal(_SHARES[piece.text])
        return Number(value, i + 1, "part", value)
    return None


def _digits(text: str, scaled: bool) -> Decimal:
    """The value of digits: spaces part thousands, a comma is decimal.

    A point parts thousands where three digits follow and no magnitude does («10.000 евро»).
    """
    text = _SPACES.sub("", text)
    if text.count(",") > 1:
        return Decimal(text.replace(",", ""))
    whole, point, rest = text.partition(".")
    several = text.count(".") > 1
    grouped = several or (len(rest.partition(",")[0]) == 3 and whole != "0" and not scaled)
    if point and grouped:
        return Decimal(text.replace(".", "").replace(",", "."))
    return Decimal(text.replace(",", "."))


def _read_words(line: Line, i: int, whole: bool = True) -> Number | None:
    """A numeral in words below a thousand: «сто двадцать пять», «двое», «три четверти».

    `whole`: «пять целых» may begin it.
    """
    total, j, kind, rank = Decimal(0), i, "", 4
    while (word := _word(line, j)) is not None and _RANKS.get(word.kind, 9) < rank:
        if word.kind == "teen" and rank == 2:
            break
        total, j, kind, rank = total + word.value, j + 1, word.kind, _RANKS[word.kind]
    if j == i:
        return _read_special(line, i)
    if whole and line.low(j) in _WHOLES:
        return _read_mixed(line, total, j) or Number(total, j, kind, total)
    return _read_fraction(line, i, total, j) or Number(total, j, kind, total)


def _word(line: Line, j: int) -> Numeral | None:
    return numerals().get(line.low(j)) if line.at(j).kind == WORD else None


def _read_special(line: Line, i: int) -> Number | None:
    word = _word(line, i)
    if word is None or word.kind not in {
        "both",
        "collective",
        "mixed",
        "part",
        "half",
        "part_many",
        "zero",
    }:
        return None
    if word.kind == "part_many":
        governed = line.low(i).endswith("ти") and (
            line.low(i - 1) in BEFORE_A_SCALE or is_share(line, i)
        )
        return Number(word.value, i + 1, "part", word.value) if governed else None
    if word.kind == "half" and not line.glued(i + 1):
        return None
    return Number(word.value, i + 1, word.kind, word.value)


def _read_mixed(line: Line, count: Decimal, j: int) -> Number | None:
    """«пять целых три десятых», where `count` ends before `j`."""
    part = _read_words(line, j + 2 if line.low(j + 1) == "и" else j + 1, whole=False)
    if part is None or part.kind != "part":
        return None
    return Number(count + part.value, part.end, "part", count + part.value)


def _read_fraction(line: Line, i: int, count: Decimal, j: int) -> Number | None:
    """«три четверти», «две пятых», where `count` ends before `j`."""
    word = _word(line, j)
    if word is not None and word.kind in {"part", "part_many"} and count < 10:
        thirds = word.value not in {HALF, QUARTER}
        part = round(count / 3, 3) if thirds else count * word.value
        return Number(part, j + 1, "part", part)
    size = ordinal_word(line.low(j))
    feminine = line.low(j).endswith(("ых", "их", "ая", "ую"))
    if size is None or size < 3 or count >= size or not feminine or line.low(i) == "первых":
        return None
    if count > 1 and line.low(j).endswith(("ая", "ую")):
        return None
    if count == 1 and line.low(i) not in {"одна", "одну", "одной"}:
        return None
    part = count * Decimal(_TENTHS[size]) if size in _TENTHS else round(count / size, 3)
    return Number(part, j + 1, "part", part)


def _with_half(line: Line, value: Decimal, end: int) -> tuple[Decimal, int]:
    """«восемь с половиной»: half more, and where it ends."""
    if line.low(end) == "с" and line.low(end + 1) in {"половиной", "четвертью"}:
        more = HALF if line.low(end + 1) == "половиной" else QUARTER
        return value + more, end + 2
    if line.low(end) == "с" and line.low(end + 1) == "лишним":
        scale = numerals().get(line.low(end + 2))
        if scale is not None and scale.kind.startswith("scale"):
            return value, end + 2
    return value, end
