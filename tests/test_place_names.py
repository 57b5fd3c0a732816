"""The nominatives of places and organisations whose words no dictionary has, in sentences."""

import pytest

from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading
from annotations.lemmas import parses
from annotations.names import thing_readings
from annotations.place_endings import place_endings

# Each place with a sentence; the form is the marked word.
PLACES = [
    # the form as it stands, where nothing asks for another case
    ("[Кутсайка] снова разлилась.", "Кутсайка"),
    ("Летом [Вишерка] обмелела.", "Вишерка"),
    ("Лучше всех готовит [Тартосса].", "Тартосса"),
    ("Осенью [Бирилюссы] пустеют.", "Бирилюссы"),
    ("За лесом лежат [Гостилицы].", "Гостилицы"),
    ("Он вырос в деревне [Кунгурка].", "Кунгурка"),
    ("До города [Ядранка] ходит автобус.", "Ядранка"),
    # prepositions and nouns that govern the genitive
    ("Груз доставили из [Дашогуза].", "Дашогуз"),
    ("Жители [Кутсайки] собрали деньги.", "Кутсайка"),
    ("Дрова привезли из [Панкратова].", "Панкратово"),
    ("Вечером ушли до [Тютчина].", "Тютчино"),
    ("Мэр [Ошмян] заболел.", "Ошмяны"),
    ("На побережье [Рупунуни] тихо.", "Рупунуни"),
    ("Хлеб из соседнего [Кермчая] вкуснее.", "Кермчай"),
    ("Хлеб из соседней [Кутсайки] вкуснее.", "Кутсайка"),
    # the end of the stem tells the gender of a place in -е
    ("Праздник прошёл в [Тальменке].", "Тальменка"),
    ("Праздник прошёл в [Кудымве].", "Кудымва"),
    ("Праздник прошёл в [Качкаброде].", "Качкаброд"),
    ("Праздник прошёл в [Шульцбурге].", "Шульцбург"),
    ("Праздник прошёл в [Туркменабаде].", "Туркменабад"),
    ("Праздник прошёл в [Ширингове].", "Ширингово"),
    ("Праздник прошёл в [Мжеве].", "Мжево"),
    ("Праздник прошёл в [Хойбэе].", "Хойбэй"),
    ("Праздник прошёл в [Бирилюссах].", "Бирилюссы"),
    # the noun before it tells it too
    ("Рыбу ловили на реке [Писте].", "Писта"),
    ("На реке [Яйе] сошёл лёд.", "Яйя"),
    ("В селе [Каратузском] открыли школу.", "Каратузское"),
    ("В посёлке [Каратузском] открыли школу.", "Каратузский"),
    ("Ветер дул под [Холмогореей].", "Холмогорея"),
    # surnames, common nouns and cities of the dictionary that name villages
    ("Рыбаки вернулись из [Зарубина].", "Зарубино"),
    ("Поезд идёт из города [Ниш].", "Ниш"),
    ("В селе [Московском] открыли школу.", "Московское"),
]

THINGS = [
    ("Её выпускник – доцент [Сапарбаев Университета].", "Сапарбаев Университет"),
    ("Правление [Скайр Астаны] уволено.", "Скайр Астана"),
    ("[Минтуризма] подало заявку.", "Минтуризма"),
    ("Глава [Росимущества] обещал ответить.", "Росимущество"),
    ("Глава [Минспорта] уехал.", "Минспорт"),
    ("Глава [Росреестра] уехал.", "Росреестр"),
    ("Глава [Минцифры] уехал.", "Минцифры"),
    ("Так пишут в «[Аргументах и фактах]».", "Аргументы и факты"),
    ("Отчёт [Казбанка] опубликован.", "Казбанк"),
]

PERSONS = [
    ("Вторая в списке – [Арина Зотова].", "Арина Зотова"),
    ("За ним [Саида Нуртаева], которую поддержали все.", "Саида Нуртаева"),
    ("Позвали [Саида Нуртаева], которого знали все.", "Саид Нуртаев"),
    ("Теперь [Жунусова] готовится к сборам.", "Жунусова"),
    ("Дом [Жунусова] готовится к сносу.", "Жунусов"),
    ("Приехали в семью [Анжелики Бурак].", "Анжелика Бурак"),
    ("Историк [Мерседес Макрой] уехала.", "Мерседес Макрой"),
]


def name_in(marked: str, label: str) -> str:
    """The name of the words in [] of a sentence."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return named(Reading(text), [Mention(start, end, label, 0.9)])[0].name


@pytest.mark.parametrize(("marked", "name"), PLACES, ids=[marked for marked, _ in PLACES])
def test_a_place_is_named_by_its_ending_and_what_stands_before_it(marked: str, name: str) -> None:
    assert name_in(marked, "LOC") == name


@pytest.mark.parametrize(("marked", "name"), THINGS, ids=[marked for marked, _ in THINGS])
def test_an_organisation_keeps_the_words_that_do_not_decline(marked: str, name: str) -> None:
    assert name_in(marked, "ORG") == name


@pytest.mark.parametrize(("marked", "name"), PERSONS, ids=[marked for marked, _ in PERSONS])
def test_a_person_is_named_by_the_clause_around(marked: str, name: str) -> None:
    assert name_in(marked, "PER") == name


def test_another_mention_tells_the_nominative() -> None:
    text = "В Хойване тихо. Хойвана спит."
    mentions = [Mention(2, 9, "LOC", 0.9), Mention(16, 23, "LOC", 0.9)]
    assert [name.name for name in named(Reading(text), mentions)] == ["Хойвана"] * 2


@pytest.mark.parametrize("word", ["кутсайке", "ширингове", "тальмени", "рупунуни", "ыъ", "ъ", "й"])
def test_an_ending_never_leaves_a_stem_of_one_letter(word: str) -> None:
    assert all(len(word) - len(rule.suffix) > 1 for rule in place_endings(word))


def test_a_list_goes_on_inside_of_quotes() -> None:
    text = "Бетлайн и «Фридом» обновили сайты."
    mentions = [Mention(0, 7, "ORG", 0.9), Mention(11, 17, "ORG", 0.9)]
    assert [name.name for name in named(Reading(text), mentions)] == ["Бетлайн", "Фридом"]


def test_what_the_dictionary_has_as_a_place_is_read_by_it() -> None:
    assert all(parse.known for parse in parses("самаре"))
    assert thing_readings("Самаре", "LOC")[0].name == "Самара"
