"""The figures of an article as a table: value, unit or what is counted, in columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rich.cells import cell_len

from annotations.model import Annotation, Document, Value
from tui.display import display
from tui.language import N_
from tui.page.wrap import wrapped
from tui.wording.words import quoted, value_in_words

# the orders of the table -> what is said of them
ORDERS = {
    "label": N_("figures by label, as they come in the text"),
    "value": N_("figures by value: in each unit the largest first, the latest first"),
    "place": N_("figures as they come in the text"),
}

_LEAST = 8  # cells of a line of a value that is broken
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])|(T)")
_DAYS = {"Y": 365.25, "M": 30.44, "W": 7, "D": 1}
_TIMES = {"H": 1 / 24, "M": 1 / 1440, "S": 1 / 86400}

Order = tuple[Decimal, str]
# what is known of values that were put into words before: the amount, its unit
Known = dict[tuple[tuple[str, str | bool | None], ...], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and the places that have it, in text order; the texts have passed `display`."""

    label: str
    amount: str
    what: str  # the unit, or what is counted
    mentions: tuple[Annotation, ...]

    @property
    def is_amount(self) -> bool:
        """Whether it is a number, which is aligned at its end."""
        value = self.mentions[0].value or {}
        bounds = [str(value[key]) for key in ("min", "max") if value.get(key)]
        return bool(bounds) and not any(bound.startswith("P") for bound in bounds)


def figures_of(
    document: Document, label: str, having: Iterable[Annotation], known: Known
) -> Iterator[Figure]:
    """Each value of a label once, in the order of the first place that has it."""
    places: dict[tuple[str, str], list[Annotation]] = {}
    for each in having:
        key = tuple((each.value or {}).items())
        parts = known.get(key)
        if parts is None:
            parts = known[key] = amount_and_unit(each.value)
        amount = parts[0] or display(quoted(document.article.text, each.span))
        places.setdefault((amount, parts[1]), []).append(each)
    for (amount, what), mentions in places.items():
        yield Figure(label, amount, what, tuple(mentions))


def amount_and_unit(value: Value | None) -> tuple[str, str]:
    """The value without its unit, and the unit; the first is empty where there is no value."""
    bounds = {key: part for key, part in (value or {}).items() if key not in ("unit", "of")}
    whole, amount = value_in_words(value), value_in_words(bounds)
    if amount and whole.startswith(amount):
        return display(amount), display(whole.removeprefix(amount).strip())
    return display(whole), ""


def in_order(figures: Iterable[Figure], order: str) -> list[Figure]:
    """The figures of the table, or of a label, in an order of ORDERS."""
    found = sorted(figures, key=lambda figure: figure.mentions[0].start)
    if order == "value":
        found.sort(key=lambda figure: _magnitude(figure.mentions[0].value), reverse=True)
        found.sort(key=lambda figure: str((figure.mentions[0].value or {}).get("unit") or ""))
    return found


def _magnitude(value: Value | None) -> Order:
    """What is larger or later compares as greater; what has no value as the least."""
    value = value or {}
    when = value.get("start") or value.get("end")
    if when:
        return Decimal(0), str(when)
    amount = str(value.get("max") or value.get("min") or "")
    if amount.startswith("P"):
        return _days(amount), ""
    with suppress(InvalidOperation):
        found = Decimal(amount)
        if found.is_finite():
            return found, ""
    return Decimal("-Infinity"), ""


def _days(duration: str) -> Decimal:
    """How long an ISO 8601 duration is, about, to compare it with others."""
    units, days = _DAYS, 0.0
    for match in _DURATION.finditer(duration):
        if match[3]:
            units = _TIMES
        else:
            days += float(match[1]) * units.get(match[2], 0)
    return Decimal(days)


def table_of(figures: Sequence[Figure], room: int) -> Iterator[list[tuple[str, str]]]:
    """The lines of each figure, a line being the amount and, in the next column, its unit.

    An amount that would leave the second column no room stands on lines of its own.
    """
    second = max((cell_len(word) for each in figures for word in each.what.split()), default=0)
    widest = room - (min(second, room // 2) + 1 if second else 0)
    fitting = [cells for each in figures if (cells := cell_len(each.amount)) <= widest]
    first = max(fitting, default=0)
    for each in figures:
        cells = cell_len(each.amount)
        if cells > widest:
            whole = f"{each.amount} {each.what}".strip()
            yield [(part, "") for part in wrapped(whole, max(room, _LEAST))]
            continue
        filling = " " * (first - cells)
        amount = filling + each.amount if each.is_amount else each.amount + filling
        units = wrapped(each.what, max(room - first - 1, 1))
        yield [
            (amount if number == 0 else " " * first, f" {unit}" if unit else "")
            for number, unit in enumerate(units)
        ]
