"""How an article's screen saves: each edit is on disk before it is shown.

An edit is written by a thread and waited for, so that the next key is looked at when the
document is the one that it was meant for.  Only a save that takes long is no longer waited
for: the screen stays alive, says so, and takes no other edit until it is through.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.reactive import var
from textual.screen import Screen

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Document
from store.catching_up import CaughtUp, catch_up
from store.errors import StoreError
from store.library import Conflict, HistoryEntry, Library, Nothing, Saved, now
from store.presence import Presence, Reader
from tui.keyboard.keys import key
from tui.language import _, told
from tui.page.presentation import BLANK
from tui.wording.news import news

POLL = 0.45  # seconds between looks at what others have changed
SAVING = "zametka-save"  # the name of the threads that save
SLOW = 0.5  # seconds after which a save is not waited for any longer

Outcome = Saved | Conflict | Nothing
Then = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An edit that met somebody else's; what is said and done once it is saved.

    It stays the operation that it was to be: other articles may hold parts of it.
    """

    edit: Edit
    operation: str
    said: str
    then: Then | None = None


class EditingScreen(Screen[None]):
    """Owns the document of one article, and its way to the disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("M", "settle", "Your edit that met somebody else's", name="settle-conflict"),
    ]

    document: var[Document] = var(BLANK, init=False)
    others: var[tuple[Reader, ...]] = var((), init=False)  # who else has the article open

    def __init__(
        self, library: Library, document: Document, author: str, kept: list[Unsettled] | None = None
    ) -> None:
        """`kept` are the edits that are still to be settled; they outlive the screen."""
        super().__init__()
        self.library = library
        self.author = author
        self.article_id = document.article.id
        self.kept = [] if kept is None else kept
        self.set_reactive(EditingScreen.document, document)
        self._save: asyncio.Future[Outcome] | None = None
        self._file_signature = library.watch(self.article_id)
        self._signature: object = None  # of the file that `document` was read from
        self._signature = self._look_at_file()
        self._skipped: set[str] = set()  # operations whose undoing was found in conflict
        self._presence = Presence(library.path, self.article_id)

    def on_mount(self) -> None:
        self.run_worker(self._presence.enter, thread=True, group="presence")
        if self.kept:
            self.say(_("an edit of yours met somebody else's and waits here: M shows both"))
        self._looks = 0
        self._loop = asyncio.get_running_loop()
        self._watch_file()

    def _watch_file(self) -> None:
        """By the loop's own timer, which costs a fraction of a widget's."""
        if self.is_running:
            is_other = not self.is_saving and self._look_at_file() != self._signature
            self._looks += 1  # every second time also at who is here
            if is_other or (self._looks % 2 and self._presence.is_due(time.monotonic())):
                self.call_next(self._look)
            self._loop.call_later(POLL, self._watch_file)

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._presence.leave)

    def say(self, message: str) -> None:
        """Show a line about what has happened; it stays until the next key."""
        raise NotImplementedError

    @property
    def said(self) -> str:
        """The line that is shown."""
        raise NotImplementedError

    @property
    def is_saving(self) -> bool:
        return self._save is not None

    async def save(
        self, make: Callable[[Document, Stamp], Edit], said: str, then: Then | None = None
    ) -> bool:
        """Make an edit of the document as it stands and write it; then say so and go on.

        False: it is not saved, and why is said.
        """
        document = self.document

        def apply() -> Outcome:
            edit = make(document, Stamp(self.author, now()))
            return self.library.apply(self.article_id, edit, author=self.author)

        return await self.commit(apply, said, then)

    async def commit(
        self, write: Callable[[], Outcome], said: str, then: Then | None = None
    ) -> bool:
        """Write in a thread, and wait for it unless it takes long; False: it is not saved."""
        if self._save is not None:
            self.say(_("the edit before this one is still being saved: try again when it is"))
            return False
        save = self._save = in_thread(lambda: self._noted(write(), said))
        done, _pending = await asyncio.wait({save}, timeout=SLOW)
        if done:
            return await self._finish(save, said, then)
        self.say(_("working… the article is large, or somebody else is saving it"))
        save.add_done_callback(partial(self._finish_later, said, then))
        return True

    def _noted(self, outcome: Outcome, said: str) -> Outcome:
        """In the thread: nothing is forgotten, also where the program ends meanwhile."""
        match outcome:
            case Saved(entry=HistoryEntry() as entry):
                self.note(entry)
            case Conflict(operation=None, entry=HistoryEntry() as entry):
                self.keep(Unsettled(entry.edit, entry.operation, said))
        return outcome

    def note(self, entry: HistoryEntry) -> None:
        """A step of this person is on the disk; called in the thread that has put it there."""
        raise NotImplementedError

    def tell_no_step(self, outcome: Conflict | Nothing) -> None:
        """Say why there was no undo, or no redo."""
        raise NotImplementedError

    def _finish_later(self, said: str, then: Then | None, save: "asyncio.Future[Outcome]") -> None:
        if self.is_running:
            self.run_worker(self._finish(save, said, then), group="save")

    async def _finish(self, save: "asyncio.Future[Outcome]", said: str, then: Then | None) -> bool:
        """Show how a save went; False: it is not saved, and nothing keeps it."""
        self._save = None
        if save.cancelled() or not self.is_running:
            return False
        try:
            outcome = save.result()
        except (AnnotationError, StoreError) as problem:
            self.say(_("not saved: {problem}").format(problem=told(problem)))
            return False
        if not isinstance(outcome, Nothing):
            self._show(outcome)
        match outcome:
            case Saved():
                self.say(_("saved: {said}").format(said=said))
                if then is not None:
                    then()
            case Conflict(operation=str(operation)):
                self._skipped.add(operation)
                self.tell_no_step(outcome)
            case Conflict(entry=entry) if entry is not None:
                return await self._meet(Unsettled(entry.edit, entry.operation, said, then))
            case Conflict(message=message):
                self.say(_("not saved: {problem}").format(problem=told(message)))
            case Nothing():
                self.tell_no_step(outcome)
        return isinstance(outcome, Saved)

    async def _meet(self, mine: Unsettled) -> bool:
        from tui.screens.conflict import meet  # a dialog only when it is wanted

        return await meet(self, mine)

    async def action_settle(self) -> None:
        """Try an edit again that met somebody else's and was left for later."""
        if not self.kept:
            self.say(_("no edit of yours waits: none has met somebody else's"))
            return
        mine = self.kept[0]
        who = {"author": self.author, "operation": mine.operation}
        write = partial(self.library.apply, self.article_id, mine.edit, **who)
        await self.commit(write, mine.said, partial(self.drop, mine))

    def keep(self, mine: Unsettled) -> None:
        """Keep an edit until it is saved or given up."""
        self.drop(mine)
        self.kept.append(replace(mine, then=None))  # by then the reader may be elsewhere

    def drop(self, mine: Unsettled) -> None:
        """It is saved or given up."""
        self.kept[:] = [each for each in self.kept if each.operation != mine.operation]

    def _show(self, outcome: Saved | Conflict) -> None:
        self._signature = outcome.signature or self._look_at_file()
        self.document = outcome.document

    def _look_at_file(self) -> object:
        """The signature of the article's file; the known one where the disk does not answer."""
        try:
            return self._file_signature()
        except StoreError:
            return self._signature

    async def _look(self) -> None:
        """Read the article again when its file is another one than we know; see who is here."""
        if self._presence.is_due(time.monotonic()):
            self.others = await asyncio.to_thread(self._presence.others)
        signature, known = self._look_at_file(), self._signature
        if self.is_saving or signature == known:
            return
        try:
            read = await asyncio.to_thread(self._read, self.document, known)
        except (AnnotationError, StoreError) as problem:
            self._signature = signature
            self.say(told(problem))
            return
        if self.is_saving or self._signature != known:
            return  # an edit of my own came between: the next look begins with that
        before, document = self.document.revision, read.document
        self._signature = read.signature or signature
        if document.revision > before:
            near, text = self.pointed_id, document.article.text
            self.document = document
            new = [each for each in read.entries if before < each.revision <= document.revision]
            self.say(news(new, text, self.author, near))

    def _read(self, document: Document, signature: object) -> CaughtUp:
        """The article and what is new in it, without that where its history is damaged."""
        caught = catch_up(self.library.path, document, signature)
        if caught is not None:
            return caught
        try:
            return CaughtUp(*self.library.story(self.article_id), None)
        except (AnnotationError, StoreError):
            return CaughtUp(self.library.document(self.article_id), (), None)

    @property
    def pointed_id(self) -> str | None:
        """The id of the annotation under the cursor."""
        return None


def in_thread(work: Callable[[], Outcome]) -> "asyncio.Future[Outcome]":
    """Do it in a thread of its own, which the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Outcome] = loop.create_future()

    def settle(set_it: Callable[[Any], None], outcome: object) -> None:
        if not future.done():
            set_it(outcome)

    def run() -> None:
        try:
            outcome = work()
        except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
            told = partial(settle, future.set_exception, error)
        else:
            told = partial(settle, future.set_result, outcome)
        with suppress(RuntimeError):  # the loop has ended, nobody waits
            loop.call_soon_threadsafe(told)

    threading.Thread(target=run, name=SAVING, daemon=True).start()
    return future


def wait_for_saves(seconds: float) -> bool:
    """Give saves that are under way some time to end; False where one has not."""
    saves = [thread for thread in threading.enumerate() if thread.name == SAVING]
    until = time.monotonic() + seconds
    for thread in saves:
        thread.join(max(until - time.monotonic(), 0))
    return not any(thread.is_alive() for thread in saves)
