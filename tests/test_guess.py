"""What a span that a person marks most likely means."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from annotations.guess import Guess, again, chosen, guess, understood
from annotations.model import Annotation, Article, Document, Span
from annotations.schema import Kind

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


def test_a_name_that_a_person_gave_to_its_entity_stays_with_other_boundaries() -> None:
    """Also where the mention itself is still a recogniser's."""
    later = place("Зимине")
    named = mayor(value={"name": "О. П. Зимин"})
    other = replace(named, id="z", start=later.start, end=later.end, author="recogniser:test")
    longer = Span(later.start - 2, later.end)
    found = again(document(named, other), other, longer, "PER", "entity")
    assert found == Guess({"name": "О. П. Зимин"}, "e1")


def test_punctuation_that_a_span_was_given_is_no_part_of_the_name() -> None:
    known = mayor()
    found = again(document(known), known, place("Олег Зимин."), "PER", "entity")
    assert found == Guess({"name": "Олег Зимин"}, "e1")


SIGNS = "Рост на 20% дал 350 тыс. штук, сказал Ким С. вчера. Фирма «Мост» купила $5 млн, и всё."


def signs() -> Document:
    return Document(Article("s", SIGNS, "Рост", published="2025-11-04"))


def choice(quote: str, label: str, *, selected: bool = False) -> str:
    """What is meant by the words of a quote."""
    start = SIGNS.index(quote)
    kind: Kind = "entity" if label in ("PER", "ORG", "LOC") else "figure"
    words = Span(start, start + len(quote))
    span = chosen(signs(), words, label, kind, selected=selected)
    return SIGNS[span.start : span.end]


@pytest.mark.parametrize(
    ("quote", "label", "meant"),
    [
        ("20", "PERCENT", "20%"),
        ("тыс", "NUMBER", "350 тыс."),
        ("млн", "MONEY", "$5 млн"),
        ("Ким С", "PER", "Ким С."),
        ("Мост", "ORG", "Мост"),
        ("штук", "NUMBER", "штук"),
    ],
)
def test_a_word_stands_for_the_figure_around_it(quote: str, label: str, meant: str) -> None:
    assert choice(quote, label) == meant


@pytest.mark.parametrize(
    ("quote", "label", "meant"),
    [
        ("20", "PERCENT", "20%"),
        ("350 тыс", "NUMBER", "350 тыс."),
        ("350", "NUMBER", "350"),
        ("5 млн", "MONEY", "$5 млн"),
        ("5", "MONEY", "5"),
        ("Фирма «Мост", "ORG", "Фирма «Мост»"),
        ("Мост» купила", "ORG", "«Мост» купила"),
        ("млн, и", "ORG", "млн, и"),
    ],
)
def test_a_selection_gains_no_words_but_what_belongs_to_them(
    quote: str, label: str, meant: str
) -> None:
    assert choice(quote, label, selected=True) == meant


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("не менее 15", "QUANTITY", {"min": "15", "max": None}),
        ("в понедельник", "DATE", {"start": "2025-11-03", "end": "2025-11-03"}),
        ("19 лет", "AGE", {"min": "19", "max": "19", "unit": "year"}),
        ("PT3H", "DURATION", {"min": "PT3H", "max": "PT3H"}),
        ("  5\u00a0% ", "PERCENT", {"min": "5", "max": "5", "unit": "%"}),
        ("5 %, а то и больше", "PERCENT", None),
        ("Ким", "PER", None),
        ("", "MONEY", None),
    ],
)
def test_words_for_a_value_are_understood_as_far_as_they_go(
    text: str, label: str, value: Any
) -> None:
    found = understood(text, label, date(2025, 11, 4))
    assert (found and {k: v for k, v in found.items() if k != "of"}) == value
