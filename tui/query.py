"""What somebody looks for on the screen: as it was typed, and what it means."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from annotations.model import Document

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

    def hits(self, document: Document) -> "tuple[Hit, ...]":
        """Where an article has it, in text order; takes long enough for a thread."""
        from annotations.query.forms import forms_of
        from annotations.query.hits import hits

        return tuple(hits(document, self.node, forms_of))
