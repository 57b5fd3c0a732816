"""Which articles of an index a query is true of, how many, and in which order."""

from typing import Literal

import apsw

from annotations.query.nodes import Node
from annotations.record import Record
from store.index.asking import Facts, Parameters, Question, Text, question
from store.index.database import one, one_state
from store.index.vocabulary import Vocabulary

Order = Literal["rank", "newest"]
RANKED = 5_000  # articles that are weighed against each other; of more the newest come first
_WEIGHED = 2_000  # articles with a phrase that are weighed as they come, before they are counted
_FEW = 3_000  # articles that are looked at one by one; of more a list is made first


class Found(Record):
    """What was found: how many articles, the first of them, and by what they are ordered."""

    count: int
    docids: list[int]
    order: Order


def find(
    connection: apsw.Connection,
    node: Node,
    *,
    order: Order = "rank",
    limit: int = -1,
    offset: int = 0,
) -> Found:
    """The articles that a query is true of.

    By rank, those in which a word is most probably a form of the one that was asked for come
    first (BM25 among them), then those in which it may be one.  A query that weighs nothing, or
    finds more than RANKED, is answered with the newest first.
    """
    with one_state(connection):
        asked = question(node, Vocabulary(connection))
        return _Search(connection, asked).find(order, limit, offset)


class _Search:
    """One question; what has been counted says how the rest is best asked."""

    def __init__(self, connection: apsw.Connection, asked: Question) -> None:
        self._connection = connection
        self._text, self._facts = asked

    def find(self, order: Order, limit: int, offset: int) -> Found:
        wanted = -1 if limit < 0 else limit + offset
        if order == "rank" and self._facts is None and self._text and self._text.is_phrase:
            weighed = self._weighed(self._text.all)
            if len(weighed) <= _WEIGHED:
                docids = [docid for _, docid in sorted(weighed, reverse=True)]
                return Found(len(docids), docids[offset : None if limit < 0 else wanted], order)
        candidates = self._count_candidates()
        count = self._count(candidates)
        if self._text is None or count > RANKED:
            order = "newest"
        if not count:
            return Found(0, [], order)
        if self._text is None or order == "newest":
            steps = candidates if wanted < 0 else min(wanted * candidates // count, candidates)
            docids = self._newest(wanted, each=steps <= _FEW)
        else:
            docids = self._ranked(self._text, wanted, count, each=candidates <= _FEW)
        return Found(count, docids[offset:], order)

    def _weighed(self, match: str) -> list[tuple[float, int]]:
        """The articles with words that stand together: they are looked for no more than once.

        One more than _WEIGHED of them where there are more.
        """
        query = "SELECT weight(texts), rowid FROM texts WHERE texts MATCH ? LIMIT ?"
        found = self._connection.execute(query, (match, _WEIGHED + 1))
        return [(float(weight), int(docid)) for weight, docid in found]

    def _count_candidates(self) -> int:
        """How many articles the facts are to be held against."""
        if self._text is None:
            return int(one(self._connection, "SELECT count(*) FROM articles"))
        return int(one(self._connection, *_select("count(*)", self._text.all, None)))

    def _count(self, candidates: int) -> int:
        if self._facts is None:
            return candidates
        if self._text is None and self._facts.listed:
            query = f"SELECT count(*) FROM ({self._facts.listed})"
            return int(one(self._connection, query, self._facts.parameters))
        text = self._text and self._text.all
        is_each = bool(text) and candidates <= _FEW
        counting = _select("count(*)", text, self._facts, each=is_each)
        return int(one(self._connection, *counting))

    def _newest(self, wanted: int, *, each: bool) -> list[int]:
        text = self._text and self._text.all
        query, parameters = _select("{docid}", text, self._facts, each=each)
        return self._numbers(f"{query} ORDER BY {{docid}} DESC LIMIT ?", parameters, wanted)

    def _ranked(self, text: Text, wanted: int, count: int, *, each: bool) -> list[int]:
        """The best of so many first; `wanted` < 0: all."""
        found: dict[int, None] = {}
        by = "rank" if self._facts is None else "bm25(texts)"  # of those that the facts leave
        if text.is_phrase:
            by = "weight(texts) DESC"
        for match in dict.fromkeys((text.best, text.all)):
            query, parameters = _select("{docid}", match, self._facts, each=each)
            limit = -1 if wanted < 0 else wanted + len(found)
            numbers = self._numbers(f"{query} ORDER BY {by} LIMIT ?", parameters, limit)
            found |= dict.fromkeys(numbers)
            if len(found) == count or 0 <= wanted <= len(found):
                break
        return list(found)[:wanted] if wanted >= 0 else list(found)

    def _numbers(self, query: str, parameters: Parameters, limit: int) -> list[int]:
        docid = "docid" if self._text is None else "rowid"
        query = query.replace("{docid}", docid)
        return [number for (number,) in self._connection.execute(query, (*parameters, limit))]


def _select(
    what: str, match: str | None, facts: Facts | None, *, each: bool = False
) -> tuple[str, Parameters]:
    """A query without its order; `what` may be `{docid}`.

    FTS5 is not to look for one article after the other of a list: + keeps it from that.
    """
    table, docid, member = ("articles", "docid", "docid")
    conditions = []
    parameters: Parameters = ()
    if match is not None:
        table, docid, member = ("texts", "rowid", "+rowid")
        conditions.append("texts MATCH ?")
        parameters = (match,)
    if facts is not None:
        is_each = each and bool(facts.each)
        conditions.append(facts.each if is_each else facts.condition)
        parameters = (*parameters, *(facts.each_parameters if is_each else facts.parameters))
    query = f"SELECT {what} FROM {table} WHERE {' AND '.join(conditions)}"
    query = query.replace("{member}", member)
    return query.replace("{docid}", f"{table}.{docid}"), parameters
