"""Random damage to an article's files; `make faults` does the same more often."""

from pathlib import Path

import pytest

from store.article import journal
from tests.faults import corruption


def test_damage_is_recovered_or_reported(tmp_path: Path) -> None:
    result = corruption.corruption(tmp_path, 80)
    assert result.failures == ()
    for what in (corruption.READABLE, corruption.UNREADABLE, corruption.TAKEN_BACK):
        assert what in result.seen


def test_a_journal_that_is_believed_unseen_does_not_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is checked of each round notices a store that does not check its lines."""
    monkeypatch.setattr(journal, "fits", bool)
    assert corruption.corruption(tmp_path, 10).failures
