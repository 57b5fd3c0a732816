"""Undo and redo: everybody's own, across sessions, never over somebody else's change."""

import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations import edits
from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.errors import EditConflict
from annotations.model import Annotation, Article, Document
from store.article.history import steps_of
from store.library import Conflict, HistoryEntry, Library, Nothing, Saved

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Паром «Нева» вышел из Выборга в шесть утра с 300 пассажирами."
ID = "паром"


def mark(id_: str, start: int, label: str = "LOC") -> Annotation:
    return Annotation(
        id=id_, start=start, end=start + 4, label=label, author=ANNA,
        created=AT, modified=AT, status="accepted",
    )  # fmt: skip


A, B, C = mark("a", 0), mark("b", 7), mark("c", 21)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Паром"), (A,)))
    return library


def standing(library: Library) -> str:
    return " ".join(f"{each.id}:{each.label}" for each in library.document(ID).annotations)


def relabel(annotation: Annotation, label: str) -> Change:
    return Change(annotation, replace(annotation, label=label))


# what happens in order: an edit, or «undo» or «redo», of anna's or boris's -> what stands
SCRIPTS = [
    ("undo of an addition", [(ANNA, Add(B)), (ANNA, "undo")], "a:LOC"),
    ("undo of a removal", [(ANNA, Remove(A)), (ANNA, "undo")], "a:LOC"),
    ("undo of a change", [(ANNA, relabel(A, "PER")), (ANNA, "undo")], "a:LOC"),
    (
        "a bulk edit is one step",
        [(ANNA, Add(B)), (ANNA, Group((Remove(A), Remove(B), Add(C)))), (ANNA, "undo")],
        "a:LOC b:LOC",
    ),
    (
        "undo, undo, redo",
        [(ANNA, Add(B)), (ANNA, Add(C)), (ANNA, "undo"), (ANNA, "undo"), (ANNA, "redo")],
        "a:LOC b:LOC",
    ),
    (
        "a redone step can be undone again",
        [(ANNA, Add(B)), (ANNA, "undo"), (ANNA, "redo"), (ANNA, "undo")],
        "a:LOC",
    ),
    (
        "undo takes back one's own step, not the last one",
        [(ANNA, Add(B)), (BORIS, Add(C)), (ANNA, "undo")],
        "a:LOC c:LOC",
    ),
    (
        "somebody else's edit leaves what can be redone",
        [(ANNA, Add(B)), (ANNA, "undo"), (BORIS, Add(C)), (ANNA, "redo")],
        "a:LOC b:LOC c:LOC",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "script", "expected"), SCRIPTS, ids=[s[0] for s in SCRIPTS])
@pytest.mark.parametrize("fresh", [False, True], ids=["one session", "a session each step"])
def test_undo_and_redo(
    library: Library,
    claim: str,
    script: list[tuple[str, Edit | str]],
    expected: str,
    fresh: bool,
) -> None:
    for author, step in script:
        session = Library.open(library.path) if fresh else library
        assert isinstance(take(session, author, step), Saved)
    assert standing(library) == expected
    assert library.document(ID).revision == len(library.history(ID)) == len(script)


def take(library: Library, author: str, step: Edit | str) -> Saved | Conflict | Nothing:
    match step:
        case "undo":
            return library.undo(ID, author=author)
        case "redo":
            return library.redo(ID, author=author)
        case edit:
            assert not isinstance(edit, str)
            return library.apply(ID, edit, author=author)


def test_there_is_nothing_to_undo_at_first(library: Library) -> None:
    assert library.undo(ID, author=ANNA) == Nothing()
    assert library.redo(ID, author=ANNA) == Nothing()


def test_nobody_undoes_what_others_did(library: Library) -> None:
    library.apply(ID, Add(B), author=ANNA)
    assert library.undo(ID, author=BORIS) == Nothing()


def test_a_new_edit_ends_what_can_be_redone(library: Library) -> None:
    library.apply(ID, Add(B), author=ANNA)
    library.undo(ID, author=ANNA)
    library.apply(ID, Add(C), author=ANNA)
    assert library.redo(ID, author=ANNA) == Nothing()


def test_undo_over_somebody_elses_change_is_a_conflict_with_their_name(library: Library) -> None:
    library.apply(ID, relabel(A, "PER"), author=ANNA)
    theirs = replace(A, label="ORG")
    library.apply(ID, Change(replace(A, label="PER"), theirs), author=BORIS)
    conflict = library.undo(ID, author=ANNA)
    assert isinstance(conflict, Conflict)
    assert conflict.document.by_id["a"] == theirs
    assert str(conflict.message).startswith("boris changed the label from PER to ORG at ")
    assert len(library.history(ID)) == 2


def test_the_history_names_what_was_undone_and_redone(library: Library) -> None:
    library.apply(ID, Add(B), author=ANNA, operation="one")
    library.undo(ID, author=ANNA)
    library.redo(ID, author=ANNA)
    added, undone, redone = library.history(ID)
    assert (undone.undoes, undone.redoes, undone.edit) == ("one", None, Remove(B))
    assert (redone.undoes, redone.redoes, redone.edit) == (None, "one", added.edit)


@dataclass
class Model:
    """The same in memory: a document, and two stacks for each author."""

    document: Document
    revision: int = 0
    done: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    undone: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))

    def step(self, author: str, step: Edit | str) -> str:
        source, target = self.done[author], self.undone[author]
        if step == "redo":
            source, target = target, source
        if isinstance(step, str) and not source:
            return "Nothing"
        edit = (
            edits.inverse(source[-1]) if step == "undo" else source[-1] if step == "redo" else step
        )
        assert not isinstance(edit, str)
        try:
            self.document = edits.apply(self.document, edit)
        except EditConflict:
            return "Conflict"
        self.revision += 1
        if isinstance(step, str):
            target.append(source.pop())
        else:
            self.done[author].append(step)
            self.undone[author].clear()
        return "Saved"


STATES = [replace(one, label=label) for one in (A, B, C) for label in ("LOC", "ORG")]
SIMPLE: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Add, st.sampled_from(STATES)),
    st.builds(Remove, st.sampled_from(STATES)),
    st.builds(relabel, st.sampled_from(STATES), st.sampled_from(("LOC", "ORG", "PER"))),
)
GROUPS = st.builds(lambda parts: Group(tuple(parts)), st.lists(SIMPLE, max_size=2))
STEPS = st.tuples(
    st.sampled_from((ANNA, BORIS)),
    st.one_of(st.just("undo"), st.just("redo"), SIMPLE, SIMPLE, GROUPS),
)


@given(st.lists(STEPS, max_size=14), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_library_does_what_the_model_does(
    script: list[tuple[str, Edit | str]], without_snapshot: bool
) -> None:
    """Any edits, undos and redos of two people, with and without the snapshot to help."""
    article = Article(ID, TEXT, "Паром")
    model = Model(Document(article, (A,)))
    with tempfile.TemporaryDirectory() as folder:
        library = Library.create(Path(folder) / "library")
        library.add(model.document)
        for author, step in script:
            assert type(take(library, author, step)).__name__ == model.step(author, step)
            if without_snapshot:
                library.article_path(ID).unlink(missing_ok=True)
        document = library.document(ID)
        assert document == replace(model.document, revision=model.revision)
        assert len(library.history(ID)) == model.revision


def test_a_long_history_is_told_apart_without_comparing_its_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each undo of thousands would otherwise look through all steps before it."""
    done = [HistoryEntry(n, f"{n}", ANNA, AT, Group(())) for n in range(5)]
    undone = [HistoryEntry(5, "5", ANNA, AT, Group(()), undoes="4")]
    undone += [HistoryEntry(6, "6", ANNA, AT, Group(()), undoes="2")]
    redone = [HistoryEntry(7, "7", ANNA, AT, Group(()), redoes="2")]

    def refuse(*_: object) -> bool:
        raise AssertionError("two steps were compared")

    monkeypatch.setattr(HistoryEntry, "__eq__", refuse)
    stacks = steps_of(ANNA, [*done, *undone])
    assert [each.operation for each in stacks.done] == ["3", "1", "0"]
    assert [each.operation for each in stacks.undone] == ["2", "4"]
    stacks = steps_of(ANNA, [*done, *undone, *redone])
    assert [each.operation for each in stacks.done] == ["2", "3", "1", "0"]


def test_an_operation_that_is_there_already_says_how_the_file_is(library: Library) -> None:
    first = library.apply(ID, Add(B), author=ANNA, operation="one")
    again = library.apply(ID, Add(B), author=ANNA, operation="one")
    assert isinstance(first, Saved)
    assert isinstance(again, Saved)
    assert again.signature == first.signature == library.signature(ID)
