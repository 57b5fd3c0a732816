"""Libraries to be written into."""

from pathlib import Path

import click

from store.root import is_there
from store.sharing.permissions import why_read_only
from tui.cli.narration import fail
from tui.cli.options import chosen_library
from tui.language import told


def writable_library(context: click.Context, library: str | None) -> Path:
    """The chosen library; ends at once where there is one that this person may only read."""
    path = chosen_library(context, library)
    reason = why_read_only(path) if is_there(path) else None
    if reason is not None:
        fail(told(reason))
    return path
