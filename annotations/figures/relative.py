"""DATE relative to the day of publication: «вчера», «на прошлой неделе», «пять лет назад»."""

import re

from annotations.figures import periods
from annotations.figures.dates import read_point, read_weekday, relative_year
from annotations.figures.durations import Time, read_unit
from annotations.figures.numerals import read_number
from annotations.figures.periods import UNKNOWN, Period
from annotations.figures.pieces import WORD, Line
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
_WEEKEND = frozenset(["выходные", "выходных", "выходным", "выходными"])
_TENSE_REACH = 14  # pieces on either side that are asked for a verb


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
        or _read_weekday(line, i)
    )


def _read_day(line: Line, i: int) -> Stretch | None:
    low = line.low(i)
    if low == "накануне":
        following = line.at(i + 1)
        if following.kind == WORD and "gent" in parses(following.text)[0].grammemes:
            return None  # «накануне выборов»
        return periods.around(line.published, "D", -1), i + 1
    offset = DAYS.get(low)
    return None if offset is None else (periods.around(line.published, "D", offset), i + 1)


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
    return _stretched(line, direction, 1 if number is None else number.value, unit), end


def _stretched(line: Line, direction: int, count: object, unit: Time) -> Period:
    whole = unit.size * int(str(count)) if str(count).isdecimal() else None
    if whole is None or unit.designator not in {"Y", "M", "W", "D"} or whole > 10_000:
        return UNKNOWN
    other = periods.moved(line.published, unit.designator, direction * int(whole))
    if other is None:
        return UNKNOWN
    return Period(other, line.published) if direction < 0 else Period(line.published, other)


def _offset(line: Line, i: int) -> int | None:
    if line.low(i) in _THIS:
        return 0
    if line.low(i).startswith("ближайш"):
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
        return _weekday(line, number, offset), i + 2
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
    if found is None or line.low(found[1]) not in {"назад", "тому"}:
        return None
    unit, end = found
    end += 2 if line.low(end) == "тому" and line.low(end + 1) == "назад" else 1
    return _around(line, 1 if number is None else number.value, unit, -1, end)


def _read_ahead(line: Line, i: int) -> Stretch | None:
    """«через два года», «через неделю»; not «через два года после аварии»."""
    if line.low(i) != "через":
        return None
    number = read_number(line, i + 1)
    found = read_unit(line, i + 1 if number is None else number.end)
    if found is None or line.low(found[1]) in {"после", "с"}:
        return None
    return _around(line, 1 if number is None else number.value, found[0], 1, found[1])


def _around(line: Line, count: object, unit: Time, direction: int, end: int) -> Stretch | None:
    if unit.designator not in {"Y", "M", "W", "D"}:
        return None
    if not str(count).isdecimal() or len(str(count)) > 6:
        return UNKNOWN, end
    distance = direction * int(str(count)) * int(unit.size)
    if unit.designator == "W":
        day = periods.moved(line.published, "W", distance)
        return Period(day, day), end
    return periods.around(line.published, unit.designator, distance), end


def _read_weekday(line: Line, i: int) -> Stretch | None:
    """«в понедельник»: the last one, or the next one where the sentence speaks of the future.

    «вторник, 4 ноября» is one date.
    """
    number = read_weekday(line, i)
    if number is None or (number == 3 and line.low(i - 1) not in {"в", "к", "на", "до", "с"}):
        return None
    if line.low(i) == "среде" and line.low(i - 1) == "в":
        return None
    named = _day_before(line, i)
    if named is not None:
        return named, i + 1
    if line.low(i + 1) in {",", "("}:
        point = read_point(line, i + 2)
        period = None if point is None or point.day is None else point.period(line.published)
        if point is not None and point.month is not None and period is not None:
            end = (
                point.end + 1
                if line.low(i + 1) == "(" and line.low(point.end) == ")"
                else point.end
            )
            return period, end
    if line.published is None:
        return UNKNOWN, i + 1
    behind = (line.published.weekday() - (number - 1)) % 7
    distance = (7 - behind) % 7 if _is_future(line, i) else -behind
    return periods.around(line.published, "D", distance), i + 1


def _day_before(line: Line, i: int) -> Period | None:
    """The day of «30 сентября, во вторник», of which the weekday says no more."""
    if line.low(i - 2) != "," or line.low(i - 1) not in {"в", "во"}:
        return None
    for j in range(max(0, i - 7), i - 3):
        point = read_point(line, j)
        if point is not None and point.end == i - 2 and point.day and point.month:
            return point.period(line.published)
    return None


def _is_future(line: Line, i: int) -> bool:
    """Whether the nearest verb of the sentence is in the future tense."""
    for distance in range(1, _TENSE_REACH):
        for j in (i + distance, i - distance):
            piece = line.at(j)
            if piece.kind == WORD and len(piece.low) > 3:
                best = parses(piece.text)[0].grammemes
                if "futr" in best:
                    return True
                if "past" in best and "VERB" in best:
                    return False
    return False
