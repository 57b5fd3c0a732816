"""What the journal tells: whose last step can be undone or redone, and who changed what."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation
from store.journal import HistoryEntry


@dataclass(frozen=True, slots=True)
class Steps:
    """A person's own steps: `done` can be undone and `undone` redone, the last one first."""

    done: tuple[HistoryEntry, ...]
    undone: tuple[HistoryEntry, ...]


def steps_of(author: str, entries: Iterable[HistoryEntry]) -> Steps:
    """Both stacks of one author; a new edit of theirs ends what they could redo."""
    own = [entry for entry in entries if entry.author == author]
    by_operation = {entry.operation: entry for entry in own}
    done: list[HistoryEntry] = []
    undone: list[HistoryEntry] = []
    for entry in own:
        if entry.undoes is not None:
            step = by_operation[entry.undoes]
            done.remove(step)
            undone.append(step)
        elif entry.redoes is not None:
            step = by_operation[entry.redoes]
            undone.remove(step)
            done.append(step)
        else:
            done.append(entry)
            undone.clear()
    return Steps(tuple(reversed(done)), tuple(reversed(undone)))


def last_change(annotation_id: str, entries: Iterable[HistoryEntry]) -> str | None:
    """Who changed an annotation last, what and when, as a sentence; None: nobody did."""
    for entry in reversed(tuple(entries)):
        what = _what(entry.edit, annotation_id)
        if what:
            return f"{entry.author} {what} at {entry.at}"
    return None


def _what(edit: Edit, annotation_id: str) -> str:
    match edit:
        case Add(annotation) if annotation.id == annotation_id:
            return f"added it as {annotation.label}"
        case Remove(annotation) if annotation.id == annotation_id:
            return "deleted it"
        case Change(before, after) if before.id == annotation_id:
            return difference(before, after)
        case Group(edits):
            return " and ".join(filter(None, (_what(part, annotation_id) for part in edits)))
        case _:
            return ""


def difference(before: Annotation, after: Annotation) -> str:
    """What distinguishes two states of an annotation, in words."""
    found: list[str] = []
    if before.span != after.span:
        found.append(f"moved it from {before.start}–{before.end} to {after.start}–{after.end}")
    if before.label != after.label:
        found.append(f"changed the label from {before.label} to {after.label}")
    if before.status != after.status:
        found.append(f"changed the status from {before.status} to {after.status}")
    found += [
        f"changed the {name}"
        for name in ("value", "entity", "layer", "note")
        if getattr(before, name) != getattr(after, name)
    ]
    return " and ".join(found) or "touched it"
