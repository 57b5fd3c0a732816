"""What commands with a query have in common: how it is read, and what is told of it.

Light, as is all that a search loads before it has found something.
"""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NoReturn

import apsw

from annotations.errors import QueryError
from annotations.phrase import Phrase
from annotations.query.nodes import Node
from annotations.query.parser import parse
from store.errors import StoreError, Unreadable
from store.index.database import DAMAGES, sound
from store.index.index import Index, fresh_index
from tui.display import display
from tui.language import _, counted, told

if TYPE_CHECKING:
    from store.library_reader import LibraryReader

_BESIDE = 50  # characters of a query that are shown on either side of what is wrong in it


def say(message: str) -> None:
    """A line of narration, to stderr."""
    sys.stderr.write(f"{display(message)}\n")


def read_query(query: str) -> Node:
    """What a query means; ends with exit code 2, and shows the place, where it means nothing."""
    try:
        return parse(query, date.today())  # noqa: DTZ011 - the user's day
    except QueryError as error:
        _refuse(query, error)


def _refuse(query: str, error: QueryError) -> NoReturn:
    from rich.cells import cell_len

    first, last = max(error.start - _BESIDE, 0), error.end + _BESIDE
    before = f"{'…' if first else ''}{display(query[first : error.start])}"
    wrong = display(query[error.start : error.end])
    after = f"{display(query[error.end : last])}{'…' if last < len(query) else ''}"
    say(f"zametka: {told(error)}")
    say(f"  {before}{wrong}{after}")
    say(f"  {' ' * cell_len(before)}^{'~' * (cell_len(wrong) - 1)}")
    sys.exit(2)


def with_index(path: str, use: Callable[[Index], None]) -> None:
    """Use the index of a library, brought up to date first, and made anew if it is damaged.

    Raises StoreError.
    """
    try:
        index = fresh_index(path) or _index(path)
        try:
            with sound():
                use(index)
            return
        except DAMAGES:
            say(_("the index is damaged: it is made anew"))
        finally:
            index.close()
        with closing(_index(path, anew=True)) as index:
            use(index)
    except apsw.Error as error:
        raise Unreadable(Phrase("the index cannot be read: {error}", error=error)) from error


def _index(path: str, *, anew: bool = False) -> Index:
    from tui.cli.indexing import index_of

    return index_of(library_at(path)(), anew=anew)


def library_at(path: str) -> "Callable[[], LibraryReader]":
    """Opens a library when it is asked for, and once."""

    @cache
    def library() -> "LibraryReader":
        from pathlib import Path

        from store.library_reader import LibraryReader

        return LibraryReader.open(Path(path))

    return library


def warn(problem: StoreError) -> None:
    """Of an article that cannot be read."""
    say(_("warning: {problem}").format(problem=told(problem)))


def tell_damaged(index: Index) -> None:
    """A warning, if there are articles that the index knows nothing of."""
    damaged = index.damaged()
    if damaged:
        problem = counted(
            "{count} article cannot be read and is not searched; zametka doctor tells more",
            "{count} articles cannot be read and are not searched; zametka doctor tells more",
            damaged,
        )
        say(_("warning: {problem}").format(problem=problem))


def tell_nothing_found(index: Index, node: Node) -> None:
    """That nothing was found, and which words and labels cannot be found at all."""
    from store.unknown_words import unknown_labels, unknown_words

    say(_("nothing found"))
    for label in unknown_labels(index, node):
        say(_("no annotation in this library has the label {label}").format(label=label))
    for word, close in unknown_words(index, node):
        if close:
            said = _("no form of «{word}» occurs in this library; did you mean {close}?")
            say(said.format(word=word, close=", ".join(close)))
        else:
            say(_("no form of «{word}» occurs in this library").format(word=word))


def takes_colour() -> bool:
    """Whether standard output is a terminal that may be coloured."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not is_plain
