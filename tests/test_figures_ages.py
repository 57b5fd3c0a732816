"""Whose years they are: ages of people, and lengths of time that look like them."""

import pytest

from tests.figure_notation import Row, figures

DATIVE: tuple[Row, ...] = (
    ("Анне Королёвой 30 лет.", "30 лет | AGE 30 year"),
    ("Самому пожилому участнику забега 91 год.", "91 год | AGE 91 year"),
    ("Вдове художника 101 год, она живёт в Оше.", "101 год | AGE 101 year"),
    ("Чемпионке мира по шахматам 27 лет.", "27 лет | AGE 27 year"),
    ("Нападавшему, по словам очевидцев, около 40 лет.", "около 40 лет | AGE ~40 year"),
    ("Убитому было 52 года, его опознали.", "52 года | AGE 52 year"),
    ("Капитану «Кайрата» 29 лет.", "29 лет | AGE 29 year"),
    ("Пропавшему без вести рыбаку 58 лет.", "58 лет | AGE 58 year"),
    ("Новому премьеру — 39 лет.", "39 лет | AGE 39 year"),
    ("Ребёнку, которому 5 лет, нужна операция.", "5 лет | AGE 5 year"),
    ("Малышу 2 года и 3 месяца.", "2 года и 3 месяца | AGE 27 month"),
    ("Мальчику нет и трёх лет.", "трёх лет | AGE 3 year"),
    ("Старику было далеко за восемьдесят.", "восемьдесят | AGE 80 year"),
    ("Анне 30, её брату 25.", "30 | AGE 30 year", "25 | AGE 25 year"),
    ("Старшей дочери 14 лет, младшей — девять.", "14 лет | AGE 14 year", "девять | AGE 9 year"),
    ("Ему исполнилось семьдесят.", "семьдесят | AGE 70 year"),
    ("Артисту исполнилось бы 88.", "88 | AGE 88 year"),
    ("Ему 52 года. 3 кг муки он купил.", "52 года | AGE 52 year", "3 кг | QUANTITY 3 kilogram"),
)

ATTRIBUTE: tuple[Row, ...] = (
    ("Погиб водитель 32 лет.", "32 лет | AGE 32 year"),
    ("Среди раненых — женщина 31 года.", "31 года | AGE 31 year"),
    ("Мальчик десяти лет спас сестру.", "десяти лет | AGE 10 year"),
    ("Нашли мальчика 10 лет.", "10 лет | AGE 10 year"),
    ("Опрошены россияне от 18 до 35 лет.", "от 18 до 35 лет | AGE 18..35 year"),
    ("Спортсмены до 23 лет выступят отдельно.", "до 23 лет | AGE ..23 year"),
    ("С 14 до 18 лет подростки работают меньше.", "С 14 до 18 лет | AGE 14..18 year"),
    ("Учительница, 41 год, пострадала.", "41 год | AGE 41 year"),
    ("Юный (15 лет) гроссмейстер выиграл.", "15 лет | AGE 15 year"),
    ("Мужчины старше 45 проходят осмотр.", "старше 45 | AGE 45.. year"),
    ("Она дожила до 104 лет.", "104 лет | AGE 104 year"),
    ("Он окончил школу в 15 лет.", "15 лет | AGE 15 year"),
    ("К 30 годам он разбогател.", "30 годам | AGE 30 year"),
    ("С шести лет она плавает.", "шести лет | AGE 6 year"),
    ("Он умер на 78-м году жизни.", "78-м году жизни | AGE 77 year"),
    ("Годовалая девочка нуждается в помощи.", "Годовалая | AGE 1 year"),
    ("Девушка 18 лет пропала.", "18 лет | AGE 18 year"),
    ("Братья 12 и 14 лет утонули.", "12 | AGE 12 year", "14 лет | AGE 14 year"),
    (
        "Две женщины, 45 и 50 лет, спаслись.",
        "Две | NUMBER 2 женщина",
        "45 | AGE 45 year",
        "50 лет | AGE 50 year",
    ),
    ("В свои двадцать два он капитан.", "двадцать два | AGE 22 year"),
)

LENGTHS: tuple[Row, ...] = (
    ("Суд дал ему 5 лет колонии.", "5 лет | DURATION P5Y"),
    ("Иванову грозит до 10 лет.", "до 10 лет | DURATION ..P10Y"),
    ("Приговор Иванову — 5 лет.", "5 лет | DURATION P5Y"),
    ("Строителям дали два года.", "два года | DURATION P2Y"),
    ("Он ждал отца 10 лет.", "10 лет | DURATION P10Y"),
    ("Тренер 5 лет руководил клубом.", "5 лет | DURATION P5Y"),
    ("Детям 5 лет не платили пособие.", "5 лет | DURATION P5Y"),
    ("Он служил народу 20 лет.", "20 лет | DURATION P20Y"),
    ("Заводу 50 лет.", "50 лет | DURATION P50Y"),
    ("Московскому метро исполнилось 90 лет.", "90 лет | DURATION P90Y"),
    ("Мост, которому 60 лет, закрыли.", "60 лет | DURATION P60Y"),
    ("Исполнилось 20 лет со дня основания банка.", "20 лет | DURATION P20Y"),
    ("Разница в возрасте — 20 лет.", "20 лет | DURATION P20Y"),
    ("Его приговорили к 6 годам колонии.", "6 годам | DURATION P6Y"),
    ("Возраст находки — 12 тысяч лет.", "12 тысяч лет | DURATION P12000Y"),
    ("Он отсидел 5 лет и больше не возвращался.", "5 лет | DURATION P5Y"),
    ("Ей дали 7 лет, а её мужу — 12.", "7 лет | DURATION P7Y", "12 | NUMBER 12"),
    ("Пенсионер 10 лет прожил один.", "10 лет | DURATION P10Y"),
)


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(row[0], list(row[1:]), id=row[0]) for row in DATIVE]
)
def test_years_of_a_person_in_the_dative_are_an_age(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(row[0], list(row[1:]), id=row[0]) for row in ATTRIBUTE]
)
def test_years_of_a_noun_of_a_person_are_an_age(text: str, expected: list[str]) -> None:
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(row[0], list(row[1:]), id=row[0]) for row in LENGTHS]
)
def test_years_given_served_or_of_a_thing_are_a_length_of_time(
    text: str, expected: list[str]
) -> None:
    assert figures(text) == expected
