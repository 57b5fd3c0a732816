"""The sources, authors and names that an index knows, for whoever types a query."""

import os
from collections.abc import Mapping, Sequence

import apsw

from store.index.database import connect
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

    They are those of the library's index as it is, out of date or not; none where it has none.
    """
    try:
        connection = connect(os.path.join(library, FILE), write=False)  # noqa: PTH118 - as others do
    except apsw.Error:
        return {}
    try:
        return {
            "source": _texts(connection, _SOURCES),
            "by": [
                author.removeprefix("user:")
                for author in _texts(connection, _ATOMS)
                if author.startswith(("user:", "recogniser:"))
            ],
            "entity": [*dict.fromkeys(_texts(connection, _NAMES, MOST))],
        }
    except apsw.Error:
        return {}
    finally:
        connection.close()


def _texts(connection: apsw.Connection, query: str, *parameters: int) -> list[str]:
    return [text for (text,) in connection.execute(query, parameters)]
