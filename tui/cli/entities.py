"""The command that lists the entities of a library, and shows the page of one."""

import shutil
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
import orjson

from annotations.folding import fold
from annotations.phrase import nested
from store.concordance import Line
from store.entities import ORDERS, EntityRow, Order, entities
from store.entity_page import EntityPage, read_page
from store.index.index import Index
from store.library import Library
from tui.cli.concordance import Columns
from tui.cli.figures import line_of, record_of
from tui.cli.narration import fail, say, show
from tui.cli.options import MOST, chosen_library, library_option
from tui.cli.querying import read_query, takes_colour, tell_damaged, with_index
from tui.display import display, escape_json
from tui.entity_table import bars, cells_of, companion_in_words, counts_in_words, heads
from tui.language import N_, _, counted

LIMIT = 50
WIDTH = 100  # cells of a page that goes to no terminal
_NAMED = 5  # entities that are told where one is wanted


@click.command("entities")
@click.argument("name", nargs=-1)
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="LABEL",
    help=N_("Only those of this label; may be given more than once."),
)
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    help=N_("By mentions (as it is without this), articles, name or the day of the last mention."),
)
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=MOST),
    default=LIMIT,
    metavar="N",
    help=N_("Show so many entities (by default 50)."),
)
@click.option("--all", "shows_all", is_flag=True, help=N_("Show all entities."))
@click.option("--query", metavar="QUERY", help=N_("Only in the articles that this query finds."))
@click.option(
    "--page",
    "as_page",
    is_flag=True,
    help=N_("Show the page of one entity: with whom, beside which figures, in which words."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def entities_(
    context: click.Context,
    name: tuple[str, ...],
    *,
    labels: tuple[str, ...],
    order: Order,
    limit: int,
    shows_all: bool,
    query: str | None,
    as_page: bool,
    as_json: bool,
    library: str | None,
) -> None:
    """List who and what is mentioned in a library, or those with a NAME in any case form.

    An entity a line, its cells apart by tabs: name, label, articles, mentions, the days of its
    first and of its last article, and how many articles there were over the time of the library,
    as bars. Rejected mentions do not count. An entity is the fullest name that an article has
    for it.
    """
    node = None if query is None else read_query(query)
    path = chosen_library(context, library)
    called = " ".join(name)

    def use(index: Index) -> None:
        chosen = [each.upper() for each in labels]
        found = entities(index, name=called, labels=chosen, node=node, order=order)
        if as_page:
            page = read_page(Library.open(path), index, _only(found, called).thing)
            if page is not None:
                print_page = _print_json_page if as_json else _print_page
                print_page(page)
        else:
            _print_rows(found if shows_all else found[:limit], order, as_json=as_json)
            _tell(found, limit, shows_all=shows_all)
        tell_damaged(index)

    with_index(str(path), use)


def _only(found: Sequence[EntityRow], name: str) -> EntityRow:
    """The entity that is meant; ends with exit code 2 where it may be several."""
    exact = [row for row in found if fold(row.name) == fold(name)]
    meant = exact or found
    if len(meant) != 1:
        _refuse(meant, name)
    return meant[0]


def _refuse(meant: Sequence[EntityRow], name: str) -> NoReturn:
    if not meant:
        fail(_("there is no entity «{name}»").format(name=nested(name)))
    names = [f"{row.label} «{nested(row.name)}»" for row in meant[:_NAMED]]
    if len(meant) > _NAMED:
        names.append("…")
    said = _("which one? give the name in full, or the label: {names}")
    fail(said.format(names=", ".join(names)))


def _print_rows(found: Sequence[EntityRow], order: Order, *, as_json: bool) -> None:
    if as_json:
        for row in found:
            _print_json(_record_of(row))
    elif sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        if found:
            click.echo(click.style(heads(width, order), dim=True))
        for row in found:
            click.echo("".join(cells_of(row, width)).rstrip())
    else:
        for row in found:
            counts = str(row.articles), str(row.mentions)
            show(row.name, row.label, *counts, row.first or "", row.last or "", bars(row.series))


def _tell(found: Sequence[EntityRow], limit: int, *, shows_all: bool) -> None:
    said = counted("{count} entity", "{count} entities", len(found))
    if len(found) > limit and not shows_all:
        said = _("{entities}; the first {limit} are shown (--all shows all)").format(
            entities=said, limit=limit
        )
    say(said if found else _("nothing found"))


def _print_page(page: EntityPage) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    row = page.row
    click.echo(click.style(f"{display(row.label)} {display(row.name)}", bold=True))
    click.echo(f"{counts_in_words(row)}  {bars(row.series)}")
    if page.companions:
        click.echo("\n" + click.style(_("Together with"), bold=True))
    for each in page.companions:
        share = companion_in_words(each.together, each.articles)
        click.echo(f"{display(each.label)} {display(each.name)}: {share}")
    if page.figures:
        click.echo("\n" + click.style(_("Figures in the same sentences"), bold=True))
    for figure in page.figures:
        click.echo(line_of(figure, width, coloured=takes_colour()))
    click.echo("\n" + click.style(_("Mentions"), bold=True))
    columns = Columns(width)
    for line in page.lines:
        click.echo(columns.shown(line), color=True)
    if page.read < row.articles:
        said = counted(
            "figures and mentions are those of the newest {count} article",
            "figures and mentions are those of the newest {count} articles",
            page.read,
        )
        say(said)


def _print_json(record: dict[str, Any]) -> None:
    line = orjson.dumps(record).decode()
    click.echo(escape_json(line) if sys.stdout.isatty() else line)


def _record_of(row: EntityRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "articles": row.articles,
        "mentions": row.mentions,
        "first": row.first,
        "last": row.last,
        "series": row.series,
    }


def _print_json_page(page: EntityPage) -> None:
    _print_json(_record_of_page(page))


def _record_of_page(page: EntityPage) -> dict[str, Any]:
    return {
        **_record_of(page.row),
        "companions": [
            {
                "name": each.name,
                "label": each.label,
                "together": each.together,
                "articles": each.articles,
            }
            for each in page.companions
        ],
        "figures": [record_of(each) for each in page.figures],
        "lines": [_record_of_line(each) for each in page.lines],
    }


def _record_of_line(line: Line) -> dict[str, Any]:
    return {
        "article": line.row.article_id,
        "published": line.row.published,
        "start": line.hit.start,
        "end": line.hit.end,
        "left": line.left,
        "key": line.key,
        "right": line.right,
    }
