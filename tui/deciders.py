"""Who accepted or rejected an annotation: not always who found it.  Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation, Status
from store.journal import HistoryEntry

State = tuple[str, str, Status]  # an annotation, when it was changed last, how it stood then


@dataclass(frozen=True, slots=True)
class Deciders:
    """What the history said when it was read, at `read_at`; what was changed later, `me` changed.

    Changes by others are read as they come, so that only one's own are newer.  `read_at` None:
    nothing has been read yet, and what may be one's own is not shown as somebody else's.
    """

    me: str
    read_at: str | None = None
    decisions: Mapping[State, str] = field(default_factory=dict)

    def of(self, annotation: Annotation) -> str:
        """Whose the annotation is as it stands: its author's, where nobody decided on it."""
        who = self.decisions.get(_state(annotation))
        if who is not None:
            return who
        is_newer = self.read_at is not None and annotation.modified >= self.read_at
        return self.me if is_newer else annotation.author

    def is_mine(self, annotation: Annotation) -> bool:
        if self.read_at is None and not annotation.author.startswith("user:"):
            return True
        return self.of(annotation) == self.me


def _state(annotation: Annotation) -> State:
    return annotation.id, annotation.modified, annotation.status


def decisions_in(entries: Iterable[HistoryEntry]) -> dict[State, str]:
    """Who decided that annotations stand as they do, or as they stood and may stand again.

    A note decides nothing; an undo or a redo brings back what somebody has decided before.
    """
    found: dict[State, str] = {}
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
