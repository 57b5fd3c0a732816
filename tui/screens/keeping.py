"""The document of an article's screen: as it is stored, with the edits that wait to be saved.

So each further edit is made upon those that wait, and all of them can be saved in their order.
How many wait stands in the title.
"""

from textual.reactive import var
from textual.screen import Screen

from annotations.edits import Stamp
from annotations.model import Document
from store.library import Library, now
from store.person.kept_edits import KeptEdit, KeptEdits, stacked
from tui.attempts import Attempt, keep_trying
from tui.page.presentation import BLANK


class KeepingScreen(Screen[None]):
    """Owns the document of one article, and knows which edits of it wait."""

    document: var[Document] = var(BLANK, init=False)  # as it is shown and edited
    unsaved: var[int] = var(0, init=False)  # edits of this article that wait to be saved

    def __init__(
        self, library: Library, document: Document, author: str, kept_edits: KeptEdits
    ) -> None:
        """`kept_edits` are those of all articles that are still to be saved."""
        super().__init__()
        self.library = library
        self.author = author
        self.article_id = document.article.id
        self.kept_edits = kept_edits
        self.stored = document  # as it stands on the disk, as far as that is known
        self.stacked: list[KeptEdit] = []  # what waits and is in `document`, in its order
        self._attempt: Attempt | None = None  # the save that is under way
        self._is_late = False  # whether it is no longer waited for
        self._stack_of: tuple[Document, int, KeptEdit | None] | None = None
        self.set_reactive(KeepingScreen.document, self._stack())

    @property
    def kept(self) -> list[KeptEdit]:
        """The edits of this article that wait to be saved, the oldest first."""
        return self.kept_edits.of(self.stored.article)

    def restack(self) -> None:
        """Show what is stored with what waits, where either is another than before."""
        known, made = self._stack_of, self._under_way
        if known is None or not (
            known[0] is self.stored and known[1] == self.kept_edits.version and known[2] == made
        ):
            self.document = self._stack()

    @property
    def _under_way(self) -> KeptEdit | None:
        """The edit that is being saved, and is shown because that takes long."""
        attempt = self._attempt
        if attempt is None or attempt.edit is None or not self._is_late:
            return None
        return KeptEdit(attempt.operation, attempt.edit, attempt.said)

    def _stack(self) -> Document:
        """The document as it is to be shown."""
        made = self._under_way
        self._stack_of = self.stored, self.kept_edits.version, made
        waiting = self.kept
        if made is not None and all(each.operation != made.operation for each in waiting):
            waiting.insert(0, made)
        stamp = Stamp(self.author, now())
        document, self.stacked = stacked(self.stored, waiting, stamp)
        return document

    def count_unsaved(self) -> None:
        """See what waits, and that it is on the disk as soon as that has room."""
        self.unsaved = self.kept_edits.count(self.article_id)
        self.restack()
        if not self.kept_edits.is_on_disk:
            keep_trying(self.kept_edits, self.app.set_timer)

    def drop(self, mine: KeptEdit) -> None:
        """It is saved or given up."""
        self.kept_edits.drop(mine.operation)
        self.count_unsaved()
