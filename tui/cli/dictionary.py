"""The command that lists the dictionary of a library."""

from typing import Any

import click
import orjson

from annotations.gazetteer import Row, gathered, matching
from store import gazetteer
from store.library import Library
from tui.cli.narration import progress, say, show
from tui.cli.options import chosen_library, library_option
from tui.display import escape_json
from tui.language import N_, _, counted
from tui.wording.dictionary_words import forms_in_words, learning_in_words


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=N_("Print a JSON object a line."))
@library_option
@click.pass_context
def dictionary(
    context: click.Context, words: tuple[str, ...], as_json: bool, library: str | None
) -> None:
    """List the names that were decided in a library, or those with all the WORDS.

    An entry a line, its cells apart by tabs: name, label, how often it was accepted, how often
    rejected, what becomes of it in new articles (suggested, off, rejected, idle), the day of the
    last decision, the forms in which it was decided with their counts, who laid down something
    about it by hand.
    """
    found = Library.open(chosen_library(context, library))
    laid_down = gazetteer.read(found.path)
    documents = found.documents(on_damage=lambda _damage: None)
    gathered_here = gathered(progress(documents, _("reading")))
    rows = matching(gathered_here.rows(laid_down.rulings), " ".join(words), "name")
    for row in rows:
        if as_json:
            click.echo(escape_json(orjson.dumps(_record(row)).decode()))
        else:
            show(*_cells(row))
    say(counted("{count} name", "{count} names", len(rows)))
    say(learning_in_words(laid_down.learning))


def _cells(row: Row) -> list[str]:
    counts = row.counts
    return [
        row.name,
        row.label,
        str(counts.accepted),
        str(counts.rejected),
        str(row.state),
        row.last[:10],
        forms_in_words(row),
        row.ruling.author if row.ruling else "",
    ]


def _record(row: Row) -> dict[str, Any]:
    counts, ruling = row.counts, row.ruling
    return {
        "name": row.name,
        "label": row.label,
        "accepted": counts.accepted,
        "rejected": counts.rejected,
        "state": str(row.state),
        "last": row.last or None,
        "forms": dict(counts.forms.most_common()),
        "articles": sorted(counts.places),
        "ruling": ruling
        and {
            "label": ruling.label,
            "name": ruling.name,
            "on": ruling.is_on,
            "added": ruling.is_new,
            "author": ruling.author,
            "at": ruling.at,
        },
    }
