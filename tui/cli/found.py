"""Printing what a search finds.

A search starts and ends in a wink, so nothing is loaded here that most searches do without:
neither click nor what reads and writes articles.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from annotations.query.nodes import Node
from store.errors import StoreError
from store.index.database import one_state
from store.index.finding import RANKED, Found, Order
from store.index.index import Index, Row
from store.passages import Passages, Reader
from store.snippets import Snippet, snippet
from tui.cli.querying import (
    library_at,
    read_query,
    say,
    takes_colour,
    tell_damaged,
    tell_nothing_found,
    warn,
    with_index,
)
from tui.display import display, escape_json
from tui.language import _, counted, told

Form = Literal["text", "json", "ids", "count", "explained"]
LIMIT = 20  # articles that are shown, unless more are asked for

_BOLD, _DIM, _MARK = "1", "2", "33;1"  # how a terminal is told


class Wanted(NamedTuple):
    """What is asked for; `limit` < 0: all."""

    query: str
    form: Form = "text"
    newest: bool = False
    limit: int = LIMIT
    offset: int = 0


def print_found(library: str, wanted: Wanted) -> None:
    """Search the library at a path, print what is found, tell how much it is.

    Ends with exit code 2 where the query means nothing; raises StoreError.
    """
    node = read_query(wanted.query)
    with_index(library, lambda index: _print(library, wanted, node, index))


def _print(library: str, wanted: Wanted, node: Node, index: Index) -> None:
    if wanted.form == "explained":
        _explain(node, index)
        return
    order: Order = "newest" if wanted.newest else "rank"
    limit = 0 if wanted.form == "count" else wanted.limit
    with one_state(index.connection):
        found = index.find(node, order=order, limit=limit, offset=wanted.offset)
        rows = index.rows(found.docids)
    if wanted.form == "count":
        sys.stdout.write(f"{found.count}\n")
    for line in _lines(library, wanted, node, index, rows):
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    _tell(wanted, node, index, found)


def _explain(node: Node, index: Index) -> None:
    from annotations.query.explain import explain

    def lemmas_of(word: str) -> list[str]:
        return [each for each in index.vocabulary.lemmas(word) if each[0].isalnum()]

    for depth, said in explain(node, lemmas_of):
        sys.stdout.write(f"{'  ' * depth}{display(told(said))}\n")


def _lines(
    library: str, wanted: Wanted, node: Node, index: Index, rows: Sequence[Row]
) -> Iterator[str]:
    if wanted.form == "ids":
        yield from (display(row.article_id) for row in rows)
        return
    reader = Reader(library, index, node, library_at(library))
    shown = _as_json if wanted.form == "json" else _Paper(coloured=takes_colour()).article
    for number, row in enumerate(rows, wanted.offset + 1):
        try:
            passages = reader.passages(row)
        except StoreError as problem:
            warn(problem)
        else:
            yield shown(number, row, passages)


class _Paper:
    """Articles as people read them: some lines each, coloured or not."""

    def __init__(self, *, coloured: bool) -> None:
        self._coloured = coloured

    def article(self, _number: int, row: Row, passages: Passages) -> str:
        heading = f"{display(row.published or '—')}  {display(row.title)}"
        lines = [self._styled(heading, _BOLD)]
        best = snippet(passages.text, passages.parts, title=row.title)
        facts = [display(row.article_id)]
        if best is not None:
            lines.append(f"  {self._marked(passages.text, best)}")
            facts.append(counted("{count} hit", "{count} hits", len(passages.hits)))
        lines.append(self._styled(f"  {', '.join(facts)}", _DIM))
        return "\n".join(lines)

    def _marked(self, text: str, best: Snippet) -> str:
        """The stretch with each hit in [brackets], in colour too where there is any."""
        parts, place = ["…" if best.is_cut_before else ""], best.start
        for start, end in best.marks:
            parts += (
                display(text[place:start]),
                self._styled(f"[{display(text[start:end])}]", _MARK),
            )
            place = end
        return "".join((*parts, display(text[place : best.end]), "…" if best.is_cut_after else ""))

    def _styled(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._coloured else text


def _as_json(number: int, row: Row, passages: Passages) -> str:
    import orjson

    best = snippet(passages.text, passages.parts, title=row.title)
    line = orjson.dumps(
        {
            "number": number,
            "id": row.article_id,
            "title": row.title,
            "published": row.published,
            "source": row.source,
            "hits": len(passages.hits),
            "snippet": best and {
                "start": best.start,
                "end": best.end,
                "text": passages.text[best.start : best.end],
                "marks": best.marks,
            },
        }
    ).decode()  # fmt: skip
    return escape_json(line) if sys.stdout.isatty() else line


def _tell(wanted: Wanted, node: Node, index: Index, found: Found) -> None:
    if not found.count:
        tell_nothing_found(index, node)
    elif wanted.form != "count":
        said = counted("{count} article", "{count} articles", found.count)
        if found.count > 1:
            said = f"{said}, {_order(wanted, found)}"
        say(f"{said}{_shown(wanted, found.count, found.docids)}")
    tell_damaged(index)


def _order(wanted: Wanted, found: Found) -> str:
    if found.order == "rank":
        return _("the best first")
    if found.count > RANKED and not wanted.newest:
        said = _("the newest first, because there are more than {most}")
        return said.format(most=f"{RANKED:,}".replace(",", " "))
    return _("the newest first")


def _shown(wanted: Wanted, count: int, docids: Sequence[int]) -> str:
    """Which of them were shown, where that was not all."""
    if len(docids) == count:
        return ""
    if not docids:
        return _("; shown: none")
    said = _("; shown: {first} to {last} (--all shows all)")
    return said.format(first=wanted.offset + 1, last=wanted.offset + len(docids))
