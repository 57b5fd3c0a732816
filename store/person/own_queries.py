"""A person's own saved queries, and which matches of each query they have seen.

They lie in the user's state folder, in a file that is replaced as a whole.  One that is damaged is
passed over, and kept aside before a new one comes in its place.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from annotations.errors import AnnotationError
from annotations.phrase import Phrase, Words
from annotations.query.saved import SavedQuery
from store import files
from store.errors import StoreError
from store.person.personal import state_folder
from store.shared_queries import require_as_it_was

SCHEMA = "zametka-queries/1"
DIGITS = 16  # of an article's key, by which a match that was seen is known again
_SEEN = re.compile(rf"(?:[0-9a-f]{{{DIGITS}}})*")

Which = tuple[bool, str, str]  # whether it is shared, the name's key, the query
Seen = Mapping[Which, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Kept:
    own: tuple[SavedQuery, ...] = ()
    seen: Seen = field(default_factory=dict)


class OwnQueries:
    """What one person keeps of one library's queries; read anew each time."""

    def __init__(self, library: Path, folder: Path | None = None) -> None:
        where = library.resolve()
        self._folder = folder or state_folder()
        key = hashlib.sha256(os.fsencode(where)).hexdigest()[:16]
        self._path = self._folder / f"{key}.queries"
        self._library = os.fsdecode(where).encode(errors="replace").decode()
        self.problem: Words = ""  # why what was kept is passed over

    def read(self) -> tuple[SavedQuery, ...]:
        """The person's own queries."""
        return self._load().own

    def seen(self) -> Seen:
        """The matches that were seen at the last look at each query, as `mark_of` has them."""
        return self._load().seen

    def put(self, query: SavedQuery | None, instead_of: SavedQuery | None) -> None:
        """Save a query of one's own, or take one away; as `store.shared_queries.put`."""

        def alter(kept: _Kept) -> _Kept:
            require_as_it_was({each.key: each for each in kept.own}, query, instead_of)
            others = tuple(each for each in kept.own if each != instead_of)
            return replace(kept, own=others if query is None else (*others, query))

        self._change(alter)

    def mark_seen(
        self, query: SavedQuery, keys: Iterable[str], known: Collection[SavedQuery]
    ) -> None:
        """These are the matches that the person has seen; forgets all but the queries `known`."""
        marks = frozenset(map(mark_of, keys))

        def alter(kept: _Kept) -> _Kept:
            wanted = set(map(which, known))
            seen = {each: there for each, there in kept.seen.items() if each in wanted}
            return replace(kept, seen=seen | {which(query): marks})

        self._change(alter)

    def follow(self, old: SavedQuery, new: SavedQuery) -> None:
        """A query has another name, or belongs to others: what was seen of it is still known."""

        def alter(kept: _Kept) -> _Kept:
            seen = dict(kept.seen)
            marks = seen.pop(which(old), None)
            return kept if marks is None else replace(kept, seen=seen | {which(new): marks})

        if which(old) in self.seen():
            self._change(alter)

    def _load(self) -> _Kept:
        self.problem = ""
        try:
            data = files.read_bytes(self._path)
            return _Kept() if data is None else _from_json(orjson.loads(data), self._library)
        except (AnnotationError, StoreError, ValueError, TypeError, KeyError) as error:
            self.problem = Phrase(
                "your own queries and what you have seen are passed over: {path}: {error}; once "
                "something new is saved that file is kept aside",
                path=self._path,
                error=error,
            )
            return _Kept()

    def _change(self, alter: Callable[[_Kept], _Kept]) -> None:
        """Raises StoreError, and changes nothing, where `alter` does or the disk refuses."""
        with files.writing(self._path):
            self._folder.mkdir(files.PRIVATE.folder, parents=True, exist_ok=True)
        with _alone(self._folder):
            data = _to_json(alter(self._load()), self._library)
            with files.writing(self._path):
                if self.problem:
                    self._path.rename(files.free_name(self._path))
                files.replace_privately(self._path, data)


def which(query: SavedQuery) -> Which:
    """What a query is known by: with another text it is another one, all of whose matches are
    new."""
    return query.is_shared, query.key, query.query


def mark_of(key: str) -> str:
    """What is kept of the key of an article that was seen."""
    return key[:DIGITS]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep the person's other sessions out, where the file system can."""
    with files.writing(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _to_json(kept: _Kept, library: str) -> bytes:
    seen = [
        {"shared": shared, "name": name, "query": query, "keys": "".join(sorted(marks))}
        for (shared, name, query), marks in kept.seen.items()
    ]
    queries = [each.row() for each in kept.own]
    contents = {"schema": SCHEMA, "library": library, "queries": queries, "seen": seen}
    return orjson.dumps(contents, option=orjson.OPT_INDENT_2)


def _from_json(data: Any, library: str) -> _Kept:
    """Raises ValueError, TypeError, KeyError or InvalidSavedQuery for what is not ours."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(Phrase("the file is not one that this version knows"))
    if data["library"] != library:
        raise ValueError(Phrase("the file is another library's"))
    own = {each.key: each for each in (SavedQuery(**row) for row in data["queries"])}
    seen = {}
    for row in data["seen"]:
        if not _SEEN.fullmatch(row["keys"]):
            raise ValueError(Phrase("{name} has a value that it cannot have", name="keys"))
        marks = (row["keys"][at : at + DIGITS] for at in range(0, len(row["keys"]), DIGITS))
        seen[bool(row["shared"]), str(row["name"]), str(row["query"])] = frozenset(marks)
    return _Kept(tuple(own.values()), seen)
