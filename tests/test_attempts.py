"""Whatever becomes of a save, the edit is in the library or kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Document, Span
from store.article.outcomes import Outcome, Saved
from store.errors import CannotWrite
from store.person import own_lines
from store.person.kept_edits import KeptEdits
from tui import attempts
from tui.attempts import Attempt, keep_trying

ARTICLE = make_article("Паром вышел из Костомукши в Сегежу утром.", id="ferry")
EDIT = edits.new_annotation(Span(15, 25), "LOC", Stamp("user:anna", "2026-01-31T12:00:00Z"))


@pytest.fixture
def kept(tmp_path: Path) -> KeptEdits:
    return KeptEdits(tmp_path / "key.unsaved")


def saved() -> Outcome:
    return Saved(Document(ARTICLE))


def refused() -> Outcome:
    raise CannotWrite("the disk is full")


def test_what_the_disk_refuses_is_kept_until_it_is_saved(kept: KeptEdits) -> None:
    first = Attempt(ARTICLE, kept, "added", edit=EDIT)
    with pytest.raises(CannotWrite):
        first.run(refused)
    assert [each.operation for each in kept.of(ARTICLE)] == [first.operation]
    Attempt(ARTICLE, kept, "added", first.operation, EDIT).run(saved)
    assert kept.of(ARTICLE) == []


def test_a_save_that_waits_is_kept_and_dropped_when_it_is_through(kept: KeptEdits) -> None:
    attempt = Attempt(ARTICLE, kept, "added", edit=EDIT)

    def write() -> Outcome:
        attempt.keep()
        assert kept.count("ferry") == 1
        return saved()

    attempt.run(write)
    attempt.keep()
    assert kept.count("ferry") == 0, "it is over: nothing waits any longer"


def test_an_undo_is_not_kept(kept: KeptEdits) -> None:
    with pytest.raises(CannotWrite):
        Attempt(ARTICLE, kept, "").run(refused)
    assert kept.all() == []


def test_what_could_not_be_kept_is_written_again_until_it_is(
    kept: KeptEdits, monkeypatch: pytest.MonkeyPatch
) -> None:
    timers: list[Callable[[], None]] = []

    def set_timer(_seconds: float, call: Callable[[], None]) -> None:
        timers.append(call)

    def full(*_: object) -> None:
        raise CannotWrite("the disk is full")

    class AtOnce:
        """A thread that is through when it has been started."""

        def __init__(self, target: Callable[[], None], **_options: object) -> None:
            self.start = target

    with monkeypatch.context() as refusing:
        refusing.setattr(own_lines, "append", full)
        with pytest.raises(CannotWrite):
            Attempt(ARTICLE, kept, "added", edit=EDIT).run(refused)
    monkeypatch.setattr(attempts.threading, "Thread", AtOnce)
    keep_trying(kept, set_timer)
    keep_trying(kept, set_timer)
    assert len(timers) == 1, "not twice at once"
    assert not kept.is_on_disk
    timers.pop()()
    assert kept.is_on_disk
    timers.pop()()
    assert timers == [], "it is on the disk: nothing is left to do"
