"""Others' changes are read from the end of the journal, or the article is read as a whole."""

from pathlib import Path

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Annotation, Document
from store.article.catching_up import catch_up
from store.library import Library

NOON = "2026-01-31T12:00:00Z"
BORIS = Stamp("user:boris", NOON)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    found = Annotation("a", 5, 10, "LOC", "recogniser:test", NOON, NOON)
    library.add(Document(make_article("Порт Актау примет суда.", id="port"), (found,)))
    return library


def accept(library: Library, author: str = "user:boris") -> None:
    (found,) = library.document("port").annotations
    status = "rejected" if found.status == "accepted" else "accepted"
    library.apply("port", edits.set_status(found, status, BORIS), author=author)


def test_what_others_changed_follows_on_from_what_is_known(library: Library) -> None:
    known, signature = library.document("port"), library.signature("port")
    for _ in range(3):
        accept(library)
    caught = catch_up(library.path, known, signature)
    assert caught is not None
    assert caught.document == library.document("port")
    assert caught.entries == library.history("port")
    assert caught.signature == library.signature("port")


def test_where_nothing_was_changed_nothing_is_new(library: Library) -> None:
    known, signature = library.document("port"), library.signature("port")
    caught = catch_up(library.path, known, signature)
    assert caught is not None
    assert (caught.document, caught.entries) == (known, ())


def test_the_signature_of_a_save_is_where_the_next_change_begins(library: Library) -> None:
    (found,) = library.document("port").annotations
    mine = edits.set_status(found, "accepted", Stamp("user:anna", NOON))
    saved = library.apply("port", mine, author="user:anna")
    accept(library)
    caught = catch_up(library.path, saved.document, saved.signature)
    assert caught is not None
    assert [entry.author for entry in caught.entries] == ["user:boris"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-5] + b"xxxx\n"),
        lambda path: path.write_bytes(path.read_bytes()[:10]),
        lambda path: path.replace(path.with_suffix(".old")),
        lambda path: (
            path.with_suffix(".new").write_bytes(path.read_bytes())
            and path.with_suffix(".new").replace(path)
        ),
    ],
    ids=["damaged", "shorter", "gone", "another file"],
)
def test_a_journal_that_does_not_follow_on_is_left_to_who_reads_it_whole(
    library: Library, break_it: object
) -> None:
    assert callable(break_it)
    known, signature = library.document("port"), library.signature("port")
    accept(library)
    (path,) = library.path.glob("articles/*/*.log")
    break_it(path)
    assert catch_up(library.path, known, signature) is None


def test_a_document_of_another_revision_does_not_follow_on(library: Library) -> None:
    known = library.document("port")
    accept(library)
    signature = library.signature("port")
    accept(library)
    assert catch_up(library.path, known, signature) is None
    assert catch_up(library.path, known, None) is None
