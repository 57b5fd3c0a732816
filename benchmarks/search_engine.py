"""What the searches that are compared have in common: what is asked, and what is done with them.

Each stands in a module of its own, `search_….py`, and is used as well as it can be.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from annotations.model import Document
from benchmarks.library import disk_use

LIMIT = 20  # articles that are asked for, beside how many there are

Form = Literal["word", "exact", "phrase", "and not", "or", "prefix", "money"]


@dataclass(frozen=True, slots=True)
class Query:
    """A word in any case form; the form as it stands; a phrase; `a b -c`; `a OR b`; what begins
    like this; more than an amount of money.
    """

    form: Form
    words: tuple[str, ...] = ()
    amount: int = 0


class Answer(NamedTuple):
    """In how many articles something was found, and the numbers of the first."""

    count: int
    numbers: list[int]


class NotHere(Exception):
    """A search that cannot be measured on this machine; says why."""


class Engine(ABC):
    """The search of one process in a folder; an empty folder has no articles yet."""

    name: ClassVar[str]
    can_write: ClassVar[bool] = True  # articles can be added and changed while others search
    can_share: ClassVar[bool] = False  # several processes or threads can fill it
    cannot: ClassVar[frozenset[Form]] = frozenset()  # be asked that

    def __init__(self, folder: Path) -> None:
        """Raises NotHere."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @abstractmethod
    def fill(self, documents: Sequence[Document], processes: int) -> None:
        """Index the first articles; only where there is a choice, by so many processes."""

    @abstractmethod
    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        """The best articles, or the newest."""

    def add(self, document: Document) -> None:
        """Index one more; whoever searches from now on finds it."""
        raise NotImplementedError

    def change(self, document: Document) -> None:
        """Index an article anew whose annotations have changed."""
        raise NotImplementedError

    def size(self) -> int:
        """Bytes on the disk."""
        return disk_use(self.folder)

    def close(self) -> None:
        """Let go of it; nothing that it has started goes on."""
        return


def number_of(document: Document) -> int:
    """The number of an article in the benchmark."""
    return int(document.article.id.rpartition("-")[2])


def amounts(document: Document) -> set[int]:
    """The largest amounts that its mentions of money speak of; «более 5» is a little more."""
    values = (each.value for each in document.annotations if each.label == "MONEY")
    return {int(str(value["max"] or int(str(value["min"])) + 1)) for value in values if value}
