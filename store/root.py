"""The top folder of a library: how one is made, recognised and listed."""

import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import orjson
from tinydb import TinyDB

from annotations import schema as labels
from annotations.errors import AnnotationError
from annotations.phrase import Phrase
from annotations.schema import DEFAULT_SCHEMA, Schema
from store import files
from store import locks as locks_of
from store.article.snapshot import Tables, TablesStorage
from store.errors import Damaged, NoLibrary, StoreError, Unreadable

LIBRARY_FILE = "library.json"
Found = TypeVar("Found")
_MOVING = (1 << 61) + 1  # the byte that stands for all moves to the trash and back
_PATIENCE = 3.0  # seconds that a list waits for them
INDEX_LOCK = (1 << 61) + 2  # the byte of `locks` that stands for the search index
OWN_LOCK = 1 << 61  # the byte of `locks` that stands for the library's own file: no article's

_SCHEMA = "zametka-library/1"
_ARTICLES = "articles"
_LOCKS = "locks"
_TEMPORARY = ".library-"
_FOLDER = re.compile(r"[0-9a-f]{2}")
_FILE = re.compile(r"([0-9a-f]{32})\.(?:json|log)")
_FOLDERS = 256  # of articles
_HOW_TO_MAKE_ONE = Phrase("Make one with `zametka init`, `zametka add FILE` or `zametka demo`.")


def articles(path: Path) -> Path:
    """The folder of the articles' folders."""
    return path / _ARTICLES


def locks(path: Path) -> Path:
    """The file whose bytes are locked."""
    return path / _LOCKS


def keys(path: Path) -> Iterator[str]:
    """The names of the articles' files without their endings, sorted; a folder at a time."""
    top = articles(path)
    for folder in _names(top):
        if _FOLDER.fullmatch(folder):
            found = map(_FILE.fullmatch, _names(top / folder))
            yield from sorted({match[1] for match in found if match})


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names alone, 100k of them
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise files.cannot_read(error, folder) from error


def is_there(path: Path) -> bool:
    """Whether there is a library at a path, readable or not."""
    with _entering(path):
        return files.stat_of(path / LIBRARY_FILE) is not None


def create(path: Path, prepare: Callable[[Path], None] = lambda _path: None) -> None:
    """Make a library, or leave the one that is there; two processes may do it at once.

    `prepare` may change the permissions of its folder, which all that is made in it follows.
    """
    _refuse_other_things(path)
    with files.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(files.PRIVATE.folder)
            path.chmod(files.PRIVATE.folder)
        prepare(path)
        modes = files.modes_of(path)
        _make_folders(path, modes)
        descriptor, _ = files.open_or_make(locks(path), modes.file)
        os.close(descriptor)
        if not (path / LIBRARY_FILE).exists():
            _write_library_file(path, modes.file)
        files.sync_folder(path)
        with suppress(PermissionError):  # one may pass through a folder and yet not look into it
            files.sync_folder(path.parent)


def _make_folders(path: Path, modes: files.Modes) -> None:
    """The folder of articles; of a shared library all that will ever be in it.

    A new folder is its maker's alone until its mode is set, where their umask wants it so: nobody
    is to meet one at that moment.
    """
    files.make_folder(articles(path), modes.folder)
    if modes != files.PRIVATE:
        for number in range(_FOLDERS):
            files.make_folder(articles(path) / f"{number:02x}", modes.folder)


def read_schema(path: Path) -> Schema:
    """The labels of the library at a path; raises NoLibrary or Damaged."""
    return read(path, lambda database: labels.from_rows(rows(database, "labels")))


def read(path: Path, look: Callable[[TinyDB], Found]) -> Found:
    """What is found in the library's own file; raises NoLibrary or Damaged."""
    file = path / LIBRARY_FILE
    with _entering(path):
        data = files.read_bytes(file)
    if data is None:
        _refuse_to_begin_anew(path)
        raise NoLibrary(
            Phrase(
                "there is no library in {path}. {how_to_make_one}",
                path=path,
                how_to_make_one=_HOW_TO_MAKE_ONE,
            )
        )
    try:
        if not data:
            raise ValueError(Phrase("it is empty"))
        database = TinyDB(orjson.loads(data), storage=TablesStorage)
        if [row.get("schema") for row in rows(database, "_meta")] != [_SCHEMA]:
            raise NoLibrary(
                Phrase(
                    "{file} is not a library that this version knows. {how_to_make_one}",
                    file=file,
                    how_to_make_one=_HOW_TO_MAKE_ONE,
                )
            )
        return look(database)
    except (AnnotationError, ValueError, TypeError, AttributeError) as error:
        found = Phrase("{file} cannot be read: {error}", file=file, error=error)
        raise Damaged(
            Phrase(
                "{found}. The articles are not touched: correct the file or run "
                "`zametka doctor --repair`",
                found=found,
            ),
            file,
            what=found,
        ) from error


@contextmanager
def _entering(path: Path) -> Iterator[None]:
    """Say to somebody who is not let in who could do it."""
    try:
        yield
    except Unreadable as error:
        if isinstance(error.__cause__, PermissionError):
            from store.sharing.groups import why_shut_out  # few need to be told

            raise Unreadable(why_shut_out(path)) from error
        raise


def rows(database: TinyDB, table: str) -> list[dict[str, Any]]:
    """The documents of a table; none where there is no such table."""
    return [dict(row) for row in database.table(table, cache_size=0)]


def change(path: Path, alter: Callable[[TinyDB], None]) -> None:
    """Alter the library's own file, alone, and put it on the disk whole or not at all.

    What `alter` does not touch stays as it is, also what this version does not know.
    """
    with alone(path):
        tables: Tables = read(path, lambda database: database.storage.read() or {})
        alter(TinyDB(tables, storage=TablesStorage))
        put(path, tables)


def is_temporary(path: Path) -> bool:
    """Whether a file of a library's folder is one that is being written, or was when its writer
    was killed."""
    return path.name == f".{LIBRARY_FILE}.tmp" or path.name.startswith(_TEMPORARY)


def alone(path: Path) -> AbstractContextManager[None]:
    """Keep everybody else from changing the library's own file."""
    return locks_of.exclusive(locks(path), OWN_LOCK, files.modes_of(path).file)


def moving(path: Path) -> AbstractContextManager[None]:
    """Keep others from moving articles to the trash or back."""
    return locks_of.exclusive(locks(path), _MOVING, files.modes_of(path).file)


def settled(path: Path) -> AbstractContextManager[None]:
    """See to it that no article moves to the trash or back while they are listed."""
    return locks_of.shared(locks(path), _MOVING, patience=_PATIENCE)


def put(path: Path, tables: Tables) -> None:
    """Put the library's own file on the disk; nobody else changes it meanwhile."""
    file = path / LIBRARY_FILE
    with files.writing(file):
        temporary = files.write_beside(file, _encoded(tables), files.modes_of(path).file)
        temporary.replace(file)
    with files.writing(file, files.UNCLEAR):
        files.sync_folder(path)


def tables_of(schema: Schema) -> Tables:
    """What the library's own file holds where nothing but the labels is laid down."""
    tables: Tables = {}
    database = TinyDB(tables, storage=TablesStorage)
    database.table("_meta", cache_size=0).insert({"schema": _SCHEMA})
    database.table("labels", cache_size=0).insert_multiple(labels.to_rows(schema))
    return tables


def _encoded(tables: Tables) -> bytes:
    try:
        return orjson.dumps(tables, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:  # a lone surrogate, which is no character
        raise StoreError(Phrase("it cannot be stored: {error}", error=error)) from error


def _refuse_other_things(path: Path) -> None:
    status = files.stat_of(path)
    if status is not None and not stat.S_ISDIR(status.st_mode):
        raise NoLibrary(
            Phrase("{path} is a file: a library is a folder. Choose another path", path=path)
        )
    names = _names(path)
    own = {LIBRARY_FILE, _ARTICLES, _LOCKS}
    if LIBRARY_FILE in names:
        return
    _refuse_to_begin_anew(path)
    others = [name for name in names if name not in own and not name.startswith(_TEMPORARY)]
    if others:
        raise NoLibrary(
            Phrase(
                "{path} is no library and not empty ({others}): choose another path or an empty "
                "folder",
                path=path,
                others=others[0],
            )
        )


def _refuse_to_begin_anew(path: Path) -> None:
    """Raise Damaged where there are articles, and only the library's own file is missing."""
    if next(keys(path), None) is not None:
        import shlex  # few need it

        file = path / LIBRARY_FILE
        found = Phrase("{file} is missing, and there are articles", file=file)
        raise Damaged(
            Phrase(
                "{found}: run `zametka doctor --repair --library {path}`, or restore the file "
                "from a backup",
                found=found,
                path=shlex.quote(str(path)),
            ),
            file,
            what=found,
        )


def _write_library_file(path: Path, mode: int) -> None:
    """Link the finished file in: whoever comes second leaves the first one's."""
    data = _encoded(tables_of(DEFAULT_SCHEMA))
    temporary = path / f"{_TEMPORARY}{secrets.token_hex(8)}"
    descriptor, _ = files.open_or_make(temporary, mode)
    try:
        files.write_all(descriptor, data)
        os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(temporary, path / LIBRARY_FILE)
    finally:
        os.close(descriptor)
        temporary.unlink()
