"""Made-up Russian news for measurements: as many articles as are asked for, the same each time.

`python benchmarks/corpus.py COUNT [--seed N] [--words N] [--annotated]` prints them as JSONL;
other programs call `articles`.  An article has people, organisations and places of its own that
come back in other case forms, figures and dates.  Surnames, villages and firms are put together
from syllables, so that the vocabulary keeps growing with the number of articles.
"""

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations import wire
from annotations.articles import make_article
from annotations.model import Annotation, Document, Source, Value

WORDS = 300  # in an article of ordinary length
FIRST_DAY, DAYS = date(2023, 1, 1), 1000
AUTHOR, STAMP = "recogniser:corpus", "2026-01-31T10:00:00Z"

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
MEN = "Антон Артём Богдан Вадим Глеб Данил Захар Игнат Клим Макар Назар Остап Прохор Руслан Степан Тимур".split()  # noqa: E501, SIM905
WOMEN = "Алина Варвара Галина Дарина Зарина Инна Карина Лариса Марина Нина Полина Римма Тамара Ульяна Фаина".split()  # noqa: E501, SIM905
STEMS = "Бер Вар Гор Дуб Ерм Жар Зим Кал Кор Лож Мал Мир Нар Овс Пет Руд Сав Тар Туп Уш Хар Чер Шам Щук Яз".split()  # noqa: E501, SIM905
JOINTS = "аб ад ак ан ар ат ач ел ен ер ив иг ик ил ит ищ ок ол он ор от уг ул ун уш".split()  # noqa: SIM905
BEGINNINGS = "Верхне Старо Ново Нижне Мало Красно Бело Круто".split()  # noqa: SIM905
TOWNS = "Дубровск Заречинск Каменецк Лесогорск Луговск Мостовск Озёрск Приречинск Рудничск Снеговск Степнянск Тальник".split()  # noqa: E501, SIM905
COUNTRIES = (
    ("Казахстан", "Казахстана", "Казахстану", "Казахстан", "Казахстаном", "Казахстане"),
    ("Беларусь", "Беларуси", "Беларуси", "Беларусь", "Беларусью", "Беларуси"),
    ("Россия", "России", "России", "Россию", "Россией", "России"),
    ("Киргизия", "Киргизии", "Киргизии", "Киргизию", "Киргизией", "Киргизии"),
    ("Армения", "Армении", "Армении", "Армению", "Арменией", "Армении"),
    ("Узбекистан", "Узбекистана", "Узбекистану", "Узбекистан", "Узбекистаном", "Узбекистане"),
)
FIRMS = ("компания", "фирма", "корпорация", "фабрика", "больница", "гимназия", "обсерватория")
FIRST_HALVES = "Агро Гидро Метро Нефте Рос Свето Север Тепло Транс Энерго Юг Южно".split()  # noqa: SIM905
LAST_HALVES = "бетон вест лайн линк маш мет порт пром ресурс сервис снаб строй тех торг".split()  # noqa: SIM905
POSTS = (
    "глава района", "директор завода", "министр транспорта", "заместитель мэра", "главный врач",
    "председатель совета", "начальник порта", "ректор академии", "депутат", "капитан сборной",
)  # fmt: skip
WORKS = (
    ("мост", "моста"), ("водопровод", "водопровода"), ("стадион", "стадиона"), ("цех", "цеха"),
    ("жилой квартал", "жилого квартала"), ("детский сад", "детского сада"), ("порт", "порта"),
    ("речной вокзал", "речного вокзала"), ("склад зерна", "склада зерна"), ("парк", "парка"),
    ("участок трассы", "участка трассы"), ("музей ремёсел", "музея ремёсел"),
    ("троллейбусный парк", "троллейбусного парка"), ("лицей", "лицея"), ("рынок", "рынка"),
)  # fmt: skip
COUNTED = (
    "автобусов", "домов", "школ", "участников", "гектаров пашни", "вагонов", "проектов", "пловцов",
    "рабочих мест", "семей", "саженцев", "станков", "заявок", "томов", "спасателей", "палаток",
)  # fmt: skip
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
CURRENCIES = (("рублей", "RUB"), ("тенге", "KZT"), ("долларов", "USD"), ("евро", "EUR"))
SCALES = (("тыс.", 3), ("млн", 6), ("млрд", 9))
BY_THE_WAY = (
    "Погода этому не помешает: снегопад обещают слабый, а ветер переменный.",
    "Жители соседних улиц жалуются на пыль, однако просят не бросать начатое.",
    "Подробности обещают рассказать на ближайшем совещании.",
    "Раньше здесь были огороды, заросший пруд и две старые мельницы.",
    "Окончательное решение примут после общественных слушаний.",
    "Прежний подрядчик не справился, поэтому договор с ним расторгли досрочно.",
    "Летом работы шли медленно: не хватало щебня, кабеля и опытных сварщиков.",
    "Независимые наблюдатели нарушений не нашли, хотя проверяли каждую смету.",
    "Первыми новинку опробовали школьники, пенсионеры и велосипедисты.",
    "Местные газеты писали об этом ещё прошлой зимой, но без имён и чисел.",
)
LEADS = (
    "В {town.loc} открывают {work}, сообщает {firm.nom}.",
    "{Day} в {town.loc} начали строить {work}.",
    "{Post} {person.nom} приезжает в {town.acc}: там осмотрят {work}.",
    "Для {work.gen} в {town.loc} нашли {money}.",
    "Между {country.ins} и {country2.ins} договорились о перевозке грузов через {village.acc}.",
    "{firm.nom} продаёт долю в {village.loc} за {money}.",
)
SENTENCES = (
    "По словам {person.gen}, на это выделено {money}.",
    "«Мы ждали {work.gen} не первый год», – говорит {surname.nom}.",
    "«Сделано {percent} работы, осталось {count}», – уточняет {surname2.nom}.",
    "{post} {person2.nom} напоминает, что в {village.loc} живут {count}.",
    "До {town.gen} отсюда {distance}, дорога занимает {hours}.",
    "За {year} год {firm.nom} отправила в {country.acc} грузов на {money}.",
    "Это на {percent} больше, чем {year} годом ранее, подсчитали в {country.loc}.",
    "{Day} {surname.dat} показали {work} и {count}.",
    "Встреча с {person3.ins} назначена на {date}.",
    "{firm2.nom} передаст {firm.dat} {count} и {money} на обучение.",
    "{surname2.nom} предлагает открыть такой же {work} в {village.loc}.",
    "От {village.gen} до {town.gen} проложат трубу длиной {distance}.",
    "Из {country2.gen} пришли {count}, ещё {money} обещает {firm2.nom}.",
    "Подряд достался не {firm.dat}: победила {firm3.nom}, её цена – {money}.",
    "{date} ждут {surname.acc} и гостей из {country2.gen}.",
    "Тариф вырастет на {percent}, а с {date} – ещё на {percent}.",
    "{person3.nom}, который строит {work} в {village2.loc}, советует не спешить.",
    "С {surname2.ins} согласен и {post} {person3.nom}.",
    "Для {village2.gen} закупят {count}, для {town.gen} – {count}.",
    "Без {surname.gen} совещание {date} не состоится.",
)

Piece = tuple[str, str | None, Value | None]  # a text, and what it is annotated with
Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something of an article, in all case forms."""

    label: str
    forms: Forms
    name: str


def _forms(*endings: str, stem: str = "") -> Forms:
    return {case: stem + ending for case, ending in zip(CASES, endings, strict=True)}


def _person(chance: random.Random) -> tuple[Named, Named]:
    """A person in full and by the surname alone."""
    stem = chance.choice(STEMS) + chance.choice(JOINTS)
    stem += chance.choice(JOINTS) if chance.random() < 0.3 else ""
    if chance.random() < 0.6:
        name = chance.choice(MEN)
        first = _forms("", "а", "у", "а", "ом", "е", stem=name)
        last = _forms("ов", "ова", "ову", "ова", "овым", "ове", stem=stem)
    else:
        name = chance.choice(WOMEN)
        first = _forms("а", "ы", "е", "у", "ой", "е", stem=name[:-1])
        last = _forms("ова", "овой", "овой", "ову", "овой", "овой", stem=stem)
    full = {case: f"{first[case]} {last[case]}" for case in CASES}
    return Named("PER", full, full["nom"]), Named("PER", last, full["nom"])


def _town(chance: random.Random) -> Named:
    name = chance.choice(TOWNS)
    return Named("LOC", _forms("", "а", "у", "", "ом", "е", stem=name), name)


def _village(chance: random.Random) -> Named:
    parts = chance.choice(BEGINNINGS), chance.choice(STEMS).lower(), chance.choice(JOINTS)
    stem = "".join(parts)
    forms = _forms("овка", "овки", "овке", "овку", "овкой", "овке", stem=stem)
    return Named("LOC", forms, forms["nom"])


def _country(chance: random.Random) -> Named:
    forms = _forms(*chance.choice(COUNTRIES))
    return Named("LOC", forms, forms["nom"])


def _firm(chance: random.Random) -> Named:
    head = chance.choice(FIRMS)
    stem, vowel = head[:-1], "и" if head[-2] in "икг" else "ы"
    soft = head.endswith("ия")
    endings = ("я", "и", "и", "ю", "ей", "и") if soft else ("а", vowel, "е", "у", "ой", "е")
    name = f"{chance.choice(FIRST_HALVES)}{chance.choice(LAST_HALVES)}"
    name += f" {chance.choice(JOINTS).title()}{chance.choice(LAST_HALVES)}" * (
        chance.random() < 0.5
    )
    forms = {case: f"{form} «{name}»" for case, form in _forms(*endings, stem=stem).items()}
    return Named("ORG", forms, forms["nom"])


def _round_count(chance: random.Random) -> int:
    """A number after which a noun stands in the genitive plural."""
    return chance.randrange(1, 60) * 10 + chance.randrange(5, 10)


def _money(chance: random.Random) -> Piece:
    (unit, code), (scale, zeros) = chance.choice(CURRENCIES), chance.choice(SCALES)
    whole, tenth = chance.randrange(5, 900), chance.choice((0, 0, 1, 5, 7))
    value = str((whole * 10 + tenth) * 10 ** (zeros - 1))
    said = f"{whole},{tenth}" if tenth else f"{whole}"
    return f"{said} {scale} {unit}", "MONEY", {"min": value, "max": value, "unit": code}


def _percent(chance: random.Random) -> Piece:
    value = str(chance.randrange(2, 95))
    return f"{value}%", "PERCENT", {"min": value, "max": value, "unit": "%"}


def _count(chance: random.Random) -> Piece:
    return f"{_round_count(chance)} {chance.choice(COUNTED)}", None, None


def _distance(chance: random.Random) -> Piece:
    value = str(_round_count(chance))
    return f"{value} километров", "QUANTITY", {"min": value, "max": value, "unit": "km"}


def _hours(chance: random.Random) -> Piece:
    value = f"PT{(number := chance.randrange(5, 20))}H"
    return f"{number} часов", "DURATION", {"min": value, "max": value}


def _date(chance: random.Random) -> Piece:
    return f"{chance.randrange(1, 29)} {chance.choice(MONTHS)}", "DATE", None


def _year(chance: random.Random) -> Piece:
    return str(chance.randrange(1995, 2026)), None, None


def _day(chance: random.Random) -> Piece:
    days = ("Вчера", "Сегодня", "В среду", "В пятницу", "На прошлой неделе", "Позавчера")
    return chance.choice(days), None, None


FIGURES: Mapping[str, Callable[[random.Random], Piece]] = {
    "money": _money,
    "percent": _percent,
    "count": _count,
    "distance": _distance,
    "hours": _hours,
    "date": _date,
    "year": _year,
    "day": _day,
    "post": lambda chance: (chance.choice(POSTS), None, None),
}
_SLOT = re.compile(r"{(\w+)(?:\.(\w+))?}")
Template = tuple[tuple[str, str, str], ...]  # what stands before a slot, the slot, its case


def _template(sentence: str) -> Template:
    pieces = []
    place = 0
    for match in _SLOT.finditer(sentence):
        pieces.append((sentence[place : match.start()], match[1], match[2] or "nom"))
        place = match.end()
    return (*pieces, (sentence[place:], "", ""))


_LEADS = tuple(map(_template, LEADS))
_BODY = tuple(map(_template, (*SENTENCES, *BY_THE_WAY)))


class _Writer:
    """An article as it grows."""

    def __init__(self, chance: random.Random, *, annotated: bool) -> None:
        self.chance, self.annotated = chance, annotated
        self.text = ""
        self.annotations: list[Annotation] = []
        self.cast = _cast(chance)

    def write(self, template: Template) -> None:
        """A sentence, which begins with a capital."""
        first = len(self.text)
        parts = []
        place = first
        for before, slot, case in template:
            parts.append(before)
            place += len(before)
            if slot:
                said, label, value = self._said(slot, case)
                parts.append(said)
                if self.annotated and label is not None:
                    self._annotate(place, place + len(said), label, value)
                place += len(said)
        sentence = "".join(parts)
        self.text += sentence[0].upper() + sentence[1:]

    def say(self, text: str) -> None:
        self.text += text

    def _said(self, slot: str, case: str) -> Piece:
        figure = FIGURES.get(slot.lower())
        if figure is not None:
            return figure(self.chance)
        if slot == "work":
            return self.chance.choice(WORKS)[case == "gen"], None, None
        named = self.cast[slot]
        return named.forms[case], named.label, {"name": named.name}

    def _annotate(self, start: int, end: int, label: str, value: Value | None) -> None:
        number = len(self.annotations) + 1
        self.annotations.append(
            Annotation(f"s{number}", start, end, label, AUTHOR, STAMP, STAMP, value)
        )


def _cast(chance: random.Random) -> Mapping[str, Named]:
    (person, surname), (person2, surname2) = _person(chance), _person(chance)
    return {
        "person": person, "surname": surname, "person2": person2, "surname2": surname2,
        "person3": _person(chance)[0], "town": _town(chance), "village": _village(chance),
        "village2": _village(chance), "country": _country(chance), "country2": _country(chance),
        "firm": _firm(chance), "firm2": _firm(chance), "firm3": _firm(chance),
    }  # fmt: skip


def _article(chance: random.Random, words: int, *, annotated: bool) -> Document:
    writer = _Writer(chance, annotated=annotated)
    writer.write(chance.choice(_LEADS))
    writer.say("\n\n")
    written, length = 10, 0  # words in all, sentences in the paragraph
    deck: list[Template] = []  # each sentence once before any comes again
    while written < words:
        if length:
            writer.say("\n\n" if length > 3 else " ")
        deck = deck or chance.sample(_BODY, len(_BODY))
        writer.write(deck.pop())
        written, length = written + 10, length % 4 + 1
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    article = make_article(
        writer.text, published=day.isoformat(), source=Source(name="Вести Зареченска")
    )
    return Document(article, tuple(writer.annotations))


def articles(
    count: int, seed: int = 0, *, words: int = WORDS, annotated: bool = False
) -> Iterator[Document]:
    """So many different articles of about so many words, one at a time.

    They have no annotations, or those of a recogniser that knows how they were made, which is
    some hundred times faster than to recognise them.
    """
    chance = random.Random(seed)
    for _ in range(count):
        yield _article(chance, words, annotated=annotated)


def main(arguments: Sequence[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--words", type=int, default=WORDS)
    options.add_argument("--annotated", action="store_true")
    chosen = options.parse_args(arguments)
    for document in articles(
        chosen.count, chosen.seed, words=chosen.words, annotated=chosen.annotated
    ):
        sys.stdout.write(wire.to_line(document))


if __name__ == "__main__":
    main()
