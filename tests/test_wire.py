"""The record: what is written is read back the same, and what does not fit is refused."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import wire
from annotations.errors import InvalidRecord
from annotations.json_objects import parse_line
from annotations.model import STATUSES, Annotation, Article, Document, Source

AT = "2026-01-31T10:00:00Z"
TEXT = "Мост в Твери открыл Олег Зимин."
CITY = Annotation(
    "a1", 7, 12, "LOC", "recogniser:slovnet", AT, AT, {"name": "Тверь"}, "e1", confidence=0.97
)
DOCUMENT = Document(
    Article("тверь", TEXT, "Мост", "2025-11-04", Source("Курьер", None, "a.txt"), {"n": [1, None]}),
    (CITY,),
)
RECORD = wire.to_record(DOCUMENT)


def changed(**fields: Any) -> dict[str, Any]:
    return {**RECORD, **fields}


def with_annotation(**fields: Any) -> dict[str, Any]:
    return changed(annotations=[{**RECORD["annotations"][0], **fields}])


def without(key: str, record: dict[str, Any]) -> dict[str, Any]:
    return {each: record[each] for each in record if each != key}


def refusal(record: object) -> str:
    with pytest.raises(InvalidRecord) as error:
        wire.from_line(json.dumps(record))
    return str(error.value)


def test_a_line_is_utf_8_json_with_the_keys_in_the_order_of_the_format() -> None:
    line = wire.to_line(DOCUMENT)
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    assert "Твери" in line
    record = json.loads(line)
    assert list(record) == [
        "schema", "id", "title", "published", "source", "meta", "sha256", "text", "annotations",
    ]  # fmt: skip
    assert list(record["source"]) == ["name", "url", "file"]
    assert list(record["annotations"][0]) == [
        "id", "start", "end", "text", "label", "value", "entity", "layer", "status",
        "confidence", "author", "created", "modified", "note",
    ]  # fmt: skip


@pytest.mark.parametrize("encode", [str, str.encode], ids=["str", "bytes"])
def test_a_line_is_read_back(encode: Any) -> None:
    assert wire.from_line(encode(wire.to_line(DOCUMENT))) == DOCUMENT


_characters = st.characters(exclude_categories=["Cs"])
_words = st.text(_characters, max_size=20)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=8,
)
_instants = st.datetimes().map(lambda moment: moment.isoformat() + "Z")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document that the model allows."""
    text = draw(st.text(_characters, min_size=1, max_size=60))
    article = Article(
        id=draw(st.text(_characters, min_size=1, max_size=9)),
        text=text,
        title=draw(_words),
        published=draw(st.none() | st.dates().map(str) | _instants),
        source=Source(*(draw(st.none() | _words) for _ in range(3))),
        meta=draw(st.dictionaries(_words, _json, max_size=3)),
    )
    ids = draw(st.sets(st.text(_characters, min_size=1, max_size=5), max_size=4))
    return Document(article, tuple(draw(annotations(id_, len(text))) for id_ in sorted(ids)))


@st.composite
def annotations(draw: st.DrawFn, id_: str, length: int) -> Annotation:
    start = draw(st.integers(0, length - 1))
    return Annotation(
        id=id_,
        start=start,
        end=draw(st.integers(start + 1, length)),
        label=draw(st.from_regex(r"X[A-Z0-9_]{0,31}", fullmatch=True)),
        author=draw(st.sampled_from(["user:", "recogniser:"]))
        + draw(st.text(_characters, min_size=1, max_size=9)),
        created=draw(_instants),
        modified=draw(_instants),
        value=draw(
            st.none() | st.dictionaries(_words, st.none() | st.booleans() | _words, max_size=3)
        ),
        entity=draw(st.none() | _words),
        layer=draw(st.text(_characters, min_size=1, max_size=9)),
        status=draw(st.sampled_from(STATUSES)),
        confidence=draw(st.none() | st.floats(0, 1)),
        note=draw(st.none() | _words),
    )


@given(documents())
@settings(max_examples=200)
def test_any_document_is_read_back_and_written_again_the_same(document: Document) -> None:
    line = wire.to_line(document)
    again = wire.from_line(line.encode())
    assert again == document
    assert wire.to_line(again) == line
    assert list(json.loads(line)) == list(RECORD)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        pytest.param(without("schema", RECORD), "schema is missing", id="no schema"),
        pytest.param(without("id", RECORD), "id is missing", id="no id"),
        pytest.param(without("text", RECORD), "text is missing", id="no text"),
        pytest.param(without("annotations", RECORD), "annotations must be a list", id="no list"),
        pytest.param(changed(annotations={}), "found an object", id="annotations an object"),
        pytest.param(changed(annotations=[1]), "annotation 1: expected an object", id="a number"),
        pytest.param(changed(schema="zametka/2"), "found 'zametka/2'", id="a later schema"),
        pytest.param(changed(colour="red"), "unknown key 'colour'", id="unknown key"),
        pytest.param(changed(source={"isbn": "1"}), "source: unknown key 'isbn'", id="source"),
        pytest.param(changed(source="Курьер"), "source must be an object or null", id="a name"),
        pytest.param(changed(id=5), "id must be a string, found a whole number", id="id"),
        pytest.param(changed(id=""), "an article needs an id", id="empty id"),
        pytest.param(changed(title=None), "title must be a string, found null", id="title"),
        pytest.param(changed(published="вчера"), "ISO 8601", id="published"),
        pytest.param(changed(text=TEXT + "!"), "does not fit its sha256", id="another text"),
        pytest.param(changed(meta=[]), "meta must be an object or null", id="meta"),
    ],
)
def test_a_record_that_does_not_follow_the_format_is_refused(
    record: dict[str, Any], says: str
) -> None:
    assert says in refusal(record)


@pytest.mark.parametrize(
    ("record", "says"),
    [
        pytest.param(with_annotation(text="Твер"), "expected to be 'Твер', found 'Твери'", id="t"),
        pytest.param(with_annotation(end=99, text=TEXT[7:]), "characters 7 to 99", id="beyond"),
        pytest.param(with_annotation(start=12), "0 <= start < end", id="empty span"),
        pytest.param(with_annotation(start=-1), "0 <= start < end", id="negative"),
        pytest.param(with_annotation(start=True), "start must be a whole number", id="true"),
        pytest.param(with_annotation(start=7.0), "start must be a whole number", id="float"),
        pytest.param(with_annotation(label="loc"), "capital Latin", id="label"),
        pytest.param(with_annotation(status="unsure"), "got 'unsure'", id="status"),
        pytest.param(with_annotation(author="anna"), "user:<login>", id="author"),
        pytest.param(with_annotation(confidence=2), "0 to 1", id="confidence"),
        pytest.param(with_annotation(confidence=True), "found true or false", id="sure"),
        pytest.param(with_annotation(created="давно"), "created", id="created"),
        pytest.param(with_annotation(value={}), "name is missing", id="empty value"),
        pytest.param(with_annotation(value={"name": 5}), "name must be a string", id="number"),
        pytest.param(with_annotation(value="Тверь"), "value must be an object", id="value"),
        pytest.param(with_annotation(colour=1), "unknown key 'colour'", id="unknown key"),
        pytest.param(with_annotation(layer=None), "layer must be a string", id="layer"),
    ],
)
def test_an_annotation_that_does_not_fit_is_refused_by_its_number_and_id(
    record: dict[str, Any], says: str
) -> None:
    message = refusal(record)
    assert message.startswith("annotation 1 (a1): ")
    assert says in message


def test_two_annotations_with_one_id_are_refused() -> None:
    assert "the same id" in refusal(changed(annotations=RECORD["annotations"] * 2))


@pytest.mark.parametrize("key", ["title", "published", "source", "meta", "sha256"])
def test_what_an_article_may_lack_may_be_left_out(key: str) -> None:
    assert wire.from_record(without(key, RECORD)).article.text == TEXT


@pytest.mark.parametrize("key", ["value", "entity", "layer", "confidence", "note"])
def test_what_an_annotation_may_lack_may_be_left_out(key: str) -> None:
    [row] = RECORD["annotations"]
    [annotation] = wire.from_record(changed(annotations=[without(key, row)])).annotations
    assert annotation.id == "a1"


DEEP = "[" * 50_000
LINES: list[tuple[str | bytes, str]] = [
    ("", "not JSON"),
    ("{", "not JSON"),
    ('{"text": "a"} {}', "not JSON: Extra data (character 15)"),
    ("[]", "expected an object, found a list"),
    ("null", "expected an object, found null"),
    ("true", "expected an object, found true or false"),
    ("1.5", "expected an object, found a number"),
    ('{"a": NaN}', "NaN is not finite"),
    ('{"a": -Infinity}', "-Infinity is not finite"),
    ('{"a": 1e999}', "1e999 is not finite"),
    ('{"a": 9223372036854775808}', "too large: write it as a string"),
    ('{"a": ' + "9" * 5000 + "}", "too large: write it as a string"),
    (r'{"a": "\ud800"}', r"'\ud800', is no character"),
    (r'{"\udfff": 1}', "lone surrogate"),
    ('{"a": ' + DEEP, "nested deeper than 100 levels"),
    ('{"a": ' + "[" * 100 + "]" * 100 + "}", "nested deeper than 100 levels"),
    ('{"a": ' * 101 + "1" + "}" * 101, "nested deeper than 100 levels"),
    (b'{"a": "\xff"}', "not UTF-8: byte 7 is 0xff"),
    (b'{"a": "\xed\xa0\x80"}', "lone surrogate"),
]


@pytest.mark.parametrize(("line", "says"), LINES, ids=[says for _, says in LINES])
def test_a_line_that_cannot_be_kept_is_refused(line: str | bytes, says: str) -> None:
    with pytest.raises(InvalidRecord) as error:
        parse_line(line)
    assert says in str(error.value)


def test_a_hundred_levels_and_63_bits_are_read() -> None:
    nested = '{"a": ' + "[" * 99 + "9223372036854775807" + "]" * 99 + "}"
    assert json.dumps(parse_line(nested)) == nested


@given(st.text() | st.binary())
def test_any_line_is_read_or_refused(line: str | bytes) -> None:
    with suppress(InvalidRecord):
        assert isinstance(parse_line(line), dict)


@given(st.dictionaries(st.sampled_from([*RECORD, "x"]), _json))
def test_any_object_is_an_article_or_refused(record: dict[str, Any]) -> None:
    for read in (wire.article_from_loose, wire.from_record):
        with suppress(InvalidRecord):
            assert read({**RECORD, **record})


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param({"text": "Мост"}, {"title": "Мост", "meta": {}}, id="text alone"),
        pytest.param({"text": "Мост", "id": "м"}, {"id": "м"}, id="id"),
        pytest.param({"text": "Мост", "id": 17}, {"id": "17"}, id="id a number"),
        pytest.param({"text": "М", "source": "Курьер"}, {"source": Source("Курьер")}, id="name"),
        pytest.param({"text": "М", "source": {"url": "u"}}, {"source": Source(url="u")}, id="url"),
        pytest.param({"text": "М", "title": None, "meta": None}, {"title": "М"}, id="null"),
        pytest.param({"text": "М", "tags": [1]}, {"meta": {"tags": [1]}}, id="unknown key"),
        pytest.param(
            {"text": "М", "meta": {"a": 1}, "b": None}, {"meta": {"a": 1, "b": None}}, id="both"
        ),
        pytest.param(
            {"text": "М", "annotations": [{"start": 0}]},
            {"meta": {"annotations": [{"start": 0}]}},
            id="annotations of another format are not lost",
        ),
    ],
)
def test_a_loose_object_keeps_what_its_source_said(
    record: dict[str, Any], expected: dict[str, Any]
) -> None:
    article = wire.article_from_loose(record)
    assert {key: getattr(article, key) for key in expected} == expected


def test_a_loose_object_without_id_gets_the_same_one_each_time() -> None:
    assert wire.article_from_loose({"text": "М"}).id == wire.article_from_loose({"text": "М"}).id


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ({}, "text is missing"),
        ({"text": None}, "text must be a string"),
        ({"text": ""}, "the text is empty"),
        ({"text": "М", "id": True}, "id must be a string"),
        ({"text": "М", "id": 1.5}, "id must be a string"),
        ({"text": "М", "published": "4 ноября"}, "ISO 8601"),
        ({"text": "М", "published": 2025}, "published must be a string"),
        ({"text": "М", "source": ["Курьер"]}, "source must be an object"),
        ({"text": "М", "source": {"name": 5}}, "source: name must be a string"),
        ({"text": "М", "meta": []}, "meta must be an object"),
        ({"text": "М", "meta": ""}, "meta must be an object"),
    ],
)
def test_a_loose_object_that_cannot_be_an_article_is_refused(
    record: dict[str, Any], says: str
) -> None:
    with pytest.raises(InvalidRecord, match=says):
        wire.article_from_loose(record)


@pytest.mark.parametrize(
    "record",
    [
        {}, {"swap": 1}, [], None, 3, {"group": [3]}, {"group": 3}, {"add": None}, {"remove": []},
        {"change": RECORD["annotations"][0]}, {"add": {"id": "a"}},
    ],
)  # fmt: skip
def test_an_edit_that_this_version_does_not_know_is_refused(record: Any) -> None:
    with pytest.raises(InvalidRecord):
        wire.edit_from_dict(record, TEXT)


def test_an_annotation_may_stand_anywhere_in_the_order_of_the_record() -> None:
    first = replace(CITY, id="a0", start=0, end=4)
    rows = [wire.annotation_to_dict(each, TEXT) for each in (CITY, first)]
    assert wire.from_record(changed(annotations=rows)).annotations == (first, CITY)
