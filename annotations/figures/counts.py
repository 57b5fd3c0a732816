"""NUMBER: counts and shares, with the noun that is counted."""

import re
from functools import cache

from annotations.figures.amounts import DASHES, Amount, Units, read_amount
from annotations.figures.finds import Find, bounds
from annotations.figures.nouns import counted_noun, counts_plural
from annotations.figures.numerals import Number, read_number
from annotations.figures.ordinals import ordinal_word
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

_ONE_BEFORE = frozenset(["только", "лишь", "всего", "минимум", "максимум", "менее", "более"])
_STREETS = frozenset(("ул", "улица", "улице", "улицы", "проспект", "просп", "пр", "пер"))
_JOINED = frozenset({"и", "или", "из", ","})
_LATIN = re.compile(r"[a-z][a-z-]*")
_JOINTS = frozenset("/_:+")


def _no_unit(_line: Line, _i: int) -> tuple[None, int] | None:
    return None


_COUNTS: Units[None] = Units(after=_no_unit, required=False, lower_bound=False)


def read_count(line: Line, i: int) -> Find | None:
    """«12» of «12 совместных проектов», «около двухсот», «половина депутатов»."""
    amount = read_amount(line, i, _COUNTS)
    if amount is None:
        return None
    term = amount.high or amount.low
    number = term.parts[0].number if term is not None else None
    if number is None or _is_label_or_code(line, amount, number):
        return None
    of = counted_noun(line, number) or _noun_of_next(line, number)
    if number.kind != "digits" and not _is_count_in_words(line, amount, number, of):
        return None
    more = {} if of is None else {"of": of}
    value = bounds(amount, lambda term: term.parts[0].number.value, **more)
    return Find(amount.start, amount.end, "NUMBER", value, 0.92 if of else 0.6)


def _noun_of_next(line: Line, number: Number) -> str | None:
    """«5 и 7 школ», «12 из 15 школ»: the noun that a second number is given with."""
    if line.low(number.end) not in _JOINED:
        return None
    second = read_number(line, number.end + 1)
    return None if second is None else counted_noun(line, second)


def _is_label_or_code(line: Line, amount: Amount[None], number: Number) -> bool:
    """Whether the number only tells one thing from another: «статья 34», «2-1», «1)»."""
    if number.kind not in {"digits", "suffixed"}:
        return False
    i, j = amount.start, amount.end
    before = line.at(i - 1)
    dashed = before.low in DASHES and line.glued(i) and line.glued(i - 1)
    if dashed or (before.low in _JOINTS | {"."} and line.glued(i) and line.glued(i - 1)):
        return True
    if line.low(j) in DASHES and line.glued(j) and line.glued(j + 1):
        return True
    if line.low(j) in _JOINTS and line.glued(j) and line.glued(j + 1):
        return True
    if _is_item(line, i, j):
        return True
    if line.low(j) in {"»", '"'} and (before.low in DASHES or before.text[:1].isupper()):
        return True
    if before.low == "," and any(line.low(k) in _STREETS for k in range(i - 4, i - 1)):
        return True  # «ул. Мира, 45»
    word = line.at(i - 2) if before.low == "." and not line.glued(i) else before
    if word.kind != WORD:
        return False
    if not lemmas(word.low).isdisjoint(_labels()) and not counts_plural(line, number):
        return line.low(i - 1) != "." or len(word.low) <= 5
    return (_LATIN.fullmatch(word.low) is not None or _is_acronym(word.text)) and (
        word is before and counted_noun(line, number) is None
    )


def _is_item(line: Line, i: int, j: int) -> bool:
    """«1.» at the beginning of a line, «2)» anywhere: the number of an item in a list."""
    if i == 0 and line.low(j) == "." and line.glued(j):
        return True
    if line.low(j) != ")" or not line.glued(j):
        return False
    return not any(line.low(k) == "(" for k in range(max(0, i - 8), i))


def _is_acronym(text: str) -> bool:
    return len(text) > 1 and text.isupper()


@cache
def _labels() -> frozenset[str]:
    return frozenset(row[0] for row in table("labels"))


def _is_count_in_words(line: Line, amount: Amount[None], number: Number, of: str | None) -> bool:
    """Whether a numeral in words counts; «один» seldom does, «семью» may be a family."""
    first = line.low(amount.start)
    if number.kind == "half":
        return False
    if number.kind == "unit" and number.value == 1:
        alone = amount.start == number.end - 1
        before = line.low(amount.start - 1)
        if line.low(number.end) == "из":
            return False
        return of is not None and (not alone or before in _ONE_BEFORE or of == "человек")
    if number.kind == "part" and amount.start == number.end - 1:
        return not _is_described(line, amount.start)
    if first in {"семью", "сорока", "сорок"} and number.end == amount.start + 1:
        return of is not None
    return True


def _is_described(line: Line, i: int) -> bool:
    """Whether «половина» or «четверть» is itself counted or described («вторая половина»)."""
    before = line.at(i - 1)
    if before.kind != WORD:
        return False
    if ordinal_word(before.low) is not None:
        return True
    best = parses(before.text)[0].grammemes
    return "ADJF" in best and "Apro" not in best
