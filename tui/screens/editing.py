"""What others do to the open article, as it happens, and who else has it open."""

import asyncio
import time

from annotations.errors import AnnotationError
from annotations.model import Document
from store.article.catching_up import CaughtUp, catch_up
from store.errors import ArticleNotFound, Damaged, StoreError
from store.library import Conflict, Library, Saved
from store.person.kept_edits import KeptEdits
from store.sharing.presence import Presence
from tui.language import _, told
from tui.screens.checking import CheckingScreen
from tui.screens.guarding import tell_read_only
from tui.wording.news import news
from tui.wording.save_words import still_unsaved

POLL = 0.45  # seconds between looks at what others have changed


class EditingScreen(CheckingScreen):
    """Keeps its document as the article stands on the disk, whoever writes it."""

    def __init__(
        self, library: Library, document: Document, author: str, kept_edits: KeptEdits
    ) -> None:
        super().__init__(library, document, author, kept_edits)
        self._file_signature = library.watch(self.article_id)
        self._signature: object = None  # of the file that `document` was read from
        self._signature = self._look_at_file()
        self._presence = Presence(library.path, self.article_id)

    def on_mount(self) -> None:
        self.run_worker(self._presence.enter, thread=True, group="presence")
        self.count_unsaved()
        why = self.why_not()
        if why:
            tell_read_only(self, why, self.say, at_length=len(self.app.screen_stack) == 1)
        elif self.unsaved:
            self.say(still_unsaved())
        self._looks, self._is_looking = 0, False
        self._loop = asyncio.get_running_loop()
        self._watch_file()

    def _watch_file(self) -> None:
        """By the loop's own timer, which costs a fraction of a widget's."""
        if self.is_running:
            is_other = not self.is_saving and self._look_at_file() != self._signature
            self._looks += 1  # every second time also at who is here
            if is_other or (self._looks % 2 and self._presence.is_due(time.monotonic())):
                self.run_worker(self._look_once(), group="look")
            self.count_unsaved()
            self._loop.call_later(POLL, self._watch_file)

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._presence.leave)

    def show(self, outcome: Saved | Conflict) -> None:
        self._signature = outcome.signature or self._look_at_file()
        self.stored = outcome.document
        self.restack()

    def _look_at_file(self) -> object:
        """The signature of the article's file; the known one where the disk does not answer."""
        try:
            return self._file_signature()
        except StoreError:
            return self._signature

    async def _look_once(self) -> None:
        """Beside the keys: whoever is stopped amid a save must not stop this screen."""
        if not self._is_looking:
            self._is_looking = True
            try:
                await self._look()
            finally:
                self._is_looking = False

    async def _look(self) -> None:
        """Read the article again when its file is another one than we know; see who is here."""
        if self._presence.is_due(time.monotonic()):
            self.others = await asyncio.to_thread(self._presence.others)
        signature, known = self._look_at_file(), self._signature
        if self.is_saving or signature == known:
            return
        try:
            read = await asyncio.to_thread(self._read, self.stored, known)
        except (AnnotationError, StoreError) as problem:
            self._signature = signature
            if isinstance(problem, ArticleNotFound):
                await self.tell_gone()
            elif isinstance(problem, Damaged):
                self.check()
            else:
                self.say(told(problem))
            return
        if self.is_saving or self._signature != known:
            return  # an edit of my own came between: the next look begins with that
        before, document = self.stored.revision, read.document
        self._signature = read.signature or signature
        if read.signature is None or self.fault is not None:
            self.check()  # what was appended did not lead here
        if self.is_gone:
            self._tell_back()
        if document.revision > before:
            near, text = self.pointed_id, document.article.text
            self.stored = document
            self.restack()
            new = [each for each in read.entries if before < each.revision <= document.revision]
            self.say(news(new, text, self.author, near))

    def _tell_back(self) -> None:
        self.is_gone = False
        self.why_not()
        self.say(_("this article is in the library again"))

    def _read(self, document: Document, signature: object) -> CaughtUp:
        """The article and what is new in it, without that where its history is damaged."""
        patience = self.library.patience
        caught = catch_up(self.library.path, document, signature, patience)
        if caught is not None:
            return caught
        try:
            return CaughtUp(*self.library.story(self.article_id), None)
        except ArticleNotFound:
            raise
        except (AnnotationError, StoreError):
            return CaughtUp(self.library.document(self.article_id), (), None)

    @property
    def pointed_id(self) -> str | None:
        """The id of the annotation under the cursor."""
        return None
