"""What comes of a change to an article: it is saved, it conflicts, or there was none to make."""

from dataclasses import dataclass, field

from annotations.edits import Edit
from annotations.model import Document
from annotations.phrase import Words
from store.article.journal import HistoryEntry


@dataclass(frozen=True, slots=True)
class Saved:
    """The change is on the disk; `document` is how the article stands with it.

    `entry` is what was written: None where the operation had been applied before.  `signature`
    is the article's (see `Library.signature`) right after it, None where that is not known.
    """

    document: Document
    entry: HistoryEntry | None = field(default=None, compare=False)
    signature: object = field(default=None, compare=False)

    @property
    def edit(self) -> Edit | None:
        """What was applied."""
        return self.entry.edit if self.entry else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: somebody else changed the annotation.

    `document` is theirs, as it stands; `message` says who changed what and when.
    `operation` is the step that could not be undone or redone, None for other edits; `entry` is
    what could not be written, and `signature` the article's.
    """

    document: Document
    annotation_id: str
    message: Words
    operation: str | None = None
    entry: HistoryEntry | None = field(default=None, compare=False)
    signature: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to undo, or to redo."""


Outcome = Saved | Conflict | Nothing
