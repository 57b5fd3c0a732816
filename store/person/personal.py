"""What is kept for a person of a library: the place, the view of the list, queries, what is read.

It lies in the user's state folder, a few files a library: a JSON file that is replaced as a
whole, a file to which the id of each article that is read is appended, one of the person's steps
(`store.person.steps`) and one of edits that wait to be saved (`store.person.kept_edits`).
Nothing in the library depends on them, so one that is damaged is passed over and written anew.
"""

import hashlib
import os
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from annotations.phrase import Phrase, Words
from store import files
from store.errors import StoreError
from store.person import own_lines
from store.person.kept_edits import KeptEdits
from store.person.steps import Steps
from store.summaries import FILTERS, ORDERS, Selection

SCHEMA = "zametka-personal/1"
READING_WIDTH = 88  # cells: longer lines tire the eye
MOST_QUERIES = 50  # that are kept


def state_folder() -> Path:
    """The folder of the user's state, by the conventions of the system."""
    from platformdirs import user_state_path

    return user_state_path("zametka", appauthor=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was: the last article, the cursor in it, whether it was open."""

    article: str | None = None
    offset: int = 0
    is_open: bool = False
    panel: bool = True  # whether the panel is shown beside the text
    figures: str = "label"  # the order of the figures in it
    width: int = READING_WIDTH  # of the text in cells; 0: all that there is
    tags: bool | None = None  # labels in the text; None: where the terminal needs them
    least: float = 0.0  # the confidence from which on suggestions are shown


Kept = tuple[Place, Selection, tuple[str, ...]]  # what the file has: the queries last


class Personal:
    """One person's state of one library; the screens change it, `write` puts it on the disk."""

    def __init__(self, library: Path, folder: Path | None = None) -> None:
        where = library.resolve()
        key = hashlib.sha256(os.fsencode(where)).hexdigest()[:16]
        self._folder = folder or state_folder()
        self._path = self._folder / f"{key}.json"
        self._read_path = self._folder / f"{key}.read"
        self.steps = Steps(self._folder / f"{key}.steps")
        self.kept = KeptEdits(self._folder / f"{key}.unsaved")
        self._library = os.fsdecode(where).encode(errors="replace").decode()
        self._lock = threading.Lock()
        self._unwritten: list[str] = []
        self.problem: Words = ""  # why something is not as it was left, to be told once
        self.place, self.selection = Place(), Selection()
        self.queries: tuple[str, ...] = ()  # the last one first
        self.read: set[str] = set()
        self._load()
        self._written: Kept = self.place, self.selection, self.queries

    def _load(self) -> None:
        try:
            data = files.read_bytes(self._path)
            if data is not None:
                kept = _from_json(orjson.loads(data), self._library)
                self.place, self.selection, self.queries = kept
        except (StoreError, ValueError, TypeError, KeyError) as error:
            self.problem = Phrase(
                "what was kept of your last visit is passed over: {error}", error=error
            )
        try:
            rows = own_lines.read(self._read_path)
            self.read.update(each for each in rows if isinstance(each, str))
        except StoreError as error:
            self.problem = Phrase("what you have read is not known: {error}", error=error)
        if self.kept.problem:
            self.problem = Phrase(
                "your unsaved edits are not known: {error}", error=self.kept.problem
            )

    @property
    def path(self) -> Path:
        """The file of the place and the view of the list."""
        return self._path

    @property
    def open_article(self) -> str | None:
        """The article that was open when the program ended."""
        return self.place.article if self.place.is_open else None

    def go_to(self, article: str, offset: int) -> None:
        """The cursor is elsewhere in an article."""
        self.place = replace(self.place, article=article, offset=offset)

    def open(self, article: str, offset: int) -> None:
        """An article is shown, and thereby read."""
        self.place = replace(self.place, article=article, offset=offset, is_open=True)
        if article not in self.read:
            self.read.add(article)
            self._unwritten.append(article)

    def leave(self) -> None:
        """The list is shown."""
        self.place = replace(self.place, is_open=False)

    def show_panel(self, shown: bool) -> None:
        self.place = replace(self.place, panel=shown)

    def set_type(self, width: int, tags: bool | None) -> None:
        """How the text is set: the width of its lines, and whether labels stand in it."""
        self.place = replace(self.place, width=width, tags=tags)

    def show_from(self, least: float) -> None:
        """Suggestions below this confidence are not shown."""
        self.place = replace(self.place, least=least)

    def sort_figures(self, order: str) -> None:
        """The figures of the panel are in another order; one that it lacks is passed over there."""
        self.place = replace(self.place, figures=order)

    def ask(self, query: str) -> None:
        """A query was asked."""
        others = (each for each in self.queries if each != query)
        self.queries = (query, *others)[:MOST_QUERIES]

    def write(self) -> None:
        """Write what has changed; what the disk refuses is told in `problem`."""
        with self._lock:
            try:
                self._write()
            except (StoreError, OSError) as error:
                self.problem = Phrase("your place is not kept: {error}", error=error)

    def _write(self) -> None:
        now = self.place, self.selection, self.queries
        if now == self._written and not self._unwritten:
            return
        with files.writing(self._folder):
            self._folder.mkdir(files.PRIVATE.folder, parents=True, exist_ok=True)
        if self._unwritten:
            waiting = list(self._unwritten)
            own_lines.append(self._read_path, waiting)
            del self._unwritten[: len(waiting)]
        if now != self._written:
            contents = {"schema": SCHEMA, "library": self._library}
            parts = {"place": asdict(now[0]), "selection": asdict(now[1]), "queries": now[2]}
            data = orjson.dumps(contents | parts, option=orjson.OPT_INDENT_2)
            with files.writing(self._path):
                files.replace_privately(self._path, data)
            self._written = now


def _from_json(data: Any, library: str) -> Kept:
    """Raises ValueError, TypeError or KeyError for what is not ours."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(Phrase("the file is not one that this version knows"))
    if data["library"] != library:
        raise ValueError(Phrase("the file is another library's"))
    queries = data.get("queries", [])
    if not isinstance(queries, list) or not all(isinstance(each, str) for each in queries):
        raise TypeError(Phrase("{name} has a value that it cannot have", name="queries"))
    place = Place(**data["place"])
    selection = Selection(**data["selection"])
    kinds = {
        "article": (place.article, str | None),
        "offset": (place.offset, int),
        "is_open": (place.is_open, bool),
        "panel": (place.panel, bool),
        "width": (place.width, int),
        "tags": (place.tags, bool | None),
        "least": (place.least, float),
        "figures": (place.figures, str),
        "text": (selection.text, str),
    }
    for name, (content, kind) in kinds.items():
        if not isinstance(content, kind):
            raise TypeError(Phrase("{name} has a value that it cannot have", name=name))
    if min(place.offset, place.width) < 0:
        raise ValueError(Phrase("offset or width is negative"))
    if selection.order not in ORDERS or selection.only not in FILTERS:
        raise ValueError(Phrase("the order or the filter of the list is unknown"))
    return place, selection, tuple(queries)
