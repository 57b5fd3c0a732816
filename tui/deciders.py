"""Who accepted or rejected an annotation: not always who found it.  Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation
from store.journal import HistoryEntry

Decision = tuple[str, str]  # when the annotation was changed last, who has decided on it


@dataclass(frozen=True, slots=True)
class Deciders:
    """What the history said when it was read, at `read_at`; what was changed later, `me` changed.

    Changes by others are read as they come, so that only one's own are newer.
    """

    me: str
    read_at: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    def of(self, annotation: Annotation) -> str:
        """Whose the annotation is as it stands: its author's, where nobody decided on it."""
        modified, who = self.decisions.get(annotation.id, ("", ""))
        if modified == annotation.modified:
            return who
        return self.me if annotation.modified >= self.read_at else annotation.author

    def is_mine(self, annotation: Annotation) -> bool:
        return self.of(annotation) == self.me


def decisions_in(entries: Iterable[HistoryEntry]) -> dict[str, Decision]:
    """The last decision on each annotation, by id; a note decides nothing."""
    found: dict[str, Decision] = {}
    for entry in entries:
        for before, after in _changes(entry.edit):
            known = found.get(after.id)
            same = before is not None and _decided(before) == _decided(after)
            who = (known[1] if known else after.author) if same else entry.author
            found[after.id] = after.modified, who
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
