"""The numbers that figures may be, and whether they lie in an interval that was asked for."""

from collections.abc import Mapping
from datetime import date
from math import inf, nextafter

import pytest

from annotations.query.figures import Bounds, bounds, fits
from annotations.query.nodes import Annotated, Interval
from annotations.query.parser import parse

TODAY = date(2026, 1, 31)
NEW_YEAR = float(date(2025, 1, 1).toordinal())
Value = Mapping[str, str | bool | None]

BOUNDS: list[tuple[str, Value, Bounds | None]] = [
    ("MONEY", {"min": "5", "max": "5", "unit": "USD"}, Bounds(5, 5, "USD")),
    ("MONEY", {"min": "900", "max": "1000", "unit": "KZT"}, Bounds(900, 1000, "KZT")),
    ("MONEY", {"min": "5", "max": None, "unit": "USD"}, Bounds(5, nextafter(5, inf), "USD")),
    ("MONEY", {"min": None, "max": "5", "unit": "USD"}, Bounds(nextafter(5, -inf), 5, "USD")),
    ("MONEY", {"min": None, "max": None, "unit": "USD"}, None),
    ("PERCENT", {"min": "0.25", "max": "0.25", "unit": "pp"}, Bounds(0.25, 0.25, "pp")),
    ("NUMBER", {"min": "12", "max": "12", "of": "проект"}, Bounds(12, 12, None)),
    ("ORDINAL", {"min": "2", "max": "2"}, Bounds(2, 2, None)),
    ("QUANTITY", {"min": "-20", "max": "-20", "unit": "degree"}, Bounds(-20, -20, "degree")),
    ("AGE", {"min": "52", "max": "52", "unit": "year"}, Bounds(52, 52, None)),
    ("AGE", {"min": "6", "max": "9", "unit": "month"}, Bounds(0.5, 0.75, None)),
    ("DATE", {"start": "2025-01-01", "end": "2025-01-02"}, Bounds(NEW_YEAR, NEW_YEAR + 1, None)),
    (
        "DATE",
        {"start": "2025-01-01", "end": None},
        Bounds(NEW_YEAR, nextafter(NEW_YEAR, inf), None),
    ),
    ("DATE", {"start": None, "end": None}, None),
    ("TIME", {"start": "09:30", "end": "09:30"}, Bounds(570, 570, None)),
    ("TIME", {"start": "22:00", "end": "02:00"}, Bounds(1320, 1560, None)),
    ("TIME", {"start": "18:00", "end": None}, Bounds(1080, nextafter(1080, inf), None)),
    ("DURATION", {"min": "P8Y6M", "max": "P8Y6M"}, Bounds(3104.625, 3104.625, None)),
    ("DURATION", {"min": "PT3H", "max": "P1D"}, Bounds(0.125, 1, None)),
    ("DURATION", {"min": "P1W", "max": "P0.5M"}, Bounds(7, 15.21875, None)),
    ("PER", {"name": "Касым-Жомарт Токаев"}, None),
    ("SCORE", {"min": "3", "max": "3"}, None),
    # values that no library should hold
    ("MONEY", {"min": "много", "max": "5", "unit": "USD"}, Bounds(nextafter(5, -inf), 5, "USD")),
    ("MONEY", {"min": "nan", "max": "inf", "unit": "USD"}, None),
    ("DATE", {"start": "вчера"}, None),
    ("TIME", {"start": "9:30"}, None),
    ("DURATION", {"min": "P", "max": "3Y"}, None),
    ("NUMBER", {}, None),
]


@pytest.mark.parametrize(("label", "value", "expected"), BOUNDS)
def test_a_figure_may_be_the_numbers_between_two(
    label: str, value: Value, expected: Bounds | None
) -> None:
    assert bounds(label, value) == expected


def figure(low: str | None, high: str | None) -> Value:
    return {"min": low, "max": high, "unit": "USD"}


FITTING = [
    # query, the figure that is annotated, whether it is found
    ("money>100", figure("100", None), True),  # «более 100»
    ("money>100", figure("100", "100"), False),
    ("money>100", figure(None, "100"), False),  # «до 100»
    ("money>100", figure("90", "110"), True),
    ("money>=100", figure("100", "100"), True),
    ("money<100", figure(None, "100"), True),
    ("money<100", figure("100", "100"), False),
    ("money<100", figure("100", None), False),
    ("money<=100", figure("100", "100"), True),
    ("money<=100", figure("101", None), False),
    ("money=0,1", figure("0.1", "0.1"), True),
    ("money=2.3млн", figure("2300000", "2300000"), True),
    ("money:50центов", figure("0.5", "0.5"), True),
    ("money:100..200", figure("150", None), True),
    ("money:100..200", figure("10", "1000"), True),
    ("money:100..200", figure("201", "300"), False),
    ("money:100..200", figure("50", "99"), False),
    ("age>6мес", {"min": "7", "max": "7", "unit": "month"}, True),
    ("age:1", {"min": "12", "max": "12", "unit": "month"}, True),
    ("when:2025-11", {"start": "2025-11-30", "end": "2025-12-01"}, True),
    ("when:2025-11", {"start": "2025-12-01", "end": "2025-12-01"}, False),
    ("when>2026", {"start": "2026-01-01", "end": "2026-12-31"}, False),
    ("when>2026", {"start": "2026-12-31", "end": "2027-01-01"}, True),
    ("when<2026", {"start": "2025-12-31", "end": "2025-12-31"}, True),
    ("time>18:00", {"start": "18:00", "end": "19:00"}, True),
    ("time<9:00", {"start": "09:00", "end": "09:00"}, False),
    ("duration:2y6m", {"min": "P2Y6M", "max": "P2Y6M"}, True),
    ("duration>30min", {"min": "PT1H", "max": "PT1H"}, True),
]


@pytest.mark.parametrize(("query", "value", "found"), FITTING)
def test_a_figure_is_found_if_one_of_its_numbers_is_meant(
    query: str, value: Value, found: bool
) -> None:
    node = parse(query, TODAY)
    assert isinstance(node, Annotated)
    assert node.label is not None
    assert node.within is not None
    numbers = bounds(node.label, value)
    assert numbers is not None
    assert fits(node.within, numbers) is found


def test_an_interval_without_bounds_has_every_number() -> None:
    assert fits(Interval(), Bounds(5, 5, None))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("118650", "metre"), ("118.65", "kilometre"), id="length"),
        pytest.param(("3", "kilogram"), ("3000", "gram"), id="mass"),
        pytest.param(("2", "hectare"), ("20000", "square metre"), id="area"),
        pytest.param(("5", "knot"), ("5", "knot"), id="nothing else measures it"),
    ],
)
def test_quantities_of_one_kind_are_compared_whatever_their_units(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    found = [
        bounds("QUANTITY", {"min": number, "max": number, "unit": unit})
        for number, unit in (one, other)
    ]
    assert found[0] is not None
    assert found[0] == found[1]
