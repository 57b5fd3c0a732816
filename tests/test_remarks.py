"""What is said of an annotation that lost its value or ran into another one."""

from dataclasses import replace

from annotations.model import Annotation
from tui.wording.remarks import remarks

AT = "2026-01-31T10:00:00Z"
TEXT = "Союз рыбаков Каспия ждёт пять лодок"


def found(quote: str, label: str, **more: object) -> Annotation:
    start = TEXT.index(quote)
    fields = {"author": "user:anna", "created": AT, "modified": AT, "value": {"name": quote}}
    return Annotation(quote, start, start + len(quote), label, **{**fields, **more})  # type: ignore[arg-type]


UNION = found("Союз рыбаков Каспия", "ORG")
SEA = found("Каспия", "LOC")


def told(old: Annotation | None, new: Annotation, *others: Annotation) -> list[str]:
    return list(remarks(old, new, (*others, new), TEXT))


def test_what_lies_in_around_or_across_another_is_told() -> None:
    assert told(None, SEA, UNION) == ["now inside ORG «Союз рыбаков Каспия»"]
    assert told(None, UNION, SEA) == ["now around LOC «Каспия»"]
    assert told(None, found("Каспия ждёт", "ORG"), UNION) == ["crosses ORG «Союз рыбаков Каспия»"]
    twin = replace(SEA, id="b", label="ORG")
    assert told(None, SEA, twin) == ["the same words as ORG «Каспия»"]


def test_what_was_so_before_is_not_told_again() -> None:
    assert told(SEA, replace(SEA, label="PER"), UNION) == []
    assert told(found("пять", "ORG"), SEA, UNION) == ["now inside ORG «Союз рыбаков Каспия»"]


def test_rejected_ones_and_those_beside_it_are_nothing_to_tell() -> None:
    assert told(None, SEA, replace(UNION, status="rejected"), found("ждёт", "ORG")) == []


def test_a_missing_value_names_the_key_that_gives_one() -> None:
    assert told(None, found("пять", "NUMBER", value=None)) == ["without a value: v gives it one"]


def test_a_value_that_was_not_told_anew_is_told() -> None:
    five = {"min": "5", "max": "5"}
    before, after = found("пять", "NUMBER", value=five), found("пять лодок", "NUMBER", value=five)
    assert told(before, after) == ["its value stays 5"]
