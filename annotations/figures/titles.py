"""Numbers that a name in quotes begins with: «Сто лет одиночества», «1984», «Пять плюс»."""

from functools import cache

from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

_OPENING = frozenset('«"“„')
_CLOSING = frozenset('»"”“')
_REACH = 12  # pieces of a name
_MENTIONS = frozenset({"слово", "фраза", "вопрос", "ответ", "цитата", "условие"})


@cache
def _named() -> frozenset[str]:
    """Nouns that announce a name in quotes, beyond those of a capital letter after them."""
    tables = ("works", "org_heads", "org_nouns", "loc_heads", "source_words")
    return frozenset(row[0] for name in tables for row in table(name))


def opens_title(line: Line, i: int) -> bool:
    """Whether piece `i` begins a name in quotes, which a noun before it announces."""
    if line.low(i - 1) not in _OPENING or not line.glued(i) or line.at(i - 2).kind != WORD:
        return False
    text, noun = line.at(i).text, line.at(i - 2)
    if text[0].islower() or "NOUN" not in parses(noun.text)[0].grammemes:
        return False
    if not any(line.low(j) in _CLOSING for j in range(i + 1, i + _REACH)):
        return False
    names = lemmas(noun.low)
    if not names.isdisjoint(_named()):
        return True
    return text[0].isalpha() and names.isdisjoint(_MENTIONS)
