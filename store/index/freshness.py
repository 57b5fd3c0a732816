"""Whether an index still says what the articles do, told by the times of their folders.

A folder that was changed less than two seconds before it was looked at counts as changed: its
time might not tell what followed.
"""

import os
import time

import apsw

RACY = 2_000_000_000  # nanoseconds


def folders(articles: str) -> dict[str, int]:
    """The folders of articles, and when each was changed last, in nanoseconds."""
    try:
        with os.scandir(articles) as found:
            return {each.name: each.stat().st_mtime_ns for each in found if len(each.name) == 2}
    except FileNotFoundError:  # nobody has added an article yet
        return {}


def changed(connection: apsw.Connection, now: dict[str, int]) -> list[str]:
    """The folders whose articles may differ from what the index says, gone ones too."""
    known: dict[str, int] = {}
    for name, at, seen in connection.execute("SELECT name, changed, seen FROM folders"):
        known[name] = at if at < seen - RACY else -1
    return sorted(name for name in now.keys() | known.keys() if now.get(name) != known.get(name))


def take(connection: apsw.Connection, name: str, at: int | None, seen: int) -> None:
    """Remember when a folder had been changed as it was looked at; None: it is gone."""
    if at is None:
        connection.execute("DELETE FROM folders WHERE name = ?", (name,))
    else:
        connection.execute("INSERT OR REPLACE INTO folders VALUES(?,?,?)", (name, at, seen))


def clock() -> int:
    """Nanoseconds, by the clock that files are stamped with."""
    return time.time_ns()


def stamps(folder: str) -> dict[str, str]:
    """The articles of a folder by their keys, and what differs once one has been changed.

    That is the stat of its journal, of its snapshot where it has none.
    """
    found: dict[str, str] = {}
    try:
        with os.scandir(folder) as files:
            for each in sorted(files, key=lambda entry: entry.name):  # .json before .log
                key, _, ending = each.name.partition(".")
                if len(key) == 32 and ending in ("json", "log"):
                    stat = each.stat(follow_symlinks=False)
                    found[key] = f"{stat.st_ino}-{stat.st_size}-{stat.st_mtime_ns}"
    except FileNotFoundError:
        pass
    return found
