"""Numbers that only tell one thing from another: «статья 34», «ул. Мира, 45», «телефон 112»."""

import re
from functools import cache

from annotations.figures.amounts import DASHES, Amount
from annotations.figures.inverted import inverted_forms
from annotations.figures.nouns import agrees, counted_noun, counts_plural
from annotations.figures.numerals import Number
from annotations.figures.pieces import CODE, NUMBER, WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

_TELEPHONES = frozenset({"телефон", "тел", "факс", "телефакс", "код"})
_STREETS = frozenset(("ул", "улица", "улице", "улицы", "проспект", "просп", "пр", "пер"))
_LATIN = re.compile(r"[a-z][a-z-]*")
_JOINTS = frozenset("/_:+")


def is_label_or_code(line: Line, amount: Amount[None], number: Number) -> bool:
    """Whether the number only tells one thing from another: «статья 34», «2-1», «1)»."""
    i, j = amount.start, amount.end
    if number.kind not in {"digits", "suffixed"}:
        return _is_named(line, i, number)
    return (
        _is_joined(line, i, j)
        or _is_named(line, i, number)
        or _is_item(line, i, j)
        or _is_telephone(line, i)
        or _is_of_address(line, i, number)
        or _is_labelled(line, i, number)
    )


def _is_joined(line: Line, i: int, j: int) -> bool:
    """Whether the number is part of something longer: «2-1», «5_3», «Радио 7»»."""
    before, after = line.at(i - 1), line.low(j)
    if before.low in _JOINTS | {"."} | DASHES and line.glued(i) and line.glued(i - 1):
        return True
    if after in _JOINTS | DASHES and line.glued(j) and line.glued(j + 1):
        return True
    return after in {"»", '"'} and (before.low in DASHES or before.text[:1].isupper())


def _is_labelled(line: Line, i: int, number: Number) -> bool:
    """«статья 34», «Ту 154»: a noun or a foreign word right before."""
    before = line.at(i - 1)
    word = line.at(i - 2) if before.low == "." and not line.glued(i) else before
    if word.kind != WORD:
        return False
    if not lemmas(word.low).isdisjoint(_labels()) and not counts_plural(line, number):
        return before.low != "." or len(word.low) <= 5
    named = _LATIN.fullmatch(word.low) or _is_acronym(word.text) or _is_strange(word.text)
    return bool(named) and word is before and counted_noun(line, number) is None


def _is_of_address(line: Line, i: int, number: Number) -> bool:
    """«ул. Мира, 45», «на Тверской, 13», and the second number of «паспорт 4510 123456»."""
    before = line.at(i - 1)
    if before.low == "," and any(line.low(k) in _STREETS for k in range(i - 4, i - 1)):
        return True
    if before.kind != NUMBER and before.low != ",":
        return False
    if number.scale != 1 or counted_noun(line, number) is not None:
        return False
    street = line.at(i - 2)
    named = street.kind == WORD and street.text[0].isupper() and number.value < 1000
    return before.kind == NUMBER or (named and number.value == int(number.value))


def _is_named(line: Line, i: int, number: Number) -> bool:
    """«номер один», «Группа двадцати»."""
    before = line.low(i - 1)
    if before in {"номер", "имени"} or (before == "через" and line.low(i - 2) in inverted_forms()):
        return True
    return before.startswith("групп") and not agrees(line, number, number.end)


def _is_item(line: Line, i: int, j: int) -> bool:
    """«1.» at the beginning of a line, «2)» anywhere: the number of an item in a list."""
    if i == 0 and line.low(j) == "." and line.glued(j):
        return True
    if line.low(j) != ")" or not line.glued(j):
        return False
    return not any(line.low(k) == "(" for k in range(max(0, i - 8), i))


def _is_telephone(line: Line, i: int) -> bool:
    """«телефон горячей линии 112», «телефоны 112, 103 и 1414»."""
    for j in range(i - 1, max(-1, i - 8), -1):
        piece = line.at(j)
        if piece.kind == WORD:
            if not lemmas(piece.low).isdisjoint(_TELEPHONES):
                return True
            if piece.low not in {"и", "или"} and "gent" not in parses(piece.text)[0].grammemes:
                return False
        elif piece.low not in {",", ":", "-", "—", "(", ")"} and piece.kind != NUMBER:
            return piece.kind == CODE and not any(map(str.isalpha, piece.text))
    return False


def _is_strange(text: str) -> bool:
    """Whether a name is no word of the dictionary: «Виндоус 11»."""
    return text[0].isupper() and not parses(text)[0].known


def _is_acronym(text: str) -> bool:
    return len(text) > 1 and text.isupper()


@cache
def _labels() -> frozenset[str]:
    return frozenset(row[0] for row in table("labels"))
