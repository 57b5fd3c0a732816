"""How the tables of figures are written.

A row is a sentence and the figures it has, in order: `quote | LABEL value more`, where a
value is `12` (exact), `12..` (at least), `..12` (at most) or `12..15`, `~` is `approx`,
and `more` is the unit or the counted noun.
"""

from datetime import date

from annotations.figures import FigureRecogniser
from annotations.values import FIELDS, check_value

PUBLISHED = date(2025, 3, 12)  # a Wednesday

Row = tuple[str, ...]


def figures(text: str, published: date | None = PUBLISHED) -> list[str]:
    """The figures of a text in the notation of the tables."""
    return [
        f"{text[found.start : found.end]} | {written(found.label, dict(found.value or {}))}"
        for found in FigureRecogniser().suggest(text, published)
    ]


def written(label: str, value: dict[str, str | bool | None]) -> str:
    check_value(label, value)
    low, high, *more = (value.get(field.name) for field in FIELDS[label])
    ends = f"{low}" if low == high else f"{low or ''}..{high or ''}"
    parts = [
        label,
        ("~" if value.get("approx") else "") + ends,
        *(str(word) for word in more if word),
    ]
    return " ".join(parts)


def read_value(label: str, written: str) -> dict[str, str | bool | None]:
    """The value that stands after the label in the tables, the inverse of `written`."""
    ends, _, more = written.partition(" ")
    low, dots, high = ends.lstrip("~").partition("..")
    fields = FIELDS[label]
    value: dict[str, str | bool | None] = {
        fields[0].name: low or None,
        fields[1].name: (high if dots else low) or None,
    }
    if more:
        value[fields[2].name] = more
    if ends.startswith("~"):
        value["approx"] = True
    check_value(label, value)
    return value
