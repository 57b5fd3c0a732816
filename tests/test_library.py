"""A library: what it keeps, what it refuses, and what lies on the disk."""

import os
import pwd
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage

from annotations import edits
from annotations.edits import Add, Change, Group, Remove
from annotations.errors import InvalidAnnotation, InvalidSpan
from annotations.model import Annotation, Article, Document, Source
from annotations.schema import DEFAULT_SCHEMA
from store.errors import (
    ArticleExists,
    ArticleNotFound,
    CannotWrite,
    Damaged,
    NoLibrary,
    StoreError,
    Unreadable,
)
from store.library import LIBRARY_FILE, Conflict, Library, Saved, login, now

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Мэр Твери Олег Зимин открыл мост через Тверцу за 40 млн рублей."


def article(id_: str = "тверь", text: str = TEXT, **more: Any) -> Article:
    return Article(id_, text, "Мост открыт", **more)


def mark(words: str, label: str, id_: str, **more: Any) -> Annotation:
    start = TEXT.index(words)
    return Annotation(
        id=id_, start=start, end=start + len(words), label=label, author=ANNA,
        created=AT, modified=AT, status="accepted", **more,
    )  # fmt: skip


CITY = mark("Твери", "LOC", "a1", value={"name": "Тверь"})
MAYOR = mark("Олег Зимин", "PER", "a2", value={"name": "Олег Зимин"}, entity="e1", note="мэр")
COST = mark(
    "40 млн рублей", "MONEY", "a3", value={"min": "40000000", "max": "40000000", "unit": "RUB"}
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


@pytest.fixture
def filled(library: Library) -> Library:
    library.add(Document(article(), (CITY, MAYOR)))
    return library


def saved(result: object) -> Document:
    assert isinstance(result, Saved), result
    return result.document


class TestCreateAndOpen:
    def test_a_new_library_has_the_default_labels_and_no_articles(self, library: Library) -> None:
        assert library.schema == DEFAULT_SCHEMA
        assert list(library.ids()) == []
        assert list(library.documents()) == []

    def test_creating_twice_opens_what_is_there(self, filled: Library) -> None:
        again = Library.create(filled.path)
        assert list(again.ids()) == ["тверь"]

    def test_parents_are_made(self, tmp_path: Path) -> None:
        assert Library.create(tmp_path / "a" / "b" / "c").path.is_dir()

    def test_an_empty_folder_becomes_a_library(self, tmp_path: Path) -> None:
        assert list(Library.create(tmp_path).ids()) == []

    def test_a_half_made_library_is_completed(self, library: Library) -> None:
        (library.path / LIBRARY_FILE).unlink()
        assert Library.create(library.path).schema == DEFAULT_SCHEMA

    def test_a_folder_with_other_things_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "диплом.txt").write_text("текст")
        with pytest.raises(NoLibrary, match="диплом"):
            Library.create(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["диплом.txt"]

    def test_a_file_is_no_library(self, tmp_path: Path) -> None:
        path = tmp_path / "file"
        path.write_text("текст")
        with pytest.raises(NoLibrary, match="is a file"):
            Library.create(path)
        with pytest.raises(NoLibrary):
            Library.open(path)

    def test_opening_nothing_says_how_to_make_a_library(self, tmp_path: Path) -> None:
        with pytest.raises(NoLibrary, match=r"zametka add FILE.*zametka demo"):
            Library.open(tmp_path / "none")

    @pytest.mark.parametrize("content", ["{}", '{"_meta": {"1": {"schema": "zametka-library/9"}}}'])
    def test_another_json_file_is_no_library(self, tmp_path: Path, content: str) -> None:
        (tmp_path / LIBRARY_FILE).write_text(content)
        with pytest.raises(NoLibrary, match="this version"):
            Library.open(tmp_path)

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"_meta": [1]}', '{"_meta": {"x": {}}}'])
    def test_a_damaged_library_file_is_reported(self, tmp_path: Path, content: str) -> None:
        (tmp_path / LIBRARY_FILE).write_text(content)
        with pytest.raises(Damaged, match="doctor --repair") as caught:
            Library.open(tmp_path)
        assert caught.value.path == tmp_path / LIBRARY_FILE

    def test_a_label_added_to_the_library_file_can_be_used(self, library: Library) -> None:
        with TinyDB(library.path / LIBRARY_FILE) as database:
            row = dict(database.table("labels").all()[0])
            database.table("labels").insert({**row, "name": "SHIP", "key": "s"})
        again = Library.open(library.path)
        assert again.add(Document(article(), (replace(CITY, label="SHIP", value=None),)))


class TestAddAndRead:
    def test_what_was_added_is_read_back(self, library: Library) -> None:
        whole = article(
            published="2025-11-04",
            source=Source("Волга", "https://volga.example/1", "1.txt"),
            meta={"теги": ["мост", None, 1.5, True], "n": 2**63 - 1},
        )
        document = Document(whole, (COST, CITY, MAYOR))
        assert library.add(document) is True
        assert library.document("тверь") == document
        assert [*library.ids()] == ["тверь"]
        assert [*library.documents()] == [document]

    def test_the_same_article_again_changes_nothing(self, filled: Library) -> None:
        before = filled.signature("тверь")
        assert filled.add(Document(article())) is False
        assert filled.signature("тверь") == before
        assert filled.document("тверь").annotations == (CITY, MAYOR)

    def test_another_text_under_the_same_id_is_refused(self, filled: Library) -> None:
        with pytest.raises(ArticleExists, match="тверь"):
            filled.add(Document(article(text="Другой текст.")))

    def test_a_label_that_the_library_does_not_know_is_refused(self, library: Library) -> None:
        with pytest.raises(InvalidAnnotation, match=r"no label SHIP.*PER"):
            library.add(Document(article(), (replace(CITY, label="SHIP"),)))
        assert list(library.ids()) == []

    def test_an_added_article_begins_at_revision_0(self, library: Library) -> None:
        library.add(Document(article(), revision=7))
        assert library.document("тверь").revision == 0

    def test_articles_come_in_one_order(self, library: Library) -> None:
        for number in range(40):
            library.add(Document(article(f"id {number}")))
        ids = list(library.ids())
        assert sorted(ids) == sorted(f"id {number}" for number in range(40))
        assert [document.article.id for document in library.documents()] == ids
        files = [library.article_path(id_).name for id_ in ids]
        assert files == sorted(files)

    def test_a_missing_article_is_named(self, library: Library) -> None:
        for read in (library.document, library.history):
            with pytest.raises(ArticleNotFound, match="нет такой"):
                read("нет такой")
        with pytest.raises(ArticleNotFound):
            library.apply("нет такой", Add(CITY), author=ANNA)
        assert library.signature("нет такой") is None
        assert library.problems("нет такой") == ()

    def test_a_tuple_in_meta_is_kept_as_a_list(self, library: Library) -> None:
        library.add(Document(article(meta={"теги": ("мост", "река")})))
        assert library.document("тверь").article.meta == {"теги": ["мост", "река"]}

    @pytest.mark.parametrize(
        ("document", "what"),
        [
            pytest.param(Document(article(meta={"n": 2**64})), "64-bit", id="integer too large"),
            pytest.param(Document(article(meta={"n": "\ud800"})), "surrogate", id="surrogate"),
            pytest.param(Document(article(meta={"n": float("nan")})), "NaN", id="NaN"),
            pytest.param(Document(article(meta={1: 2})), "str", id="key"),  # type: ignore[dict-item]
            pytest.param(Document(article("\ud800")), "surrogate", id="surrogate in the id"),
            pytest.param(
                Document(article(), (replace(CITY, value={"min": "1"}),)), "min", id="value"
            ),
        ],
    )
    def test_what_json_cannot_say_is_refused(
        self, library: Library, document: Document, what: str
    ) -> None:
        with pytest.raises(InvalidAnnotation, match=what):
            library.add(document)
        assert list(library.ids()) == []
        assert list(library.path.rglob("*.json")) == [library.path / LIBRARY_FILE]

    @pytest.mark.parametrize("depth", range(244, 260))
    def test_what_is_nested_too_deeply_is_refused_before_it_is_written(
        self, library: Library, depth: int
    ) -> None:
        meta: Any = "дно"
        for _ in range(depth):
            meta = {"": meta}
        document = Document(article(meta=meta))
        with suppress(InvalidAnnotation):
            library.add(document)
        assert list(library.documents()) in ([], [document])
        if depth in (244, 259):
            assert bool(list(library.ids())) is (depth == 244)

    def test_a_damaged_article_does_not_hide_the_others(self, library: Library) -> None:
        for name in ("раз", "два", "три"):
            library.add(Document(article(name)))
        for path in library.article_path("два").parent.iterdir():
            path.write_bytes(b"{}")
        found: list[Damaged] = []
        rest = {document.article.id for document in library.documents(found.append)}
        assert rest == {"раз", "три"} == set(library.ids(found.append))
        assert len(found) == 2
        for reading in (library.ids, library.documents):
            with pytest.raises(Damaged):
                list(reading())


HOSTILE = ["../../etc/passwd", "/", ".", "a" * 100_000, "a\0b", "🧭", "con\n", "а/б\\в", "%2e%2e"]


class TestFiles:
    @pytest.mark.parametrize("id_", HOSTILE, ids=lambda id_: ascii(id_[:20]))
    def test_no_id_leads_out_of_the_library(self, library: Library, id_: str) -> None:
        library.add(Document(article(id_)))
        assert list(library.ids()) == [id_]
        assert library.document(id_).article.id == id_
        path = library.article_path(id_)
        assert path.is_file()
        assert path.parent.parent == library.path / "articles"
        assert path.stem.startswith(path.parent.name)
        assert len(path.stem) == 32

    def test_everything_is_private_whatever_the_umask(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            library = Library.create(tmp_path / "library")
            library.add(Document(article()))
            library.apply("тверь", Add(CITY), author=ANNA)
        finally:
            os.umask(before)
        assert {modes(path) for path in everything(library) if path.is_dir()} == {0o700}
        assert {modes(path) for path in everything(library) if path.is_file()} == {0o600}

    def test_a_shared_library_stays_open_to_its_group(self, tmp_path: Path) -> None:
        path = tmp_path / "library"
        Library.create(path)
        path.chmod(0o2770)
        before = os.umask(0o077)
        try:
            library = Library.open(path)
            library.add(Document(article()))
        finally:
            os.umask(before)
        snapshot = library.article_path("тверь")
        assert modes(snapshot.parent) == 0o2770
        assert {modes(each) for each in snapshot.parent.iterdir()} == {0o660}

    def test_no_temporary_file_stays(self, filled: Library) -> None:
        filled.apply("тверь", Remove(CITY), author=ANNA)
        folder = filled.article_path("тверь").parent
        assert {path.suffix for path in folder.iterdir()} == {".json", ".log"}

    def test_a_killed_writers_temporary_file_is_replaced(self, filled: Library) -> None:
        snapshot = filled.article_path("тверь")
        snapshot.with_name(f".{snapshot.name}.tmp").write_text("half")
        filled.apply("тверь", Remove(CITY), author=ANNA)
        assert len(list(snapshot.parent.iterdir())) == 2

    def test_other_files_are_passed_over(self, filled: Library) -> None:
        articles = filled.path / "articles"
        (articles / "заметки.txt").write_text("моё")
        (articles / "zz").mkdir()
        (filled.article_path("тверь").parent / "копия.json").write_text("{}")
        assert list(filled.ids()) == ["тверь"]

    def test_a_renamed_article_is_reported(self, filled: Library) -> None:
        source, target = filled.article_path("тверь"), filled.article_path("другая")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
        target.with_suffix(".log").write_bytes(source.with_suffix(".log").read_bytes())
        with pytest.raises(Damaged, match="copied or renamed"):
            filled.document("другая")
        with pytest.raises(Damaged):
            list(filled.ids())

    def test_the_signature_differs_after_somebody_elses_change(self, filled: Library) -> None:
        before = filled.signature("тверь")
        assert filled.signature("тверь") == before
        Library.open(filled.path).apply("тверь", Remove(CITY), author=BORIS)
        assert filled.signature("тверь") != before


def everything(library: Library) -> Iterator[Path]:
    yield library.path
    yield from library.path.rglob("*")


def modes(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestStockTinyDB:
    def test_it_opens_and_queries_a_snapshot(self, filled: Library) -> None:
        filled.apply("тверь", Add(COST), author=ANNA)
        with TinyDB(filled.article_path("тверь"), access_mode="r", encoding="utf-8") as database:
            assert database.tables() == {"_meta", "article", "annotations"}
            table = database.table("annotations")
            assert {row["id"] for row in table.all()} == {"a1", "a2", "a3"}
            assert table.get(where("label") == "MONEY")["value"]["unit"] == "RUB"
            assert table.search(where("value")["name"] == "Тверь")[0]["text"] == "Твери"
            assert database.table("article").all()[0]["text"] == TEXT
            assert database.table("_meta").all()[0]["revision"] == 1

    def test_a_snapshot_is_readable_by_people(self, filled: Library) -> None:
        lines = filled.article_path("тверь").read_text(encoding="utf-8").splitlines()
        assert any('"name": "Олег Зимин"' in line for line in lines)

    def test_an_annotation_keeps_its_number(self, filled: Library) -> None:
        before = numbers(filled)
        filled.apply("тверь", Remove(CITY), author=ANNA)
        filled.apply("тверь", Add(COST), author=ANNA)
        assert numbers(filled)["a2"] == before["a2"]
        filled.apply("тверь", Add(CITY), author=ANNA)
        assert numbers(filled)["a1"] == before["a1"]
        assert len(set(numbers(filled).values())) == 3

    def test_two_annotations_never_share_a_number(
        self, filled: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = filled.document("тверь")
        monkeypatch.setattr("store.article.snapshot.number_of", lambda _: 1)
        with pytest.raises(InvalidAnnotation, match="same number"):
            filled.apply("тверь", Group((Add(COST), Add(replace(COST, id="a4")))), author=ANNA)
        with pytest.raises(InvalidAnnotation, match="same number"):
            filled.add(Document(article("другая"), (CITY, MAYOR)))
        assert list(filled.documents()) == [before]

    def test_a_snapshot_that_tinydb_rewrote_is_kept_aside(self, filled: Library) -> None:
        """Somebody edits the file by hand: their bytes stay, and what the program wrote holds."""
        path = filled.article_path("тверь")
        with TinyDB(path, encoding="utf-8") as database:
            database.table("annotations").truncate()
        edited = path.read_bytes()
        assert filled.document("тверь").annotations == (CITY, MAYOR)
        assert path.read_bytes() == edited
        (problem,) = filled.problems("тверь")
        assert problem.path == path
        assert "edited outside" in str(problem)

        document = saved(filled.apply("тверь", Remove(CITY), author=ANNA))
        assert document.annotations == (MAYOR,)
        assert filled.problems("тверь") == ()
        assert path.with_name(f"{path.name}.damaged-1").read_bytes() == edited

        path.write_bytes(edited)
        filled.apply("тверь", Remove(MAYOR), author=ANNA)
        assert path.with_name(f"{path.name}.damaged-2").read_bytes() == edited
        assert list(filled.ids()) == ["тверь"]


def numbers(library: Library) -> dict[str, int]:
    path = library.article_path("тверь")
    with TinyDB(path, storage=JSONStorage, access_mode="r", encoding="utf-8") as database:
        return {row["id"]: row.doc_id for row in database.table("annotations")}


MOVED = replace(MAYOR, start=MAYOR.start, end=MAYOR.start + 4, value={"name": "Олег"})

# edit -> the annotations that stand afterwards
EDITS = [
    pytest.param(Add(COST), (CITY, MAYOR, COST), id="add"),
    pytest.param(Remove(CITY), (MAYOR,), id="remove"),
    pytest.param(Change(MAYOR, MOVED), (CITY, MOVED), id="change"),
    pytest.param(Group((Remove(CITY), Remove(MAYOR))), (), id="remove all"),
    pytest.param(
        Group((Add(COST), Change(MAYOR, MOVED), Remove(CITY))), (MOVED, COST), id="of each kind"
    ),
    pytest.param(Group((Remove(CITY), Add(CITY))), (CITY, MAYOR), id="remove and add again"),
    pytest.param(Group((Add(COST), Remove(COST))), (CITY, MAYOR), id="add and remove"),
    pytest.param(
        Group((Change(MAYOR, MOVED), Change(MOVED, MAYOR))), (CITY, MAYOR), id="there and back"
    ),
    pytest.param(Group(()), (CITY, MAYOR), id="empty"),
]


class TestApply:
    @pytest.mark.parametrize(("edit", "expected"), EDITS)
    def test_an_edit_is_kept(
        self, filled: Library, edit: edits.Edit, expected: tuple[Annotation, ...]
    ) -> None:
        document = saved(filled.apply("тверь", edit, author=BORIS))
        assert document == Document(article(), expected, 1)
        again = Library.open(filled.path)
        assert again.document("тверь") == document
        (entry,) = again.history("тверь")
        assert (entry.revision, entry.author, entry.edit) == (1, BORIS, edit)
        assert (entry.undoes, entry.redoes) == (None, None)

    @pytest.mark.parametrize(("edit", "expected"), EDITS)
    def test_the_journal_alone_tells_the_same(
        self, filled: Library, edit: edits.Edit, expected: tuple[Annotation, ...]
    ) -> None:
        filled.apply("тверь", edit, author=BORIS)
        filled.article_path("тверь").unlink()
        assert filled.document("тверь") == Document(article(), expected, 1)
        assert list(filled.ids()) == ["тверь"]

    def test_an_operation_is_applied_once(self, filled: Library) -> None:
        first = filled.apply("тверь", Add(COST), author=ANNA, operation="op «1»")
        filled.apply("тверь", Remove(CITY), author=ANNA)
        again = filled.apply("тверь", Add(COST), author=ANNA, operation="op «1»")
        assert saved(first).revision == 1
        assert again == Saved(filled.document("тверь"))
        assert [entry.revision for entry in filled.history("тверь")] == [1, 2]

    def test_an_operations_name_in_the_text_is_no_operation(self, library: Library) -> None:
        meta = {"x": ' {"operation":"op",', "operation": "op"}
        library.add(Document(article(text=TEXT + ' {"operation":"op",', meta=meta)))
        library.apply("тверь", Add(CITY), author=ANNA, operation="op")
        assert len(library.history("тверь")) == 1

    @pytest.mark.parametrize(
        ("edit", "error"),
        [
            pytest.param(Add(replace(COST, label="SHIP")), InvalidAnnotation, id="label"),
            pytest.param(Add(replace(COST, end=len(TEXT) + 1)), InvalidSpan, id="beyond the text"),
            pytest.param(Change(CITY, replace(CITY, id="b")), InvalidAnnotation, id="identity"),
            pytest.param(
                Change(CITY, replace(CITY, label="SHIP")), InvalidAnnotation, id="other label"
            ),
            pytest.param(Add(replace(COST, note="\udfff")), InvalidAnnotation, id="surrogate"),
            pytest.param(Add(replace(COST, value={"a": "b"})), InvalidAnnotation, id="value"),
            pytest.param(Add(replace(COST, confidence=True)), InvalidAnnotation, id="not a number"),
        ],
    )
    def test_what_could_not_be_read_back_is_refused(
        self, filled: Library, edit: edits.Edit, error: type[Exception]
    ) -> None:
        before = filled.document("тверь")
        with pytest.raises(error):
            filled.apply("тверь", edit, author=ANNA)
        assert filled.document("тверь") == before
        assert filled.history("тверь") == ()

    @pytest.mark.parametrize("operation", ["\ud800", "op"])
    def test_a_surrogate_in_a_name_is_refused(self, filled: Library, operation: str) -> None:
        with pytest.raises(InvalidAnnotation, match="surrogate"):
            filled.apply("тверь", Add(COST), author="user:\ud800", operation=operation)


OTHERS = replace(MAYOR, label="ORG", author=BORIS)

# what boris does, what anna does after that from what she saw before, what she is told
CONFLICTS = [
    (Change(MAYOR, OTHERS), Remove(MAYOR), "changed the label from PER to ORG"),
    (Change(MAYOR, MOVED), Remove(MAYOR), "changed the boundaries and changed the value"),
    (
        Change(MAYOR, replace(MAYOR, status="rejected")),
        Remove(MAYOR),
        "changed the status from accepted to rejected",
    ),
    (Change(MAYOR, replace(MAYOR, note="глава")), Remove(MAYOR), "changed the note"),
    (Change(MAYOR, replace(MAYOR, modified=now())), Remove(MAYOR), "touched it"),
    (Remove(MAYOR), Change(MAYOR, MOVED), "deleted it"),
    (Group((Remove(CITY), Remove(MAYOR))), Change(MAYOR, MOVED), "deleted it"),
    (Add(COST), Add(replace(COST, note="да")), "added it as MONEY"),
]


@pytest.mark.parametrize("left", [b"", b'00000000 {"id": '])
def test_an_adding_that_was_killed_is_begun_anew(library: Library, left: bytes) -> None:
    file = library.file("тверь")
    file.folder.mkdir()
    file.journal_path.write_bytes(left)
    assert "тверь" not in library
    assert library.add(Document(Article("тверь", TEXT, "Тверь")))
    assert "тверь" in library
    assert library.document("тверь").article.text == TEXT


class TestConflict:
    @pytest.mark.parametrize(("theirs", "mine", "told"), CONFLICTS, ids=[c[2] for c in CONFLICTS])
    def test_it_names_who_changed_what_and_writes_nothing(
        self, filled: Library, theirs: edits.Edit, mine: edits.Edit, told: str
    ) -> None:
        at = now()
        stands = saved(filled.apply("тверь", theirs, author=BORIS))
        conflict = filled.apply("тверь", mine, author=ANNA)
        assert isinstance(conflict, Conflict)
        assert conflict.document == stands == filled.document("тверь")
        assert conflict.annotation_id == edits.touched(mine)[0]
        assert str(conflict.message).startswith(f"boris {told} at {at[:10]} {at[11:13]}")
        assert len(filled.history("тверь")) == 1

    def test_changes_of_other_annotations_do_not_conflict(self, filled: Library) -> None:
        filled.apply("тверь", Change(MAYOR, OTHERS), author=BORIS)
        document = saved(filled.apply("тверь", Remove(CITY), author=ANNA))
        assert document.annotations == (OTHERS,)

    def test_a_state_that_never_was_is_a_conflict_too(self, filled: Library) -> None:
        conflict = filled.apply("тверь", Remove(COST), author=ANNA)
        assert isinstance(conflict, Conflict)
        assert "deleted" in str(conflict.message)


class TestReadOnly:
    @pytest.fixture
    def read_only(self, filled: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
        """A library on a disk that takes nothing (root may write everywhere else)."""
        original = os.open

        def refuse(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
                raise OSError(30, "Read-only file system", str(path))
            return original(path, flags, *rest, **more)

        filled.apply("тверь", Add(COST), author=ANNA)
        monkeypatch.setattr(os, "open", refuse)
        return filled

    @pytest.mark.parametrize("has_locks", [True, False])
    def test_everything_can_be_read(self, read_only: Library, has_locks: bool) -> None:
        if not has_locks:
            (read_only.path / "locks").unlink()
        read_only.article_path("тверь").unlink()
        assert len(read_only.document("тверь").annotations) == 3
        assert len(list(read_only.documents())) == 1
        assert len(read_only.history("тверь")) == 1
        assert read_only.problems("тверь") == ()

    def test_a_folder_that_may_not_be_listed_is_named(
        self, filled: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(folder: object) -> list[str]:
            raise PermissionError(13, "Permission denied", str(folder))

        monkeypatch.setattr(os, "listdir", refuse)
        with pytest.raises(Unreadable, match=r"articles.*Permission denied"):
            list(filled.ids())

    def test_changes_are_refused_in_words(self, read_only: Library) -> None:
        with pytest.raises(CannotWrite, match=r"read-only.*copy the library"):
            read_only.apply("тверь", Remove(CITY), author=ANNA)
        with pytest.raises(CannotWrite, match="read-only"):
            read_only.add(Document(article("новая")))


class TestProvenance:
    def test_the_clock_tells_whole_seconds_in_utc(self) -> None:
        assert len(now()) == len(AT)
        assert now().endswith("Z")

    def test_source_date_epoch_stops_the_clock(
        self, filled: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769853600")
        assert now() == AT
        filled.apply("тверь", Remove(CITY), author=ANNA)
        assert filled.history("тверь")[0].at == AT

    @pytest.mark.parametrize("epoch", ["вчера", "1e9", "9" * 30])
    def test_a_wrong_source_date_epoch_is_named(
        self, epoch: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        with pytest.raises(StoreError, match="SOURCE_DATE_EPOCH"):
            now()

    def test_the_login_is_the_user_ids_not_the_environments(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("USER", "somebody-else")
        monkeypatch.setenv("LOGNAME", "somebody-else")
        assert login() == pwd.getpwuid(os.getuid()).pw_name

    def test_a_user_id_without_a_name_stands_for_itself(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "getuid", lambda: 3_999_999_999)
        assert login() == "3999999999"


@pytest.mark.parametrize("make", [Library.open, Library.create])
def test_a_library_is_not_begun_anew_where_there_are_articles(
    filled: Library, make: Callable[[Path], Library]
) -> None:
    (filled.path / LIBRARY_FILE).unlink()
    with pytest.raises(Damaged, match="doctor --repair"):
        make(filled.path)


def test_two_empty_files_are_damage(filled: Library) -> None:
    """There is a snapshot only once the journal has its base."""
    file = filled.file("тверь")
    for path in (file.snapshot_path, file.journal_path):
        path.write_bytes(b"")
    assert "тверь" in filled
    with pytest.raises(Damaged, match=file.journal_path.name):
        filled.document("тверь")
    with pytest.raises(Damaged):
        filled.add(Document(Article("тверь", TEXT, "Тверь")))
