"""Which mentions name one thing: «[Самару]LOC=1» and «[Самара]LOC=1» do."""

import re

import pytest

from annotations.entities.groups import grouped
from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading

MARK = re.compile(r"\[([^\]]+)\](PER|LOC|ORG)=(\d)")

ONE_THING = [
    ("cases of a place", "Из [Самары]LOC=1 в [Самару]LOC=1 через [Пермь]LOC=2."),
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
    ("Latin in brackets", "Пел [Гэвин Хартвелл]PER=1 ([Gavin Hartwell]PER=1)."),
    ("acronym in brackets", "[Фонд защиты рек]ORG=1 ([ФЗР]ORG=1) и [ФЗР]ORG=1."),
    ("acronym without brackets",
     "[Союз сельских учителей]ORG=1 собрался. [ССУ]ORG=1 доволен."),
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
