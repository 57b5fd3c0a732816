"""Numbers that a name in quotes begins with: «Сто лет одиночества», «1984», «Пять плюс»."""

from functools import cache

from annotations.figures.compounds import compound_word
from annotations.figures.named import starts_sentence
from annotations.figures.pieces import WORD, Line
from annotations.figures.words import numerals, ordinals
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

_OPENING = frozenset("«„“")
_CLOSING = frozenset("»”“")
_QUOTES = _OPENING | _CLOSING | {'"'}
_REACH = 12  # pieces of a name
_SHORT = 8  # pieces of a name that nothing announces
_FINITE = frozenset({"VERB", "PRTS"})
_SPOKEN = frozenset("!?…")
_DASHES = frozenset("-–—")
_MENTIONS = frozenset({"слово", "фраза", "вопрос", "ответ", "цитата", "условие", "лозунг"})
_SAYING = frozenset(
    [
        *("сказать", "заявить", "ответить", "написать", "крикнуть", "сообщить", "отвечать"),
        *("говорить", "уточнить", "добавить", "пояснить", "спросить", "воскликнуть"),
    ]
)


@cache
def _named() -> frozenset[str]:
    """Nouns that announce a name in quotes, beyond those of a capital letter after them."""
    tables = ("works", "org_heads", "org_nouns", "loc_heads", "source_words")
    return frozenset(row[0] for name in tables for row in table(name))


def is_in_title(line: Line, i: int) -> bool:
    """Whether piece `i` stands in a name in quotes that a number begins."""
    for j in range(i, max(0, i - _REACH), -1):
        if line.low(j - 1) not in _QUOTES:
            continue
        end = _end(line, j) if _opens(line, j) else None
        return end is not None and i < end and _is_title(line, i, j, end)
    return False


def _opens(line: Line, j: int) -> bool:
    """Whether the quote before piece `j` opens; «"» tells by the blank before it."""
    mark = line.low(j - 1)
    return line.glued(j) and (mark in _OPENING or (mark == '"' and not line.glued(j - 1)))


def _end(line: Line, j: int) -> int | None:
    """The piece that closes the quote that opens before piece `j`."""
    for k in range(j + 1, j + _REACH):
        if line.low(k) in _CLOSING or (line.low(k) == '"' and line.glued(k)):
            return k
    return None


def _is_title(line: Line, i: int, j: int, end: int) -> bool:
    if line.at(j).text[0].islower():
        return False
    if line.at(j - 2).kind == WORD and "NOUN" in parses(line.at(j - 2).text)[0].grammemes:
        names = lemmas(line.low(j - 2))
        announced = not names.isdisjoint(_named())
        if announced or (line.at(j).text[0].isalpha() and names.isdisjoint(_MENTIONS)):
            return i == j or (_is_number(line, j) and not _is_sentence(line, j, end))
        return False
    return (
        end - j <= _SHORT
        and _is_number(line, j)
        and line.at(j).kind == WORD
        and not _is_sentence(line, j, end)
        and not _is_speech(line, j, end)
    )


def _is_number(line: Line, j: int) -> bool:
    low = line.low(j)
    return low[0].isdigit() or low in numerals() or low in ordinals() or bool(compound_word(low))


def _is_sentence(line: Line, j: int, end: int) -> bool:
    """Whether what is quoted has a finite verb."""
    return any(line.at(k).kind == WORD and _is_finite(line.at(k).text) for k in range(j + 1, end))


def _is_finite(text: str) -> bool:
    best = parses(text)[0]
    return best.known and not _FINITE.isdisjoint(best.grammemes)


def _is_speech(line: Line, j: int, end: int) -> bool:
    """Whether words of somebody are quoted: «Сто рублей», — считает он."""
    if line.low(j - 2) == ":" or line.low(end - 1) in _SPOKEN:
        return True
    if line.at(j - 2).kind == WORD and not lemmas(line.low(j - 2)).isdisjoint(_SAYING):
        return True
    if not starts_sentence(line, j):
        return False
    after = end + 1
    if line.low(after) == "," or (line.low(after) in _DASHES and line.low(after + 1) == "так"):
        return True
    return line.low(after) in _DASHES and _is_sentence(line, after, after + 2)
