"""ORDINAL: positions in an order, and the names and idioms that only look like one."""

from collections.abc import Mapping
from functools import cache

from annotations.figures.amounts import DASHES
from annotations.figures.finds import Find
from annotations.figures.ordinals import Ordinal, read_ordinal
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

_SENTENCE_ENDS = frozenset({"", ".", "!", "?", "…", ":", ";"})
_QUOTES = frozenset('«"“„')
_COUNTED_IN_ROMAN = frozenset(
    [
        "век",
        "столетие",
        "квартал",
        "полугодие",
        "съезд",
        "место",
        "форум",
        "саммит",
        "степень",
        "группа",
        "категория",
        "тур",
        "созыв",
        "этап",
        "олимпийский",
        "международный",
        "всероссийский",
        "республиканский",
        "фестиваль",
        "конгресс",
        "том",
        "раздел",
        "кубок",
        "игра",
        "чемпионат",
        "турнир",
        "конкурс",
        "пленум",
        "сессия",
        "курс",
        "разряд",
        "класс",
    ]
)
_WAR = "война"


def read_position(line: Line, i: int) -> Find | None:
    """«второй» торговый партнёр, «5-е», «34-й» саммит, «XX» съезд."""
    if line.at(i).kind == NUMBER:
        return _read_range(line, i)
    ordinal = read_ordinal(line, i)
    if ordinal is None or not _is_position(line, i, ordinal):
        return None
    number = str(ordinal.value)
    confidence = {"suffixed": 0.95, "word": 0.9, "roman": 0.8}[ordinal.form]
    return Find(i, ordinal.end, "ORDINAL", {"min": number, "max": number}, confidence)


def _read_range(line: Line, i: int) -> Find | None:
    """«5–7-е» места."""
    if line.low(i + 1) not in DASHES or not line.glued(i + 1) or not line.glued(i + 2):
        return None
    last = read_ordinal(line, i + 2)
    first = line.at(i).text
    if last is None or last.form != "suffixed" or not first.isdecimal():
        return None
    if not int(first[:9]) < last.value:
        return None
    return Find(i, last.end, "ORDINAL", {"min": first, "max": str(last.value)}, 0.9)


def _is_position(line: Line, i: int, ordinal: Ordinal) -> bool:
    if ordinal.form == "suffixed":
        return not line.at(i).text.endswith("0-х")
    if ordinal.form == "roman":
        return _is_roman_position(line, i, ordinal)
    return not (_is_name(line, i, ordinal.end) or _is_idiom(line, ordinal))


def _is_name(line: Line, i: int, end: int) -> bool:
    """Whether a capital inside a sentence, or a war after it, makes the ordinal a name."""
    if any(_WAR in lemmas(line.low(j)) for j in range(end, end + 3) if line.at(j).kind == WORD):
        return True
    return line.at(i).text[0].isupper() and not _starts_sentence(line, i)


def _starts_sentence(line: Line, i: int) -> bool:
    before = line.low(i - 1)
    if before in _QUOTES or before in DASHES:
        return line.low(i - 2) in _SENTENCE_ENDS | {","}
    return before in _SENTENCE_ENDS


@cache
def _idioms() -> Mapping[int, frozenset[str]]:
    return {int(value): frozenset(words.split(" ")) for value, words in table("ordinal_idioms")}


def _is_idiom(line: Line, ordinal: Ordinal) -> bool:
    """«в первую очередь», «первая леди», «вторая мировая»."""
    following = line.at(ordinal.end)
    if following.kind != WORD:
        return False
    names = lemmas(following.low)
    return any(
        not names.isdisjoint(_idioms().get(value, frozenset())) for value in (0, ordinal.value)
    )


def _is_roman_position(line: Line, i: int, ordinal: Ordinal) -> bool:
    """A Roman numeral before the noun that it orders, not after the name of a king."""
    before, following = line.at(i - 1), line.at(ordinal.end)
    if following.kind != WORD:
        return False
    names = lemmas(following.low)
    if not names.isdisjoint(_COUNTED_IN_ROMAN):
        return True
    if len(line.at(i).text) < 2 or (before.kind == WORD and before.text[0].isupper()):
        return False
    return following.text.islower() and bool({"NOUN", "ADJF"} & parses(following.text)[0].grammemes)
