"""Who accepted or rejected an annotation: not always who found it.  Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from annotations.model import Annotation
from store.article.deciding import State, decisions_in, state_of
from store.article.journal import HistoryEntry


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
        return self.decisions.get(state_of(annotation), annotation.author)

    def is_mine(self, annotation: Annotation) -> bool:
        is_known = self.is_read or state_of(annotation) in self.decisions
        if not is_known and not annotation.author.startswith("user:"):
            return True
        return self.of(annotation) == self.me
