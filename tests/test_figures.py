"""What holds of figures in any text."""

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.figures import FAMILIES, FigureRecogniser
from annotations.figures.codes import AFTER_NUMBERS, CODES, Code
from annotations.lexicon import table
from annotations.model import Suggestion
from annotations.values import check_value

LABELS = {"MONEY", "PERCENT", "NUMBER", "ORDINAL", "QUANTITY", "DATE", "TIME", "DURATION", "AGE"}

ATOMS = """
от до с по и между более около не менее почти в на за через без 1 2 31 2024 1,5 10.000
14:30 1990-х 5-й 52-летний 04.11.2025 2025-99-99 00.00.0000 24:00 $ % € ₸ ° - – — + −
. , : ( ) « » № тысяч млн миллиард тыс. полтора пол полгода половина четверть с
половиной целых десятых первый третьего двадцать сто семью оба двое раз раза рублей
руб. копеек долларов США крон процентов п.п. км метров кв. м градусов мороза года году
г. гг. лет месяцев дней часов минут утра ночи века XXI IV X января мая по июнь
понедельник прошлого последние ближайшие назад вчера начала конце половине квартале
исполнилось в возрасте старше девочка домов 99999999999999 0 -5 1/2 3:1 1-2-3 COVID-19
"""
WORDS = st.sampled_from([*ATOMS.split(), "\n", "\t", "\u00a0"])
FIGURE_LIKE = st.lists(WORDS, max_size=14).map(" ".join) | st.lists(WORDS, max_size=14).map("".join)
TEXTS = st.text(max_size=80) | FIGURE_LIKE | st.text("0123456789.,:-–/ +$%°гвсХIV\n", max_size=40)
DAYS = st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29)])


def suggest(text: str, published: date | None) -> tuple[Suggestion, ...]:
    return tuple(FigureRecogniser().suggest(text, published))


@settings(max_examples=400, deadline=None)
@example("вчера", date.min)
@example("в следующем году", date.max)
@example("через 99999 лет", date(2025, 1, 1))
@example("0000-00-00 00.00.0000 0 года", date(2025, 1, 1))
@example("1" * 5000 + " рублей", None)
@example("٣ рубля и ² метра", None)
@given(text=TEXTS, published=DAYS)
def test_figures_of_any_text_are_in_order_apart_and_have_valid_values(
    text: str, published: date | None
) -> None:
    found = suggest(text, published)
    end = 0
    for figure in found:
        assert end <= figure.start < figure.end <= len(text)
        assert figure.label in LABELS
        assert figure.value is not None
        check_value(figure.label, figure.value)
        assert figure.confidence is not None
        assert 0 <= figure.confidence <= 1
        assert "\n" not in text[figure.start : figure.end]
        end = figure.end
    assert suggest(text, published) == found


@settings(max_examples=100, deadline=None)
@given(first=FIGURE_LIKE, second=FIGURE_LIKE, published=DAYS)
def test_a_line_is_read_as_if_it_stood_alone(
    first: str, second: str, published: date | None
) -> None:
    both = suggest(f"{first}\n{second}", published)
    shift = len(first) + 1
    moved = tuple(
        Suggestion(s.start + shift, s.end + shift, s.label, s.value, s.confidence)
        for s in suggest(second, published)
    )
    assert both == suggest(first, published) + moved


def test_a_code_takes_its_own_example() -> None:
    for code in (*CODES, *AFTER_NUMBERS):
        assert re.fullmatch(code.pattern, code.example), code.name


@pytest.mark.parametrize("code", CODES + AFTER_NUMBERS, ids=lambda code: code.name)
def test_no_figure_is_found_in_a_code(code: Code) -> None:
    assert suggest(f"Смотрите {code.example} сегодня", None)[:-1] == ()


def test_every_family_finds_figures_of_its_own() -> None:
    names = [name for name, _ in FAMILIES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "width"),
    [("currencies", 3), ("units", 4), ("months", 2), ("numerals", 3), ("ordinals", 3)],
)
def test_the_rows_of_a_table_are_equally_wide(name: str, width: int) -> None:
    assert {len(row) for row in table(name)} == {width}


def test_a_missing_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        table("no such table")
