"""The files of an article after accidents: recovered in full or reported, never wrong."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from annotations.edits import Add, Change, Group, Remove
from annotations.model import Annotation, Article, Document
from store.article import journal, snapshot
from store.article.journal import HistoryEntry
from store.errors import Damaged, Unreadable
from store.library import Library, Saved

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
TEXT = "Завод «Волна» в Перми наймёт 120 сварщиков до конца июня."
ID = "завод"


def mark(id_: str, start: int, label: str = "LOC") -> Annotation:
    return Annotation(
        id=id_, start=start, end=start + 5, label=label, author=ANNA,
        created=AT, modified=AT, status="accepted",
    )  # fmt: skip


A, B, C, D = mark("a", 0), mark("b", 7), mark("c", 16), mark("d", 30)
C2 = replace(C, label="ORG")


@dataclass
class Case:
    """An article with a history, and how it must stand."""

    library: Library
    document: Document
    history: tuple[HistoryEntry, ...]

    @property
    def snapshot(self) -> Path:
        return self.library.article_path(ID)

    @property
    def journal(self) -> Path:
        return self.snapshot.with_suffix(".log")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    library = Library.create(tmp_path / "library")
    library.add(Document(Article(ID, TEXT, "Завод", meta={"рубрика": "экономика"}), (A,)))
    library.apply(ID, Group((Add(B), Add(C))), author=ANNA, operation="1")
    library.apply(ID, Change(C, C2), author=BORIS, operation="2")
    library.apply(ID, Remove(A), author=ANNA, operation="3")
    library.undo(ID, author=ANNA)
    return Case(library, library.document(ID), library.history(ID))


@pytest.fixture
def lagging(case: Case) -> Case:
    """The same, but the last writer was killed before it replaced the snapshot."""
    before = case.snapshot.read_bytes()
    result = case.library.apply(ID, Add(D), author=BORIS, operation="5")
    assert isinstance(result, Saved)
    case.snapshot.write_bytes(before)
    return Case(case.library, result.document, case.library.history(ID))


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def zero(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    length = chance.randrange(1, 600)
    return (data[:place] + bytes(length) + data[place + length :])[: len(data)]


def drop(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + data[place + chance.randrange(1, 100) :]


DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [flip, cut, zero, drop]
by_damage = pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)


class TestDamage:
    @by_damage
    def test_a_damaged_snapshot_loses_nothing(
        self, case: Case, damage: Callable[[bytes, random.Random], bytes]
    ) -> None:
        chance = random.Random(1)
        good = case.snapshot.read_bytes()
        for _ in range(60):
            case.snapshot.write_bytes(damage(good, chance))
            assert case.library.document(ID) == case.document
            assert case.library.history(ID) == case.history
            assert list(case.library.ids()) == [ID]

    @by_damage
    def test_a_damaged_snapshot_behind_the_journal_loses_nothing(
        self, lagging: Case, damage: Callable[[bytes, random.Random], bytes]
    ) -> None:
        chance = random.Random(2)
        good = lagging.snapshot.read_bytes()
        for _ in range(40):
            lagging.snapshot.write_bytes(damage(good, chance))
            assert lagging.library.document(ID) == lagging.document

    @by_damage
    def test_a_damaged_journal_is_reported_and_the_article_still_read(
        self, case: Case, damage: Callable[[bytes, random.Random], bytes]
    ) -> None:
        chance = random.Random(3)
        good = case.journal.read_bytes()
        for _ in range(60):
            bad = damage(good, chance)
            if bad == good:
                continue
            case.journal.write_bytes(bad)
            assert read(case) in (case.document, Damaged)
            with pytest.raises(Damaged, match=case.journal.name):
                case.library.history(ID)
            assert case.library.problems(ID)
            with pytest.raises(Damaged):
                case.library.undo(ID, author=ANNA)
            assert case.journal.read_bytes() == bad

    @pytest.mark.parametrize("damage", [flip, zero])
    def test_damage_in_what_the_snapshot_lacks_is_never_passed_over(
        self, lagging: Case, damage: Callable[[bytes, random.Random], bytes]
    ) -> None:
        chance = random.Random(4)
        good = lagging.journal.read_bytes()
        tail = good.rindex(b"\n", 0, -1) + 1
        for _ in range(60):
            bad = good[:tail] + damage(good[tail:], chance)
            if not bad.endswith(b"\n") and damage is zero:
                continue  # zeros at the end are what a power cut leaves of a line never saved
            lagging.journal.write_bytes(bad)
            assert read(lagging) is Damaged
            with pytest.raises(Damaged):
                lagging.library.apply(ID, Remove(B), author=ANNA)
            assert lagging.journal.read_bytes() == bad

    @by_damage
    def test_with_both_files_damaged_nothing_wrong_is_read(
        self, case: Case, damage: Callable[[bytes, random.Random], bytes]
    ) -> None:
        chance = random.Random(5)
        good, log = case.snapshot.read_bytes(), case.journal.read_bytes()
        for _ in range(60):
            case.snapshot.write_bytes(flip(good, chance))
            bad = damage(log, chance)
            if bad.endswith(b"\n") and log.startswith(bad):
                continue
            case.journal.write_bytes(bad)
            assert read(case) in (case.document, Damaged)

    def test_a_journal_cut_between_lines_is_not_believed_against_the_snapshot(
        self, case: Case
    ) -> None:
        """The snapshot's checksum is wrong, but it knows of more changes than the journal."""
        case.snapshot.write_bytes(case.snapshot.read_bytes().replace(b"LOC", b"PER"))
        lines = case.journal.read_bytes().splitlines(keepends=True)
        case.journal.write_bytes(b"".join(lines[:-1]))
        with pytest.raises(Damaged, match=r"edited outside.*the rest of it is missing"):
            case.library.document(ID)

    @pytest.mark.parametrize("content", [b"x", b"[]", b'{"_meta": {"1": {"revision": "3"}}}'])
    def test_no_snapshot_and_no_journal_is_damage(self, case: Case, content: bytes) -> None:
        case.snapshot.write_bytes(content)
        assert case.library.document(ID) == case.document
        case.journal.unlink()
        with pytest.raises(Damaged) as caught:
            case.library.document(ID)
        assert "backup" in str(caught.value)
        (problem,) = case.library.problems(ID)
        assert str(problem) == str(caught.value)


def read(case: Case) -> Document | type[Damaged]:
    try:
        return case.library.document(ID)
    except Damaged:
        return Damaged


class TestRecovery:
    def test_the_newer_journal_is_read_and_the_next_save_goes_on_from_it(
        self, lagging: Case
    ) -> None:
        assert lagging.library.document(ID) == lagging.document
        result = lagging.library.apply(ID, Remove(D), author=BORIS)
        assert isinstance(result, Saved)
        assert result.document.revision == lagging.document.revision + 1
        assert Library.open(lagging.library.path).document(ID) == result.document

    def test_an_operation_that_only_the_journal_has_is_not_applied_again(
        self, lagging: Case
    ) -> None:
        result = lagging.library.apply(ID, Add(D), author=BORIS, operation="5")
        assert result == Saved(lagging.document)

    @pytest.mark.parametrize("content", [None, b""], ids=["missing", "empty after a power cut"])
    def test_without_a_snapshot_the_journal_tells_everything(
        self, case: Case, content: bytes | None
    ) -> None:
        case.snapshot.unlink()
        if content is not None:
            case.snapshot.write_bytes(content)
        assert case.library.document(ID) == case.document
        assert case.library.problems(ID) == ()
        case.library.apply(ID, Remove(A), author=ANNA)
        assert len(list(case.snapshot.parent.iterdir())) == 2

    @pytest.mark.parametrize("with_snapshot", [True, False])
    def test_a_torn_last_line_is_passed_over_and_cut_by_the_next_writer(
        self, case: Case, with_snapshot: bool
    ) -> None:
        good = case.journal.read_bytes()
        if not with_snapshot:
            case.snapshot.unlink()
        for length in (1, 8, 9, 40):
            case.journal.write_bytes(good + good[:length])
            assert case.library.document(ID) == case.document
            assert case.library.history(ID) == case.history
            assert case.journal.read_bytes() == good + good[:length]
        result = case.library.apply(ID, Remove(A), author=ANNA)
        assert isinstance(result, Saved)
        assert case.journal.read_bytes().startswith(good)
        assert Library.open(case.library.path).document(ID) == result.document
        assert len(case.library.history(ID)) == len(case.history) + 1

    def test_an_article_whose_base_is_torn_was_never_added(self, tmp_path: Path) -> None:
        library = Library.create(tmp_path / "library")
        document = Document(Article(ID, TEXT, "Завод"), (A,))
        library.add(document)
        path = library.article_path(ID)
        path.unlink()
        log = path.with_suffix(".log")
        log.write_bytes(log.read_bytes()[:50])
        assert list(library.ids()) == [] == list(library.documents())
        assert library.add(document) is True
        assert library.document(ID) == document

    def test_a_journal_moved_away_begins_anew(self, case: Case) -> None:
        case.journal.unlink()
        assert case.library.document(ID) == case.document
        assert case.library.history(ID) == ()
        (problem,) = case.library.problems(ID)
        assert "history is missing" in str(problem)
        case.library.apply(ID, Remove(B), author=ANNA)
        case.snapshot.unlink()
        document = case.library.document(ID)
        assert document.revision == case.document.revision + 1
        assert set(document.by_id) == {"a", "c"}
        assert [entry.revision for entry in case.library.history(ID)] == [document.revision]

    def test_nothing_is_appended_to_a_journal_that_is_too_short(self, case: Case) -> None:
        lines = case.journal.read_bytes().splitlines(keepends=True)
        case.journal.write_bytes(b"".join(lines[:-1]))
        assert case.library.document(ID) == case.document
        with pytest.raises(Damaged, match=r"end is missing.*doctor --repair"):
            case.library.apply(ID, Remove(A), author=ANNA)
        assert case.journal.read_bytes() == b"".join(lines[:-1])
        assert [problem.path for problem in case.library.problems(ID)] == [case.journal]

    def test_nothing_is_appended_behind_a_line_that_lost_its_break(self, case: Case) -> None:
        bad = case.journal.read_bytes()[:-1] + b"x"
        case.journal.write_bytes(bad)
        with pytest.raises(Damaged, match="line break"):
            case.library.apply(ID, Remove(B), author=ANNA)
        assert case.journal.read_bytes() == bad

    def test_a_committed_line_that_lost_its_break_is_not_taken_for_a_torn_one(
        self, lagging: Case
    ) -> None:
        bad = lagging.journal.read_bytes()[:-1] + b"x"
        lagging.journal.write_bytes(bad)
        with pytest.raises(Damaged, match="line break"):
            lagging.library.document(ID)
        assert lagging.journal.read_bytes() == bad

    def test_a_journal_of_another_history_is_reported(self, case: Case) -> None:
        """Lines that are whole but do not follow: a revision twice, a change of nothing."""
        good = case.journal.read_bytes()
        last = good.splitlines(keepends=True)[-1]
        case.journal.write_bytes(good + last)
        with pytest.raises(Damaged, match="revision 5 expected, 4 found"):
            case.library.document(ID)
        entry = HistoryEntry(5, "x", ANNA, AT, Remove(D))
        case.journal.write_bytes(good + journal.entry_line(entry, TEXT))
        with pytest.raises(Damaged, match="does not fit"):
            case.library.document(ID)

    def test_a_line_of_a_newer_version_is_reported(self, case: Case) -> None:
        good = case.journal.read_bytes()
        for line in (b'{"operation":"x","revision":5,"at":"","author":"","edit":{"split":1}}',
                     b'{"operation":"x"}', b"[]", b"{"):  # fmt: skip
            case.journal.write_bytes(good + b"%08x %b\n" % (zlib_crc32(line), line))
            with pytest.raises(Damaged, match=f"byte {len(good)}"):
                case.library.document(ID)

    def test_a_base_that_is_none_is_reported(self, case: Case) -> None:
        case.snapshot.unlink()
        for line in (b'{"id":"x"}', b'{"record":[],"revision":0}'):
            case.journal.write_bytes(b"%08x %b\n" % (zlib_crc32(line), line))
            with pytest.raises(Damaged, match="byte 0"):
                case.library.document(ID)

    def test_a_snapshot_of_a_newer_version_gives_way_to_the_journal(
        self, case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("store.article.snapshot.SCHEMA", "zametka-article/2")
        assert case.library.document(ID) == case.document

    def test_a_snapshot_with_something_new_gives_way_to_the_journal(self, case: Case) -> None:
        found = snapshot.decode(case.snapshot.read_bytes(), case.snapshot)
        for row in found.tables["annotations"].values():
            row["mood"] = "бодрое"
        case.snapshot.write_bytes(snapshot.encode(found.tables, 4, found.journal))
        assert case.library.document(ID) == case.document
        (problem,) = case.library.problems(ID)
        assert "mood" in str(problem)

    def test_a_shorter_history_of_the_same_length_is_reported(self, case: Case) -> None:
        lines = case.journal.read_bytes().splitlines(keepends=True)
        base = Document(Article(ID, TEXT, "Завод", meta={"рубрика": "экономика"}), (A,))
        padding = len(lines[0]) + len(lines[-1]) - len(journal.base_line(base, ""))
        lines = [journal.base_line(base, " " * padding), *lines[1:-1]]
        case.journal.write_bytes(b"".join(lines))
        assert case.library.document(ID) == case.document
        with pytest.raises(Damaged, match="newest changes are missing"):
            case.library.history(ID)

    def test_a_file_that_cannot_be_read_is_named(self, case: Case) -> None:
        case.snapshot.unlink()
        case.snapshot.mkdir()
        with pytest.raises(Unreadable, match=case.snapshot.name):
            case.library.document(ID)


def zlib_crc32(data: bytes) -> int:
    """The checksum that the format asks for, as its documentation says it."""
    remainder = 0xFFFFFFFF
    for byte in data:
        remainder ^= byte
        for _ in range(8):
            remainder = remainder >> 1 ^ (0xEDB88320 if remainder & 1 else 0)
    return remainder ^ 0xFFFFFFFF


class TestLines:
    def test_a_line_is_a_checksum_and_json(self) -> None:
        entry = HistoryEntry(1, "op", ANNA, AT, Add(B), undoes="x")
        line = journal.entry_line(entry, TEXT)
        checksum, _, payload = line.partition(b" ")
        assert int(checksum, 16) == zlib_crc32(payload.rstrip(b"\n"))
        assert payload.startswith(b'{"operation":"op","revision":1,"at"')

    @pytest.mark.parametrize("edit", [Add(B), Remove(B), Change(C, C2), Group((Add(B), Remove(C)))])
    def test_what_is_written_is_read(self, edit: Add | Remove | Change | Group) -> None:
        entry = HistoryEntry(4, "op", ANNA, AT, edit, redoes="x")
        lines = journal.read_lines(journal.entry_line(entry, TEXT), Path("log"))
        assert journal.read_entries(lines, TEXT, 3, Path("log")) == (entry,)
        assert not lines.torn

    def test_lines_know_their_places(self) -> None:
        one = journal.entry_line(HistoryEntry(1, "op", ANNA, AT, Add(B)), TEXT)
        lines = journal.read_lines(one + one + one[:-1], Path("log"), 100)
        assert lines.places == (100, 100 + len(one))
        assert lines.end == 100 + 2 * len(one)
        assert lines.torn
