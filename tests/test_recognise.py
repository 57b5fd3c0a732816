"""From an article to its suggestions: overlaps settled, entities numbered, nothing brought back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from annotations.edits import Stamp, apply, correct, set_status
from annotations.model import Annotation, Article, Document, Suggestion
from annotations.recognise import Recogniser, complete, recognise, suggestion_id

TEXT = "Тверь и Псков: мэр Твери Олег Зимин едет в Псков. Зимин вернётся в Тверь."
ARTICLE = Article("a", TEXT, "Поездка", published="2025-11-04T09:00:00+03:00")
NOW, LATER = "2026-01-31T10:00:00Z", "2026-02-01T10:00:00Z"
ANNA = Stamp("user:anna", LATER)


@dataclass(frozen=True)
class Fake:
    """Finds each of its phrases wherever it stands."""

    name: str
    phrases: Sequence[tuple[str, str, str | None]]  # phrase, label, entity

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
        found = []
        for phrase, label, entity in self.phrases:
            start = text.find(phrase)
            while start >= 0:
                found.append(
                    Suggestion(start, start + len(phrase), label, {"name": phrase}, 0.5, entity)
                )
                start = text.find(phrase, start + 1)
        return sorted(found, key=lambda each: each.start)


def fake(name: str, *phrases: str, label: str = "LOC", entity: str | None = None) -> Fake:
    return Fake(name, [(phrase, label, entity) for phrase in phrases])


PEOPLE = Fake("people", [("Олег Зимин", "PER", "зимин"), ("Зимин", "PER", "зимин")])
PLACES = Fake(
    "places", [("Псков", "LOC", "псков"), ("Твери", "LOC", "тверь"), ("Тверь", "LOC", "тверь")]
)


def shown(annotations: Sequence[Annotation]) -> list[tuple[str, str | None]]:
    return [(TEXT[each.start : each.end], each.entity) for each in annotations]


def found(*recognisers: Recogniser) -> list[tuple[str, str]]:
    return [
        (TEXT[each.start : each.end], each.author.removeprefix("recogniser:"))
        for each in recognise(ARTICLE, recognisers, NOW)
    ]


@pytest.mark.parametrize(
    ("recognisers", "expected"),
    [
        pytest.param([], [], id="nobody"),
        pytest.param([fake("a", "Рим")], [], id="nothing"),
        pytest.param(
            [fake("a", "Зимин"), fake("b", "Олег Зимин")],
            [("Олег Зимин", "b"), ("Зимин", "a")],
            id="the longer stays",
        ),
        pytest.param(
            [fake("a", "Олег"), fake("b", "Олег")], [("Олег", "a")], id="the earlier stays"
        ),
        pytest.param(
            [fake("b", "Олег"), fake("a", "Олег")], [("Олег", "b")], id="whatever their names"
        ),
        pytest.param(
            [fake("a", "мэр Твери"), fake("b", "Твери Олег Зимин")],
            [("Твери Олег Зимин", "b")],
            id="crossing",
        ),
        pytest.param(
            [fake("a", "мэр "), fake("b", "Твери")], [("мэр ", "a"), ("Твери", "b")], id="adjacent"
        ),
        pytest.param(
            [fake("a", "мэр Твери Олег"), fake("b", "Олег Зимин"), fake("c", "Зимин")],
            [("мэр Твери Олег", "a"), ("Зимин", "c"), ("Зимин", "c")],
            id="what was beaten beats nobody",
        ),
    ],
)
def test_overlaps_are_settled(
    recognisers: list[Recogniser], expected: list[tuple[str, str]]
) -> None:
    assert found(*recognisers) == expected


def test_a_suggestion_is_stamped_with_its_recogniser_and_its_instant() -> None:
    [annotation] = recognise(ARTICLE, [fake("x", "Олег", label="PER")], NOW)
    assert (annotation.author, annotation.status) == ("recogniser:x", "suggested")
    assert (annotation.created, annotation.modified) == (NOW, NOW)
    assert (annotation.value, annotation.confidence) == ({"name": "Олег"}, 0.5)
    assert (annotation.label, annotation.layer, annotation.entity) == ("PER", "main", None)


def test_recognisers_are_given_the_text_and_the_day() -> None:
    asked: list[tuple[str, date | None]] = []

    class Curious:
        name = "curious"

        def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
            asked.append((text, published))
            return ()

    recognise(ARTICLE, [Curious()], NOW)
    recognise(replace(ARTICLE, published=None), [Curious()], NOW)
    assert asked == [(TEXT, date(2025, 11, 4)), (TEXT, None)]


def test_entities_are_numbered_by_their_first_mention() -> None:
    assert shown(recognise(ARTICLE, [PEOPLE, PLACES], NOW)) == [
        ("Тверь", "e1"), ("Псков", "e2"), ("Твери", "e1"), ("Олег Зимин", "e3"),
        ("Псков", "e2"), ("Зимин", "e3"), ("Тверь", "e1"),
    ]  # fmt: skip


def test_the_same_text_gives_the_same_suggestions_ids_included() -> None:
    first = recognise(ARTICLE, [PEOPLE, PLACES], NOW)
    elsewhere = replace(ARTICLE, id="b", title="Другой", published=None)
    again = recognise(elsewhere, [PLACES, PEOPLE], LATER)
    assert [each.id for each in first] == [each.id for each in again]
    assert len({each.id for each in first}) == len(first)


@pytest.mark.parametrize(
    ("article", "name", "suggestion"),
    [
        (replace(ARTICLE, text=TEXT + "!"), "x", Suggestion(0, 5, "LOC")),
        (ARTICLE, "y", Suggestion(0, 5, "LOC")),
        (ARTICLE, "x", Suggestion(1, 5, "LOC")),
        (ARTICLE, "x", Suggestion(0, 6, "LOC")),
        (ARTICLE, "x", Suggestion(0, 5, "ORG")),
    ],
    ids=["text", "recogniser", "start", "end", "label"],
)
def test_another_find_has_another_id(article: Article, name: str, suggestion: Suggestion) -> None:
    one = suggestion_id(ARTICLE, "x", Suggestion(0, 5, "LOC"))
    assert suggestion_id(article, name, suggestion) != one
    assert suggestion_id(ARTICLE, "x", Suggestion(0, 5, "LOC", {"name": "Т"}, 0.1, "e")) == one


FULL = complete(Document(ARTICLE, revision=4), [PEOPLE, PLACES], NOW)


def test_an_empty_document_gets_all_suggestions() -> None:
    assert FULL.annotations == recognise(ARTICLE, [PEOPLE, PLACES], NOW)
    assert (FULL.article, FULL.revision) == (ARTICLE, 4)


def test_completing_twice_changes_nothing() -> None:
    assert complete(FULL, [PEOPLE, PLACES], LATER) == FULL


def _rejected(annotation: Annotation) -> Any:
    return set_status(annotation, "rejected", ANNA)


def _moved(annotation: Annotation) -> Any:
    span = replace(annotation.span, start=annotation.start + 2)
    return correct(annotation, ANNA, span=span, value=None, entity=None)


def _relabelled(annotation: Annotation) -> Any:
    return correct(annotation, ANNA, label="ORG", value=None, entity=None)


@pytest.mark.parametrize("decide", [_rejected, _moved, _relabelled])
def test_what_was_rejected_or_corrected_never_comes_back(decide: Any) -> None:
    for annotation in FULL.annotations:
        document = apply(FULL, decide(annotation))
        assert complete(document, [PEOPLE, PLACES], LATER) == document


def test_new_suggestions_come_where_there_is_nothing_under_free_entity_names() -> None:
    before = complete(Document(ARTICLE), [PEOPLE], NOW)
    assert shown(before.annotations) == [("Олег Зимин", "e1"), ("Зимин", "e1")]
    after = complete(before, [PLACES], LATER)
    assert [each for each in after.annotations if each.label == "PER"] == list(before.annotations)
    assert shown([each for each in after.annotations if each.label == "LOC"]) == [
        ("Тверь", "e2"), ("Псков", "e3"), ("Твери", "e2"), ("Псков", "e3"), ("Тверь", "e2"),
    ]  # fmt: skip


def test_entity_names_in_use_are_passed_over() -> None:
    [oleg, *_] = recognise(ARTICLE, [PEOPLE], NOW)
    before = Document(ARTICLE, (replace(oleg, entity="e2"),))
    after = complete(before, [PLACES], LATER)
    assert {each.entity for each in after.annotations} == {"e1", "e2", "e3"}
    assert sum(each.entity == "e2" for each in after.annotations) == 1
