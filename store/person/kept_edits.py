"""A person's edits that are not in the library yet, kept until they are.

The disk refused them, somebody else had been faster, or a save still waited when the program
ended.  They lie in the person's state folder, a line for each that is kept or dropped, so that
the next session offers them again.  Each keeps its operation: one that is in the library after
all is not done twice.  Each was made upon those before it: `stacked` shows what they come to.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations import edits, wire
from annotations.conflicts import clashes, says_the_same, settle
from annotations.edits import Add, Edit, Group, Stamp
from annotations.errors import AnnotationError, EditConflict
from annotations.json_objects import Record
from annotations.model import Article, Document
from annotations.phrase import Words
from store import files
from store.errors import StoreError
from store.person import own_lines

_STRINGS = ("operation", "article", "title", "said")


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """An edit that waits; `said` is what it does, as its author was told."""

    operation: str
    edit: Edit
    said: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a list of them shows of one."""

    operation: str
    article_id: str
    title: str
    said: str


class KeptEdits:
    """One person's kept edits of one library.  Threads may share it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._rows: dict[str, Record] = {}  # by operation, the oldest first
        self._unwritten: list[Record] = []
        self.version = 0  # another one when anything has changed
        self.problem: Words = ""  # why what is kept is not on the disk, or cannot be read
        try:
            self._rows = _standing(own_lines.read(path))
        except StoreError as error:
            self.problem = error.args[0]

    def of(self, article: Article) -> list[KeptEdit]:
        """Those of an article, in the order in which they were made."""
        found = []
        for row in self._of(article.id):
            try:
                edit = wire.edit_from_dict(row["edit"], article.text)
            except AnnotationError:  # of another text: the list of them can give it up
                continue
            found.append(KeptEdit(row["operation"], edit, row["said"]))
        return found

    def count(self, article_id: str) -> int:
        return len(self._of(article_id))

    def all(self) -> list[Waiting]:
        """Those of all articles, in the order in which they were made."""
        with self._lock:
            return [Waiting(*(row[name] for name in _STRINGS)) for row in self._rows.values()]

    def _of(self, article_id: str) -> list[Record]:
        with self._lock:
            return [row for row in self._rows.values() if row["article"] == article_id]

    @property
    def is_on_disk(self) -> bool:
        """Whether the next session will find what is kept."""
        with self._lock:
            return not any(row["operation"] in self._rows for row in self._unwritten)

    def keep(self, article: Article, kept: KeptEdit) -> None:
        """Keep an edit, after all others or in its own place; see `is_on_disk` after it.

        Raises AnnotationError for what cannot be written down.
        """
        edit = wire.edit_to_dict(kept.edit, article.text)
        strings = (kept.operation, article.id, article.title, kept.said)
        row: Record = dict(zip(_STRINGS, strings, strict=True)) | {"edit": edit}
        with self._lock:
            if row != self._rows.get(kept.operation):
                self._rows[kept.operation] = row
                self._unwritten.append(row)
                self.version += 1
        self.write()

    def drop(self, operation: str) -> None:
        """It is saved or given up."""
        with self._lock:
            if self._rows.pop(operation, None) is None:
                return
            self._unwritten.append({"operation": operation})
            self.version += 1
        self.write()

    def write(self) -> None:
        """Put on the disk what is not there yet; what it refuses is told in `problem`."""
        with self._lock:
            try:
                if self._unwritten:
                    own_lines.append(self._path, self._unwritten)
                    files.sync_file(self._path)
                    self._unwritten.clear()
                    self.problem = ""
                if not self._rows:
                    own_lines.empty(self._path, lambda rows: not _standing(rows))
            except StoreError as error:
                self.problem = error.args[0]
            except TypeError as error:  # a lone surrogate, which is no character
                self.problem = str(error)


def _standing(rows: Sequence[object]) -> dict[str, Record]:
    """What is still kept, by the lines of the file; what is no line of ours is passed over."""
    found: dict[str, Record] = {}
    for row in rows:
        if isinstance(row, dict) and isinstance(operation := row.get("operation"), str):
            if all(isinstance(row.get(name), str) for name in _STRINGS) and "edit" in row:
                found[operation] = row
            else:
                found.pop(operation, None)
    return found


def stacked(
    document: Document, waiting: Sequence[KeptEdit], stamp: Stamp
) -> tuple[Document, list[KeptEdit]]:
    """The document as it will be when what waits is saved, and those that make it so.

    What somebody has to decide about first is left out, and what was made upon it.
    """
    found: list[KeptEdit] = []
    for each in waiting:
        if is_done(document, each.edit):
            continue
        try:
            document = edits.apply(document, each.edit)
        except EditConflict:
            rest = settle(document, each.edit, "mine", stamp)
            if rest is None or clashes(document, each.edit):
                continue
            document = edits.apply(document, rest)
        found.append(each)
    return document, found


def is_done(document: Document, edit: Edit) -> bool:
    """Whether all that an edit adds stands already, by another id."""
    parts = edit.edits if isinstance(edit, Group) else (edit,)
    return all(
        isinstance(part, Add)
        and any(says_the_same(part.annotation, each) for each in document.annotations)
        for part in parts
    )
