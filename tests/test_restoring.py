"""Restoring: one step of anybody's, or an article as it was after a step, as a new edit."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.edits import Add, Change, Edit, Group, Remove, apply, difference
from annotations.model import Annotation, Article, Document
from store.article.history import taken_back
from store.article.restoring import Plan, Refused, Story, as_after, concerns, without
from store.library import Library, Saved
from tui.wording.step_words import (
    entry_in_short,
    entry_in_words,
    question_in_words,
    step_in_words,
    when_in_short,
)

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Паром «Нева» вышел из Выборга в шесть утра с 300 пассажирами."
ID = "паром"


def mark(id_: str, start: int, label: str = "LOC", **fields: object) -> Annotation:
    return Annotation(
        id=id_, start=start, end=start + 4, label=label, author=ANNA,
        created=AT, modified=AT, status="accepted", **fields,  # type: ignore[arg-type]
    )  # fmt: skip


A, B, C = mark("a", 0), mark("b", 7), mark("c", 21)
ARTICLE = Article(ID, TEXT, "Паром")
STATES = [replace(one, label=label) for one in (A, B, C) for label in ("LOC", "ORG")]
DOCUMENTS = st.lists(st.sampled_from(STATES), unique_by=lambda each: each.id).map(
    lambda found: Document(ARTICLE, tuple(found))
)


@given(DOCUMENTS, DOCUMENTS)
def test_the_difference_leads_from_one_state_to_the_other(one: Document, other: Document) -> None:
    edit = difference(one, other)
    assert apply(one, edit).annotations == other.annotations
    assert bool(edit.edits) == (one.annotations != other.annotations)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(Document(ARTICLE, (A,)))
    return library


def story(library: Library) -> Story:
    return Story(*library.story(ID))


def standing(library: Library) -> str:
    return " ".join(f"{each.id}:{each.label}" for each in library.document(ID).annotations)


@pytest.fixture
def told(library: Library) -> Library:
    """Anna adds b, boris relabels a, anna adds c, boris deletes it."""
    for author, edit in (
        (ANNA, Add(B)),
        (BORIS, Change(A, replace(A, label="PER"))),
        (ANNA, Add(C)),
        (BORIS, Remove(C)),
    ):
        assert isinstance(library.apply(ID, edit, author=author), Saved)
    return library


def write(library: Library, plan: Plan | Refused) -> None:
    assert isinstance(plan, Plan)
    assert isinstance(library.apply(ID, plan.edit, author=ANNA), Saved)


def test_somebody_elses_step_is_taken_back_by_an_edit_of_ones_own(told: Library) -> None:
    before = story(told)
    plan = without(before, before.entries[1], ANNA)
    assert plan == Plan(Change(replace(A, label="PER"), A))
    write(told, plan)
    assert standing(told) == "a:LOC b:LOC"
    told.undo(ID, author=ANNA)
    assert standing(told) == "a:PER b:LOC"


def test_ones_own_step_is_undone_as_such(told: Library) -> None:
    before = story(told)
    plan = without(before, before.entries[0], ANNA)
    assert plan == Plan(Remove(B), before.entries[0].operation)


def test_a_step_on_which_others_built_is_refused_with_their_name(told: Library) -> None:
    before = story(told)
    refused = without(before, before.entries[2], ANNA)
    assert isinstance(refused, Refused)
    assert str(refused.reason).startswith("boris deleted it at ")


def test_a_step_that_is_undone_is_refused(told: Library) -> None:
    told.undo(ID, author=BORIS)
    before = story(told)
    refused = without(before, before.entries[3], ANNA)
    assert isinstance(refused, Refused)
    assert str(refused.reason) == "it is undone already"


@pytest.mark.parametrize(
    ("revision", "expected"),
    [(0, "a:LOC"), (1, "a:LOC b:LOC"), (2, "a:PER b:LOC"), (3, "a:PER b:LOC c:LOC")],
)
def test_an_article_is_restored_as_it_was_in_one_step(
    told: Library, revision: int, expected: str
) -> None:
    now = standing(told)
    plan = as_after(story(told), revision)
    if now == expected:
        assert isinstance(plan, Refused)
        return
    write(told, plan)
    assert standing(told) == expected
    told.undo(ID, author=ANNA)
    assert standing(told) == now


def test_what_stands_as_it_did_needs_no_restoring(told: Library) -> None:
    refused = as_after(story(told), 4)
    assert isinstance(refused, Refused)
    assert str(refused.reason) == "the article stands as it did then"


def test_undone_steps_are_marked_until_they_are_redone(told: Library) -> None:
    def lines() -> list[str]:
        entries = told.history(ID)
        return [entry_in_words(each, TEXT, taken_back(entries)) for each in entries[2:]]

    told.undo(ID, author=ANNA)  # c is gone already: a conflict, nothing is written
    told.undo(ID, author=BORIS)
    assert lines() == [
        f"«{TEXT[21:25]}»: add LOC",
        f"(undone) «{TEXT[21:25]}»: delete LOC",
        f"took back: «{TEXT[21:25]}» is LOC again",
    ]
    told.redo(ID, author=BORIS)
    assert lines()[1:] == [
        f"«{TEXT[21:25]}»: delete LOC",
        f"took back: «{TEXT[21:25]}» is LOC again",
        f"did again: «{TEXT[21:25]}»: delete LOC",
    ]


def test_a_step_concerns_the_annotations_that_it_touches(told: Library) -> None:
    assert [concerns(each, "a") for each in told.history(ID)] == [False, True, False, False]


NEVA = {"name": "Нева"}
OPEN = replace(B, status="suggested", author="recogniser:test", value=NEVA)


@pytest.mark.parametrize(
    ("words", "edit", "expected"),
    [
        (
            step_in_words,
            Group((Add(replace(C, value=NEVA)), Change(OPEN, replace(OPEN, status="accepted")))),
            "annotated LOC «Нева» in 2 places",
        ),
        (
            step_in_words,
            Group((Add(replace(C, value=NEVA)), Remove(A))),
            f"«{TEXT[21:25]}»: add LOC; «Паро»: delete LOC",
        ),
        (step_in_words, Group((Add(A),)), "«Паро»: add LOC"),
    ],
)
def test_steps_in_words(words: Callable[[Edit, str], str], edit: Edit, expected: str) -> None:
    assert words(edit, TEXT) == expected


def test_a_step_in_short_has_a_mark_and_begins_with_the_words(told: Library) -> None:
    told.undo(ID, author=BORIS)
    entries = told.history(ID)
    lines = [entry_in_short(each, TEXT, taken_back(entries)) for each in entries[3:]]
    assert lines == [f"× «{TEXT[21:25]}»: delete LOC", f"↶ «{TEXT[21:25]}»: add LOC"]
    told.redo(ID, author=BORIS)
    assert entry_in_short(told.history(ID)[-1], TEXT, frozenset()).startswith("↷ «")


@pytest.mark.parametrize(
    ("today", "shown"),
    [("2026-01-31", "10:00"), ("2026-02-01", "01-31 10:00"), ("2027-01-31", "2026-01-31")],
)
def test_a_short_time_says_what_tells_it_from_today(told: Library, today: str, shown: str) -> None:
    entry = replace(told.history(ID)[0], at=AT)
    assert when_in_short(entry, today) == shown


def test_the_question_names_as_many_annotations_as_there_is_room_for() -> None:
    edit = Group((Add(A), Remove(B), Add(C)))
    question = question_in_words(edit, TEXT, 80, 3)
    assert question == (
        f"This would: «Паро»: add LOC; «{TEXT[7:11]}»: delete LOC; «{TEXT[21:25]}»: add LOC. "
        "Enter: do it · Esc: no"
    )
    short = question_in_words(edit, TEXT, 72, 1)
    assert short == "This would: «Паро»: add LOC; 2 more. Enter: do it · Esc: no"
