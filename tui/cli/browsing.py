"""The command that opens the screen."""

import gc
import os
import sys

import click

from store.library import Library
from tui.cli.narration import fail
from tui.cli.options import chosen_library, library_option


@click.command()
@click.argument("article", required=False)
@library_option
@click.pass_context
def browse(context: click.Context, article: str | None = None, library: str | None = None) -> None:
    """Open the library on the screen, at an ARTICLE if its id is given."""
    open_screen(Library.open(chosen_library(context, library)), article)


def require_terminal() -> None:
    """End with a sentence where there is no terminal that a screen can be drawn on."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        fail("the screen needs a terminal for its input and its errors; see zametka --help")
    if os.environ.get("TERM", "dumb") == "dumb":
        fail("the screen needs a terminal whose cursor can be moved, and TERM says it cannot")


def open_screen(library: Library, article: str | None) -> None:
    """Run the screen until the user leaves it."""
    require_terminal()
    document = None if article is None else library.document(article)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") == "none":  # Textual knows no such system
        os.environ |= {"TEXTUAL_COLOR_SYSTEM": "auto", "NO_COLOR": "1"}
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")  # a page would cost 84 kB
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a change waits half a frame to be shown
    os.environ.setdefault(
        "TEXTUAL_THEME", "ansi-dark"
    )  # after the import NO_COLOR is black on black
    gc.disable()  # what is imported is never garbage; `run` enables it again
    from tui.app import run

    sys.exit(run(library, document))
