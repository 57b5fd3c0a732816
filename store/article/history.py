"""What the journal tells: whose last step can be undone or redone, and who changed what."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from annotations import edits
from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation, Document
from annotations.phrase import Phrase
from store.article.journal import HistoryEntry


@dataclass(frozen=True, slots=True)
class Steps:
    """A person's own steps: `done` can be undone and `undone` redone, the last one first."""

    done: tuple[HistoryEntry, ...]
    undone: tuple[HistoryEntry, ...]


def steps_of(author: str, entries: Iterable[HistoryEntry]) -> Steps:
    """Both stacks of one author; a new edit of theirs ends what they could redo.

    A step from before the history begins, where its journal was lost, is in neither.
    """
    own = [entry for entry in entries if entry.author == author]
    done: dict[str, HistoryEntry] = {}  # by operation, the last one at the end
    undone: dict[str, HistoryEntry] = {}
    for entry in own:
        if entry.undoes is not None:
            if entry.undoes in done:
                undone[entry.undoes] = done.pop(entry.undoes)
        elif entry.redoes is not None:
            if entry.redoes in undone:
                done[entry.redoes] = undone.pop(entry.redoes)
        else:
            done[entry.operation] = entry
            undone.clear()
    return Steps(tuple(reversed(done.values())), tuple(reversed(undone.values())))


def first(
    steps: Iterable[HistoryEntry], skip: Collection[str] = (), operation: str | None = None
) -> HistoryEntry | None:
    """The first step that is not to be passed over; `operation` is the only one that is meant."""
    wanted = (each for each in steps if operation in (None, each.operation))
    return next((each for each in wanted if each.operation not in skip), None)


def taken_back(entries: Iterable[HistoryEntry]) -> frozenset[str]:
    """The operations of all people that are undone as it stands."""
    found: set[str] = set()
    for entry in entries:
        if entry.undoes is not None:
            found.add(entry.undoes)
        elif entry.redoes is not None:
            found.discard(entry.redoes)
    return frozenset(found)


def as_after(document: Document, entries: Sequence[HistoryEntry], revision: int) -> Document:
    """The document as it stood after a revision; `entries` are all that led to it."""
    later = (edits.inverse(each.edit) for each in reversed(entries) if each.revision > revision)
    return edits.apply(document, Group(tuple(later)), revision)


def last_change(annotation_id: str, entries: Iterable[HistoryEntry]) -> Phrase | None:
    """Who changed an annotation last, what and when, as a sentence; None: nobody did."""
    for entry in reversed(tuple(entries)):
        what = _what(entry.edit, annotation_id)
        if what:
            who, at = entry.author.partition(":")[2], entry.at.replace("T", " ")[:16]
            return Phrase("{who} {what} at {at}", who=who, what=what, at=at)
    return None


def _what(edit: Edit, annotation_id: str) -> Phrase | None:
    match edit:
        case Add(annotation) if annotation.id == annotation_id:
            return Phrase("added it as {label}", label=annotation.label)
        case Remove(annotation) if annotation.id == annotation_id:
            return Phrase("deleted it")
        case Change(before, after) if before.id == annotation_id:
            return difference(before, after)
        case Group(parts):
            return _all([what for part in parts if (what := _what(part, annotation_id))])
        case _:
            return None


def difference(before: Annotation, after: Annotation) -> Phrase:
    """What distinguishes two states of an annotation, in words."""
    found: list[Phrase] = []
    if before.label != after.label:
        label = Phrase("changed the label from {old} to {new}", old=before.label, new=after.label)
        found.append(label)
    if before.status != after.status:
        old, new = (Phrase(each.status) for each in (before, after))
        found.append(Phrase("changed the status from {old} to {new}", old=old, new=new))
    found += [
        phrase for name, phrase in _CHANGED.items() if getattr(before, name) != getattr(after, name)
    ]
    return _all(found) or Phrase("touched it")


_CHANGED = {
    "span": Phrase("changed the boundaries"),
    "value": Phrase("changed the value"),
    "entity": Phrase("changed the entity"),
    "layer": Phrase("changed the layer"),
    "note": Phrase("changed the note"),
}


def _all(phrases: Sequence[Phrase]) -> Phrase | None:
    """One thing and another."""
    if not phrases:
        return None
    return reduce(lambda one, other: Phrase("{one} and {other}", one=one, other=other), phrases)
