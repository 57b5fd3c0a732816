"""Whatever becomes of a save, the edit is in the library or kept."""

from pathlib import Path

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Document, Span
from store.article.outcomes import Outcome, Saved
from store.errors import CannotWrite
from store.person.kept_edits import KeptEdits
from tui.attempts import Attempt

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
