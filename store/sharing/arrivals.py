"""Which articles others have added to a library or removed from it.

The folders of the articles tell whether there can be any, for a stat each; names are read, and of
an article that is new its id, only when one of them has another time.
"""

import os
from collections.abc import Iterable
from contextlib import suppress

from store import root
from store.article.recovery import key_of
from store.library import Library


class Arrivals:
    """What has come and gone; for one thread at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._times: object = None  # of the folders, when their names were read

    def look(self, known: Iterable[str]) -> tuple[list[str], list[str]]:
        """The ids of articles that are not among the known ones, and of those that are no more.

        One whose id cannot be told yet is passed over.  Raises Unreadable.
        """
        times = self._look_at_folders()
        if times == self._times:
            return [], []
        keys = set(root.keys(self._library.path))
        ids = {key_of(each): each for each in known}
        come = [self._library.file_of(key).read_id() for key in sorted(keys - ids.keys())]
        self._times = times
        gone = [each for key, each in ids.items() if key not in keys]
        return [each for each in come if each is not None], gone

    def _look_at_folders(self) -> object:
        with suppress(OSError), os.scandir(root.articles(self._library.path)) as folders:
            return sorted((each.name, each.stat().st_mtime_ns) for each in folders)
        return None
