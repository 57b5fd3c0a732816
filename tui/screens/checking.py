"""What is wrong with the files of the open article: it is told once, and when it gets worse."""

from contextlib import suppress

from textual import work

from annotations.model import Document
from store.article.condition import Condition, condition_of
from store.errors import Damaged, StoreError
from store.library import Library
from store.person.kept_edits import KeptEdits
from tui.attempts import Attempt
from tui.screens.guarding import tell_read_only
from tui.screens.queueing import QueueingScreen
from tui.wording.damage_words import advice, condition_in_words

LATER = 0.5  # seconds from the first picture to the reading of the history


class CheckingScreen(QueueingScreen):
    """Reads the files of its article as a whole, in a thread, once it is shown."""

    def __init__(
        self, library: Library, document: Document, author: str, kept_edits: KeptEdits
    ) -> None:
        super().__init__(library, document, author, kept_edits)
        self._wrong: list[str] = []  # what was told last

    def on_mount(self) -> None:
        self.set_timer(LATER, self.check)

    @work(thread=True, exclusive=True, group="condition")
    def check(self) -> None:
        """Look what is wrong with the article's files that reading got round, and tell it."""
        with suppress(StoreError):  # told by whoever reads the article
            found = condition_of(self.library, self.article_id)
            self.app.call_from_thread(self._take, found)

    def _take(self, found: Condition) -> None:
        if self.is_running and not self.is_gone:
            self.take_fault(found.fault)
            wrong = condition_in_words(found, self.library.path)
            if wrong != self._wrong and wrong:
                self.app.clear_notifications()  # of what this says better
                self.notify("\n".join(wrong), title=advice(), severity="error", markup=False)
            self._wrong = wrong

    def take_fault(self, fault: Damaged | None) -> None:
        """What keeps the article from being changed, from now on; None: nothing, any longer."""
        was_closed, self.fault = self.closed, fault
        why = self.why_not()
        if fault is not None and why != was_closed:
            tell_read_only(self, why, self.say, at_length=False)

    async def _tell_failed(self, problem: Exception, attempt: Attempt | None) -> bool:
        is_kept = await super()._tell_failed(problem, attempt)
        if isinstance(problem, Damaged):
            self.check()
        return is_kept
