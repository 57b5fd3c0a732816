"""The command line: what is asked for is put together here.

Data goes to stdout, narration to stderr.  Exit codes: 0 done, 1 some input was refused,
2 wrong usage or something in the environment.
"""

import sys

import click

from annotations.errors import AnnotationError
from store.errors import StoreError
from tui.cli.adding import add, demo, import_
from tui.cli.browsing import browse
from tui.cli.narration import fail
from tui.cli.options import CONTEXT, library_option
from tui.cli.reading import annotate, export, search, where


@click.group(invoke_without_command=True, context_settings=CONTEXT)
@library_option
@click.version_option(package_name="zametka", prog_name="zametka")
@click.pass_context
def commands(context: click.Context, library: str | None) -> None:
    """Browse and correct annotated Russian-language news in the terminal.

    Without a command: open the library on the screen.
    """
    context.obj = library
    if context.invoked_subcommand is None:
        context.invoke(browse, library=library)


for _command in (add, annotate, browse, demo, export, import_, search, where):
    commands.add_command(_command)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        commands(prog_name="zametka")
    except (StoreError, AnnotationError) as error:
        fail(str(error))
