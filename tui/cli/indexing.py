"""The index of a library: brought up to date on the way, or made anew by a command."""

import os
import time
from collections.abc import Iterable

import apsw
import click

from annotations.phrase import Words
from store.errors import StoreError
from store.index.index import Index
from store.index.keeping import open_index
from store.library import Library
from store.library_reader import LibraryReader
from tui.cli.narration import progress, say
from tui.cli.options import chosen_library, library_option
from tui.cli.querying import tell_damaged
from tui.language import N_, _, counted, told

_MOST = 4  # processes: one writes, and is soon the one that the others wait for


def index_of(library: LibraryReader, *, anew: bool = False, jobs: int | None = None) -> Index:
    """The index of a library, up to date; on a terminal a bar shows how that goes."""
    processes = jobs or min(len(os.sched_getaffinity(0)), _MOST)
    return open_index(library, tell=_tell, watch=_watch, processes=processes, anew=anew)


def _tell(said: Words) -> None:
    say(told(said))


def _watch(steps: Iterable[int], total: int) -> Iterable[int]:
    return progress(steps, _("indexing"), total)


def keep_up(library: LibraryReader) -> None:
    """Bring the index up to date after a change; where that fails it is told, and no more."""
    try:
        index_of(library).close()
    except (StoreError, apsw.Error, OSError) as problem:
        said = _("warning: the index was not brought up to date: {problem}")
        say(said.format(problem=told(problem)))


@click.command()
@click.option(
    "--jobs",
    type=click.IntRange(min=1, max=64),
    metavar="N",
    help=N_("Work in so many processes; by default one for each core, 4 at the most."),
)
@library_option
@click.pass_context
def reindex(context: click.Context, jobs: int | None, library: str | None) -> None:
    """Make the index for the search anew, from the articles.

    That is never needed: each search brings the index up to date, and what is damaged in it is
    noticed. Nothing but the index is touched.
    """
    begun = time.monotonic()
    index = index_of(Library.open(chosen_library(context, library)), anew=True, jobs=jobs)
    try:
        query = "SELECT count(*) FROM articles"
        (count,) = index.connection.execute(query).fetchone() or (0,)
        said = counted(
            "{count} article indexed in {seconds} s; the index takes {size} MB: {path}",
            "{count} articles indexed in {seconds} s; the index takes {size} MB: {path}",
            count,
            seconds=f"{time.monotonic() - begun:.1f}",
            size=f"{os.stat(index.connection.filename).st_size / 1e6:.1f}",  # noqa: PTH116
            path=index.connection.filename,
        )
        say(said)
        tell_damaged(index)
    finally:
        index.close()
