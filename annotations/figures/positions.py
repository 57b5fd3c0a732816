"""ORDINAL: positions in an order, and the names and idioms that only look like one."""

from collections.abc import Mapping
from functools import cache

from annotations.figures.amounts import DASHES
from annotations.figures.finds import Find
from annotations.figures.homonyms import is_other_than_ordinal
from annotations.figures.named import starts_sentence
from annotations.figures.ordinals import Ordinal, read_ordinal
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table
from annotations.model import Value

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
        *("разряд", "класс", "стадия", "фаза", "уровень", "поколение", "раунд", "смена", "выпуск"),
        *("слет", "спартакиада", "универсиада", "олимпиада", "ассамблея", "симпозиум", "премия"),
        *("церемония", "очередь", "акт"),
    ]
)
_WAR = "война"
_OF_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "VERB", "PREP"})
_EVERY = frozenset(["каждый", "каждая", "каждое", "каждого", "каждой", "каждому", "каждую"])


def read_position(line: Line, i: int) -> Find | None:
    """«второй» торговый партнёр, «5-е», «34-й» саммит, «XX» съезд."""
    if line.at(i).kind == NUMBER:
        return _read_range(line, i)
    if line.low(i) in {"с", "со"}:
        return _read_from(line, i)
    ordinal = read_ordinal(line, i)
    if ordinal is None or not _is_position(line, i, ordinal):
        return None
    last = _read_last(line, ordinal)
    if last is not None:
        return _find(i, last.end, ordinal, last)
    return _find(i, ordinal.end, ordinal, ordinal)


def _find(start: int, end: int, first: Ordinal, last: Ordinal) -> Find:
    confidence = {"suffixed": 0.98, "word": 0.95, "roman": 0.85}[first.form]
    value: Value = {"min": str(first.value), "max": str(last.value)}
    return Find(start, end, "ORDINAL", value, confidence)


def _read_last(line: Line, first: Ordinal) -> Ordinal | None:
    """The upper end of «первый-второй», «I–III»."""
    j = first.end
    if line.low(j) not in DASHES or not line.glued(j) or not line.glued(j + 1):
        return None
    last = read_ordinal(line, j + 1)
    alike = last is not None and last.form == first.form
    return last if alike and last is not None and first.value < last.value else None


def _read_from(line: Line, i: int) -> Find | None:
    """«с третьего по пятое» место."""
    first = read_ordinal(line, i + 1)
    if first is None or line.low(first.end) != "по":
        return None
    last = read_ordinal(line, first.end + 1)
    if last is None or first.value >= last.value or not _is_position(line, first.end + 1, last):
        return None
    return _find(i, last.end, first, last)


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
    return Find(i, last.end, "ORDINAL", {"min": first, "max": str(last.value)}, 0.95)


def _is_position(line: Line, i: int, ordinal: Ordinal) -> bool:
    if line.low(i - 1) in _EVERY:
        return False  # «каждый третий»: a share
    if ordinal.form == "suffixed":
        return not (line.at(i).text.endswith("0-х") or _is_idiom(line, ordinal))
    if ordinal.form == "roman":
        return _is_roman_position(line, i, ordinal)
    if ordinal.end == i + 1 and is_other_than_ordinal(line, i):
        return False
    return not (_is_name(line, i, ordinal.end) or _is_idiom(line, ordinal))


def _is_name(line: Line, i: int, end: int) -> bool:
    """Whether a capital inside a sentence, or a war after it, makes the ordinal a name."""
    if any(_WAR in lemmas(line.low(j)) for j in range(end, end + 3) if line.at(j).kind == WORD):
        return True
    if not line.at(i).text[0].isupper():
        return False
    if not starts_sentence(line, i):
        return True
    following = line.at(end)  # «Второй Ватиканский собор», «Третий Рейх» at the beginning
    if following.kind != WORD or not following.text.istitle() or _orders_event(line, end):
        return False
    readings = parses(following.text)
    if any({"ADJF", "Poss"} & parse.grammemes == {"ADJF"} for parse in readings):
        return True
    return readings[0].known and readings[0].grammemes.isdisjoint(_OF_NAMES)


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


def _orders_event(line: Line, j: int) -> bool:
    """«XX съезд», «XV Всемирный антинаркотический конгресс»."""
    for piece in (line.at(k) for k in range(j, j + 4)):
        if piece.kind != WORD:
            return False
        if not lemmas(piece.low).isdisjoint(_COUNTED_IN_ROMAN):
            return True
        if "ADJF" not in parses(piece.text)[0].grammemes:
            return False
    return False


def _past_series(line: Line, j: int) -> int:
    """Past «, II и III» after a Roman numeral."""
    for _ in range(4):
        joined = line.low(j) in {",", "и", "или"} or line.low(j) in DASHES
        following = read_ordinal(line, j + 1) if joined else None
        if following is None or following.form != "roman":
            break
        j = following.end
    return j


def _is_roman_position(line: Line, i: int, ordinal: Ordinal) -> bool:
    """A Roman numeral before the noun that it orders, not after the name of a king."""
    before, following = line.at(i - 1), line.at(_past_series(line, ordinal.end))
    if following.kind != WORD:
        return False
    if _orders_event(line, _past_series(line, ordinal.end)):
        return True
    if len(line.at(i).text) < 2 or (before.kind == WORD and before.text[0].isupper()):
        return False
    return following.text.islower() and bool({"NOUN", "ADJF"} & parses(following.text)[0].grammemes)
