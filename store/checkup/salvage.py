"""What can be had from damaged journals: the newest state that their good lines lead to.

Every line has a checksum of its own, so what stands behind a damaged one still counts: an article
is brought as far as its changes follow one another from any state that is known, the snapshot's
or the base of its journal or of a closed one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from annotations import edits, wire
from annotations.errors import AnnotationError
from annotations.json_objects import Record
from annotations.model import Document
from store.article import journal
from store.article.journal import HistoryEntry

_OF_A_CHANGE = {"operation", "revision", "at", "author", "edit"}
_EDITS = {"add", "remove", "change", "group"}


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The newest state; `lines` are a journal that leads to it, where its base is known.

    `newest` is the highest revision that any good line speaks of; `agrees` says that a good
    snapshot leads there too.
    """

    document: Document
    lines: bytes | None
    newest: int
    agrees: bool = True

    def agrees_with(self, other: "Salvaged") -> bool:
        return self.document == other.document


@dataclass
class Lines:
    """The good lines of an article's journals."""

    bases: list[tuple[bytes, Document]] = field(default_factory=list)
    changes: dict[int, list[tuple[bytes, Record]]] = field(default_factory=dict)

    def take(self, data: bytes) -> None:
        """Keep what is good in a journal."""
        for raw in data.splitlines(keepends=True):
            record = record_in(raw)
            revision = record.get("revision")
            if isinstance(revision, int):
                if "record" in record:
                    self._take_base(raw, record)
                else:
                    self.changes.setdefault(revision, []).append((raw, record))

    def _take_base(self, raw: bytes, record: Record) -> None:
        try:
            self.bases.append((raw, journal.base_of(record)))
        except (AnnotationError, KeyError, TypeError, AttributeError):
            return

    def lead(self, snapshot: Document | None, article_id: str | None) -> Salvaged | None:
        """How far they lead from the snapshot, where that is good, or from a base."""
        ways = [
            _forward(raw, document, self.changes)
            for raw, document in self.bases
            if article_id in (None, document.article.id)
        ]
        own = None if snapshot is None else _forward(None, snapshot, self.changes)
        if own is not None:  # in doubt its checksum, which is longer, is believed
            end = own.document.revision
            ways = [own, *(w for w in ways if w.document.revision > end or w.agrees_with(own))]
        if not ways:
            return None
        best = max(ways, key=lambda way: (way.document.revision, way.lines is not None, way.newest))
        agrees = own is None or best.agrees_with(own)
        newest = max([best.document.revision, *self.changes])
        return Salvaged(best.document, best.lines, newest, agrees)


def record_in(raw: bytes) -> Record:
    """What a line holds; nothing where it is not as it was written."""
    line = raw[:-1]
    if not (raw.endswith(b"\n") and journal.fits(line)):
        return {}
    try:
        record = orjson.loads(line[line.index(b" ") :])
    except orjson.JSONDecodeError:
        return {"unknown": True}
    return record if isinstance(record, dict) else {"unknown": True}


def has_newer(data: bytes) -> bool:
    """Whether a journal has a line that is as it was written, and of no kind that we know."""
    return any(
        record and not _is_known(record)
        for record in map(record_in, data.splitlines(keepends=True))
    )


def _is_known(record: Record) -> bool:
    base, edit = record.get("record"), record.get("edit")
    if isinstance(base, dict):
        return base.get("schema") == wire.SCHEMA and isinstance(record.get("revision"), int)
    return record.keys() >= _OF_A_CHANGE and isinstance(edit, dict) and bool(edit.keys() & _EDITS)


def _forward(
    base: bytes | None, document: Document, changes: dict[int, list[tuple[bytes, Record]]]
) -> Salvaged:
    """The state that changes lead to from a document; `newest` is where it began."""
    begin = document.revision
    raws = [base or b""]
    while True:
        step = _step(document, changes.get(document.revision + 1, ()))
        if step is None:
            break
        raw, document = step
        raws.append(raw)
    return Salvaged(document, b"".join(raws) if base is not None else None, begin)


def _step(
    document: Document, lines: Iterable[tuple[bytes, Record]]
) -> tuple[bytes, Document] | None:
    for raw, record in lines:
        try:
            entry: HistoryEntry = journal.entry_of(record, document.article.text)
            return raw, edits.apply(document, entry.edit, entry.revision)
        except (AnnotationError, KeyError, TypeError, AttributeError):
            continue
    return None
