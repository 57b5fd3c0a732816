"""The entities of a library: how often each is mentioned, when, and together with whom."""

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal, NamedTuple

from annotations.folding import fold
from annotations.model import STATUSES
from annotations.query.nodes import Node
from annotations.query.terms import read_words
from store.index.database import DAY
from store.index.index import Index

Order = Literal["mentions", "articles", "name", "last"]
ORDERS: tuple[Order, ...] = ("mentions", "articles", "name", "last")
BUCKETS = 24  # stretches of time of which a series has a count, at most

_REJECTED = STATUSES.index("rejected")
_OF_KINDS = "entity IN (SELECT thing FROM things WHERE kind IN (SELECT value FROM json_each(?)))"
_IN_ARTICLES = "+docid IN (SELECT value FROM json_each(?))"  # +: no look-up for each of many
_MENTIONED = f"entity IS NOT NULL AND status < {_REJECTED}"
_COUNTS = """
SELECT entity, name, kind, count(*), sum(mentions),
    min(nullif(docid >> {day}, 0)), max(docid >> {day}){series}
FROM (SELECT entity, docid, count(*) AS mentions FROM spans WHERE {condition}
    GROUP BY entity, docid) JOIN things ON thing = entity
GROUP BY entity"""
_COMPANIONS = """
WITH beside AS MATERIALIZED (
    SELECT entity, count(DISTINCT docid) AS together FROM spans
    WHERE docid IN (SELECT docid FROM spans WHERE entity = ? AND status < {rejected})
        AND {mentioned} AND entity <> ?
    GROUP BY entity ORDER BY together DESC, entity LIMIT ?)
SELECT thing, name, kind, together, (SELECT count(DISTINCT docid) FROM spans
    WHERE entity = thing AND status < {rejected})
FROM beside JOIN things ON thing = entity ORDER BY together DESC, name"""


class EntityRow(NamedTuple):
    """An entity by its fullest name: in how many articles, how often, from which day to which.

    `series` counts its articles in each of the equal stretches of the library's time.
    """

    thing: int
    name: str
    label: str
    articles: int
    mentions: int
    first: str | None
    last: str | None
    series: tuple[int, ...]


class Companion(NamedTuple):
    """An entity in the articles of another: in how many of them, and in how many in all."""

    thing: int
    name: str
    label: str
    together: int
    articles: int

    @property
    def share(self) -> float:
        """How much of what is written about it is about both."""
        return self.together / self.articles


class Mention(NamedTuple):
    """Where an entity is mentioned."""

    docid: int
    start: int
    end: int


def entities(
    index: Index,
    *,
    name: str = "",
    labels: Collection[str] = (),
    node: Node | None = None,
    order: Order = "mentions",
) -> list[EntityRow]:
    """The entities with the words of a name in any case form, of some labels (none: of all),
    in the articles that a query is true of."""
    conditions, parameters = [_MENTIONED], []
    if name:
        words = read_words(name, 0, len(name))
        things = index.vocabulary.things(words) if words else []
        conditions.append(f"entity IN ({','.join(map(str, things))})")
    if labels:
        conditions.append(_OF_KINDS)
        parameters.append(json.dumps([*labels]))
    if node is not None:
        conditions.append(_IN_ARTICLES)
        parameters.append(json.dumps(index.find(node, order="newest").docids))
    return in_order(_counted(index, " AND ".join(conditions), parameters), order)


def entity(index: Index, thing: int) -> EntityRow | None:
    """The entity of a number; None where nothing mentions it any longer."""
    found = _counted(index, f"{_MENTIONED} AND entity = {thing:d}", ())
    return found[0] if found else None


def in_order(rows: Collection[EntityRow], order: Order) -> list[EntityRow]:
    """The most frequent or the latest first, else by name."""
    found = sorted(rows, key=lambda row: fold(row.name.lstrip('«"„“')))
    match order:
        case "mentions":
            found.sort(key=lambda row: row.mentions, reverse=True)
        case "articles":
            found.sort(key=lambda row: (row.articles, row.mentions), reverse=True)
        case "last":
            found.sort(key=lambda row: row.last or "", reverse=True)
    return found


def _counted(index: Index, condition: str, parameters: Sequence[str]) -> list[EntityRow]:
    first, length, count = _scale(index)
    series = "".join(
        f", sum((docid >> {DAY}) BETWEEN {start} AND {start + length - 1})"
        for start in range(first, first + count * length, length)
    )
    query = _COUNTS.format(day=DAY, series=series, condition=condition)
    found = index.connection.execute(query, tuple(parameters))
    return [
        EntityRow(thing, name, label, articles, mentions, _day(since), _day(until), tuple(counts))
        for thing, name, label, articles, mentions, since, until, *counts in found
    ]


def _scale(index: Index) -> tuple[int, int, int]:
    """The first day of the library, how many days a stretch of time has, how many there are."""
    query = "SELECT min(docid), max(docid) FROM articles WHERE docid >= ?"
    oldest, newest = index.connection.execute(query, (1 << DAY,)).get
    if oldest is None:
        return 0, 1, 0
    first = oldest >> DAY
    days = (newest >> DAY) - first + 1
    length = -(-days // BUCKETS)
    return first, length, -(-days // length)


def _day(number: int | None) -> str | None:
    return date.fromordinal(number).isoformat() if number else None


def companions(index: Index, thing: int, limit: int = 50) -> list[Companion]:
    """The entities that most articles mention together with one."""
    query = _COMPANIONS.format(rejected=_REJECTED, mentioned=_MENTIONED)
    found = index.connection.execute(query, (thing, thing, limit))
    return [Companion(*row) for row in found]


def mentions_of(index: Index, thing: int, limit: int = -1) -> list[Mention]:
    """Where an entity is mentioned, the newest article first."""
    query = (
        "SELECT docid, start, end FROM spans WHERE entity = ? AND status < ? "
        "ORDER BY docid DESC, start LIMIT ?"
    )
    return [Mention(*row) for row in index.connection.execute(query, (thing, _REJECTED, limit))]
