"""A person's steps over all articles: in order, as one step in many, around what others changed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation, Article, Document
from store.article.outcomes import Outcome
from store.errors import StoreError
from store.library import Conflict, Library, Nothing, Saved
from store.person import steps as module
from store.person.personal import Personal, state_folder
from store.person.steps import Stacks, Steps, Way
from store.person.undoing import Run, elsewhere, last_step, step_everywhere
from tui.keyboard.key_choices import import_all
from tui.keyboard.keys import choose
from tui.wording.step_words import elsewhere_in_words, run_in_words

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Паром «Нева» вышел из Выборга в шесть утра с 300 пассажирами."
NAMES = ("верфь", "маяк", "паром")


def mark(id_: str, start: int = 7, end: int = 11) -> Annotation:
    return Annotation(
        id=id_, start=start, end=end, label="ORG", author=ANNA,
        created=AT, modified=AT, status="accepted", value={"name": "Нева"},
    )  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def bindings() -> None:
    """The keys that sentences name."""
    import_all()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    for name in NAMES:
        library.add(Document(Article(name, TEXT, name.capitalize())))
    return library


@pytest.fixture
def steps(library: Library) -> Steps:
    return Personal(library.path).steps


def do(library: Library, steps: Steps, article: str, edit: Edit, operation: str) -> None:
    """A step of anna's, as a screen takes it."""
    saved = library.apply(article, edit, author=ANNA, operation=operation)
    assert isinstance(saved, Saved)
    assert saved.entry is not None
    steps.note(article, saved.entry)


def everywhere(library: Library, steps: Steps, articles: Sequence[str] = NAMES) -> None:
    """«Нева» is annotated at two places of each article, as one step."""
    for name in articles:
        edit = Group((Add(mark(f"{name}1")), Add(mark(f"{name}2", 22, 29))))
        do(library, steps, name, edit, "all")


def counts(library: Library) -> str:
    """How many annotations stand in each article."""
    return " ".join(str(len(library.document(name).annotations)) for name in NAMES)


def on_article(
    library: Library, steps: Steps, article: str, way: Way = "undo", **fields: object
) -> Run:
    """Undo or redo in an article, as its screen does it."""
    run = Run(ANNA, way)
    outcome = step_everywhere(library, steps, run, article, **fields)  # type: ignore[arg-type]
    if isinstance(outcome, Saved) and outcome.entry is not None:
        steps.note(article, outcome.entry)
    return run


def on_list(library: Library, steps: Steps, way: Way = "undo", skip: Sequence[str] = ()) -> Run:
    run = Run(ANNA, way)
    last_step(library, steps, run, skip)
    return run


# lines of the file -> the steps that can be undone, then those that can be redone, last first
LINES: list[tuple[str, list[tuple[str, str, str]], str, str]] = [
    ("the last first", [("do", "a", "x"), ("do", "b", "y")], "b:y a:x", ""),
    ("one step in many", [("do", "a", "x"), ("do", "a", "y")], "a:x,y", ""),
    ("undone", [("do", "a", "x"), ("do", "b", "y"), ("undo", "b", "y")], "a:x", "b:y"),
    (
        "undone in part: a conflict in y",
        [("do", "a", "x"), ("do", "a", "y"), ("undo", "a", "x")],
        "a:y",
        "a:x",
    ),
    (
        "redone in its place at the top",
        [("do", "a", "x"), ("do", "b", "y"), ("undo", "a", "x"), ("redo", "a", "x")],
        "a:x b:y",
        "",
    ),
    (
        "a new step ends what can be redone",
        [("do", "a", "x"), ("undo", "a", "x"), ("do", "b", "x")],
        "b:x",
        "",
    ),
    ("its beginning was dropped", [("undo", "a", "x"), ("redo", "b", "y")], "b:y", "a:x"),
]


@pytest.mark.parametrize(("claim", "lines", "undo", "redo"), LINES, ids=[c[0] for c in LINES])
def test_the_lines_make_two_stacks(
    claim: str, lines: list[tuple[str, str, str]], undo: str, redo: str
) -> None:
    stacks = Stacks()
    for way, operation, article in lines:
        stacks.take(way, operation, article)

    def told(way: Way) -> str:
        return " ".join(f"{s.operation}:{','.join(s.articles)}" for s in stacks.steps(way))

    assert (told("undo"), told("redo")) == (undo, redo)


def test_steps_come_back_in_another_session(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, steps, "паром", Add(mark("p")), "two")
    later = Personal(library.path).steps
    assert [step.operation for step in later.read().steps("undo")] == ["two", "one"]


def test_two_sessions_append_to_one_file(library: Library, steps: Steps) -> None:
    other = Personal(library.path).steps
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, other, "паром", Add(mark("p")), "two")
    assert [step.operation for step in steps.read().steps("undo")] == ["two", "one"]


def test_damaged_lines_are_passed_over(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    (path,) = state_folder().glob("*.steps")
    with path.open("ab") as file:
        file.write(b'{"no": "step"}\n["do", 7, "x", "y"]\n\xff\xfe\n["do","cut o')
    do(library, steps, "паром", Add(mark("p")), "two")
    assert [step.operation for step in steps.read().steps("undo")] == ["two", "one"]


def test_a_file_that_has_grown_large_loses_its_older_half(
    library: Library, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2000)
    for number in range(40):
        do(library, steps, "маяк", Add(mark(f"m{number}")), f"step{number}")
    (path,) = state_folder().glob("*.steps")
    assert path.stat().st_size <= 2200
    kept = [step.operation for step in steps.read().steps("undo")]
    assert kept == [f"step{number}" for number in range(39, 39 - len(kept), -1)]
    assert len(kept) > 10


def test_a_folder_that_cannot_be_written_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    library = Library.create(tmp_path / "library")
    library.add(Document(Article("маяк", TEXT, "Маяк")))
    saved = library.apply("маяк", Add(mark("m")), author=ANNA)
    assert isinstance(saved, Saved)
    assert saved.entry is not None
    with pytest.raises(StoreError):
        Steps(tmp_path / "file" / "steps").note("маяк", saved.entry)


# one step in many articles


def test_undo_in_one_article_takes_back_the_step_in_all_of_them(
    library: Library, steps: Steps
) -> None:
    everywhere(library, steps)
    run = on_article(library, steps, "маяк")
    assert counts(library) == "0 0 0"
    assert run_in_words(run) == "undone: annotated ORG «Нева» in 6 places of 3 articles"
    run = on_article(library, steps, "паром", "redo")
    assert counts(library) == "2 2 2"
    assert run_in_words(run) == "done again: annotated ORG «Нева» in 6 places of 3 articles"
    assert on_article(library, steps, "верфь").places == 6


def test_a_conflict_in_one_article_does_not_stop_the_rest(library: Library, steps: Steps) -> None:
    everywhere(library, steps)
    theirs = replace(mark("паром1"), label="LOC")
    library.apply("паром", Change(mark("паром1"), theirs), author=BORIS)
    run = on_article(library, steps, "верфь")
    assert counts(library) == "0 0 2"
    assert run_in_words(run) == (
        "undone: annotated ORG «Нева» in 4 places of 2 articles; "
        "1 article left, because it was changed since"
    )


def test_a_conflict_in_the_open_article_does_not_stop_the_rest(
    library: Library, steps: Steps
) -> None:
    everywhere(library, steps)
    theirs = replace(mark("паром1"), label="LOC")
    library.apply("паром", Change(mark("паром1"), theirs), author=BORIS)
    run = on_article(library, steps, "паром")
    assert counts(library) == "0 0 2"
    assert (run.places, run.left) == (4, 1)


def test_what_comes_while_the_rest_is_undone_is_seen_by_the_next_look(
    library: Library, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere(library, steps)
    theirs = replace(mark("паром1"), label="LOC")
    library.apply("паром", Change(mark("паром1"), theirs), author=BORIS)
    read = Library.document

    def read_then_changed(of: Library, article_id: str) -> Document:
        document = read(of, article_id)
        library.apply(article_id, Add(mark("нева")), author=BORIS)
        return document

    monkeypatch.setattr(Library, "document", read_then_changed)
    outcome = step_everywhere(library, steps, Run(ANNA, "undo"), "паром")
    assert isinstance(outcome, Saved)
    assert "нева" not in outcome.document.by_id
    assert outcome.signature not in (None, library.signature("паром"))


def test_a_step_is_left_where_its_own_author_built_on_it(library: Library, steps: Steps) -> None:
    everywhere(library, steps)
    changed = replace(mark("маяк2", 22, 29), label="LOC")
    do(library, steps, "маяк", Change(mark("маяк2", 22, 29), changed), "after")
    assert (on_article(library, steps, "верфь").left, counts(library)) == (1, "0 2 0")
    assert on_article(library, steps, "маяк").operation == "after"
    assert on_article(library, steps, "маяк").operation == "all"
    assert counts(library) == "0 0 0"


def test_a_stopped_undo_goes_on_from_the_list(library: Library, steps: Steps) -> None:
    everywhere(library, steps)
    run = Run(ANNA, "undo", stop=True)
    outcome = step_everywhere(library, steps, run, "верфь")
    assert isinstance(outcome, Saved)
    assert outcome.entry is not None
    steps.note("верфь", outcome.entry)
    assert run_in_words(run) == (
        "undone: annotated ORG «Нева» in 2 places; stopped before 2 articles: u goes on"
    )
    choose({"undo": ("f8",), "undo-anywhere": ("f9",)})
    try:
        assert run_in_words(run).endswith("stopped before 2 articles: F8 goes on")
        assert run_in_words(run, with_title=True).endswith("stopped before 2 articles: F9 goes on")
    finally:
        choose({})
    assert on_list(library, steps).articles == ["маяк", "паром"]
    assert on_list(library, steps, "redo").articles == ["верфь", "маяк", "паром"]


def test_without_the_list_of_steps_an_article_has_its_part(library: Library, steps: Steps) -> None:
    everywhere(library, steps)
    for path in state_folder().glob("*.steps"):
        path.unlink()
    run = on_article(library, steps, "маяк")
    assert (run.articles, counts(library)) == (["маяк"], "2 0 2")


# the last step anywhere


def test_steps_are_undone_from_the_list_in_their_order_over_all_articles(
    library: Library, steps: Steps
) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, steps, "паром", Add(mark("p")), "two")
    do(library, steps, "маяк", Add(mark("n", 22, 29)), "three")
    undone = [on_list(library, steps).operation for _ in range(4)]
    assert undone == ["three", "two", "one", None]
    redone = [on_list(library, steps, "redo").operation for _ in range(4)]
    assert redone == ["one", "two", "three", None]
    assert counts(library) == "0 2 1"


def test_what_was_undone_says_its_article(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    run = on_list(library, steps)
    assert (
        run_in_words(run, with_title=True)
        == "undone: «Нева» is not annotated as ORG any more, in «Маяк»"
    )


def test_nobody_undoes_what_others_did(library: Library, steps: Steps) -> None:
    saved = library.apply("маяк", Add(mark("m")), author=BORIS)
    assert isinstance(saved, Saved)
    assert saved.entry is not None
    steps.note("маяк", saved.entry)  # as if both had one state folder
    assert not on_list(library, steps).found
    assert counts(library) == "0 1 0"


def test_what_was_undone_on_another_machine_is_passed_over(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, steps, "паром", Add(mark("p")), "two")
    library.undo("паром", author=ANNA)
    assert on_list(library, steps).operation == "one"


def test_many_steps_undone_on_another_machine_take_few_readings(
    library: Library, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(9):
        do(library, steps, "маяк", Add(mark(f"m{number}")), f"{number}")
    for _ in range(8):
        library.undo("маяк", author=ANNA)
    asked: list[str] = []
    undo = Library.undo

    def count(of: Library, article_id: str, **options: Any) -> Outcome:
        asked.append(article_id)
        return undo(of, article_id, **options)

    monkeypatch.setattr(Library, "undo", count)
    assert on_list(library, steps).operation == "0"
    assert asked == ["маяк", "маяк"], "one that was undone there, and the one that was not"


def test_an_article_that_is_gone_is_passed_over(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, steps, "паром", Add(mark("p")), "two")
    for suffix in (".json", ".log"):
        library.article_path("паром").with_suffix(suffix).unlink()
    assert on_list(library, steps).operation == "one"


def test_a_conflict_is_told_and_passed_over_the_next_time(library: Library, steps: Steps) -> None:
    do(library, steps, "маяк", Add(mark("m")), "one")
    do(library, steps, "паром", Add(mark("p")), "two")
    library.apply("паром", Change(mark("p"), replace(mark("p"), label="LOC")), author=BORIS)
    run = on_list(library, steps)
    assert run_in_words(run).startswith(
        "nothing was undone; boris changed the label from ORG to LOC at "
    )
    assert run.operation == "two"
    assert on_list(library, steps, skip=["two"]).operation == "one"


def test_a_damaged_article_is_told_and_the_rest_is_undone(library: Library, steps: Steps) -> None:
    everywhere(library, steps)
    for suffix in (".json", ".log"):
        library.article_path("маяк").with_suffix(suffix).write_text("?", encoding="utf-8")
    run = on_list(library, steps)
    assert run.articles == ["верфь", "паром"]
    assert "1 article not saved: " in run_in_words(run)


def test_where_nothing_is_left_the_last_step_elsewhere_is_told(
    library: Library, steps: Steps
) -> None:
    assert (
        elsewhere_in_words(elsewhere(library, steps, ANNA, "паром")) == "there is nothing to undo"
    )
    do(library, steps, "маяк", Add(mark("m")), "one")
    run = Run(ANNA, "undo")
    assert step_everywhere(library, steps, run, "паром") == Nothing()
    assert elsewhere(library, steps, ANNA, "маяк") is None
    assert elsewhere_in_words(elsewhere(library, steps, ANNA, "паром")) == (
        "nothing to undo in this article; your last step, in «Маяк»: «Нева»: add ORG. "
        "u in the list takes it back"
    )


def test_one_operation_can_be_chosen_and_only_its_own_author_undoes_it(library: Library) -> None:
    library.apply("маяк", Add(mark("a")), author=ANNA, operation="one")
    library.apply("маяк", Add(mark("b", 22, 29)), author=ANNA, operation="two")
    assert library.undo("маяк", author=BORIS, operation="one") == Nothing()
    assert isinstance(library.undo("маяк", author=ANNA, operation="one"), Saved)
    assert [each.id for each in library.document("маяк").annotations] == ["b"]
    assert library.redo("маяк", author=ANNA, skip=["one"]) == Nothing()
    theirs = Add(replace(mark("a"), label="LOC"))
    library.apply("маяк", theirs, author=BORIS)
    conflict = library.redo("маяк", author=ANNA, operation="one")
    assert isinstance(conflict, Conflict)
    assert conflict.operation == "one"
