"""The nominative of a name, by itself and with what the article says."""

import pytest

from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading
from annotations.name_words import CASES, by_ending, personal_forms
from annotations.names import person_readings, recased, thing_readings

PERSONS = [
    # agreement of the parts
    ("Игоря Семёновича Полякова", "Игорь Семёнович Поляков"),
    ("Игорем Семёновичем Поляковым", "Игорь Семёнович Поляков"),
    ("Марии Петровны Зайцевой", "Мария Петровна Зайцева"),
    ("Марию Зайцеву", "Мария Зайцева"),
    ("Анне Зайцевой", "Анна Зайцева"),
    ("Ольги Берггольц", "Ольга Берггольц"),
    ("Полякова Игоря", "Поляков Игорь"),
    # adjectival surnames
    ("Андрея Вознесенского", "Андрей Вознесенский"),
    ("Андреем Вознесенским", "Андрей Вознесенский"),
    ("Галине Волчек", "Галина Волчек"),
    ("Льва Толстого", "Лев Толстой"),
    ("Зое Вознесенской", "Зоя Вознесенская"),
    # indeclinable surnames
    ("Тарасу Шевченко", "Тарас Шевченко"),
    ("Виктора Черных", "Виктор Черных"),
    ("Джузеппе Верди", "Джузеппе Верди"),
    ("Виктора Гюго", "Виктор Гюго"),
    ("Анджелой Дэвис", "Анджела Дэвис"),
    # foreign names that no dictionary has
    ("Гэвину Хартвеллу", "Гэвин Хартвелл"),
    ("Йоргеном Хольсбергом", "Йорген Хольсберг"),
    ("Ержана Баймуханова", "Ержан Баймуханов"),
    # hyphens
    ("Жан-Поля Бельмондо", "Жан-Поль Бельмондо"),
    ("Нур-Мухаммеда Ахметова", "Нур-Мухаммед Ахметов"),
    ("Михаила Салтыкова-Щедрина", "Михаил Салтыков-Щедрин"),
    ("Николаем Римским-Корсаковым", "Николай Римский-Корсаков"),
    # initials, particles, Latin stay
    ("И. С. Полякова", "И. С. Поляков"),
    ("Ж.-П. Бельмондо", "Ж.-П. Бельмондо"),
    ("Полякову И. С.", "Поляков И. С."),
    ("Людвига ван Бетховена", "Людвиг ван Бетховен"),
    ("John Brown", "John Brown"),
    # capitals
    ("ИГОРЯ ПОЛЯКОВА", "ИГОРЬ ПОЛЯКОВ"),
]

THINGS = [
    # one word
    ("Самаре", "Самара"),
    ("Екатеринбурге", "Екатеринбург"),
    ("Нью-Дели", "Нью-Дели"),
    ("Швейцарией", "Швейцария"),
    ("Чили", "Чили"),
    ("Ростова-на-Дону", "Ростов-на-Дону"),
    ("Алма-Ате", "Алма-Ата"),
    # plurals only
    ("Афинах", "Афины"),
    ("Альпами", "Альпы"),
    ("Мытищах", "Мытищи"),
    # an adjective and its noun
    ("Южной Осетией", "Южная Осетия"),
    ("Великом Новгороде", "Великий Новгород"),
    ("Ленинградской области", "Ленинградская область"),
    ("Чёрного моря", "Чёрное море"),
    ("Новой Зеландии", "Новая Зеландия"),
    ("Набережных Челнах", "Набережные Челны"),
    ("Сан-Франциско", "Сан-Франциско"),
    # only the head and its adjectives change
    ("Министерству сельского хозяйства", "Министерство сельского хозяйства"),
    ("Союза писателей", "Союз писателей"),
    ("Всемирной организации здравоохранения", "Всемирная организация здравоохранения"),
    ("Российской академии наук", "Российская академия наук"),
    ("Федеральной службой по надзору", "Федеральная служба по надзору"),
    ("Соединённых Штатов Америки", "Соединённые Штаты Америки"),
    ("Большого театра", "Большой театр"),
    ("Высшей школе экономики", "Высшая школа экономики"),
    # what does not decline
    ("МВД", "МВД"),
    ("МИДом", "МИД"),
    ("ГИБДД", "ГИБДД"),
    ("ПАО «Лукойл»", "ПАО «Лукойл»"),
    ("Gazeta.ru", "Gazeta.ru"),
    ("Bank of Ireland", "Bank of Ireland"),
    ("БелАЗа", "БелАЗ"),
    ("КамАЗ", "КамАЗ"),
]


@pytest.mark.parametrize(("form", "name"), PERSONS, ids=[form for form, _ in PERSONS])
def test_a_person_is_named_by_the_agreement_of_the_parts(form: str, name: str) -> None:
    assert person_readings(form)[0].name == name


@pytest.mark.parametrize(("form", "name"), THINGS, ids=[form for form, _ in THINGS])
def test_only_the_head_of_a_phrase_and_its_adjectives_change(form: str, name: str) -> None:
    assert thing_readings(form)[0].name == name


def in_text(text: str, *marked: tuple[str, str]) -> list[str]:
    """The names of the marked words of a text, each looked for after the one before."""
    mentions, at = [], 0
    for word, label in marked:
        start = text.index(word, at)
        at = start + len(word)
        mentions.append(Mention(start, at, label, 0.9))
    return [name.name for name in named(Reading(text), mentions)]


def test_a_lone_surname_takes_its_gender_from_the_full_name() -> None:
    text = "Визит Полякова продлится два дня. Игорь Поляков уже прибыл."
    assert in_text(text, ("Полякова", "PER"), ("Игорь Поляков", "PER"))[0] == "Поляков"


def test_a_lone_surname_of_a_woman_stays_as_it_is() -> None:
    text = "Визит отменён. Полякова не приехала. Мария Полякова болеет."
    assert in_text(text, ("Полякова", "PER"), ("Мария Полякова", "PER"))[0] == "Полякова"


def test_other_cases_of_a_lone_surname_tell_its_nominative() -> None:
    text = "Слова Хартвелла удивили. Хартвеллу возразили."
    assert in_text(text, ("Хартвелла", "PER"), ("Хартвеллу", "PER")) == ["Хартвелл"] * 2


@pytest.mark.parametrize(
    ("text", "form", "label", "name"),
    [
        ("Сюда приехала Кравцова, все рады.", "Кравцова", "PER", "Кравцова"),
        ("Кравцова заявила о победе.", "Кравцова", "PER", "Кравцова"),
        ("По словам тренера Кравцова, всё готово.", "Кравцова", "PER", "Кравцов"),
        ("Посол Японии в Чехии Таро Хирата улетел.", "Таро Хирата", "PER", "Таро Хирата"),
        ("Речь посла Таро Хираты понравилась.", "Таро Хираты", "PER", "Таро Хирата"),
        ("Он родился в Колпине.", "Колпине", "LOC", "Колпино"),
        ("Так пишет газета «Новые времена».", "Новые времена", "ORG", "Новые времена"),
        ("Об этом он рассказал «Новым временам».", "Новым временам", "ORG", "Новые времена"),
    ],
)
def test_what_stands_around_a_name_tells_its_case(
    text: str, form: str, label: str, name: str
) -> None:
    assert in_text(text, (form, label)) == [name]


def test_a_latin_twin_has_the_name_that_stands_before_it() -> None:
    text = "Спектакль поставил Гэвин Хартвелл (Gavin Hartwell)."
    names = in_text(text, ("Гэвин Хартвелл", "PER"), ("Gavin Hartwell", "PER"))
    assert names == ["Гэвин Хартвелл"] * 2


@pytest.mark.parametrize(
    ("word", "model", "result"),
    [
        ("нью-йорк", "Нью-Йорке", "Нью-Йорк"),
        ("ростов-на-дону", "Ростове-на-Дону", "Ростов-на-Дону"),
        ("королёв", "Королева", "Королев"),
        ("королёв", "Королёва", "Королёв"),
        ("вымпелком", "ВымпелКома", "ВымпелКом"),
        ("москва", "МОСКВЕ", "МОСКВА"),
    ],
)
def test_capitals_and_yo_are_those_of_the_text(word: str, model: str, result: str) -> None:
    assert recased(word, model) == result


def test_a_form_has_readings_of_known_cases_only() -> None:
    words = ("хартвелла", "шевченко", "зайцевой", "ольги", "ы", "ъъъ")
    assert {form.case for word in words for form in personal_forms(word)} <= set(CASES)


def test_an_unknown_form_keeps_its_other_readings() -> None:
    nominatives = {form.nominative for form in by_ending("хартвелла")}
    assert {"хартвелл", "хартвелла"} <= nominatives
