"""The form of a value, without a screen: its fields, what words fill in, what is wrong."""

from datetime import date
from typing import Any

import pytest

from annotations.model import Annotation
from tui.screens.value_form import ALL, errors_in, filled_in, told_by, value_fields

AT = "2026-01-31T10:00:00Z"
DAY = date(2026, 1, 31)


def annotation(label: str, value: dict[str, Any] | None = None) -> Annotation:
    return Annotation("a", 0, 5, label, "recogniser:test", AT, AT, value=value)


def names(label: str, mentions: int = 1) -> list[str]:
    return [field.name for field in value_fields(annotation(label), mentions)]


def test_a_figure_has_its_words_above_its_keys_and_a_name_its_scope_below() -> None:
    assert names("MONEY") == ["text", "min", "max", "unit", "approx"]
    assert names("TIME") == ["text", "start", "end", "approx"]
    assert names("PER") == ["name"]
    assert names("PER", 3) == ["name", "mentions"]
    assert names("SHIP", 2) == ["name", "mentions"]
    scope = value_fields(annotation("PER"), 3)[1]
    assert (scope.content, [content for content, _ in scope.options]) == (ALL, [ALL, "this"])


@pytest.mark.parametrize(
    ("label", "text", "contents"),
    [
        ("MONEY", "1,5 млрд тенге", {"min": "1500000000", "max": "1500000000", "unit": "KZT"}),
        ("MONEY", "от 70 до 85 млрд тенге", {"min": "70000000000", "max": "85000000000"}),
        ("MONEY", "до 5 млн рублей", {"min": "", "max": "5000000", "unit": "RUB"}),
        ("PERCENT", "около 20 %", {"min": "20", "max": "20", "unit": "%", "approx": "yes"}),
        ("DATE", "позавчера", {"start": "2026-01-29", "end": "2026-01-29", "approx": ""}),
        ("DATE", "с 3 по 5 марта", {"start": "2026-03-03", "end": "2026-03-05"}),
        ("DURATION", "полтора года", {"min": "P1Y6M", "max": "P1Y6M"}),
        ("TIME", "7 часов вечера", {"start": "19:00", "end": "19:00"}),
        ("AGE", "19 лет", {"min": "19", "max": "19", "unit": "year"}),
        ("NUMBER", "12 проектов", {"min": "12", "max": "12", "of": "проект"}),
        ("NUMBER", "12", {"min": "12", "max": "12", "of": ""}),
        ("ORDINAL", "третий", {"min": "3", "max": "3"}),
        ("QUANTITY", "118 км 650 метров", {"min": "118650", "unit": "metre"}),
    ],
)
def test_words_fill_the_fields_in(label: str, text: str, contents: dict[str, str]) -> None:
    told = told_by(text, annotation(label), DAY)
    assert not isinstance(told, str), told
    assert {key: told.get(key) for key in contents} == contents


@pytest.mark.parametrize(
    ("label", "text"), [("MONEY", "много денег"), ("MONEY", "вчера"), ("DATE", "5 тонн")]
)
def test_words_for_something_else_are_named(label: str, text: str) -> None:
    assert told_by(text, annotation(label), DAY) == f"not understood as {label}: «{text}»"


@pytest.mark.parametrize(
    ("label", "contents", "errors"),
    [
        ("MONEY", {"min": "1", "max": "2", "unit": "KZT"}, {}),
        ("MONEY", {"min": "1 500,5", "max": "", "unit": "KZT"}, {}),
        ("MONEY", {"min": "x", "max": "y", "unit": ""}, {"min", "max", "unit"}),
        ("MONEY", {"min": "3", "max": "2", "unit": "KZT"}, {"max"}),
        ("DATE", {"start": "4.11.2025", "end": "2025-11-05"}, {}),
        ("DATE", {"start": "31.11.2025", "end": ""}, {"start"}),
        ("TIME", {"start": "9:30", "end": "25:00"}, {"start", "end"}),
        ("PERCENT", {"min": "1", "max": "2", "unit": "per cent"}, {"unit"}),
        ("AGE", {"min": "1", "max": "2", "unit": "day"}, {"unit"}),
        ("DURATION", {"min": "3 часа", "max": "PT3H"}, {"min"}),
        ("PER", {"name": " "}, {"name"}),
    ],
)
def test_each_error_is_its_field_s(
    label: str, contents: dict[str, str], errors: set[str] | dict[str, str]
) -> None:
    assert errors_in(annotation(label), contents).keys() == set(errors)


def test_what_has_no_field_stays_and_what_is_empty_goes() -> None:
    before = annotation("NUMBER", {"min": "1", "max": "1", "of": "дом", "approx": True})
    contents = {"text": "", "min": "2", "max": "", "of": "", "approx": ""}
    assert filled_in(before, contents) == {"min": "2", "max": None}
