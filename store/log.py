"""What was done in a library: the histories of its articles, and which entries are wanted.

The order is that of the time; within an article it is that of the revisions, also where a clock
has gone backwards.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import accumulate

import orjson

from annotations import edits
from annotations.edits import Edit, Group
from annotations.model import Article
from store import files
from store.article import history
from store.article.article_file import ArticleFile
from store.article.journal import HistoryEntry
from store.copies.trash_box import removed_file
from store.errors import StoreError
from store.library import Library

_NO_CHANGE = re.compile(rb'[0-9a-f]{8} \{"id":"(?:[^"\\]|\\.)*","revision":0,')
_CRC_LENGTH = 8
_MARGIN = 2  # days that the clock of a file system may differ from the one that entries have


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: those that touch an annotation, of an author, of the days from `since` to
    `until`, both included, in the local time zone.  None: all."""

    annotation: str | None = None
    author: str | None = None
    since: date | None = None
    until: date | None = None

    def has(self, entry: HistoryEntry) -> bool:
        return (
            self.author in (None, entry.author)
            and (self.annotation is None or self.annotation in edits.touched(entry.edit))
            and self._has_day(entry.at)
        )

    def _has_day(self, at: str) -> bool:
        if self.since is None and self.until is None:
            return True
        when = local(at)
        if when is None:
            return False
        day = when.date()
        return (self.since or day) <= day <= (self.until or day)

    def marks(self) -> Iterator[bytes]:
        """Bytes that a journal has where it has an entry that is wanted."""
        for each in (self.author, self.annotation):
            if each is not None:
                yield orjson.dumps(each)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the log; `place` is where it stands among all others.

    `edit` is what it does to the annotation that is wanted, or all that it does.
    """

    article: Article
    entry: HistoryEntry
    edit: Edit
    is_undone: bool
    place: tuple[str, str, int]


def local(at: str) -> datetime | None:
    """An instant in the local time zone; None where the journal has something else there."""
    try:
        moment = datetime.fromisoformat(at)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def log(
    library: Library,
    articles: Iterable[ArticleFile],
    wanted: Wanted,
    on_damage: Callable[[StoreError], None],
) -> Iterator[Logged]:
    """The entries that are wanted, an article after the other, each from its first to its last.

    A history that is damaged goes to `on_damage`, and the rest follows.  A journal is not read
    where nothing was written to it since the first day, and not understood where its bytes show
    that it has nothing that is wanted.
    """
    for file in articles:
        try:
            if _may_have(file, wanted):
                yield from _entries(file, library.shared(file), wanted)
        except StoreError as error:
            on_damage(error)


def file_of(library: Library, article_id: str) -> ArticleFile | None:
    """The files of an article, in the library or else in its trash; None: it is in neither."""
    if article_id in library:
        return library.file(article_id)
    return removed_file(library, article_id)


def _may_have(file: ArticleFile, wanted: Wanted) -> bool:
    stat = files.stat_of(file.journal_path)
    if stat is None:
        return True  # it is missing, which has to be told
    if wanted.since is not None:
        changed = datetime.fromtimestamp(stat.st_mtime).astimezone().date()
        if (wanted.since - changed).days > _MARGIN:
            return False
    data = files.read_bytes(file.journal_path) or b""
    match = _NO_CHANGE.match(data)
    if match is None:  # it was folded, or is damaged
        return True
    if data.find(b"\n") == len(data) - 1:
        return not _fits(data)
    return all(mark in data for mark in wanted.marks())


def _fits(line: bytes) -> bool:
    return line[:_CRC_LENGTH] == b"%08x" % zlib.crc32(memoryview(line)[_CRC_LENGTH + 1 : -1])


def _entries(
    file: ArticleFile, lock: AbstractContextManager[None], wanted: Wanted
) -> Iterator[Logged]:
    with lock:
        state = file.load()
        if state is None:
            return
        if not state.has_journal:
            raise file.problems_of(state)[-1]  # that it is missing
        entries = file.entries(state)
    undone = history.taken_back(entries)
    article = state.document.article
    times = accumulate((str(entry.at) for entry in entries), max)
    for entry, time in zip(entries, times, strict=True):
        if wanted.has(entry):
            place = (time, article.id, entry.revision)
            edit = _upon(entry.edit, wanted.annotation)
            yield Logged(article, entry, edit, entry.operation in undone, place)


def _upon(edit: Edit, annotation: str | None) -> Edit:
    """What an edit does to an annotation; None: all of it."""
    if annotation is None or not isinstance(edit, Group):
        return edit
    parts = tuple(part for part in parts_of(edit) if annotation in edits.touched(part))
    return parts[0] if len(parts) == 1 else Group(parts)


def parts_of(edit: Edit) -> Iterator[Edit]:
    """The edits of single annotations that an edit consists of."""
    if isinstance(edit, Group):
        for part in edit.edits:
            yield from parts_of(part)
    else:
        yield edit
