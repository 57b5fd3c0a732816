"""Edits that wait are saved one after the other: which one is next, and how it went.  Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from store.person.kept_edits import KeptEdit
from tui.language import _, counted


@dataclass
class Settling:
    """A run over edits that wait; `last` is the one for whose sake it is made, then `then`.

    Those in the document that is shown come first; with `everything` the others after them,
    which somebody has to decide about.
    """

    last: KeptEdit | None = None
    then: Callable[[], None] | None = None
    everything: bool = False
    _tried: set[str] = field(default_factory=set)

    def following(self, stacked: Sequence[KeptEdit], kept: Sequence[KeptEdit]) -> KeptEdit | None:
        """The next one to try, which then has been tried."""
        for each in (*stacked, *(kept if self.everything else ())):
            if each.operation not in self._tried:
                self._tried.add(each.operation)
                return each
        return None

    def is_through(self, kept: Sequence[KeptEdit]) -> bool:
        """Whether none that was tried is still kept."""
        return self._tried.isdisjoint(each.operation for each in kept)

    def in_words(self, kept: Sequence[KeptEdit]) -> str:
        """What came of it; empty where what was said of the last one is all."""
        if not self.is_through(kept):
            return ""
        if self.last is not None:
            return _("saved: {said}").format(said=self.last.said)
        if len(self._tried) < 2:
            return ""
        return counted(
            "saved: {count} edit that waited", "saved: {count} edits that waited", len(self._tried)
        )
