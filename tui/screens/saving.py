"""How an article's screen saves: each edit is on disk before it is shown.

An edit is written by a thread and waited for, so that the next key is looked at when the
document is the one that it was meant for.  Only a save that takes long is no longer waited
for: the screen stays alive, says so, and takes no other edit until it is through.  What the disk
refuses, what meets somebody else's edit and what still waits is kept, and M tries it again.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import var
from textual.screen import Screen

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Document
from store.article.outcomes import Outcome
from store.copies.trash import remover_of
from store.errors import ArticleNotFound, Damaged, StoreError
from store.library import Conflict, HistoryEntry, Library, Nothing, Saved, now
from store.person.kept_edits import KeptEdit, KeptEdits, is_done
from store.sharing.permissions import why_read_only
from store.sharing.presence import Reader
from tui.attempts import Attempt, in_thread
from tui.display import display
from tui.keyboard.keys import key
from tui.language import _, counted, told
from tui.page.presentation import BLANK
from tui.screens.guarding import writes
from tui.wording.save_words import gone_in_words, late_in_words, not_saved

SLOW = 0.5  # seconds after which a save is not waited for any longer

Then = Callable[[], None]


class SavingScreen(Screen[None]):
    """Owns the document of one article, and its way to the disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("M", "settle", "Try again what is not saved", name="settle-conflict"),
    ]

    document: var[Document] = var(BLANK, init=False)
    others: var[tuple[Reader, ...]] = var((), init=False)  # who else has the article open
    unsaved: var[int] = var(0, init=False)  # edits of this article that wait to be saved
    closed: var[str] = var("", init=False)  # why nothing can be changed here; empty: it can

    def __init__(
        self, library: Library, document: Document, author: str, kept_edits: KeptEdits
    ) -> None:
        """`kept_edits` are those of all articles that are still to be saved."""
        super().__init__()
        self.library = library
        self.author = author
        self.article_id = document.article.id
        self.kept_edits = kept_edits
        self.fault: Damaged | None = None  # of the article's files, why nothing may be appended
        self.is_gone = False  # whether the article has been removed
        self._remover = ""
        self.set_reactive(SavingScreen.document, document)
        self._save: asyncio.Future[Outcome] | None = None
        self._attempt: Attempt | None = None
        self._is_late = False
        self._skipped: set[str] = set()  # operations whose undoing was found in conflict

    def say(self, message: str) -> None:
        """Show a line about what has happened; it stays until the next key."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """The line that is shown."""
        raise NotImplementedError

    def note(self, entry: HistoryEntry) -> None:
        """A step of this person is on the disk; called in the thread that has put it there."""
        raise NotImplementedError

    def tell_no_step(self, outcome: Conflict | Nothing) -> None:
        """Say why there was no undo, or no redo."""
        raise NotImplementedError

    def show(self, outcome: Saved | Conflict) -> None:
        """The article stands as the outcome says."""
        raise NotImplementedError

    # whether anything may be changed

    def why_not(self) -> str:
        """Why nothing can be changed here, as things stand now; empty where it can."""
        if self.is_gone:
            self.closed = gone_in_words(self._remover, self.author)
        elif self.fault is not None:
            self.closed = told(self.fault)
        else:
            file = self.library.file(self.article_id)
            phrase = why_read_only(self.library.path, file)
            self.closed = told(phrase) if phrase is not None else ""
        return self.closed

    async def tell_gone(self) -> None:
        """Somebody has removed the article: say who."""
        self.is_gone = True
        self._remover = await asyncio.to_thread(remover_of, self.library, self.article_id)
        self.say(self.why_not())

    # saving

    @property
    def is_saving(self) -> bool:
        return self._save is not None

    def attempt(self, said: str, operation: str | None = None, edit: Edit | None = None) -> Attempt:
        """A save of this article that is about to begin."""
        found = Attempt(self.document.article, self.kept_edits, said, edit=edit)
        found.operation = operation or found.operation
        return found

    async def save(
        self,
        make: Callable[[Document, Stamp], Edit],
        said: str,
        then: Then | None = None,
        operation: str | None = None,
    ) -> bool:
        """Make an edit of the document as it stands and write it; then say so and go on.

        False: it is neither saved nor kept, and why is said.
        """
        document, attempt = self.document, self.attempt(said, operation)

        def write() -> Outcome:
            attempt.edit = make(document, Stamp(self.author, now()))
            return self.apply(attempt.edit, attempt.operation, is_new=True)

        return await self.commit(write, said, then, attempt)

    def apply(self, edit: Edit, operation: str, *, is_new: bool = False) -> Saved | Conflict:
        """Commit an edit of this article; for a thread.  `is_new`: it was not tried before."""
        return self.library.apply(
            self.article_id, edit, author=self.author, operation=operation, is_new=is_new
        )

    async def commit(
        self,
        write: Callable[[], Outcome],
        said: str,
        then: Then | None = None,
        attempt: Attempt | None = None,
    ) -> bool:
        """Write in a thread, and wait for it unless it takes long; False: it is not saved."""
        if self._save is not None:
            self.say(self.busy)
            return False
        attempt = self._attempt = attempt or self.attempt(said)
        loop, self._is_late = asyncio.get_running_loop(), False

        def on_wait() -> None:
            attempt.waits_for_lock = True
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._tell_late, attempt)

        def work() -> Outcome:
            outcome = attempt.run(write)
            if isinstance(outcome, Saved) and outcome.entry is not None:
                self.note(outcome.entry)
            return outcome

        save = self._save = in_thread(work, on_wait)
        done, _pending = await asyncio.wait({save}, timeout=SLOW)
        if done:
            return await self._finish(save, said, then)
        self._is_late = True
        self._tell_late(attempt)
        threading.Thread(target=attempt.keep, daemon=True).start()
        save.add_done_callback(partial(self._finish_later, said, then))
        return True

    @property
    def busy(self) -> str:
        """Why no other edit is taken."""
        if self._attempt is not None and self._attempt.waits_for_lock:
            return self.late
        return _("the edit before this one is still being saved: try again when it is")

    @property
    def late(self) -> str:
        """What a save waits for."""
        waits_for_lock = self._attempt is not None and self._attempt.waits_for_lock
        return late_in_words(self.others, waits_for_lock=waits_for_lock)

    def _tell_late(self, attempt: Attempt) -> None:
        """A save takes long: say what it waits for."""
        if self._is_late and self._attempt is attempt and self.is_running:
            self.say(self.late)

    async def leave(self) -> str:
        """Keep what still waits; a line about it, empty where nothing does."""
        attempt = self._attempt
        if attempt is None:
            return ""
        await asyncio.to_thread(attempt.keep)
        return _("not saved yet: {said}").format(said=attempt.said)

    def _finish_later(self, said: str, then: Then | None, save: "asyncio.Future[Outcome]") -> None:
        if self.is_running:
            self.run_worker(self._finish(save, said, then), group="save")

    async def _finish(self, save: "asyncio.Future[Outcome]", said: str, then: Then | None) -> bool:
        """Show how a save went; False: it is not saved, and nothing keeps it."""
        attempt, self._attempt, self._save = self._attempt, None, None
        if save.cancelled() or not self.is_running:
            return False
        self.count_unsaved()
        try:
            outcome = save.result()
        except (AnnotationError, StoreError) as problem:
            return await self._tell_failed(problem, attempt)
        if not isinstance(outcome, Nothing):
            self.show(outcome)
        return await self._tell_outcome(outcome, said, then)

    async def _tell_outcome(self, outcome: Outcome, said: str, then: Then | None) -> bool:
        """Say what came of it, and go on; False: it is not saved, and nothing keeps it."""
        match outcome:
            case Saved():
                self.say(_("saved: {said}").format(said=said))
                if then is not None:
                    then()
            case Conflict(operation=str(operation)):
                self._skipped.add(operation)
                self.tell_no_step(outcome)
            case Conflict(entry=entry) if entry is not None:
                return await self._meet(KeptEdit(entry.operation, entry.edit, said), then)
            case Conflict(message=message):
                self.say(_("not saved: {problem}").format(problem=told(message)))
            case Nothing():
                self.tell_no_step(outcome)
        return isinstance(outcome, Saved)

    async def _tell_failed(self, problem: Exception, attempt: Attempt | None) -> bool:
        """Why it is not saved, in full, and that it is kept; whether it is."""
        is_kept = attempt is not None and any(
            each.operation == attempt.operation for each in self.kept
        )
        if isinstance(problem, AnnotationError):
            self.say(_("not saved: {problem}").format(problem=told(problem)))
            return False
        self.app.clear_notifications()  # of the same, where one key after the other is refused
        self.notify(display(told(problem)), severity="error", markup=False)
        said = attempt.said if attempt is not None and is_kept else ""
        self.say(not_saved(said, on_disk=self.kept_edits.is_on_disk))
        if isinstance(problem, ArticleNotFound):
            await self.tell_gone()
        return is_kept

    async def _meet(self, mine: KeptEdit, then: Then | None) -> bool:
        from tui.screens.conflict import meet  # a dialog only when it is wanted

        return await meet(self, mine, then)

    # what is kept

    @property
    def kept(self) -> list[KeptEdit]:
        """The edits of this article that wait to be saved, the oldest first."""
        return self.kept_edits.of(self.document.article)

    def count_unsaved(self) -> None:
        self.unsaved = self.kept_edits.count(self.article_id)

    @writes
    async def action_settle(self) -> None:
        """Try again what is kept, one after the other, to the first that fails or meets another."""
        waiting = self.kept
        if not waiting:
            self.say(_("no edit of yours waits to be saved"))
            return
        self.app.clear_notifications()  # of why they were refused
        for mine in waiting:
            if is_done(self.document, mine.edit):
                self.drop(mine)
                self.say(_("it has been done already: {said}").format(said=mine.said))
                continue
            attempt = self.attempt(mine.said, mine.operation, mine.edit)
            write = partial(self.apply, mine.edit, mine.operation)
            await self.commit(write, mine.said, None, attempt)
            if self.is_saving or any(each.operation == mine.operation for each in self.kept):
                return
        if len(waiting) > 1:
            done = counted(
                "saved: {count} edit that waited", "saved: {count} edits that waited", len(waiting)
            )
            self.say(done)

    def drop(self, mine: KeptEdit) -> None:
        """It is saved or given up."""
        self.kept_edits.drop(mine.operation)
        self.count_unsaved()
