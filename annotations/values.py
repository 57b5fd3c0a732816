"""The normalised values: which keys each label has, and what each key may hold.

Numbers are decimal strings, never floats; a missing bound is None; `approx` stands only
where the text says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from annotations.errors import InvalidValue
from annotations.model import Value
from annotations.phrase import Phrase

_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_DURATION = re.compile(
    r"P(?=.)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=.)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a value: `form` says what it holds."""

    name: str
    form: str
    optional: bool = False


_BOUNDS = (Field("min", "number", optional=True), Field("max", "number", optional=True))
_UNIT = Field("unit", "text")
_DAYS = (Field("start", "day", optional=True), Field("end", "day", optional=True))
_APPROX = "approx"

ENTITY_FIELDS = (Field("name", "text"),)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "PER": ENTITY_FIELDS,
    "ORG": ENTITY_FIELDS,
    "LOC": ENTITY_FIELDS,
    "MONEY": (*_BOUNDS, _UNIT),
    "PERCENT": (*_BOUNDS, Field("unit", "share")),
    "NUMBER": (*_BOUNDS, Field("of", "text", optional=True)),
    "ORDINAL": _BOUNDS,
    "QUANTITY": (*_BOUNDS, _UNIT),
    "DATE": _DAYS,
    "TIME": (Field("start", "clock", optional=True), Field("end", "clock", optional=True)),
    "DURATION": (
        Field("min", "duration", optional=True),
        Field("max", "duration", optional=True),
    ),
    "AGE": (*_BOUNDS, Field("unit", "age")),
}

_FORMS = {
    "number": Phrase("a decimal number such as 1500000 or 0.5"),
    "day": Phrase("a day such as 2025-11-04"),
    "clock": Phrase("a time of day such as 09:30"),
    "duration": Phrase("an ISO 8601 duration such as P8Y6M or PT3H"),
    "share": Phrase("% or pp"),
    "age": Phrase("year or month"),
    "text": Phrase("some text"),
}


def check_value(label: str, value: Value) -> None:
    """Raise InvalidValue unless `value` is a value that `label` can have.

    A label that only some library knows may have any value of strings and booleans.
    """
    for key, content in value.items():
        if content is not None and not isinstance(content, str | bool):
            raise InvalidValue(
                Phrase(
                    "{key} must be a string (numbers are decimal strings), got {content!r}",
                    key=key,
                    content=content,
                ),
                key,
            )
    fields = FIELDS.get(label)
    if fields is None:
        return
    unknown = value.keys() - {field.name for field in fields} - {_APPROX}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise InvalidValue(Phrase("{label} has no {names}", label=label, names=names), min(unknown))
    for field in fields:
        check_field(field, value.get(field.name))
    if not isinstance(value.get(_APPROX, False), bool):
        raise InvalidValue(Phrase("approx must be true or false"), _APPROX)
    _check_order(fields, value)


def _check_order(fields: Sequence[Field], value: Value) -> None:
    """The bounds of numbers and days must not be the wrong way round; a night goes past 00:00."""
    if len(fields) < 2 or fields[0].form not in ("number", "day"):
        return
    low, high = (value.get(field.name) for field in fields[:2])
    if isinstance(low, str) and isinstance(high, str):
        wrong = Decimal(low) > Decimal(high) if fields[0].form == "number" else low > high
        if wrong:
            name = fields[1].name
            raise InvalidValue(
                Phrase(
                    "{high} must not be less than {low} ({limit})",
                    high=name,
                    low=fields[0].name,
                    limit=low,
                ),
                name,
            )


def check_field(field: Field, content: str | bool | None) -> None:
    """Raise InvalidValue unless `content` may stand in this field."""
    if content is None:
        if field.optional:
            return
        raise InvalidValue(
            Phrase(
                "{name} is missing: it must be {form}", name=field.name, form=_FORMS[field.form]
            ),
            field.name,
        )
    if not isinstance(content, str) or not _fits(field.form, content):
        raise InvalidValue(
            Phrase(
                "{name} must be {form}, got {content!r}",
                name=field.name,
                form=_FORMS[field.form],
                content=content,
            ),
            field.name,
        )


def _fits(form: str, content: str) -> bool:
    match form:
        case "number":
            return _DECIMAL.fullmatch(content) is not None
        case "clock":
            return _CLOCK.fullmatch(content) is not None
        case "duration":
            return _DURATION.fullmatch(content) is not None
        case "day":
            return _is_day(content)
        case "share":
            return content in ("%", "pp")
        case "age":
            return content in ("year", "month")
        case _:
            return bool(content.strip())


def _is_day(content: str) -> bool:
    try:
        return date.fromisoformat(content).isoformat() == content
    except ValueError:
        return False
