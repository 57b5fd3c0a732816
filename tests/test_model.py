"""The values in the middle are checked once, when they are made."""

from dataclasses import FrozenInstanceError
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from annotations.errors import InvalidAnnotation, InvalidSpan
from annotations.model import Annotation, Article, Document, Span, Suggestion, text_order

AT = "2026-01-31T10:00:00Z"
TEXT = "Мост в Твери открыл Олег Зимин."


def annotation(id_: str = "a", start: int = 7, end: int = 12, **more: Any) -> Annotation:
    fields = {"label": "LOC", "author": "user:anna", "created": AT, "modified": AT, **more}
    return Annotation(id_, start, end, **fields)


def article(text: str = TEXT, **more: Any) -> Article:
    return Article("тверь", text, "Мост", **more)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 3), (-2, -1)])
def test_a_span_without_characters_or_before_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(InvalidSpan, match=f"got {start} and {end}"):
        Span(start, end)
    with pytest.raises(InvalidSpan, match="annotation 'a'"):
        annotation(start=start, end=end)


@pytest.mark.parametrize(
    ("one", "other", "overlap", "cover"),
    [
        pytest.param((0, 3), (3, 5), False, False, id="side by side"),
        pytest.param((0, 4), (3, 5), True, False, id="crossing"),
        pytest.param((0, 9), (3, 5), True, True, id="nested"),
        pytest.param((3, 5), (3, 5), True, True, id="the same"),
        pytest.param((3, 5), (0, 9), True, False, id="inside"),
    ],
)
def test_spans_overlap_and_cover(
    one: tuple[int, int], other: tuple[int, int], overlap: bool, cover: bool
) -> None:
    assert Span(*one).overlaps(Span(*other)) is overlap
    assert Span(*other).overlaps(Span(*one)) is overlap
    assert Span(*one).covers(Span(*other)) is cover


def test_spans_sort_by_start_then_end() -> None:
    assert sorted([Span(2, 3), Span(0, 9), Span(0, 4)]) == [Span(0, 4), Span(0, 9), Span(2, 3)]


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        annotation().label = "PER"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"id_": ""}, "needs an id"),
        ({"label": "per"}, "got 'per'"),
        ({"label": "ЛИЦО"}, "capital Latin"),
        ({"label": "A" * 33}, "capital Latin"),
        ({"label": "PER\n"}, "capital Latin"),
        ({"status": "maybe"}, "suggested, accepted, rejected"),
        ({"author": "anna"}, "user:<login>"),
        ({"author": "user:"}, "user:<login>"),
        ({"layer": ""}, "layer"),
        ({"confidence": 1.01}, "0 to 1"),
        ({"confidence": -0.01}, "0 to 1"),
        ({"confidence": float("nan")}, "0 to 1"),
        ({"created": "вчера"}, "created must be an ISO 8601"),
        ({"modified": ""}, "modified must be an ISO 8601"),
        ({"modified": None}, "modified must be an ISO 8601"),
    ],
)
def test_an_annotation_that_breaks_a_rule_is_refused(wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidAnnotation, match=says):
        annotation(**wrong)


@pytest.mark.parametrize("confidence", [None, 0, 0.0, 1, 1.0, 0.5])
def test_confidence_is_nothing_or_zero_to_one(confidence: float | None) -> None:
    assert annotation(confidence=confidence).confidence == confidence


def test_annotations_and_suggestions_know_their_span() -> None:
    assert annotation().span == Suggestion(7, 12, "LOC").span == Span(7, 12)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": ""}, "the text is empty"),
        ({"text": "до \ud800 после"}, "lone surrogate at offset 3"),
        ({"published": "4 ноября"}, "published must be an ISO 8601"),
        ({"published": "2025-02-30"}, "published must be an ISO 8601"),
        ({"published": "20251104"}, "published must be an ISO 8601"),
        ({"published": "2025-11-04\x1b10:00:00"}, "published must be an ISO 8601"),
        ({"published": "2025-11-04\u202e10:00:00"}, "published must be an ISO 8601"),
    ],
)
def test_an_article_that_breaks_a_rule_is_refused(fields: dict[str, str], says: str) -> None:
    with pytest.raises(InvalidAnnotation, match=says):
        article(**fields)
    with pytest.raises(InvalidAnnotation, match="needs an id"):
        Article("", TEXT, "Мост")


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (None, None),
        ("2025-11-04", date(2025, 11, 4)),
        ("2025-11-04T23:30:00+05:00", date(2025, 11, 4)),
        ("2025-11-04T23:30:00Z", date(2025, 11, 4)),
    ],
)
def test_the_day_of_publication_is_the_day_where_it_was_published(
    published: str | None, day: date | None
) -> None:
    assert article(published=published).day == day


def test_the_hash_is_of_the_text_in_utf_8() -> None:
    assert article().sha256 == sha256(TEXT.encode()).hexdigest()


def test_annotations_stand_in_text_order_the_longer_first() -> None:
    found = [
        annotation("z", 20, 30), annotation("b", 7, 12), annotation("a", 7, 12),
        annotation("c", 7, 30), annotation("d", 0, 4),
    ]  # fmt: skip
    document = Document(article(), tuple(found))
    assert [each.id for each in document.annotations] == ["d", "c", "a", "b", "z"]
    assert sorted(found, key=text_order) == list(document.annotations)
    assert document.by_id["b"] is found[1]
    assert document.text_of(found[0]) == "Олег Зимин"


def test_an_annotation_beyond_the_text_is_refused() -> None:
    whole = annotation(start=0, end=len(TEXT))
    assert Document(article(), (whole,)).text_of(whole) == TEXT
    with pytest.raises(InvalidSpan, match=f"has {len(TEXT)} characters"):
        Document(article(), (annotation(start=0, end=len(TEXT) + 1),))


def test_two_annotations_with_one_id_are_refused() -> None:
    with pytest.raises(InvalidAnnotation, match="the same id"):
        Document(article(), (annotation("a"), annotation("a", 0, 4)))
