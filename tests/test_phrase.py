"""A phrase is said in English, or in the language that its reader gives it."""

import pytest

from annotations.errors import AnnotationError, InvalidValue
from annotations.phrase import Phrase, put, words_of

RUSSIAN = {
    "{where}: {problem}": "{where}: {problem}",
    "line {number}": "строка {number}",
    "{name} is missing": "нет поля {name}",
}


def in_russian(sentence: str) -> str:
    return RUSSIAN[sentence]


def test_a_phrase_says_its_facts_in_english() -> None:
    assert str(Phrase("{name!r} is {count:03}", name="а", count=7)) == "'а' is 007"


def test_the_phrases_within_a_phrase_are_translated_too() -> None:
    phrase = Phrase(
        "{where}: {problem}",
        where=Phrase("line {number}", number=3),
        problem=InvalidValue(Phrase("{name} is missing", name="min"), "min"),
    )
    assert str(phrase) == "line 3: min is missing"
    assert phrase.put(in_russian) == "строка 3: нет поля min"


def test_facts_are_never_templates() -> None:
    assert str(Phrase("{text} and {text}", text="{text}{0}{")) == "{text}{0}{ and {text}{0}{"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AnnotationError(Phrase("no {what}", what="way")), "no way"),
        (OSError(28, "No space left"), "[Errno 28] No space left"),
        (ValueError(), ""),
    ],
)
def test_the_words_of_any_error(error: Exception, said: str) -> None:
    assert str(words_of(error)) == said
    assert put(error, str) == said


def test_phrases_are_equal_when_they_say_the_same() -> None:
    one, same = Phrase("{a} b", a="a"), Phrase("a {b}", b="b")
    assert one == same
    assert hash(one) == hash(same)
    assert one != "a b"
