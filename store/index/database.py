"""The file of an index: its tables, and how it is opened by those who may write and who may not.

Nothing here is worth a power cut's pains: what is lost is made anew from the articles.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apsw

from store.index import disks
from store.index.positions import Tokenizer

VERSION = 2  # of the tables and of what they hold; another one is made anew
DAMAGES = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError)  # what a damaged index raises
NONSENSE = (AttributeError, LookupError, TypeError, ValueError)  # what comes of senseless rows
PATIENCE = 10_000  # milliseconds that a write waits for another process's
DAY = 20  # bits: an article's number is its day of publication, then its turn in that day
_K1, _B = 1.2, 0.75  # of BM25
_BODY = 1  # column of `texts`
_USUAL = 300  # words of an article
_HELD, _HELD_LATER = 1 << 26, 1 << 20  # bytes that FTS5 holds before it writes a piece

# articles        a row an article; `docid` grows with the day of publication
# damaged         articles that cannot be read
# texts           their words, never changed; `names` and `notes` likewise of names and notes
# spans, traits   their annotations; which articles have what, see `store.index.traits`
# things          names of entities and nouns that are counted, each once
# atoms           labels, authors, units and traits, each once
# forms, lemmas   what a form is found by (terms apart by blanks); which forms a lemma has
_TABLES = f"""
CREATE TABLE folders(name TEXT PRIMARY KEY, changed INTEGER, seen INTEGER) WITHOUT ROWID;
CREATE TABLE articles(
    docid INTEGER PRIMARY KEY, key TEXT UNIQUE, id TEXT, stamp TEXT, content TEXT, revision INTEGER,
    published TEXT, title TEXT, source TEXT, sought TEXT);
CREATE INDEX articles_sought ON articles(sought);
CREATE TABLE damaged(key TEXT PRIMARY KEY, stamp TEXT) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(
    title, body, content='', contentless_delete=1, tokenize='zametka');
CREATE TABLE atoms(atom INTEGER PRIMARY KEY, text TEXT UNIQUE);
CREATE TABLE things(thing INTEGER PRIMARY KEY, kind TEXT, name TEXT, UNIQUE(kind, name));
CREATE VIRTUAL TABLE names USING fts5(
    name, content='', contentless_delete=1, tokenize='zametka');
CREATE TABLE spans(
    docid INTEGER, n INTEGER, start INTEGER, end INTEGER, label INTEGER, status INTEGER,
    author INTEGER, decider INTEGER, entity INTEGER, name INTEGER, low REAL, high REAL,
    unit INTEGER, of INTEGER, PRIMARY KEY(docid, n)) WITHOUT ROWID;
CREATE INDEX spans_entity ON spans(entity, docid, status) WHERE entity IS NOT NULL;
CREATE INDEX spans_name ON spans(name, docid) WHERE name IS NOT NULL;
CREATE INDEX spans_value ON spans(label, high, low, docid, unit, status) WHERE high IS NOT NULL;
CREATE TABLE traits(
    trait INTEGER, high REAL, docid INTEGER, PRIMARY KEY(trait, high, docid)) WITHOUT ROWID;
CREATE TABLE notes(note INTEGER PRIMARY KEY, docid INTEGER, n INTEGER, UNIQUE(docid, n));
CREATE VIRTUAL TABLE note_texts USING fts5(
    note, content='', contentless_delete=1, tokenize='zametka');
CREATE TABLE forms(
    form TEXT PRIMARY KEY, best TEXT, others TEXT, asked_best TEXT, asked_others TEXT
) WITHOUT ROWID;
CREATE TABLE lemmas(
    lemma TEXT, form TEXT, is_best INTEGER, PRIMARY KEY(lemma, is_best, form)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""


def connect(path: str, *, write: bool) -> apsw.Connection:
    """Open the file of an index; raises apsw.Error where it is none.

    One who may not write needs the files beside it that a writer has made, or takes it for one
    that nobody writes.  A symbolic link is not followed: somebody else may have put it there.
    """
    path = _own_file(path)
    network = disks.is_network(path)
    if write:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
        connection = apsw.Connection(path, flags=flags)
        if network:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # needs no shared memory
        return _let_others_in(_prepared(connection, network=network), network=network)
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI | apsw.SQLITE_OPEN_NOFOLLOW
    try:
        return _prepared(apsw.Connection(_address(path, "ro"), flags=flags), network=network)
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        if _has_more(path):
            raise
        address = f"{_address(path, 'ro')}&immutable=1"
        connection = _prepared(apsw.Connection(address, flags=flags), network=network)
        connection.execute("PRAGMA mmap_size = 0")  # who writes it may make it shorter
        return connection


def _own_file(path: str) -> str:
    """The path without symbolic links; raises apsw.Error where no file is at its end."""
    folder, name = os.path.split(path)
    path = f"{os.path.realpath(folder)}/{name}"
    try:
        kind = os.lstat(path).st_mode
    except OSError as error:
        raise apsw.CantOpenError(error.strerror) from error
    if not stat.S_ISREG(kind):
        raise apsw.FormatError("a folder or a link where a file belongs")
    return path


def _has_more(path: str) -> bool:
    """Whether something is written that is not in the file yet."""
    try:
        return os.stat(f"{path}-wal").st_size > 0  # noqa: PTH116 - light
    except FileNotFoundError:
        return False
    except OSError:
        return True


def create(path: str) -> apsw.Connection:
    """A new index in a file that is empty, to be filled by nobody else."""
    network = disks.is_network(path)
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
    connection = _tuned(apsw.Connection(path, flags=flags), network=network)
    connection.execute(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA locking_mode = EXCLUSIVE;"
    )
    connection.execute(_TABLES)
    connection.execute("INSERT INTO texts(texts, rank) VALUES('hashsize', ?)", (_HELD,))
    return connection


def finish(connection: apsw.Connection) -> None:
    """Make one piece of what was written, and let others write it from now on."""
    connection.execute("INSERT INTO texts(texts, rank) VALUES('hashsize', ?)", (_HELD_LATER,))
    for table in ("texts", "names", "note_texts"):
        connection.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
    connection.execute("PRAGMA optimize")
    _let_others_in(connection, network=disks.is_network(connection.filename))


def _let_others_in(connection: apsw.Connection, *, network: bool) -> apsw.Connection:
    """Keep what is written in a way that suits the disk and all who use the index at once."""
    mode = "delete" if network else "wal"
    if one(connection, "PRAGMA journal_mode") != mode:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute("PRAGMA locking_mode = NORMAL; PRAGMA user_version;")
    return connection


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """All that is written within it, or nothing; a full disk has ended it before we can."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def one_state(connection: apsw.Connection) -> Iterator[None]:
    """All that is asked within it is answered as of one moment, whatever others write."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def sound() -> Iterator[None]:
    """Raise CorruptError where what an index answers, or what it lacks, makes no sense."""
    try:
        yield
    except NONSENSE as error:
        raise apsw.CorruptError(str(error)) from error
    except apsw.SQLError as error:
        if "no such" in str(error):  # table or column
            raise apsw.CorruptError(str(error)) from error
        raise


def _address(path: str, mode: str) -> str:
    escaped = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?mode={mode}"


def _prepared(connection: apsw.Connection, *, network: bool) -> apsw.Connection:
    """Raises apsw.Error where it is no index of this version."""
    connection.set_busy_timeout(PATIENCE)
    if one(connection, "PRAGMA user_version") != VERSION:  # reads the file, before FTS5 does
        raise apsw.FormatError("an index of another version")
    try:
        _tuned(connection, network=network)
    except apsw.NoFTS5Error as error:  # for it cannot read what tables there are
        raise apsw.CorruptError(str(error)) from error
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _tuned(connection: apsw.Connection, *, network: bool) -> apsw.Connection:
    connection.set_busy_timeout(PATIENCE)
    connection.transaction_mode = "IMMEDIATE"
    connection.register_fts5_tokenizer("zametka", Tokenizer)
    connection.register_fts5_function("weight", _weight)
    connection.execute(
        f"PRAGMA cache_size = -65536; PRAGMA mmap_size = {0 if network else 1 << 30}"
    )
    return connection


def _weight(article: apsw.FTS5ExtensionApi, *_: object) -> float:
    """BM25 of an article for a query of one term, whose rarity makes no difference.

    FTS5's own looks through all texts once more to learn how rare it is, which takes its time for
    words that stand together.
    """
    hits, length = article.inst_count, article.column_size(_BODY)
    return hits * (_K1 + 1) / (hits + _K1 * (1 - _B + _B * length / _USUAL))


def one(connection: apsw.Connection, query: str, parameters: tuple[object, ...] = ()) -> Any:
    """The only thing that a query answers with."""
    row = connection.execute(query, parameters).fetchone()
    return None if row is None else row[0]
