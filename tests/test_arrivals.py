"""What others have added or removed is noticed by the times of the folders."""

from pathlib import Path

import pytest

from annotations.articles import make_article
from annotations.model import Document
from store import root
from store.copies import trash
from store.library import Library
from store.sharing.arrivals import Arrivals


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(Document(make_article("Мост открыт.", id="мост")))
    return library


def test_what_has_come_and_what_has_gone(library: Library) -> None:
    arrivals = Arrivals(library)
    assert arrivals.look(["мост"]) == ([], [])
    library.add(Document(make_article("Река вскрылась.", id="река")))
    trash.remove(library, "мост", "user:boris")
    assert arrivals.look(["мост"]) == (["река"], ["мост"])


def test_nothing_is_listed_while_no_folder_has_another_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals = Arrivals(library)
    arrivals.look(["мост"])
    monkeypatch.delattr(root, "keys")
    assert arrivals.look([]) == ([], [])


def test_a_damaged_article_is_passed_over_and_found_when_it_is_mended(library: Library) -> None:
    path = library.file("мост").snapshot_path
    data = path.read_bytes()
    path.write_bytes(b"")
    arrivals = Arrivals(library)
    assert arrivals.look([]) == ([], [])
    path.unlink()
    path.write_bytes(data)
    assert arrivals.look([]) == (["мост"], [])
