"""Whose a currency is where its noun is of several countries, and numbers that are names."""

import pytest

from tests.figure_notation import Row, figures

CURRENCIES: tuple[Row, ...] = (
    ("Кишинёв получит 300 млн леев.", "300 млн леев | MONEY 300000000 MDL"),
    ("Билет в Бухаресте стоит 3 лея.", "3 лея | MONEY 3 RON"),
    ("Анкара займёт 2 млрд лир.", "2 млрд лир | MONEY 2000000000 TRY"),
    ("Тегеран взыскал 5 млрд риалов.", "5 млрд риалов | MONEY 5000000000 IRR"),
    ("Бензин в Баку стоит 1,1 маната.", "1,1 маната | MONEY 1.1 AZN"),
    ("В Лондоне просят 500 фунтов.", "500 фунтов | MONEY 500 GBP"),
    ("Груз весит 500 фунтов.", "500 фунтов | QUANTITY 500 pound"),
    ("Клуб выручил 300 млн фунтов.", "300 млн фунтов | MONEY 300000000 фунт"),
    ("Швед обменял в Праге 500 крон.", "500 крон | MONEY 500 крона"),
    ("Выставлен счёт на 20 тысяч песо.", "20 тысяч песо | MONEY 20000 песо"),
    ("Проезд стоит два лева.", "два лева | MONEY 2 BGN"),
    ("Квартиру сдают за 300 у.е. в месяц.", "300 у.е. | MONEY 300 условная единица"),
    ("Вход стоил 50 драхм.", "50 драхм | MONEY 50 драхма"),
    ("Сдача — 80 тиынов.", "80 тиынов | MONEY 0.8 KZT"),
)

NONE: tuple[str, ...] = (
    "Тираж романа «Сто лет одиночества» раскупили.",
    "Фильм «Двенадцать стульев» покажут в клубе.",
    "Роман «1984» переиздали.",
    "Статья «10 советов садоводам» набирает просмотры.",
    "Палата номер шесть переполнена.",
    "Группа двадцати приняла заявление.",
    "Телефоны горячей линии: 112, 103.",
    "Координаты 55.7558, 37.6173 переданы.",
    "Судно нашли в точке 51°28′ с. ш.",
    "Партия началась ходами 1. e4 e5 2. Kf3.",
    "Паспорт 4510 123456 утерян.",
    "Живёт на Ленина, 25.",
    "Полк имени 28 панфиловцев маршировал.",
    "На трассе (км 45) ограничено движение.",
    "Каждый третий житель недоволен.",
    "Он служил 1-м секретарём обкома.",
    "Вышел на первый план.",
    "Одна восьмая финала сыграна.",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(row[0], list(row[1:]), id=row[0]) for row in CURRENCIES],
)
def test_the_country_spoken_of_decides_the_currency(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_numbers_of_names_and_labels_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Три человека спасены», — сообщили в МЧС.", ["Три | NUMBER 3 человек"]),
        ("Министр заявил: «Двадцать школ закроют».", ["Двадцать | NUMBER 20 школа"]),
        ("Группа пяти туристов пропала.", ["пяти | NUMBER 5 турист"]),
    ],
)
def test_quoted_speech_and_counted_groups_keep_their_figures(
    text: str, expected: list[str]
) -> None:
    assert figures(text) == expected
