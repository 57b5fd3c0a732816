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
from functools import partial
from typing import Any

from textual.reactive import var
from textual.screen import Screen

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Document
from store.errors import StoreError
from store.library import Conflict, Library, Nothing, Saved, now
from tui.presentation import BLANK

POLL = 0.25  # seconds between looks at what others have changed
SAVING = "zametka-save"  # the name of the threads that save
SLOW = 0.5  # seconds after which a save is not waited for any longer

Outcome = Saved | Conflict | Nothing
Then = Callable[[], None]


class EditingScreen(Screen[None]):
    """Owns the document of one article, and its way to the disk."""

    document: var[Document] = var(BLANK, init=False)

    def __init__(self, library: Library, document: Document, author: str) -> None:
        super().__init__()
        self.library = library
        self.author = author
        self.article_id = document.article.id
        self.set_reactive(EditingScreen.document, document)
        self._save: asyncio.Future[Outcome] | None = None
        self._signature: object = None  # of the file that `document` was read from
        self._skipped: set[str] = set()  # operations whose undoing was found in conflict

    def on_mount(self) -> None:
        self._signature = self._look_at_file()
        self.set_interval(POLL, self._look)

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
            self.say("the edit before this one is still being saved: try again when it is")
            return False
        save = self._save = in_thread(write)
        done, _ = await asyncio.wait({save}, timeout=SLOW)
        if done:
            return self._finish(save, said, then)
        self.say("working… the article is large, or somebody else is saving it")
        save.add_done_callback(lambda future: self._finish(future, said, then))
        return True

    def _finish(self, save: "asyncio.Future[Outcome]", said: str, then: Then | None) -> bool:
        """Show how a save went; False: it is not saved."""
        self._save = None
        if save.cancelled() or not self.is_running:
            return False
        try:
            outcome = save.result()
        except (AnnotationError, StoreError) as problem:
            self.say(f"not saved: {problem}")
            return False
        match outcome:
            case Saved(document):
                self._show(document)
                self.say(f"saved: {said}")
                if then is not None:
                    then()
            case Conflict(document, _, message, str(operation)):
                self._show(document)
                self._skipped.add(operation)
                self.say(f"no {said}: {message}. The next {said} passes over it")
            case Conflict(document, _, message, None):
                self._show(document)
                self.say(f"not saved: {message}")
            case Nothing():
                self.say(f"there is nothing to {said}")
        return isinstance(outcome, Saved)

    def _show(self, document: Document) -> None:
        self._signature = self._look_at_file()
        self.document = document

    def _look_at_file(self) -> object:
        """The signature of the article's file; the known one where the disk does not answer."""
        try:
            return self.library.signature(self.article_id)
        except StoreError:
            return self._signature

    async def _look(self) -> None:
        """Read the article again when its file is another one than we know."""
        signature = self._look_at_file()
        if self.is_saving or signature == self._signature:
            return
        self._signature = signature
        try:
            document = await asyncio.to_thread(self.library.document, self.article_id)
        except (AnnotationError, StoreError) as problem:
            self.say(str(problem))
            return
        if document.revision > self.document.revision:
            self.document = document
            self.say("changed by somebody else: this is how it stands now")


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
