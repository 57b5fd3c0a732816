"""Saved queries: what is kept of them for everybody and for one person, and what is new in them."""

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tinydb import TinyDB

from annotations.articles import make_article
from annotations.edits import Add
from annotations.errors import InvalidSavedQuery, QueryError
from annotations.model import Annotation, Document
from annotations.query.saved import SavedQuery, tidy
from store import shared_queries
from store.checkup.doctor import Doctor
from store.errors import CannotWrite, Damaged, StoreError
from store.feeds import Feeds
from store.index.index import Index
from store.index.keeping import open_index
from store.library import LIBRARY_FILE, Library
from store.person.personal import state_folder

DAY = "2026-01-31T10:00:00Z"
TODAY = date(2026, 1, 31)
BY = {"author": "user:anna", "at": DAY}
PORT = SavedQuery("Порт", "порт", **BY)
SCHOOLS = SavedQuery("Школы", "школа", **BY, is_shared=True)


def article(id_: str, text: str, day: str = "2026-01-30") -> Document:
    return Document(make_article(text, id=id_, title=id_, published=day))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(article("причал", "В порту построят причал.", "2026-01-10"))
    library.add(article("кран", "Порт получил кран."))
    library.add(article("школа", "Школу открыли рядом с портом."))
    return library


@pytest.fixture
def feeds(library: Library) -> Feeds:
    return Feeds(library.path)


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    found = open_index(library)
    yield found
    found.close()


def state_file() -> Path:
    (found,) = state_folder().glob("*.queries")
    return found


def look(library: Library, feeds: Feeds, query: SavedQuery) -> tuple[list[str], set[str]]:
    """The ids of what a query finds now, and of what of it is new; then it has been seen."""
    index = open_index(library)
    found = feeds.look(index, query, TODAY)
    index.close()
    feeds.mark_seen(query, found.keys)
    ids = {row.key: row.article_id for row in found.rows}
    return list(ids.values()), {ids[key] for key in found.new}


# what is saved


def test_queries_are_saved_for_everybody_and_for_oneself(library: Library, feeds: Feeds) -> None:
    feeds.save(SCHOOLS)
    feeds.save(PORT)
    assert Feeds(library.path).all() == [PORT, SCHOOLS]
    assert Feeds(library.path, library.path.parent / "boris").all() == [SCHOOLS]
    assert shared_queries.read(library.path) == (SCHOOLS,)


def test_one_name_may_be_one_s_own_and_the_library_s(feeds: Feeds) -> None:
    theirs = replace(PORT, is_shared=True, query="порт Актау")
    feeds.save(theirs)
    feeds.save(PORT)
    assert feeds.find(" порт ") == PORT
    assert feeds.find("ПОРТ", shared=True) == theirs
    assert feeds.find("причал") is None


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "п" * 61),
        ("name", "порт\nи кран"),
        ("name", "порт\t"),
        ("name", "по\u202eрт"),
        ("name", 5),
        ("query", " "),
        ("query", "п" * 2001),
        ("query", "порт\udcff"),
        ("at", None),
    ],
)
def test_a_name_or_a_query_that_cannot_be_one_is_refused(field: str, content: object) -> None:
    with pytest.raises(InvalidSavedQuery) as refused:
        replace(PORT, **{field: content})
    assert refused.value.field == field


def test_names_are_tidied_before_they_are_saved() -> None:
    assert tidy(" Город И\u0306огава\n") == "Город Йогава"


def test_a_query_that_means_nothing_is_not_saved(feeds: Feeds) -> None:
    with pytest.raises(QueryError) as refused:
        feeds.save(replace(PORT, query="порт (кран"))
    assert (refused.value.start, refused.value.end) == (5, 6)
    assert feeds.all() == []


@pytest.mark.parametrize("shared", [True, False])
def test_what_is_there_is_not_overwritten(feeds: Feeds, shared: bool) -> None:
    first = replace(PORT, is_shared=shared)
    feeds.save(first)
    with pytest.raises(StoreError, match=r"there is a query «Порт» already, by anna"):
        feeds.save(replace(first, name="порт", query="кран"))
    theirs = replace(first, query="порт кран", author="user:boris")
    feeds.save(theirs, first)
    with pytest.raises(StoreError, match=r"«Порт» was changed by boris on 2026-01-31"):
        feeds.save(replace(first, query="кран"), first)
    with pytest.raises(StoreError, match="was changed by boris"):
        feeds.remove(first)
    feeds.remove(theirs)
    with pytest.raises(StoreError, match="was removed meanwhile"):
        feeds.save(first, theirs)
    assert feeds.all() == []


def test_a_query_gets_another_name_and_another_owner(library: Library, feeds: Feeds) -> None:
    feeds.save(PORT)
    look(library, feeds, PORT)
    harbour = replace(PORT, name="Гавань")
    feeds.save(harbour, PORT)
    shared = replace(harbour, is_shared=True)
    feeds.save(shared, harbour)
    assert feeds.all() == [shared]
    assert look(library, feeds, shared)[1] == set()


def test_the_labels_stay_and_so_do_the_permissions(library: Library, feeds: Feeds) -> None:
    library.path.chmod(0o2770)
    feeds.save(SCHOOLS)
    path = library.path / LIBRARY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    with TinyDB(path) as database:
        (row,) = database.table("queries").all()
    assert row == {"name": "Школы", "query": "школа", **BY}
    assert Library.open(library.path).schema == library.schema


def test_a_disk_that_refuses_changes_nothing(feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds.save(PORT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.files.write_all", full)
    for query in (SCHOOLS, replace(PORT, name="Кран")):
        with pytest.raises(CannotWrite, match="the disk is full"):
            feeds.save(query)
    assert feeds.all() == [PORT]


# what is new


def test_all_matches_of_a_query_that_nobody_looked_at_are_new(feeds: Feeds, index: Index) -> None:
    assert feeds.counts(index, PORT, TODAY) == (3, 3)
    found = feeds.look(index, PORT, TODAY)
    assert [row.article_id for row in found.rows][-1] == "причал"
    feeds.mark_seen(PORT, found.keys)
    assert feeds.counts(index, PORT, TODAY) == (3, 0)


def test_an_article_that_came_is_new_and_one_that_went_is_forgotten(
    library: Library, feeds: Feeds
) -> None:
    feeds.save(PORT)
    assert len(look(library, feeds, PORT)[0]) == 3
    library.add(article("буксир", "Буксир вышел из порта.", "2026-01-31"))
    assert look(library, feeds, PORT)[1] == {"буксир"}
    assert look(library, feeds, PORT)[1] == set()


def test_an_article_is_new_when_an_edit_made_it_match(library: Library, feeds: Feeds) -> None:
    cranes = SavedQuery("Организации", "label:ORG", **BY)
    feeds.save(cranes)
    assert look(library, feeds, cranes) == ([], set())
    mark = Annotation("a", 0, 4, "ORG", "user:anna", DAY, DAY, value={"name": "Порт"})
    library.apply("кран", Add(mark), author="user:anna")
    assert look(library, feeds, cranes) == (["кран"], {"кран"})


def test_days_are_counted_back_from_the_day_of_the_look(feeds: Feeds, index: Index) -> None:
    week = SavedQuery("Неделя", "newer:7d порт", **BY)
    assert feeds.counts(index, week, TODAY) == (2, 2)
    assert feeds.counts(index, week, date(2026, 3, 1)) == (0, 0)


def test_a_query_with_another_text_is_another_one(feeds: Feeds, library: Library) -> None:
    feeds.save(PORT)
    look(library, feeds, PORT)
    other = replace(PORT, query="порт кран")
    feeds.save(other, PORT)
    assert look(library, feeds, other)[1] == {"кран"}


def test_each_person_has_seen_what_they_have_seen(library: Library, feeds: Feeds) -> None:
    feeds.save(SCHOOLS)
    assert look(library, feeds, SCHOOLS)[1] == {"школа"}
    boris = Feeds(library.path, library.path.parent / "boris")
    assert look(library, boris, SCHOOLS)[1] == {"школа"}
    assert look(library, feeds, SCHOOLS)[1] == set()


def test_of_queries_that_are_gone_nothing_is_kept(library: Library, feeds: Feeds) -> None:
    feeds.save(PORT)
    feeds.save(SCHOOLS)
    look(library, feeds, PORT)
    feeds.remove(PORT)
    look(library, feeds, SCHOOLS)
    kept = json.loads(state_file().read_text())
    assert [(each["name"], len(each["keys"])) for each in kept["seen"]] == [("школы", 16)]


# files that are not as they should be


def test_it_is_the_person_s_alone(library: Library, feeds: Feeds) -> None:
    feeds.save(PORT)
    assert [path.stat().st_mode & 0o777 for path in state_folder().iterdir()] == [0o600]
    assert not list(library.path.glob("*.queries"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff{", id="no text"),
        pytest.param(b"[]", id="no object"),
        pytest.param({"schema": "zametka-queries/2"}, id="another version's"),
        pytest.param({"library": "/elsewhere"}, id="another library's"),
        pytest.param({"queries": None}, id="no queries"),
        pytest.param({"queries": [{"name": "Порт"}]}, id="a query without a text"),
        pytest.param({"queries": [PORT.row() | {"name": 5}]}, id="a number for a name"),
        pytest.param({"queries": [PORT.row() | {"colour": "red"}]}, id="an unknown key"),
        pytest.param({"seen": 5}, id="a number for what was seen"),
        pytest.param({"seen": [{"shared": True}]}, id="a query without a name"),
        pytest.param(
            {"seen": [{"shared": True, "name": "а", "query": "а", "keys": "0z"}]}, id="no keys"
        ),
    ],
)
def test_what_is_not_ours_is_passed_over_told_and_kept_aside(
    library: Library, feeds: Feeds, change: bytes | dict[str, object]
) -> None:
    feeds.save(PORT)
    path = state_file()
    if isinstance(change, dict):
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
    else:
        path.write_bytes(change)
    bad = path.read_bytes()
    assert feeds.all() == []
    assert "passed over" in str(feeds.problem)
    feeds.save(replace(PORT, name="Кран"))
    assert [each.name for each in feeds.all()] == ["Кран"]
    assert feeds.problem == ""
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == bad


ROWS = [
    {"name": "Порт"},
    {"name": "Порт", "query": 5, **BY},
    {"name": "По\x1bрт", "query": "порт", **BY},
    {"name": "Порт", "query": "порт", **BY, "unknown": ""},
]


@pytest.mark.parametrize("row", ROWS)
def test_a_damaged_row_is_found_by_the_doctor_and_left_out(
    library: Library, feeds: Feeds, row: dict[str, object]
) -> None:
    feeds.save(SCHOOLS)
    with TinyDB(library.path / LIBRARY_FILE) as database:
        database.table("queries").insert(row)
    with pytest.raises(Damaged, match=LIBRARY_FILE):
        feeds.all()
    assert Library.open(library.path).schema == library.schema
    assert kinds(library) == ["library"]
    assert kinds(library, repairs=True) == ["library", "library"]
    assert feeds.all() == [SCHOOLS]
    assert "library" not in kinds(library)


def kinds(library: Library, *, repairs: bool = False) -> list[str]:
    found = (each for some in Doctor(library.path, repairs=repairs).check() for each in some)
    return [str(each.kind) for each in found]
