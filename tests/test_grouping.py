"""The entities of an article, and to which of them a mention most likely belongs."""

from dataclasses import replace
from typing import Any

from annotations.grouping import candidates, entities, new_entity
from annotations.model import Annotation, Article, Document

AT = "2026-01-31T10:00:00Z"
TEXT = "Союз рыбаков Каспия принял Олега Ли. Ли доволен. СРК ждёт Анну Ли и Союз пловцов. Ли."


def mention(quote: str, label: str, entity: str | None, nth: int = 0, **more: Any) -> Annotation:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    fields = {"author": "user:anna", "created": AT, "modified": AT, **more}
    return Annotation(f"{start}", start, start + len(quote), label, entity=entity, **fields)


FISHERS = mention("Союз рыбаков Каспия", "ORG", "e1")
OLEG = mention("Олега Ли", "PER", "e2", value={"name": "Олег Ли"})
LI = mention("Ли", "PER", "e2", 1, value={"name": "Ли"})
ACRONYM = mention("СРК", "ORG", "e3")
ANNA = mention("Анну Ли", "PER", "e4", value={"name": "Анна Ли"})
SWIMMERS = mention("Союз пловцов", "ORG", "e7")
LAST = mention("Ли", "PER", None, 3, value={"name": "Ли"})
DOCUMENT = Document(Article("a", TEXT, "Союз"), (FISHERS, OLEG, LI, ACRONYM, ANNA, SWIMMERS, LAST))


def test_an_entity_has_its_fullest_name_and_its_mentions() -> None:
    found = {each.id: (each.name, each.label, each.mentions) for each in entities(DOCUMENT, "main")}
    assert found["e2"] == ("Олег Ли", "PER", (OLEG, LI))
    assert found["e1"] == ("Союз рыбаков Каспия", "ORG", (FISHERS,))
    assert list(found) == ["e1", "e2", "e3", "e4", "e7"]


def test_what_shares_label_and_words_comes_first_the_nearest_before() -> None:
    alike, others = candidates(DOCUMENT, LAST)
    assert [each.name for each in alike] == ["Анна Ли", "Олег Ли"]
    assert [each.name for each in others] == ["Союз пловцов", "СРК", "Союз рыбаков Каспия"]


def test_an_acronym_belongs_to_the_name_that_it_is_made_of() -> None:
    assert [each.name for each in candidates(DOCUMENT, ACRONYM)[0]] == ["Союз рыбаков Каспия"]
    assert [each.name for each in candidates(DOCUMENT, FISHERS)[0]] == ["СРК", "Союз пловцов"]


def test_the_own_entity_is_none_of_them_and_rejected_mentions_are_no_entity() -> None:
    rejected = replace(SWIMMERS, status="rejected")
    document = replace(DOCUMENT, annotations=(FISHERS, OLEG, LI, rejected))
    assert [each.id for part in candidates(document, OLEG) for each in part] == ["e1"]


def test_a_new_entity_takes_the_first_free_name() -> None:
    assert new_entity(DOCUMENT) == "e5"
