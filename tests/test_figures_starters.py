"""Where a figure may begin: at its heart, or at the leads right before it."""

from datetime import date

import pytest

from annotations.figures import FigureRecogniser
from annotations.figures.pieces import lines
from annotations.figures.starters import beginnings

DAY = date(2025, 11, 4)


@pytest.mark.parametrize(
    "figure",
    [
        "не более чем в 5 раз",
        "по меньшей мере 12 процентов",
        "немногим более чем на 7 %",
        "без малого $5",
        "US $ 5 млн",
        "не старше 60 лет",
        "минус 20 градусов",
        "от почти двух до трёх часов",
        "около полуночи",
        "около века назад",
        "около рабочей недели назад",
        "через сутки",
        "через минуту",
        "не позднее прошлого квартала",
        "с прошлого века",
        "с начала года",
        "минувшие выходные",
        "этою зимой",
        "предстоящие три месяца",
        "до второй половины мая",
        "без четверти пять",
        "полседьмого вечера",
        "почти год",
        "не раньше 18:00",
        "конце XIX — начале XX века",
        "с начала января",
    ],
)
def test_a_figure_is_read_from_its_first_lead_on(figure: str) -> None:
    beginning = next(iter(beginnings(next(lines(figure, DAY)))))
    assert beginning == 0


@pytest.mark.parametrize("text", ["Он не от мира сего — и до сих пор в пути", "века назад", "этап"])
def test_nothing_begins_without_a_heart(text: str) -> None:
    assert list(beginnings(next(lines(text, DAY)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "почти " * 2000 + "5-летний",
        "мужчины " + "5 и " * 2000 + "5 лет",
        "пять целых " * 2000 + "пять десятых",
        "не " * 5000 + "5",
    ],
)
def test_the_same_words_a_thousand_times_are_read(text: str) -> None:
    assert FigureRecogniser().suggest(text, DAY)
