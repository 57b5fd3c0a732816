"""Days and periods of the calendar; nothing is guessed where a year is not known.

Both ends of a period are inclusive; None where it is open or cannot be written (before
year 1, after 9999).
"""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """A stretch of the calendar."""

    start: date | None
    end: date | None


UNKNOWN = Period(None, None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day(year: int | None, month: int, number: int) -> Period | None:
    """One day; None where the calendar has no such day."""
    if year is None:
        return UNKNOWN if _made(2000, month, number) else None
    made = _made(year, month, number)
    return None if made is None else Period(made, made)


def months(year: int | None, first: int, last: int) -> Period:
    """From the first day of one month to the last day of another, of the same year."""
    if year is None or not 1 <= year <= 9999:
        return UNKNOWN
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def years(first: int | None, last: int | None) -> Period:
    """Whole years."""
    start = None if first is None else _made(first, 1, 1)
    end = None if last is None else _made(last, 12, 31)
    return Period(start, end)


def century(number: int) -> Period:
    """The XXI century: 2001 to 2100."""
    return years(number * 100 - 99, number * 100)


def third(period: Period, number: int) -> Period:
    """The beginning (0), the middle (1) or the end (2) of a year or a month.

    Of several years whole ones, of a year four months, of a month ten days: as the words
    are used.
    """
    start, end = period
    if start is None or end is None:
        return UNKNOWN
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year == end.year:
            return months(start.year, number * 4 + 1, number * 4 + 4)
        count = end.year - start.year + 1
        first, after = (start.year + count * cut // 3 for cut in (number, number + 1))
        return years(first, max(first, after - 1))
    length = (end - start).days + 1
    step = 10 if 28 <= length <= 31 else length // 3
    if step == 0:
        return period
    last = end if number == 2 else start + timedelta(days=step * (number + 1) - 1)
    return Period(start + timedelta(days=step * number), last)


def half(period: Period, number: int) -> Period:
    """The first (1) or the second (2) half of a month (to the 15th), a decade, a century."""
    start, end = period
    if start is None or end is None:
        return UNKNOWN
    if end.year > start.year:
        last = start.year + (end.year - start.year) // 2
        return years(start.year, last) if number == 1 else years(last + 1, end.year)
    middle = start + timedelta(days=14)
    return Period(start, middle) if number == 1 else Period(middle + timedelta(days=1), end)


def moved(anchor: date | None, unit: str, count: int) -> date | None:
    """The day so many years (Y), months (M), weeks (W) or days (D) later."""
    if anchor is None:
        return None
    try:
        if unit in {"Y", "M"}:
            index = anchor.year * 12 + anchor.month - 1 + count * (12 if unit == "Y" else 1)
            year, month = divmod(index, 12)
            last = calendar.monthrange(year, month + 1)[1] if 1 <= year <= 9999 else 1
            return date(year, month + 1, min(anchor.day, last))
        return anchor + timedelta(days=count * (7 if unit == "W" else 1))
    except (ValueError, OverflowError):
        return None


def around(anchor: date | None, unit: str, count: int) -> Period:
    """The whole year, month, week or day that lies so many of them from `anchor`'s."""
    shifted = moved(anchor, unit, count)
    if shifted is None:
        return UNKNOWN
    if unit == "Y":
        return years(shifted.year, shifted.year)
    if unit == "M":
        return months(shifted.year, shifted.month, shifted.month)
    if unit == "W":
        return Period(
            moved(shifted, "D", -shifted.weekday()), moved(shifted, "D", 6 - shifted.weekday())
        )
    return Period(shifted, shifted)


def numbered(anchor: date | None, count: int, size: int) -> Period:
    """The quarter (size 3) or the half-year (6) that lies so many from `anchor`'s."""
    if anchor is None:
        return UNKNOWN
    per_year = 12 // size
    year, number = divmod(anchor.year * per_year + (anchor.month - 1) // size + count, per_year)
    return months(year, number * size + 1, number * size + size)


def weekday(anchor: date | None, number: int, choose: Callable[[date], int]) -> Period:
    """A day of the week: `choose` gives the week, counted from the one of `anchor`."""
    if anchor is None:
        return UNKNOWN
    shifted = moved(anchor, "D", number - 1 - anchor.weekday() + 7 * choose(anchor))
    return Period(shifted, shifted)
