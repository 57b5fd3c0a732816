"""A copy of a library in one file, made while others go on writing.

What the library promises holds for each article, so each is copied as it stood at one moment:
its journals up to what was committed then.  They are opened under the article's lock and copied
after it, since a journal only grows and what is in the trash only moves.  The snapshot is
derived and left out, unless the journal cannot be relied on: then all that there is goes in as
it is.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from annotations.phrase import Phrase
from store import files, root
from store.article import journal
from store.article.article_file import ArticleFile
from store.article.recovery import State
from store.copies.archive import CHUNK, MOST_BYTES, Description, Flaw, Sink, Writer, is_name
from store.copies.trash_box import FOLDER as TRASH
from store.copies.trash_box import Box, boxes
from store.errors import Damaged, StoreError, Unreadable
from store.library import Library
from store.provenance import now
from store.root import LIBRARY_FILE

Count = Callable[[], int]
Watch = Callable[[Iterable[ArticleFile], Count], Iterable[ArticleFile]]
OnProblem = Callable[[StoreError], None]


@dataclass
class Copied:
    """How many articles were copied, of the library and of its trash."""

    articles: set[str] = field(default_factory=set)  # their keys
    named: set[str] = field(default_factory=set)  # of articles that something is wrong with
    removed: int = 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A file to be copied: its name in the backup, and how much of it."""

    name: str
    path: Path
    stream: BinaryIO
    size: int


def write(
    library: Library, stream: Sink, author: str, watched: Watch, on_problem: OnProblem
) -> Copied:
    """Copy a library to a stream; what is damaged is named and copied as it is.

    An article that is removed or put back meanwhile is copied from where it is then.
    """
    writer = Writer(stream, Description(now(), author, version("zametka")))
    copied = Copied()
    flaws: list[Flaw] = []

    def name(problem: StoreError) -> None:
        what = problem.what if isinstance(problem, Damaged) else problem
        said = str(what).encode(errors="replace").decode()  # a path may be no text
        flaws.append(Flaw(said, is_copied=not isinstance(problem, Unreadable)))
        on_problem(problem)

    with root.settled(library.path):
        keys = list(root.keys(library.path))
        moved = {box.key for box in boxes(library.path)}
    articles = watched(map(library.file_of, keys), partial(len, keys))
    for file in articles:
        if not _copy_article(library, writer, file, copied, name):
            moved.add(file.key)
    for key in sorted(moved):
        file = library.file_of(key)
        with library.shared(file):
            if key not in copied.articles:
                _copy_article(library, writer, file, copied, name)
            for box in boxes(library.path, key):
                copied.removed += _copy_box(library, writer, box, name)
    with ExitStack() as opened:  # last, so that it has the label of each annotation
        _copy(writer, [_part(opened, LIBRARY_FILE, library.path / LIBRARY_FILE)])
    writer.finish(flaws)
    return copied


def count_of(library: Library) -> int:
    """How many articles there are."""
    return sum(1 for _ in library.files())


def examined(file: ArticleFile) -> tuple[State | None, StoreError | None]:
    """How an article stands, and why its journals are not all of it; neither: it is not there."""
    try:
        state = file.load()
        if state is None:
            return None, _rest_of(file)
        if not state.has_journal:
            return state, file.problems_of(state)[-1]
        file.entries(state)
    except (Damaged, Unreadable) as problem:
        return None, problem
    return state, None


def _rest_of(file: ArticleFile) -> Damaged | None:
    """What is wrong where nothing can be read but something lies there, more than the line that an
    adding leaves which was killed."""
    if len(file.paths()) < 2:
        return None
    return journal.damaged(file.journal_path, 0, Phrase("there is no whole line in it"))


def _copy_article(
    library: Library, writer: Writer, file: ArticleFile, copied: Copied, on_problem: OnProblem
) -> bool:
    """Copy an article; False: it is not there."""
    if file.key in copied.named:
        return True
    with _article(library, file, copied, on_problem) as parts:
        _copy(writer, parts)
        if parts:
            copied.articles.add(file.key)
    return bool(parts) or file.key in copied.named


@contextmanager
def _article(
    library: Library, file: ArticleFile, copied: Copied, on_problem: OnProblem
) -> Iterator[list[_Part]]:
    """The files of an article as they stand at one moment; none where it is not there."""
    with ExitStack() as opened:
        parts: list[_Part] = []
        try:
            with library.shared(file):
                state, problem = examined(file)
                if isinstance(problem, Unreadable):
                    raise problem
                if state is not None or problem is not None:
                    parts = _parts(opened, file, None if problem else state)
        except Unreadable as error:
            problem = error
        if problem is not None:
            copied.named.add(file.key)
            on_problem(problem)
        yield parts


def _parts(opened: ExitStack, file: ArticleFile, sound: State | None) -> list[_Part]:
    """What is copied of an article: its journals where they are sound, else all there is."""
    paths = [path for path in file.paths() if sound is None or path != file.snapshot_path]
    parts = [_part(opened, f"articles/{file.key[:2]}/{path.name}", path) for path in paths]
    if sound is None:
        return parts
    return [replace(parts[0], size=sound.committed), *parts[1:]]  # the journal is the first


def _copy_box(library: Library, writer: Writer, box: Box, on_problem: OnProblem) -> bool:
    with ExitStack() as opened:
        try:
            with library.shared(library.file_of(box.key)):
                folder = box.folder()
                if folder is None:
                    return False
                top = f"{TRASH}/{box.name}"
                names = [each.name for each in sorted(folder.iterdir())]
                copied = [name for name in names if is_name(f"{top}/{name}")]
                parts = [_part(opened, f"{top}/{name}", folder / name) for name in copied]
        except Unreadable as error:
            on_problem(error)
            return False
        _copy(writer, parts)
        return True


def _part(opened: ExitStack, name: str, path: Path) -> _Part:
    """A file, open until the stack is left."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        stream = opened.enter_context(os.fdopen(descriptor, "rb", buffering=0))
        status = os.fstat(descriptor)
    except OSError as error:
        raise files.cannot_read(error, path) from error
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
        raise Unreadable(
            Phrase("{path} is no file, or larger than one of a library can be", path=path)
        )
    return _Part(name, path, stream, status.st_size)


def _copy(writer: Writer, parts: Iterable[_Part]) -> None:
    for part in parts:
        writer.add(part.name, part.size, _chunks(part))


def _chunks(part: _Part) -> Iterator[bytes]:
    left = part.size
    while left:
        try:
            chunk = part.stream.read(min(left, CHUNK))
        except OSError as error:
            raise files.cannot_read(error, part.path) from error
        if not chunk:
            return
        left -= len(chunk)
        yield chunk
