"""How an article is read: a snapshot that says how it stands, and the journal that is the truth.

What is read, in this order:

- the snapshot, if its checksum fits, and the journal's lines that are newer;
- else the journal from its base;
- else nothing: Damaged.  In doubt no byte is changed.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from annotations import edits
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.phrase import Phrase
from store import files
from store.article import journal, snapshot
from store.article.seal import is_whole
from store.errors import Damaged


@lru_cache(maxsize=256)
def key_of(article_id: str) -> str:
    """The name of an article's files: ids are foreign text and never reach a path themselves."""
    return blake2b(article_id.encode(errors="surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class ArticlePaths:
    """Where an article lies: its key, its folder, and the two files of it that change."""

    key: str
    folder: Path
    snapshot_path: Path
    journal_path: Path


@dataclass(frozen=True, slots=True)
class State:
    """An article as it stands, and what the next writer has to know.

    `committed` bytes of the journal hold, `synced` ones of them are known to be on the disk: what
    follows a killed writer may have left.  `has_journal` is False where there is none.  `fault`
    says why nothing may be appended, `odd` what is wrong with the snapshot.
    """

    document: Document
    tables: snapshot.Tables
    committed: int
    synced: int = 0
    has_journal: bool = True
    fault: Damaged | None = None
    odd: Damaged | None = None


def read_if_plain(at: ArticlePaths) -> Document | None:
    """The document where the snapshot is good and the newest; None: it takes `load`."""
    data = files.read_bytes(at.snapshot_path)
    if not data:
        return None
    with suppress(Damaged):
        found = snapshot.decode(data, at.snapshot_path)
        size = files.stat_of(at.journal_path)
        if size is not None and size.st_size == found.journal:
            return _verified(at, found.document)
    return None


def load(at: ArticlePaths) -> State | None:
    """How the article stands; None where there is none.  Raises Damaged."""
    data = files.read_bytes(at.snapshot_path)
    odd: Damaged | None = None
    state: State | None = None
    if data:  # an empty one is what a power cut leaves of a snapshot
        try:
            state = _from_snapshot(at, snapshot.decode(data, at.snapshot_path))
        except Damaged as damage:
            if damage.path != at.snapshot_path:
                raise
            odd = damage
            state = _from_journal(at, odd, snapshot.claims_of(data))
    else:
        state = _from_journal(at, None, None)
        if state is None and data is not None:  # there is one only once the journal has its base
            nothing = Phrase("there is no whole line in it, and the snapshot is empty")
            raise journal.damaged(at.journal_path, 0, nothing)
    if state is not None:
        _verified(at, state.document)
    return state


def follow(at: ArticlePaths, state: State) -> State | None:
    """How the article stands, from how it stood and what others have appended since.

    None: it does not follow on from there, or its snapshot is odd, so it is to be loaded.
    """
    data = files.read_bytes(at.snapshot_path) or b""
    if not is_whole(data):
        return None
    try:
        tail = files.read_bytes(at.journal_path, state.committed) or b""
        lines = journal.read_lines(tail, at.journal_path, state.committed)
        now = _forward(at, state, lines, 0)
    except Damaged:
        return None
    return replace(now, synced=max(state.synced, snapshot.claims_of(data).journal))


def committed_lines(at: ArticlePaths, committed: int) -> journal.Lines:
    """The whole lines that are committed; raises Damaged."""
    data = files.read_bytes(at.journal_path) or b""
    lines = journal.read_lines(data[:committed], at.journal_path)
    if not lines.records or lines.torn:
        raise journal.damaged(at.journal_path, lines.end, Phrase("the rest of it is missing"))
    return lines


def _from_snapshot(at: ArticlePaths, found: snapshot.Snapshot) -> State:
    state = State(found.document, found.tables, found.journal, synced=found.journal)
    stat = files.newest_stat_of(at.journal_path)
    if stat is None:
        return replace(state, committed=0, synced=0, has_journal=False)
    if stat.st_size < found.journal:
        return replace(state, fault=_too_short(at, stat.st_size, found.journal))
    if stat.st_size == found.journal:
        return state
    tail = files.read_bytes(at.journal_path, found.journal) or b""
    lines = journal.read_lines(tail, at.journal_path, found.journal)
    return _forward(at, state, lines, 0)


def _from_journal(
    at: ArticlePaths, odd: Damaged | None, claims: snapshot.Claims | None
) -> State | None:
    data = files.read_bytes(at.journal_path) or b""
    try:
        lines = journal.read_lines(data, at.journal_path)
        if not lines.records:
            if odd is None:
                return None
            raise journal.damaged(at.journal_path, 0, Phrase("there is no whole line in it"))
        base = journal.read_base(lines, at.journal_path)
        state = _forward(at, State(base, snapshot.new_tables(base), 0, odd=odd), lines, 1)
        if claims is not None and _is_behind(state, claims):
            raise journal.damaged(at.journal_path, lines.end, Phrase("the rest of it is missing"))
    except Damaged as damage:
        if odd is None:
            raise
        raise Damaged(
            Phrase("{odd}; and {damage}", odd=odd, damage=damage), at.journal_path
        ) from damage
    return state


def _is_behind(state: State, claims: snapshot.Claims) -> bool:
    """Whether a snapshot speaks of changes that the journal does not have."""
    return claims.revision > state.document.revision or claims.journal > state.committed


def _forward(at: ArticlePaths, state: State, lines: journal.Lines, skip: int) -> State:
    """The state after the lines; all of them are one step."""
    before = state.document
    entries = journal.read_entries(
        lines, before.article.text, before.revision, at.journal_path, skip
    )
    edit = edits.Group(tuple(entry.edit for entry in entries))
    try:
        after = edits.apply(before, edit, before.revision + len(entries))
    except AnnotationError as error:
        raise journal.damaged(
            at.journal_path,
            state.committed,
            Phrase("what follows does not fit: {error}", error=error),
        ) from error
    snapshot.change(state.tables, before, after, edits.touched(edit))
    return replace(state, document=after, committed=lines.end)


def _too_short(at: ArticlePaths, size: int, expected: int) -> Damaged:
    found = Phrase(
        "{path}: its end is missing ({size} bytes of {expected})",
        path=at.journal_path,
        size=size,
        expected=expected,
    )
    return Damaged(
        Phrase(
            "{found}. The article can be read but not changed: `zametka doctor --repair` keeps the "
            "file aside and begins a new one with how the article stands",
            found=found,
        ),
        at.journal_path,
        what=found,
        place=size,
    )


def _verified(at: ArticlePaths, document: Document) -> Document:
    if key_of(document.article.id) != at.key:
        raise Damaged(
            Phrase(
                "{snapshot_path} holds article {id!r}, which belongs into another file: it "
                "was copied or renamed. Move it and its journal away",
                snapshot_path=at.snapshot_path,
                id=document.article.id,
            ),
            at.snapshot_path,
        )
    return document
