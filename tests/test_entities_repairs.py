"""What the repairs make of spans: capitals, neighbours, names in «», places that are people."""

import pytest

from annotations.entities.reading import Reading
from annotations.entities.repairs import repaired
from tests.test_entities import mentions_of, remarked, unmarked

REPAIRED = [
    # capitals that a sentence gives
    ("role that opens", "[Пчеловоду Игорю Полякову]PER помогли.",
     "Пчеловоду [Игорю Полякову]PER помогли."),
    ("kin", "[Племяннице Поляковых]PER помогли.", "Племяннице [Поляковых]PER помогли."),
    ("several", "[Близнецам Хартвелл]PER по пять лет.", "Близнецам [Хартвелл]PER по пять лет."),
    ("work that opens", "[Поэме Игоря Полякова]PER сто лет.", "Поэме [Игоря Полякова]PER сто лет."),
    ("adjective that opens", "[Двухлетней Марии]PER помогли.", "Двухлетней [Марии]PER помогли."),
    ("first name like a noun", "[Каната Полякова]PER ждут.", "[Каната Полякова]PER ждут."),
    ("short foreign first name", "[Кит Хартвелл]PER пел.", "[Кит Хартвелл]PER пел."),
    ("preposition that opens", "[Под Самарой]LOC снег.", "Под [Самарой]LOC снег."),
    ("noun of places that opens", "[Городу Пушкину]LOC сто лет.", "Городу [Пушкину]LOC сто лет."),
    ("islands keep their noun", "[Острова Кука]LOC далеко.", "[Острова Кука]LOC далеко."),
    ("part of an organisation", "[Правление Горного музея]ORG ушло.",
     "Правление [Горного музея]ORG ушло."),
    ("archive of a person", "[Архив Марии Зайцевой]ORG сгорел.",
     "Архив [Марии Зайцевой]PER сгорел."),
    ("title alone", "[Аким]PER уехал.", "Аким уехал."),
    ("faith", "[Вера]PER в людей жива.", "Вера в людей жива."),
    ("hunted", "[Волков]PER отпугивают огнём.", "Волков отпугивают огнём."),
    ("common body", "[Верхняя палата]ORG против.", "Верхняя палата против."),
    ("parliament of a country", "[Парламент страны]ORG против.", "Парламент страны против."),
    ("preposition at the end", "Мост у [Урала близ]LOC Уфы.", "Мост у [Урала]LOC близ Уфы."),
    # one person or two
    ("two cases", "Супруга [Игоря Полякова Мария]PER пела.",
     "Супруга [Игоря Полякова]PER [Мария]PER пела."),
    ("two surnames", "За [Гуревичем Петраков]PER не пошёл.",
     "За [Гуревичем]PER [Петраков]PER не пошёл."),
    ("Korean and another", "Возле [Пак Чун Сона Хартвелл]PER замер.",
     "Возле [Пак Чун Сона]PER [Хартвелл]PER замер."),
    ("two Koreans", "Сын [Пака Чун Сона Пак Ын Хо]PER пел.",
     "Сын [Пака Чун Сона]PER [Пак Ын Хо]PER пел."),
    ("Chinese surname", "Лю [Вэньчжун]PER пел.", "[Лю Вэньчжун]PER пел."),
    ("first name left out", "Ждали Игоря [Полякова]PER вчера.", "Ждали [Игоря Полякова]PER вчера."),
    ("son of", "Пел [Нурлан Асанбек]PER уулу.", "Пел [Нурлан Асанбек уулу]PER."),
    ("institution and person", "Врач [Горного института Гэвин Хартвелл]ORG пел.",
     "Врач [Горного института]ORG [Гэвин Хартвелл]PER пел."),
    ("foundation of two", "Платит [Фонд Анны и]ORG [Гэвина Хартвелл]PER.",
     "Платит [Фонд Анны и Гэвина Хартвелл]ORG."),
    # organisations
    ("two legal forms", "Строит СП [ООО «Заря»]ORG давно.", "Строит [СП ООО «Заря»]ORG давно."),
    ("union of a country", "Решил [Союз садоводов]ORG [России]LOC.",
     "Решил [Союз садоводов России]ORG."),
    ("agency and its name", "Пишет [Морское разведывательное агентство]ORG [NIMA]ORG.",
     "Пишет Морское разведывательное агентство [NIMA]ORG."),
    ("shares", "Акции «Горного воска» упали.", "Акции «[Горного воска]ORG» упали."),
    ("campaign", "Акция «[Чистый берег]ORG» прошла.", "Акция «Чистый берег» прошла."),
    ("clubs", "«[Искра]PER» обыграла «[Самару]LOC».", "«[Искра]ORG» обыграла «[Самару]ORG»."),
    ("between", "Спор между «[Ладой]LOC» и «Ивой» начат.",
     "Спор между «[Ладой]ORG» и «[Ивой]ORG» начат."),
    ("known in the article", "Игрок «Ивы» упал. «Ивой» гордятся.",
     "Игрок «[Ивы]ORG» упал. «[Ивой]ORG» гордятся."),
    ("films", "Фильмы «[Лада]LOC» и «[Ива]ORG» вышли.", "Фильмы «Лада» и «Ива» вышли."),
    ("crew", "Экипаж «[Игоря Полякова]PER» спасён.", "Экипаж «Игоря Полякова» спасён."),
    ("contest", "Об этом знают в [Лиге чемпионов]ORG.", "Об этом знают в Лиге чемпионов."),
    ("wares", "Вышли браузер [Zorya]ORG и [Android 20]ORG.", "Вышли браузер Zorya и Android 20."),
    ("borrowed name", "Иск к [Майкрософту]PER подан, Эйрбас ждёт.",
     "Иск к [Майкрософту]ORG подан, [Эйрбас]ORG ждёт."),
    # places and persons
    ("out of a place", "Гости из [Бурзянска]PER уехали. [Бурзянск]PER пуст.",
     "Гости из [Бурзянска]LOC уехали. [Бурзянск]LOC пуст."),
    ("list of places", "Ждут [Пермь]LOC, [Томск]LOC и [Бурзянск]PER.",
     "Ждут [Пермь]LOC, [Томск]LOC и [Бурзянск]LOC."),
    ("a full name is no place", "Спор между [Ларисой Шумковой]LOC и соседкой.",
     "Спор между [Ларисой Шумковой]PER и соседкой."),
    ("compound surname", "Дача [Мамонтова-Сибиряка]LOC цела.",
     "Дача [Мамонтова-Сибиряка]PER цела."),
    ("surname of a city", "[Гэвин Вашингтон]PER пел. [Вашингтон]LOC устал.",
     "[Гэвин Вашингтон]PER пел. [Вашингтон]PER устал."),
    ("headline", "Хартвелл и Поляков поют\n[Гэвин Хартвелл]PER и [Игорь Поляков]PER поют.",
     "[Хартвелл]PER и [Поляков]PER поют\n[Гэвин Хартвелл]PER и [Игорь Поляков]PER поют."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "expected"), [row[1:] for row in REPAIRED], ids=[row[0] for row in REPAIRED]
)
def test_repairs_from_what_stands_around(raw: str, expected: str) -> None:
    text = unmarked(raw)
    assert remarked(text, repaired(Reading(text), mentions_of(raw))) == expected
