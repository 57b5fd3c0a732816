"""Putting an article's files in order.  Its lock is held alone; killed anywhere, it is no worse.

What is damaged is renamed to `<name>.damaged-<number>`, never written over.  A journal is begun
anew in an order that leaves a good snapshot of the same state beside every state of the journal:

1. the snapshot is written anew, to stand for the damaged journal with its whole length;
2. the damaged journal is renamed;
3. the snapshot is written anew, to stand for the new journal;
4. the new journal is put in its place.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from annotations.model import Document
from annotations.phrase import Phrase, Words
from store import files
from store.article import journal, snapshot
from store.checkup.examination import Examined, Journal
from store.checkup.findings import Finding, Kind
from store.checkup.salvage import Salvaged
from store.provenance import now


def keep_aside(path: Path) -> Path:
    """Rename a damaged file beside itself, to a name that no file has; returns that."""
    aside = files.free_name(path)
    path.rename(aside)
    files.sync_folder(path.parent)
    return aside


def repaired(examined: Examined) -> Iterator[Finding]:
    """Repair what can be repaired of an article; says what was done and what is lost."""
    with files.writing(examined.file.folder):
        if examined.is_copy or examined.is_newer or examined.journal.is_newer:
            return
        if examined.document is None or examined.needs_journal or _is_doubtful(examined):
            yield from _begun_anew(examined)
        else:
            yield from _mended(examined)
        yield from _closed(examined)


def _is_doubtful(examined: Examined) -> bool:
    """Whether an unfinished line may be all that is left of one that an odd snapshot had."""
    return examined.odd is not None and examined.journal.is_torn


def _begun_anew(examined: Examined) -> Iterator[Finding]:
    """A new journal with the newest state there is, and a snapshot of it."""
    salvaged = examined.salvaged()
    path = examined.file.journal_path
    if salvaged is None:
        if not (examined.odd or examined.is_empty or examined.journal.fault):
            yield from _unfinished(path)
        return
    document = salvaged.document
    line = salvaged.lines or journal.base_line(document, now())
    aside: list[Path] = []
    held, size = examined.snapshot, examined.journal.size
    is_odd = examined.odd is not None or not salvaged.agrees
    if files.stat_of(path) is not None:
        if held is None or (held.document, held.journal) != (document, size):
            aside += _put_snapshot(examined, document, size, is_odd=is_odd)
            is_odd = False
        aside.append(keep_aside(path))
    aside += _put_snapshot(examined, document, len(line), is_odd=is_odd)
    files.put(path, line, examined.file.modes.file)
    yield _done(
        Kind.JOURNAL,
        path,
        Phrase(
            "{path}: begun anew with the article at revision {revision}{history}{aside}{lost}",
            path=path,
            revision=document.revision,
            history=Phrase("; its own history is kept whole") if salvaged.lines else "",
            aside=_aside(aside, with_history=salvaged.lines is None),
            lost=_lost(examined, salvaged),
        ),
    )


def _mended(examined: Examined) -> Iterator[Finding]:
    """The journal is good: its unfinished line goes, and the snapshot follows it."""
    found, path = examined.journal, examined.file.snapshot_path
    if found.last is None:
        yield from _unfinished(examined.file.journal_path)
        return
    if found.is_torn:
        yield from _cut(found)
    if examined.odd is None and not (examined.is_contradicted or examined.is_behind):
        return
    is_odd = examined.odd is not None or examined.is_contradicted
    files.sync_file(found.path)  # a snapshot speaks only of what is on the disk
    aside = _put_snapshot(examined, found.last, found.ends[-1], is_odd=is_odd)
    lost = "" if examined.is_whole else _lost(examined, Salvaged(found.last, None, 0))
    what = Phrase(
        "{path}: written anew from the journal at revision {revision}{aside}{lost}",
        path=path,
        revision=found.last.revision,
        aside=_aside(aside, with_history=False),
        lost=lost,
    )
    yield _done(Kind.SNAPSHOT, path, what)


def _cut(found: Journal) -> Iterator[Finding]:
    descriptor = os.open(found.path, os.O_RDWR | os.O_NOFOLLOW)
    try:
        os.ftruncate(descriptor, found.ends[-1])
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    what = Phrase("{path}: the unfinished line is cut, as the next change would", path=found.path)
    yield _done(Kind.TORN, found.path, what)


def _unfinished(path: Path) -> Iterator[Finding]:
    """What is left of an article that was never added."""
    status = files.stat_of(path)
    if status is None:
        return
    if status.st_size:
        what = Phrase("{path}: kept as {aside}", path=path, aside=keep_aside(path).name)
    else:
        path.unlink()
        what = Phrase("{path}: empty, and removed", path=path)
    yield _done(Kind.UNFINISHED, path, what)


def _closed(examined: Examined) -> Iterator[Finding]:
    for each in examined.closed:
        path = each.journal.path
        if each.journal.fault is not None and not each.journal.is_newer:
            what = Phrase(
                "{path}: kept as {aside}; the history begins behind it",
                path=path,
                aside=keep_aside(path).name,
            )
            yield _done(Kind.CLOSED, path, what)
        elif each.is_leftover and examined.journal.fault is None and not examined.is_short:
            path.unlink()
            what = Phrase("{path}: removed; the journal has all that was in it", path=path)
            yield _done(Kind.LEFTOVER, path, what)


def _put_snapshot(
    examined: Examined, document: Document, length: int, *, is_odd: bool
) -> list[Path]:
    """Write the snapshot for a journal of this length; says where an odd one is kept."""
    path, modes = examined.file.snapshot_path, examined.file.modes
    data = snapshot.encode(snapshot.new_tables(document), document.revision, length)
    temporary = files.write_beside(path, data, modes.file)
    kept = [keep_aside(path)] if is_odd else []
    temporary.replace(path)
    files.sync_folder(path.parent)
    return kept


def _aside(paths: list[Path], *, with_history: bool) -> Words:
    if not paths:
        return ""
    names = ", ".join(path.name for path in paths)
    if with_history:
        return Phrase("; what was there, with its history, is kept as {names}", names=names)
    return Phrase("; what was there is kept as {names}", names=names)


def _lost(examined: Examined, salvaged: Salvaged) -> Words:
    """How many changes are known of and cannot be read."""
    count = max(salvaged.newest, examined.claims.revision) - salvaged.document.revision
    if count <= 0:
        is_unknown = examined.snapshot is None and (
            not examined.is_whole or examined.journal.is_torn
        )
        return Phrase("; whether later changes are lost cannot be told") if is_unknown else ""
    return Phrase("; changes that came later and are lost: {count}", count=count)


def _done(kind: Kind, path: Path, what: Words) -> Finding:
    return Finding(kind, path, what, is_done=True)
