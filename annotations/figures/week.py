"""DATE: days of the week, by what the sentence says of time."""

from datetime import date

from annotations.figures import periods
from annotations.figures.dates import read_point, read_weekday
from annotations.figures.periods import UNKNOWN, Period
from annotations.figures.pieces import WORD, Line
from annotations.figures.tenses import tense_around
from annotations.figures.words import ordinals
from annotations.lemmas import lemmas

Stretch = tuple[Period, int]

_LAST = 5
_BEFORE_WEDNESDAY = frozenset(
    [
        *("в", "к", "на", "до", "с", "со", "по", "утро", "утром", "вечер", "вечером", "вечера"),
        *("днем", "день", "ночь", "ночью", "утра", "начиная"),
    ]
)


def read_day_of_week(line: Line, i: int) -> Stretch | None:
    """«в понедельник»: the last one, or the next one where the sentence speaks of the future.

    «вторник, 4 ноября» is one date.
    """
    number = read_weekday(line, i)
    if number is None or (number == 3 and not _is_wednesday(line, i)):
        return None
    if not lemmas(line.low(i - 1)).isdisjoint({"каждый", "любой"}) or _is_nth(line, i):
        return None
    named = _day_before(line, i)
    if named is not None:
        return named, i + 1
    explained = day_after(line, i)
    if explained is not None:
        return explained
    if line.published is None:
        return UNKNOWN, i + 1
    behind = (line.published.weekday() - (number - 1)) % 7
    distance = (7 - behind) % 7 if _is_future(line, i) else -behind
    return periods.around(line.published, "D", distance), i + 1


def _is_nth(line: Line, i: int) -> bool:
    """«второе воскресенье месяца»."""
    return ordinals().get(line.low(i - 1)) is not None


def read_nth(line: Line, i: int) -> Stretch | None:
    """«второй вторник ноября», «последнюю пятницу мая 2024 года», «первую неделю месяца»."""
    number = _LAST if line.low(i).startswith("последн") else ordinals().get(line.low(i))
    if number is None or not 1 <= number <= _LAST:
        return None
    weekday = 0 if line.low(i + 1) in {"неделя", "неделю", "неделе"} else read_weekday(line, i + 1)
    point = read_point(line, i + 2) if weekday is not None else None
    if weekday is None or point is None or point.month is None or point.day is not None:
        return None
    start, end = point.period(line.published) or UNKNOWN
    if start is None or end is None:
        return UNKNOWN, point.end
    if weekday == 0:
        return _nth_week(start, end, number), point.end
    days = [start.replace(day=n) for n in range(1, end.day + 1)]
    fitting = [day for day in days if day.isoweekday() == weekday]
    day = fitting[-1 if number == _LAST else number - 1]
    return Period(day, day), point.end


def _nth_week(start: date, end: date, number: int) -> Period:
    """The seven days of a month that are its first, its second, … or its last."""
    if number == _LAST:
        return Period(periods.moved(end, "D", -6), end)
    first = periods.moved(start, "D", 7 * number - 7)
    return Period(first, periods.moved(first, "D", 6))


def _is_wednesday(line: Line, i: int) -> bool:
    """Whether «среда» is a day: after a preposition of time, or where a day is spoken of."""
    if line.low(i - 1) in _BEFORE_WEDNESDAY:
        return not (line.low(i) == "среде" and line.low(i - 1) == "в") and not _has_owner(line, i)
    days = (line.low(j) for j in range(i + 1, i + 5) if line.at(j).kind == WORD)
    return line.low(i) == "среда" and any("день" in lemmas(low) for low in days)


def _has_owner(line: Line, i: int) -> bool:
    """«в среду обитания»: what is in the genitive after it makes it surroundings."""
    return line.low(i + 1) in {"обитания", "общения", "проживания", "пребывания"}


def day_after(line: Line, i: int) -> Stretch | None:
    """«вторник, 4 ноября», «вторник (4 ноября)», «вторник 4 ноября»."""
    opened = line.low(i + 1) in {",", "("}
    point = read_point(line, i + 2 if opened else i + 1)
    if point is None or point.day is None or point.month is None:
        return None
    period = point.period(line.published)
    if period is None:
        return None
    closed = line.low(i + 1) == "(" and line.low(point.end) == ")"
    return period, point.end + 1 if closed else point.end


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
    """Whether «на» or the nearest predicate says that the day is yet to come."""
    if line.low(i - 1) == "на" and "ночь" not in {line.low(i - 2), line.low(i - 4)}:
        return True
    tense = tense_around(line, i)
    return tense == "futr" or (tense is None and line.low(i - 1) in {"до", "к"})
