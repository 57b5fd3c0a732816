"""What somebody looks for on the screen: as it was typed, and what it means."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from annotations.model import Document
from store.errors import StoreError
from store.library_reader import LibraryReader

if TYPE_CHECKING:
    from annotations.query.nodes import Node
    from annotations.query.text_hits import Hit


@dataclass(frozen=True, slots=True)
class Query:
    """The grammar and its tables are loaded when the first query is understood."""

    text: str
    node: "Node"

    @classmethod
    def understood(cls, text: str) -> "Query":
        """What a text means today; raises QueryError."""
        from annotations.query.parser import parse

        return cls(text, parse(text, date.today()))  # noqa: DTZ011 - the user's day

    def hits(self, document: Document, library: LibraryReader) -> "tuple[Hit, ...]":
        """Where an article of a library has it, in text order; takes long enough for a thread."""
        from annotations.query.forms import forms_of
        from annotations.query.hits import hits
        from annotations.query.text_hits import asks_who

        deciders = _deciders(document, library) if asks_who(self.node) else {}
        return tuple(hits(document, self.node, forms_of, deciders))


def _deciders(document: Document, library: LibraryReader) -> dict[str, str]:
    """Who decided on its annotations; nobody, where its history is damaged, as in the index."""
    from store.article.deciding import deciders_of

    with suppress(StoreError):  # it is told where the article is opened
        return deciders_of(document, library.history(document.article.id))
    return {}
