"""Articles that were removed.  Each lies in a box of the library's trash.

An article is where its journal is: one rename of that, under the article's lock, removes it or
puts it back.  The box says which file is meant where there is no journal.  What comes before and
after the rename are links to the other files, so that whoever finds a box on its way, which a
killed program left, can finish it (`finish`): it goes where its journal is.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from annotations.phrase import Phrase
from store import files, root
from store.article.article_file import ArticleFile
from store.copies.trash_box import FOLDER, Box, Removed, boxes, id_and_title, last_box, write_note
from store.errors import ArticleExists, ArticleNotFound, Damaged, StoreError
from store.library import Library
from store.provenance import now

__all__ = ["Removed", "empty", "finish", "is_older", "listed", "put_back", "remove"]

_UNCLEAR = Phrase("Whether it was done shows in the list of articles and in `zametka trash`.")


def remove(library: Library, article_id: str, author: str) -> Removed:
    """Move an article to the trash; raises ArticleNotFound or CannotWrite."""
    file = library.file(article_id)
    with library.exclusive(file), root.moving(library.path):
        box = _finished(library, file)[-1:]
        if not _is_there(file):
            raise ArticleNotFound(
                Phrase(
                    "{path} has no article with the id {article_id!r}",
                    path=library.path,
                    article_id=article_id,
                )
            )
        new = Box(library.path / FOLDER, file.key, box[0].number + 1 if box else 1)
        removed = Removed(article_id, id_and_title(file)[1], author, now())
        with _naming_who_refuses(new.path):
            try:
                _put_in(new, file, removed)
            except OSError:
                with suppress(OSError):
                    _settle(new, file)
                raise
        with files.writing(new.path, _UNCLEAR):
            files.sync_folder(new.under_way)
            files.sync_folder(file.folder)
        with suppress(OSError):  # it is removed: whoever comes next finishes it
            _settle(new, file)
    return removed


def put_back(library: Library, article_id: str) -> Removed:
    """Undo the last removal of an article; raises ArticleNotFound, ArticleExists, CannotWrite."""
    file = library.file(article_id)
    with library.exclusive(file), root.moving(library.path):
        found = [each for each in _finished(library, file) if each.path.is_dir()]
        if not found:
            raise ArticleNotFound(
                Phrase(
                    "the trash of {path} has no article with the id {article_id!r}: "
                    "`zametka trash` lists what it has",
                    path=library.path,
                    article_id=article_id,
                )
            )
        if _is_there(file):
            raise ArticleExists(
                Phrase(
                    "{path} has an article with the id {article_id!r} again: remove that one first",
                    path=library.path,
                    article_id=article_id,
                )
            )
        box = found[-1]
        removed = box.removed(box.path)
        with _naming_who_refuses(file.folder):
            try:
                _take_out(box, file)
            except OSError:
                with suppress(OSError):
                    _settle(box, file)
                raise
        with files.writing(file.folder, _UNCLEAR):
            files.sync_folder(file.folder)
            files.sync_folder(box.under_way)
        with suppress(OSError, StoreError):
            _settle(box, file)
            state = file.load()
            if state is not None and files.stat_of(file.snapshot_path) is None:
                file.write_snapshot(state)
    return removed


def listed(library: Library) -> list[Removed]:
    """What is in the trash, what was removed last first."""
    found = []
    for box in boxes(library.path):
        folder = box.folder()
        if folder is not None:
            found.append((box.removed(folder), box.number))
    found.sort(key=lambda each: (each[0].at, each[1]), reverse=True)
    return [removed for removed, _ in found]


def remover_of(library: Library, article_id: str) -> str:
    """Who removed an article; empty where that cannot be told."""
    with suppress(StoreError, OSError):
        found = last_box(library, article_id)
        if found is not None:
            box, folder = found
            return box.removed(folder).author
    return ""


def empty(library: Library, meant: Collection[Removed]) -> Iterator[Removed]:
    """Delete for good what is meant, as far as it is in the trash."""
    for box in boxes(library.path):
        file = library.file_of(box.key)
        with library.exclusive(file):
            _finished(library, file)
            if not box.path.is_dir():
                continue
            removed = box.removed(box.path)
            if removed not in meant:  # it was removed after somebody was asked
                continue
            with files.writing(box.path):
                box.path.rename(box.gone)
                files.sync_folder(box.trash)
                _delete(box.gone)
        yield removed


def finish(library: Library) -> None:
    """Finish what killed programs have left."""
    for box in boxes(library.path):
        if not box.path.is_dir():
            file = library.file_of(box.key)
            with library.exclusive(file):
                _finished(library, file)


def _finished(library: Library, file: ArticleFile) -> list[Box]:
    """The boxes of an article, once none is under way; its lock is held."""
    found = boxes(library.path, file.key)
    for box in found:
        with files.writing(box.path):
            if box.gone.exists():
                _delete(box.gone)
            elif box.under_way.exists():
                _settle(box, file)
    return found


def _put_in(box: Box, file: ArticleFile, removed: Removed) -> None:
    """Up to the rename of the last file everything is in the library too, or can be had again."""
    *others, last = _files_of(file)
    is_derived = not file.problems()  # then the journal alone is all of the article
    files.make_folder(box.trash, file.modes.folder)
    files.sync_folder(box.trash.parent)
    files.make_folder(box.under_way, file.modes.folder)
    write_note(box, removed, last.name, file.modes)
    for path in others:
        if not (is_derived and path == file.snapshot_path):
            os.link(path, box.under_way / path.name)
    for path in file.folder.glob(f".{file.key}.*"):  # of writers that were killed
        path.unlink()
    files.sync_folder(box.under_way)
    files.sync_folder(box.trash)
    if last != file.snapshot_path:  # it must not be there without its journal
        file.snapshot_path.unlink(missing_ok=True)
        files.sync_folder(file.folder)
    last.rename(box.under_way / last.name)


def _take_out(box: Box, file: ArticleFile) -> None:
    box.path.rename(box.under_way)
    files.sync_folder(box.trash)
    files.make_folder(file.folder, file.modes.folder)
    files.sync_folder(file.folder.parent)
    last = box.last_in(box.under_way)
    later = (last, file.snapshot_path.name)  # which must not be there without its journal
    for path in box.files_in(box.under_way):
        there = file.folder / path.name
        if path.name not in later and not there.exists():
            os.link(path, there)
    files.sync_folder(file.folder)
    (box.under_way / last).rename(file.folder / last)


@contextmanager
def _naming_who_refuses(path: Path) -> Iterator[None]:
    """Turn an OSError into CannotWrite, of the folder that may not be changed, else of `path`."""
    try:
        yield
    except OSError as error:
        for name in (error.filename, error.filename2):
            folder = path if name is None else Path(name).parent
            if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
                raise files.cannot_write(error, folder) from error
        raise files.cannot_write(error, path) from error


def _settle(box: Box, file: ArticleFile) -> None:
    """Finish a box that is under way: the article is where its last file is."""
    folder = box.under_way
    if box.is_there(folder):
        for path in box.files_in(folder):
            there = file.folder / path.name
            if there.exists() and there.samefile(path):
                there.unlink()
        folder.rename(box.path)
        files.sync_folder(box.trash)
        return
    for path in box.files_in(folder):
        there = file.folder / path.name
        if not there.exists():
            os.link(path, there)
        elif not there.samefile(path):
            os.link(path, files.free_name(there))
    if file.folder.is_dir():
        files.sync_folder(file.folder)
    _delete(folder)


def _is_there(file: ArticleFile) -> bool:
    """Whether the library has the article, damaged or not; its lock is held."""
    try:
        return file.load() is not None
    except Damaged:
        return True


def _files_of(file: ArticleFile) -> list[Path]:
    """All files of an article, also what was kept aside, the one that decides where it is last."""
    order = (file.snapshot_path.name, file.journal_path.name)
    paths = [path for path in file.folder.iterdir() if path.name.startswith(f"{file.key}.")]
    rank = {name: place for place, name in enumerate(order)}
    return sorted(paths, key=lambda path: (rank.get(path.name, -1), path.name))


def is_older(removed: Removed, before: datetime) -> bool:
    """Whether an article was removed before a moment."""
    try:
        return datetime.fromisoformat(removed.at) < before
    except (ValueError, TypeError):
        return False


def _delete(folder: Path) -> None:
    shutil.rmtree(folder)  # which follows no link that somebody has put in the place of a box
