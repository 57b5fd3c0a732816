"""A library: a folder of annotated articles that many people and programs change at once.

library.json            the labels (TinyDB)
locks                   one byte of it stands for an article; never deleted
articles/00…ff/*.json   a snapshot an article (TinyDB)
articles/00…ff/*.log    its journal, which is its history
"""

import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotations import edits
from annotations.edits import Edit
from annotations.errors import EditConflict, InvalidAnnotation
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from annotations.schema import Schema
from store import root
from store.article import history
from store.article.article_file import FOLD_AT, ArticleFile
from store.article.journal import HistoryEntry
from store.article.outcomes import Conflict, Nothing, Outcome, Saved
from store.article.recovery import State
from store.errors import ArticleExists, Unreadable
from store.library_reader import LibraryReader
from store.person.steps import Way
from store.provenance import login, now
from store.root import LIBRARY_FILE

__all__ = [
    "LIBRARY_FILE",
    "Conflict",
    "HistoryEntry",
    "Library",
    "Nothing",
    "Saved",
    "login",
    "now",
]


@dataclass(frozen=True, slots=True)
class _Last:
    """An article as it was saved, and what tells whether it still is."""

    key: str
    stamp: object
    state: State


class Library(LibraryReader):
    """An open library.  Threads and processes may share the folder, and threads the library.

    All that it keeps is the article that it saved last, which it does not read again as long as
    nobody else has written it.  A journal of more than `fold_at` bytes is folded.
    """

    __slots__ = ("_last",)

    def __init__(self, path: Path, schema: Schema, fold_at: int = FOLD_AT) -> None:
        super().__init__(path, schema, fold_at)
        self._last: _Last | None = None

    @classmethod
    def create(cls, path: Path) -> "Library":
        """A new library, or the one that is there; raises NoLibrary where something else is."""
        root.create(path)
        return cls.open(path)

    def add(self, document: Document) -> bool:
        """Add an article; False: it is there already, and nothing was changed.

        Raises ArticleExists where another text has its id and InvalidAnnotation for a label
        that the library does not know.
        """
        article = document.article
        self._check_labels(label.label for label in document.annotations)
        file = self.file(article.id)
        with self.exclusive(file):
            state = file.load()
            if state is None:
                file.add(replace(document, revision=0), now())
                return True
            if state.document.article.text == article.text:
                file.settle(state)  # whoever was killed amid adding it has not waited for that
                return False
        raise ArticleExists(
            Phrase(
                "the library has another article with the id {id!r}: give this one another id",
                id=article.id,
            )
        )

    def apply(
        self,
        article_id: str,
        edit: Edit,
        *,
        author: str,
        operation: str | None = None,
        is_new: bool = False,
    ) -> Saved | Conflict:
        """Commit an edit, unless an annotation has changed since the edit was made.

        An operation id that is in the history already is not applied again; one that `is_new`,
        made for this edit and not tried yet, is not looked for.
        """
        self._check_labels(edits.new_labels(edit))
        file = self.file(article_id)
        with self.exclusive(file):
            state = self._require(self._state(file), article_id)
            if operation and not is_new and file.has_operation(state, operation):
                return Saved(state.document, signature=file.signature())
            entry = _entry(state, edit, author, operation)
            return self._commit(file, state, entry)

    def undo(
        self,
        article_id: str,
        *,
        author: str,
        skip: Collection[str] = (),
        operation: str | None = None,
    ) -> Outcome:
        """Take back the author's own last edit of this article that is not taken back yet.

        `skip` names operations that are passed over, because they were found in conflict;
        `operation` the only one that is meant.
        """
        return self._step("undo", article_id, author, skip, operation)

    def redo(
        self,
        article_id: str,
        *,
        author: str,
        skip: Collection[str] = (),
        operation: str | None = None,
    ) -> Outcome:
        """Apply again what the author undid last, if they changed nothing since.

        `skip` and `operation` are as in `undo`.
        """
        return self._step("redo", article_id, author, skip, operation)

    def _step(
        self, way: Way, article_id: str, author: str, skip: Collection[str], only: str | None
    ) -> Outcome:
        file = self.file(article_id)
        with self.exclusive(file):
            state = self._require(self._state(file), article_id)
            steps = history.steps_of(author, file.entries(state))
            found = history.first(steps.done if way == "undo" else steps.undone, skip, only)
            if found is None:
                return Nothing()
            if way == "undo":
                entry = replace(
                    _entry(state, edits.inverse(found.edit), author), undoes=found.operation
                )
            else:
                entry = replace(_entry(state, found.edit, author), redoes=found.operation)
            return self._commit(file, state, entry)

    def _commit(self, file: ArticleFile, state: State, entry: HistoryEntry) -> Saved | Conflict:
        try:
            after = edits.apply(state.document, entry.edit, entry.revision)
        except EditConflict as conflict:
            who = history.last_change(conflict.annotation_id, file.entries(state))
            return Conflict(
                state.document,
                conflict.annotation_id,
                who or words_of(conflict),
                entry.undoes or entry.redoes,
                entry,
                file.signature(),
            )
        now_stands, signature = file.commit(state, entry, after), None
        with suppress(Unreadable):  # it is saved, whatever can be told of it now
            if now_stands is not None:
                self._last = _Last(file.key, file.stamp(), now_stands)
            signature = file.signature()
        return Saved(after, entry, signature)

    def _state(self, file: ArticleFile) -> State | None:
        """How an article stands, for whoever has its lock and is about to change it."""
        last, self._last = self._last, None  # until it is changed whole, it is nobody else's
        if last is not None and last.key == file.key:
            return file.load_after(last.state, last.stamp)
        return file.load()

    def _check_labels(self, labels: Iterator[str]) -> None:
        unknown = sorted({label for label in labels if label not in self.schema})
        if unknown:
            raise InvalidAnnotation(
                Phrase(
                    "the library has no label {unknown}: add it to {path}, or use one of {known}",
                    unknown=", ".join(unknown),
                    path=self.path / LIBRARY_FILE,
                    known=", ".join(label.name for label in self.schema),
                )
            )


def _entry(state: State, edit: Edit, author: str, operation: str | None = None) -> HistoryEntry:
    return HistoryEntry(
        revision=state.document.revision + 1,
        operation=operation or secrets.token_hex(8),
        author=author,
        at=now(),
        edit=edit,
    )
