"""DATE as figures: which reading of a place wins, parts of periods, and «до»."""

import re

from annotations.figures import periods
from annotations.figures.amounts import DASHES
from annotations.figures.comparators import is_direction, read_comparator
from annotations.figures.dates import Point, read_day_number, read_point, read_range, year_number
from annotations.figures.finds import Find
from annotations.figures.named import is_street_of_a_year
from annotations.figures.nouns import agrees
from annotations.figures.numerals import read_number
from annotations.figures.ordinals import read_ordinal
from annotations.figures.periods import UNKNOWN, Period
from annotations.figures.pieces import NUMBER, Line
from annotations.figures.relative import read_relative
from annotations.figures.stretches import read_stretch
from annotations.figures.tenses import tense_around
from annotations.figures.week import read_nth
from annotations.lemmas import lemmas
from annotations.model import Value

Stretch = tuple[Period, int]

PART = re.compile(r"(начал|середин|кон[ец]ц?)(?:о|а|у|ом|е|ы|ой|)")
_PARTS = {"начал": 0, "середин": 1, "кон": 2}
_BARE_YEAR_AFTER = frozenset(
    ["в", "во", "к", "с", "со", "до", "по", "за", "на", "и", "зимой", "летом", "весной", "осенью"]
)
_BOUND_WORDS = {"не позднее": "max", "не позже": "max", "не ранее": "min", "не раньше": "min"}
_BARE_YEARS = range(1900, 2101)
_DECADE = re.compile(r"декад(?:а|ы|е|у|ой)")
_WEEK = 7  # days
_LAST_CENTURY = 21
_TENS_OF_DAYS = {"первых": (1, 5), "первые": (1, 5), "10-х": (10, 19), "20-х": (20, 29)}
_UNITS = {"года": "Y", "месяца": "M", "недели": "W"}


def read_date(line: Line, i: int) -> Find | None:
    """The date that begins at piece `i`."""
    bounded = _read_bounded(line, i)
    if bounded is not None:
        return bounded
    found = _read_range_of_stretches(line, i) or _read(line, i)
    if found is None:
        return None
    period, end = found
    return Find(i, end, "DATE", _value(period), 0.98 if period != UNKNOWN else 0.8)


def _value(period: Period) -> Value:
    return {
        "start": None if period.start is None else period.start.isoformat(),
        "end": None if period.end is None else period.end.isoformat(),
    }


def _read(line: Line, i: int) -> Stretch | None:
    """The longest of what the place may be read as, the earlier of equally long ones."""
    readings = (
        read_range(line, i),
        read_stretch(line, i),
        read_relative(line, i),
        _read_part(line, i),
        _read_range_of_parts(line, i),
        _read_days_of_month(line, i),
        read_nth(line, i),
        _read_year_start(line, i),
        _read_day_of_month(line, i),
        _read_point(line, i),
    )
    return max((found for found in readings if found is not None), key=_end, default=None)


def _end(found: Stretch) -> int:
    return found[1]


def _read_point(line: Line, i: int) -> Stretch | None:
    """A day, a month or a year that is named; bare digits where they stand as a year."""
    point = read_point(line, i)
    if point is None:
        return None
    if not point.named and not _is_bare_year(line, i, point):
        return _read_first_of_days(line, i, point)
    if point.month is None and is_street_of_a_year(line, i):
        return None
    period = point.period(line.published)
    return None if period is None else (period, point.end)


def _is_bare_year(line: Line, i: int, point: Point) -> bool:
    """«в 2024», «(1953–2020)»: digits that are a year though no word says so."""
    if point.year not in _BARE_YEARS or year_number(line, i) is None:
        return False
    if line.at(point.end).kind == NUMBER or line.low(point.end) in {"%", "°", "₽", "₸"}:
        return False
    number = read_number(line, i)
    if number is None or number.end != point.end or agrees(line, number, point.end):
        return False
    if line.low(i - 1) in _BARE_YEAR_AFTER:
        return line.low(point.end) not in DASHES
    return (line.low(i - 1), line.low(point.end)) == ("(", ")")


def _read_first_of_days(line: Line, i: int, point: Point) -> Stretch | None:
    """«5» of «5 и 12 октября»: the month is said with the last of the days."""
    if point.day is None or line.at(i).kind != NUMBER or line.low(point.end) not in {"и", ","}:
        return None
    j = point.end
    for _ in range(6):
        following = read_point(line, j + 1)
        if following is None or following.day is None:
            return None
        if following.month is not None:
            year = following.year or (line.published.year if line.published else None)
            period = periods.day(year, following.month, point.day)
            return None if period is None else (period, point.end)
        j = following.end
        if line.low(j) not in {"и", ","}:
            return None
    return None


def _read_part(line: Line, i: int) -> Stretch | None:
    """«конце 2024 года», «середине мая», «с начала года»: a third of the period."""
    since = line.low(i) in {"с", "со"} and line.low(i + 1) == "начала"
    j = i + 1 if since else i
    match = PART.fullmatch(line.low(j))
    if match is None:
        return None
    part = _part(match)
    whole = _read_whole(line, j + 1)
    if whole is None:
        return None
    period, end = whole
    if not since:
        return periods.third(period, part), end
    now = line.published
    if now is None or period.start is None or period.end is None:
        return Period(period.start, None), end
    return Period(period.start, now if period.start <= now <= period.end else None), end


def _part(match: re.Match[str]) -> int:
    return next(number for stem, number in _PARTS.items() if match[1].startswith(stem))


def _read_whole(line: Line, j: int) -> Stretch | None:
    """The period whose part is spoken of; «года» alone is the year of publication."""
    stretch = read_stretch(line, j)
    if stretch is not None:
        return stretch
    point = read_point(line, j)
    if point is not None and point.named and point.day is None:
        period = point.period(line.published)
        return None if period is None else (period, point.end)
    relative = read_relative(line, j)
    if relative is not None and line.low(j + 1) in {"месяца", "недели", "квартала"}:
        return relative
    unit = _UNITS.get(line.low(j))
    return None if unit is None else (periods.around(line.published, unit, 0), j + 1)


def _read_year_start(line: Line, i: int) -> Stretch | None:
    """«2024/25 учебном году» and «2025/2026 сезоне» span two years."""
    text = line.at(i).text
    first, slash, second = text.partition("/")
    if (
        not slash
        or len(first) != 4
        or len(second) not in {2, 4}
        or not text.replace("/", "").isdecimal()
    ):
        return None
    end = i + 2 if line.low(i + 1).startswith("учебн") else i + 1
    named = line.low(end) in {"год", "года", "году", "годом", "годов", "годах", "годы"}
    if not named and "сезон" not in lemmas(line.low(i - 1)):
        return None
    year = int(first)
    if int(second) not in {year + 1, (year + 1) % 100}:
        return None
    return periods.years(year, year + 1), end + 1 if named else i + 1


def _read_day_of_month(line: Line, i: int) -> Stretch | None:
    """«15 числа», «первого числа»: of the month of publication."""
    number, end = read_day_number(line, i)
    if number is None or line.low(end) not in {"числа", "число", "числу"}:
        return None
    now = line.published
    period = UNKNOWN if now is None else periods.day(now.year, now.month, number)
    return None if period is None else (period, end + 1)


def _read_range_of_stretches(line: Line, i: int) -> Stretch | None:
    """«с понедельника по пятницу», «с начала 2024 по конец 2025 года», «между X и Y»."""
    if line.low(i) not in {"с", "со", "от", "между"}:
        return None
    simple = read_range(line, i)
    if simple is not None:
        return simple
    part = _read_part(line, i)
    first = _read(line, i + 1) if line.low(i + 1) not in {"с", "со", "от", "между"} else None
    middles = {"и"} if line.low(i) == "между" else {"по", "до"}
    if line.low(i - 1) in {"ночь", "ночи"}:
        middles.add("на")  # «в ночь с субботы на воскресенье»
    if first is not None and line.low(first[1]) in middles:
        last = _read(line, first[1] + 1)
        if last is not None and (whole := _in_order(line, i, first[0], last[0])) is not None:
            return whole, last[1]
    return part


def _in_order(line: Line, i: int, first: Period, last: Period) -> Period | None:
    """From one period to another; «с понедельника по среду» are days of one week.

    A month or a part of the year that is later than the last one is of the year before.
    """
    start, end = first.start, last.end
    if start is None or end is None or start <= end:
        return Period(start, end)
    if (start - end).days < _WEEK:
        if tense_around(line, i) == "futr":
            return Period(start, periods.moved(end, "W", 1))
        return Period(periods.moved(start, "W", -1), end)
    back = periods.moved(start, "Y", -1)
    return Period(back, end) if back is not None and back <= end else None


def _read_range_of_parts(line: Line, i: int) -> Stretch | None:
    """«конце XIX — начале XX века», «конце 2024 — начале 2025 года»."""
    match = PART.fullmatch(line.low(i))
    if match is None:
        return None
    whole = _read_whole(line, i + 1) or _read_bare_whole(line, i + 1)
    if whole is None or line.low(whole[1]) not in DASHES:
        return None
    last = _read_part(line, whole[1] + 1)
    if last is None:
        return None
    order = _in_order(line, i, periods.third(whole[0], _part(match)), last[0])
    return None if order is None else (order, last[1])


def _read_bare_whole(line: Line, j: int) -> Stretch | None:
    """«XIX» or «2024», whose «века» or «года» is said later."""
    year = year_number(line, j)
    if year is not None:
        return periods.years(year, year), j + 1
    ordinal = read_ordinal(line, j)
    if ordinal is None or ordinal.form != "roman" or ordinal.value > _LAST_CENTURY:
        return None
    return periods.century(ordinal.value), ordinal.end


def _read_days_of_month(line: Line, i: int) -> Stretch | None:
    """«20-х числах ноября», «первых числах мая», «второй декаде июня»."""
    ordinal = read_ordinal(line, i)
    if ordinal is not None and 1 <= ordinal.value <= 3 and _DECADE.fullmatch(line.low(ordinal.end)):
        month = _read_whole(line, ordinal.end + 1)
        return None if month is None else (periods.third(month[0], ordinal.value - 1), month[1])
    days = _TENS_OF_DAYS.get(line.low(i))
    if days is None or line.low(i + 1) not in {"числа", "числах", "чисел"}:
        return None
    point = read_point(line, i + 2)
    if point is None or point.month is None or point.day is not None:
        return None
    start, end = point.period(line.published) or UNKNOWN
    if start is None or end is None:
        return UNKNOWN, point.end
    first, last = start.replace(day=days[0]), start.replace(day=min(days[1], end.day))
    return Period(first, last), point.end


def _read_bounded(line: Line, i: int) -> Find | None:
    """«до 1 июня», «не позднее 2030 года», «примерно в 1990 году»."""
    said = f"{line.low(i)} {line.low(i + 1)}"
    side = _BOUND_WORDS.get(said)
    if side is not None:
        found, approx = _read(line, i + 2), False
    else:
        compared = read_comparator(line, i)
        if compared is None or is_direction(line, i):
            return None
        bound, j = compared
        side, approx = bound.side, bound.approx
        found = _read(line, j)
        if found is not None and line.low(found[1] - 1) == "назад" and side != "none":
            day = found[0].start  # «более года назад»
            period = Period(None, day) if side == "min" else Period(day, None)
            return Find(i, found[1], "DATE", _value(period), 0.8)
        if side == "min" or (side == "max" and line.low(i) != "до") or (found and found[1] < j):
            return None
    if found is None:
        return None
    start, end = found[0]
    period = Period(None, end) if side == "max" else Period(start, None if side == "min" else end)
    value = {**_value(period), **({"approx": True} if approx else {})}
    return Find(i, found[1], "DATE", value, 0.85)
