"""Whether the search index of a library is whole.  Nothing depends on it: it can be made anew."""

from collections.abc import Iterator
from pathlib import Path

from annotations.phrase import Phrase, Words
from store import files, locks, root
from store.checkup import folders
from store.checkup.findings import Finding, Kind

FILE = "index.sqlite"
ENDINGS = ("", "-wal", "-shm", "-journal")  # of its files
NAMES = frozenset(f"{FILE}{ending}" for ending in ENDINGS)
BEGUN = f".{FILE}."  # how one that is being made begins


def check(library: Path, *, repairs: bool) -> Iterator[Finding]:
    """What is the matter with the index of a library, and what was done about it."""
    path = library / FILE
    is_folder = path.is_dir() and not path.is_symlink()
    wrong = _what_is_wrong(path) if folders.is_there(path) and not is_folder else None
    if is_folder:
        remedy = Phrase("move it away; it is made anew")
        yield Finding(Kind.INDEX, path, Phrase("{path} is no file", path=path), remedy)
    if wrong is not None:
        remedy = Phrase("nothing: the next search, or `zametka reindex`, makes it anew")
        yield Finding(Kind.INDEX, path, wrong, remedy, can_repair=True)
    begun = [each for each in folders.listed(library) if each.name.startswith(BEGUN)]
    if begun and locks.is_held(root.locks(library), root.INDEX_LOCK):
        begun = []  # somebody is making one
    yield from map(folders.temporary, begun)
    if repairs and (begun or wrong is not None):
        yield from _removed(library, [path] if wrong is not None else [], begun)


def _removed(library: Path, index: list[Path], begun: list[Path]) -> Iterator[Finding]:
    """Take away what nobody writes at the moment."""
    mode = files.modes_of(library).file
    with locks.exclusive(root.locks(library), root.INDEX_LOCK, mode), files.writing(library):
        for path in index:
            if _what_is_wrong(path) is None:  # somebody has made it anew meanwhile
                continue
            for ending in ENDINGS:
                Path(f"{path}{ending}").unlink(missing_ok=True)
            yield folders.removed(Kind.INDEX, path)
        for path in begun:
            path.unlink(missing_ok=True)
            yield folders.removed(Kind.TEMPORARY, path)


def _what_is_wrong(path: Path) -> Words | None:
    import apsw

    from store.index.database import connect, one

    if path.is_symlink() or not path.is_file():
        return Phrase("{path} is no file", path=path)
    try:
        connection = connect(str(path), write=False)
    except apsw.FormatError:
        return Phrase("{path} is an index of another version", path=path)
    except (apsw.CantOpenError, apsw.BusyError):
        return None  # its permissions are told of, or somebody has just taken it away or writes it
    except apsw.Error as error:
        return Phrase("{path} is damaged: {error}", path=path, error=str(error))
    try:
        found = one(connection, "PRAGMA quick_check(1)")
    except apsw.BusyError:
        return None
    except apsw.Error as error:
        found = str(error)
    finally:
        connection.close()
    return None if found == "ok" else Phrase("{path} is damaged: {error}", path=path, error=found)
