"""How an article's screen saves: each edit is on disk before it is shown.

An edit is written by a thread and waited for, so that the next key is looked at when the
document is the one that it was meant for.  Only a save that takes long is no longer waited
for: the screen stays alive, says so, and takes no other edit until it is through.
"""

import asyncio
from collections.abc import Callable

from textual.reactive import var
from textual.screen import Screen

from annotations.edits import Edit, Stamp
from annotations.errors import AnnotationError
from annotations.model import Document
from store.errors import StoreError
from store.library import Conflict, Library, Nothing, Saved, now
from tui.presentation import BLANK

POLL = 0.25  # seconds between looks at what others have changed
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
        self._save: asyncio.Task[Outcome] | None = None
        self._signature = library.signature(self.article_id)

    def on_mount(self) -> None:
        self.set_interval(POLL, self._look)

    def say(self, message: str) -> None:
        """Show a line about what has happened."""
        raise NotImplementedError

    @property
    def is_saving(self) -> bool:
        return self._save is not None

    async def save(
        self, make: Callable[[Document, Stamp], Edit], said: str, then: Then | None = None
    ) -> None:
        """Make an edit of the document as it stands and write it; then say so and go on."""
        document = self.document

        def apply() -> Outcome:
            edit = make(document, Stamp(self.author, now()))
            return self.library.apply(self.article_id, edit, author=self.author)

        await self.commit(apply, said, then)

    async def commit(
        self, write: Callable[[], Outcome], said: str, then: Then | None = None
    ) -> None:
        """Write in a thread, and wait for it unless it takes long."""
        if self._save is not None:
            self.say("the edit before this one is still being saved: try again when it is")
            return
        save = self._save = asyncio.create_task(asyncio.to_thread(write))
        done, _ = await asyncio.wait({save}, timeout=SLOW)
        if done:
            self._finish(save, said, then)
        else:
            self.say("saving… somebody else's save of this article, or the disk, takes long")
            save.add_done_callback(lambda task: self._finish(task, said, then))

    def _finish(self, save: asyncio.Task[Outcome], said: str, then: Then | None) -> None:
        self._save = None
        try:
            outcome = save.result()
        except (AnnotationError, StoreError) as problem:
            self.say(f"not saved: {problem}")
            return
        match outcome:
            case Saved(document):
                self._show(document)
                self.say(f"saved: {said}")
                if then is not None:
                    then()
            case Conflict(document, _, message):
                self._show(document)
                self.say(f"not saved: {message}")
            case Nothing():
                self.say(f"there is nothing to {said}")

    def _show(self, document: Document) -> None:
        self._signature = self.library.signature(self.article_id)
        self.document = document

    async def _look(self) -> None:
        """Read the article again when its file is another one than we know."""
        signature = self.library.signature(self.article_id)
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
