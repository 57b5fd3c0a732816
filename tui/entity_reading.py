"""Reading the entities of a library beside the screen: everything here takes a thread."""

from collections.abc import Callable

from annotations.phrase import Words
from store.entities import EntityRow, entities
from store.entity_page import EntityPage, read_page
from store.library import Library
from tui.indexing import Indexing


class EntityReading:
    """Opens the index for each reading; `tell` is told what makes it slow, in the thread."""

    def __init__(self, library: Library, tell: Callable[[Words], None]) -> None:
        self._library = library
        self._is_stopped = False
        self._indexing = Indexing(library, tell, lambda: self._is_stopped)

    def stop(self) -> None:
        """Nothing more is wanted of it."""
        self._is_stopped = True

    def rows(self) -> list[EntityRow]:
        """All entities; raises StoreError, or Stopped."""
        return self._indexing.using(entities)

    def page(self, thing: int) -> EntityPage | None:
        """The page of one of them; raises StoreError, or Stopped."""
        return self._indexing.using(lambda index: read_page(self._library, index, thing))
