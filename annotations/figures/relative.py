"""DATE relative to the day of publication: «вчера», «на прошлой неделе», «пять лет назад»."""

import re
from datetime import date
from decimal import Decimal

from annotations.figures import periods
from annotations.figures.dates import read_weekday, relative_year
from annotations.figures.durations import Time, read_unit
from annotations.figures.numerals import ONE, read_number
from annotations.figures.periods import UNKNOWN, Period
from annotations.figures.pieces import WORD, Line
from annotations.figures.tenses import tense_around
from annotations.figures.week import day_after, read_day_of_week
from annotations.lemmas import parses

Stretch = tuple[Period, int]

DAYS = {"сегодня": 0, "вчера": -1, "завтра": 1, "позавчера": -2, "послезавтра": 2}
_PAST = re.compile(
    r"(?:последн|прошедш|минувш|предыдущ|истекш|прошл)(?:ие|их|ий|его|ую|яя|ее|ые|ых|ый|ого|ей|ой|ем|им|ими|ое|ая)"
)
_COMING = re.compile(
    r"(?:ближайш|следующ|предстоящ|будущ|грядущ)(?:ие|их|ий|его|ую|ая|ее|ей|ем|им|ими)"
)
_THIS = frozenset(["этот", "эта", "это", "эту", "этой", "этого", "этом", "этим", "этому"])
_THESE = frozenset({"эти", "этою"})
_UNITS = {
    "месяц": "M",
    "месяца": "M",
    "месяце": "M",
    "месяцу": "M",
    "месяцем": "M",
    "неделя": "W",
    "недели": "W",
    "неделе": "W",
    "неделю": "W",
    "неделей": "W",
}
_ONE = frozenset(
    [
        *("год", "месяц", "неделю", "сутки", "день", "век", "десятилетие", "столетие"),
        *("года", "месяца", "недели", "суток", "дня", "века", "десятилетия", "столетия"),
    ]
)
_WEEKEND = frozenset(["выходные", "выходных", "выходным", "выходными"])


def is_relative(low: str) -> bool:
    """Whether a word may tell which of the periods named after it is meant."""
    known = low in _THIS or low in _THESE or relative_year(low) is not None
    return known or low.startswith(("последн", "ближайш", "предстоящ"))


def read_relative(line: Line, i: int) -> Stretch | None:
    """The stretch of time at piece `i` that is told from the day of publication."""
    if line.at(i).kind != WORD:
        return None if read_number(line, i) is None else _read_ago(line, i)
    return (
        _read_day(line, i)
        or _read_last(line, i)
        or _read_named(line, i)
        or _read_ago(line, i)
        or _read_ahead(line, i)
        or read_day_of_week(line, i)
    )


def _read_day(line: Line, i: int) -> Stretch | None:
    low = line.low(i)
    if low == "накануне":
        if _rules(line, i + 1):
            return None  # «накануне выборов»
        return periods.around(line.published, "D", -1), i + 1
    offset = DAYS.get(low)
    return None if offset is None else (periods.around(line.published, "D", offset), i + 1)


def _rules(line: Line, j: int) -> bool:
    """Whether «накануне» rules the word at `j`: «накануне встречи», not «накануне стороны …».

    A form that may be a nominative plural too is the subject of a verb in the plural after it.
    """
    if line.at(j).kind != WORD or "gent" not in parses(line.at(j).text)[0].grammemes:
        return False
    if not any({"nomn", "plur"} <= parse.grammemes for parse in parses(line.at(j).text)):
        return True
    verb = line.at(j + 1)
    if verb.kind != WORD or not {"VERB", "plur"} <= parses(verb.text)[0].grammemes:
        return True
    return any(
        line.at(k).kind == WORD and {"NOUN", "nomn"} <= parses(line.at(k).text)[0].grammemes
        for k in (j + 2, j + 3)
    )


def _read_last(line: Line, i: int) -> Stretch | None:
    """«последние пять лет», «ближайших трёх месяцев», «последний год»."""
    direction = -1 if _PAST.fullmatch(line.low(i)) else 1 if _COMING.fullmatch(line.low(i)) else 0
    if not direction:
        return None
    number = read_number(line, i + 1)
    found = read_unit(line, i + 1 if number is None else number.end)
    if found is None:
        return None
    unit, end = found
    if number is None and not (
        line.low(i).startswith(("последн", "ближайш", "прошедш", "минувш"))
        and line.low(end - 1) in {"год", "месяц", "неделю", "сутки", "десятилетие", "полугодие"}
        and not (line.low(i).startswith("минувш") and line.low(end - 1) == "год")
    ):
        return None
    return _stretched(line, direction, ONE if number is None else number.value, unit), end


def _stretched(line: Line, direction: int, count: Decimal, unit: Time) -> Period:
    other = _moved(line, count, unit, direction)
    if other is None:
        return UNKNOWN
    return Period(other, line.published) if direction < 0 else Period(line.published, other)


def _moved(line: Line, count: Decimal, unit: Time, direction: int) -> date | None:
    """The day so many units before or after the one of publication; of halves whole months."""
    whole, designator = count * unit.size, unit.designator
    if designator == "Y" and whole != int(whole):
        whole, designator = whole * 12, "M"
    if designator not in {"Y", "M", "W", "D"} or whole != int(whole) or whole > 10_000:
        return None
    return periods.moved(line.published, designator, direction * int(whole))


def _offset(line: Line, i: int) -> int | None:
    if line.low(i) in _THIS:
        return 0
    if line.low(i).startswith(("ближайш", "предстоящ")):
        return 1
    return relative_year(line.low(i)) if line.at(i).kind == WORD else None


def _read_named(line: Line, i: int) -> Stretch | None:
    """«на прошлой неделе», «в этом месяце», «в минувшие выходные», «прошлую пятницу»."""
    offset = _offset(line, i)
    if offset is None and line.low(i) in {"эти", "минувшие", "прошлые", "ближайшие"}:
        offset = {"эти": 0, "ближайшие": 0}.get(line.low(i), -1)
    if offset is None:
        return None
    low = line.low(i + 1)
    if low in _UNITS:
        return periods.around(line.published, _UNITS[low], offset), i + 2
    if low in _WEEKEND:
        saturday = periods.weekday(line.published, 6, lambda _: min(offset, 1))
        return Period(saturday.start, periods.moved(saturday.start, "D", 1)), i + 2
    number = read_weekday(line, i + 1)
    if number is not None:
        return day_after(line, i + 1) or (_weekday(line, number, offset), i + 2)
    return None


def _weekday(line: Line, number: int, offset: int) -> Period:
    """«прошлая пятница» is the last one before the day, «следующая» the first one after."""
    today = line.published
    if today is None:
        return UNKNOWN
    behind = (today.weekday() - (number - 1)) % 7
    if offset < 0:
        return periods.around(today, "D", -(behind or 7))
    if offset > 0:
        return periods.around(today, "D", 7 - behind)
    return periods.weekday(today, number, lambda _: 0)


def _read_ago(line: Line, i: int) -> Stretch | None:
    """«пять лет назад», «год назад», «неделю назад»."""
    number = read_number(line, i)
    found = read_unit(line, i if number is None else number.end)
    turned = None if found is None or number is not None else read_number(line, found[1])
    if found is not None and turned is not None:  # «лет десять назад»
        number, found = turned, (found[0], turned.end)
    if found is None or line.low(found[1]) not in {"назад", "тому"}:
        return None
    if number is None and line.low(found[1] - 1) not in _ONE:
        return None  # «несколько лет назад»
    unit, end = found
    end += 2 if line.low(end) == "тому" and line.low(end + 1) == "назад" else 1
    return _away(line, ONE if number is None else number.value, unit, -1, end)


def _read_ahead(line: Line, i: int) -> Stretch | None:
    """«через два года», «через неделю»; not «через два года после аварии», of the past."""
    if line.low(i) != "через" or tense_around(line, i) == "past":
        return None
    number = read_number(line, i + 1)
    found = read_unit(line, i + 1 if number is None else number.end)
    if found is None or line.low(found[1]) in {"после", "с"}:
        return None
    return _away(line, ONE if number is None else number.value, found[0], 1, found[1])


def _away(line: Line, count: Decimal, unit: Time, direction: int, end: int) -> Stretch | None:
    """The day that lies so far from the one of publication."""
    if unit.designator not in {"Y", "M", "W", "D"}:
        return None
    day = _moved(line, count, unit, direction)
    return Period(day, day), end
