"""What a check of a library finds: each thing with its file, what is the matter, what to do."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from annotations.phrase import Phrase, Words, words_of
from store.errors import Damaged, StoreError

Weight = Literal["problem", "note", "repaired"]


class Kind(StrEnum):
    """What is the matter, in a word that does not change."""

    LIBRARY = "library"
    ARTICLES = "articles"
    LOCKS = "locks"
    PERMISSIONS = "permissions"
    UNREADABLE = "unreadable"
    NEWER = "newer"
    SNAPSHOT = "snapshot"
    JOURNAL = "journal"
    CLOSED = "closed journal"
    CONTRADICTION = "contradiction"
    COPY = "copy"
    MISPLACED = "misplaced"
    # what does no harm
    NO_LOCKS = "no locks"
    BEHIND = "behind"
    TORN = "torn line"
    UNFINISHED = "unfinished"
    GAP = "gap"
    LEFTOVER = "leftover"
    TEMPORARY = "temporary"
    ASIDE = "kept aside"
    FOREIGN = "foreign"
    PRESENCE = "presence"
    LABELS = "labels"
    TRASH = "trash"
    INDEX = "index"


HARMLESS = frozenset(list(Kind)[list(Kind).index(Kind.NO_LOCKS) :])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, or done.

    `place` is the byte of the file where it begins, where there is one; `can_repair` says that
    `zametka doctor --repair` does something about it.
    """

    kind: Kind
    path: Path
    what: Words
    remedy: Words = ""
    article: str | None = None
    place: int | None = None
    can_repair: bool = False
    is_done: bool = False

    @property
    def weight(self) -> Weight:
        if self.is_done:
            return "repaired"
        return "note" if self.kind in HARMLESS else "problem"


def unreadable(error: StoreError, path: Path) -> Finding:
    """A file that cannot be read or written now; that says nothing about what is in it."""
    remedy = Phrase("see to it that you may read the file and the disk can, then check again")
    return Finding(Kind.UNREADABLE, path, words_of(error), remedy)


def of_damage(kind: Kind, damage: Damaged, remedy: Words, *, can_repair: bool) -> Finding:
    """What reading a file said, without what it said to do."""
    return Finding(
        kind, damage.path, damage.what, remedy, place=damage.place, can_repair=can_repair
    )
