"""One article looked through in full: both its files, byte for byte, against each other.

What loading it verifies is enough to show it and to change it; here every line of every journal is
read, every change replayed, and each annotation held against the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from annotations import edits, wire
from annotations.edits import Group
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from store import files
from store.article import closed, journal, seal, snapshot
from store.article.article_file import ArticleFile
from store.article.journal import HistoryEntry, Lines
from store.article.recovery import key_of
from store.article.snapshot import Claims, Snapshot
from store.checkup.salvage import Lines as GoodLines
from store.checkup.salvage import Salvaged, has_newer
from store.errors import Damaged

NOTHING_CLAIMED = Claims(0, 0)


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as far as it holds.

    `base` and `last` are the article before the first change and after the last one; `fault` is
    the first thing that is wrong, and then they are None.  `is_newer`: its checksums fit, and yet
    this version cannot read it.
    """

    path: Path
    size: int
    base: Document | None = None
    last: Document | None = None
    entries: tuple[HistoryEntry, ...] = ()
    ends: tuple[int, ...] = ()  # of the base and of each change
    is_torn: bool = False
    fault: Damaged | None = None
    is_newer: bool = False

    def at(self, revision: int) -> tuple[Document, int] | None:
        """The article at a revision, and where its last line ends; None: it has no such."""
        if self.base is None or self.last is None:
            return None
        count = revision - self.base.revision
        if not 0 <= count <= len(self.entries):
            return None
        if count == len(self.entries):
            return self.last, self.ends[-1]
        return _replayed(self.base, self.entries[:count]), self.ends[count]


def read_journal(data: bytes, path: Path) -> Journal:
    """A journal, open or closed, read line by line and replayed."""
    found = Journal(path, len(data))
    try:
        lines = journal.read_lines(data, path)
        found = replace(found, is_torn=lines.torn)
        if not lines.records:
            return found
        base = journal.read_base(lines, path)
        text, revision = base.article.text, base.revision
        entries = journal.read_entries(lines, text, revision, path, skip=1)
        last = _replayed_or_damaged(base, entries, lines, path)
    except Damaged as fault:
        return replace(found, fault=fault, is_newer=has_newer(data))
    ends = (*lines.places[1:], lines.end)
    return replace(found, base=base, last=last, entries=entries, ends=ends)


def _replayed(base: Document, entries: tuple[HistoryEntry, ...]) -> Document:
    edit = Group(tuple(entry.edit for entry in entries))
    return edits.apply(base, edit, base.revision + len(entries))


def _replayed_or_damaged(
    base: Document, entries: tuple[HistoryEntry, ...], lines: Lines, path: Path
) -> Document:
    try:
        return _replayed(base, entries)
    except AnnotationError:
        document = base
        for entry, place in zip(entries, lines.places[1:], strict=True):
            try:
                document = edits.apply(document, entry.edit, entry.revision)
            except AnnotationError as error:
                what = Phrase("it does not fit what stands before it: {error}", error=error)
                raise journal.damaged(path, place, what) from error
        raise


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed journal; `is_leftover`: a fold was killed, and the journal has all that is in it."""

    journal: Journal
    is_leftover: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """What an article's files hold.

    `odd` says what is wrong with the snapshot, `claims` what such a one speaks of all the same;
    `is_empty`: it is there and has no bytes, which is what a power cut leaves.
    """

    file: ArticleFile
    journal: Journal
    closed: tuple[Closed, ...]
    snapshot: Snapshot | None = None
    odd: Damaged | None = None
    is_newer: bool = False
    claims: Claims = NOTHING_CLAIMED
    is_empty: bool = False

    @property
    def is_copy(self) -> bool:
        """Whether all that can be read here is another article's."""
        faults = [each for each in (self.odd, self.journal.fault) if each is not None]
        return self.document is None and any(isinstance(each, Copied) for each in faults)

    @property
    def document(self) -> Document | None:
        """How the article stands, where one of the two files is good."""
        of_snapshot = self.snapshot.document if self.snapshot else None
        last = self.journal.last
        if last is None or (of_snapshot is not None and last.revision < of_snapshot.revision):
            return of_snapshot
        return last

    @property
    def is_short(self) -> bool:
        """Whether the journal lacks changes that a good snapshot has."""
        last = self.journal.last
        at = self.snapshot.document.revision if self.snapshot else 0
        return last is not None and last.revision < at

    @property
    def is_contradicted(self) -> bool:
        """Whether both files are good and tell different things."""
        if self.snapshot is None or self.journal.last is None or self.is_short:
            return False
        found = self.journal.at(self.snapshot.document.revision)
        return found != (self.snapshot.document, self.snapshot.journal)

    @property
    def is_behind(self) -> bool:
        """Whether the snapshot is missing or older than the journal."""
        last = self.journal.last
        if last is None:
            return False
        return self.snapshot is None or self.snapshot.document.revision < last.revision

    @property
    def needs_journal(self) -> bool:
        """Whether a new journal is to be begun, as far as anything is to be had."""
        return self.journal.last is None or self.is_short

    @property
    def is_whole(self) -> bool:
        """Whether the journal has all that an odd snapshot speaks of, by either of its numbers."""
        last, claims = self.journal.last, self.claims
        if last is None:
            return False
        both = (claims.revision, last.revision), (claims.journal, self.journal.size)
        told = [claimed <= there for claimed, there in both if claimed]  # 0: it cannot be read
        return any(told) or not told

    def salvaged(self) -> Salvaged | None:
        """The newest state that any good line leads to."""
        lines = GoodLines()
        lines.take(files.read_bytes(self.file.journal_path) or b"")
        for each in self.closed:
            if each.journal.fault is None:
                lines.take(closed.read(each.journal.path))
        known = self.document
        at = self.snapshot.document if self.snapshot else None
        return lines.lead(at, known.article.id if known else None)


def examine(file: ArticleFile) -> Examined:
    """Everything about an article's files; needs its lock.  Raises Unreadable."""
    data = files.read_bytes(file.journal_path) or b""
    found = read_journal(data, file.journal_path)
    if found.base is not None and key_of(found.base.article.id) != file.key:
        found = replace(
            found, base=None, last=None, fault=_copied(file.journal_path, found.base.article.id)
        )
    examined = Examined(file, found, tuple(_closed(file, found, data)))
    held = files.read_bytes(file.snapshot_path)
    if not held:
        return replace(examined, is_empty=held is not None)
    try:
        good = snapshot.decode(held, file.snapshot_path)
    except Damaged as odd:
        is_newer = seal.is_whole(held)
        return replace(examined, odd=odd, is_newer=is_newer, claims=snapshot.claims_of(held))
    fault = _copy_or_none(good, file) or _fault(good, file, found)
    if fault is not None:
        return replace(examined, odd=fault, claims=snapshot.claims_of(held))
    return replace(examined, snapshot=good)


class Copied(Damaged):
    """A file that holds another article, `article_id`, than its name says."""

    def __init__(self, what: Phrase, path: Path, article_id: str) -> None:
        super().__init__(what, path)
        self.article_id = article_id


def _copied(path: Path, article_id: str) -> Copied:
    what = Phrase(
        "{path} holds article {id!r}, which belongs into another file: it was copied or renamed",
        path=path,
        id=article_id,
    )
    return Copied(what, path, article_id)


def _copy_or_none(good: Snapshot, file: ArticleFile) -> Damaged | None:
    article_id = good.document.article.id
    return _copied(file.snapshot_path, article_id) if key_of(article_id) != file.key else None


def _fault(good: Snapshot, file: ArticleFile, found: Journal) -> Damaged | None:
    """Hold a snapshot against itself as strictly as a record that comes from outside.

    What a journal has been replayed to was held against itself line by line: where they are the
    same, only what a document does not keep is left to be looked at.
    """
    document = good.document
    (row,) = good.tables["article"].values()
    rows = list(good.tables["annotations"].values())
    text, same = document.article.text, found.at(document.revision)
    if (
        same is not None
        and same[0] == document
        and same[0].article.sha256 == row["sha256"]
        and all(each["text"] == text[each["start"] : each["end"]] for each in rows)
    ):
        return None
    try:
        wire.from_record({**row, "annotations": rows})
    except AnnotationError as error:
        what = Phrase(
            "{path} contradicts itself: {error}", path=file.snapshot_path, error=words_of(error)
        )
        return Damaged(what, file.snapshot_path)
    return None


def _closed(file: ArticleFile, found: Journal, data: bytes) -> Iterator[Closed]:
    """The closed journals, newest first."""
    for base, path in closed.paths(file.journal_path):
        try:
            lines = closed.read(path)
        except Damaged as fault:
            yield Closed(Journal(path, 0, fault=fault))
            continue
        read = read_journal(lines, path)
        if read.fault is None and (read.base is None or read.base.revision != base):
            what = Phrase("it does not begin with revision {revision}", revision=base)
            read = replace(read, base=None, last=None, fault=journal.damaged(path, 0, what))
        yield Closed(read, is_leftover=_is_leftover(read, found, lines, data))


def _is_leftover(read: Journal, found: Journal, lines: bytes, data: bytes) -> bool:
    """Whether the journal is good and has every change that a closed one has."""
    if read.base is None or found.base is None or read.base.revision < found.base.revision:
        return False
    changes = lines.split(b"\n")[1:-1]
    return set(changes) <= set(data.split(b"\n"))
