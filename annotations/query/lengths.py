"""Lengths of time, as they stand in a query: `7d`, `3мес`, `2ч30мин`."""

import re

from annotations.folding import fold
from annotations.phrase import Phrase
from annotations.query.terms import Unreadable

UNITS = {
    "Y": "y year years г год года годы годов лет",
    "M": "m month months м мес месяц месяца месяцы месяцев",
    "W": "w week weeks н нед неделя недели недель неделю",
    "D": "d day days д дн день дня дни дней сут сутки суток",
    "h": "h hour hours ч час часа часы часов",
    "m": "min minute minutes мин минута минуты минут минуту",
    "s": "s sec second seconds с сек секунда секунды секунд секунду",
}  # designators as in `figures.DAYS`, and how people write them
NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,9})?"

_DESIGNATORS = {word: unit for unit, words in UNITS.items() for word in words.split()}
_PART = re.compile(rf"\s*({NUMBER})\s*([^\W\d_]+)\.?\s*")


def read_length(said: str) -> dict[str, float]:
    """How many of which unit; raises Unreadable for what is no length of time."""
    parts: dict[str, float] = {}
    at = 0
    while at < len(said) and (part := _PART.match(said, at)):
        unit = _DESIGNATORS.get(fold(part[2]))
        if unit is None or unit in parts:
            break
        parts[unit] = float(part[1].replace(",", "."))
        at = part.end()
    if at < len(said) or not parts:
        raise Unreadable(
            Phrase("{found} is no length of time: write 7d, 2w, 3m, 1y, 5h or 30min", found=said)
        )
    return parts
