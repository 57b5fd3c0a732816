"""The tree that a query means.

A node is true of an article.  Words and groups of words stand in its text (or in its title);
an `Annotated` is true where one annotation meets all that it says.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from annotations.record import Record

Field = Literal["text", "title"]
Place = tuple[int, int]  # where in the query it was said: start and end


class Word(Record):
    """A word in any case form; `exact`: in this form only; `prefix`: words that begin so."""

    text: str
    exact: bool = False
    prefix: bool = False


class Phrase(Record):
    """Words that follow one another; a single word is a phrase of one."""

    words: tuple[Word, ...]
    field: Field = "text"


class Near(Record):
    """Phrases in any order with at most `distance` words between the first and the last."""

    phrases: tuple[Phrase, ...]
    distance: int
    field: Field = "text"


class Interval(Record):
    """Numbers between two bounds, each included unless it is open; None: no bound.

    A figure fits if one of the numbers that it may be lies in it.
    """

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False


class Annotated(Record):
    """An annotation that meets all of these; one that was rejected only where `status` says so.

    `author` is `user:<login>` or `recogniser:<name>`; `name`, `of` and `note` are words in any
    case form that follow one another in its canonical name, its counted noun, its note; `unit` is
    a unit of its value (ISO 4217, …), in base units of the label (see `figures.bounds`) its number
    lies in `within`.
    """

    label: str | None = None
    status: str | None = None
    author: str | None = None
    name: tuple[Word, ...] = ()
    of: tuple[Word, ...] = ()
    note: tuple[Word, ...] = ()
    unit: str | None = None
    within: Interval | None = None


class Published(Record):
    """The day of publication lies between two, both included; None: no bound."""

    first: date | None = None
    last: date | None = None


class FromSource(Record):
    """The name, the address or the file of the source has this in it, whatever its case."""

    text: str


class Not(Record):
    part: "Node"


class And(Record):
    parts: "tuple[Node, ...]"


class Or(Record):
    parts: "tuple[Node, ...]"


Node = Phrase | Near | Annotated | Published | FromSource | Not | And | Or


def positive(node: Node) -> Iterator[Phrase | Near | Annotated]:
    """What of a query can be pointed at in an article that it is true of, in its order."""
    match node:
        case Phrase() | Near() | Annotated():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from positive(part)
