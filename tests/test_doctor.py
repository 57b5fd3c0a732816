"""`zametka doctor`: what it finds in a library, what it repairs, and what it leaves alone."""

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations.edits import Add, Change
from annotations.gazetteer import Ruling
from annotations.model import Annotation, Article, Document
from annotations.schema import DEFAULT_SCHEMA
from store import files, gazetteer, root
from store.article import closed, journal, snapshot
from store.article.recovery import key_of
from store.checkup.doctor import Doctor, why_nothing_is_repaired
from store.checkup.findings import Finding
from store.copies import trash
from store.errors import ArticleNotFound, NoLibrary
from store.library import Library, Nothing
from store.sharing import presence
from tests.faults.disk import calls_of, disk, failing
from tui.cli.commands import commands

ANNA = "user:anna"
AT = "2026-01-31T10:00:00Z"
TEXT = "Причал в Корсакове закрыли до 12 мая, суда встают на рейде."
ID, OTHER = "причал", "рейд"


def mark(number: int, label: str = "LOC") -> Annotation:
    return Annotation(
        id=f"m{number}", start=number, end=number + 4, label=label, author=ANNA,
        created=AT, modified=AT, status="accepted",
    )  # fmt: skip


class Case:
    """A library with two articles, the first of which has a history."""

    def __init__(self, path: Path) -> None:
        self.path = path
        Library.create(path)
        self.library = Library.open(path)
        self.library.add(Document(Article(ID, TEXT, "Причал"), (mark(0),)))
        self.library.add(Document(Article(OTHER, TEXT, "Рейд")))
        for number in range(1, 5):
            self.library.apply(ID, Add(mark(number)), author=ANNA, operation=f"op-{number}")
        self.document, self.history = self.library.story(ID)

    @property
    def snapshot(self) -> Path:
        return self.library.article_path(ID)

    @property
    def journal(self) -> Path:
        return self.snapshot.with_suffix(".log")

    def fold(self) -> Path:
        """Close the journal; returns where it is then."""
        file = self.library.file(ID)
        state = file.load()
        assert state is not None
        file.fold(state, AT)
        return closed.path_of(self.journal, 0)

    def check(self, *, repairs: bool = False) -> list[Finding]:
        doctor = Doctor(self.path, repairs=repairs)
        return [finding for findings in doctor.check() for finding in findings]

    def kinds(self, *, repairs: bool = False) -> list[tuple[str, str]]:
        return [(each.weight, str(each.kind)) for each in self.check(repairs=repairs)]

    def stands(self) -> Document:
        return Library.open(self.path).document(ID)

    def files(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in self.path.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, lambda _descriptor: None)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path / "library")


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def odd_snapshot(case: Case) -> None:
    flip(case.snapshot, 900)


def empty_snapshot(case: Case) -> None:
    case.snapshot.write_bytes(b"")


def no_snapshot(case: Case) -> None:
    case.snapshot.unlink()


def old_snapshot(case: Case) -> None:
    before = case.snapshot.read_bytes()
    case.library.apply(ID, Add(mark(5)), author=ANNA)
    case.document, case.history = case.library.story(ID)
    case.snapshot.write_bytes(before)


def false_quote(case: Case) -> None:
    """A snapshot whose checksum fits, but not an annotation."""
    found = snapshot.decode(case.snapshot.read_bytes(), case.snapshot)
    for row in found.tables["annotations"].values():
        row["start"], row["end"] = row["start"] + 1, row["end"] + 1
    case.snapshot.write_bytes(snapshot.encode(found.tables, 4, found.journal))


def damaged_line(case: Case) -> None:
    flip(case.journal, len(lines_of(case.journal)[0]) + 50)


def damaged_base(case: Case) -> None:
    flip(case.journal, 100)


def short_journal(case: Case) -> None:
    case.journal.write_bytes(b"".join(lines_of(case.journal)[:-1]))


def no_journal(case: Case) -> None:
    case.journal.unlink()


def cut_base(case: Case) -> None:
    case.journal.write_bytes(case.journal.read_bytes()[:100])


def empty_journal(case: Case) -> None:
    case.journal.write_bytes(b"")


def garbage_behind(case: Case) -> None:
    case.journal.write_bytes(case.journal.read_bytes() + b"garbage\n")


def torn_line(case: Case) -> None:
    case.journal.write_bytes(case.journal.read_bytes() + b"0123")


def contradiction(case: Case) -> None:
    other = replace(case.document, annotations=case.document.annotations[1:])
    tables = snapshot.new_tables(other)
    case.snapshot.write_bytes(snapshot.encode(tables, 4, len(case.journal.read_bytes())))


Damage = Callable[[Case], None]
# what is done to the files, what is found, whether the history is whole after the repair
ONE_FILE: list[tuple[Damage, list[tuple[str, str]], bool]] = [
    (odd_snapshot, [("problem", "snapshot")], True),
    (false_quote, [("problem", "snapshot")], True),
    (empty_snapshot, [("note", "behind")], True),
    (no_snapshot, [("note", "behind")], True),
    (old_snapshot, [("note", "behind")], True),
    (damaged_line, [("problem", "journal")], False),
    (damaged_base, [("problem", "journal")], False),
    (short_journal, [("problem", "journal")], False),
    (no_journal, [("problem", "journal")], False),
    (cut_base, [("problem", "journal")], False),
    (empty_journal, [("problem", "journal")], False),
    (garbage_behind, [("problem", "journal")], True),
    (torn_line, [("note", "torn line")], True),
    (contradiction, [("problem", "contradiction")], True),
]
by_damage = pytest.mark.parametrize(
    ("damage", "expected", "is_whole"), ONE_FILE, ids=[each[0].__name__ for each in ONE_FILE]
)


def test_nothing_is_found_in_a_sound_library(case: Case) -> None:
    assert case.check() == []
    case.fold()
    before = case.files()
    assert case.check(repairs=True) == []
    assert case.files() == before


def test_without_the_folder_of_all_articles_they_are_lost(case: Case) -> None:
    shutil.rmtree(root.articles(case.path))
    (found,) = case.check()
    assert (found.weight, str(found.kind)) == ("problem", "articles")
    assert "zametka restore FILE" in str(found.remedy)
    assert case.kinds(repairs=True) == [("problem", "articles"), ("repaired", "articles")]
    assert case.check() == []
    root.articles(case.path).rmdir()
    root.articles(case.path).touch(0o600)
    assert case.kinds(repairs=True) == [("problem", "articles")]


@pytest.mark.parametrize("argument", ["--repair", None])
def test_a_repair_goes_on_where_nobody_reads_what_it_did(case: Case, argument: str | None) -> None:
    odd_snapshot(case)
    reading, writing = os.pipe()
    os.close(reading)
    program = [sys.executable, "-c", "from tui.cli import main; main()", "doctor"]
    done = subprocess.run(
        [*program, "--library", str(case.path), *filter(None, [argument])],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 1
    assert ("1 repair" in done.stderr, "Exception" in done.stderr) == (bool(argument), False)
    assert {each.weight for each in case.check()} == ({"note"} if argument else {"problem"})


def test_where_nothing_can_be_repaired_that_is_said_once(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd_snapshot(case)
    before, mounted = case.files(), os.statvfs(case.path)
    read_only = os.statvfs_result((*mounted[:8], mounted.f_flag | os.ST_RDONLY, mounted[9]))
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    assert why_nothing_is_repaired(case.path) is None, "its owner can let themselves"
    monkeypatch.setattr(os, "statvfs", lambda _path: read_only)
    done = CliRunner().invoke(commands, ["doctor", "--repair", "--library", str(case.path)])
    assert done.exit_code == 1
    assert "nothing can be repaired here: " in done.stderr
    assert done.stderr.count("file system that is read-only") == 1
    assert "repaired" not in done.stdout
    assert case.files() == before


class TestOneFile:
    @by_damage
    def test_it_is_found_and_nothing_is_changed(
        self, case: Case, damage: Damage, expected: list[tuple[str, str]], is_whole: bool
    ) -> None:
        damage(case)
        before = case.files()
        findings = case.check()
        assert [(each.weight, str(each.kind)) for each in findings] == expected
        for each in findings:
            assert str(each.path) in str(each.what)
            assert each.remedy
            assert each.article == ID
        assert case.files() == before

    @by_damage
    def test_it_is_repaired_in_full(
        self, case: Case, damage: Damage, expected: list[tuple[str, str]], is_whole: bool
    ) -> None:
        good = case.files()
        damage(case)
        damaged = case.files()
        assert case.kinds(repairs=True)[: len(expected)] == expected
        assert case.stands() == case.document
        assert case.library.history(ID) == (case.history if is_whole else ())
        after = case.files()
        if expected[0][0] == "problem":
            bad = [data for path, data in damaged.items() if good[path] != data]
            assert all(data in after.values() for data in bad)
        assert {each.weight for each in case.check(repairs=True)} <= {"note"}
        assert {str(each.kind) for each in case.check()} <= {"kept aside"}
        assert case.files() == after

    @pytest.mark.parametrize(
        "damage",
        [odd_snapshot, old_snapshot, damaged_line, short_journal, no_journal, garbage_behind],
    )
    def test_an_interrupted_repair_leaves_the_article_no_worse(
        self, case: Case, damage: Damage
    ) -> None:
        damage(case)
        files = case.files()
        total = calls_of(lambda: case.check(repairs=True))
        for at in range(1, total + 1):
            for path in case.snapshot.parent.iterdir():
                path.unlink()
            for path, data in files.items():
                path.write_bytes(data)
            was = readable(case)
            with (
                disk(lambda call, at=at: KeyboardInterrupt() if call == at else None),  # type: ignore[misc]
                pytest.raises(KeyboardInterrupt),
            ):
                case.check(repairs=True)
            assert readable(case) in (was, case.document)
            case.check(repairs=True)
            assert case.stands() == case.document
            assert {str(each.kind) for each in case.check()} <= {"kept aside"}

    @by_damage
    def test_a_full_disk_leaves_the_article_no_worse(
        self, case: Case, damage: Damage, expected: list[tuple[str, str]], is_whole: bool
    ) -> None:
        damage(case)
        was = readable(case)
        with disk(failing(28, 1, lasting=True)):
            findings = case.check(repairs=True)
        assert any("the disk is full" in str(each.what) for each in findings)
        assert readable(case) == was


def readable(case: Case) -> Document | None:
    try:
        return case.stands()
    except Exception:  # noqa: BLE001 - what it is, others test
        return None


class TestBothFiles:
    def test_what_the_good_lines_lead_to_comes_back_and_what_is_lost_is_said(
        self, case: Case
    ) -> None:
        first, *rest = lines_of(case.journal)
        odd_snapshot(case)
        flip(case.journal, len(first) + len(rest[0]) + len(rest[1]) + 50)
        findings = case.check()
        assert [str(each.kind) for each in findings] == ["snapshot", "journal"]
        assert "revision 2" in str(findings[0].remedy)
        done = [str(each.what) for each in case.check(repairs=True) if each.is_done]
        assert "lost: 2" in done[0]
        assert case.stands().revision == 2
        assert set(case.stands().by_id) == {"m0", "m1", "m2"}
        assert case.library.history(ID) == case.history[:2]

    def test_a_damaged_base_is_led_to_by_a_closed_journal(self, case: Case) -> None:
        case.fold()
        case.library.apply(ID, Add(mark(5)), author=ANNA)
        whole = case.library.story(ID)
        odd_snapshot(case)
        damaged_base(case)
        case.check(repairs=True)
        assert case.library.story(ID) == whole
        assert {str(each.kind) for each in case.check()} == {"kept aside"}

    def test_without_any_base_they_are_left_for_a_backup(self, case: Case) -> None:
        odd_snapshot(case)
        damaged_base(case)
        before = case.files()
        findings = case.check(repairs=True)
        assert [(each.weight, str(each.kind)) for each in findings] == [
            ("problem", "snapshot"),
            ("problem", "journal"),
        ]
        assert all(
            f"zametka restore FILE {ID}" in str(each.remedy).replace("'", "")
            or "zametka restore FILE ARTICLE" in str(each.remedy)
            for each in findings
        )
        assert case.files() == before

    @pytest.mark.parametrize("left", [b"", b"0123"])
    def test_where_both_are_empty_an_article_is_lost_and_its_traces_stay(
        self, case: Case, left: bytes
    ) -> None:
        empty_snapshot(case)
        case.journal.write_bytes(left)
        before = case.files()
        findings = case.check(repairs=True)
        assert [(each.weight, str(each.kind)) for each in findings] == [
            ("problem", "snapshot"),
            ("problem", "journal"),
        ]
        assert all("zametka restore FILE ARTICLE" in str(each.remedy) for each in findings)
        assert case.files() == before

    def test_what_was_never_added_whole_is_no_article(self, case: Case) -> None:
        no_snapshot(case)
        case.journal.write_bytes(b"0123")
        doctor = Doctor(case.path)
        findings = [finding for found in doctor.check() for finding in found]
        assert [str(each.kind) for each in findings] == ["unfinished"]
        assert doctor.articles == 1

    @pytest.mark.parametrize("damage", [cut_base, short_journal])
    def test_a_journal_that_is_cut_is_told_of_as_reading_tells_of_it(
        self, case: Case, damage: Damage
    ) -> None:
        damage(case)
        (found,) = case.check()
        (problem,) = case.library.problems(ID)
        assert "its end is missing" in str(found.what)
        assert "its end is missing" in str(problem)
        assert "the next change" not in str(found.remedy)

    def test_a_snapshot_that_knows_of_more_is_heeded(self, case: Case) -> None:
        odd_snapshot(case)
        short_journal(case)
        assert case.kinds() == [("problem", "snapshot"), ("problem", "journal")]
        done = [str(each.what) for each in case.check(repairs=True) if each.is_done]
        assert "lost: 1" in done[0]
        assert case.stands().revision == 3


class TestClosedJournals:
    def test_a_damaged_one_is_kept_aside_and_the_article_stands(self, case: Case) -> None:
        path = case.fold()
        flip(path, 60)
        damaged = path.read_bytes()
        assert case.kinds() == [("problem", "closed journal")]
        case.check(repairs=True)
        assert path.with_name(f"{path.name}.damaged-1").read_bytes() == damaged
        assert case.stands() == case.document
        assert case.library.history(ID) == ()
        assert case.kinds() == [("note", "kept aside")]

    def test_undo_goes_no_further_than_the_history(self, case: Case) -> None:
        """The journal takes back a step of the closed journal that is lost."""
        path = case.fold()
        case.library.undo(ID, author=ANNA)
        flip(path, 60)
        case.check(repairs=True)
        assert [entry.undoes for entry in case.library.history(ID)] == ["op-4"]
        assert isinstance(case.library.undo(ID, author=ANNA), Nothing)
        assert isinstance(case.library.redo(ID, author=ANNA), Nothing)

    def test_what_a_killed_fold_left_is_removed(self, case: Case) -> None:
        data = case.journal.read_bytes()
        closed.close(case.journal, data, 0, 0o600)
        assert case.kinds() == [("note", "leftover")]
        case.check(repairs=True)
        assert case.check() == []
        assert case.library.history(ID) == case.history

    def test_a_gap_is_told(self, case: Case) -> None:
        case.fold()
        case.library.apply(ID, Add(mark(5)), author=ANNA)
        case.library.apply(ID, Add(mark(6)), author=ANNA)
        case.journal.unlink()
        case.check(repairs=True)
        assert case.kinds() == [("note", "gap")]

    def test_an_article_of_which_only_they_are_left_comes_back(self, case: Case) -> None:
        case.fold()
        case.journal.unlink()
        case.snapshot.unlink()
        assert case.kinds() == [("problem", "journal")]
        case.check(repairs=True)
        assert case.stands() == case.document
        assert case.check() == []


class TestOthers:
    def test_a_newer_version_s_files_are_left_alone(self, case: Case) -> None:
        line = b'{"operation":"x","revision":5,"at":"","author":"","edit":{"split":1}}'
        with case.journal.open("ab") as file:
            file.write(journal_line(line))
        before = case.files()
        assert case.kinds(repairs=True) == [("problem", "newer")]
        assert case.files() == before

    def test_strays_copies_and_files_of_others_are_named(self, case: Case) -> None:
        folder = case.journal.parent
        (folder / f".{case.snapshot.name}.tmp").write_bytes(b"x")
        (folder / f".{case.snapshot.name}.tmp").chmod(0o600)
        copy = folder / f"{folder.name}{'0' * 30}.log"
        shutil.copy(case.journal, copy)
        wrong = case.library.article_path(OTHER).parent / case.journal.name
        shutil.copy(case.journal, wrong)
        note = case.path / "заметки.txt"
        note.write_text("x")
        note.chmod(0o600)
        found = {(each.weight, str(each.kind)): each for each in case.check(repairs=True)}
        assert found.keys() == {
            ("note", "temporary"),
            ("repaired", "temporary"),
            ("problem", "copy"),
            ("problem", "misplaced"),
            ("note", "foreign"),
        }
        assert found["problem", "copy"].path == copy
        assert found["problem", "misplaced"].path == wrong
        assert found["note", "foreign"].path == note
        assert copy.exists()
        assert wrong.exists()

    def test_a_renamed_article_is_told_its_name(self, case: Case) -> None:
        case.snapshot.unlink()
        wrong = case.journal.with_name(f"{case.journal.name[:2]}{'0' * 30}.log")
        case.journal.rename(wrong)
        (finding,) = case.check()
        assert str(finding.remedy) == f"`mv --no-clobber -- {wrong} {case.journal}`"

    def test_the_command_that_moves_a_file_makes_the_folder_it_lacks(self, case: Case) -> None:
        folder = case.journal.parent
        wrong = folder.rename(folder.with_name("00" if folder.name != "00" else "01"))
        remedies = [str(each.remedy).strip("`") for each in case.check()]
        assert [Path(shlex.split(each)[-1]) for each in remedies] == [case.journal, case.snapshot]
        for each in remedies:
            subprocess.run(each, shell=True, check=True)
        assert case.check() == []
        assert case.stands() == case.document
        assert list(wrong.iterdir()) == []

    @pytest.mark.parametrize("name", ["journal", "snapshot"])
    def test_a_pipe_is_no_file_and_nobody_waits_for_it(self, case: Case, name: str) -> None:
        path: Path = getattr(case, name)
        path.unlink()
        os.mkfifo(path, 0o600)
        assert case.kinds(repairs=True) == [("problem", "unreadable")]

    def test_a_file_without_end_is_told(self, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
        read = io.FileIO.readall

        class Endless(io.FileIO):
            def readall(self) -> bytes:
                if self.name == case.journal:
                    raise MemoryError
                return read(self)

        monkeypatch.setattr(
            files, "open", lambda path, *_, opener: Endless(path, opener=opener), raising=False
        )
        assert case.kinds(repairs=True) == [("problem", "unreadable")]

    def test_no_link_leads_out_of_the_library(self, case: Case, tmp_path: Path) -> None:
        torn_line(case)
        outside = case.journal.rename(tmp_path / "elsewhere.log")
        before = outside.read_bytes()
        case.journal.symlink_to(outside)
        folder = tmp_path / "somebody's"
        folder.mkdir()
        (folder / "precious").touch()
        case.path.joinpath("trash").mkdir(0o700)
        for name in (f".{'0' * 32}-1.gone", f"{'0' * 32}-2", f".{'0' * 32}-3.tmp"):
            case.path.joinpath("trash", name).symlink_to(folder)
        kinds = case.kinds(repairs=True)
        assert kinds.count(("note", "foreign")) == 4
        assert ("problem", "unreadable") in kinds
        assert list(trash.empty(case.library, trash.listed(case.library))) == []
        assert outside.read_bytes() == before
        assert (folder / "precious").exists()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root writes where others own all")
    def test_what_root_repairs_stays_its_owner_s(self, case: Case) -> None:
        for path in (case.path, *case.path.rglob("*")):
            os.chown(path, 61001, -1)
        odd_snapshot(case)
        case.check(repairs=True)
        trash.remove(case.library, OTHER, ANNA)
        assert {path.stat().st_uid for path in case.path.rglob("*")} == {61001}

    def test_a_removal_that_was_cut_short_is_finished(self, case: Case) -> None:
        case.fold()
        total = calls_of(lambda: trash.remove(case.library, ID, ANNA))
        states = set()
        for at in range(1, total + 1):
            fresh = Case(case.path.with_name(f"library-{at}"))
            fresh.fold()
            with (
                disk(lambda call, at=at: KeyboardInterrupt() if call == at else None),  # type: ignore[misc]
                suppress(KeyboardInterrupt),
            ):
                trash.remove(fresh.library, ID, ANNA)
            before = fresh.files()
            assert {each.weight for each in fresh.check()} <= {"note"}
            assert fresh.files() == before
            fresh.check(repairs=True)
            assert fresh.check() == []
            states.add(ID in fresh.library)
            if ID in fresh.library:
                assert fresh.library.story(ID) == (fresh.document, fresh.history)
        assert states == {True, False}

    def test_what_was_never_added_whole_is_no_article(self, case: Case) -> None:
        path = case.library.article_path("нет").with_suffix(".log")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(b"0123 {")
        path.chmod(0o600)
        assert case.kinds() == [("note", "unfinished")]
        case.check(repairs=True)
        assert case.kinds() == [("note", "kept aside")]

    def test_the_file_of_a_killed_window_is_removed(self, case: Case) -> None:
        folder = case.path / presence.FOLDER
        folder.mkdir(mode=0o700)
        path = folder / f"{key_of(ID)}-{'0' * 16}"
        path.touch(0o600)
        assert case.kinds() == [("note", "presence")]
        assert case.kinds(repairs=True) == [("note", "presence"), ("repaired", "presence")]
        assert case.check() == []

    def test_a_missing_locks_file_is_made(self, case: Case) -> None:
        root.locks(case.path).unlink()
        assert case.kinds() == [("note", "no locks")]
        case.check(repairs=True)
        assert case.check() == []

    def test_permissions_are_mended(self, case: Case) -> None:
        case.journal.chmod(0o644)
        assert ("problem", "permissions") in case.kinds(repairs=True)
        assert case.check() == []
        assert case.journal.stat().st_mode & 0o777 == 0o600

    def test_only_some_articles(self, case: Case) -> None:
        odd_snapshot(case)
        doctor = Doctor(case.path)
        assert [len(each) for each in doctor.check_only([OTHER, ID])] == [0, 1]
        with pytest.raises(ArticleNotFound):
            list(doctor.check_only(["нет такой"]))


def journal_line(payload: bytes) -> bytes:
    import zlib

    line = b"%08x %b\n" % (zlib.crc32(payload), payload)
    assert journal.fits(line[:-1])
    return line


RULING = Ruling("LOC", "Корсаков", ANNA, AT, is_on=False)


def cut_file(data: bytes) -> bytes:
    return data[: data.index(b'"MONEY"')]


def bad_byte(data: bytes) -> bytes:
    return data.replace(b'"PER"', b'"P\xffR"')


def broken_brace(data: bytes) -> bytes:
    return data.replace(b"{", b"[", 1)


class TestLibraryFile:
    @pytest.mark.parametrize("damage", [cut_file, bad_byte, broken_brace])
    def test_what_still_stands_in_it_is_kept(
        self, case: Case, damage: Callable[[bytes], bytes]
    ) -> None:
        gazetteer.put(case.path, RULING, None)
        path = case.path / root.LIBRARY_FILE
        case.library.apply(ID, Change(mark(0), mark(0, "AGE")), author=ANNA)
        bad = damage(path.read_bytes())
        path.write_bytes(bad)
        assert case.kinds() == [("problem", "library")]
        assert case.kinds(repairs=True) == [("problem", "library"), ("repaired", "library")]
        assert path.with_name(f"{path.name}.damaged-1").read_bytes() == bad
        assert {str(each.kind) for each in case.check()} == {"kept aside"}
        schema = Library.open(case.path).schema
        for label in ("ORG", "LOC", "AGE"):
            assert schema[label] == DEFAULT_SCHEMA[label]
        if damage is not cut_file:
            assert gazetteer.read(case.path).rulings == (RULING,)

    @pytest.mark.parametrize("content", [None, b"", b"\0" * 500, b"[]"])
    def test_without_anything_to_keep_it_has_the_default_labels(
        self, case: Case, content: bytes | None
    ) -> None:
        path = case.path / root.LIBRARY_FILE
        path.unlink()
        if content is not None:
            path.write_bytes(content)
            path.chmod(0o600)
        case.check(repairs=True)
        assert Library.open(case.path).schema == DEFAULT_SCHEMA

    def test_a_label_that_only_the_articles_have_is_brought_in(self, case: Case) -> None:
        path = case.path / root.LIBRARY_FILE
        path.write_bytes(path.read_bytes().replace(b'"LOC"', b'"PLACE"'))
        assert case.kinds() == [("note", "labels")]
        text = path.read_bytes()
        case.library.schema = Library.open(case.path).schema
        case.library.apply(ID, Add(mark(20, "PLACE")), author=ANNA)
        path.write_bytes(b"x")
        case.check(repairs=True)
        schema = Library.open(case.path).schema
        assert {"PLACE", "LOC", "PER"} <= {label.name for label in schema}
        assert text != path.read_bytes()

    def test_what_another_doctor_has_mended_is_not_written_again(self, case: Case) -> None:
        path = case.path / root.LIBRARY_FILE
        path.write_bytes(cut_file(path.read_bytes()))
        late = Doctor(case.path, repairs=True).check()
        next(late)
        case.check(repairs=True)
        before = case.files()
        assert [each for findings in late for each in findings if each.is_done] == []
        assert case.files() == before

    def test_another_version_s_file_is_left_alone(self, case: Case) -> None:
        path = case.path / root.LIBRARY_FILE
        path.write_bytes(path.read_bytes().replace(b"zametka-library/1", b"zametka-library/2"))
        before = case.files()
        with pytest.raises(NoLibrary):
            Doctor(case.path, repairs=True)
        assert case.files() == before

    def test_no_library_is_made_where_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(NoLibrary):
            Doctor(tmp_path, repairs=True)
        assert list(tmp_path.iterdir()) == []


class TestCommand:
    @pytest.fixture
    def run(self, case: Case, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
        monkeypatch.setenv("ZAMETKA_LIBRARY", str(case.path))
        return lambda *arguments: CliRunner().invoke(commands, ["doctor", *arguments])

    def test_a_sound_library(self, run: Callable[..., Result]) -> None:
        result = run()
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "2 articles, no problem\n"

    def test_what_does_no_harm_is_no_problem(self, case: Case, run: Callable[..., Result]) -> None:
        torn_line(case)
        result = run()
        assert result.exit_code == 0
        assert result.stdout.startswith("note\ttorn line\t")
        assert "no problem, 1 note" in result.stderr

    def test_a_problem_is_told_with_the_remedy_then_repaired(
        self, case: Case, run: Callable[..., Result]
    ) -> None:
        damaged_line(case)
        result = run()
        assert result.exit_code == 1
        weight, kind, what, remedy = result.stdout.rstrip("\n").split("\t")
        assert (weight, kind) == ("problem", "journal")
        assert f"{case.journal}: the line at byte" in what
        assert "zametka doctor --repair" in remedy
        assert "1 problem (journals 1)" in result.stderr
        result = run("--repair")
        assert result.exit_code == 1
        assert "1 repair" in result.stderr
        assert "repaired\tjournal\t" in result.stdout
        result = run(ID)
        assert result.exit_code == 0
        assert "1 article, no problem, 1 note" in result.stderr

    def test_json(self, case: Case, run: Callable[..., Result]) -> None:
        damaged_line(case)
        (line,) = run("--json").stdout.splitlines()
        record = json.loads(line)
        assert record["article"] == ID
        assert record["path"] == str(case.journal)
        assert record["place"] == len(lines_of(case.journal)[0])
        assert record["kind"] == "journal"

    def test_a_name_that_is_no_text_is_told(self, case: Case, run: Callable[..., Result]) -> None:
        name = os.fsdecode(b"\xff\x1b[31m\n")
        path = case.path / name
        path.touch(0o600)
        (line,) = run("--json").stdout.splitlines()
        assert json.loads(line)["path"] == str(path)
        assert line.isascii()
        assert line.isprintable()

    def test_an_article_that_is_not_there(self, run: Callable[..., Result]) -> None:
        assert isinstance(run("нет такой").exception, ArticleNotFound)
