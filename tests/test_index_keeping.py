"""The index says what the articles do, whatever was done to them and to it."""

import os
import shutil
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner

from annotations import edits
from annotations.edits import Stamp
from annotations.model import Annotation, Article, Document, Source, Span
from store import files
from store.copies import backup, trash
from store.copies.beside import new_file
from store.errors import CannotWrite
from store.index import database, freshness, keeping
from store.index.database import sound
from store.index.index import fresh_index
from store.index.keeping import copy_path, open_index
from store.library import Library, Saved, now
from tests.faults.work import fail, unwatched
from tests.index_state import answers, check, differences
from tui.cli.commands import commands

ANNA, BORIS = "user:anna", "user:boris"
TEXT = "Баржа «Печора» стала у причала в Нарьян-Маре, груз примут в среду."
NAMES = ("index.sqlite", "index.sqlite-wal", "index.sqlite-shm", "index.sqlite-journal")


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def article(name: str, text: str = TEXT, *, day: str | None = "2025-11-04") -> Document:
    source = Source("Маяк", None, f"{name}.txt")
    return Document(Article(name, text, f"Шлюз: {name}", day, source), (mark("m1", 0, 5),))


def mark(name: str, start: int, end: int, label: str = "PER") -> Annotation:
    return Annotation(
        name, start, end, label, "recogniser:slovnet", now(), now(), {"name": "Печора"}, "e1",
        confidence=0.9,
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two articles and an index of them."""
    library = Library.create(tmp_path / "library")
    library.add(article("баржа"))
    library.add(article("причал", "Причал чинят.", day=None))
    open_index(library).close()
    return library


def edit(library: Library, make: Callable[[Annotation, Stamp], edits.Edit]) -> None:
    there = library.document("баржа").annotations[0]
    saved = library.apply("баржа", make(there, Stamp(ANNA, now())), author=ANNA)
    assert isinstance(saved, Saved)


def path_of(library: Library) -> Path:
    return library.path / "index.sqlite"


def found(library: Library, word: str = "баржа") -> int:
    """How many articles have a word, by an index that is brought up to date."""
    with closing(open_index(library)) as index:
        return answers(index)[word][0]


CHANGES: dict[str, Callable[[Library], object]] = {
    "nothing": lambda library: None,
    "an article is added": lambda library: library.add(article("шлюз")),
    "a suggestion is accepted": lambda library: edit(
        library, lambda there, stamp: edits.set_status(there, "accepted", stamp)
    ),
    "a suggestion is rejected": lambda library: edit(
        library, lambda there, stamp: edits.set_status(there, "rejected", stamp)
    ),
    "an annotation is added": lambda library: edit(
        library, lambda _, stamp: edits.new_annotation(Span(0, 5), "LOC", stamp)
    ),
    "an annotation is removed": lambda library: edit(library, lambda there, _: edits.Remove(there)),
    "an annotation is changed": lambda library: edit(
        library, lambda there, _: edits.Change(there, replace(there, label="ORG", start=0))
    ),
    "a note is written": lambda library: edit(
        library, lambda there, stamp: edits.write_note(there, "проверить у причала", stamp)
    ),
    "an article goes to the trash": lambda library: trash.remove(library, "баржа", ANNA),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_index_follows_a_change(library: Library, change: Callable[[Library], object]) -> None:
    change(library)
    check(library)


def test_an_index_follows_one_change_after_the_other(library: Library) -> None:
    """Each is found by who looks before the next one, and what is taken back is as it was."""
    for change in ("a note is written", "a suggestion is accepted", "an annotation is added"):
        CHANGES[change](library)
        check(library)
    for _ in range(3):
        library.undo("баржа", author=ANNA)
        check(library)
    library.redo("баржа", author=ANNA)
    check(library)
    trash.remove(library, "баржа", ANNA)
    check(library)
    trash.put_back(library, "баржа")
    check(library)


def test_an_index_follows_changes_that_come_together(library: Library) -> None:
    for change in CHANGES.values():
        change(library)
    library.add(article("створ", "Створ у причала."))
    check(library)


def test_an_article_that_has_the_id_of_a_removed_one_is_found_by_its_own_text(
    library: Library,
) -> None:
    query = "label:PER груз"
    assert found(library, query) == 1
    trash.remove(library, "баржа", ANNA)
    library.add(article("баржа", "Паром ушёл.", day="2025-12-01"))
    check(library)
    assert found(library, query) == 0


def run(library: Path, *arguments: object, said: str = "") -> str:
    """What a command writes, which must end well."""
    command = ["--library", str(library), *map(str, arguments)]
    result = CliRunner().invoke(commands, command, input=said)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def kept(library: Library, tmp_path: Path) -> Path:
    path = tmp_path / "all.backup"
    with new_file(path) as stream:
        backup.write(library, stream, ANNA, unwatched, fail)
    return path


def test_an_index_follows_what_an_import_and_a_restoring_bring(
    library: Library, kept: Path
) -> None:
    records = run(library.path, "export")
    trash.remove(library, "баржа", ANNA)
    check(library)
    run(library.path, "import", "-", said=records)
    assert found(library) == 1
    check(library)
    library.article_path("баржа").write_bytes(b"{}")
    library.article_path("баржа").with_suffix(".log").write_bytes(b"")
    check(library)
    assert found(library) == 0
    run(library.path, "restore", kept, "баржа")
    assert found(library) == 1
    check(library)


def test_a_backup_leaves_the_index_out(kept: Path, tmp_path: Path) -> None:
    there = tmp_path / "restored"
    with tarfile.open(kept) as archive:
        assert not [name for name in archive.getnames() if "index" in name]
    run(there, "restore", kept)
    assert not [path for path in there.iterdir() if "index" in path.name]
    check(Library.open(there))


def test_damaged_articles_are_counted_and_come_in_once_they_are_repaired(library: Library) -> None:
    file = library.file("баржа")
    whole = {path: path.read_bytes() for path in file.paths()}
    for path in whole:
        path.write_bytes(b"{}")
    for _ in range(2):
        with closing(open_index(library)) as index:
            assert (index.damaged(), answers(index)["баржа"][0]) == (1, 0)
            assert differences(index, library) == []
    for path, data in whole.items():
        path.write_bytes(data)
    os.utime(file.folder)
    with closing(open_index(library)) as index:
        assert (index.damaged(), answers(index)["баржа"][0]) == (0, 1)
    check(library)


# Whether it is fresh.


def test_an_index_is_fresh_until_a_folder_changes(library: Library) -> None:
    age(library)
    open_index(library).close()
    index = fresh_index(str(library.path))
    assert index is not None
    index.close()
    library.add(article("шлюз"))
    assert fresh_index(str(library.path)) is None


def age(library: Library, seconds: float = 1e9) -> None:
    """Make it look as if the articles had been changed at that time."""
    for folder in (library.path / "articles").iterdir():
        os.utime(folder, (seconds, seconds))


@pytest.mark.parametrize(
    ("before", "is_trusted"), [(2.5, True), (1.5, False), (0.0, False), (-60.0, False)]
)
def test_a_folder_that_was_just_changed_is_looked_at_again(
    library: Library, monkeypatch: pytest.MonkeyPatch, before: float, is_trusted: bool
) -> None:
    """Its time might hide a change that followed: here one that leaves it as it was."""
    age(library, 1e9)
    monkeypatch.setattr(freshness, "clock", lambda: int((1e9 + before) * 1e9))
    open_index(library, anew=True).close()
    library.add(article("шлюз"))
    shutil.move(library.file("шлюз").folder, library.path / "aside")
    CHANGES["a note is written"](library)
    age(library, 1e9)
    with closing(open_index(library)) as index:
        assert (differences(index, library) == []) is not is_trusted
        assert index.is_fresh is is_trusted


def test_a_clock_that_was_put_back_makes_nothing_stale_fresh(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "clock", lambda: 1)
    open_index(library, anew=True).close()
    assert fresh_index(str(library.path)) is None
    check(library)


# What lies where the index belongs.


def damage(data: bytes) -> bytes:
    """Every hundredth byte is another one."""
    return bytes(byte ^ 0x55 if place % 100 == 7 else byte for place, byte in enumerate(data))


def bytes_in_place(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.write_bytes(change(path.read_bytes()))

    return put


def link_to_another(path: Path) -> None:
    path.rename(path.with_name("theirs"))
    path.symlink_to("theirs")


def of_another_version(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA user_version = 999")


def without_a_table(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("DROP TABLE spans")


def with_senseless_rows(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("UPDATE spans SET status = 7; UPDATE articles SET stamp = x'ff00'")


def left_behind(path: Path) -> None:
    path.unlink()
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").write_bytes(b"left behind" * 1000)


IN_PLACE: dict[str, Callable[[Path], object]] = {
    "nothing": Path.unlink,
    "one of another version": of_another_version,
    "half of it": bytes_in_place(lambda data: data[: len(data) // 2]),
    "its first page": bytes_in_place(lambda data: data[:8192]),
    "its beginning": bytes_in_place(lambda data: data[:100]),
    "one with other bytes": bytes_in_place(damage),
    "zeros": bytes_in_place(lambda data: bytes(len(data))),
    "an empty file": bytes_in_place(lambda data: b""),
    "no database": bytes_in_place(lambda data: b"no database" * 1000),
    "one without a table": without_a_table,
    "one with senseless rows": with_senseless_rows,
    "a link to an index": link_to_another,
    "a link to nothing": lambda path: (path.unlink(), path.symlink_to("nothing")),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
    "files that belong to another": left_behind,
}


def use(library: Library) -> None:
    """As whoever searches does: the index is made anew where it proves to be damaged."""
    try:
        with closing(open_index(library)) as index, sound():
            assert differences(index, library) == []
    except keeping.DAMAGES:
        with closing(open_index(library, anew=True)) as index:
            assert differences(index, library) == []


@pytest.mark.parametrize("put", IN_PLACE.values(), ids=IN_PLACE)
@pytest.mark.parametrize("is_stale", [False, True], ids=["", "stale"])
def test_what_is_no_index_is_made_anew(
    library: Library, put: Callable[[Path], object], is_stale: bool
) -> None:
    for name in NAMES[1:]:
        (library.path / name).unlink(missing_ok=True)
    put(path_of(library))
    theirs = library.path / "theirs"
    before = theirs.read_bytes() if theirs.exists() else b""
    if is_stale:
        CHANGES["a note is written"](library)
        library.add(article("шлюз"))
    use(library)
    assert stat.S_ISREG(path_of(library).lstat().st_mode)
    assert not (library.path / "nothing").exists()
    assert before == (theirs.read_bytes() if theirs.exists() else b"")
    check(library)


def test_a_folder_in_its_place_is_named_and_gone_round(library: Library, cache: Path) -> None:
    path_of(library).unlink()
    path_of(library).mkdir()
    told: list[object] = []
    with closing(open_index(library, tell=told.append)) as index:
        assert Path(index.connection.filename).is_relative_to(cache)
        assert differences(index, library) == []
    assert str(path_of(library)) in str(told[-1])
    assert path_of(library).is_dir()


def test_an_index_that_turns_out_to_be_damaged_is_never_a_traceback(library: Library) -> None:
    """However the bytes are: it answers, or says that it is damaged."""
    age(library)
    open_index(library, anew=True).close()
    whole = path_of(library).read_bytes()
    for place in range(0, len(whole), 997):
        damaged = bytearray(whole)
        damaged[place : place + 5] = b"\xff\x00\xff\x80\x7f"
        path_of(library).write_bytes(damaged)
        try:
            with closing(open_index(library)) as index:
                answers(index)
        except keeping.DAMAGES:
            with closing(open_index(library, anew=True)) as index:
                assert differences(index, library) == []


# Disks that are full, and people who may not write.


def refuse(monkeypatch: pytest.MonkeyPatch, *places: Path) -> None:
    """Whatever is to be written below these places meets a full disk."""
    make_file, connect = files.open_or_make, database.connect

    def below(path: Path | str) -> bool:
        return any(Path(path).is_relative_to(place) for place in places)

    def no_room(path: Path, mode: int, *flags: int) -> tuple[int, bool]:
        if path.name.startswith(".") and below(path):
            raise OSError(28, "No space left on device")
        return make_file(path, mode, *flags)

    def no_writing(path: str, *, write: bool) -> apsw.Connection:
        connection = connect(path, write=write)
        if write and below(path):
            connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr(files, "open_or_make", no_room)
    monkeypatch.setattr(database, "connect", no_writing)


def grow(library: Library) -> None:
    """Add what takes more room than the index has left over."""
    for number in range(3):
        codes = " ".join(f"x{number}{each * 7919:x}" for each in range(3000))
        library.add(article(f"шлюз {number}", f"{TEXT} {codes}"))


def contents(library: Library) -> dict[Path, bytes]:
    return {
        path: path.read_bytes() for path in (library.path / "articles").rglob("*") if path.is_file()
    }


def test_with_a_full_disk_a_copy_of_ones_own_is_used(
    library: Library, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(library)
    before = contents(library)
    refuse(monkeypatch, library.path)
    told: list[object] = []
    with closing(open_index(library, tell=told.append)) as index:
        assert Path(index.connection.filename).is_relative_to(cache)
        assert differences(index, library) == []
    assert "full" in str(told[0])
    assert str(copy_path(library.path)) in str(told[0])
    monkeypatch.undo()
    check(library)
    assert contents(library) == before


def test_with_no_room_anywhere_what_is_there_is_searched_and_it_is_told(
    library: Library, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(library)
    refuse(monkeypatch, library.path, cache)
    told: list[object] = []
    with closing(open_index(library, tell=told.append)) as index:
        assert answers(index)["причал"][0] == 2
    assert "is not found" in str(told[-1])
    for name in NAMES:
        (library.path / name).unlink(missing_ok=True)
    with pytest.raises(CannotWrite, match="disk is full"):
        open_index(library)
    monkeypatch.undo()
    check(library)
