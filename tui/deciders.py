"""Who accepted or rejected an annotation: not always who found it.  Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation, Status
from store.article.journal import HistoryEntry

State = tuple[str, str, Status]  # an annotation, when it was changed last, how it stood then


@dataclass(frozen=True, slots=True)
class Deciders:
    """What the history said when it was read; no clock says what came before what.

    Unless it `is_read`, what may be one's own is not shown as somebody else's.
    """

    me: str
    is_read: bool = False
    decisions: Mapping[State, str] = field(default_factory=dict)

    def after(self, entry: HistoryEntry) -> "Deciders":
        """With a change that was made since."""
        return replace(self, decisions=decisions_in([entry], self.decisions))

    def of(self, annotation: Annotation) -> str:
        """Whose the annotation is as it stands: its author's, where nobody decided on it."""
        return self.decisions.get(_state(annotation), annotation.author)

    def is_mine(self, annotation: Annotation) -> bool:
        is_known = self.is_read or _state(annotation) in self.decisions
        if not is_known and not annotation.author.startswith("user:"):
            return True
        return self.of(annotation) == self.me


def _state(annotation: Annotation) -> State:
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
                found.setdefault(_state(after), after.author)
            elif before is not None and _decided(before) == _decided(after):
                found[_state(after)] = found.get(_state(before), after.author)
            else:
                found[_state(after)] = entry.author
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
