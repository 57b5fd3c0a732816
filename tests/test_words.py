"""Values, annotations and edits in words."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation
from tui.wording.result_words import result_in_words
from tui.wording.words import NO_BREAK, edit_in_words, explain, number_in_words, value_in_words

TEXT = "Мост в Твери открыл\nОлег Зимин."
FOUND = Annotation(
    "a", 20, 30, "PER", "recogniser:slovnet", "2026-01-31T10:00:00Z", "2026-01-31T11:30:59Z",
    {"name": "Олег Зимин"}, confidence=0.974,
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "0"),
        ("999", "999"),
        ("1000", "1 000"),
        ("1500000", "1 500 000"),
        ("-25000", "-25 000"),
        ("-100", "-100"),
        ("1234.5678", "1 234.5678"),
        ("0.25", "0.25"),
    ],
)
def test_digits_stand_in_groups_of_three(number: str, shown: str) -> None:
    assert number_in_words(number) == shown.replace(" ", NO_BREAK)


@given(st.from_regex(r"-?[0-9]{1,30}(\.[0-9]{1,5})?", fullmatch=True))
def test_grouping_changes_no_digit(number: str) -> None:
    assert number_in_words(number).replace(NO_BREAK, "") == number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ({}, ""),
        ({"name": "Олег Зимин"}, "Олег Зимин"),
        ({"name": None}, ""),
        ({"min": "40000000", "max": "40000000", "unit": "RUB"}, "40 000 000 RUB"),
        ({"min": "5", "max": None, "unit": "%"}, "≥ 5 %"),
        ({"min": None, "max": "1500", "unit": "tonne"}, "≤ 1 500 tonne"),
        ({"min": "2", "max": "3", "of": "мост"}, "2 – 3 мост"),
        ({"min": "-7", "max": "-5.5", "unit": "degree Celsius"}, "-7 – -5.5 degree Celsius"),
        ({"min": "200", "max": "200", "approx": True, "of": None}, "≈ 200"),
        ({"min": "200", "max": "200", "approx": False}, "200"),
        ({"min": None, "max": None, "unit": "RUB"}, "RUB"),
        ({"start": "2025-11-04", "end": "2025-11-04"}, "2025-11-04"),
        ({"start": "2025-11-01", "end": "2025-11-29"}, "2025-11-01 – 2025-11-29"),
        ({"start": "2025-11-01", "end": "2025-11-30"}, "2025-11"),
        ({"start": "2024-02-01", "end": "2024-02-29"}, "2024-02"),
        ({"start": "2025-01-01", "end": "2025-12-31"}, "2025"),
        ({"start": "2025-01-01", "end": "2026-12-31"}, "2025-01-01 – 2026-12-31"),
        ({"start": "2025-11-01", "end": None}, "from 2025-11-01"),
        ({"start": "2025-13-01", "end": "2025-13-30"}, "2025-13-01 – 2025-13-30"),
        ({"start": "09:00", "end": "18:00"}, "09:00 – 18:00"),
        ({"end": "18:00"}, "until 18:00"),
        ({"start": None, "end": None}, ""),
        ({"min": "P8Y6M", "max": "P8Y6M"}, "8 years 6 months"),
        ({"min": "P1W", "max": None}, "≥ 1 week"),
        ({"min": "P1.5D", "max": "P1DT2H3M4.5S"}, "1.5 days – 1 day 2 hours 3 minutes 4.5 seconds"),
        ({"min": "P", "max": "P"}, "P"),
        ({"min": "1", "max": "1", "unit": "year"}, "1 year"),
        ({"min": "52", "max": "52", "unit": "year"}, "52 years"),
        ({"min": None, "max": "18", "unit": "month", "approx": True}, "≈ ≤ 18 months"),
        ({"min": None, "max": None, "unit": "year"}, "year"),
        ({"colour": "red"}, "colour red"),
    ],
)
def test_a_value_is_said_in_full(value: Any, shown: str) -> None:
    assert value_in_words(value).replace(NO_BREAK, " ") == shown


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "PER Олег Зимин · suggested 0.97 · slovnet · 2026-01-31 11:30"),
        (
            {"author": "user:anna", "confidence": None, "status": "accepted"},
            "PER Олег Зимин · accepted · you · 2026-01-31 11:30",
        ),
        (
            {"author": "user:boris", "confidence": None, "value": None, "status": "rejected"},
            "PER · rejected · boris · 2026-01-31 11:30",
        ),
        (
            {"layer": "anna", "note": "точно?", "modified": "2026-01-31"},
            "PER Олег Зимин · suggested 0.97 · slovnet · 2026-01-31 · layer anna · note: точно?",
        ),
    ],
)
def test_an_annotation_is_explained_in_one_line(changes: dict[str, Any], shown: str) -> None:
    assert explain(replace(FOUND, **changes), "user:anna") == shown


@pytest.mark.parametrize(
    ("status", "decider", "shown"),
    [
        ("suggested", "user:boris", "PER · suggested 0.97 · slovnet · 2026-01-31 11:30"),
        ("accepted", "user:anna", "PER · accepted by you · slovnet 0.97 · 2026-01-31 11:30"),
        ("accepted", "user:boris", "PER · accepted by boris · slovnet 0.97 · 2026-01-31 11:30"),
        ("rejected", "user:anna", "PER · rejected by you · slovnet 0.97 · 2026-01-31 11:30"),
        ("rejected", "user:boris", "PER · rejected by boris · slovnet 0.97 · 2026-01-31 11:30"),
        ("accepted", FOUND.author, "PER · accepted 0.97 · slovnet · 2026-01-31 11:30"),
    ],
)
def test_who_decided_is_told_beside_who_found_it(status: Any, decider: str, shown: str) -> None:
    annotation = replace(FOUND, status=status, value=None)
    assert explain(annotation, "user:anna", decider=decider) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (7, 31, "in ORG «Твери открыл Олег Зимин.»"),
        (20, 30, "also ORG"),
        (25, 31, "crosses ORG «Зимин.»"),
        (25, 30, ""),
    ],
)
def test_what_lies_around_it_is_told(start: int, end: int, shown: str) -> None:
    other = replace(FOUND, id="b", label="ORG", start=start, end=end)
    told = explain(FOUND, "user:anna", around=[other], text=TEXT)
    assert told.split(" · ")[4:] == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        (Add(FOUND), "«Олег Зимин»: add PER"),
        (Remove(replace(FOUND, start=0, end=31)), "«Мост в Твери открыл Олег Зимин.»: delete PER"),
        (Change(FOUND, replace(FOUND, label="ORG")), "«Олег Зимин»: label PER → ORG"),
        (
            Change(FOUND, replace(FOUND, start=25, status="accepted")),
            "«Олег Зимин» → «Зимин»: suggested → accepted",
        ),
        (Change(FOUND, replace(FOUND, value=None)), "«Олег Зимин»: value Олег Зимин → none"),
        (Change(FOUND, replace(FOUND, note="?")), "«Олег Зимин»: note none → ?"),
        (Change(FOUND, FOUND), "«Олег Зимин»: no change"),
        (Group((Add(FOUND), Remove(FOUND))), "«Олег Зимин»: add PER; «Олег Зимин»: delete PER"),
        (Group(()), ""),
    ],
)
def test_an_edit_is_said_in_words(edit: Edit, shown: str) -> None:
    assert edit_in_words(edit, TEXT) == shown


def test_a_long_quotation_is_cut() -> None:
    text = "Мост " * 20
    shown = edit_in_words(Add(replace(FOUND, start=0, end=100)), text)
    assert shown == f"«{text[:39]}…»: add PER"
    assert edit_in_words(
        Change(replace(FOUND, start=0, end=90), replace(FOUND, start=0, end=95)), text
    ) == (f"«{text[:39]}…»: other boundaries")


def test_quotation_marks_within_a_quotation_are_others() -> None:
    text = "ООО «Верфь»"
    assert edit_in_words(Add(replace(FOUND, start=0, end=11)), text) == "«ООО „Верфь“»: add PER"


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        (Add(FOUND), "«Олег Зимин» is PER again"),
        (Remove(FOUND), "«Олег Зимин» is not annotated as PER any more"),
        (
            Change(replace(FOUND, status="accepted"), FOUND),
            "«Олег Зимин» is suggested again (was accepted)",
        ),
        (
            Change(replace(FOUND, label="ORG", status="accepted", value=None), FOUND),
            "«Олег Зимин» is PER, suggested again (was ORG, accepted)",
        ),
        (Change(replace(FOUND, start=25), FOUND), "«Олег Зимин» again (was «Зимин»)"),
        (
            Change(replace(FOUND, start=25, status="accepted"), FOUND),
            "«Олег Зимин» is suggested again (was «Зимин», accepted)",
        ),
        (
            Change(replace(FOUND, value=None, note="?"), FOUND),
            (
                "the value of «Олег Зимин» is Олег Зимин again (was none); "
                "the note on «Олег Зимин» is none again (was ?)"
            ),
        ),
        (Change(replace(FOUND, entity="e9"), FOUND), "«Олег Зимин» is as it was before"),
        (
            Group((Add(FOUND),) * 5),
            "; ".join(["«Олег Зимин» is PER again"] * 3 + ["2 more"]),
        ),
    ],
)
def test_what_stands_again_is_said(edit: Edit, shown: str) -> None:
    assert result_in_words(edit, TEXT) == shown
