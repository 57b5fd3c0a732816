"""One article on disk, and how a change gets there.

A change is committed when its line is in the journal and on the disk; the snapshot follows and
may lag behind or be lost.  A snapshot that is not as it was written is kept aside before a new one
is; only a last line of the journal that was never finished, which nobody was told was saved, is cut
by the next writer.
"""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from annotations import edits
from annotations.model import Document
from annotations.phrase import Phrase
from store import files
from store.article import appending, closed, journal, recovery, snapshot
from store.article.journal import HistoryEntry
from store.article.recovery import ArticlePaths, State, key_of
from store.errors import Damaged, StoreError
from store.files import Modes

FOLD_AT = 1 << 20  # bytes of a journal that is then folded, if the article is not larger yet
_HEAD_LENGTH = 4096  # enough of a snapshot to hold an id of ordinary length
_FOLD_TIMES = 4  # as large as the article a journal is at least when it is folded


@dataclass(frozen=True, slots=True)
class ArticleFile(ArticlePaths):
    """The files of an article.  `load` and the writing methods need its lock.

    A journal of more than `fold_at` bytes is folded: see `store.article.closed`.
    """

    modes: Modes
    fold_at: int = FOLD_AT

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, articles: Path, key: str, modes: Modes, fold_at: int = FOLD_AT) -> "ArticleFile":
        """The files of the article with this key below the folder of all articles."""
        folder = articles / key[:2]
        return cls(key, folder, folder / f"{key}.json", folder / f"{key}.log", modes, fold_at)

    def paths(self) -> tuple[Path, ...]:
        """The files that are there: the journal first, then the snapshot and closed journals."""
        own = (self.journal_path, self.snapshot_path)
        there = tuple(path for path in own if files.stat_of(path) is not None)
        return there + tuple(path for _, path in closed.paths(self.journal_path))

    def read_id(self) -> str | None:
        """The article's id, from as few bytes as hold it; None where it is not that cheap."""
        try:
            with self.snapshot_path.open("rb", buffering=0) as file:
                article_id = snapshot.id_in(file.read(_HEAD_LENGTH))
        except OSError:  # whoever loads the article in full will say what is wrong
            return None
        return article_id if article_id is not None and key_of(article_id) == self.key else None

    def signature(self) -> object:
        """A cheap value that differs once the article has been changed."""
        return self.watch()()

    def watch(self) -> Callable[[], object]:
        """What tells the signature again and again, at the price of one stat."""
        journal_path, snapshot_path = str(self.journal_path), str(self.snapshot_path)
        return lambda: _stamp(journal_path) or _stamp(snapshot_path)

    def stamp(self) -> object:
        """A cheap value that differs once either of the two files has been written."""
        stats = map(files.newest_stat_of, (self.journal_path, self.snapshot_path))
        return tuple(stat and _told(stat) for stat in stats)

    def load_after(self, state: State, stamp: object) -> State | None:
        """How the article stands, which stood so when it had this stamp; None where there is none.

        Raises Damaged.
        """
        now = self.stamp()
        if now == stamp:
            return state
        match stamp, now:  # what is longer was appended to; what is not, somebody meddled with
            case ((before, _, _), _), ((inode, int(size), _), _):
                if inode == before and size > state.committed:
                    return recovery.follow(self, state) or self.load()
        return self.load()

    def read_if_plain(self) -> Document | None:
        """The document where the snapshot is good and the newest; None: it takes `load`."""
        return recovery.read_if_plain(self)

    def load(self) -> State | None:
        """How the article stands; None where there is none.  Raises Damaged."""
        return recovery.load(self)

    def entries(self, state: State) -> tuple[HistoryEntry, ...]:
        """The article's history, oldest first; raises Damaged where the journal is."""
        if state.fault is not None:
            raise state.fault
        if not state.has_journal:
            return ()
        lines = recovery.committed_lines(self, state.committed)
        base = journal.base_revision(lines, self.journal_path)
        text = state.document.article.text
        entries = journal.read_entries(lines, text, base, self.journal_path, skip=1)
        if base + len(entries) != state.document.revision:
            raise journal.damaged(
                self.journal_path, state.committed, Phrase("the newest changes are missing")
            )
        return closed.entries(self.journal_path, base, text) + entries

    def has_operation(self, state: State, operation: str) -> bool:
        """Whether the operation is in the journal; if so it is on the disk afterwards."""
        if not state.has_journal:
            return False
        data = (files.read_bytes(self.journal_path) or b"")[: state.committed]
        if journal.operation_mark(operation) in data:
            self.settle(state)
            return True
        head = journal.read_lines(data[: data.find(b"\n") + 1], self.journal_path)
        base = journal.base_revision(head, self.journal_path)
        return closed.has_operation(self.journal_path, base, operation)

    def settle(self, state: State) -> None:
        """Wait until all that is read of the journal is on the disk."""
        if state.has_journal and state.synced < state.committed:
            files.sync_file(self.journal_path, state.synced)

    def add(self, document: Document, at: str) -> None:
        """Commit a document that is not there yet."""
        line = journal.base_line(document, at)
        tables = snapshot.new_tables(document)
        with files.writing(self.folder):
            files.make_folder(self.folder, self.modes.folder)
            files.sync_folder(self.folder.parent)
            self._make_journal()
        self._commit(line, 0, tables, document.revision, odd=False)

    def commit(self, state: State, entry: HistoryEntry, after: Document) -> State | None:
        """Commit a change that leads from `state` to `after`; returns how the article stands.

        The tables of `state` are the new one's from then on.  None: it is to be read anew.
        """
        if state.fault is not None:
            raise state.fault
        line = journal.entry_line(entry, after.article.text)
        if not state.has_journal:
            state = self._begin_journal(state, entry.at)
        self.settle(state)  # or a power cut could take what the new line follows upon
        touched = edits.touched(entry.edit)
        snapshot.change(state.tables, state.document, after, touched)
        size = self._commit(
            line, state.committed, state.tables, after.revision, odd=bool(state.odd)
        )
        size_now = state.committed + len(line)
        now = State(after, state.tables, size_now, synced=size_now)
        if size is None:
            return replace(now, odd=state.odd)
        if now.committed > max(self.fold_at, _FOLD_TIMES * size):
            with suppress(OSError, StoreError):  # it is saved: the next one tries again
                return self.fold(now, entry.at)
            return None
        return now

    def fold(self, state: State, at: str) -> State:
        """Close the journal and begin a new one with how the article stands.

        Killed anywhere, it leaves the old journal or the new one, and never a snapshot that
        speaks of the other: the snapshot is gone, for good, before the journal is replaced.
        """
        with files.writing(self.folder):
            lines = recovery.committed_lines(self, state.committed)
            data = (files.read_bytes(self.journal_path) or b"")[: state.committed]
            base = journal.base_revision(lines, self.journal_path)
            closed.close(self.journal_path, data, base, self.modes.file)
            line = journal.base_line(state.document, at)
            new = files.write_beside(self.journal_path, line, self.modes.file)
            self.snapshot_path.unlink(missing_ok=True)
            files.sync_folder(self.folder)
            new.replace(self.journal_path)
            files.sync_folder(self.folder)
            encoded = snapshot.encode(state.tables, state.document.revision, len(line))
            self._write_snapshot(encoded, odd=False)
        return replace(state, committed=len(line), synced=len(line))

    def write_snapshot(self, state: State) -> None:
        """Write the snapshot of an article that has none, where its journal holds all of it."""
        self.settle(state)
        data = snapshot.encode(state.tables, state.document.revision, state.committed)
        with files.writing(self.snapshot_path):
            self._write_snapshot(data, odd=False)

    def problems(self) -> tuple[Damaged, ...]:
        """All that is wrong with the files, also what does not keep the article from being read."""
        try:
            state = self.load()
            if state is None:
                return ()
        except Damaged as damage:
            return (damage,)
        found = self.problems_of(state)
        try:
            if state.fault is None:
                self.entries(state)
        except Damaged as damage:
            found.append(damage)
        return tuple(found)

    def problems_of(self, state: State) -> list[Damaged]:
        """What loading an article got round."""
        found = [damage for damage in (state.odd, state.fault) if damage is not None]
        if not state.has_journal:
            found.append(Damaged(Phrase(_NO_JOURNAL, path=self.journal_path), self.journal_path))
        return found

    def _begin_journal(self, state: State, at: str) -> State:
        """Begin a journal that is lost.  The snapshot, which is all there is, is good all along."""
        line = journal.base_line(state.document, at)
        data = snapshot.encode(state.tables, state.document.revision, len(line))
        with files.writing(self.journal_path):
            files.put(self.snapshot_path, data, self.modes.file)
            files.put(self.journal_path, line, self.modes.file)
        return replace(state, committed=len(line), synced=len(line), has_journal=True)

    def _make_journal(self) -> None:
        descriptor, _ = files.open_or_make(self.journal_path, self.modes.file)
        os.close(descriptor)
        files.sync_folder(self.folder)

    def _commit(
        self, line: bytes, keep: int, tables: snapshot.Tables, revision: int, *, odd: bool
    ) -> int | None:
        """Put a line into the journal, then the snapshot beside it.

        Returns the snapshot's size in bytes; None where it could not be written, which the next
        writer makes good: the line is committed.
        """
        data = snapshot.encode(tables, revision, keep + len(line))
        with suppress(OSError):
            os.utime(self.folder)  # who looks at folders' times is to see what never got further
        appending.append_durably(self.journal_path, line, keep=keep, mode=self.modes.file)
        try:
            self._write_snapshot(data, odd=odd)
        except OSError:
            return None
        return len(data)

    def _write_snapshot(self, data: bytes, *, odd: bool) -> None:
        if odd:
            self._keep_aside()
        files.rewrite(self.snapshot_path, data, self.modes.file)

    def _keep_aside(self) -> None:
        free = files.free_name(self.snapshot_path)
        with suppress(FileNotFoundError):  # it was, and then no new one could be written
            os.replace(self.snapshot_path, free)  # noqa: PTH105


def _stamp(path: Path | str) -> object:
    try:
        stat = os.stat(path)  # noqa: PTH116 - a screen that waits does it for ever
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return None
        raise files.cannot_read(error, path) from error
    return _told(stat)


def _told(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


_NO_JOURNAL = "{path}: the history is missing; the next change begins a new one"
