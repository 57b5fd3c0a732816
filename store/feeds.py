"""Saved queries as feeds: what each of them finds, and what of that is new to somebody.

Those of the library lie in its own file (`store.shared_queries`), a person's own and what they
have seen in their state folder (`store.person.own_queries`).  A match is new because its article
has come, or because an edit made it one, since the person looked last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.phrase import Words
from annotations.query.parser import parse
from annotations.query.saved import SavedQuery, name_key, tidy
from store import shared_queries
from store.person.own_queries import OwnQueries, mark_of, which

if TYPE_CHECKING:
    from store.index.index import Index, Row


@dataclass(frozen=True, slots=True)
class Look:
    """What a query finds, the newest article first; `new`: the keys of those not seen before."""

    rows: "tuple[Row, ...]"
    new: frozenset[str]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.rows)


class Feeds:
    """The saved queries of a library, as one person sees them; read anew each time."""

    def __init__(self, library: Path, folder: Path | None = None) -> None:
        """`folder` is the user's state folder."""
        self._library = library
        self._own = OwnQueries(library, folder)

    @property
    def problem(self) -> Words:
        """Why the person's own were passed over when they were read last; empty: they were not."""
        return self._own.problem

    def all(self) -> list[SavedQuery]:
        """By name, one's own before the library's; raises NoLibrary or Damaged."""
        found = [*self._own.read(), *shared_queries.read(self._library)]
        return sorted(found, key=lambda each: (each.key, each.is_shared))

    def find(self, name: str, *, shared: bool | None = None) -> SavedQuery | None:
        """The query of a name, one's own before the library's unless it says which."""
        key = name_key(tidy(name))
        for each in self.all():
            if each.key == key and shared in (None, each.is_shared):
                return each
        return None

    def save(
        self, query: SavedQuery, instead_of: SavedQuery | None = None, today: date | None = None
    ) -> None:
        """Save a query, new or instead of another one.

        Raises QueryError where it means nothing, and StoreError where somebody changed the other
        one meanwhile, the name is taken or the disk refuses.
        """
        parse(query.query, today or _today())
        if instead_of is None or instead_of.is_shared == query.is_shared:
            self._put(query, instead_of, shared=query.is_shared)
        else:
            self._put(query, None, shared=query.is_shared)
            self.remove(instead_of)
        if instead_of is not None and instead_of.query == query.query:
            self._own.follow(instead_of, query)

    def remove(self, query: SavedQuery) -> None:
        """Take a query away, unless somebody changed it meanwhile; raises StoreError."""
        self._put(None, query, shared=query.is_shared)

    def _put(
        self, query: SavedQuery | None, instead_of: SavedQuery | None, *, shared: bool
    ) -> None:
        if shared:
            shared_queries.put(self._library, query, instead_of)
        else:
            self._own.put(query, instead_of)

    def look(self, index: "Index", query: SavedQuery, today: date | None = None) -> Look:
        """What a query finds on that day; raises QueryError where it means nothing any longer."""
        from store.index.database import one_state  # loads SQLite, which whoever looks has

        node = parse(query.query, today or _today())
        with one_state(index.connection):
            rows = tuple(index.rows(index.find(node, order="newest").docids))
        seen = self._own.seen().get(which(query), frozenset())
        return Look(rows, frozenset(row.key for row in rows if mark_of(row.key) not in seen))

    def counts(
        self, index: "Index", query: SavedQuery, today: date | None = None
    ) -> tuple[int, int]:
        """How many articles a query finds, and how many of them are new."""
        look = self.look(index, query, today)
        return len(look.rows), len(look.new)

    def mark_seen(self, query: SavedQuery, keys: Iterable[str]) -> None:
        """The person has seen these matches, by the keys of their articles; raises StoreError."""
        self._own.mark_seen(query, keys, self.all())


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the user's day
