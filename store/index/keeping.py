"""Having an index that says what the articles do: in the library, else a copy of one's own.

Whoever may write the library keeps its index there.  Whoever may not uses it as long as it is
fresh, and else a copy in the cache folder, which is brought up to date instead.
"""

import errno
import hashlib
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import apsw

from annotations.phrase import Phrase, Words
from store import files, locks, root
from store.errors import CannotWrite
from store.files import Modes
from store.index import database
from store.index.index import FILE, Index, Watch, fresh_index
from store.index.upkeep import Make, Upkeep
from store.index.upkeep import make as one_by_one
from store.library_reader import LibraryReader

MANY = 2_000  # articles: fewer are done before another process has begun
REBUILD_FROM = 5_000  # changed articles: from here on, if they are most, it is made anew

PATIENCE = 3.0  # seconds: who brings an index up to date must not stop those who only search
_TURN = 0.05  # seconds between two tries

DAMAGES = database.DAMAGES

_REFUSALS = (
    *(apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError, apsw.FullError, apsw.IOError),
    *(apsw.BusyError, apsw.LockedError),
)
_NUMBERS = {
    apsw.FullError: errno.ENOSPC,
    apsw.ReadOnlyError: errno.EACCES,
    apsw.PermissionsError: errno.EACCES,
    apsw.IOError: errno.EIO,
}  # of the errors that are told like those of any other file
_SOURCE = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_NOFOLLOW
_OWN = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_NOFOLLOW
_NO_USE = (apsw.Error, *database.NONSENSE)

Tell = Callable[[Words], None]
Wait = Callable[[float], None]


def _silently(_words: Words) -> None: ...


def _walk(steps: Iterable[int], _total: int) -> Iterable[int]:
    return steps


def open_index(
    library: LibraryReader,
    *,
    tell: Tell = _silently,
    watch: Watch = _walk,
    wait: Wait = time.sleep,
    processes: int = 1,
    anew: bool = False,
) -> Index:
    """The index of a library, equal to its articles; `anew`: made from nothing.

    `tell` is told once what makes it slow; `watch` walks through what there is to be done, where
    that is much in so many `processes`, this one included.  `wait` waits some seconds, as long as
    another process is at it; it may raise.  After PATIENCE the index is used as it is.
    Raises CannotWrite where there is no place for an index.
    """
    found = None if anew else fresh_index(str(library.path))
    if found is not None:
        return found
    keeper = _Keeper(library, tell, watch, wait, processes)
    try:
        return keeper.in_library(anew=anew)
    except CannotWrite as refusal:
        try:
            return keeper.of_ones_own(refusal, anew=anew)
        except CannotWrite:
            found = keeper.as_it_is()
            if found is None:
                raise refusal from None
            return found


class _Keeper:
    def __init__(
        self, library: LibraryReader, tell: Tell, watch: Watch, wait: Wait, processes: int
    ) -> None:
        self._library = library
        self._articles = str(root.articles(library.path))
        self._tell = tell
        self._watch = watch
        self._wait = wait
        self._processes = processes

    def in_library(self, *, anew: bool) -> Index:
        """The library's own index, brought up to date."""
        path, modes = self._library.path / FILE, files.modes_of(self._library.path)
        lock, may_give_up = root.locks(self._library.path), path.exists() and not anew
        turns = self._turns(may_give_up=may_give_up)
        with locks.patient(lock, root.INDEX_LOCK, modes.file, turns.__next__) as is_alone:
            if not is_alone and (found := self.as_it_is()):
                return found
            if not anew and (found := fresh_index(str(self._library.path))):
                return found  # somebody else has just done it
            self._bring_up(path, modes, anew=anew)
            return self._opened(path)

    def of_ones_own(self, refusal: CannotWrite, *, anew: bool) -> Index:
        """The library's index where nothing in it is old, else a copy in the cache folder."""
        if not anew and (found := self._equal()):
            return found
        path = copy_path(self._library.path)
        if not path.exists():
            said = Phrase(
                "the library's index is out of date and cannot be written by you ({refusal}); "
                "a copy of your own is used: {path}",
                refusal=refusal,
                path=path,
            )
            self._tell(said)
        with files.writing(path):
            path.parent.mkdir(files.PRIVATE.folder, parents=True, exist_ok=True)
        lock, turns = path.with_suffix(".lock"), self._turns(may_give_up=False)
        with locks.patient(lock, 0, files.PRIVATE.file, turns.__next__):
            if not path.exists() and not anew:
                self._copy(path)
            self._bring_up(path, files.PRIVATE, anew=anew)
            return self._opened(path)

    def _equal(self) -> Index | None:
        """The library's index, if a look at each article shows that it says what they do."""
        try:
            found = self._opened(self._library.path / FILE)
        except (apsw.Error, OSError):
            return None
        with suppress(*_NO_USE):
            if not Upkeep(self._library, found.connection).is_needed:
                return found
        found.close()
        return None

    def as_it_is(self) -> Index | None:
        """The library's index, however old; None: there is none that is of use."""
        try:
            found = self._opened(self._library.path / FILE)
        except (apsw.Error, OSError):
            return None
        self._tell(Phrase("what was changed since the index was written is not found"))
        return found

    def _opened(self, path: Path) -> Index:
        return Index(database.connect(str(path), write=False), self._articles)

    def _turns(self, *, may_give_up: bool) -> Iterator[bool]:
        """Whether to wait on for another process, each time after having waited a little."""
        self._tell(Phrase("another process brings the index up to date: waiting for it"))
        begun = time.monotonic()
        while not may_give_up or time.monotonic() - begun < PATIENCE:
            self._wait(_TURN)
            yield True
        while True:
            yield False

    def _bring_up(self, path: Path, modes: Modes, *, anew: bool) -> None:
        """Make the index at a path equal to the articles."""
        if not anew and os.path.lexists(path):
            try:
                with closing(database.connect(str(path), write=True)) as connection:
                    upkeep = Upkeep(self._library, connection)
                    if not self._is_new(connection, upkeep):
                        self._run(upkeep)
                        return
            except _REFUSALS as error:
                raise _refused(path, error) from error
            except _NO_USE:
                self._tell(Phrase("the index is damaged or of another version: it is made anew"))
        self._rebuild(path, modes)

    def _is_new(self, connection: apsw.Connection, upkeep: Upkeep) -> bool:
        """Whether most articles would have to be put in: that is faster from nothing."""
        if len(upkeep) < REBUILD_FROM:
            return False
        return len(upkeep) > int(database.one(connection, "SELECT count(*) FROM articles"))

    def _run(self, upkeep: Upkeep) -> None:
        make: Make = one_by_one
        if self._processes > 1 and len(upkeep) >= MANY:
            from store.index.parallel import maker

            make = maker(self._processes - 1)
        for _ in self._watch(upkeep.run(make), len(upkeep)):
            pass

    def _rebuild(self, path: Path, modes: Modes) -> None:
        """Fill a new file, then put what it holds in the place of the old one."""
        temporary = _begun(path)
        try:
            _make_file(temporary, modes)
            with closing(database.create(str(temporary))) as connection:
                self._run(Upkeep(self._library, connection))
                database.finish(connection)
            with files.writing(path):
                files.sync_file(temporary)
                _put_in_place(temporary, path)
        except _REFUSALS as error:
            raise _refused(path, error) from error
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _copy(self, path: Path) -> None:
        """Begin a copy with what the library's index says; without one it is made from nothing."""
        temporary = _begun(path)
        _make_file(temporary, files.PRIVATE)
        try:
            with (
                closing(database.connect(str(self._library.path / FILE), write=False)) as theirs,
                closing(apsw.Connection(str(temporary), flags=_OWN)) as ours,
                ours.backup("main", theirs, "main") as backup,
            ):
                backup.step()
            temporary.replace(path)
        except (apsw.Error, OSError):
            with suppress(OSError):
                temporary.unlink()


def copy_path(library: Path) -> Path:
    """Where one's own copy of a library's index lies."""
    from platformdirs import user_cache_path

    key = hashlib.sha256(os.fsencode(library.resolve())).hexdigest()[:16]
    return user_cache_path("zametka", appauthor=False) / "index" / f"{key}.sqlite"


def _begun(path: Path) -> Path:
    """A name for one that is being made; what others have begun who were killed goes."""
    with files.writing(path):
        for each in path.parent.glob(f".{path.name}.*"):
            each.unlink(missing_ok=True)
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _make_file(path: Path, modes: Modes) -> None:
    with files.writing(path):
        descriptor, _ = files.open_or_make(path, modes.file)
        os.close(descriptor)


def _put_in_place(new: Path, path: Path) -> None:
    """Whoever has the old index open finds the new one in it.

    It is copied over the old one by SQLite: a file that somebody has open must not be replaced,
    or they would take away what belongs to the new one when they close it.
    """
    if not os.path.lexists(path):
        _replace(new, path)
        return
    try:
        with (
            closing(database.connect(str(path), write=True)) as there,
            closing(apsw.Connection(str(new), flags=_SOURCE)) as source,
            there.backup("main", source, "main") as backup,
        ):
            backup.step()
    except DAMAGES:
        _replace(new, path)


def _replace(new: Path, path: Path) -> None:
    """Put a file where none is, or none that anybody can use."""
    for ending in ("-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    new.rename(path)


def _refused(path: Path, error: Exception) -> CannotWrite:
    for kind, number in _NUMBERS.items():
        if isinstance(error, kind):
            return files.cannot_write(OSError(number, str(error)), path)
    return CannotWrite(
        Phrase("{path} cannot be written: {what}", path=path, what=str(error) or repr(error))
    )
