"""The command that opens the screen."""

import click

from store.library import Library
from tui.cli.opening import open_screen
from tui.cli.options import chosen_library, library_option


@click.command()
@click.argument("article", required=False)
@library_option
@click.pass_context
def browse(context: click.Context, article: str | None = None, library: str | None = None) -> None:
    """Open the library on the screen, at an ARTICLE if its id is given."""
    open_screen(Library.open(chosen_library(context, library)), article)
