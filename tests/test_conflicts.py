"""Two people edit one annotation: who has to decide what, and what is done then."""

from dataclasses import replace

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.conflicts import Choice, Clash, Wish, clashes, settle, wishes
from annotations.edits import Add, Change, Edit, Group, Remove, Stamp
from annotations.model import Annotation, Document

ARTICLE = make_article("Порт Актау примет суда.", id="port")
NOON = "2026-01-31T12:00:00Z"
LATER = Stamp("user:anna", "2026-01-31T13:00:00Z")
FOUND = Annotation(
    "a", 5, 10, "LOC", "recogniser:test", NOON, NOON, {"name": "Актау"}, "e1", confidence=0.9
)
ACCEPTED = replace(FOUND, status="accepted", modified="2026-01-31T12:10:00Z")
REJECTED = replace(FOUND, status="rejected", modified="2026-01-31T12:20:00Z")
NOTED = replace(FOUND, note="точно?", modified="2026-01-31T12:20:00Z")
REMARKED = replace(FOUND, note="да", modified="2026-01-31T12:20:00Z")
PORT = replace(
    FOUND, start=0, label="ORG", value={"name": "Порт Актау"}, author="user:boris",
    status="accepted", confidence=None,
)  # fmt: skip
RENAMED = replace(FOUND, value={"name": "Шевченко"}, status="accepted", author="user:boris")
OTHER = replace(FOUND, id="b", start=18, end=22, label="ORG")


def standing(*annotations: Annotation | None) -> Document:
    return Document(ARTICLE, tuple(each for each in annotations if each is not None))


def said(annotation: Annotation | None) -> tuple[object, ...] | None:
    """What a state says, apart from who and when."""
    if annotation is None:
        return None
    return annotation.span, annotation.label, annotation.value, annotation.status, annotation.note


@pytest.mark.parametrize(
    ("wanted", "theirs", "outcome"),
    [
        (ACCEPTED, ACCEPTED, ACCEPTED),
        (ACCEPTED, replace(ACCEPTED, modified=NOON, author="user:boris"), ACCEPTED),
        (ACCEPTED, NOTED, replace(ACCEPTED, note="точно?")),
        (NOTED, ACCEPTED, replace(ACCEPTED, note="точно?")),
        (NOTED, PORT, replace(PORT, note="точно?")),
        (replace(ACCEPTED, note="точно?"), NOTED, replace(ACCEPTED, note="точно?")),
        (None, None, None),
    ],
    ids=["the same", "the same by another", "a note since", "my note", "my note upon a relabelling",
         "the same note", "both deleted"],
)  # fmt: skip
def test_where_both_agree_nobody_is_asked(
    wanted: Annotation | None, theirs: Annotation | None, outcome: Annotation | None
) -> None:
    edit: Edit = Change(FOUND, wanted) if wanted else Remove(FOUND)
    document = standing(theirs)
    assert clashes(document, edit) == ()
    left = settle(document, edit, "theirs", LATER)
    after = document if left is None else edits.apply(document, left)
    assert said(after.by_id.get("a")) == said(outcome)


@pytest.mark.parametrize(
    ("wanted", "theirs", "mine", "beside"),
    [
        (ACCEPTED, REJECTED, ACCEPTED, None),
        (ACCEPTED, None, ACCEPTED, None),
        (NOTED, None, NOTED, None),
        (NOTED, REMARKED, NOTED, None),
        (RENAMED, REJECTED, RENAMED, None),
        (ACCEPTED, PORT, ACCEPTED, ACCEPTED),
        (PORT, RENAMED, PORT, PORT),
        (PORT, replace(REJECTED, note="нет"), replace(PORT, note="нет"), PORT),
        (None, ACCEPTED, None, None),
        (None, NOTED, None, None),
    ],
    ids=["rejected since", "deleted since", "my note on a deleted one", "two notes", "two names",
         "relabelled since", "other boundaries", "rejected with a note", "I delete",
         "I delete what has a note since"],
)  # fmt: skip
def test_each_choice_leaves_what_it_says(
    wanted: Annotation | None,
    theirs: Annotation | None,
    mine: Annotation | None,
    beside: Annotation | None,
) -> None:
    edit: Edit = Change(FOUND, wanted) if wanted else Remove(FOUND)
    document = standing(theirs, OTHER)
    assert clashes(document, edit) == (Clash(Wish(FOUND, wanted), theirs),)
    assert settle(document, edit, "theirs", LATER) is None

    own = settle(document, edit, "mine", LATER)
    assert own is not None
    after = edits.apply(document, own)
    assert said(after.by_id.get("a")) == said(mine)
    assert edits.apply(after, edits.inverse(own)) == document, "it can be undone"

    (clash,) = clashes(document, edit)
    assert clash.can_be_both == (beside is not None)
    both = settle(document, edit, "both", LATER)
    assert (both is None) == (beside is None)
    if both is not None:
        assert isinstance(both, Add)
        assert said(both.annotation) == said(beside)
        assert edits.apply(document, both).by_id["a"] == theirs


def test_mine_says_when_it_was_settled_and_keeps_when_it_was_made() -> None:
    own = settle(standing(REJECTED), Change(FOUND, ACCEPTED), "mine", LATER)
    assert isinstance(own, Change)
    assert (own.after.created, own.after.modified) == (NOON, LATER.at)


@pytest.mark.parametrize(
    ("choice", "a", "b"),
    [("theirs", REJECTED, "accepted"), ("mine", ACCEPTED, "accepted")],
)
def test_of_a_group_the_rest_is_done_with_every_choice(
    choice: Choice, a: Annotation, b: str
) -> None:
    edit = Group((Change(FOUND, ACCEPTED), Group((edits.set_status(OTHER, "accepted", LATER),))))
    document = standing(REJECTED, OTHER)
    assert [clash.wish.id for clash in clashes(document, edit)] == ["a"]
    left = settle(document, edit, choice, LATER)
    assert left is not None
    after = edits.apply(document, left)
    assert said(after.by_id["a"]) == said(a)
    assert after.by_id["b"].status == b
    assert edits.apply(after, edits.inverse(left)) == document


def test_steps_of_a_group_on_one_annotation_are_one_wish() -> None:
    edit = Group((Change(FOUND, ACCEPTED), Change(ACCEPTED, PORT), Add(OTHER), Remove(OTHER)))
    assert wishes(edit) == (Wish(FOUND, PORT),)


def test_an_edit_that_meets_what_it_was_made_on_stays_as_it_is() -> None:
    edit = Change(FOUND, ACCEPTED)
    assert clashes(standing(FOUND), edit) == ()
    assert settle(standing(FOUND), edit, "theirs", LATER) == edit
