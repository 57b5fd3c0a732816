"""Which mentions name one thing: «[Самару]LOC=1» and «[Самара]LOC=1» do."""

import re

import pytest

from annotations.entities.groups import grouped
from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading

MARK = re.compile(r"\[([^\]]+)\](PER|LOC|ORG)=(\d)")

ONE_THING = [
    ("cases of a place", "Из [Самары]LOC=1 в [Самару]LOC=1 через [Пермь]LOC=2."),
    ("a club and a river", "«[Томь]ORG=1» играла на реке [Томь]LOC=2. Матч «[Томи]ORG=1» отложен."),
    ("a lone surname", "[Игорь Поляков]PER=1 пел. [Поляков]PER=1 устал."),
    ("a surname before the full name", "Слово [Полякова]PER=1. [Игорь Поляков]PER=1 пел."),
    ("initials", "[Игорь Поляков]PER=1 и [М. Зайцева]PER=2. Роль [И. Полякова]PER=1."),
    ("hyphenated initials", "[Жан-Поль Бельмондо]PER=1. Роль [Ж.-П. Бельмондо]PER=1."),
    ("first name and patronymic",
     "[Игорь Семёнович Поляков]PER=1 пел. [Игорь Семёнович]PER=1 устал."),
    ("with and without patronymic",
     "[Игорь Семёнович Поляков]PER=1 пел. Голос [Игоря Полякова]PER=1 звучал."),
    ("first name alone", "[Мария Зайцева]PER=1 пела. [Марии]PER=1 хлопали."),
    ("one surname, two first names",
     "[Игорь Поляков]PER=1 и [Олег Поляков]PER=2 пели."),
    ("one surname, two sexes", "[Игорь Поляков]PER=1 и [Анна Полякова]PER=2 пели."),
    ("a lone surname joins the nearest before",
     "[Игорь Поляков]PER=1 пел. [Олег Поляков]PER=2 играл. [Поляков]PER=2 доволен."),
    ("lone surnames of two people",
     "[Игорь Бут]PER=1 пел. [Бут]PER=1 устал. [Анна Бут]PER=2 пела. [Бут]PER=2 устала."),
    ("a lone surname joins one of its sex",
     "[Такэо Ямада]PER=1 пел. Он ждал [Юмико Ямаду]PER=2. [Ямада]PER=1 доволен."),
    ("first name and patronymic of somebody named without it",
     "[Игорь Поляков]PER=1 пел, [Олег Зуев]PER=2 спал. [Игорь Семёнович]PER=1 устал."),
    ("a surname like a patronymic is none",
     "[Роман Зуев]PER=1 пел. [Роман Абрамович]PER=2 спал. Ждали [Абрамовича]PER=2."),
    ("a family is not one of it", "[Пётр Лапин]PER=1 пел. Братья [Лапины]PER=2 уехали."),
    ("an Arabic article", "[Салем аль-Хамад]PER=1 пел. [Хамад]PER=1 устал."),
    ("Latin in brackets", "Пел [Гэвин Хартвелл]PER=1 ([Gavin Hartwell]PER=1)."),
    ("acronym in brackets", "[Фонд защиты рек]ORG=1 ([ФЗР]ORG=1) и [ФЗР]ORG=1."),
    ("acronym without brackets",
     "[Союз сельских учителей]ORG=1 собрался. [ССУ]ORG=1 доволен."),
    ("an acronym with the country",
     "[Национальный банк]ORG=1 [Казахстана]LOC=2 молчит. [НБК]ORG=1 не ответил."),
    ("a contraction",
     "[Комитет государственного надзора]ORG=1 молчит. [Госнадзор]ORG=1 не ответил."),
    ("a contraction of the first words",
     "[Министерство рыболовства и лесов]ORG=1 молчит. [Минрыбол]ORG=1 не ответил."),
    ("a legal form", "[ООО «Заря»]ORG=1 растёт. У «[Зари]ORG=1» долги."),
    ("an inflected acronym", "[МИД]ORG=1 против. Ноту [МИДа]ORG=1 вручили."),
    ("different names of one country",
     "[США]LOC=1 и [Россия]LOC=2. [Соединённые Штаты]LOC=1 против [РФ]LOC=2."),
    ("quotes say nothing", "«[Заря]ORG=1» и [Заря]ORG=1."),
    ("a place in brackets is another place", "[Пермь]LOC=1 ([Россия]LOC=2)."),
]  # fmt: skip


@pytest.mark.parametrize("marked", [row[1] for row in ONE_THING], ids=[row[0] for row in ONE_THING])
def test_mentions_of_one_thing_share_a_group(marked: str) -> None:
    mentions, numbers, removed = [], [], 0
    for match in MARK.finditer(marked):
        start = match.start() - removed
        mentions.append(Mention(start, start + len(match[1]), match[2], 0.9))
        numbers.append(match[3])
        removed += len(match.group()) - len(match[1])
    reading = Reading(MARK.sub(r"\1", marked))
    groups = grouped(reading, mentions, named(reading, mentions))
    pairs = dict(zip(groups, numbers, strict=True))
    assert [pairs[group] for group in groups] == numbers
    assert len(set(groups)) == len(set(numbers))


def test_many_mentions_of_one_person_are_one_group() -> None:
    text = "Игорь Поляков и Поляков. " * 2000
    reading = Reading(text)
    mentions = [
        Mention(match.start(), match.end(), "PER", 0.9)
        for match in re.finditer("(?:Игорь )?Поляков", text)
    ]
    assert len(set(grouped(reading, mentions, named(reading, mentions)))) == 1
