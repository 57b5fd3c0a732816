"""Reading an index that is held open for minutes, while others write it or make it anew.

The numbers of articles may change meanwhile, and the file itself; the keys of articles do not.
"""

import json
import os
from collections.abc import Collection, Sequence

from store.index.database import connect, sound
from store.index.index import Index, Row


def keys_of(index: Index, docids: Sequence[int]) -> dict[int, str]:
    """The keys of articles by their numbers; raises apsw.CorruptError where one makes no sense."""
    query = "SELECT docid, key FROM articles WHERE docid IN (SELECT value FROM json_each(?))"
    with sound():
        found = dict(index.connection.execute(query, (json.dumps(docids),)))
        if not all(isinstance(key, str) for key in found.values()):
            raise TypeError("something else than text")
        return found


def rows_of(index: Index, keys: Collection[str]) -> dict[str, Row]:
    """What is shown of some articles by their keys; of one that has gone, nothing."""
    query = "SELECT docid FROM articles WHERE key IN (SELECT value FROM json_each(?))"
    with sound():
        found = [docid for (docid,) in index.connection.execute(query, (json.dumps([*keys]),))]
    return {row.key: row for row in index.rows(found)}


def state_of(index: Index) -> object:
    """What differs once the file of an index is another one or has been written to."""
    try:
        found = os.stat(index.connection.filename)  # noqa: PTH116 - light
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def opened_again(index: Index, library: str) -> Index:
    """The index of a library as its file is now; raises apsw.Error where it is none.

    Whoever has it open as one that nobody writes does not see what is written.
    """
    connection = connect(index.connection.filename, write=False)
    return Index(connection, os.path.join(library, "articles"))  # noqa: PTH118 - light
