"""Whose an annotation is: who decided on it last, else who found it."""

from dataclasses import replace

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation
from store.article.deciding import decisions_in
from store.article.journal import HistoryEntry
from tui.deciders import Deciders

FOUND = Annotation(
    "a", 0, 4, "LOC", "recogniser:slovnet", "2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"
)
LATER, LAST = "2026-01-31T11:00:00Z", "2026-01-31T12:00:00Z"


def entries(*edits: tuple[str, Edit]) -> list[HistoryEntry]:
    return [
        HistoryEntry(number, f"o{number}", author, LATER, edit)
        for number, (author, edit) in enumerate(edits, 1)
    ]


def test_who_accepted_a_suggestion_has_decided_it() -> None:
    accepted = replace(FOUND, status="accepted", modified=LATER)
    deciders = Deciders(
        "user:anna", True, decisions_in(entries(("user:boris", Change(FOUND, accepted))))
    )
    assert deciders.of(accepted) == "user:boris"
    assert not deciders.is_mine(accepted)


def test_what_nobody_decided_is_its_finders() -> None:
    assert Deciders("user:anna", True).of(FOUND) == "recogniser:slovnet"


def test_what_was_changed_since_the_history_was_read_is_mine_whatever_the_clock_says() -> None:
    accepted = replace(FOUND, status="accepted", modified=LATER)
    again = replace(accepted, status="rejected", modified="1999-01-01T00:00:00Z")
    read = decisions_in(entries(("user:boris", Change(FOUND, accepted))))
    change = HistoryEntry(2, "o2", "user:anna", again.modified, Change(accepted, again))
    deciders = Deciders("user:anna", True, read).after(change)
    assert deciders.is_mine(again)
    assert deciders.of(accepted) == "user:boris"


def test_a_note_decides_nothing() -> None:
    accepted = replace(FOUND, status="accepted", modified=LATER)
    noted = replace(accepted, note="точно?", modified=LAST)
    assert (
        decisions_in(
            entries(("user:boris", Change(FOUND, accepted)), ("user:anna", Change(accepted, noted)))
        )[("a", LAST, "accepted")]
        == "user:boris"
    )
    only_noted = replace(FOUND, note="точно?", modified=LAST)
    assert decisions_in(entries(("user:anna", Change(FOUND, only_noted)))) == {
        ("a", LAST, "suggested"): "recogniser:slovnet"
    }


def test_steps_of_many_edits_are_looked_into() -> None:
    other = replace(FOUND, id="b", modified=LATER)
    step = Group((Add(other), Remove(FOUND)))
    assert decisions_in(entries(("user:boris", step))) == {("b", LATER, "suggested"): "user:boris"}


def test_what_an_undo_brings_back_is_whose_it_was() -> None:
    accepted = replace(FOUND, status="accepted", modified=LATER)
    relabelled = replace(accepted, label="ORG", author="user:anna", modified=LAST)
    done = entries(
        ("user:boris", Change(FOUND, accepted)), ("user:anna", Change(accepted, relabelled))
    )
    undo = HistoryEntry(3, "o3", "user:anna", LAST, Change(relabelled, accepted), undoes="o2")
    for read in (done, [*done, undo]):
        deciders = Deciders("user:anna", True, decisions_in(read))
        assert deciders.of(accepted) == "user:boris"
        assert deciders.is_mine(relabelled)


def test_before_the_history_is_read_only_what_others_made_is_theirs() -> None:
    accepted = replace(FOUND, status="accepted", modified=LATER)
    unread = Deciders("user:anna")
    assert unread.is_mine(accepted)
    assert unread.of(accepted) == "recogniser:slovnet"
    assert not unread.is_mine(replace(accepted, author="user:boris"))
