"""The form in which a value is edited, key by key."""

from collections.abc import Mapping

from annotations.errors import InvalidValue
from annotations.model import Annotation, Value
from annotations.values import ENTITY_FIELDS, FIELDS, check_field, check_value
from tui.screens.dialogs import Form, FormField

HINTS = {
    "number": "1500000, 0.5; empty where it is open",
    "day": "2025-11-04; empty where it is open",
    "clock": "09:30; empty where it is open",
    "duration": "P8Y6M, PT3H; empty where it is open",
    "text": "",
}


def value_form(annotation: Annotation, quote: str) -> Form:
    """A form with the keys that the annotation's label has; `quote` is the annotated
    text in «»."""
    value = annotation.value or {}
    fields = [
        FormField(field.name, str(value.get(field.name) or ""), HINTS[field.form])
        for field in FIELDS.get(annotation.label, ENTITY_FIELDS)
    ]

    def check(contents: Mapping[str, str]) -> Mapping[str, str]:
        return errors_in(annotation, contents)

    return Form(f"Value of {annotation.label} {quote}", fields, check)


def filled_in(annotation: Annotation, contents: Mapping[str, str]) -> Value:
    """The value that the form's contents make; what has no field of its own stays.

    A key that may be left out («of») is left out when it is empty; an empty bound is null.
    """
    value: dict[str, str | bool | None] = dict(annotation.value or {})
    for field in FIELDS.get(annotation.label, ENTITY_FIELDS):
        content = contents[field.name].strip()
        if content or field.form != "text":
            value[field.name] = content or None
        elif field.optional:
            value.pop(field.name, None)
        else:
            value[field.name] = None
    return value


def errors_in(annotation: Annotation, contents: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong, by field; empty where the value is right."""
    value, errors = filled_in(annotation, contents), {}
    for field in FIELDS.get(annotation.label, ENTITY_FIELDS):
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
