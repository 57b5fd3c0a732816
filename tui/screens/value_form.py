"""The form in which a value is edited: in words at the top, key by key below."""

import re
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from annotations.errors import InvalidValue
from annotations.guess import understood
from annotations.model import Annotation, Value
from annotations.values import ENTITY_FIELDS, FIELDS, Field, check_field, check_value
from tui.language import N_, _, counted, told
from tui.screens.dialogs import FormField

TEXT = "text"  # the field for words, which no value has
APPROX = "approx"
MENTIONS = "mentions"  # whether all mentions of an entity are meant
ALL, THIS = "all", "this"

TITLES = {
    TEXT: N_("in words"),
    "min": N_("min"),
    "max": N_("max"),
    "start": N_("start"),
    "end": N_("end"),
    "unit": N_("unit"),
    "of": N_("of"),
    APPROX: N_("approx"),
    "name": N_("name"),
    MENTIONS: N_("for"),
}
HINTS = {
    "number": N_("1500000, 0.5; empty where it is open"),
    "day": N_("2025-11-04; empty where it is open"),
    "clock": N_("09:30; empty where it is open"),
    "duration": N_("P8Y6M, PT3H; empty where it is open"),
    "share": N_("% or pp"),
    "age": N_("year or month"),
    "text": "",
}
EXAMPLES = {
    "MONEY": "1,5 млрд тенге",
    "PERCENT": "около 20 %",
    "NUMBER": "12 проектов",
    "ORDINAL": "третий",
    "QUANTITY": "118 км 650 метров",
    "DATE": "с 3 по 5 марта",
    "TIME": "7 часов вечера",
    "DURATION": "полтора года",
    "AGE": "52 года",
}
_PROBLEMS = {
    "number": N_("this must be a decimal number such as 1500000 or 0.5, not «{got}»"),
    "day": N_("this must be a day such as 2025-11-04, not «{got}»"),
    "clock": N_("this must be a time of day such as 09:30, not «{got}»"),
    "duration": N_("this must be a duration such as P8Y6M or PT3H, not «{got}»"),
    "share": N_("this must be % or pp, not «{got}»"),
    "age": N_("this must be year or month, not «{got}»"),
}
_NOT_CURRENCY = N_("this must be a code such as KZT, or the currency in Russian, not «{got}»")
_YES = ("yes", "да")
_NUMBER = re.compile(r"-?[\d \u00a0\u202f]+(?:[.,]\d+)?")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def value_fields(annotation: Annotation, mentions: int = 1) -> list[FormField]:
    """A form's fields: the keys that the annotation's label has, above a figure's its words.

    `mentions` is how many mentions its entity has: where there are several, all can be named.
    """
    fields = [_form_field(field, annotation.value or {}) for field in _fields(annotation)]
    if _fields(annotation) != ENTITY_FIELDS:
        hint = _("such as: {example}").format(example=EXAMPLES.get(annotation.label, "12"))
        yes = (annotation.value or {}).get(APPROX)
        options = (("", _("no")), (_YES[0], _("yes")))
        return [
            FormField(TEXT, hint=hint, title=_(TITLES[TEXT])),
            *fields,
            FormField(APPROX, _YES[0] if yes else "", title=_(TITLES[APPROX]), options=options),
        ]
    if mentions > 1:
        every = counted(
            "its {count} mention in this article",
            "all its {count} mentions in this article",
            mentions,
        )
        options = ((ALL, every), (THIS, _("this one")))
        fields.append(FormField(MENTIONS, ALL, title=_(TITLES[MENTIONS]), options=options))
    return fields


def _form_field(field: Field, value: Value) -> FormField:
    title = _(TITLES[field.name]) if field.name in TITLES else field.name
    return FormField(field.name, str(value.get(field.name) or ""), _(HINTS[field.form]), title)


def told_by(text: str, annotation: Annotation, day: date | None) -> Mapping[str, str] | str:
    """The contents of the fields that a figure's words fill in; a sentence where they do not."""
    value = understood(text, annotation.label, day)
    if value is None:
        said = _("not understood as {label}: «{text}»")
        return said.format(label=annotation.label, text=text.strip())
    contents = {key: content for key, content in value.items() if isinstance(content, str)}
    bounds = {key: "" for key, content in value.items() if content is None}
    of = {"of": ""} if annotation.label == "NUMBER" else {}
    return {**of, **bounds, **contents, APPROX: _YES[0] if value.get(APPROX) else ""}


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
        errors[APPROX] = _("this must be yes or empty")
    for field in _fields(annotation):
        content = value.get(field.name)
        try:
            check_field(field, content)
        except InvalidValue:
            errors[field.name] = _problem(field, content)
    unit = value.get("unit")
    if annotation.label == "MONEY" and "unit" not in errors and not _is_unit(annotation, unit):
        errors["unit"] = _(_NOT_CURRENCY).format(got=unit)
    if not errors:
        try:
            check_value(annotation.label, value)
        except InvalidValue as error:
            name = error.field or next(iter(contents))
            errors[name] = _order_problem(annotation, name, value) or told(error)
    return errors


def _is_unit(annotation: Annotation, unit: str | bool | None) -> bool:
    """Whether an amount of money may have this unit; the one that it came with is left to it."""
    from annotations.figures.money import is_currency

    return unit == (annotation.value or {}).get("unit") or is_currency(str(unit))


def _problem(field: Field, content: str | bool | None) -> str:
    if content is None or field.form not in _PROBLEMS:
        return _("this must not be empty")
    return _(_PROBLEMS[field.form]).format(got=content)


def _order_problem(annotation: Annotation, name: str, value: Value) -> str:
    """What is wrong with an upper bound; empty where the field is no upper bound."""
    for lower, upper in pairwise(_fields(annotation)[:2]):
        if upper.name == name and value.get(lower.name) is not None:
            return _("this must not be less than {low}").format(low=value[lower.name])
    return ""
