"""A library from a backup, or single articles of one.

All of the backup is checked before anything of it counts: it is unpacked beside the place where
it is to go, and moved there as a whole.
"""

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotations.phrase import Phrase
from store import descriptors, files, root
from store.article.article_file import ArticleFile
from store.article.recovery import key_of
from store.copies.archive import Archive, Member
from store.copies.backup import OnProblem, Watch, count_of, examined
from store.copies.beside import new_folder
from store.copies.trash_box import FOLDER as TRASH
from store.copies.trash_box import boxes
from store.errors import (
    ArticleExists,
    ArticleNotFound,
    BadBackup,
    CannotWrite,
    Damaged,
    NoLibrary,
    StoreError,
)
from store.files import Modes
from store.library import Library
from store.root import LIBRARY_FILE
from store.sharing import groups
from store.sharing.groups import Group

WatchMembers = Callable[[Iterable[Member]], Iterable[Member]]
_STAGE = "restoring"


@dataclass
class Contents:
    """What is in a backup, by the keys of the articles and the names of the trash's boxes."""

    articles: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def counting(self, members: Iterable[Member]) -> Iterator[Member]:
        for member in members:
            top, _, rest = member.name.partition("/")
            if top == TRASH:
                self.removed.add(rest.partition("/")[0])
            elif rest:
                self.articles.add(_key(member))
            yield member


def check(archive: Archive, watched: WatchMembers) -> Contents:
    """Read all of a backup; raises BadBackup where it is not whole."""
    contents = Contents()
    for _ in contents.counting(watched(archive.members())):
        pass
    return contents


def restore(
    archive: Archive, target: Path, group: Group | None, watched: WatchMembers
) -> tuple[Library, Contents]:
    """Make a library of a backup where nothing is, or an empty folder.

    It is private, or the group's, or as the empty folder has it.
    """
    _refuse_what_is_there(target)
    contents = Contents()
    with files.writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with new_folder(target) as work:
        root.create(work, partial(_open_to, target, group))
        (work / LIBRARY_FILE).unlink()
        _unpack(contents.counting(watched(archive.members())), work, files.modes_of(work))
        try:
            Library.open(work)
        except (Damaged, NoLibrary) as error:
            raise BadBackup(Phrase("the backup cannot be used: {error}", error=error)) from error
        with files.writing(target):
            os.sync()  # once for all files, rather than for each of them
            work.rename(target)
            files.sync_folder(target.parent)
    return Library.open(target), contents


def load_all(library: Library, watched: Watch, on_problem: OnProblem) -> None:
    """Read each article of a new library once, and write its snapshot; name what is damaged."""
    for file in watched(library.files(), partial(count_of, library)):
        with library.exclusive(file):
            _load(file, on_problem)


def restore_articles(
    archive: Archive,
    library: Library,
    article_ids: Collection[str],
    watched: WatchMembers,
    on_problem: Callable[[str, StoreError], None],
    saving: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> list[str]:
    """Put back the articles that are missing or damaged; returns their ids.

    A sound one is not touched; of a damaged one the files are kept aside.  One that the backup has
    only in its trash comes from there, as it was when it was removed last.  Within `saving` nothing
    should interrupt it.
    """
    wanted = {key_of(each): each for each in article_ids}
    modes = library.file_of("0" * 32).modes
    restored = []
    with new_folder(library.path / _STAGE) as stage:
        with files.writing(stage):
            descriptors.set_mode(stage, modes.folder, library.path)
        members = (each for each in watched(archive.members()) if _is_of(each, wanted))
        _unpack(members, stage, modes)
        for key, article_id in wanted.items():
            staged = _staged(stage, key, modes)
            file = library.file_of(key)
            try:
                with saving(), library.exclusive(file):
                    _put_in_place(article_id, staged, file)
                    _load(file, partial(on_problem, article_id))
            except (ArticleExists, ArticleNotFound, CannotWrite) as error:
                on_problem(article_id, error)
                continue
            restored.append(article_id)
    return restored


def _staged(stage: Path, key: str, modes: Modes) -> ArticleFile:
    """Where an article was unpacked."""
    staged = ArticleFile.of(root.articles(stage), key, modes)
    found = [] if staged.paths() else boxes(stage, key)
    return found[-1].article_in(found[-1].path) if found else staged


def _refuse_what_is_there(target: Path) -> None:
    status = files.stat_of(target)
    if status is None and not target.is_symlink():
        return
    try:
        is_free = target.is_dir() and not target.is_symlink() and not any(target.iterdir())
    except OSError as error:
        raise files.cannot_read(error, target) from error
    if not is_free:
        raise NoLibrary(
            Phrase(
                "{path} is there already and is not overwritten: choose another place with "
                "--library, or move it away",
                path=target,
            )
        )


def _open_to(target: Path, group: Group | None, work: Path) -> None:
    """Give the folder to the group, or to those whose the empty one is that it replaces."""
    status = files.stat_of(target)
    if status is not None:
        os.chown(work, -1 if os.geteuid() else status.st_uid, status.st_gid)
        work.chmod(stat.S_IMODE(status.st_mode))
    if group is not None:
        groups.share(work, group)


def _unpack(members: Iterable[Member], folder: Path, modes: Modes) -> None:
    """Write the files of a backup; their names are known to stay below the folder."""
    for member in members:
        path = folder / member.name
        with files.writing(path):
            for parent in (*reversed(path.parents),):
                if parent.is_relative_to(folder):
                    files.make_folder(parent, modes.folder)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, modes.file)
            try:
                descriptors.set_mode(descriptor, modes.file, path.parent)
                for chunk in member.chunks:
                    files.write_all(descriptor, chunk)
            finally:
                os.close(descriptor)


def _is_of(member: Member, wanted: Collection[str]) -> bool:
    return _key(member) in wanted


def _key(member: Member) -> str:
    """The key of the article that a file belongs to; what the library itself has is none's."""
    return member.name.rpartition("/")[2].partition(".")[0]


def _put_in_place(article_id: str, staged: ArticleFile, file: ArticleFile) -> None:
    """Move an unpacked article to where it belongs, its journal last; its lock is held."""
    new, old = staged.paths(), file.paths()
    if not new:
        raise ArticleNotFound(
            Phrase("the backup has no article with the id {article_id!r}", article_id=article_id)
        )
    if old:
        state, problem = examined(file)
        if state is not None and problem is None:
            raise ArticleExists(
                Phrase(
                    "article {id} is there and sound, and is not overwritten: remove it first if "
                    "the one of the backup is to take its place",
                    id=article_id,
                )
            )
        of_backup = examined(staged)[1]
        if of_backup is not None:
            raise ArticleExists(
                Phrase(
                    "article {id} is damaged in the backup too: {problem}",
                    id=article_id,
                    problem=of_backup,
                )
            )
    with files.writing(file.folder):
        files.make_folder(file.folder, file.modes.folder)
        for path in new:
            files.sync_file(path)
        for path in reversed(old):
            path.rename(files.free_name(path))
        for path in reversed(new):
            path.rename(file.folder / path.name)
        files.sync_folder(file.folder)


def _load(file: ArticleFile, on_problem: OnProblem) -> None:
    """Read an article, say what is wrong with it, and write the snapshot that it lacks."""
    state, problem = examined(file)
    if problem is not None:
        on_problem(problem)
    elif state is not None and files.stat_of(file.snapshot_path) is None:
        with suppress(CannotWrite):  # whoever writes next makes it good
            file.write_snapshot(state)
