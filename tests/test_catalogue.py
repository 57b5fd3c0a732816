"""The list of a library: what is in it, in which order, and what comes next."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from annotations import edits
from annotations.model import Document
from store.library import Library, Saved
from store.summaries import Catalogue, Progress, Selection, Summary, summarise
from tests.screen.conftest import harbour

READ = {"b", "d"}


def summary(id_: str, title: str, date: str | None, source: str, left: int, who: str) -> Summary:
    return Summary(id_, 1, title, date, source, left, 1, 0, tuple(who.split()))


ALL = (
    summary("a", "Мост открыт", "2025-11-04", "Курьер", 3, "anna boris"),
    summary("b", "«Ангара» спущена", "2025-11-04", "вестник", 0, "anna"),
    summary("c", "завод строят", "2025-12-01T08:30:00Z", "", 7, "annabel"),
    summary("d", "Ёлку привезли", None, "Курьер", 3, ""),
    summary("e", "Якорь поднят", "2024-01-31", "Вестник", 0, "boris"),
)


def catalogue(summaries: Sequence[Summary] = ALL) -> Catalogue:
    made = Catalogue("anna", READ)
    made.take(summaries)
    return made


def test_of_some_articles_the_others_are_passed_over_also_after_one_has_changed() -> None:
    made, among = catalogue(), {"b", "c", "e", "not there"}
    made.take([replace(ALL[2], revision=2, suggested=0)])
    selection = Selection()
    assert [each.article_id for each in made.select(selection, among)] == ["c", "b", "e"]
    assert made.neighbour(selection, "b", 1, among=among) == "e"
    assert made.neighbour(selection, "a", -1, among=among) == "b"
    assert made.neighbour(selection, "e", 1, among=among) is None


def listed(made: Catalogue, order: str = "date", only: str = "all", text: str = "") -> str:
    return "".join(each.article_id for each in made.select(Selection(order, only, text)))


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("date", "cbaed", id="the newest first, of one day by title, undated last"),
        pytest.param("title", "bdcae", id="neither case nor «» counts, ё is е"),
        pytest.param("source", "beadc", id="case does not count, no source last"),
        pytest.param("suggestions", "cadbe", id="the most first"),
    ],
)
def test_the_list_is_sorted(order: str, expected: str) -> None:
    assert listed(catalogue(), order) == expected


@pytest.mark.parametrize(
    ("only", "text", "expected"),
    [
        ("all", "", "cbaed"),
        ("unread", "", "cae"),
        ("with suggestions", "", "cad"),
        ("mine", "", "ba"),
        ("all", "ВЕСТНИК", "be"),
        ("all", "2025-11", "ba"),
        ("all", "елку", "d"),
        ("unread", "мост", "a"),
        ("mine", "завод", ""),
    ],
)
def test_the_list_is_narrowed(only: str, text: str, expected: str) -> None:
    assert listed(catalogue(), only=only, text=text) == expected


@pytest.mark.parametrize(
    ("order", "only", "start", "direction", "expected"),
    [
        ("date", "all", "c", 1, "b"),
        ("date", "all", "d", 1, None),
        ("date", "all", "c", -1, None),
        ("source", "all", "a", -1, "e"),
        ("date", "unread", "b", 1, "a"),
        ("date", "unread", "b", -1, "c"),
        ("date", "all", "nothing", 1, None),
    ],
)
def test_the_next_article_is_the_next_of_what_is_listed(
    order: str, only: str, start: str, direction: int, expected: str | None
) -> None:
    """Also from an article that is not listed, or no longer."""
    assert catalogue().neighbour(Selection(order, only), start, direction) == expected


@pytest.mark.parametrize(
    ("only", "start", "direction", "expected"),
    [
        ("all", "a", 1, "d"),
        ("all", "d", 1, "c"),
        ("all", "c", -1, "d"),
        ("mine", "a", 1, None),
        ("mine", "b", 1, "a"),
    ],
)
def test_the_next_with_suggestions_goes_round(
    only: str, start: str, direction: int, expected: str | None
) -> None:
    made = catalogue()
    selection = Selection(only=only)
    assert made.neighbour(selection, start, direction, with_suggestions=True) == expected


def test_progress_counts_articles_and_suggestions() -> None:
    made = catalogue()
    assert made.progress == Progress(articles=5, finished=2, suggestions=13)
    made.take([replace(ALL[0], revision=2, suggested=0)])
    assert made.progress == Progress(articles=5, finished=3, suggestions=10)


def test_an_older_summary_changes_nothing() -> None:
    made = catalogue()
    made.take([replace(ALL[0], revision=0, suggested=9)])
    assert made.get("a") == ALL[0]


@pytest.mark.parametrize("order", ["date", "title", "source", "suggestions"])
@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_what_comes_in_parts_is_listed_as_what_comes_at_once(order: str, at_once: int) -> None:
    """Many summaries, some of which change while the list is sorted."""
    whole = [
        summary(
            f"{i:02}", f"Статья {i * 7 % 13}", f"2025-01-{i % 9 + 1:02}", f"S{i % 4}", i % 5, ""
        )
        for i in range(60)
    ]
    changed = [replace(each, revision=2, suggested=8) for each in whole[::4]]
    parts = catalogue([])
    parts.select(Selection(order))
    for start in range(0, 60, at_once):
        parts.take(whole[start : start + at_once])
    for start in range(0, 15, at_once):
        parts.take(changed[start : start + at_once])
    newest = {each.article_id: each for each in (*whole, *changed)}
    at_end = catalogue(list(newest.values()))
    assert parts.select(Selection(order)) == at_end.select(Selection(order))
    assert parts.progress == at_end.progress
    assert len(parts.select(Selection("date"))) == 60


def test_one_article_twice_in_a_batch_is_listed_once() -> None:
    newer = replace(ALL[0], revision=2)
    made = catalogue([ALL[0], newer])
    assert made.select(Selection()) == [newer]
    assert made.progress.articles == 1


def test_who_accepted_something_has_decided_something_until_it_is_undone(library: Library) -> None:
    def decided_by() -> tuple[str, ...]:
        document = library.document("harbour")
        return summarise(document, library.history("harbour")).annotators

    def accept(document: Document, author: str) -> None:
        change = edits.set_status(
            document.annotations[0], "accepted", edits.Stamp(author, "2026-02-01T10:00:00Z")
        )
        assert isinstance(library.apply("harbour", change, author=author), Saved)

    assert decided_by() == ()
    accept(harbour(), "user:boris")
    assert decided_by() == ("boris",)
    library.undo("harbour", author="user:boris")
    assert decided_by() == ()


@pytest.fixture
def library(tmp_path: object) -> Library:
    made = Library.create(tmp_path / "library")  # type: ignore[operator]
    made.add(harbour())
    return made
