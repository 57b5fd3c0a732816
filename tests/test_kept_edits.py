"""Edits that are not in the library yet outlive the session, until they are saved or given up."""

from dataclasses import replace
from pathlib import Path

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Edit, Stamp
from annotations.model import Annotation, Article, Document, Span
from store.errors import CannotWrite
from store.person import own_lines
from store.person.kept_edits import KeptEdit, KeptEdits, is_done, stacked

NOON, LATER = "2026-01-31T12:00:00Z", "2026-01-31T13:00:00Z"
ANNA = Stamp("user:anna", NOON)
ARTICLE = make_article("Паром вышел из Костомукши в Сегежу утром.", id="ferry")
TOWN = Annotation("town", 15, 25, "LOC", "recogniser:test", NOON, NOON)


def accept(annotation: Annotation = TOWN) -> Edit:
    return edits.set_status(annotation, "accepted", ANNA)


def add(at: str = NOON) -> Edit:
    return edits.new_annotation(Span(28, 34), "LOC", Stamp("user:anna", at))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "key.unsaved"


def keep(kept: KeptEdits, operation: str, edit: Edit, article: Article = ARTICLE) -> None:
    kept.keep(article, KeptEdit(operation, edit, f"said of {operation}"))


def test_the_next_session_has_what_was_kept_in_its_order(path: Path) -> None:
    kept = KeptEdits(path)
    keep(kept, "o1", accept())
    keep(kept, "o2", add())
    assert kept.is_on_disk
    again = KeptEdits(path)
    assert again.of(ARTICLE) == kept.of(ARTICLE)
    assert [each.edit for each in again.of(ARTICLE)] == [accept(), kept.of(ARTICLE)[1].edit]
    assert [(each.article_id, each.said) for each in again.all()] == [
        ("ferry", "said of o1"),
        ("ferry", "said of o2"),
    ]


def test_what_is_dropped_does_not_come_back_and_leaves_nothing(path: Path) -> None:
    kept = KeptEdits(path)
    keep(kept, "o1", accept())
    keep(kept, "o2", add())
    kept.drop("o1")
    assert [each.operation for each in KeptEdits(path).of(ARTICLE)] == ["o2"]
    kept.drop("o2")
    kept.drop("o2")
    assert path.read_bytes() == b""


def test_what_another_session_keeps_meanwhile_stays(path: Path) -> None:
    one, other = KeptEdits(path), KeptEdits(path)
    keep(one, "o1", accept())
    keep(other, "o2", add())
    one.drop("o1")
    assert [each.operation for each in KeptEdits(path).of(ARTICLE)] == ["o2"]


def test_of_a_full_disk_it_is_kept_in_the_session_until_there_is_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CannotWrite("the disk is full")

    kept = KeptEdits(path)
    with monkeypatch.context() as full:
        full.setattr(own_lines, "append", refuse)
        keep(kept, "o1", accept())
    assert not kept.is_on_disk
    assert kept.problem == "the disk is full"
    assert kept.count("ferry") == 1
    kept.write()
    assert kept.is_on_disk
    assert KeptEdits(path).count("ferry") == 1


@pytest.mark.parametrize("line", ["{", "[]", '{"operation": 1}', '{"operation": "o", "edit": {}}'])
def test_a_line_that_is_not_ours_is_passed_over(path: Path, line: str) -> None:
    keep(KeptEdits(path), "o1", accept())
    with path.open("a") as file:
        file.write(line + "\n")
    assert KeptEdits(path).count("ferry") == 1


def test_an_edit_of_another_text_can_be_given_up_alone(path: Path) -> None:
    kept = KeptEdits(path)
    keep(kept, "o1", accept())
    other = make_article("Паром не вышел из порта.", id="ferry")
    assert kept.of(other) == []
    assert [each.operation for each in kept.all()] == ["o1"]


def test_what_is_wanted_later_loses_nothing_of_what_was_wanted_first(path: Path) -> None:
    kept = KeptEdits(path)
    keep(kept, "o1", accept())
    keep(kept, "o2", edits.set_status(TOWN, "rejected", ANNA))
    keep(kept, "o1", edits.write_note(TOWN, "порт?", ANNA))
    assert [each.operation for each in kept.of(ARTICLE)] == ["o1", "o2"]
    again = KeptEdits(path).of(ARTICLE)
    assert again == kept.of(ARTICLE), "what is kept anew stays in its place"
    assert again[0].edit == edits.write_note(TOWN, "порт?", ANNA)


def test_what_waits_is_stacked_in_its_order() -> None:
    one = edits.set_status(TOWN, "rejected", ANNA)
    other = edits.write_note(one.after, "порт?", ANNA)
    waiting = [KeptEdit("o1", one, ""), KeptEdit("o2", other, "")]
    document, found = stacked(Document(ARTICLE, (TOWN,)), waiting, ANNA)
    assert document.annotations == (other.after,)
    assert found == waiting


def test_what_has_to_be_decided_first_is_not_stacked_nor_what_was_made_upon_it() -> None:
    theirs = replace(TOWN, status="rejected", modified=LATER)
    mine = edits.set_status(TOWN, "accepted", ANNA)
    upon = edits.set_status(mine.after, "suggested", ANNA)
    free = add()
    waiting = [KeptEdit("o1", mine, ""), KeptEdit("o2", upon, ""), KeptEdit("o3", free, "")]
    document, found = stacked(Document(ARTICLE, (theirs,)), waiting, ANNA)
    assert theirs in document.annotations
    assert [each.operation for each in found] == ["o3"]


def test_a_note_of_theirs_does_not_keep_a_decision_of_mine_off_the_stack() -> None:
    theirs = replace(TOWN, note="порт?", modified=LATER)
    document, found = stacked(Document(ARTICLE, (theirs,)), [KeptEdit("o1", accept(), "")], ANNA)
    assert [(each.status, each.note) for each in document.annotations] == [("accepted", "порт?")]
    assert len(found) == 1


def test_what_somebody_else_has_added_is_done() -> None:
    theirs = add(LATER)
    assert isinstance(theirs, edits.Add)
    assert is_done(Document(ARTICLE, (theirs.annotation,)), add())
    assert not is_done(Document(ARTICLE, (TOWN,)), add())
    assert not is_done(Document(ARTICLE, (TOWN,)), accept())
