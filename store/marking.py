"""A decision about places of many articles: a step an article, all with one operation."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.edits import Stamp
from annotations.marking import Decision, Marked, Target, mark
from store.library import HistoryEntry, Library, Saved, now

_TRIES = 3  # times that an article is read anew when somebody else is faster


@dataclass(frozen=True, slots=True)
class Outcome:
    """At how many places it is done, left to others, not needed; with what was written."""

    count: int
    left: int
    idle: int
    entry: HistoryEntry | None = None


def mark_in(
    library: Library,
    article_id: str,
    targets: Sequence[Target],
    decision: Decision,
    *,
    author: str,
    operation: str,
) -> Outcome:
    """Decide about these places of an article as one step; what others changed since is left.

    Raises StoreError or AnnotationError where it cannot be saved.
    """
    for _ in range(_TRIES):
        document = library.document(article_id)
        marked: Marked = mark(document, targets, decision, Stamp(author, now()))
        if marked.edit is None:
            return Outcome(0, marked.left, marked.idle)
        saved = library.apply(article_id, marked.edit, author=author, operation=operation)
        if isinstance(saved, Saved):
            return Outcome(marked.count, marked.left, marked.idle, saved.entry)
    return Outcome(0, len(targets), 0)
