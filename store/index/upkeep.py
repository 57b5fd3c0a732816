"""Making an index equal to the articles of its library: what has changed, or all of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import apsw

from store import root
from store.article.deciding import deciders_of
from store.errors import Damaged, StoreError, Unreadable
from store.index import freshness
from store.index.database import one, transaction
from store.index.entry import Entry, content_of, entry
from store.index.lexis import Lexis
from store.index.writing import Writer
from store.library_reader import LibraryReader

CHUNK = 2500  # articles of one transaction: FTS5 writes what it holds at its end
_ASKED = 500  # forms that one question names

Wanted = tuple[str, str, str | None]  # a key, its stamp, the content that the index has
Made = tuple[str, str, Entry | None]  # a key, its stamp, what the index is to hold
Make = Callable[[LibraryReader, Iterable[Wanted], Lexis], Iterator[Made]]


def make(library: LibraryReader, wanted: Iterable[Wanted], lexis: Lexis) -> Iterator[Made]:
    """What the index is to hold of some articles, worked out here, one after the other."""
    return (made_of(library, lexis, each) for each in wanted)


def lexis_of(connection: apsw.Connection) -> Lexis:
    """What asks an index for what it knows of forms, unless it knows none yet."""
    if one(connection, "SELECT 1 FROM forms LIMIT 1") is None:
        return Lexis()

    def known(forms: Collection[str]) -> Iterator[tuple[str, str]]:
        rest = iter(forms)
        while some := tuple(islice(rest, _ASKED)):
            marks = ",".join("?" * len(some))
            query = f"SELECT form, best FROM forms WHERE form IN ({marks})"
            yield from connection.execute(query, some)

    return Lexis(known)


def made_of(library: LibraryReader, lexis: Lexis, wanted: Wanted) -> Made:
    """What the index is to hold of an article; of one that cannot be read, None."""
    key, stamp, content = wanted
    document = library.read(library.file_of(key), _pass_over)
    if document is None:
        return key, stamp, None
    deciders: dict[str, str] = {}
    if document.revision:
        with suppress(StoreError):  # a damaged history, which is told where the article is opened
            document, entries = library.story(document.article.id)
            deciders = deciders_of(document, entries)
    with_text = content_of(document.article) != content
    return key, stamp, entry(key, document, lexis, deciders, with_text=with_text)


def _pass_over(_damage: Damaged | Unreadable) -> None:
    """It is counted, and named by whoever opens it."""


class Upkeep:
    """Brings the index of a library up to date; nobody else writes it meanwhile."""

    def __init__(self, library: LibraryReader, connection: apsw.Connection) -> None:
        self._library = library
        self._connection = connection
        self._articles = str(root.articles(library.path))
        self._seen = freshness.clock()
        self._folders = freshness.folders(self._articles)
        self._changed = freshness.changed(connection, self._folders)
        self._gone: list[str] = []
        self._wanted: list[Wanted] = []
        for name in self._changed:
            self._compare(name)

    def __len__(self) -> int:
        """How many articles there are to be read."""
        return len(self._wanted)

    @property
    def is_needed(self) -> bool:
        """Whether any article differs, and not only what its folder's time may hide."""
        return bool(self._wanted or self._gone)

    def _compare(self, folder: str) -> None:
        now = freshness.stamps(f"{self._articles}/{folder}") if folder in self._folders else {}
        between = (folder, f"{folder}g")
        query = "SELECT key, {} FROM {} WHERE key >= ? AND key < ?"
        known, contents, damaged = (
            dict(self._connection.execute(query.format(*what), between))
            for what in (("stamp", "articles"), ("content", "articles"), ("stamp", "damaged"))
        )
        self._gone += (known | damaged).keys() - now.keys()
        for key, stamp in now.items():
            if stamp != known.get(key) and stamp != damaged.get(key):
                self._wanted.append((key, stamp, contents.get(key)))

    def run(self, make: Make = make) -> Iterator[int]:
        """Do it, in transactions of some articles each; yields 1 for each article read."""
        writer = Writer(self._connection)
        with transaction(self._connection):
            for key in self._gone:
                writer.remove(key)
                self._connection.execute("DELETE FROM damaged WHERE key = ?", (key,))
        made = make(self._library, self._wanted, lexis_of(self._connection))
        while True:
            with transaction(self._connection):
                chunk = [_learnt(writer, each) for each in islice(made, CHUNK)]
                self._put(writer, chunk)
            if not chunk:
                break
            yield from (1 for _ in chunk)
        with transaction(self._connection):
            for name in self._changed:
                freshness.take(self._connection, name, self._folders.get(name), self._seen)

    def _put(self, writer: Writer, chunk: Sequence[Made]) -> None:
        """By the days of publication: FTS5 writes what comes in order as one piece."""
        for key, stamp, found in sorted(chunk, key=_by_day):
            if found is not None:
                self._connection.execute("DELETE FROM damaged WHERE key = ?", (key,))
                writer.put(found, stamp)
            else:
                writer.remove(key)
                self._connection.execute("INSERT OR REPLACE INTO damaged VALUES(?,?)", (key, stamp))


def _learnt(writer: Writer, made: Made) -> Made:
    """Without its new forms, which are written at once: of a first article all are."""
    key, stamp, found = made
    if found is None or not found.forms:
        return made
    writer.learn(found.forms)
    return key, stamp, replace(found, forms=())


def _by_day(made: Made) -> int:
    _, _, found = made
    return 0 if found is None else found.day
