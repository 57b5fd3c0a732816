"""Who decided that annotations stand as they do, as the history tells.  Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation, Document, Status
from store.article.journal import HistoryEntry

State = tuple[str, str, Status]  # an annotation, when it was changed last, how it stood then


def state_of(annotation: Annotation) -> State:
    return annotation.id, annotation.modified, annotation.status


def decisions_in(
    entries: Iterable[HistoryEntry], earlier: Mapping[State, str] | None = None
) -> dict[State, str]:
    """Who decided that annotations stand as they do, or as they stood and may stand again.

    A note decides nothing; an undo or a redo brings back what somebody has decided before.
    `earlier` are the decisions of what came before the entries.
    """
    found = dict(earlier or {})
    for entry in entries:
        brings_back = entry.undoes is not None or entry.redoes is not None
        for before, after in _changes(entry.edit):
            if brings_back:
                found.setdefault(state_of(after), after.author)
            elif before is not None and _decided(before) == _decided(after):
                found[state_of(after)] = found.get(state_of(before), after.author)
            else:
                found[state_of(after)] = entry.author
    return found


def _changes(edit: Edit) -> Iterator[tuple[Annotation | None, Annotation]]:
    match edit:
        case Add(annotation):
            yield None, annotation
        case Change(before, after):
            yield before, after
        case Group(edits):
            for part in edits:
                yield from _changes(part)


def _decided(annotation: Annotation) -> Annotation:
    """The annotation without what is no decision."""
    return replace(annotation, note=None, modified=annotation.created)


def deciders_of(document: Document, entries: Iterable[HistoryEntry]) -> dict[str, str]:
    """Whose the annotations of a document are, where that is not their author, by their ids."""
    decisions = decisions_in(entries)
    found = ((each, decisions.get(state_of(each))) for each in document.annotations)
    return {each.id: who for each, who in found if who is not None and who != each.author}
