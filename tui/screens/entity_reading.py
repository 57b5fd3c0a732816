"""What the list of the entities and their pages have in common: how they read the index."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from textual.message import Message
from textual.screen import Screen

from annotations.errors import AnnotationError
from annotations.phrase import Words
from store.errors import StoreError
from store.library import Library
from tui.entity_reading import EntityReading
from tui.indexing import Stopped
from tui.language import _, told
from tui.widgets.bar import Bar

OpenAt = Callable[[str, int], Awaitable[None]]  # opens an article at an offset

What = TypeVar("What")


class Told(Message):
    """What makes a reading slow."""

    def __init__(self, said: Words) -> None:
        super().__init__()
        self.said = said


class EntityReadingScreen(Screen[None], Generic[What]):
    """Reads in a thread, and shows what was read; a line at the bottom tells how that goes."""

    def __init__(self, library: Library, open_at: OpenAt) -> None:
        super().__init__()
        self.library = library
        self.open_at = open_at
        self.reading = EntityReading(library, self._tell_from_thread)

    def read(self) -> What:
        """What is to be shown; in a thread."""
        raise NotImplementedError

    def take(self, found: What) -> None:
        """Show what was read."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        self.reading.stop()

    def say(self, message: str) -> None:
        self.query_one("#status", Bar).text = message

    def _tell_from_thread(self, said: Words) -> None:
        self.post_message(Told(said))

    def on_told(self, message: Told) -> None:
        self.say(told(message.said))

    def action_reload(self) -> None:
        self.run_worker(self._reload(), exclusive=True, group="entities")

    async def _reload(self) -> None:
        self.say(_("reading"))
        try:
            found = await asyncio.to_thread(self.read)
        except Stopped:
            return
        except (AnnotationError, StoreError) as problem:
            self.say(told(problem))
            return
        self.take(found)

    async def open_entity(self, thing: int, name: str) -> None:
        """Show the page of an entity."""
        from tui.screens.entity import EntityScreen

        await self.app.push_screen(EntityScreen(self.library, self.open_at, thing, name))
