"""Errors of the store.  A message says what happened, where, and what to do."""

from typing import TYPE_CHECKING

from annotations.phrase import Words

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """Base of everything that `store` raises on purpose."""


class NoLibrary(StoreError):
    """There is no library at a path, or what is there is something else."""


class ArticleNotFound(StoreError):
    """The library has no article with this id."""


class ArticleExists(StoreError):
    """The library has another article with this id."""


class Damaged(StoreError):
    """A file of the library does not say what it said when it was written.

    Its bytes are left alone; `path` is the file, `place` the byte where it begins, if that can be
    told, and `what` the message without what to do about it.
    """

    def __init__(
        self, message: Words, path: "Path", *, what: Words | None = None, place: int | None = None
    ) -> None:
        super().__init__(message)
        self.path = path
        self.what = message if what is None else what
        self.place = place


class CannotWrite(StoreError):
    """The disk refused a change (full, read-only, no permission, no locks).

    Nothing was changed, unless the message says that it is unclear: then the same operation
    can be tried again, and is not applied twice.
    """


class Unreadable(StoreError):
    """A file, to be read in or of the library, is no text or cannot be opened."""


class BadBackup(StoreError):
    """A file is no backup, or not all of one, or not what was written."""
