"""A whole library looked through: each thing that is not as it should be, with what to do.

Each article is read under its lock, one at a time, so others may go on working.  A repair holds
an article's lock alone for as long as it takes.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from annotations.phrase import Phrase
from annotations.schema import DEFAULT_SCHEMA
from store import files, locks, root
from store.article.recovery import key_of
from store.checkup import folders, index_check, library_file, repair
from store.checkup.diagnosis import diagnosed
from store.checkup.examination import Examined, examine
from store.checkup.findings import Finding, Kind, unreadable
from store.copies import trash, trash_box
from store.errors import ArticleNotFound, StoreError, Unreadable
from store.library import Library
from store.sharing import permissions, presence
from store.sharing.access import why_read_only

_FOLDER = re.compile(r"[0-9a-f]{2}")
_AT_THE_TOP = {
    *(root.LIBRARY_FILE, "articles", "locks", presence.FOLDER, trash_box.FOLDER),
    *index_check.NAMES,
}
_ROUNDS = 3  # of repairing an article: what is mended may show what else there is


def why_nothing_is_repaired(library: Path) -> Phrase | None:
    """Why this person can repair nothing in a library; None: they can, or may let themselves."""
    reason = why_read_only(library)
    if reason is None or os.statvfs(library).f_flag & os.ST_RDONLY:
        return reason
    return None if os.geteuid() in (0, library.stat().st_uid) else reason


class Doctor:
    """Checks the library at a path, and with `repairs` repairs it; raises NoLibrary."""

    def __init__(self, path: Path, *, repairs: bool = False) -> None:
        self.path = path
        self._repairs = repairs
        self._damage = library_file.check(path)
        schema = DEFAULT_SCHEMA if self._damage else root.read_schema(path)
        self._library = Library(path, schema)
        self._labels: Counter[str] = Counter()  # in how many articles each label is
        self._under_way: dict[str, trash_box.Box] = {}
        self.articles = 0

    def count(self) -> int:
        """How many steps checking the whole library will take."""
        return sum(1 for _ in root.keys(self.path)) + 2

    def check_only(self, article_ids: Sequence[str]) -> Iterator[list[Finding]]:
        """Check some articles; raises ArticleNotFound."""
        self._finish_removals()
        for article_id in article_ids:
            key = key_of(article_id)
            names = folders.by_article(self._library.file_of(key).folder, []).get(key)
            if names is None:
                raise ArticleNotFound(
                    Phrase(
                        "{path} has no article with the id {article_id!r}",
                        path=self.path,
                        article_id=article_id,
                    )
                )
            yield list(self._article(names))

    def check(self) -> Iterator[list[Finding]]:
        """Check everything: first the library itself, then an article after the other."""
        self._finish_removals()
        yield list(self._top())
        for folder in folders.listed(root.articles(self.path)):
            others: list[Finding] = []
            if folder.is_symlink() or not (_FOLDER.fullmatch(folder.name) and folder.is_dir()):
                yield [folders.foreign(folder)]
                continue
            try:
                names = folders.by_article(folder, others)
            except Unreadable as error:
                yield [unreadable(error, folder)]
                continue
            for each in names.values():
                yield list(self._article(each))
            if others:
                yield others
        yield list(self._rest())

    def _finish_removals(self) -> None:
        """Finish what was cut short, or know which articles are on their way to the trash."""
        if self._repairs:
            trash.finish(self._library)
        found = trash_box.boxes(self.path)
        self._under_way = {box.key: box for box in found if not box.path.is_dir()}

    def _article(self, names: folders.Names) -> Iterator[Finding]:
        if names.key in self._under_way:  # what is left of it here is none
            return
        file = self._library.file_of(names.key)
        found = [folders.temporary(path) for path in names.temporary]
        found += [folders.aside(path) for path in names.aside]
        try:
            if names.has_files:
                self.articles += 1
                with self._library.shared(file):
                    found = [each for each in found if folders.is_there(each.path)]
                    examined = examine(file)
                    found[:0] = diagnosed(examined)
                self._count(examined, found)
            done = []
            if self._repairs and any(each.can_repair for each in found):
                with self._library.exclusive(file):
                    done = list(self._repaired(names))
                    found = _with_what_is_left(found, diagnosed(examine(file)), done)
        except StoreError as error:
            yield from found
            yield unreadable(error, file.journal_path)
            return
        yield from found
        yield from done

    def _repaired(self, names: folders.Names) -> Iterator[Finding]:
        """Repair an article whose lock is held alone."""
        file = self._library.file_of(names.key)
        for path in names.temporary:
            if folders.is_there(path):
                with files.writing(path):
                    path.unlink()
                yield folders.removed(Kind.TEMPORARY, path)
        for _ in range(_ROUNDS):
            done = list(repair.repaired(examine(file)))
            yield from done
            if not done:
                return

    def _count(self, examined: Examined, found: Sequence[Finding]) -> None:
        self.articles -= any(each.kind == Kind.UNFINISHED for each in found)  # it is none
        if examined.document is not None:
            self._labels.update({each.label for each in examined.document.annotations})

    def _top(self) -> Iterator[Finding]:
        """What belongs to no article."""
        if self._damage is not None:
            yield self._damage
        yield from self._permissions()
        yield from self._locks()
        yield from self._all_articles()
        for path in folders.listed(self.path):
            if path.name.startswith(f"{root.LIBRARY_FILE}.damaged-"):
                yield folders.aside(path)
            elif root.is_temporary(path):
                yield from self._stray(path)
            elif path.name not in _AT_THE_TOP and not path.name.startswith(index_check.BEGUN):
                yield folders.foreign(path)
        yield from index_check.check(self.path, repairs=self._repairs)
        yield from self._presence()
        yield from self._trash()

    def _permissions(self) -> Iterator[Finding]:
        for problem in permissions.problems(self.path):
            what = Phrase("{path}: {what}", path=problem.path, what=problem.what)
            remedy = Phrase("`{command}`", command=problem.command)
            is_mended = self._repairs and permissions.mend(problem)
            left = "" if is_mended else remedy
            yield Finding(Kind.PERMISSIONS, problem.path, what, left, can_repair=True)
            if is_mended:
                done = Phrase("{path}: mended as by {command}", path=problem.path, command=remedy)
                yield Finding(Kind.PERMISSIONS, problem.path, done, is_done=True)

    def _locks(self) -> Iterator[Finding]:
        path = root.locks(self.path)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            what = Phrase("{path} is no file: nobody can change an article", path=path)
            yield Finding(Kind.LOCKS, path, what, Phrase("move it away; it is made anew"))
        elif not path.exists():
            what = Phrase("{path} is missing", path=path)
            remedy = Phrase("nothing, if nobody works in the library: the next change makes it")
            yield Finding(Kind.NO_LOCKS, path, what, remedy, can_repair=True)
            if self._repairs:
                with root.alone(self.path):
                    pass
                done = Phrase("{path}: made anew", path=path)
                yield Finding(Kind.NO_LOCKS, path, done, is_done=True)

    def _all_articles(self) -> Iterator[Finding]:
        """The folder of all articles, without which there seem to be none."""
        path = root.articles(self.path)
        if path.is_dir():
            return
        if folders.is_there(path):
            what = Phrase("{path} is no folder: there are no articles", path=path)
            remedy = Phrase("move it away, and restore the articles from a backup")
            yield Finding(Kind.ARTICLES, path, what, remedy)
            return
        what = Phrase("{path} is missing, and all articles with it", path=path)
        remedy = Phrase(
            "move the library away and restore it from a backup, with `zametka restore FILE`; "
            "`zametka doctor --repair` only makes the folder anew, empty"
        )
        yield Finding(Kind.ARTICLES, path, what, remedy, can_repair=True)
        if self._repairs:
            root.create(self.path)
            done = Phrase("{path}: made anew, empty", path=path)
            yield Finding(Kind.ARTICLES, path, done, is_done=True)

    def _stray(self, path: Path) -> Iterator[Finding]:
        with locks.shared(root.locks(self.path), root.OWN_LOCK):
            if not folders.is_there(path):
                return
        yield folders.temporary(path)
        if self._repairs:
            with root.alone(self.path), files.writing(path):
                path.unlink(missing_ok=True)
            yield folders.removed(Kind.TEMPORARY, path)

    def _presence(self) -> Iterator[Finding]:
        for path in presence.dead(self.path):
            what = Phrase("{path} is left of a window that was killed", path=path)
            remedy = Phrase("nothing: whoever opens an article next removes it")
            yield Finding(Kind.PRESENCE, path, what, remedy, can_repair=True)
            if self._repairs:
                with files.writing(path):
                    path.unlink(missing_ok=True)
                yield folders.removed(Kind.PRESENCE, path)

    def _trash(self) -> Iterator[Finding]:
        found = trash_box.boxes(self.path)
        known = {path for box in found for path in (box.path, box.under_way, box.gone)}
        for path in folders.listed(self.path / trash_box.FOLDER):
            if path not in known or path.is_symlink():
                yield folders.foreign(path)
        for box in self._under_way.values():
            path = box.trash / box.name
            what = Phrase("{path}: a removal was cut short", path=path)
            remedy = Phrase("nothing: the next removal, or `zametka doctor --repair`, finishes it")
            yield Finding(Kind.TRASH, path, what, remedy, can_repair=True)

    def _rest(self) -> Iterator[Finding]:
        """What is known once all articles have been read."""
        file = self.path / root.LIBRARY_FILE
        if self._damage is not None:
            done = library_file.repaired(self.path, self._labels) if self._repairs else None
            if done is not None:
                yield done
            return
        for label, count in sorted(self._labels.items()):
            if label not in self._library.schema:
                what = Phrase(
                    "{path} lacks the label {label}, which articles have: {count}",
                    path=file,
                    label=label,
                    count=count,
                )
                remedy = Phrase("nothing, or add it to the file: without it no more can be given")
                yield Finding(Kind.LABELS, file, what, remedy)


def _with_what_is_left(
    before: Sequence[Finding], after: Sequence[Finding], done: Sequence[Finding]
) -> list[Finding]:
    """All that was found; what is still so keeps its remedy, the rest needs none any longer."""
    left = {(each.kind, each.path) for each in after}
    gone = {each.path for each in done if each.kind == Kind.TEMPORARY}
    return [
        each
        if (each.kind, each.path) in left or (not each.can_repair and each.path not in gone)
        else replace(each, remedy="")
        for each in before
    ]
