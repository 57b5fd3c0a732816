"""What an examined article's files come to: each thing with what to do about it."""

import shlex
from collections.abc import Iterator
from dataclasses import replace

from annotations.phrase import Phrase, Words
from store import files
from store.article.recovery import key_of
from store.checkup.examination import Closed, Copied, Examined
from store.checkup.findings import Finding, Kind, of_damage
from store.checkup.folders import how_to_move

_UPDATE = Phrase("a newer version of zametka wrote it: update yours; nothing is changed")
_NEW_SNAPSHOT = Phrase(
    "`zametka doctor --repair` writes it anew from the journal and keeps this one aside"
)
_NEW_JOURNAL = Phrase(
    "`zametka doctor --repair` keeps it aside and begins a new one with how the article stands"
)


def diagnosed(examined: Examined) -> tuple[Finding, ...]:
    """All that is the matter with an article."""
    document = examined.document
    article_id = document.article.id if document else examined.file.read_id()
    found = _copy(examined) if examined.is_copy else _faults(examined, article_id)
    return tuple(replace(each, article=article_id) for each in found)


def _copy(examined: Examined) -> Iterator[Finding]:
    """Another article's files under this one's name."""
    for fault in (examined.journal.fault, examined.odd):
        if isinstance(fault, Copied):
            right = key_of(fault.article_id)
            folder = fault.path.parent.parent / right[:2]
            to = folder / f"{right}{fault.path.suffix}"
            if to.exists():
                remedy = Phrase(
                    "that article has a file of its own, {path}: look at both, and move this one "
                    "out of the library",
                    path=to,
                )
            else:
                remedy = Phrase("`{command}`", command=how_to_move(fault.path, to))
            yield of_damage(Kind.COPY, fault, remedy, can_repair=False)


def _faults(examined: Examined, article_id: str | None) -> Iterator[Finding]:
    if examined.is_newer or examined.journal.is_newer:
        for fault in (examined.odd, examined.journal.fault):
            if fault is not None:
                yield of_damage(Kind.NEWER, fault, _UPDATE, can_repair=False)
        return
    if examined.document is None and (examined.odd or examined.is_empty or examined.journal.fault):
        yield from _both(examined, article_id)
    else:
        yield from _of_journal(examined)
        yield from _of_snapshot(examined)
    for each in examined.closed:
        yield from _of_closed(each)
    yield from _gaps(examined)


def _both(examined: Examined, article_id: str | None) -> Iterator[Finding]:
    """Neither of the two files is good."""
    salvaged = examined.salvaged()
    remedy: Words
    if salvaged is None:
        remedy = Phrase(
            "restore the article from a backup: `zametka restore FILE {article}`",
            article=_argument(article_id) if article_id else "ARTICLE",
        )
    else:
        remedy = Phrase(
            "`zametka doctor --repair` brings it back as it stood at revision {revision} and keeps "
            "both files aside; `zametka restore` brings back what a backup has",
            revision=salvaged.document.revision,
        )
    can_repair = salvaged is not None
    journal, path = examined.journal, examined.file.journal_path
    if examined.odd is not None:
        yield of_damage(Kind.SNAPSHOT, examined.odd, remedy, can_repair=can_repair)
    elif examined.is_empty:
        empty = examined.file.snapshot_path
        what = Phrase("{path} is empty", path=empty)
        yield Finding(Kind.SNAPSHOT, empty, what, remedy, can_repair=can_repair)
    if journal.fault is not None:
        yield of_damage(Kind.JOURNAL, journal.fault, remedy, can_repair=can_repair)
    else:
        is_there = files.stat_of(path) is not None
        what = Phrase(
            "{path}: there is no whole line in it" if is_there else "{path} is missing", path=path
        )
        yield Finding(Kind.JOURNAL, path, what, remedy, can_repair=can_repair)


def _argument(article_id: str) -> str:
    """An id as it is given to a command in a shell."""
    before = ["--"] if article_id.startswith("-") else []
    return shlex.join([*before, article_id])


def _of_journal(examined: Examined) -> Iterator[Finding]:
    found, path = examined.journal, examined.file.journal_path
    if found.fault is not None:
        yield of_damage(Kind.JOURNAL, found.fault, _NEW_JOURNAL, can_repair=True)
    elif examined.is_short and examined.snapshot and found.last:
        what = Phrase(
            "{path}: its end is missing (it reaches revision {found} of {expected})",
            path=path,
            found=found.last.revision,
            expected=examined.snapshot.document.revision,
        )
        yield Finding(Kind.JOURNAL, path, what, _NEW_JOURNAL, place=found.size, can_repair=True)
    elif found.last is None and examined.snapshot is not None:
        yield _without_a_line(examined, examined.snapshot.journal)
    elif found.last is None and examined.closed:
        what = Phrase("{path} is missing, and its snapshot; closed journals are left", path=path)
        remedy = Phrase(
            "restore the article from a backup, or `zametka doctor --repair` brings it back as it "
            "stood when its journal was folded"
        )
        yield Finding(Kind.JOURNAL, path, what, remedy, can_repair=True)
    elif found.last is None and files.stat_of(path) is not None:
        what = Phrase("{path} is what is left of an article that was never added whole", path=path)
        remedy = Phrase("nothing: to add the article again makes it good")
        yield Finding(Kind.UNFINISHED, path, what, remedy, can_repair=True)
    elif found.is_torn:
        what = Phrase(
            "{path}: after byte {place} stands a line that was never finished, nor said to be "
            "saved",
            path=path,
            place=found.ends[-1],
        )
        remedy = Phrase("nothing: the next change takes its place")
        yield Finding(Kind.TORN, path, what, remedy, place=found.ends[-1], can_repair=True)


def _without_a_line(examined: Examined, expected: int) -> Finding:
    """A journal that has not even its base, beside a good snapshot."""
    path, size = examined.file.journal_path, examined.journal.size
    if files.stat_of(path) is None:
        what = Phrase("{path}: the history is missing", path=path)
        remedy = Phrase(
            "`zametka doctor --repair`, or the next change, begins a new one with how the article "
            "stands"
        )
        return Finding(Kind.JOURNAL, path, what, remedy, can_repair=True)
    what = Phrase(
        "{path}: its end is missing ({size} bytes of {expected})"
        if size < expected
        else "{path}: there is no whole line in it",
        path=path,
        size=size,
        expected=expected,
    )
    return Finding(Kind.JOURNAL, path, what, _NEW_JOURNAL, place=size, can_repair=True)


def _of_snapshot(examined: Examined) -> Iterator[Finding]:
    path = examined.file.snapshot_path
    if examined.odd is not None:
        yield of_damage(Kind.SNAPSHOT, examined.odd, _NEW_SNAPSHOT, can_repair=True)
        if not examined.is_whole and examined.journal.last is not None:
            what = Phrase(
                "{path}: its end is missing (it reaches revision {found}; the damaged snapshot "
                "speaks of {expected})",
                path=examined.journal.path,
                found=examined.journal.last.revision,
                expected=examined.claims.revision,
            )
            remedy = Phrase(
                "restore the article from a backup that has it, or `zametka doctor --repair` goes "
                "on from there"
            )
            yield Finding(Kind.JOURNAL, examined.journal.path, what, remedy, can_repair=True)
    elif examined.is_contradicted:
        what = Phrase("{path} and the journal beside it tell different things", path=path)
        yield Finding(Kind.CONTRADICTION, path, what, _NEW_SNAPSHOT, can_repair=True)
    elif examined.is_behind:
        what = Phrase(
            "{path} is missing or older than the journal, as after a power cut", path=path
        )
        remedy = Phrase("nothing: the next change writes it anew")
        yield Finding(Kind.BEHIND, path, what, remedy, can_repair=True)


def _of_closed(each: Closed) -> Iterator[Finding]:
    journal = each.journal
    if journal.fault is not None and journal.is_newer:
        yield of_damage(Kind.NEWER, journal.fault, _UPDATE, can_repair=False)
    elif journal.fault is not None:
        remedy = Phrase(
            "restore the file from a backup, or `zametka doctor --repair` keeps it aside: the "
            "history then begins behind it"
        )
        yield of_damage(Kind.CLOSED, journal.fault, remedy, can_repair=True)
    elif each.is_leftover:
        what = Phrase(
            "{path} is left over: folding the journal was cut short before it was needed",
            path=journal.path,
        )
        remedy = Phrase("nothing: it counts for nothing, and the next fold replaces it")
        yield Finding(Kind.LEFTOVER, journal.path, what, remedy, can_repair=True)


def _gaps(examined: Examined) -> Iterator[Finding]:
    """Where the history does not go on: one was lost and begun anew."""
    base = examined.journal.base.revision if examined.journal.base else 0
    for each in examined.closed:
        found = each.journal
        if found.base is None or found.last is None or each.is_leftover:
            continue
        if found.last.revision != base and base:
            what = Phrase(
                "{path}: the history goes on behind revision {end} only at {base}",
                path=found.path,
                end=found.last.revision,
                base=base,
            )
            remedy = Phrase("nothing: what lies between is lost, or in a file that was kept aside")
            yield Finding(Kind.GAP, found.path, what, remedy)
        base = found.base.revision
