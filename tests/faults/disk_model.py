"""A power cut at every moment of a recording, and every state of the disk that it may leave.

Only what was synchronised is certain.  Of the rest each page of a file, its size and each change
of a folder is there or not, independently or up to some moment; the file system does keep what
one call changes in folders together, and shows zeros where nothing was written yet.
"""

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.recording import (
    TOP,
    Entry,
    Event,
    Names,
    Recording,
    Say,
    Sync,
    SyncFolder,
    Truncate,
    Write,
)

PAGE = 4096  # bytes that the kernel writes as one
SECTOR = 512  # bytes that a disk writes as one


State = Mapping[Path, bytes | None]  # what the files hold; None: a folder


@dataclass
class File:
    """What of a file is on the disk for certain, and how programs see it.

    Of `dirty` pages the disk may hold either.  `unsure` ones were given up by the kernel after an
    error: nothing writes them again, and what the disk holds of them is anybody's guess.
    """

    certain: bytearray = field(default_factory=bytearray)
    seen: bytearray = field(default_factory=bytearray)
    dirty: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)

    def write(self, offset: int, data: bytes) -> None:
        self._resize(self.seen, max(len(self.seen), offset))
        self.seen[offset : offset + len(data)] = data
        self._touch(offset // PAGE, -(-(offset + len(data)) // PAGE))

    def truncate(self, size: int) -> None:
        del self.seen[size:]
        self.seen.extend(bytes(size - len(self.seen)))
        last = size // PAGE
        self.dirty = {page for page in self.dirty if page <= last}
        self.unsure = {page for page in self.unsure if page <= last}
        if size % PAGE:
            self._touch(last, last + 1)

    def _touch(self, first: int, end: int) -> None:
        self.dirty.update(range(first, end))
        self.unsure.difference_update(range(first, end))

    def sync(self, *, is_lost: bool) -> None:
        if is_lost:
            self.unsure |= self.dirty
        else:
            self._resize(self.certain, len(self.seen))
            for page in self.dirty:
                part = slice(page * PAGE, (page + 1) * PAGE)
                self.certain[part] = self.seen[part]
        self.dirty.clear()

    def after_a_cut(self, chance: random.Random) -> bytes:
        """What the disk may hold."""
        low, high = sorted((len(self.certain), len(self.seen)))
        way = chance.choice(("none", "all", "up to", "any"))
        if way == "none":
            size = len(self.certain)
        elif way == "all":
            size = len(self.seen)
        else:
            size = chance.choice((low, high, chance.randint(low, high)))
        found = bytearray(self.certain)
        self._resize(found, max(size, len(self.seen)))
        until = size if way == "up to" else len(self.seen)
        for page in sorted(self.dirty | self.unsure):
            for sector in range(page * PAGE, (page + 1) * PAGE, SECTOR):
                part = slice(sector, min(sector + SECTOR, until))
                goes = way != "none" and part.start < part.stop
                if page in self.unsure or way == "any":
                    goes = goes and chance.random() < 0.5
                if goes:
                    found[part] = self.seen[part]
        self._resize(found, size)
        return bytes(found)

    @staticmethod
    def _resize(data: bytearray, size: int) -> None:
        del data[size:]
        data.extend(bytes(size - len(data)))


@dataclass
class Disk:
    """A disk as a recording has brought it about."""

    folders: frozenset[int]
    files: dict[int, File] = field(default_factory=dict)
    entries: dict[Entry, int] = field(default_factory=dict)  # those that are certain
    pending: list[Names] = field(default_factory=list)
    synced: list[set[int]] = field(default_factory=list)  # of each pending one, which folders are

    def take(self, event: Event) -> None:
        match event:
            case Names():
                self.pending.append(event)
                self.synced.append(set())
            case Write(number, offset, data):
                self._file(number).write(offset, data)
            case Truncate(number, size):
                self._file(number).truncate(size)
            case Sync(number, is_lost):
                self._file(number).sync(is_lost=is_lost)
            case SyncFolder(folder):
                self._sync_folder(folder)
            case Say():
                pass

    def _file(self, number: int) -> File:
        return self.files.setdefault(number, File())

    def _sync_folder(self, folder: int) -> None:
        pending, synced = list(self.pending), list(self.synced)
        self.pending, self.synced = [], []
        for names, done in zip(pending, synced, strict=True):
            done.add(folder)
            if folders_of(names) <= done:
                _enter(self.entries, names)
            else:
                self.pending.append(names)
                self.synced.append(done)

    def after_a_cut(self, chance: random.Random) -> State:
        """What a power cut may leave."""
        entries = dict(self.entries)
        way = chance.choice(("none", "all", "up to", "any"))
        until = chance.randint(0, len(self.pending)) if way == "up to" else len(self.pending)
        for names in self.pending[:until]:
            if way in ("all", "up to") or (way == "any" and chance.random() < 0.5):
                _enter(entries, names)
        return dict(self._walk(entries, TOP, Path(), chance))

    def _walk(
        self, entries: Mapping[Entry, int], folder: int, path: Path, chance: random.Random
    ) -> Iterator[tuple[Path, bytes | None]]:
        """What a folder leads to, a folder before what is in it."""
        for (number, name), found in sorted(entries.items()):
            if number == folder and found in self.folders:
                yield path / name, None
                yield from self._walk(entries, found, path / name, chance)
            elif number == folder:
                yield path / name, self._file(found).after_a_cut(chance)


def folders_of(names: Names) -> set[int]:
    """The folders in which entries change."""
    return {folder for (folder, _), _ in names.entries}


def _enter(entries: dict[Entry, int], names: Names) -> None:
    for entry, number in names.entries:
        if number is None:
            entries.pop(entry, None)
        else:
            entries[entry] = number


def cuts(
    recording: Recording, moments: Sequence[int], states: int, tag: str
) -> Iterator[tuple[int, int, State]]:
    """At each of these moments (numbers of events) so many states that a cut may leave."""
    disk, wanted = Disk(frozenset(recording.folders)), set(moments)
    for moment, event in enumerate([*recording.events, Say("end", "", "")]):
        if moment in wanted:
            for state in range(states):
                chance = random.Random(f"{tag}.{moment}.{state}")
                yield moment, state, disk.after_a_cut(chance)
        disk.take(event)


def lay_out(state: State, top: Path) -> None:
    """Make the files of a state in an empty folder."""
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir(parents=True)
    for path, data in state.items():
        if data is None:
            (top / path).mkdir()
        else:
            (top / path).write_bytes(data)
