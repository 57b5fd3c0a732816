"""What must hold of a library whatever has struck it: nothing that was saved is lost."""

import fcntl
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import JSONStorage

from annotations import edits
from annotations.model import Document, Span
from store import gazetteer, locks, root
from store.article.article_file import ArticleFile
from store.copies import from_backup, trash
from store.copies.archive import Archive
from store.errors import StoreError
from store.library import Library, Saved
from tests.faults import work
from tests.faults.work import Said, fresh, label_of, opened

TEMPORARY = ".tmp"
_MOVES = (work.TO_TRASH, work.TO_LIBRARY)


Labels = defaultdict[str, Counter[str]]


@dataclass
class Claims:
    """What workers said: what they tried, and what was acknowledged; by article, then by label."""

    tried: Labels = field(default_factory=lambda: defaultdict(Counter))
    done: Labels = field(default_factory=lambda: defaultdict(Counter))
    places: dict[str, set[str]] = field(default_factory=dict)  # where a removed one may be
    is_copy: bool = False  # an article that moved meanwhile may then be in both places

    def take(self, said: Iterable[Said]) -> None:
        for word, article, operation in said:
            if operation in _MOVES:
                self.places[article] = set(_MOVES) if word == "try" else {operation}
            elif word == "try":
                self.tried[article][operation] += 1
            elif word == "done":
                self.done[article][operation] += 1
            else:  # "not": it was refused, and said to have changed nothing
                self.tried[article] -= Counter([operation])

    def allow(self, article: str, found: Counter[str]) -> Iterator[str]:
        """What of an article's history was lost, and what nobody did."""
        lost, foreign = self.done[article] - found, found - self.tried[article]
        yield from (f"{article}: {each!r} is lost" for each in lost if each)
        yield from (f"{article}: {each!r} was never tried" for each in foreign)


def violations(
    path: Path, claims: Claims, only: Collection[str] = (), *, problems: bool = False
) -> list[str]:
    """Everything that does not hold of a library, or of some of its articles.

    `problems` allows for what an article can be read in spite of: a power cut may leave half of
    a snapshot, and temporary files that were deleted.
    """
    found: list[str] = []
    try:
        library = opened(path)
        there = set(library.ids(on_damage=lambda damage: found.append(str(damage))))
    except StoreError as error:
        return [f"the library cannot be read: {error}"]
    if found:
        return found
    removed = {each.article_id for each in trash.listed(library)}
    if not claims.is_copy:
        found += [f"{each} is in two places" for each in removed & there]
    for article, places in claims.places.items():
        place = work.TO_TRASH if article in removed else work.TO_LIBRARY
        if place not in places:
            found.append(f"{article} went {place}, which was taken back before")
    in_library, there = there, there | removed
    added = {article for article, labels in claims.done.items() if labels[""] and article}
    tried = {article for article, labels in claims.tried.items() if labels}
    found += [f"article {each} is lost" for each in added - there]
    found += [f"article {each} was never added" for each in there - tried]
    for each in sorted(set(only or there) - (removed - in_library)):
        found += _of_article(library, each, claims, problems=problems)
    found += _of_dictionary(path, claims)
    if not locks_are_free(path):
        found.append("a lock is held by nobody")
    return found


def _of_article(library: Library, article: str, claims: Claims, *, problems: bool) -> Iterator[str]:
    try:
        document, history = library.story(article)
    except StoreError as error:
        yield f"{article}: {error}"
        return
    yield from claims.allow(article, Counter(map(label_of, history)))
    if not problems:
        yield from (f"{article}: {problem}" for problem in library.problems(article))
        yield from _of_snapshot(library.file(article), document)
    if [entry.revision for entry in history] != list(range(1, document.revision + 1)):
        yield f"{article}: its revision {document.revision} is not the length of its history"
    replayed = fresh(article)
    for entry in history:
        replayed = edits.apply(replayed, entry.edit)
    if replayed.by_id != document.by_id:
        yield f"{article}: its history leads elsewhere"
    strays = temporaries(library.file(article))
    if len(strays) > 1 and not problems:
        yield f"{article}: {len(strays)} temporary files"


def _of_snapshot(file: ArticleFile, document: Document) -> Iterator[str]:
    """Whether stock TinyDB opens it; a killed writer may have left none, or one that lags."""
    if not file.snapshot_path.exists():
        return
    with TinyDB(file.snapshot_path, storage=JSONStorage, access_mode="r") as database:
        revision = database.table("_meta").all()[0]["revision"]
        ids = {row["id"] for row in database.table("annotations")}
    if revision > document.revision:
        yield f"{document.article.id}: its snapshot is newer than its history"
    if revision == document.revision and ids != set(document.by_id):
        yield f"{document.article.id}: its snapshot says something else than its history"


def _of_dictionary(path: Path, claims: Claims) -> list[str]:
    with TinyDB(path / root.LIBRARY_FILE, storage=JSONStorage, access_mode="r") as database:
        opened_by_tinydb = {row["name"] for row in database.table("dictionary")}
    names = {each.name for each in gazetteer.read(path).rulings}
    given, tried = (
        {each for each in claimed[""] if not each.endswith(work.BACKUP)}
        for claimed in (claims.done, claims.tried)
    )
    strays = [each for each in path.iterdir() if each.name.endswith(TEMPORARY)]
    return [
        *(f"ruling {each!r} is lost" for each in given - names),
        *(f"ruling {each!r} was never given" for each in names - tried),
        *(["TinyDB reads other rulings"] if names != opened_by_tinydb else []),
        *([f"{len(strays)} temporary files beside library.json"] if len(strays) > 1 else []),
    ]


def temporaries(file: ArticleFile) -> list[Path]:
    """What killed writers of an article have left beside its files."""
    return [each for each in file.folder.glob(f".{file.key}*") if each.name.endswith(TEMPORARY)]


def locks_are_free(path: Path) -> bool:
    """Whether nobody holds any lock of a library."""
    if not root.locks(path).exists():
        return True
    descriptor = os.open(root.locks(path), os.O_RDONLY)
    try:
        answer = fcntl.fcntl(descriptor, fcntl.F_OFD_GETLK, locks.flock(fcntl.F_WRLCK))
        return locks.kind_of(answer) == fcntl.F_UNLCK
    finally:
        os.close(descriptor)


def after_a_save(path: Path, article: str, operation: str, claims: Claims) -> list[str]:
    """What does not hold once the next edit was saved: it goes on, and nothing is left over.

    What a killed fold has left goes with the next fold.
    """
    library, author = opened(path), "user:next"
    if article not in library:
        claims.take([("try", article, work.TO_LIBRARY)])
        trash.put_back(library, article)
        claims.take([("done", article, work.TO_LIBRARY)])
    document = library.document(article)
    mine = [each for each in document.annotations if each.author == author]
    stamp = edits.Stamp(author, "2026-01-31T10:00:00Z")
    new = edits.new_annotation(Span(0, 5), "LOC", stamp)
    edit = edits.Group((*map(edits.Remove, mine), new))
    claims.take([("try", article, operation)])
    outcome = library.apply(article, edit, author=author, operation=operation)
    if not isinstance(outcome, Saved):
        return [f"{article}: the next edit is refused: {outcome}"]
    claims.take([("done", article, operation)])
    left = temporaries(library.file(article))
    if any(".log" in each.name for each in left):
        work.fold(library, article)
        left = temporaries(library.file(article))
    return [f"{article}: {each.name} is left after the next save" for each in left]


def of_backups(path: Path, before: Claims, after: Claims, said: Iterable[Said]) -> list[str]:
    """What does not hold of the backups that were made beside a library in a round.

    One that was acknowledged is whole and has what was acknowledged before; one that was not has
    no name.  They are deleted.
    """
    found: list[str] = []
    whole = {operation for word, _, operation in said if word == "done"}
    for file in sorted(path.parent.glob(f"*{work.BACKUP}")):
        target = path.with_name("restored")
        try:
            with file.open("rb") as stream:
                from_backup.restore(Archive(stream, file.name), target, None, lambda each: each)
        except StoreError as error:
            found.append(f"{file.name}: {error}")
            continue
        finally:
            file.unlink()
        whole.discard(file.name)
        claims = Claims(after.tried, before.done, is_copy=True)
        found += [f"{file.name}: {each}" for each in violations(target, claims)]
        shutil.rmtree(target)
    return found + [f"{each} is lost" for each in whole if each.endswith(work.BACKUP)]
