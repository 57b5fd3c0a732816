"""How an article's screen saves: each edit is on disk before it is shown.

An edit is written by a thread and waited for, so that the next key is looked at when the
document is the one that it was meant for.  Only a save that takes long is no longer waited
for: the screen stays alive and says so.  What the disk refuses, what meets somebody else's edit
and what still waits is kept.  An edit that is made upon what waits is saved after it: by M, by
the next edit, or when the save that is waited for is through.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from textual.reactive import var

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Document
from store.article.outcomes import Outcome
from store.errors import ArticleNotFound, Damaged, StoreError
from store.library import Conflict, HistoryEntry, Library, Nothing, Saved, now
from store.person.kept_edits import KeptEdit, KeptEdits
from store.sharing.access import why_read_only
from store.sharing.presence import Reader
from tui.attempts import Attempt, in_thread
from tui.display import display
from tui.language import _, told
from tui.screens.keeping import KeepingScreen
from tui.screens.settling import Settling
from tui.wording.damage_words import closed_in_words, damage_in_words
from tui.wording.save_words import gone_in_words, late_in_words, not_saved

SLOW = 0.5  # seconds after which a save is not waited for any longer

Then = Callable[[], None]


class SavingScreen(KeepingScreen):
    """The way of an article's edits to the disk."""

    others: var[tuple[Reader, ...]] = var((), init=False)  # who else has the article open
    closed: var[str] = var("", init=False)  # why nothing can be changed here; empty: it can

    def __init__(
        self, library: Library, document: Document, author: str, kept_edits: KeptEdits
    ) -> None:
        super().__init__(library, document, author, kept_edits)
        self.fault: Damaged | None = None  # of the article's files, why nothing may be appended
        self.is_gone = False  # whether the article has been removed
        self._remover = ""
        self._save: asyncio.Future[Outcome] | None = None
        self.is_asking = False  # whether a conflict is being asked about
        self.settling: Settling | None = None
        self.own: set[str] = set()  # operations that were saved from here
        self.taken_back: list[KeptEdit] = []  # what waited and was undone, the last one last
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
            self.closed = closed_in_words(self.fault, self.library.path)
        else:
            file = self.library.file(self.article_id)
            phrase = why_read_only(self.library.path, file)
            self.closed = told(phrase) if phrase is not None else ""
        return self.closed

    async def tell_gone(self) -> None:
        """Somebody has removed the article: say who."""
        from store.copies.trash import remover_of  # only when it is wanted

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

        What waits is written before it.  False: it is neither saved nor kept, and why is said.
        """
        self.restack()
        document, attempt = self.document, self.attempt(said, operation)

        def made() -> Edit:
            return make(document, Stamp(self.author, now()))

        def write() -> Outcome:
            attempt.edit = made()
            return self.apply(attempt.edit, attempt.operation, is_new=True)

        self.taken_back.clear()
        if not self.stacked:
            return await self.commit(write, said, then, attempt)
        try:
            edit = await in_thread(made)
            await self.queue(KeptEdit(attempt.operation, edit, said), then)
        except AnnotationError as problem:
            self.say(_("not saved: {problem}").format(problem=told(problem)))
            return False
        return True

    async def queue(self, mine: KeptEdit, then: Then | None = None) -> None:
        """Keep an edit that was made upon others that wait, and save it after them."""
        raise NotImplementedError

    async def settle_next(self) -> None:
        """Go on with what is being saved of what waits, as long as nothing is to be waited for."""
        raise NotImplementedError

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
                self.own.add(outcome.entry.operation)
                self.note(outcome.entry)
            return outcome

        save = self._save = in_thread(work, on_wait)
        done, _pending = await asyncio.wait({save}, timeout=SLOW)
        if done:
            return await self._finish(save, said, then)
        self._is_late = True
        self._tell_late(attempt)
        self.restack()
        threading.Thread(target=attempt.keep, daemon=True).start()
        save.add_done_callback(partial(self._finish_later, said, then))
        return True

    @property
    def busy(self) -> str:
        """Why nothing else is done."""
        why = _("the edit before this one is still being saved: try again when it is")
        return _("not done: {why}").format(why=why)

    @property
    def late(self) -> str:
        """What a save waits for."""
        waits_for_lock = self._attempt is not None and self._attempt.waits_for_lock
        return late_in_words(self.others, waits_for_lock=waits_for_lock)

    def _tell_late(self, attempt: Attempt) -> None:
        """A save takes long: say what it waits for."""
        if self._is_late and self._attempt is attempt and self.is_running:
            self.restack()
            self.say(self.late)

    async def leave(self) -> str:
        """Keep what still waits; a line about it, empty where nothing does."""
        attempt = self._attempt
        if attempt is None:
            return ""
        await asyncio.to_thread(attempt.keep)
        return _("not saved yet: {said}").format(said=attempt.said) if attempt.said else self.late

    def _finish_later(self, said: str, then: Then | None, save: "asyncio.Future[Outcome]") -> None:
        if self.is_running:
            self.run_worker(self._finish_rest(save, said, then), group="save")

    async def _finish_rest(
        self, save: "asyncio.Future[Outcome]", said: str, then: Then | None
    ) -> None:
        """Show how a save went that was not waited for, and go on with what waits for it."""
        await self._finish(save, said, then)
        if self.settling is None and self.stacked and not save.cancelled():
            self.settling = Settling() if save.exception() is None else None
        await self.settle_next()

    async def _finish(self, save: "asyncio.Future[Outcome]", said: str, then: Then | None) -> bool:
        """Show how a save went; False: it is not saved, and nothing keeps it."""
        attempt, self._attempt, self._save = self._attempt, None, None
        if save.cancelled() or not self.is_running:
            return False
        try:
            outcome = save.result()
        except (AnnotationError, StoreError) as problem:
            self.count_unsaved()
            return await self._tell_failed(problem, attempt)
        if not isinstance(outcome, Nothing):
            self.show(outcome)
        self.count_unsaved()
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
        why = damage_in_words(problem, self.library.path)
        self.notify(display(why), severity="error", markup=False)
        said = attempt.said if attempt is not None and is_kept else ""
        if self.settling is not None and self.settling.last is not None:
            said = self.settling.last.said
        self.settling = None
        self.say(not_saved(said, on_disk=self.kept_edits.is_on_disk))
        if isinstance(problem, ArticleNotFound):
            await self.tell_gone()
        return is_kept

    async def _meet(self, mine: KeptEdit, then: Then | None) -> bool:
        from tui.screens.conflict import meet  # a dialog only when it is wanted

        return await meet(self, mine, then)
