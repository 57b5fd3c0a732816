"""The sources, authors and names that an index knows, for whoever types a query."""

import os
from collections.abc import Mapping, Sequence
from contextlib import closing

import apsw

from store.index.database import connect, sound
from store.index.index import FILE

MOST = 2_000  # names of things, those that are named most

_SOURCES = "SELECT source FROM articles WHERE source <> '' GROUP BY 1 ORDER BY count(*) DESC"
_ATOMS = "SELECT text FROM atoms ORDER BY text"
_NAMES = """
SELECT name FROM things JOIN (
    SELECT entity, count(*) AS times FROM spans WHERE entity IS NOT NULL
    GROUP BY entity ORDER BY times DESC LIMIT ?
) ON thing = entity ORDER BY times DESC
"""


def known_values(library: str) -> Mapping[str, Sequence[str]]:
    """Values by the name of the field that may have them, the most frequent first.

    They are those of the library's index as it is, out of date or not; none where it has none that
    can be read.
    """
    try:
        with sound(), closing(connect(os.path.join(library, FILE), write=False)) as connection:  # noqa: PTH118
            authors = (
                author.removeprefix("user:")
                for author in _texts(connection, _ATOMS)
                if author.startswith(("user:", "recogniser:"))
            )
            return {
                "source": _texts(connection, _SOURCES),
                "by": [*authors],
                "entity": [*dict.fromkeys(_texts(connection, _NAMES, MOST))],
            }
    except apsw.Error:
        return {}


def _texts(connection: apsw.Connection, query: str, *parameters: int) -> list[str]:
    rows = connection.execute(query, parameters)
    return [text for (text,) in rows if isinstance(text, str)]
