"""Changes as values: applied, taken back, refused where the ground has moved."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations import edits
from annotations.edits import Add, Change, Edit, Group, Remove, Stamp, apply, inverse, touched
from annotations.errors import EditConflict, InvalidSpan
from annotations.model import Annotation, Article, Document, Span
from annotations.wire import edit_from_dict, edit_to_dict

TEXT = "Мост в Твери открыл Олег Зимин."
AT, LATER = "2026-01-31T10:00:00Z", "2026-01-31T11:30:00Z"
BORIS = Stamp("user:boris", LATER)


def annotation(id_: str, start: int, end: int, label: str, **more: Any) -> Annotation:
    fields = {"author": "recogniser:test", "created": AT, "modified": AT, **more}
    return Annotation(id_, start, end, label, **fields)


CITY = annotation("city", 7, 12, "LOC", value={"name": "Тверь"}, confidence=0.5, entity="e1")
MAYOR = annotation("mayor", 20, 30, "PER", confidence=0.9, note="мэр")
BRIDGE = annotation("bridge", 0, 4, "ORG")
DOCUMENT = Document(Article("тверь", TEXT, "Мост"), (CITY, MAYOR), revision=3)


def ids(document: Document) -> list[str]:
    return [each.id for each in document.annotations]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param(Add(BRIDGE), (BRIDGE, CITY, MAYOR), id="add"),
        pytest.param(Remove(CITY), (MAYOR,), id="remove"),
        pytest.param(
            Change(CITY, replace(CITY, start=21, end=22)),
            (MAYOR, replace(CITY, start=21, end=22)),
            id="change moves it to its place",
        ),
        pytest.param(Group(()), (CITY, MAYOR), id="nothing"),
        pytest.param(
            Group((Remove(CITY), Group((Add(BRIDGE), Add(CITY))), Remove(MAYOR))),
            (BRIDGE, CITY),
            id="group in a group",
        ),
    ],
)
def test_an_edit_is_applied_and_taken_back(edit: Edit, expected: tuple[Annotation, ...]) -> None:
    after = apply(DOCUMENT, edit)
    assert after.annotations == expected
    assert (after.article, after.revision) == (DOCUMENT.article, 3)
    assert apply(after, inverse(edit)) == DOCUMENT
    assert inverse(inverse(edit)) == edit


@pytest.mark.parametrize(
    ("edit", "says", "current"),
    [
        (Add(CITY), "is there already", CITY),
        (Remove(BRIDGE), "has been deleted", None),
        (Remove(replace(CITY, note="?")), "has been changed", CITY),
        (Change(BRIDGE, BRIDGE), "has been deleted", None),
        (Change(replace(MAYOR, label="ORG"), MAYOR), "has been changed", MAYOR),
        (Group((Add(BRIDGE), Remove(CITY), Remove(CITY))), "has been deleted", None),
    ],
)
def test_a_conflict_names_what_stands_there_and_changes_nothing(
    edit: Edit, says: str, current: Annotation | None
) -> None:
    before = DOCUMENT.annotations
    with pytest.raises(EditConflict, match=says) as conflict:
        apply(DOCUMENT, edit)
    assert conflict.value.current == current
    assert conflict.value.annotation_id in touched(edit)
    assert DOCUMENT.annotations is before
    assert set(DOCUMENT.by_id) == {"city", "mayor"}


def test_edits_of_other_annotations_do_not_conflict() -> None:
    theirs = apply(DOCUMENT, Remove(CITY))
    assert ids(apply(theirs, edits.set_status(MAYOR, "rejected", BORIS))) == ["mayor"]


def test_an_annotation_beyond_the_text_is_refused() -> None:
    with pytest.raises(InvalidSpan):
        apply(DOCUMENT, Add(annotation("far", 30, 99, "PER")))


def test_touched_names_every_annotation_in_the_order_of_the_edit() -> None:
    edit = Group((Remove(MAYOR), Group((Change(CITY, CITY), Add(BRIDGE)))))
    assert touched(edit) == ("mayor", "city", "bridge")


def test_a_persons_own_annotation_is_accepted_and_theirs() -> None:
    made = edits.new_annotation(Span(0, 4), "ORG", BORIS, {"name": "Мост"}, "e4").annotation
    assert (made.start, made.end, made.label, made.status) == (0, 4, "ORG", "accepted")
    assert (made.author, made.created, made.modified) == ("user:boris", LATER, LATER)
    assert (made.confidence, made.value, made.entity) == (None, {"name": "Мост"}, "e4")
    assert made.id != edits.new_annotation(Span(0, 4), "ORG", BORIS).annotation.id


@pytest.mark.parametrize("status", ["accepted", "rejected", "suggested"])
def test_a_decision_leaves_the_author_and_all_else(status: Any) -> None:
    change = edits.set_status(CITY, status, BORIS)
    assert change == Change(CITY, replace(CITY, status=status, modified=LATER))


@pytest.mark.parametrize(("note", "kept"), [("уточнить", "уточнить"), ("", None), (None, None)])
def test_a_note_decides_nothing(note: str | None, kept: str | None) -> None:
    assert edits.write_note(MAYOR, note, BORIS).after == replace(MAYOR, note=kept, modified=LATER)


def test_a_corrected_suggestion_is_its_correctors_own() -> None:
    after = edits.correct(CITY, BORIS, span=Span(5, 12), label="ORG", value=None, entity=None).after
    assert (after.start, after.end, after.label, after.value, after.entity) == (
        5, 12, "ORG", None, None,
    )  # fmt: skip
    assert (after.author, after.status, after.confidence) == ("user:boris", "accepted", None)
    assert (after.id, after.created, after.modified) == ("city", AT, LATER)


def test_a_correction_of_the_value_leaves_span_and_label() -> None:
    after = edits.correct(CITY, BORIS, value={"name": "Тверь"}, entity="e1").after
    assert (after.span, after.label, after.entity) == (CITY.span, "LOC", "e1")


_states = st.builds(
    lambda start, length, label, note: (start, min(start + length, len(TEXT)), label, note),
    st.integers(0, len(TEXT) - 1),
    st.integers(1, 9),
    st.sampled_from(["PER", "LOC", "DATE"]),
    st.none() | st.text(),
)


@st.composite
def documents_and_edits(draw: st.DrawFn) -> tuple[Document, Edit]:
    """A document and an edit that fits it, made of steps that fit one another."""
    current: dict[str, Annotation] = {}
    for number in range(draw(st.integers(0, 3))):
        current[f"a{number}"] = _state(f"a{number}", draw)
    document = Document(DOCUMENT.article, tuple(current.values()))

    def edit(depth: int) -> Edit:
        kinds = ["add", *(["remove", "change"] if current else []), *(["group"] if depth else [])]
        kind = draw(st.sampled_from(kinds))
        if kind == "group":
            return Group(tuple(edit(depth - 1) for _ in range(draw(st.integers(0, 4)))))
        if kind == "add":
            free = next(f"a{number}" for number in range(99) if f"a{number}" not in current)
            current[free] = _state(free, draw)
            return Add(current[free])
        id_ = draw(st.sampled_from(sorted(current)))
        if kind == "remove":
            return Remove(current.pop(id_))
        before, current[id_] = current[id_], _state(id_, draw)
        return Change(before, current[id_])

    return document, edit(2)


def _state(id_: str, draw: st.DrawFn) -> Annotation:
    start, end, label, note = draw(_states)
    return annotation(id_, start, end, label, note=note)


@given(documents_and_edits())
def test_the_inverse_takes_any_edit_back(case: tuple[Document, Edit]) -> None:
    document, edit = case
    assert apply(apply(document, edit), inverse(edit)) == document


@given(documents_and_edits())
def test_any_edit_survives_the_history(case: tuple[Document, Edit]) -> None:
    _, edit = case
    assert edit_from_dict(edit_to_dict(edit, TEXT), TEXT) == edit


@given(documents_and_edits(), documents_and_edits())
def test_an_edit_of_another_document_is_applied_or_changes_nothing(
    case: tuple[Document, Edit], other: tuple[Document, Edit]
) -> None:
    document, edit = case[0], other[1]
    before = (document.annotations, dict(document.by_id))
    try:
        after = apply(document, edit)
    except EditConflict:
        pass
    else:
        assert apply(after, inverse(edit)) == document
    assert (document.annotations, dict(document.by_id)) == before


def test_mentions_get_one_name_and_one_entity_in_one_step() -> None:
    """Only the one that was pointed at is decided by that; what has them already is left alone."""
    known = annotation("known", 13, 19, "LOC", value={"name": "Тверь"}, entity="e7")
    document = replace(DOCUMENT, annotations=(CITY, MAYOR, known))
    edit = edits.name_mentions(CITY, (CITY, MAYOR, known), BORIS, "Тверь", "e7")
    after = apply(document, edit).by_id
    assert (after["city"].status, after["city"].author) == ("accepted", "user:boris")
    assert (after["city"].entity, after["city"].confidence) == ("e7", None)
    changed = replace(MAYOR, value={"name": "Тверь"}, entity="e7", modified=LATER)
    assert after["mayor"] == changed
    assert after["known"] == known
    assert touched(edit) == ("city", "mayor")
    assert apply(apply(document, edit), inverse(edit)) == document


def test_a_mention_that_is_alone_is_named_by_one_change() -> None:
    edit = edits.name_mentions(CITY, (), BORIS, "Калинин", "e1")
    assert isinstance(edit, Change)
    assert edit.after.value == {"name": "Калинин"}
