"""The labels of a library."""

from dataclasses import replace
from typing import Any

import pytest

from annotations.errors import InvalidAnnotation
from annotations.schema import DEFAULT_SCHEMA, Schema, from_rows, to_rows
from annotations.values import FIELDS

PER = DEFAULT_SCHEMA["PER"]
ROW = to_rows(DEFAULT_SCHEMA)[0]


def test_the_default_labels_are_those_that_have_values() -> None:
    assert [label.name for label in DEFAULT_SCHEMA] == list(FIELDS)
    entities = [label.name for label in DEFAULT_SCHEMA if label.kind == "entity"]
    assert entities == ["PER", "ORG", "LOC"]


def test_no_two_default_labels_look_alike() -> None:
    looks = [(label.colour, label.underline) for label in DEFAULT_SCHEMA]
    assert len(set(looks)) == len(looks)
    assert len({colour for colour, _ in looks}) <= 6
    assert all(label.description for label in DEFAULT_SCHEMA)


def test_a_label_is_found_by_name() -> None:
    assert DEFAULT_SCHEMA["MONEY"].name == "MONEY"
    assert "MONEY" in DEFAULT_SCHEMA
    assert "SHIP" not in DEFAULT_SCHEMA
    assert DEFAULT_SCHEMA.label("MONEY") is DEFAULT_SCHEMA["MONEY"]
    assert DEFAULT_SCHEMA.label("SHIP").name == "SHIP"
    with pytest.raises(KeyError, match="SHIP"):
        DEFAULT_SCHEMA["SHIP"]


def test_a_schema_is_kept_and_read_back() -> None:
    assert from_rows(to_rows(DEFAULT_SCHEMA)) == DEFAULT_SCHEMA
    assert from_rows([]) == Schema(())


@pytest.mark.parametrize("same", ["name", "key"])
def test_two_labels_may_not_share_a_name_or_a_key(same: str) -> None:
    other = replace(DEFAULT_SCHEMA["ORG"], **{same: getattr(PER, same)})
    with pytest.raises(InvalidAnnotation, match=f"the same {same}: {getattr(PER, same)}"):
        Schema((PER, other))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({}, "must be a list"),
        (None, "must be a list"),
        ([ROW, 5], "label 2 of the schema is not an object"),
        ([{"name": "PER"}], "label 1 of the schema: .*missing"),
        ([{**ROW, "size": 1}], "label 1 of the schema: .*size"),
        ([{**ROW, "kind": "verb"}], "kind must be entity or figure, got 'verb'"),
        ([{**ROW, "name": "per"}], "name must be capital"),
        ([{**ROW, "key": ""}], "key must be one character, got ''"),
        ([{**ROW, "key": "ctrl+x"}], "key must be one character"),
        ([{**ROW, "key": 5}], "key must be one character"),
        ([{**ROW, "colour": ["red"]}], "colour must be one of"),
        ([{**ROW, "underline": 1}], "underline must be true or false"),
        ([{**ROW, "description": None}], "description must be a string"),
    ],
)
def test_rows_that_are_no_labels_are_refused(rows: Any, says: str) -> None:
    with pytest.raises(InvalidAnnotation, match=says):
        from_rows(rows)
