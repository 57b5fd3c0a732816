"""What a span that a person marks most likely means."""

from typing import Any

import pytest

from annotations.guess import Guess, guess
from annotations.model import Annotation, Article, Document, Span

AT = "2026-01-31T10:00:00Z"
TEXT = "Мост открыл Олег Зимин.\nМост стоил 40 млн рублей. О Зимине говорили вчера."


def place(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start, start + len(quote))


def document(*annotations: Annotation) -> Document:
    return Document(Article("a", TEXT, "Мост", published="2025-11-04"), annotations)


def mayor(**more: Any) -> Annotation:
    span = place("Олег Зимин")
    fields = {"value": {"name": "Олег Зимин"}, "entity": "e1", **more}
    return Annotation("m", span.start, span.end, "PER", "user:anna", AT, AT, **fields)


@pytest.mark.parametrize(
    ("quote", "label", "value"),
    [
        ("40 млн рублей", "MONEY", {"min": "40000000", "max": "40000000", "unit": "RUB"}),
        ("вчера", "DATE", {"start": "2025-11-03", "end": "2025-11-03"}),
        ("стоил", "MONEY", None),
    ],
)
def test_a_figure_is_read_where_it_stands(quote: str, label: str, value: Any) -> None:
    assert guess(document(), place(quote), label, "figure") == Guess(value)


def test_a_figure_that_was_cut_out_is_read_alone() -> None:
    found = guess(document(), place("40 млн"), "NUMBER", "figure")
    assert found.value is not None
    assert (found.value["min"], found.entity) == ("40000000", None)


def test_a_shorter_name_belongs_to_the_entity_of_the_fuller_one() -> None:
    found = guess(document(mayor()), place("Зимине"), "PER", "entity")
    assert found == Guess({"name": "Зимин"}, "e1")


def test_a_mention_before_the_others_is_read_in_its_place() -> None:
    later = place("Зимине")
    known = Annotation(
        "z", later.start, later.end, "PER", "user:anna", AT, AT, {"name": "Зимин"}, "e7"
    )
    found = guess(document(known), place("Олег Зимин"), "PER", "entity")
    assert found == Guess({"name": "Олег Зимин"}, "e7")


def test_a_mention_of_something_else_is_a_new_entity() -> None:
    found = guess(document(mayor()), place("Мост"), "ORG", "entity")
    assert found == Guess({"name": "Мост"}, "e2")


def test_what_was_rejected_says_nothing_but_its_entity_name_is_taken() -> None:
    found = guess(document(mayor(status="rejected")), place("Зимине"), "PER", "entity")
    assert found.value == {"name": "Зимин"}
    assert found.entity == "e2"
