"""Days and periods, as they stand in a query."""

import re
from calendar import monthrange
from datetime import MINYEAR, date, timedelta

from annotations.folding import fold
from annotations.phrase import Phrase
from annotations.query.figures import MONTHS_OF_A_YEAR
from annotations.query.lengths import read_length
from annotations.query.terms import Unreadable

RANGE = ".."

_PERIODS = (
    re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})\.)?(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
)
_DAYS_AGO = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}


def read_period(said: str, today: date) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    ago = _DAYS_AGO.get(fold(said))
    if ago is not None:
        return (day := today - timedelta(days=ago)), day
    for pattern in _PERIODS:
        found = pattern.fullmatch(said)
        if found:
            return _period(said, found["year"], found["month"], found["day"])
    raise Unreadable(
        Phrase(
            "{found} is no day: write 2025, 2025-11, 2025-11-04, 04.11.2025, today or yesterday",
            found=said,
        )
    )


def _period(said: str, year: str, month: str | None, day: str | None) -> tuple[date, date]:
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            last = monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        return (exact := date(int(year), int(month), int(day))), exact
    except ValueError:
        raise Unreadable(Phrase("the calendar has no {found}", found=said)) from None


def read_days(comparison: str, said: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last of the days that are meant, None where there is no bound."""
    if RANGE in said:
        low, _, high = (part.strip() for part in said.partition(RANGE))
        first = read_period(low, today)[0] if low else None
        last = read_period(high, today)[1] if high else None
        if comparison not in (":", "=") or (first is None and last is None):
            raise no_range()
        if first is not None and last is not None and last < first:
            raise backwards(said)
        return first, last
    first, last = read_period(said, today)
    try:
        match comparison:
            case ">":
                return last + timedelta(days=1), None
            case ">=":
                return first, None
            case "<":
                return None, first - timedelta(days=1)
            case "<=":
                return None, last
    except OverflowError:
        raise Unreadable(Phrase("the calendar ends there: {found}", found=said)) from None
    return first, last


def no_range() -> Unreadable:
    return Unreadable(
        Phrase("a range stands after a colon and has a bound, as in 2025-11..2025-12")
    )


def backwards(said: str) -> Unreadable:
    return Unreadable(Phrase("{found} ends before it begins", found=said))


def ago(said: str, today: date) -> date:
    """The day that lies a length of time before today."""
    length = read_length(said)
    if not length.keys() <= set("YMWD") or any(size % 1 for size in length.values()):
        raise Unreadable(Phrase("{found}: write whole days, weeks, months or years", found=said))
    months = int(length.get("Y", 0) * MONTHS_OF_A_YEAR + length.get("M", 0))
    year, month = divmod(today.year * MONTHS_OF_A_YEAR + today.month - 1 - months, MONTHS_OF_A_YEAR)
    try:
        if year < MINYEAR:
            raise OverflowError
        day = min(today.day, monthrange(year, month + 1)[1])
        days = length.get("W", 0) * 7 + length.get("D", 0)
        return date(year, month + 1, day) - timedelta(days=days)
    except OverflowError:
        raise Unreadable(Phrase("{found} ago there was no calendar", found=said)) from None
