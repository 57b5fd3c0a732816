"""The lines of the side panel, and the table of figures in it."""

from collections.abc import Sequence

import pytest

from annotations.articles import make_article
from annotations.model import Annotation, Document, Value
from annotations.schema import DEFAULT_SCHEMA
from tests.screen.conftest import suggestion
from tui.figure_table import ORDERS, Figure, figures_of, in_order, table_of
from tui.panel_lines import PanelLine, forms_in_words, panel_lines

TEXT = (
    "Сауле Нурланова ждёт. Сауле Нурлановой, Нурлановой и Нурланову видели у Нурлановой. "
    "В Гомеле 20 км, 3 км, 1200 книг, 7 книг, 5 лет и 2027 год; на Припяти 20 км."
)
NAME = {"name": "Сауле Нурланова"}


def amount(number: str, **rest: str) -> Value:
    return {"min": number, "max": number, **rest}


def mention(quote: str, label: str, nth: int = 0, **fields: object) -> Annotation:
    return suggestion(TEXT, quote, label, nth, **fields)


PEOPLE = (
    mention("Сауле Нурланова", "PER", value=NAME, entity="e1", status="accepted"),
    mention("Сауле Нурлановой", "PER", value=NAME, entity="e1", status="accepted"),
    mention("Нурлановой", "PER", 1, value={"name": "Нурланова"}, entity="e1", status="accepted"),
    mention("Нурланову", "PER", value={"name": "Нурланова"}, entity="e1"),
    mention("Нурлановой", "PER", 2, value={"name": "Нурланова"}, entity="e1"),
)
PLACES = (
    mention("Гомеле", "LOC", value={"name": "Гомель"}, status="accepted"),
    mention("Припяти", "LOC", value={"name": "Припять"}, status="rejected"),
)
FIGURES = (
    mention("20 км", "QUANTITY", value=amount("20", unit="kilometre")),
    mention("3 км", "QUANTITY", value=amount("3", unit="kilometre")),
    mention("1200", "NUMBER", value=amount("1200", of="книга")),
    mention("7 книг", "NUMBER", value=amount("7", of="книга"), status="accepted"),
    mention("2027 год", "DATE", value={"start": "2027-01-01", "end": "2027-12-31"}),
    mention("20 км", "QUANTITY", 1, value=amount("20", unit="kilometre")),
)


def lines(
    annotations: Sequence[Annotation], width: int = 27, order: str = "label"
) -> list[PanelLine]:
    document = Document(make_article(TEXT, id="x"), tuple(annotations))
    return panel_lines(document, DEFAULT_SCHEMA, width, order)


def shown(found: Sequence[PanelLine]) -> list[str]:
    return [
        f"{line.mark or ' '} {line.tag}{line.text}{line.details} {line.count}".rstrip()
        if line.mentions
        else line.text
        for line in found
    ]


def test_an_entity_shows_its_count_and_the_forms_that_are_not_its_name() -> None:
    assert shown(lines(PEOPLE, 43)) == [
        "PER 5",
        "? Сауле Нурланова 5",
        "    Нурлановой 2, Сауле Нурлановой 1 …",
    ]


def test_forms_that_fit_stand_beside_the_name() -> None:
    assert shown(lines(PEOPLE[:2], 60)) == [
        "PER 2",
        "✓ Сауле Нурланова  Сауле Нурлановой 1 2",
    ]


def test_the_lines_of_an_entity_are_one_row() -> None:
    rows = {line.mentions for line in lines(PEOPLE)[1:]}
    assert rows == {tuple(each.id for each in PEOPLE)}


@pytest.mark.parametrize("width", [20, 27, 43, 60, 100])
def test_no_line_is_wider_than_the_panel(width: int) -> None:
    for order in ORDERS:
        for line in lines([*PEOPLE, *PLACES, *FIGURES], width, order):
            cells = 2 + len(line.tag + line.text + line.details) + 1
            assert cells + (len(line.count) + 1 if line.count else 0) <= width


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (None, "Нурлановой 2, Нурланову 1"),
        (25, "Нурлановой 2, Нурланову 1"),
        (24, "Нурлановой 2 …"),
        (10, "Нурланово…"),
    ],
)
def test_forms_are_cut_between_them(width: int | None, said: str) -> None:
    assert forms_in_words({"Нурланову": 1, "Нурлановой": 2}, width) == said


def test_rejected_ones_are_not_shown_and_accepted_ones_are_told_from_suggestions() -> None:
    assert shown(lines(PLACES)) == ["LOC 1", "✓ Гомель 1"]
    assert lines(PLACES[1:]) == lines(()) == [PanelLine("no annotations yet")]


def test_a_long_name_goes_on_in_the_next_line() -> None:
    name = {"name": "Государственное объединение «Речные перевозки»"}
    found = shown(lines([mention("Гомеле", "ORG", value=name)]))
    assert found == [
        "ORG 1", "? Государственное 1", "  объединение «Речные", "  перевозки»",
    ]  # fmt: skip


def test_names_are_shown_harmlessly() -> None:
    found = lines([mention("Гомеле", "LOC", value={"name": "Го\x1b[31mмель\u202e"})])
    assert found[1].text == "Го␛[31mмель·"


def test_figures_are_a_table_for_each_label() -> None:
    assert shown(lines(FIGURES)) == [
        "NUMBER 2",
        "? 1\u00a0200 книга",
        "✓     7 книга",
        "QUANTITY 3",
        "? 20 kilometre 2",
        "?  3 kilometre",
        "DATE 1",
        "? 2027",
    ]


def test_by_value_the_largest_comes_first_under_its_label() -> None:
    reverse = (FIGURES[1], FIGURES[3], FIGURES[2], FIGURES[5])
    found = shown(lines(reverse, order="value"))
    assert found == [
        "NUMBER 2 ↓", "? 1\u00a0200 книга", "✓     7 книга",
        "QUANTITY 2 ↓", "? 20 kilometre", "?  3 kilometre",
    ]  # fmt: skip


def test_by_place_all_figures_are_one_table_with_their_labels() -> None:
    assert shown(lines(FIGURES, order="place")) == [
        "figures 6",
        "? QUAN    20 kilometre 2",
        "? QUAN     3 kilometre",
        "? NUMB 1\u00a0200 книга",
        "✓ NUMB     7 книга",
        "? DATE 2027",
    ]
    assert lines(FIGURES, 43, "place")[1].tag == "QUANTITY "


def figure(**value: str | bool | None) -> Figure:
    found = figures_of(
        Document(make_article(TEXT, id="x"), ()), "X", [mention("5 лет", "AGE", value=value)], {}
    )
    return next(found)


@pytest.mark.parametrize(
    ("value", "amount_shown", "what"),
    [
        ({"min": "1500000", "max": "1500000", "unit": "KZT"}, "1\u00a0500\u00a0000", "KZT"),
        ({"min": "5", "max": None, "unit": "year", "approx": True}, "≈ ≥ 5", "years"),
        ({"start": "2025-02-01", "end": "2025-02-28"}, "2025-02", ""),
        ({"start": "2025-02-01", "end": "2025-02-27"}, "2025-02-01 – 2025-02-27", ""),
        ({"start": "2025-02-01", "end": None}, "from 2025-02-01", ""),
        ({"start": "09:30", "end": "09:30"}, "09:30", ""),
        ({"start": "2025-01-01", "end": "9999-12-31"}, "2025-01-01 – 9999-12-31", ""),
        ({"unit": "KZT"}, "KZT", ""),
        ({}, "«5 лет»", ""),
    ],
)
def test_a_value_is_told_from_its_unit(
    value: dict[str, str | bool | None], amount_shown: str, what: str
) -> None:
    found = figure(**value)
    assert (found.amount, found.what) == (amount_shown, what)


def test_values_that_cannot_be_compared_come_last() -> None:
    values: list[dict[str, str | bool | None]] = [
        {"min": "NaN", "max": "NaN"}, {"min": "many", "max": None}, {"min": "2", "max": None},
        {"min": "P1Y", "max": "P1Y"}, {"min": "PT36H", "max": "PT36H"},
        {"min": "P2D", "max": "P2D"},
    ]  # fmt: skip
    found = [each.amount for each in in_order([figure(**value) for value in values], "value")]
    assert found[:4] == ["1 year", "≥ 2", "2 days", "36 hours"]
    assert sorted(found[4:]) == ["NaN", "≥ many"]


def test_an_amount_that_leaves_its_unit_no_room_has_lines_of_its_own() -> None:
    long = figure(min="1500000000", max="2500000000", unit="kilometre")
    short = figure(min="5", max="5", unit="kilometre")
    found = list(table_of([long, short], 20))
    assert [text.replace("\u00a0", " ") for text, _unit in found[0]] == [
        "1 500 000 000 –", "2 500 000 000", "kilometre",
    ]  # fmt: skip
    assert found[1] == [("5", " kilometre")]
