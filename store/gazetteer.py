"""What is laid down about the dictionary of a library, for everybody who uses it.

It lies in the library's own file: a table of rulings, and one that says whether new articles
learn from the library at all.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from tinydb import TinyDB
from tinydb.table import Document as Row

from annotations.errors import InvalidAnnotation
from annotations.gazetteer import Ruling
from annotations.model import LABEL_NAME
from annotations.phrase import Phrase, nested
from store import root
from store.article.snapshot import number_of
from store.errors import StoreError

RULINGS = "dictionary"
LEARNING = "learning"
Made = TypeVar("Made", Ruling, "Learning")
_ONLY = 1  # TinyDB's number of the one document that says whether there is learning


@dataclass(frozen=True, slots=True)
class Learning:
    """Whether new articles learn from the library, and who decided that when."""

    is_on: bool = True
    author: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Rulings:
    """All that is laid down in a library."""

    learning: Learning = Learning()
    rulings: tuple[Ruling, ...] = ()


def read(path: Path) -> Rulings:
    """What is laid down in the library at a path; raises NoLibrary or Damaged."""
    return root.read(path, _rulings_in)


def put(path: Path, ruling: Ruling, instead_of: Ruling | None) -> None:
    """Lay something down about an entry; a ruling that says nothing takes the old one away.

    `instead_of` is the ruling that was there when it was decided: where another one is there
    now, nothing is written, and a StoreError names who gave it.
    """

    def alter(database: TinyDB) -> None:
        before = {each.key: each for each in _rulings_in(database).rulings}
        there = before.get(ruling.key)
        if there != instead_of:
            raise _overtaken(ruling, there)
        table = database.table(RULINGS, cache_size=0)
        number = number_of("\n".join(ruling.key))
        if not ruling.says_nothing:
            table.upsert(Row(asdict(ruling), number))
        elif there is not None:
            table.remove(doc_ids=[number])

    root.change(path, alter)


def switch(path: Path, learning: Learning) -> None:
    """Let new articles learn from the library, or no longer."""

    def alter(database: TinyDB) -> None:
        database.table(LEARNING, cache_size=0).upsert(Row(asdict(learning), _ONLY))

    root.change(path, alter)


def _overtaken(ruling: Ruling, there: Ruling | None) -> StoreError:
    facts = {"label": ruling.label, "name": nested(ruling.name)}
    if there is None:
        return StoreError(
            Phrase("{label} «{name}»: somebody took back what was laid down about it", **facts)
        )
    who = there.author.partition(":")[2]
    return StoreError(
        Phrase("{label} «{name}» was changed by {who} on {at}", who=who, at=there.at, **facts)
    )


def _rulings_in(database: TinyDB) -> Rulings:
    learning = list(map(learning_of, root.rows(database, LEARNING)))
    rulings = tuple(map(ruling_of, root.rows(database, RULINGS)))
    return Rulings(learning[0] if learning else Learning(), rulings)


def learning_of(row: dict[str, Any]) -> Learning:
    """What a row says; raises InvalidAnnotation or TypeError."""
    return _made(Learning, row)


def ruling_of(row: dict[str, Any]) -> Ruling:
    """What a row says; raises InvalidAnnotation or TypeError."""
    ruling = _made(Ruling, row)
    for label in filter(None, (ruling.label, ruling.as_label)):
        if not LABEL_NAME.fullmatch(label):
            raise InvalidAnnotation(Phrase("{label!r} in the dictionary is no label", label=label))
    return ruling


def _made(kind: type[Made], row: dict[str, Any]) -> Made:
    found = kind(**row)
    for name, content in asdict(found).items():
        expected = bool if name.startswith("is_") else str
        if not isinstance(content, expected):
            raise InvalidAnnotation(
                Phrase("{name} in the dictionary has a value that it cannot have", name=name)
            )
    return found
