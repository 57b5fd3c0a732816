"""The command that prints an article with its annotations."""

import os
import shutil
import sys

import click

from store.library import Library
from tui.cli.narration import say
from tui.cli.options import chosen_library, library_option
from tui.language import N_, _, told


@click.command()
@click.argument("article")
@click.option(
    "--width",
    type=click.IntRange(min=0),
    metavar="CELLS",
    help=N_("The length of the lines; 0 puts each paragraph on one line, as grep likes it."),
)
@library_option
@click.pass_context
def show(context: click.Context, article: str, width: int | None, library: str | None) -> None:
    """Print an ARTICLE, given by its id, with its annotations as plain text.

    An annotation is written [LABEL value: text]; a suggestion has a question mark, [PER? …],
    a rejected one says so, [not PER …]. Brackets of the text itself stand behind a backslash.
    """
    found = Library.open(chosen_library(context, library))
    document = found.document(article)
    for problem in found.problems(article):
        say(_("warning: {problem}").format(problem=told(problem)))
    from rich.color import ColorSystem

    from tui.plain import WIDTH, plain_lines

    on_terminal = sys.stdout.isatty()
    if width is None:
        width = min(WIDTH, shutil.get_terminal_size().columns) if on_terminal else WIDTH
    colours = ColorSystem.STANDARD if on_terminal and not os.environ.get("NO_COLOR") else None
    for line in plain_lines(document, found.schema, width):
        click.echo("".join(style.render(text, color_system=colours) for text, style in line))
