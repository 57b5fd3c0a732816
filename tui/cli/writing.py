"""Libraries to be written into."""

from pathlib import Path

import click

from store.library import Library
from store.root import is_there
from store.sharing.access import why_read_only
from tui.cli.narration import fail, say
from tui.cli.options import chosen_library
from tui.language import _, told


def writable_library(context: click.Context, library: str | None) -> Path:
    """The chosen library; ends at once where there is one that this person may only read."""
    path = chosen_library(context, library)
    reason = why_read_only(path) if is_there(path) else None
    if reason is not None:
        fail(told(reason))
    return path


def telling_waits(library: Library) -> Library:
    """A library that says once, when a save has to wait, what it waits for."""

    def tell() -> None:
        library.on_wait = None
        say(_("waiting: somebody else is saving the same article"))

    library.on_wait = tell
    return library
