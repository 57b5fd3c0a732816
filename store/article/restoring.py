"""Taking back one step of an article's history, anybody's, or all that came after it.

Both are planned in memory and written as an edit of whoever restores, so that they can be undone
and what others do meanwhile is respected.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.edits import Edit, apply, difference, inverse, touched
from annotations.errors import EditConflict
from annotations.model import Document
from annotations.phrase import Phrase, Words, words_of
from store.article import history
from store.article.journal import HistoryEntry


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it stands and all that led to it, oldest first."""

    document: Document
    entries: Sequence[HistoryEntry]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written; `operation` is the step of one's own that it undoes."""

    edit: Edit
    operation: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it cannot be done."""

    reason: Words


def without(story: Story, entry: HistoryEntry, author: str) -> Plan | Refused:
    """Take back one step and leave what others did."""
    if entry.operation in history.taken_back(story.entries):
        return Refused(Phrase("it is undone already"))
    edit = inverse(entry.edit)
    try:
        apply(story.document, edit)
    except EditConflict as conflict:
        later = [each for each in story.entries if each.revision > entry.revision]
        return Refused(history.last_change(conflict.annotation_id, later) or words_of(conflict))
    own = history.steps_of(author, story.entries).done
    is_own = any(each.operation == entry.operation for each in own)
    return Plan(edit, entry.operation if is_own else None)


def as_after(story: Story, revision: int) -> Plan | Refused:
    """Make the annotations those that stood after a revision."""
    then = history.as_after(story.document, story.entries, revision)
    edit = difference(story.document, then)
    if not edit.edits:
        return Refused(Phrase("the article stands as it did then"))
    return Plan(edit)


def concerns(entry: HistoryEntry, annotation_id: str) -> bool:
    """Whether a step touched an annotation."""
    return annotation_id in touched(entry.edit)
