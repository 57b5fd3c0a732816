"""The command that lists figures, and figures as lines, as JSON and as CSV."""

import csv
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import click
import orjson

from annotations.model import Value
from annotations.query.nodes import Node
from store.figures import ORDERS, Figure, Figures, Order, Total, in_order, summed
from store.index.index import Index
from store.library import Library
from tui.cli.narration import fail, progress, say
from tui.cli.options import MOST, chosen_library, library_option
from tui.cli.querying import (
    read_query,
    takes_colour,
    tell_damaged,
    tell_nothing_found,
    with_index,
)
from tui.cli.searching import QUERY, joined
from tui.display import display, escape_json
from tui.figure_table import amount_and_unit
from tui.language import N_, _, counted
from tui.page.wrap import fit
from tui.wording.value_words import number_in_words, value_in_words

COLUMNS = (
    "article", "title", "published", "label", "min", "max", "unit", "of", "start", "end",
    "approx", "text", "sentence",
)  # of CSV  # fmt: skip
DATE, ID, LABEL, AMOUNT, UNIT, GAP = 10, 16, 8, 18, 8, "  "  # cells, on a terminal


@click.command(context_settings=QUERY)
@click.argument("query", metavar=N_("QUERY..."), nargs=-1, required=True)
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default=ORDERS[0],
    help=N_("By date, the newest first (as it is without this), value, article or label."),
)
@click.option("--reverse", is_flag=True, help=N_("The other way round."))
@click.option(
    "--limit",
    type=click.IntRange(min=0, max=MOST),
    metavar="N",
    help=N_("Print so many figures at most."),
)
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@click.option("--csv", "as_csv", is_flag=True, help=N_("Print CSV (RFC 4180) with a head."))
@library_option
@click.pass_context
def figures(
    context: click.Context,
    query: tuple[str, ...],
    *,
    order: Order,
    reverse: bool,
    limit: int | None,
    as_json: bool,
    as_csv: bool,
    library: str | None,
) -> None:
    """List the figures of the articles that a QUERY finds, each with its sentence.

    Where the QUERY has conditions on figures (`money>100млн`, `label:PERCENT`, …) only
    those that meet one are listed, else all. Cells apart by tabs: date, article, label, amount,
    unit or what is counted, sentence. By value, those of a unit stand together, the largest first.
    At the end, on standard error, how many there are of each label and unit, from what to what,
    and the sum where they can be added up.

    CSV has the values as they are stored, and texts as they are: a text that begins with = is one,
    whatever a spreadsheet takes it for.
    """
    if as_json and as_csv:
        fail(_("choose one of --json and --csv"))
    node = read_query(joined(context, query))
    path = chosen_library(context, library)

    def use(index: Index) -> None:
        found = Figures(Library.open(path), index, node)
        totals: dict[tuple[str, str], Total] = {}
        walk = islice(_walk(found, order, reverse=reverse), limit)
        printed = _json if as_json else _csv if as_csv else _lines
        printed(summed(walk, totals))
        _tell(index, node, totals)

    with_index(str(path), use)


def _walk(found: Figures, order: Order, *, reverse: bool) -> Iterator[Figure]:
    """By date they come as they are read; any other order takes all of them."""
    rows = found.rows[::-1] if reverse and order == "date" else found.rows
    is_shown_at_once = order == "date" and sys.stdout.isatty()
    read = rows if is_shown_at_once else progress(rows, _("reading"), len(rows))
    walk = (figure for row in read for figure in found.of(row))
    return walk if order == "date" else iter(in_order(walk, order, reverse=reverse))


def _lines(figures: Iterable[Figure]) -> None:
    if sys.stdout.isatty():
        width, coloured = shutil.get_terminal_size().columns, takes_colour()
        for each in figures:
            click.echo(line_of(each, width, coloured=coloured))
        return
    for each in figures:
        click.echo("\t".join(cells_of(each)))


def cells_of(figure: Figure) -> list[str]:
    """What is told of a figure; it has passed `display`."""
    amount, unit = amount_and_unit(figure.value)
    return [
        display((figure.published or "")[:DATE]),
        display(figure.article_id),
        display(figure.label),
        amount or display(figure.text),
        unit,
        display(figure.sentence),
    ]


def line_of(figure: Figure, width: int, *, coloured: bool) -> str:
    """The same in columns; of the sentence what stands around the figure, which is marked."""
    day, article, label, amount, unit, sentence = cells_of(figure)
    cells = [fit(day or "—", DATE), fit(article, ID), fit(label, LABEL)]
    cells += [fit(amount, AMOUNT), fit(unit, UNIT)]
    room = max(width - sum(map(len, cells)) - len(GAP) * len(cells) - 1, 20)
    first, last = figure.at, figure.at + len(figure.text)
    start = 0 if last <= room else max(0, first - room // 3)
    before = ("…" if start else "") + sentence[start:first]
    shown = fit(before + sentence[first:], room)
    if coloured:
        first, last = len(before), len(before) + len(figure.text)
        marked = click.style(shown[first:last], fg="yellow", bold=True)
        shown = shown[:first] + marked + shown[last:]
    return GAP.join([*cells, shown]).rstrip()


def _json(figures: Iterable[Figure]) -> None:
    on_terminal = sys.stdout.isatty()
    for each in figures:
        line = orjson.dumps(record_of(each)).decode()
        click.echo(escape_json(line) if on_terminal else line)


def record_of(figure: Figure) -> dict[str, Any]:
    annotation = figure.annotation
    return {
        "article": figure.article_id,
        "title": figure.title,
        "published": figure.published,
        "annotation": annotation.id,
        "label": annotation.label,
        "value": annotation.value,
        "status": annotation.status,
        "start": annotation.start,
        "end": annotation.end,
        "text": figure.text,
        "sentence": figure.sentence,
    }


class _Shown:
    """Standard output to a terminal, on which nothing in the texts is left to act."""

    def write(self, line: str) -> int:
        return sys.stdout.write(display(line.removesuffix("\r\n")) + "\r\n")


def _csv(figures: Iterable[Figure]) -> None:
    writer = csv.writer(_Shown() if sys.stdout.isatty() else sys.stdout, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in figures:
        facts = {
            **each.value,
            "article": each.article_id,
            "title": each.title,
            "published": each.published,
            "label": each.label,
            "text": each.text,
            "sentence": each.sentence,
        }
        writer.writerow([_plain(facts.get(column)) for column in COLUMNS])


def _plain(content: str | bool | None) -> str:
    return "" if content is None else str(content).lower() if isinstance(content, bool) else content


def _tell(index: Index, node: Node, totals: Mapping[tuple[str, str], Total]) -> None:
    for _key, total in sorted(totals.items()):
        say(total_in_words(total))
    if not totals and index.find(node, limit=0).count:
        say(_("there are no such figures in the articles that were found"))
    elif not totals:
        tell_nothing_found(index, node)
    tell_damaged(index)


def total_in_words(total: Total) -> str:
    """«MONEY KZT: 12 figures, from 100 to 5 000, sum 7 000 (2 without a sum: ranges)»."""
    count = counted("{count} figure", "{count} figures", total.count)
    parts = [f"{total.label} {display(total.unit)}".strip() + f": {count}"]
    if total.least is not None and total.most is not None:
        low, high = _end(total.least, "min", "start"), _end(total.most, "max", "end")
        said = _("from {low} to {high}").format(low=low, high=high) if low != high else low
        parts.append(said)
    if total.sum is not None:
        parts.append(_("sum {sum}").format(sum=number_in_words(f"{total.sum:f}")))
        if left := total.count - total.exact:
            parts.append(
                counted("{count} range left out of it", "{count} ranges left out of it", left)
            )
    return ", ".join(parts)


def _end(value: Value, *keys: str) -> str:
    """The bound of a value at one end, else at the other."""
    ends = [value[key] for key in keys if value.get(key)]
    others = [value[key] for key in ("min", "max", "start", "end") if value.get(key)]
    end = str((ends or others)[0])
    return display(value_in_words({"min": end, "max": end}) if "min" in value else end)
