"""The command that lists the articles of a library."""

import click

from store.library import Library, login
from store.summaries import Catalogue, Selection, Summary, summarise
from tui.cli.narration import Refusals, progress, show
from tui.cli.options import chosen_library, library_option
from tui.cli.reading import documents_of
from tui.language import _


@click.command("list")
@library_option
@click.pass_context
def list_(context: click.Context, library: str | None) -> None:
    """Print the articles, the newest first, as cells apart by tabs.

    The cells: id, date, suggestions left, source, title.
    """
    found, refusals = Library.open(chosen_library(context, library)), Refusals()
    catalogue = Catalogue(login())
    documents = progress(documents_of(found, (), refusals), _("reading"))
    catalogue.take([summarise(document, ()) for document in documents])
    for summary in catalogue.select(Selection()):
        show(*_cells(summary))
    refusals.exit()


def _cells(summary: Summary) -> tuple[str, ...]:
    left = str(summary.suggested)
    return (summary.article_id, summary.published or "", left, summary.source, summary.title)
