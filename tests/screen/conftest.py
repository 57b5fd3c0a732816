"""A library of articles of our own, and the application on it."""

from pathlib import Path

import pytest

from annotations.articles import make_article
from annotations.model import Annotation, Document, Source
from store.library import Library

NOON = "2026-01-31T12:00:00Z"

HARBOUR = """Порт Актау примет больше судов

Директор порта Павел Орехов встретился с Ольгой Сабитовой. Порт получит 1,5 млрд тенге.

«Мы благодарны Ольге Сабитовой», — сказал Орехов. Новый причал построят к 2027 году."""

SCHOOL = """В Гомеле открыли школу

Школу на 850 учеников открыла Анна Левченко. Об этом Левченко рассказала вчера."""


def suggestion(text: str, quote: str, label: str, nth: int = 0, **fields: object) -> Annotation:
    """A recogniser's annotation of the nth place where the text has the quote."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Annotation(
        id=f"{label.lower()}{start}",
        start=start,
        end=start + len(quote),
        label=label,
        author="recogniser:test",
        created=NOON,
        modified=NOON,
        confidence=0.9,
        **fields,  # type: ignore[arg-type]
    )


def harbour() -> Document:
    text = HARBOUR
    money = {"min": "1500000000", "max": "1500000000", "unit": "KZT"}
    return Document(
        make_article(text, id="harbour", published="2025-10-02", source=Source(name="Курьер")),
        (
            suggestion(text, "Актау", "LOC", value={"name": "Актау"}, entity="e1"),
            suggestion(text, "Павел Орехов", "PER", value={"name": "Павел Орехов"}, entity="e2"),
            suggestion(
                text, "Ольгой Сабитовой", "PER", value={"name": "Ольга Сабитова"}, entity="e3"
            ),
            suggestion(text, "1,5 млрд тенге", "MONEY", value=money),
            suggestion(
                text, "Ольге Сабитовой", "PER", value={"name": "Ольга Сабитова"}, entity="e3"
            ),
            suggestion(text, "Орехов", "PER", 1, value={"name": "Орехов"}, entity="e2"),
            suggestion(
                text, "2027 году", "DATE", value={"start": "2027-01-01", "end": "2027-12-31"}
            ),
        ),
    )


def school() -> Document:
    text = SCHOOL
    return Document(
        make_article(text, id="school", published="2025-09-01"),
        (suggestion(text, "Анна Левченко", "PER", value={"name": "Анна Левченко"}, entity="e1"),),
    )


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Two articles, at a fixed instant, used by «anna»."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864400")
    monkeypatch.setattr("tui.app.login", lambda: "anna")
    library = Library.create(tmp_path / "library")
    library.add(harbour())
    library.add(school())
    return library
