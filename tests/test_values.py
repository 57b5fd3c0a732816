"""Which values a label can have."""

from typing import Any

import pytest

from annotations.errors import InvalidValue
from annotations.values import FIELDS, check_value

BOUNDS = {"min": "1", "max": "2"}

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("PER", {"name": "Олег Зимин"}),
    ("ORG", {"name": "ООО «Парус»"}),
    ("LOC", {"name": "Тверь", "approx": True}),
    ("MONEY", {"min": "40000000", "max": None, "unit": "RUB"}),
    ("MONEY", {"unit": "крона"}),
    ("TIME", {"start": "23:00", "end": "05:00"}),
    ("AGE", {"min": "6", "max": "6", "unit": "month"}),
    ("PERCENT", {"min": "-0.25", "max": "-0.25", "unit": "pp", "approx": False}),
    ("NUMBER", {"min": "0.5", "max": "0.5"}),
    ("NUMBER", {**BOUNDS, "of": "мост"}),
    ("ORDINAL", BOUNDS),
    ("QUANTITY", {**BOUNDS, "unit": "kilometre/hour"}),
    ("AGE", {**BOUNDS, "unit": "year"}),
    ("DATE", {"start": "2025-02-28", "end": None}),
    ("DATE", {}),
    ("TIME", {"start": "00:00", "end": "23:59"}),
    ("DURATION", {"min": "P8Y6M", "max": "PT3H"}),
    ("DURATION", {"min": "P1.5D", "max": "P1Y2M3W4DT5H6M7S"}),
    ("SHIP", {"name": None, "any": "thing", "flag": True}),
]

BAD: list[tuple[str, dict[str, Any], str]] = [
    ("PER", {}, "name"),
    ("PER", {"name": None}, "name"),
    ("PER", {"name": " \n"}, "name"),
    ("PER", {"name": True}, "name"),
    ("PER", {"name": "Олег", "age": "5"}, "age"),
    ("MONEY", BOUNDS, "unit"),
    ("MONEY", {"min": 5, "unit": "RUB"}, "min"),
    ("NUMBER", {"min": 1.5}, "min"),
    ("NUMBER", {"min": "1,5"}, "min"),
    ("NUMBER", {"min": "1e3"}, "min"),
    ("NUMBER", {"min": "+1"}, "min"),
    ("NUMBER", {"min": "1."}, "min"),
    ("NUMBER", {"min": ".5"}, "min"),
    ("NUMBER", {"min": ""}, "min"),
    ("NUMBER", {"min": "1\n"}, "min"),
    ("NUMBER", {"min": "٣"}, "min"),
    ("NUMBER", {"max": "NaN"}, "max"),
    ("NUMBER", {"min": False}, "min"),
    ("NUMBER", {**BOUNDS, "of": ""}, "of"),
    ("NUMBER", {**BOUNDS, "approx": "yes"}, "approx"),
    ("NUMBER", {**BOUNDS, "approx": None}, "approx"),
    ("NUMBER", {"min": ["1"]}, "min"),
    ("DATE", {"start": "2025-02-30"}, "start"),
    ("DATE", {"start": "20250228"}, "start"),
    ("DATE", {"start": "2025-W10-1"}, "start"),
    ("DATE", {"end": "28.02.2025"}, "end"),
    ("TIME", {"start": "24:00"}, "start"),
    ("TIME", {"start": "9:30"}, "start"),
    ("TIME", {"end": "09:60"}, "end"),
    ("TIME", {"end": "0٩:30"}, "end"),
    ("DURATION", {"min": "P"}, "min"),
    ("DURATION", {"min": "PT"}, "min"),
    ("DURATION", {"min": "P1YT"}, "min"),
    ("DURATION", {"min": "P1H"}, "min"),
    ("DURATION", {"min": "P1D1Y"}, "min"),
    ("DURATION", {"max": "P٣D"}, "max"),
    ("SHIP", {"decks": 3}, "decks"),
    ("MONEY", {"min": "5", "max": "1", "unit": "RUB"}, "max"),
    ("NUMBER", {"min": "10", "max": "9.5"}, "max"),
    ("DATE", {"start": "2025-11-05", "end": "2025-11-04"}, "end"),
    ("PERCENT", {"min": "1", "max": "1", "unit": "кг"}, "unit"),
    ("AGE", {"min": "52", "max": "52", "unit": "лет"}, "unit"),
    ("SHIP", {"decks": {"a": "b"}}, "decks"),
]


@pytest.mark.parametrize(("label", "value"), GOOD)
def test_a_label_can_have(label: str, value: dict[str, Any]) -> None:
    check_value(label, value)


@pytest.mark.parametrize(("label", "value", "field"), BAD)
def test_a_label_cannot_have_and_the_field_at_fault_is_named(
    label: str, value: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidValue) as error:
        check_value(label, value)
    assert error.value.field == field
    assert field in str(error.value)


@pytest.mark.parametrize("label", FIELDS)
def test_what_a_label_does_not_know_is_refused(label: str) -> None:
    good: dict[str, Any] = next(value for name, value in GOOD if name == label)
    with pytest.raises(InvalidValue, match=f"{label} has no aft, bow") as error:
        check_value(label, {**good, "bow": "1", "aft": "2"})
    assert error.value.field == "aft"


def test_a_megabyte_of_digits_is_judged() -> None:
    digits = "1" * 1_000_000
    check_value("NUMBER", {"min": digits})
    with pytest.raises(InvalidValue):
        check_value("DURATION", {"min": f"P{digits}"})
