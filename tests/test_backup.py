"""Backups: all of a library in one file, made while others write; nothing of a bad one counts."""

import errno
import gzip
import io
import os
import shutil
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from annotations import edits
from annotations.edits import Stamp
from annotations.gazetteer import Ruling
from annotations.model import Article, Document, Span
from store import gazetteer
from store.copies import archive, backup, from_backup, trash
from store.copies.archive import Archive
from store.copies.beside import new_file, new_folder
from store.copies.from_backup import Contents
from store.errors import BadBackup, CannotWrite, NoLibrary, StoreError
from store.library import Library, now
from store.sharing import groups
from tests.faults.disk import attempt, calls_of, failing
from tests.test_library_processes import programs
from tui.cli.commands import commands

ANNA = "user:anna"
AT = "2026-01-31T10:00:00Z"
TEXT = "Ярмарку мёда в Коломне откроет пасечник Глеб Усов. "
ONE, TWO, GONE = "ярмарка", "пасека", "улей"
NAMES = ("backup.json", "library.json", "manifest")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return filled(tmp_path / "library")


def filled(path: Path) -> Library:
    """Two articles, one with a closed journal, one in the trash, and a dictionary."""
    library = Library.create(path)
    for each in (ONE, TWO, GONE):
        library.add(Document(Article(each, TEXT, f"О том, что такое {each}")))
        annotate(library, each, 15, 22)
    file = library.file(ONE)
    with library.exclusive(file):
        state = file.load()
        assert state is not None
        file.fold(state, now())
    annotate(library, ONE, 40, 49)
    trash.remove(library, GONE, ANNA)
    gazetteer.put(library.path, Ruling("LOC", "Коломна", author=ANNA, at=AT, is_on=False), None)
    return library


def annotate(library: Library, article_id: str, start: int, end: int) -> None:
    edit = edits.new_annotation(Span(start, end), "LOC", Stamp(ANNA, now()))
    library.apply(article_id, edit, author=ANNA)


def back_up(library: Library, path: Path) -> list[StoreError]:
    """What was named."""
    problems: list[StoreError] = []
    with new_file(path) as stream:
        if path.suffix == ".tar":
            backup.write(library, stream, ANNA, unwatched, problems.append)
        else:
            with archive.packed(stream) as packed:
                backup.write(library, packed, ANNA, unwatched, problems.append)
    return problems


def unwatched(items: Any, _count: object = None) -> Any:
    return items


def restored(path: Path, target: Path) -> Library:
    with path.open("rb") as stream:
        return from_backup.restore(Archive(stream, path.name), target, None, unwatched)[0]


def stories(library: Library) -> dict[str, object]:
    return {each: library.story(each) for each in library.ids()}


def files_of(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", ["b.tar.gz", "b.tar", "копия"])
def test_what_is_restored_is_what_was_backed_up(
    library: Library, tmp_path: Path, name: str
) -> None:
    before = stories(library)
    assert back_up(library, tmp_path / name) == []
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    annotate(library, TWO, 0, 7)  # what comes later is not in it
    new = restored(tmp_path / name, tmp_path / "deep" / "new")
    from_backup.load_all(new, unwatched, pytest.fail)
    assert stories(new) == before
    assert len(new.history(ONE)) == 2
    assert gazetteer.read(new.path) == gazetteer.read(library.path)
    assert trash.listed(new) == trash.listed(library)
    assert {name for name in files_of(new.path) if name.endswith(".json")} == {
        name for name in files_of(library.path) if name.endswith(".json")
    }, "the snapshots are there again"
    trash.put_back(new, GONE)
    assert len(new.history(GONE)) == 1
    assert stat.S_IMODE(new.path.stat().st_mode) == 0o700
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["library", "deep", name])


def test_any_tar_reads_it_and_the_manifest_lists_it_all(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "b.tar.gz"
    back_up(library, path)
    with tarfile.open(path) as tar:
        members = tar.getmembers()
        data = {each.name: (tar.extractfile(each) or io.BytesIO()).read() for each in members}
    names = [each.name for each in members]
    assert (names[0], *names[-2:]) == NAMES
    said = orjson.loads(data["backup.json"])
    assert (said["schema"], said["author"]) == ("zametka-backup/1", ANNA)
    lines = [orjson.loads(line) for line in data["manifest"].splitlines()]
    assert [each["path"] for each in lines] == names[:-1]
    for each in lines:
        content = data[each["path"]]
        digest = blake2b(content, digest_size=16).hexdigest()
        assert (each["size"], each["blake2b"]) == (len(content), digest)
    assert not any(name.endswith(".json") and name.startswith("articles/") for name in names)


def test_a_backup_while_others_write_has_all_that_was_saved_before_it(
    library: Library, tmp_path: Path
) -> None:
    writers = (("edit-for-ever", library.path, each, each) for each in (ONE, TWO))
    with programs(*writers) as (one, two):
        acknowledged = {ONE: first_saves(one, 5), TWO: first_saves(two, 5)}
        assert back_up(library, tmp_path / "b.tar.gz") == []
        one.kill()
        two.kill()
    new = restored(tmp_path / "b.tar.gz", tmp_path / "new")
    from_backup.load_all(new, unwatched, pytest.fail)
    for article_id, saved in acknowledged.items():
        history = new.history(article_id)
        assert saved <= {entry.operation for entry in history}
        assert history == library.history(article_id)[: len(history)]
        assert new.document(article_id).revision == len(history)
        assert new.problems(article_id) == ()


def first_saves(writer: "subprocess.Popen[str]", count: int) -> set[str]:
    """Let a writer begin; the operations that it says were saved, while it goes on."""
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write("\n")
    writer.stdin.flush()
    lines = (writer.stdout.readline().split() for _ in range(2 * count))
    return {operation for word, operation in lines if word == "saved"}


def test_what_moves_to_the_trash_or_back_meanwhile_is_in_it(
    library: Library, tmp_path: Path
) -> None:
    """It moves after the first article was copied, and the trash not yet."""

    def watched(files: Any, _count: object) -> Iterator[Any]:
        for number, file in enumerate(files):
            if number == 1:
                trash.put_back(library, GONE)
                trash.remove(library, next(each for each in (ONE, TWO) if not done(each)), ANNA)
            yield file
            copied.append(file.key)

    def done(article_id: str) -> bool:
        return library.file(article_id).key in copied

    copied: list[str] = []
    with new_file(tmp_path / "b.tar") as stream:
        backup.write(library, stream, ANNA, watched, pytest.fail)
    new = restored(tmp_path / "b.tar", tmp_path / "new")
    found = {*new.ids(), *(each.article_id for each in trash.listed(new))}
    assert found == {ONE, TWO, GONE}


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_what_moves_to_and_fro_meanwhile_is_in_it(
    library: Library, tmp_path: Path, moves: int
) -> None:
    """Back, to the trash again and back once more, each while another article is copied."""

    def watched(files: Any, _count: object) -> Iterator[Any]:
        for number, file in enumerate(files):
            yield file
            if number == 0:
                move(1)
        move(moves - 1)

    def move(times: int) -> None:
        for _ in range(times):
            if GONE in library:
                trash.remove(library, GONE, ANNA)
            else:
                trash.put_back(library, GONE)

    with new_file(tmp_path / "b.tar") as stream:
        backup.write(library, stream, ANNA, watched, pytest.fail)
    new = restored(tmp_path / "b.tar", tmp_path / "new")
    found = {*new.ids(), *(each.article_id for each in trash.listed(new))}
    assert found == {ONE, TWO, GONE}


def test_damage_is_named_and_goes_in_as_it_is(library: Library, tmp_path: Path) -> None:
    one, two = library.file(ONE), library.file(TWO)
    data = bytearray(one.journal_path.read_bytes())
    data[30] ^= 1
    one.journal_path.write_bytes(data)
    two.journal_path.unlink()
    problems = back_up(library, tmp_path / "b.tar")
    assert len(problems) == 2
    new = restored(tmp_path / "b.tar", tmp_path / "new")
    named: list[StoreError] = []
    from_backup.load_all(new, unwatched, named.append)
    assert len(named) == 2
    assert new.file(ONE).journal_path.read_bytes() == data
    assert new.document(ONE) == library.document(ONE), "the snapshot is there too"
    assert new.document(TWO) == library.document(TWO)


def test_what_others_put_there_does_not_spoil_it(library: Library, tmp_path: Path) -> None:
    (box,) = (library.path / trash.FOLDER).iterdir()
    (box / "notes.json").write_text("{}")
    (box / "elsewhere.log").symlink_to("/etc/passwd")
    (library.path / trash.FOLDER / f"{KEY}-7").symlink_to(box)
    journal = library.article_path(TWO).with_suffix(".log")
    journal.unlink()
    os.mkfifo(journal)
    (problem,) = back_up(library, tmp_path / "b.tar")
    assert str(journal) in str(problem)
    assert set(stories(restored(tmp_path / "b.tar", tmp_path / "other"))) == {ONE}


@pytest.mark.parametrize("make", ["larger", "linked"])
def test_what_is_no_file_of_its_own_is_left_out(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: str
) -> None:
    (box,) = (library.path / trash.FOLDER).iterdir()
    (path,) = box.glob("*.log")
    if make == "larger":
        monkeypatch.setattr(backup, "MOST_BYTES", 10_000)
        with path.open("ab") as file:
            file.truncate(10_001)
    else:
        path.rename(tmp_path / "secret")
        path.symlink_to(tmp_path / "secret")
    (problem,) = back_up(library, tmp_path / "b.tar")
    assert str(path) in str(problem)
    assert trash.listed(restored(tmp_path / "b.tar", tmp_path / "other")) == []


def test_an_unterminated_line_is_not_copied(library: Library, tmp_path: Path) -> None:
    with library.file(TWO).journal_path.open("ab") as journal:
        journal.write(b"0000")
    assert back_up(library, tmp_path / "b.tar") == []
    new = restored(tmp_path / "b.tar", tmp_path / "new")
    assert new.file(TWO).journal_path.read_bytes().endswith(b"\n")
    assert new.story(TWO) == library.story(TWO)


def test_who_may_only_read_can_back_up(library: Library, tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can be somebody else")
    for path in (library.path, *library.path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    stream = io.BytesIO()
    folder = os.open(library.path, os.O_RDONLY)
    try:
        os.fchdir(folder)
        os.seteuid(65534)
        backup.write(Library.open(Path()), stream, ANNA, unwatched, pytest.fail)
    finally:
        os.seteuid(0)
        os.chdir("/")
        os.close(folder)
    (tmp_path / "b.tar").write_bytes(stream.getvalue())
    assert stories(restored(tmp_path / "b.tar", tmp_path / "new")) == stories(library)


def test_a_file_that_is_there_is_not_overwritten(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    path.write_bytes(b"mine")
    with pytest.raises(StoreError, match="not overwritten"):
        back_up(library, path)
    assert path.read_bytes() == b"mine"
    path.unlink()
    with pytest.raises(StoreError, match="not overwritten"), new_file(path):
        path.write_bytes(b"theirs")  # somebody is faster
    assert files_of(tmp_path)["b.tar"] == b"theirs"
    assert ".b.tar.tmp" not in files_of(tmp_path)


def test_a_backup_is_whole_or_not_there(library: Library, tmp_path: Path) -> None:
    total = calls_of(partial(back_up, library, tmp_path / "first.tar"))
    expected = (tmp_path / "first.tar").read_bytes()
    for at in range(1, total + 1):
        path = tmp_path / "b.tar"
        told = attempt(partial(back_up, library, path), failing(errno.ENOSPC, at, lasting=False))
        assert told is None or "is full" in str(told)
        if path.exists():
            assert len(path.read_bytes()) == len(expected)
            path.unlink()
        else:
            assert told is not None
        left = {path.name for path in tmp_path.iterdir()} - {"library", "first.tar"}
        assert left <= {".b.tar.tmp"}, "what cannot be deleted is taken over by the next one"


def test_what_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), new_file(tmp_path / "b.tar") as stream:
        stream.write(b"x")
        raise KeyboardInterrupt
    with suppress(KeyboardInterrupt), new_folder(tmp_path / "new") as folder:
        (folder / "x").touch()
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_taken_over_and_what_lives_is_not(tmp_path: Path) -> None:
    (tmp_path / ".b.tar.tmp").write_bytes(b"left")
    with new_file(tmp_path / "b.tar") as stream:
        stream.write(b"x")
        with pytest.raises(StoreError, match="another process"), new_file(tmp_path / "b.tar"):
            pass
    (tmp_path / ".new.tmp" / "left").mkdir(parents=True)
    with new_folder(tmp_path / "new") as folder:
        assert list(folder.iterdir()) == []
        with pytest.raises(StoreError, match="another process"), new_folder(tmp_path / "new"):
            pass
    assert files_of(tmp_path) == {"b.tar": b"x"}


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / ".b.tar.tmp").symlink_to(tmp_path / "mine")
    with pytest.raises(CannotWrite), new_file(tmp_path / "b.tar"):
        pass
    (tmp_path / ".b.tar.tmp").unlink()
    os.link(tmp_path / "mine", tmp_path / ".b.tar.tmp")
    with pytest.raises(StoreError, match="in the way"), new_file(tmp_path / "b.tar"):
        pass
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_what_has_been_renamed_is_no_longer_cleared_away(tmp_path: Path) -> None:
    with new_folder(tmp_path / "b") as folder:
        folder.rename(tmp_path / "b")
        folder.mkdir()  # by another who makes one of the same name
    assert folder.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root restores for others")
def test_what_root_restores_is_theirs_whose_place_it_takes(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(whole)
    target = tmp_path / "theirs"
    target.mkdir(0o700)
    os.chown(target, 61001, -1)
    there = restored(tmp_path / "b.tar", target)
    journal = there.article_path(ONE).with_suffix(".log")
    journal.unlink()
    there.article_path(ONE).unlink(missing_ok=True)
    assert restore_articles(there, tmp_path / "b.tar", ONE)[0] == [ONE]
    assert {path.stat().st_uid for path in (target, *target.rglob("*"))} == {61001}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root opens what is another's alone")
def test_what_is_another_s_is_not_written_to(tmp_path: Path) -> None:
    planted = tmp_path / ".b.tar.tmp"
    planted.touch()
    (tmp_path / ".b.tmp").mkdir()
    for path in (planted, tmp_path / ".b.tmp"):
        os.chown(path, 61001, -1)
    with pytest.raises(StoreError, match="in the way"), new_file(tmp_path / "b.tar"):
        pass
    with pytest.raises(StoreError, match="in the way"), new_folder(tmp_path / "b"):
        pass
    assert planted.exists()


Tar = Callable[[tarfile.TarFile], None]
KEY = "ab" * 16


def entry(name: str, data: bytes = b"x", **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for field, value in more.items():
        setattr(info, field, value)
    return info, data


def header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT)


LINK = {"size": 0, "linkname": "/etc/passwd"}
HOSTILE = {
    "absolute": entry("/etc/passwd"),
    "above": entry("articles/../../x.log"),
    "another key's folder": entry(f"articles/cd/{KEY}.log"),
    "another box": entry(f"trash/{KEY}-1/{'cd' * 16}.log"),
    "unknown name": entry("articles/ab/x.log"),
    "line break": entry(f"articles/ab/{KEY}.log\n"),
    "top": entry("locks"),
    "symbolic link": entry(f"articles/ab/{KEY}.log", b"", type=tarfile.SYMTYPE, **LINK),
    "hard link": entry(f"articles/ab/{KEY}.log", b"", type=tarfile.LNKTYPE, **LINK),
    "device": entry(f"articles/ab/{KEY}.log", b"", type=tarfile.CHRTYPE),
    "folder": entry("articles", b"", type=tarfile.DIRTYPE),
    "sparse": entry(f"articles/ab/{KEY}.log", b"", type=tarfile.GNUTYPE_SPARSE),
    "long name": entry(f"articles/ab/{KEY}{'.' * 200}.log"),
    "pax": entry(f"articles/ab/{KEY}.log", b"", type=tarfile.XHDTYPE),
    "second description": entry("backup.json", b"{}"),
    "not ascii": entry("articles/ab/ы.log"),
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A whole backup, not compressed, of some library."""
    folder = tmp_path_factory.mktemp("sample")
    back_up(filled(folder / "library"), folder / "sample.tar")
    return (folder / "sample.tar").read_bytes()


@pytest.fixture
def whole(library: Library, tmp_path: Path) -> bytes:
    """A whole backup of the test's own library, not compressed."""
    back_up(library, tmp_path / "whole.tar")
    return (tmp_path / "whole.tar").read_bytes()


def end_of_first(data: bytes) -> int:
    """Where the second member begins."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return tar.getmembers()[1].offset


@pytest.mark.parametrize("compressed", [False, True], ids=["tar", "gz"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_member_is_refused_and_nothing_is_written(
    sample: bytes, tmp_path: Path, name: str, compressed: bool
) -> None:
    info, data = HOSTILE[name]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as tar:
        tar.addfile(info, io.BytesIO(data))
        end = tar.offset
    at = end_of_first(sample)
    refused(sample[:at] + made.getvalue()[:end] + sample[at:], tmp_path, compressed=compressed)


def refused(data: bytes, tmp_path: Path, *, compressed: bool = False) -> str:
    """What is said of a bad backup, of which nothing is left anywhere."""
    place = tmp_path / "place"
    place.mkdir(exist_ok=True)
    path = tmp_path / "bad.tar"
    path.write_bytes(gzip.compress(data, 1) if compressed else data)
    with pytest.raises(BadBackup) as caught:
        restored(path, place / "new")
    assert list(place.iterdir()) == []
    with path.open("rb") as stream, pytest.raises(BadBackup):
        from_backup.check(Archive(stream, path.name), unwatched)
    return str(caught.value)


def test_what_is_too_large_is_refused_unread(sample: bytes, tmp_path: Path) -> None:
    at = end_of_first(sample)
    for size in ((1 << 30) + 1, 1 << 62, -1):
        bad = sample[:at] + header("library.json", size) + sample[at:]
        assert "larger" in refused(bad, tmp_path) or size < 0


def test_what_is_cut_off_is_refused(sample: bytes, tmp_path: Path) -> None:
    manifest = sample.index(b"manifest\0")
    for end in (0, 1, 100, 512, end_of_first(sample), end_of_first(sample) + 700, manifest):
        refused(sample[:end], tmp_path)
    refused(gzip.compress(sample)[:-20], tmp_path)
    refused(sample + b"more", tmp_path)
    refused(b"\x1f\x8b" + bytes(100), tmp_path)


def test_a_member_that_is_missing_twice_or_in_another_order_is_refused(
    sample: bytes, tmp_path: Path
) -> None:
    with tarfile.open(fileobj=io.BytesIO(sample)) as tar:
        starts = [each.offset for each in tar.getmembers()]
    first, second, third = starts[1:4]
    parts = (sample[:first], sample[first:second], sample[second:third], sample[third:])
    head, one, two, rest = parts
    assert "twice" in refused(head + one + one + two + rest, tmp_path)
    assert "not as it was written" in refused(head + two + rest, tmp_path)
    refused(head + two + one + rest, tmp_path)
    own = sample.index(b"library.json\0")
    refused(sample[:own] + sample[starts[-1] :], tmp_path)


def test_a_flipped_bit_is_noticed_wherever_it_counts(sample: bytes, tmp_path: Path) -> None:
    expected = contents(sample)
    noticed = 0
    for place in range(0, len(sample) - 1024, 37):
        data = bytearray(sample)
        data[place] ^= 4
        try:
            assert contents(bytes(data)) == expected
        except BadBackup:
            noticed += 1
    assert noticed > 0.9 * (len(sample) - 1024) / 37


def contents(data: bytes) -> dict[str, bytes]:
    stream = io.BufferedReader(io.BytesIO(data))
    return {each.name: b"".join(each.chunks) for each in Archive(stream, "b").members()}


@pytest.mark.parametrize(
    "said", [b"", b"[]", b'{"schema":"zametka-backup/2"}', b'{"schema":"zametka-backup/1","at":1}']
)
def test_what_another_version_wrote_is_refused(said: bytes, tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        info, data = entry("backup.json", said)
        tar.addfile(info, io.BytesIO(data))
    assert "not a whole backup" in refused(made.getvalue(), tmp_path)


def test_a_library_that_could_not_be_used_is_refused(library: Library, tmp_path: Path) -> None:
    (library.path / "library.json").write_bytes(b"{}")
    back_up(library, tmp_path / "b.tar")
    with pytest.raises(BadBackup, match="cannot be used"):
        restored(tmp_path / "b.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_where_something_is_nothing_is_restored(whole: bytes, tmp_path: Path) -> None:
    path, target = tmp_path / "whole.tar", tmp_path / "new"
    (target / "mine").mkdir(parents=True)
    with pytest.raises(NoLibrary, match="not overwritten"):
        restored(path, target)
    shutil.rmtree(target)
    target.write_bytes(b"")
    with pytest.raises(NoLibrary, match="not overwritten"):
        restored(path, target)
    target.unlink()
    target.symlink_to(tmp_path / "nowhere")
    with pytest.raises(NoLibrary, match="not overwritten"):
        restored(path, target)
    assert not (tmp_path / "nowhere").exists()


def test_an_empty_folder_keeps_its_mode_and_a_group_its_library(
    whole: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "new"
    target.mkdir()
    target.chmod(0o2770)
    new = restored(tmp_path / "whole.tar", target)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in new.path.rglob("*")}
    assert (stat.S_IMODE(target.stat().st_mode), modes) == (0o2770, {0o2770, 0o660})
    group = groups.group_of(os.getegid())
    with (tmp_path / "whole.tar").open("rb") as stream:
        found = Archive(stream, "whole.tar")
        from_backup.restore(found, tmp_path / "shared", group, unwatched)
    assert groups.shared_with(tmp_path / "shared") == group


def restore_articles(
    library: Library, path: Path, *article_ids: str
) -> tuple[list[str], dict[str, str]]:
    """Which were restored, and what was said of others."""
    said: dict[str, str] = {}

    def name(article_id: str, problem: StoreError) -> None:
        said[article_id] = str(problem)

    with path.open("rb") as stream:
        found = Archive(stream, path.name)
        done = from_backup.restore_articles(found, library, article_ids, unwatched, name)
    assert not any(each.name.startswith(".") for each in library.path.iterdir())
    return done, said


def test_single_articles_come_back_where_they_are_missing_or_damaged(
    library: Library, whole: bytes, tmp_path: Path
) -> None:
    before = stories(library)
    one = library.file(ONE)
    one.journal_path.write_bytes(b"damaged")
    one.snapshot_path.unlink()
    trash.remove(library, TWO, ANNA)
    done, said = restore_articles(library, tmp_path / "whole.tar", ONE, TWO, "нет")
    assert done == [ONE, TWO]
    assert list(said) == ["нет"]
    assert "no article with the id" in said["нет"]
    assert stories(library) == before
    aside = one.journal_path.with_name(f"{one.journal_path.name}.damaged-1")
    assert aside.read_bytes() == b"damaged"
    annotate(library, ONE, 0, 7)
    done, said = restore_articles(library, tmp_path / "whole.tar", ONE)
    assert (done, list(said)) == ([], [ONE])
    assert "is there and sound" in said[ONE]
    assert len(library.history(ONE)) == 3


def test_what_is_only_in_the_trash_of_a_backup_comes_from_there(
    library: Library, tmp_path: Path
) -> None:
    trash.put_back(library, GONE)
    annotate(library, GONE, 0, 7)
    trash.remove(library, GONE, ANNA)
    library.add(Document(Article(GONE, TEXT, "другой")))
    trash.remove(library, GONE, ANNA)  # the newest
    back_up(library, tmp_path / "b.tar")
    trashed = len(trash.listed(library))
    done, said = restore_articles(library, tmp_path / "b.tar", GONE, ONE)
    assert (done, list(said)) == ([GONE], [ONE])
    assert library.document(GONE).article.title == "другой"
    assert len(trash.listed(library)) == trashed
    assert list(library.problems(GONE)) == []


def test_a_damaged_article_does_not_take_the_place_of_another(
    library: Library, tmp_path: Path
) -> None:
    path = library.file(TWO).journal_path
    path.write_bytes(b"damaged\n")
    library.file(TWO).snapshot_path.unlink()
    back_up(library, tmp_path / "b.tar")
    done, said = restore_articles(library, tmp_path / "b.tar", TWO)
    assert (done, list(said)) == ([], [TWO])
    assert "damaged in the backup too" in said[TWO]
    path.unlink()
    done, said = restore_articles(library, tmp_path / "b.tar", TWO)
    assert (done, list(said)) == ([TWO], [TWO])
    assert path.read_bytes() == b"damaged\n"


@pytest.fixture
def run(library: Library, tmp_path: Path) -> Callable[..., Result]:
    def run_command(*arguments: str) -> Result:
        os.chdir(tmp_path)
        return CliRunner().invoke(commands, ("--library", str(library.path), *arguments))

    return run_command


def test_the_commands(library: Library, run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("backup", "b.tar.gz")
    assert result.exit_code == 0
    assert "backed up: 2 articles, in the trash 1" in result.stderr
    result = run("backup", "--check", "b.tar.gz")
    assert result.exit_code == 0
    assert "the backup is whole; made on 2" in result.stderr
    assert "in it: 2 articles, in the trash 1" in result.stderr
    result = run("restore", "b.tar.gz", "--library", "new")
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'new'}\n")
    assert "in it: 2 articles" in result.stderr
    result = run("restore", "b.tar.gz", ONE, "--library", "new")
    assert result.exit_code == 1
    assert f"refused: {ONE}: " in result.stderr
    library.file(ONE).journal_path.write_bytes(b"")
    result = run("backup", "-")
    assert result.exit_code == 1
    assert "copied as it is: " in result.stderr
    (tmp_path / "c").write_bytes(result.stdout_bytes)
    result = run("restore", "c", "--library", "other")
    assert result.exit_code == 1
    assert "damaged in the backup: " in result.stderr
    assert "made with 1 problem:" in result.stderr
    result = run("backup", "--check", "c")
    assert result.exit_code == 1
    assert "the backup is whole" in result.stderr
    assert "made with 1 problem:\n  copied as it is: " in result.stderr


def test_what_was_wrong_when_it_was_made_is_in_the_backup(library: Library, tmp_path: Path) -> None:
    damaged, pipe = library.file(ONE), library.file(TWO)
    damaged.journal_path.write_bytes(b"damaged\n")
    pipe.journal_path.unlink()
    os.mkfifo(pipe.journal_path)
    assert len(back_up(library, tmp_path / "b.tar")) == 2
    with (tmp_path / "b.tar").open("rb") as stream:
        found = Archive(stream, "b.tar")
        contents = from_backup.check(found, unwatched)
    assert len(contents.articles) == 1
    said = {
        Path(each.what.partition(":")[0].partition(" ")[0]): each.is_copied for each in found.flaws
    }
    assert said == {damaged.journal_path: True, pipe.journal_path: False}


@pytest.mark.parametrize("told", [b"{", b"[]\n", b'{"what":1}\n', b"\xff\n"])
def test_problems_that_make_no_sense_are_refused(
    library: Library, tmp_path: Path, told: bytes
) -> None:
    made = io.BytesIO()
    writer = archive.Writer(made, archive.Description(AT, ANNA, "1"))
    writer.add("library.json", 1, [b"x"])
    writer.add(archive.PROBLEMS, len(told), [told])
    writer.finish()
    made.seek(0)
    with pytest.raises(BadBackup):
        from_backup.check(Archive(io.BufferedReader(made), "b"), unwatched)


@pytest.mark.parametrize("to", ["closed", "/dev/full"])
def test_who_stops_reading_a_backup_is_told_that_it_is_not_whole(library: Library, to: str) -> None:
    if to == "closed":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open(to, os.O_WRONLY)
    program = [sys.executable, "-c", "from tui.cli import main; main()", "backup", "-"]
    done = subprocess.run(
        [*program, "--library", str(library.path)],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    said = {
        "closed": (1, "standard output was closed: the backup is not whole\n"),
        "/dev/full": (2, "zametka: standard output: No space left on device\n"),
    }
    assert (done.returncode, done.stderr) == said[to]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["backup", ""], 2, "the path is empty"),
        (["backup", "missing/b.tar"], 2, "cannot be written"),
        (["backup", "library"], 2, "not overwritten"),
        (["backup", "b", "--library", "missing"], 2, "there is no library"),
        (["backup", "--check", "missing"], 2, "missing cannot be read: No such file"),
        (["backup", "--check", "library"], 2, "library cannot be read: Is a directory"),
        (["backup", "--check", "library/library.json"], 1, "is not a whole backup"),
        (["restore", "library/library.json", "--library", "new"], 1, "is not a whole backup"),
        (["restore", "missing"], 2, "missing cannot be read"),
        (["restore", ""], 2, "the path is empty"),
        (["restore", "b", ONE, "--shared", "root"], 2, "for a whole library"),
    ],
)
def test_what_cannot_be_is_told(
    run: Callable[..., Result], tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    result = run(*arguments)
    is_told = isinstance(result.exception, StoreError)  # where the program starts, with code 2
    told = f"{result.stderr}{result.exception}"
    assert (2 if is_told else result.exit_code, said in told) == (code, True), told
    assert [path.name for path in tmp_path.iterdir()] == ["library"]


def test_standard_input_is_restored_from(library: Library, whole: bytes, tmp_path: Path) -> None:
    command = [Path(sys.executable).with_name("zametka"), "restore", "-", "--library", "new"]
    result = subprocess.run(command, input=whole, capture_output=True, cwd=tmp_path, check=False)
    assert (result.returncode, result.stdout) == (0, f"{tmp_path / 'new'}\n".encode())
    assert stories(Library.open(tmp_path / "new")) == stories(library)


def test_what_is_counted(sample: bytes) -> None:
    found = Archive(io.BufferedReader(io.BytesIO(sample)), "b")
    assert from_backup.check(found, unwatched) == Contents({key(ONE), key(TWO)}, {f"{key(GONE)}-1"})


def key(article_id: str) -> str:
    return blake2b(article_id.encode(), digest_size=16).hexdigest()
