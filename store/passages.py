"""Where articles that were found have what a query asks for: their texts, and the hits in them."""

import os
from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from annotations.query.nodes import Node, Word, positive
from annotations.query.text_hits import Hit, asks_who, has_annotations, text_hits
from store.errors import StoreError
from store.index.index import Index, Row
from store.texts import text_of

if TYPE_CHECKING:
    from annotations.model import Document
    from store.library_reader import LibraryReader


class Passages(NamedTuple):
    """The text of an article, and for each part of the query the hits that are its."""

    text: str
    parts: Sequence[Sequence[Hit]]

    @property
    def hits(self) -> list[Hit]:
        """All hits in text order, each stretch once: as an annotation where it is one."""
        found: dict[tuple[int, int], Hit] = {}
        for hit in (hit for part in self.parts for hit in part):
            if hit.annotation or (hit.start, hit.end) not in found:
                found[hit.start, hit.end] = hit
        return sorted(found.values())


class Reader:
    """Reads articles that an index has found, and only what it takes to know the hits.

    That is their texts alone as long as the query asks for no annotations; `library` is opened
    for the rest, and for a text that has to be recovered.
    """

    def __init__(
        self, path: str, index: Index, node: Node, library: "Callable[[], LibraryReader]"
    ) -> None:
        self._articles = os.path.join(path, "articles")  # noqa: PTH118 - light
        self._parts = tuple(positive(node))
        self._needs_annotations = has_annotations(node)
        self._needs_history = asks_who(node)
        self._forms: Callable[[Word], Container[str]] = cache(index.vocabulary.forms)
        self._library = cache(library)

    def passages(self, row: Row) -> Passages:
        """Raises ArticleNotFound, Damaged or Unreadable where the article has become so."""
        if not self._needs_annotations:
            text = text_of(self._articles, row.key)
            if text is not None:
                title, forms = row.title, self._forms
                return Passages(text, [text_hits(text, each, forms, title) for each in self._parts])
        from annotations.query.hits import hits

        document, deciders = self.read(row.article_id)
        found = [hits(document, part, self._forms, deciders) for part in self._parts]
        return Passages(document.article.text, found)

    def read(self, article_id: str) -> "tuple[Document, dict[str, str]]":
        """An article, and who decided on its annotations, where that is asked for.

        Nobody, where its history is damaged, as in the index.  Raises ArticleNotFound, Damaged or
        Unreadable.
        """
        if self._needs_history:
            from store.article.deciding import deciders_of

            with suppress(StoreError):
                document, entries = self._library().story(article_id)
                return document, deciders_of(document, entries)
        return self._library().document(article_id), {}
