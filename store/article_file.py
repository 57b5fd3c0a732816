"""One article on disk: a snapshot that says how it stands, and the journal that is the truth.

A change is committed when its line is in the journal and on the disk; the snapshot follows
and may lag behind or be lost.  What is read, in this order:

- the snapshot, if its checksum fits, and the journal's lines that are newer;
- else the journal from its base.  The odd snapshot is kept aside before a new one is written;
- else nothing: Damaged.  In doubt no byte is changed; only an unterminated last line of the
  journal, which nobody was told was saved, is cut by the next writer.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from annotations import edits
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.phrase import Phrase
from store import files, journal, snapshot
from store.errors import Damaged
from store.files import Modes
from store.journal import HistoryEntry

_HEAD_LENGTH = 4096  # enough of a snapshot to hold an id of ordinary length


def key_of(article_id: str) -> str:
    """The name of an article's files: ids are foreign text and never reach a path themselves."""
    return blake2b(article_id.encode(errors="surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class State:
    """An article as it stands, and what the next writer has to know.

    `committed` bytes of the journal hold; `has_journal` is False where there is none.  `fault`
    says why nothing may be appended, `odd` what is wrong with the snapshot.
    """

    document: Document
    tables: snapshot.Tables
    committed: int
    has_journal: bool = True
    fault: Damaged | None = None
    odd: Damaged | None = None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """The two files of an article.  `load` and the writing methods need its lock."""

    key: str
    folder: Path
    snapshot_path: Path
    journal_path: Path
    modes: Modes

    @classmethod
    def of(cls, articles: Path, key: str, modes: Modes) -> "ArticleFile":
        """The files of the article with this key below the folder of all articles."""
        folder = articles / key[:2]
        return cls(key, folder, folder / f"{key}.json", folder / f"{key}.log", modes)

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
        path = str(self.journal_path)

        def signature() -> object:
            stat: os.stat_result | None
            try:
                stat = os.stat(path)  # noqa: PTH116 - a screen that waits does it for ever
            except OSError:
                stat = files.stat_of(self.journal_path) or files.stat_of(self.snapshot_path)
            return stat and (stat.st_ino, stat.st_size, stat.st_mtime_ns)

        return signature

    def read_if_plain(self) -> Document | None:
        """The document where the snapshot is good and the newest; None: it takes `load`."""
        data = files.read_bytes(self.snapshot_path)
        if not data:
            return None
        with suppress(Damaged):
            found = snapshot.decode(data, self.snapshot_path)
            size = files.stat_of(self.journal_path)
            if size is not None and size.st_size == found.journal:
                return self._verified(found.document)
        return None

    def load(self) -> State | None:
        """How the article stands; None where there is none.  Raises Damaged."""
        data = files.read_bytes(self.snapshot_path)
        odd: Damaged | None = None
        state: State | None = None
        if data:  # an empty one is what a power cut leaves of a snapshot
            try:
                state = self._from_snapshot(snapshot.decode(data, self.snapshot_path))
            except Damaged as damage:
                if damage.path != self.snapshot_path:
                    raise
                odd = damage
                state = self._from_journal(odd, snapshot.revision_in(data))
        else:
            state = self._from_journal(None, None)
        if state is not None:
            self._verified(state.document)
        return state

    def entries(self, state: State) -> tuple[HistoryEntry, ...]:
        """The article's history, oldest first; raises Damaged where the journal is."""
        if state.fault is not None:
            raise state.fault
        if not state.has_journal:
            return ()
        lines = self._lines(state.committed)
        base = journal.read_base(lines, self.journal_path)
        text = state.document.article.text
        entries = journal.read_entries(lines, text, base.revision, self.journal_path, skip=1)
        if base.revision + len(entries) != state.document.revision:
            raise journal.damaged(
                self.journal_path, state.committed, Phrase("the newest changes are missing")
            )
        return entries

    def has_operation(self, state: State, operation: str) -> bool:
        """Whether the operation is in the journal; if so it is on the disk afterwards."""
        data = (files.read_bytes(self.journal_path) or b"")[: state.committed]
        if journal.operation_mark(operation) not in data:
            return False
        files.sync_file(self.journal_path)
        return True

    def add(self, document: Document, at: str) -> None:
        """Commit a document that is not there yet."""
        line = journal.base_line(document, at)
        tables = snapshot.new_tables(document)
        with files.writing(self.folder):
            files.make_folder(self.folder, self.modes.folder)
            files.sync_folder(self.folder.parent)
            self._make_journal()
        self._commit(line, 0, tables, document.revision, odd=False)

    def commit(self, state: State, entry: HistoryEntry, after: Document) -> None:
        """Commit a change that leads from `state` to `after`."""
        if state.fault is not None:
            raise state.fault
        line = journal.entry_line(entry, after.article.text)
        if not state.has_journal:
            line = journal.base_line(state.document, entry.at) + line
            with files.writing(self.folder):
                self._make_journal()
        touched = edits.touched(entry.edit)
        snapshot.change(state.tables, state.document, after, touched)
        self._commit(line, state.committed, state.tables, after.revision, odd=bool(state.odd))

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

    def _make_journal(self) -> None:
        descriptor, _ = files.open_or_make(self.journal_path, self.modes.file)
        os.close(descriptor)
        files.sync_folder(self.folder)

    def _commit(
        self, line: bytes, keep: int, tables: snapshot.Tables, revision: int, *, odd: bool
    ) -> None:
        data = snapshot.encode(tables, revision, keep + len(line))
        files.append_durably(self.journal_path, line, keep=keep, mode=self.modes.file)
        # Committed.  A snapshot that cannot be written now is made good by the next writer.
        # The old one is deleted first: to rename over a file makes ext4 write the new one's
        # data at once (0.2 to 2 ms), and whoever finds none for a moment has the journal.
        with suppress(OSError):
            temporary = files.write_beside(self.snapshot_path, data, self.modes.file)
            if odd:
                self._keep_aside()
            else:
                self.snapshot_path.unlink(missing_ok=True)
            os.replace(temporary, self.snapshot_path)  # noqa: PTH105

    def _keep_aside(self) -> None:
        names = (f"{self.snapshot_path.name}.damaged-{n}" for n in _count_up())
        free = next(path for path in map(self.folder.joinpath, names) if not path.exists())
        os.replace(self.snapshot_path, free)  # noqa: PTH105

    def _lines(self, committed: int) -> journal.Lines:
        data = files.read_bytes(self.journal_path) or b""
        lines = journal.read_lines(data[:committed], self.journal_path)
        if not lines.records or lines.torn:
            raise journal.damaged(self.journal_path, lines.end, Phrase("the rest of it is missing"))
        return lines

    def _from_snapshot(self, found: snapshot.Snapshot) -> State:
        state = State(found.document, found.tables, found.journal)
        stat = files.stat_of(self.journal_path)
        if stat is None:
            return replace(state, committed=0, has_journal=False)
        if stat.st_size < found.journal:
            return replace(state, fault=self._too_short(stat.st_size, found.journal))
        if stat.st_size == found.journal:
            return state
        tail = files.read_bytes(self.journal_path, found.journal) or b""
        lines = journal.read_lines(tail, self.journal_path, found.journal)
        return self._forward(state, lines, 0)

    def _from_journal(self, odd: Damaged | None, claimed: int | None) -> State | None:
        data = files.read_bytes(self.journal_path) or b""
        try:
            lines = journal.read_lines(data, self.journal_path)
            if not lines.records:
                if odd is None:
                    return None
                raise journal.damaged(self.journal_path, 0, Phrase("there is no whole line in it"))
            base = journal.read_base(lines, self.journal_path)
            state = self._forward(State(base, snapshot.new_tables(base), 0, odd=odd), lines, 1)
            if odd is not None and (lines.torn or (claimed or 0) > state.document.revision):
                raise journal.damaged(
                    self.journal_path, lines.end, Phrase("the rest of it is missing")
                )
        except Damaged as damage:
            if odd is None:
                raise
            raise Damaged(
                Phrase("{odd}; and {damage}", odd=odd, damage=damage), self.journal_path
            ) from damage
        return state

    def _forward(self, state: State, lines: journal.Lines, skip: int) -> State:
        """The state after the lines; all of them are one step."""
        before = state.document
        entries = journal.read_entries(
            lines, before.article.text, before.revision, self.journal_path, skip
        )
        edit = edits.Group(tuple(entry.edit for entry in entries))
        try:
            after = edits.apply(before, edit)
        except AnnotationError as error:
            raise journal.damaged(
                self.journal_path,
                state.committed,
                Phrase("what follows does not fit: {error}", error=error),
            ) from error
        after = replace(after, revision=before.revision + len(entries))
        snapshot.change(state.tables, before, after, edits.touched(edit))
        return replace(state, document=after, committed=lines.end)

    def _too_short(self, size: int, expected: int) -> Damaged:
        return Damaged(
            Phrase(
                "{path}: its end is missing ({size} bytes of {expected}). The article can be read "
                "but not changed: restore the file from a backup, or move it away, and a new "
                "history begins with how the article stands now",
                path=self.journal_path,
                size=size,
                expected=expected,
            ),
            self.journal_path,
        )

    def _verified(self, document: Document) -> Document:
        if key_of(document.article.id) != self.key:
            raise Damaged(
                Phrase(
                    "{snapshot_path} holds article {id!r}, which belongs into another file: it "
                    "was copied or renamed. Move it and its journal away",
                    snapshot_path=self.snapshot_path,
                    id=document.article.id,
                ),
                self.snapshot_path,
            )
        return document


_NO_JOURNAL = "{path}: the history is missing; the next change begins a new one"


def _count_up() -> Iterable[int]:
    number = 1
    while True:
        yield number
        number += 1
