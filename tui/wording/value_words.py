"""Values in words: numbers in groups of digits, bounds, days and lengths of time."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from annotations.model import Value
from tui.language import _, counted

NO_BREAK = "\u00a0"  # groups of digits stay on one line

_KNOWN = {"min", "max", "start", "end", "unit", "of", "approx"}
_DURATION = re.compile(
    r"P(?:(?P<Y>[\d.]+)Y)?(?:(?P<M>[\d.]+)M)?(?:(?P<W>[\d.]+)W)?(?:(?P<D>[\d.]+)D)?"
    r"(?:T(?:(?P<h>[\d.]+)H)?(?:(?P<m>[\d.]+)M)?(?:(?P<s>[\d.]+)S)?)?"
)


def number_in_words(number: str) -> str:
    """«1500000» as «1 500 000»: digits in groups of three, the decimal point as it is."""
    sign = "-" if number.startswith("-") else ""
    whole, point, fraction = number.removeprefix("-").partition(".")
    groups = []
    while len(whole) > 3:
        whole, group = whole[:-3], whole[-3:]
        groups.append(group)
    return sign + NO_BREAK.join([whole, *reversed(groups)]) + point + fraction


def value_in_words(value: Value | None) -> str:
    """A value in full: bounds, unit and what is counted."""
    if not value:
        return ""
    if "name" in value:
        return str(value["name"] or "")
    if not value.keys() & _KNOWN:
        return ", ".join(f"{key} {content}" for key, content in value.items())
    approx = "≈ " if value.get("approx") else ""
    if "start" in value or "end" in value:
        return approx + _times(_text(value.get("start")), _text(value.get("end")))
    unit, bounds = _text(value.get("unit")), _bounds(value)
    if unit in _COUNTED and bounds:
        return approx + _COUNTED[unit](bounds, _grammatical(value))
    rest = [_text(value[key]) for key in ("unit", "of") if value.get(key)]
    return approx + " ".join([bounds, *rest]).strip()


def _text(content: str | bool | None) -> str:
    return "" if content is None else str(content)


def _bounds(value: Mapping[str, str | bool | None]) -> str:
    low, high = (_bound(_text(value.get(key))) for key in ("min", "max"))
    if low == high:
        return low
    if not high:
        return f"≥ {low}"
    if not low:
        return f"≤ {high}"
    return f"{low} – {high}"


def _bound(text: str) -> str:
    digits = text.removeprefix("-").replace(".", "", 1)
    return number_in_words(text) if digits.isdecimal() else duration_in_words(text)


def _times(start: str, end: str) -> str:
    """Days and times of day, both included; a whole month or year by its name."""
    if not end:
        return _("from {time}").format(time=start) if start else ""
    if not start:
        return _("until {time}").format(time=end)
    return _period(start, end) or (start if start == end else f"{start} – {end}")


def _period(start: str, end: str) -> str:
    """«2025-11» for all days of November, «2025» for all of the year, else nothing."""
    if start[:4] == end[:4] and (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return start[:4]
    if start[:7] != end[:7] or not start.endswith("-01"):
        return ""
    try:
        first = date.fromisoformat(start)
    except ValueError:
        return ""
    last = monthrange(first.year, first.month)[1]
    return start[:7] if end == f"{start[:7]}-{last:02}" else ""


def duration_in_words(text: str) -> str:
    """«P8Y6M» as «8 years 6 months»; what is no duration stays as it is."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return text
    parts = [
        _LENGTHS[key](number, _form(number)) for key, number in found.groupdict().items() if number
    ]
    return " ".join(parts) or text


def _grammatical(value: Value) -> int:
    return _form(_text(value.get("max")) or _text(value.get("min")))


def _form(number: str) -> int:
    """The count whose grammatical form goes with a number: fractions go as two do."""
    whole = number.removeprefix("-")
    return int(whole) if whole.isascii() and whole.isdecimal() and len(whole) < 19 else 2


def _years(number: str, count: int) -> str:
    return counted("{number} year", "{number} years", count, number=number)


def _months(number: str, count: int) -> str:
    return counted("{number} month", "{number} months", count, number=number)


def _weeks(number: str, count: int) -> str:
    return counted("{number} week", "{number} weeks", count, number=number)


def _days(number: str, count: int) -> str:
    return counted("{number} day", "{number} days", count, number=number)


def _hours(number: str, count: int) -> str:
    return counted("{number} hour", "{number} hours", count, number=number)


def _minutes(number: str, count: int) -> str:
    return counted("{number} minute", "{number} minutes", count, number=number)


def _seconds(number: str, count: int) -> str:
    return counted("{number} second", "{number} seconds", count, number=number)


_COUNTED = {"year": _years, "month": _months}
_LENGTHS = {
    "Y": _years, "M": _months, "W": _weeks, "D": _days,
    "h": _hours, "m": _minutes, "s": _seconds,
}  # fmt: skip
