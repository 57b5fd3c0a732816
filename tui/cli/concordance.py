"""The command that prints a concordance."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import get_args

import click
import orjson
from rich.cells import cell_len

from annotations.query.nodes import Node
from store.concordance import Line, Order, forms_of_lines, lines, rows, sort_lines
from store.index.index import Index
from store.passages import Reader
from tui.cli.narration import progress, say, show
from tui.cli.options import MOST, WIDEST, chosen_library, library_option
from tui.cli.querying import (
    library_at,
    read_query,
    takes_colour,
    tell_damaged,
    tell_nothing_found,
    warn,
    with_index,
)
from tui.cli.searching import QUERY, joined
from tui.display import display, escape_json
from tui.language import N_, _, counted
from tui.page.wrap import fit, fit_end

WIDTH = 100  # cells of a line that goes to no terminal
NARROWEST = 60
LIMIT = 1000
_TOLD = 20  # forms that are told on the way
_DATE, _ID = 10, 16  # cells


@click.command(context_settings=QUERY)
@click.argument("query", metavar=N_("QUERY..."), nargs=-1, required=True)
@click.option(
    "--sort",
    "order",
    type=click.Choice(get_args(Order)),
    default="none",
    help=N_(
        "By the words to the left of the hit (the nearest first) or to the right, by source, by "
        "date (the oldest first), by the form; none: the newest articles first."
    ),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1, max=MOST),
    metavar="N",
    help=N_("Print so many lines at the most, of the newest articles (by default 1000)."),
)
@click.option(
    "--width",
    type=click.IntRange(min=NARROWEST, max=WIDEST),
    metavar="CELLS",
    help=N_("How long the lines are."),
)
@click.option("--forms", "only_forms", is_flag=True, help=N_("Print how often each form occurs."))
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def kwic(
    context: click.Context,
    query: tuple[str, ...],
    *,
    order: Order,
    limit: int | None,
    width: int | None,
    only_forms: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """Print each hit of a QUERY on a line, between what stands beside it in the text.

    The QUERY is as for zametka search. At the end of a line are the article's date and id. --forms
    counts the hits of all articles unless --limit is given, and prints cells apart by tabs.
    """
    node = read_query(joined(context, query))
    path = str(chosen_library(context, library))
    most = limit if only_forms else limit or LIMIT

    def use(index: Index) -> None:
        count, found = _found(path, index, node, most)
        if only_forms:
            for form, times in forms_of_lines(found):
                show(form, str(times))
        else:
            shown = _as_json if as_json else Columns(width or _width(), found).shown
            for line in sort_lines(found, order):
                click.echo(shown(line), color=True)
        _tell(index, node, count, found, is_cut=most is not None and len(found) >= most)

    with_index(path, use)


def _found(path: str, index: Index, node: Node, most: int | None) -> tuple[int, list[Line]]:
    """How many articles there are, and the lines of the newest of them."""
    articles = index.find(node, order="newest")
    reader = Reader(path, index, node, library_at(path))
    walked = progress(rows(index, articles.docids), _("reading"), len(articles.docids))
    return articles.count, list(islice(lines(walked, reader, warn), most))


def _tell(index: Index, node: Node, count: int, found: Sequence[Line], *, is_cut: bool) -> None:
    if found:
        read = len({line.row.docid for line in found})
        said = counted("{count} line", "{count} lines", len(found))
        articles = counted("of {count} article", "of {count} articles", read)
        say(f"{said} {articles}")
        if is_cut:
            said = counted(
                "there may be more lines (see --limit): the query finds {count} article",
                "there may be more lines (see --limit): the query finds {count} articles",
                count,
            )
            say(said)
        say(", ".join(_forms(found)))
    elif count:
        say(_("there is nothing in the texts that this query points at"))
    else:
        tell_nothing_found(index, node)
    tell_damaged(index)


def _forms(found: Sequence[Line]) -> Iterator[str]:
    forms = forms_of_lines(found)
    yield from (f"{form} {times}" for form, times in forms[:_TOLD])
    if len(forms) > _TOLD:
        yield counted("{count} more form", "{count} more forms", len(forms) - _TOLD)


def _width() -> int:
    return max(shutil.get_terminal_size().columns, NARROWEST) if sys.stdout.isatty() else WIDTH


class Columns:
    """Lines of a width whose hits stand below one another.

    Where the ids of `found` are too long for the width, the lines are longer.
    """

    def __init__(self, width: int, found: Iterable[Line] = ()) -> None:
        ids = {line.row.article_id for line in found}
        end = _DATE + 4 + max((cell_len(display(each)) for each in ids), default=_ID)
        self._room = max(width - end, NARROWEST // 2)
        self._left = self._room * 2 // 5
        self._is_coloured = takes_colour()

    def shown(self, line: Line) -> str:
        before = fit_end(display(line.left), self._left)
        key = display(line.key)
        after = fit(key + display(line.right), self._room - self._left)
        if self._is_coloured:
            length = len(key) if after.startswith(key) else len(after)
            after = f"\x1b[33;1m{after[:length]}\x1b[0m{after[length:]}"
        date = display(line.row.published or "")[:_DATE]
        return f"{before}{after}  {date:{_DATE}}  {display(line.row.article_id)}"


def _as_json(line: Line) -> str:
    row, hit = line.row, line.hit
    shown = orjson.dumps(
        {
            "id": row.article_id,
            "title": row.title,
            "published": row.published,
            "source": row.source,
            "start": hit.start,
            "end": hit.end,
            "left": line.left,
            "key": line.key,
            "right": line.right,
            "annotation": hit.annotation or None,
        }
    ).decode()
    return escape_json(shown) if sys.stdout.isatty() else shown
