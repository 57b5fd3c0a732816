"""Bytes that change by themselves: an article's files are damaged anywhere, and then read.

Whatever is damaged, what is read is what was written, or Damaged names the file; nothing is
written over; the doctor finds it, and a repair brings back the article wherever one of its two
files is good.
"""

import gzip
import os
import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from annotations.edits import Add, Change, Group, Remove
from annotations.model import Annotation, Article, Document
from store.article import snapshot
from store.article.journal import HistoryEntry
from store.checkup.doctor import Doctor
from store.checkup.findings import Finding
from store.errors import ArticleNotFound, Damaged
from store.library import Library, Saved
from tests.faults.table import Result

ANNA, BORIS = "user:anna", "user:boris"
AT = "2026-01-31T10:00:00Z"
ID = "паром"
TEXT = "Паром «Амгунь» вышел из Ванино в Холмск, на борту 14 вагонов и 48 человек."
FOLDED, NOT_FOLDED = 24, 4  # changes to an article
FOLD_AT = 1  # bytes: a journal is folded as soon as it is four times as large as its article
MUST_HOLD = (
    "read as written or reported with file and remedy, bytes untouched; found by the doctor, "
    "repaired wherever the snapshot or the journal is good"
)
# what is seen of a round: what reading comes to, then what a repair does
HARMLESS = "without effect"
READABLE, NO_HISTORY, UNREADABLE = (
    "read in full all the same", "read, the history reported", "reported"
)  # fmt: skip
EARLIER = "read as it stood earlier, for both files have lost what says more"
IN_FULL, SHORTER, TAKEN_BACK, HOPELESS = (
    "repaired in full", "repaired with a shorter history", "taken back to the last good line",
    "left for a backup",
)  # fmt: skip
SEEN = (
    HARMLESS, READABLE, NO_HISTORY, UNREADABLE, EARLIER, IN_FULL, SHORTER, TAKEN_BACK, HOPELESS,
)  # fmt: skip
Files = dict[str, bytes]


def mark(number: int, label: str = "LOC") -> Annotation:
    return Annotation(
        id=f"m{number}", start=number, end=number + 6, label=label, author=ANNA,
        created=AT, modified=AT, status="accepted",
    )  # fmt: skip


NEW = mark(60, "ORG")


@dataclass
class Patient:
    """An article with a history, how it must stand, and its files while all is well."""

    library: Library
    states: list[Document]
    history: tuple[HistoryEntry, ...]
    files: Files

    @property
    def document(self) -> Document:
        return self.states[-1]

    @property
    def folder(self) -> Path:
        return self.library.article_path(ID).parent

    @property
    def names(self) -> tuple[str, str]:
        path = self.library.article_path(ID)
        return path.name, path.with_suffix(".log").name

    def write(self, files: Files) -> None:
        for path in self.folder.iterdir():
            path.unlink()
        for name, data in files.items():
            (self.folder / name).write_bytes(data)

    def read(self) -> Files:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}


def patient(path: Path, changes: int) -> Patient:
    """An article with a history."""
    Library.create(path)
    library = Library.open(path, fold_at=FOLD_AT)
    document = Document(Article(ID, TEXT, "Паром", meta={"рубрика": "порт"}), (mark(0),))
    library.add(document)
    states = [library.document(ID)]
    for number in range(1, changes + 1):
        there = states[-1].annotations
        one = there[-1]
        if number % 5 == 0:
            library.undo(ID, author=ANNA)
        elif len(there) < 2:
            library.apply(ID, Group((Add(mark(number)), Add(mark(30 + number)))), author=ANNA)
        elif number % 7 == 0:
            library.apply(ID, Remove(one), author=BORIS)
        else:
            library.apply(ID, Change(one, replace(one, note=f"№ {number}")), author=BORIS)
        after = library.document(ID)
        states += [after] * (after.revision > states[-1].revision)  # an undo may conflict
    found = Patient(library, states, library.history(ID), {})
    found.files = found.read()
    return found


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def zero(data: bytes, chance: random.Random) -> bytes:
    place, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return (data[:place] + bytes(length) + data[place + length :])[: len(data)]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def drop(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + data[place + chance.choice((1, 7, 512)) :]


def insert(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.randbytes(chance.choice((1, 9, 512))) + data[place:]


def double(data: bytes, chance: random.Random) -> bytes:
    place, length = chance.randrange(len(data)), chance.choice((1, 40, 512, 4096))
    return data[: place + length] + data[place : place + length] + data[place + length :]


def lose_lines(data: bytes, chance: random.Random) -> bytes:
    """Lines that are gone as if they had never been, at the end or amid."""
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join(lines[:place] + (lines[place + 1 :] if chance.random() < 0.5 else []))


def repeat_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[: place + 1], *lines[place:]])


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip, zero, cut, drop, insert, double, lose_lines, repeat_line,
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What a person sees of the article, and of its history; None: it is reported as damaged."""

    document: Document | None
    history: tuple[HistoryEntry, ...] | None


class Broken(AssertionError):
    """What must hold did not."""


def hold(holds: object, what: str) -> None:
    if not holds:
        raise Broken(what)


def corruption(folder: Path, rounds: int, seed: int = 1) -> Result:
    """Damage an article's files in so many ways, one after the other."""
    with _no_waiting_for_the_disk():
        patients = [patient(folder / f"corrupted-{count}", count) for count in (FOLDED, NOT_FOLDED)]
        assert [len(each.files) for each in patients] == [4, 2]
        seen: Counter[str] = Counter()
        failures = []
        for number in range(rounds):
            try:
                seen.update(_round(patients[number % 2], random.Random(f"{seed}-{number}")))
            except Exception as error:  # noqa: BLE001 - whatever it is, the round is named
                failures.append(f"{seed}-{number}: {type(error).__name__}: {error}")
    said = ", ".join(f"{seen[what]:,} {what}" for what in SEEN if seen[what])
    return Result("random corruptions", MUST_HOLD, rounds, said, tuple(failures))


@contextmanager
def _no_waiting_for_the_disk() -> Iterator[None]:
    with mock.patch.object(os, "fsync"), mock.patch.object(os, "fdatasync"):
        yield


def _round(subject: Patient, chance: random.Random) -> tuple[str, ...]:
    """Damage one file or two; returns what came of it, of `SEEN`."""
    damaged = dict(subject.files)
    names = sorted(damaged)
    for name in chance.sample(names, 2 if chance.random() < 0.3 else 1):
        damaged[name] = chance.choice(DAMAGES)(damaged[name], chance)
    if not _matters(subject.files, damaged):
        return (HARMLESS,)
    subject.write(damaged)
    is_blind = _is_blind(subject, damaged)
    read = _read(subject, is_blind)
    hold(subject.read() == damaged, "reading changed the files")
    _check_doctor(subject, read, is_blind)
    hold(subject.read() == damaged, "the doctor changed the files")
    _check_edit(subject, damaged, is_blind)
    subject.write(damaged)
    return _seen_of(subject, read), _check_repair(subject, damaged, is_blind)


def _seen_of(subject: Patient, read: Read) -> str:
    if read.document is None:
        return UNREADABLE
    if read.document != subject.document:
        return EARLIER
    return NO_HISTORY if read.history is None else READABLE


def _matters(good: Files, damaged: Files) -> bool:
    """Whether any file says something else; the head of a compressed one has idle bytes."""
    return any(_content(name, damaged[name]) != _content(name, good[name]) for name in good)


def _content(name: str, data: bytes) -> bytes | None:
    if not name.endswith(".gz"):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return None


def _is_blind(subject: Patient, damaged: Files) -> bool:
    """Whether the snapshot no longer says how long the journal was, and whole lines of that are
    gone from its end: then it looks like that of an article to which less was done."""
    of_snapshot, of_journal = subject.names
    claims = snapshot.claims_of(damaged[of_snapshot])
    log, good = damaged[of_journal], subject.files[of_journal]
    is_cut = log != good and log[: log.rfind(b"\n") + 1] in _beginnings(good)
    return claims == snapshot.Claims(0, 0) and is_cut


def _beginnings(log: bytes) -> set[bytes]:
    lines = log.splitlines(keepends=True)
    return {b"".join(lines[:count]) for count in range(len(lines) + 1)}


def _read(subject: Patient, is_blind: bool) -> Read:
    library = Library.open(subject.library.path)
    document = history = None
    try:
        document = library.document(ID)
        stands = subject.states if is_blind else [subject.document]
        hold(document in stands, "a wrong document was read")
    except ArticleNotFound:  # no file has anything left: it looks as if it was never added
        hold(is_blind, "the article was not found")
        return Read(None, None)
    except Damaged as damage:
        _check_message(subject, damage)
    try:
        history = library.history(ID)
        hold(is_blind or history == subject.history, "a wrong history was read")
    except Damaged as damage:
        _check_message(subject, damage)
    return Read(document, history)


def _check_message(subject: Patient, damage: Damaged) -> None:
    hold(damage.path.name in subject.files, f"no file is named: {damage}")
    hold(damage.path.name in str(damage), f"the file is not in the message: {damage}")
    hold("zametka doctor --repair" in str(damage), f"no remedy: {damage}")


def _check_doctor(subject: Patient, read: Read, is_blind: bool) -> None:
    findings = _doctor(subject, repairs=False)
    hold(findings, "the doctor finds nothing")
    if not is_blind and (read.document is None or read.history is None):
        problems = [each for each in findings if each.weight == "problem"]
        hold(problems, "the doctor finds no problem")
        hold(all(each.path.name in str(each.what) for each in problems), "no file is named")
        hold(all(str(each.remedy) for each in problems), "no remedy is named")


def _doctor(subject: Patient, *, repairs: bool) -> list[Finding]:
    doctor = Doctor(subject.library.path, repairs=repairs)
    return [finding for findings in doctor.check_only([ID]) for finding in findings]


def _check_edit(subject: Patient, damaged: Files, is_blind: bool) -> None:
    """An edit is refused, or keeps all that could be read, and what was damaged is kept aside."""
    library = Library.open(subject.library.path)
    try:
        saved = library.apply(ID, Add(NEW), author=ANNA)
    except (Damaged, ArticleNotFound):
        hold(subject.read() == damaged, "an edit was refused and changed the files")
        return
    hold(isinstance(saved, Saved), "there was no conflict to be had")
    if not is_blind:
        after = library.document(ID)
        hold(set(after.annotations) == {*subject.document.annotations, NEW}, "something is lost")
    of_snapshot, of_journal = subject.names
    now = subject.read()
    if damaged[of_snapshot] not in (subject.files[of_snapshot], b""):
        hold(damaged[of_snapshot] in now.values(), "the damaged snapshot was not kept aside")
    kept = damaged[of_journal]
    kept = kept[: kept.rfind(b"\n") + 1]
    hold(now[of_journal].startswith(kept), "the damaged journal was written over")


def _check_repair(subject: Patient, damaged: Files, is_blind: bool) -> str:
    done = _doctor(subject, repairs=True)
    told = " ".join(str(each.what) for each in done if each.is_done)
    repaired = subject.read()
    for name, data in damaged.items():
        gone = data != subject.files[name] and data not in repaired.values()
        hold(not gone or _is_idle(name, data, repaired), f"what was in {name} is gone")
    again = _doctor(subject, repairs=True)
    hold(subject.read() == repaired, "a second repair changed something")
    problems = [each for each in again if each.weight == "problem"]
    of_snapshot, of_journal = subject.names
    is_good = any(damaged[name] == subject.files[name] for name in (of_snapshot, of_journal))
    if problems:
        hold(not is_good and repaired == damaged, f"left: {problems[0].what}")
        hold("zametka restore" in str(problems[0].remedy), "nothing says how to go on")
        return HOPELESS
    library = Library.open(subject.library.path)
    if is_blind and ID not in library:
        return HOPELESS
    document, history = library.document(ID), library.history(ID)
    hold(document == subject.states[document.revision], "the repair made something up")
    hold(history == subject.history[len(subject.history) - len(history) :] or not is_good, "order")
    if document.revision < subject.document.revision:
        hold(not is_good, "a change was lost without need")
        hold(is_blind or "lost" in told, f"nothing says what is lost: {told}")
        return TAKEN_BACK
    _check_life(library, subject)
    return IN_FULL if history == subject.history else SHORTER


def _is_idle(name: str, data: bytes, repaired: Files) -> bool:
    """Whether the bytes are none to keep: an empty file, an unfinished line behind good ones, or
    what another file says too, such as the journal what a closed one held."""
    if not data or data[: data.rfind(b"\n") + 1] == repaired.get(name):
        return True
    said = _content(name, data)
    return said is not None and said in [_content(*each) for each in repaired.items()]


def _check_life(library: Library, subject: Patient) -> None:
    """The repaired article is changed like any other, and the change taken back."""
    before = library.document(ID)
    library.apply(ID, Add(NEW), author=ANNA)
    library.undo(ID, author=ANNA)
    hold(set(library.document(ID).annotations) == set(before.annotations), "undo")
    library.redo(ID, author=ANNA)
    hold(NEW in library.document(ID).annotations, "redo")
    hold(len(library.history(ID)) >= 3, "history")
