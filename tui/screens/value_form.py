"""The form in which a value is edited, key by key."""

import re
from collections.abc import Mapping

from annotations.errors import InvalidValue
from annotations.model import Annotation, Value
from annotations.values import ENTITY_FIELDS, FIELDS, Field, check_field, check_value
from tui.screens.dialogs import FormField

HINTS = {
    "number": "1500000, 0.5; empty where it is open",
    "day": "2025-11-04; empty where it is open",
    "clock": "09:30; empty where it is open",
    "duration": "P8Y6M, PT3H; empty where it is open",
    "share": "% or pp",
    "age": "year or month",
    "text": "",
}


APPROX = "approx"
_YES = ("yes", "да")
_NUMBER = re.compile(r"-?[\d \u00a0\u202f]+(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def value_fields(annotation: Annotation) -> list[FormField]:
    """A form's fields: the keys that the annotation's label has."""
    value = annotation.value or {}
    fields = [
        FormField(field.name, str(value.get(field.name) or ""), HINTS[field.form])
        for field in _fields(annotation)
    ]
    if _fields(annotation) != ENTITY_FIELDS:
        said = _YES[0] if value.get(APPROX) else ""
        fields.append(FormField(APPROX, said, "yes where the text says «около»; else empty"))
    return fields


def filled_in(annotation: Annotation, contents: Mapping[str, str]) -> Value:
    """The value that the form's contents make; what has no field of its own stays.

    A key that may be left out («of») is left out when it is empty; an empty bound is null.
    """
    value: dict[str, str | bool | None] = dict(annotation.value or {})
    for field in _fields(annotation):
        content = _normal(field.form, contents[field.name].strip())
        if not content and field.optional and field.form == "text":
            value.pop(field.name, None)
        else:
            value[field.name] = content or None
    if APPROX in contents:
        value.pop(APPROX, None)
        if contents[APPROX].strip():
            value[APPROX] = True
    return value


def _fields(annotation: Annotation) -> tuple[Field, ...]:
    return FIELDS.get(annotation.label, ENTITY_FIELDS)


def _normal(form: str, content: str) -> str:
    """«1 500,5» as 1500.5 and «4.11.2025» as 2025-11-04: how people write them."""
    if form == "number" and _NUMBER.fullmatch(content):
        return "".join(content.split()).replace(",", ".")
    day = _DAY.fullmatch(content) if form == "day" else None
    return f"{day[3]}-{day[2]:0>2}-{day[1]:0>2}" if day else content


def errors_in(annotation: Annotation, contents: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong, by field; empty where the value is right."""
    value, errors = filled_in(annotation, contents), {}
    if contents.get(APPROX, "").strip().casefold() not in ("", *_YES):
        errors[APPROX] = "approx must be yes or empty"
    for field in _fields(annotation):
        try:
            check_field(field, value.get(field.name))
        except InvalidValue as error:
            errors[field.name] = str(error)
    if not errors:
        try:
            check_value(annotation.label, value)
        except InvalidValue as error:
            errors[error.field or next(iter(contents))] = str(error)
    return errors
