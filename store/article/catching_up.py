"""What others have changed since a document was read, from the end of its journal alone.

A large article takes a second to read; a change by somebody else is to be seen at once.
"""

from dataclasses import dataclass
from pathlib import Path

from annotations import edits
from annotations.edits import Group
from annotations.errors import AnnotationError
from annotations.model import Document
from store import files, locks, root
from store.article import journal
from store.article.article_file import ArticleFile
from store.article.journal import HistoryEntry
from store.article.recovery import key_of
from store.errors import StoreError


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The article as it stands, the changes that led there, and its signature."""

    document: Document
    entries: tuple[HistoryEntry, ...]
    signature: object


def catch_up(
    library: Path, document: Document, signature: object, patience: float | None = None
) -> CaughtUp | None:
    """The article, from `document` and what was written since it had this signature.

    None: the journal does not follow on from there, so the article is to be read as a whole.
    `patience` is as in `locks.shared`.
    """
    if not isinstance(signature, tuple):
        return None
    inode, size, _ = signature  # the size may take in a line that was never finished
    key = key_of(document.article.id)
    path = ArticleFile.of(root.articles(library), key, files.PRIVATE).journal_path
    try:
        with locks.shared(root.locks(library), locks.offset_of(key), patience):
            status = files.stat_of(path)
            if status is None or status.st_ino != inode or status.st_size < size:
                return None
            known = (inode, status.st_size, status.st_mtime_ns)
            if status.st_size == size and known != signature:
                return None
            data = files.read_bytes(path, size) or b""
        lines = journal.read_lines(data, path, size)
        entries = journal.read_entries(lines, document.article.text, document.revision, path)
        revision = document.revision + len(entries)
        after = edits.apply(document, Group(tuple(entry.edit for entry in entries)), revision)
    except (StoreError, AnnotationError):
        return None
    return CaughtUp(after, entries, known)
