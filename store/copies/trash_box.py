"""A box of the trash: the folder in which a removed article lies.

trash/<key>-<n>/          all files of an article, and removed.json: who removed it, and when
trash/.<key>-<n>.tmp/     the same while the article is on its way, in or out
trash/.<key>-<n>.gone/    the same while it is deleted for good
"""

import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from store import files
from store.article.article_file import ArticleFile
from store.article.recovery import key_of
from store.errors import StoreError
from store.files import Modes
from store.library import Library

FOLDER = "trash"
NOTE = "removed.json"

_SCHEMA = "zametka-removed/1"
_NAME = re.compile(r"(?:([0-9a-f]{32})-([0-9]{1,9})|\.([0-9a-f]{32})-([0-9]{1,9})\.(?:tmp|gone))")


@dataclass(frozen=True, slots=True)
class Removed:
    """An article in the trash; where it cannot be told, `author` is empty."""

    article_id: str
    title: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where a removed article lies; `number` tells those of the same id apart."""

    trash: Path
    key: str
    number: int

    @property
    def name(self) -> str:
        return f"{self.key}-{self.number}"

    @property
    def path(self) -> Path:
        return self.trash / self.name

    @property
    def under_way(self) -> Path:
        return self.trash / f".{self.name}.tmp"

    @property
    def gone(self) -> Path:
        return self.trash / f".{self.name}.gone"

    def folder(self) -> Path | None:
        """Where the article lies; None where it is not in the trash, or no longer."""
        if self.path.is_dir():
            return self.path
        return self.under_way if self.is_there(self.under_way) else None

    def files_in(self, folder: Path) -> list[Path]:
        """The article's files in the box."""
        return [path for path in folder.iterdir() if path.name.startswith(f"{self.key}.")]

    def is_there(self, folder: Path) -> bool:
        """Whether the article is in the box, and not in the library."""
        return (folder / self.last_in(folder)).exists()

    def last_in(self, folder: Path) -> str:
        """The name of the file whose place is the article's."""
        name = _note_in(folder).get("last")
        return name if isinstance(name, str) and name.startswith(self.key) else f"{self.key}.log"

    def removed(self, folder: Path) -> Removed:
        """What is said about the article in the box."""
        note = _note_in(folder)
        said = [note.get(name) for name in ("article_id", "title", "author", "at")]
        if all(isinstance(each, str) for each in said) and key_of(str(said[0])) == self.key:
            return Removed(*map(str, said))
        article_id, title = id_and_title(self.article_in(folder))
        return Removed(article_id or self.key, title, "", _changed(folder))

    def article_in(self, folder: Path) -> ArticleFile:
        """The files of the article, where they lie."""
        log, snapshot = folder / f"{self.key}.log", folder / f"{self.key}.json"
        return ArticleFile(self.key, folder, snapshot, log, files.PRIVATE)


def boxes(library: Path, key: str | None = None) -> list[Box]:
    """All that there are, or those of one article, in order; also those that are under way."""
    trash = library / FOLDER
    try:
        with os.scandir(trash) as entries:  # a link is no box: it may lead out of the library
            names = [each.name for each in entries if each.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise files.cannot_read(error, trash) from error
    found = {
        (match[1] or match[3], int(match[2] or match[4]))
        for match in map(_NAME.fullmatch, names)
        if match
    }
    return [Box(trash, *each) for each in sorted(found) if key in (None, each[0])]


def last_box(library: Library, article_id: str) -> tuple[Box, Path] | None:
    """The box in which an article lies that was removed, the last one of this id, and where."""
    for box in reversed(boxes(library.path, key_of(article_id))):
        folder = box.folder()
        if folder is not None:
            return box, folder
    return None


def removed_file(library: Library, article_id: str) -> ArticleFile | None:
    """The files of an article that was removed, the last one of this id; None: there is none."""
    found = last_box(library, article_id)
    return found[0].article_in(found[1]) if found else None


def write_note(box: Box, removed: Removed, last: str, modes: Modes) -> None:
    """Say in a box under way what it is for; `last` is the file whose place is the article's."""
    path = box.under_way / NOTE
    note = {"schema": _SCHEMA, **asdict(removed), "last": last}
    data = orjson.dumps(note, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    files.write_beside(path, data, modes.file).replace(path)


def _note_in(folder: Path) -> dict[str, object]:
    """What the box says; nothing where that is damaged."""
    with suppress(StoreError, ValueError):
        note = orjson.loads(files.read_bytes(folder / NOTE) or b"")
        if isinstance(note, dict) and note.get("schema") == _SCHEMA:
            return note
    return {}


def id_and_title(file: ArticleFile) -> tuple[str, str]:
    """They are empty where the article is damaged."""
    with suppress(StoreError):
        state = file.load()
        if state is not None:
            return state.document.article.id, state.document.article.title
    return "", ""


def _changed(folder: Path) -> str:
    moment = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
