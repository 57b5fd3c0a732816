"""A library as it is read: its articles, their histories, their locks."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from annotations.model import Document
from annotations.phrase import Phrase
from annotations.schema import Schema
from store import files, locks, root
from store.article.article_file import FOLD_AT, ArticleFile
from store.article.journal import HistoryEntry
from store.article.recovery import State, key_of
from store.errors import ArticleNotFound, Damaged, Unreadable
from store.files import Modes

PATIENCE = 3.0  # seconds: whoever is stopped amid a save must not stop those who read

OnDamage = Callable[[Damaged | Unreadable], None]


class LibraryReader:
    """What of an open library only reads.

    A read waits for a writer for `patience` seconds, before it takes the article as it stands;
    `on_wait` is called, in its thread, when a write has to wait.
    """

    __slots__ = (
        "_articles",
        "_fold_at",
        "on_wait",
        "path",
        "patience",
        "schema",
    )

    def __init__(self, path: Path, schema: Schema, fold_at: int = FOLD_AT) -> None:
        self.path = path
        self.schema = schema
        self._articles = root.articles(path)
        self._fold_at = fold_at
        self.on_wait: Callable[[], None] | None = None
        self.patience: float | None = PATIENCE

    @classmethod
    def open(cls, path: Path, fold_at: int = FOLD_AT) -> Self:
        """The library at a path; raises NoLibrary or Damaged."""
        return cls(path, root.read_schema(path), fold_at)

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
            document = self.read(file, on_damage)
            if document is not None:
                yield document.article.id

    def __contains__(self, article_id: str) -> bool:
        """Whether there is an article of this id, damaged or not.

        A journal without a whole line is what an adding leaves that was killed.
        """
        file = self.file(article_id)
        if files.stat_of(file.snapshot_path) is not None:
            return True
        if files.stat_of(file.journal_path) is None:
            return False
        with self.shared(file):
            try:
                return file.load() is not None
            except Damaged:
                return True

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
            document = self.read(file, on_damage, on_problem)
            if document is not None:
                yield document

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

    def read(
        self, file: ArticleFile, on_damage: OnDamage | None, on_problem: OnDamage | None = None
    ) -> Document | None:
        """The article of some files; None where there is none, or it went to `on_damage`."""
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

    def file(self, article_id: str) -> ArticleFile:
        """The files of an article, whether they are there or not."""
        return self.file_of(key_of(article_id))

    def file_of(self, key: str) -> ArticleFile:
        """The files that have this name."""
        return self._file(key, files.modes_of(self.path))

    def files(self) -> Iterator[ArticleFile]:
        """The files of all articles, in the order of their names."""
        modes = files.modes_of(self.path)
        return (self._file(key, modes) for key in root.keys(self.path))

    def _file(self, key: str, modes: Modes) -> ArticleFile:
        return ArticleFile.of(self._articles, key, modes, self._fold_at)

    def exclusive(self, file: ArticleFile) -> AbstractContextManager[None]:
        """Keep everybody else away from an article; waits for whoever holds its lock."""
        place = locks.offset_of(file.key)
        return locks.exclusive(root.locks(self.path), place, file.modes.file, self.on_wait)

    def shared(self, file: ArticleFile) -> AbstractContextManager[None]:
        """Keep writers away from an article while it is read."""
        return locks.shared(root.locks(self.path), locks.offset_of(file.key), self.patience)
