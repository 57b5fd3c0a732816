"""A library: a folder of annotated articles that many people and programs change at once.

library.json            the labels (TinyDB)
locks                   one byte of it stands for an article; never deleted
articles/00…ff/*.json   a snapshot an article (TinyDB)
articles/00…ff/*.log    its journal, which is its history
"""

import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from annotations import edits
from annotations.edits import Edit
from annotations.errors import EditConflict, InvalidAnnotation
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from annotations.schema import Schema
from store import files, history, locks, root
from store.article_file import FOLD_AT, ArticleFile
from store.errors import ArticleExists, ArticleNotFound, Damaged, Unreadable
from store.journal import HistoryEntry
from store.outcomes import Conflict, Nothing, Outcome, Saved
from store.provenance import login, now
from store.recovery import State, key_of
from store.root import LIBRARY_FILE
from store.steps import Way

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


OnDamage = Callable[[Damaged | Unreadable], None]


class Library:
    """An open library.  Threads and processes may share the folder, and threads the library.

    All that it keeps is the article that it saved last, which it does not read again as long as
    nobody else has written it.  A journal of more than `fold_at` bytes is folded.

    A screen says by `patience` for how many seconds a read waits for a writer, before it takes
    the article as it stands, and is told by `on_wait`, in its thread, that a write has to wait.
    """

    __slots__ = ("_fold_at", "_last", "_modes", "on_wait", "path", "patience", "schema")

    def __init__(self, path: Path, schema: Schema, fold_at: int = FOLD_AT) -> None:
        self.path = path
        self.schema = schema
        self._modes = files.modes_of(path)
        self._fold_at = fold_at
        self._last: _Last | None = None
        self.on_wait: Callable[[], None] | None = None
        self.patience: float | None = None

    @classmethod
    def open(cls, path: Path, fold_at: int = FOLD_AT) -> "Library":
        """The library at a path; raises NoLibrary or Damaged."""
        return cls(path, root.read_schema(path), fold_at)

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
        if state.document.article.text != article.text:
            raise ArticleExists(
                Phrase(
                    "the library has another article with the id {id!r}: give this one another id",
                    id=article.id,
                )
            )
        return False

    def ids(self, on_damage: OnDamage | None = None) -> Iterator[str]:
        """The ids of all articles, in the order of their files.

        One that is damaged or cannot be read goes to `on_damage`, and the rest follows; None: it
        is raised.
        """
        for file in self.files():
            article_id = file.read_id()
            if article_id is not None:
                yield article_id
                continue
            document = self._read(file, on_damage)
            if document is not None:
                yield document.article.id

    def __contains__(self, article_id: str) -> bool:
        """Whether there is a file for an article of this id, damaged or not."""
        file = self.file(article_id)
        return bool(files.stat_of(file.snapshot_path) or files.stat_of(file.journal_path))

    def document(self, article_id: str) -> Document:
        """The article as it stands; raises ArticleNotFound or Damaged."""
        file = self.file(article_id)
        document = file.read_if_plain()
        return self._load(file, article_id).document if document is None else document

    def documents(
        self, on_damage: OnDamage | None = None, on_problem: OnDamage | None = None
    ) -> Iterator[Document]:
        """All articles in the order of `ids`, read one at a time.

        One that is damaged or cannot be read goes to `on_damage`, and the rest follows; None: it
        is raised.  What was wrong but could be got round goes to `on_problem`.
        """
        for file in self.files():
            document = self._read(file, on_damage, on_problem)
            if document is not None:
                yield document

    def apply(
        self, article_id: str, edit: Edit, *, author: str, operation: str | None = None
    ) -> Saved | Conflict:
        """Commit an edit, unless an annotation has changed since the edit was made.

        An operation id that is in the history already is not applied again.
        """
        self._check_labels(edits.new_labels(edit))
        file = self.file(article_id)
        with self.exclusive(file):
            state = self._require(self._state(file), article_id)
            if operation is not None and file.has_operation(state, operation):
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

    def history(self, article_id: str) -> tuple[HistoryEntry, ...]:
        """Everything that was changed since the article was added, oldest first."""
        file = self.file(article_id)
        with self.shared(file):
            return file.entries(self._require(file.load(), article_id))

    def story(self, article_id: str) -> tuple[Document, tuple[HistoryEntry, ...]]:
        """The article as it stands and everything that led there, of one moment."""
        file = self.file(article_id)
        with self.shared(file):
            state = self._require(file.load(), article_id)
            return state.document, file.entries(state)

    def problems(self, article_id: str) -> tuple[Damaged, ...]:
        """All that is wrong with an article's files, also what does not keep it from being read:
        a snapshot that somebody edited by hand, a damaged history."""
        file = self.file(article_id)
        with self.shared(file):
            return file.problems()

    def signature(self, article_id: str) -> object:
        """A cheap value that differs once the article has been changed, by anybody."""
        return self.file(article_id).signature()

    def watch(self, article_id: str) -> Callable[[], object]:
        """What tells an article's signature again and again, at the price of one stat."""
        return self.file(article_id).watch()

    def article_path(self, article_id: str) -> Path:
        """Where the article's snapshot is, or would be."""
        return self.file(article_id).snapshot_path

    def _commit(self, file: ArticleFile, state: State, entry: HistoryEntry) -> Saved | Conflict:
        try:
            after = edits.apply(state.document, entry.edit)
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
        after = replace(after, revision=entry.revision)
        now_stands = file.commit(state, entry, after)
        if now_stands is not None:
            self._last = _Last(file.key, file.stamp(), now_stands)
        return Saved(after, entry, file.signature())

    def _state(self, file: ArticleFile) -> State | None:
        """How an article stands, for whoever has its lock and is about to change it."""
        last, self._last = self._last, None  # until it is changed whole, it is nobody else's
        if last is not None and last.key == file.key and last.stamp == file.stamp():
            return last.state
        return file.load()

    def _read(
        self, file: ArticleFile, on_damage: OnDamage | None, on_problem: OnDamage | None = None
    ) -> Document | None:
        try:
            document = file.read_if_plain()
            if document is not None:
                return document
            with self.shared(file):
                state = file.load()
        except (Damaged, Unreadable) as damage:
            if on_damage is None:
                raise
            on_damage(damage)
            return None
        if state is None:
            return None
        if on_problem is not None:
            for problem in file.problems_of(state):
                on_problem(problem)
        return state.document

    def _load(self, file: ArticleFile, article_id: str) -> State:
        with self.shared(file):
            return self._require(file.load(), article_id)

    def _require(self, state: State | None, article_id: str) -> State:
        if state is None:
            raise ArticleNotFound(
                Phrase(
                    "{path} has no article with the id {article_id!r}",
                    path=self.path,
                    article_id=article_id,
                )
            )
        return state

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

    def file(self, article_id: str) -> ArticleFile:
        """The files of an article, whether they are there or not."""
        return self.file_of(key_of(article_id))

    def file_of(self, key: str) -> ArticleFile:
        """The files that have this name."""
        return ArticleFile.of(root.articles(self.path), key, self._modes, self._fold_at)

    def files(self) -> Iterator[ArticleFile]:
        """The files of all articles, in the order of their names."""
        return map(self.file_of, root.keys(self.path))

    def exclusive(self, file: ArticleFile) -> AbstractContextManager[None]:
        """Keep everybody else away from an article; waits for whoever holds its lock."""
        place = locks.offset_of(file.key)
        return locks.exclusive(root.locks(self.path), place, self._modes.file, self.on_wait)

    def shared(self, file: ArticleFile) -> AbstractContextManager[None]:
        """Keep writers away from an article while it is read."""
        return locks.shared(root.locks(self.path), locks.offset_of(file.key), self.patience)


def _entry(state: State, edit: Edit, author: str, operation: str | None = None) -> HistoryEntry:
    return HistoryEntry(
        revision=state.document.revision + 1,
        operation=operation or secrets.token_hex(8),
        author=author,
        at=now(),
        edit=edit,
    )
