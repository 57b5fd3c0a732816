"""The saved queries of a library, for everybody who uses it: a table of the library's own file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document as Row

from annotations.phrase import Phrase, nested
from annotations.query.saved import SavedQuery
from store import root
from store.article.snapshot import number_of
from store.errors import StoreError

QUERIES = "queries"


def read(path: Path) -> tuple[SavedQuery, ...]:
    """The queries of the library at a path; raises NoLibrary or Damaged."""
    return root.read(path, _queries_in)


def put(path: Path, query: SavedQuery | None, instead_of: SavedQuery | None) -> None:
    """Save a query; None: take away the one that it would have come instead of.

    `instead_of` is what was there when that was decided: where it is no longer so, or the name
    is another one's, nothing is written, and a StoreError says what is there.
    """

    def alter(database: TinyDB) -> None:
        there = {each.key: each for each in _queries_in(database)}
        require_as_it_was(there, query, instead_of)
        table = database.table(QUERIES, cache_size=0)
        if instead_of is not None:
            table.remove(doc_ids=[number_of(instead_of.key)])
        if query is not None:
            table.upsert(Row(query.row(), number_of(query.key)))

    root.change(path, alter)


def require_as_it_was(
    there: Mapping[str, SavedQuery], query: SavedQuery | None, instead_of: SavedQuery | None
) -> None:
    """Raise StoreError where somebody changed a query meanwhile, or the new name is taken."""
    if instead_of is not None:
        found = there.get(instead_of.key)
        if found is None:
            said = Phrase("the query «{name}» was removed meanwhile", name=nested(instead_of.name))
            raise StoreError(said)
        if found != instead_of:
            raise StoreError(
                Phrase(
                    "the query «{name}» was changed by {who} on {at}: look at it before you "
                    "change it",
                    **_said(found),
                )
            )
    if query is not None and (instead_of is None or instead_of.key != query.key):
        taken = there.get(query.key)
        if taken is not None:
            raise StoreError(
                Phrase(
                    "there is a query «{name}» already, by {who} ({at}): choose another name, or "
                    "change that one",
                    **_said(taken),
                )
            )


def _said(query: SavedQuery) -> dict[str, str]:
    who = query.author.partition(":")[2] or query.author
    return {"name": nested(query.name), "who": who, "at": query.at}


def _queries_in(database: TinyDB) -> tuple[SavedQuery, ...]:
    return tuple(map(query_of, root.rows(database, QUERIES)))


def query_of(row: dict[str, Any]) -> SavedQuery:
    """What a row says; raises InvalidSavedQuery or TypeError."""
    return SavedQuery(**row, is_shared=True)
