"""A person's own steps in a library, over all its articles, in the order in which they came.

The truth is in the journals of the articles; this is a list of where to look, so that undo finds
the last step anywhere and all articles of a step that was taken in many.  It is a file of the
person's state folder; when it has grown large its older half is dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from store.article.journal import HistoryEntry
from store.person import own_lines

MOST = 4_000_000  # bytes

Way = Literal["undo", "redo"]
_Articles = dict[str, None]  # a set that keeps its order


@dataclass(frozen=True, slots=True)
class Step:
    """An operation and the articles in which it was done, or in which it was undone."""

    operation: str
    articles: tuple[str, ...]


@dataclass
class Stacks:
    """What can be undone and redone, as far as the lines tell."""

    _done: dict[str, _Articles] = field(default_factory=dict)
    _undone: dict[str, _Articles] = field(default_factory=dict)
    _all: dict[str, _Articles] = field(default_factory=dict)

    def steps(self, way: Way) -> Iterator[Step]:
        """What can be undone, or redone: the last one first."""
        stack = self._done if way == "undo" else self._undone
        for operation in reversed(stack):
            yield Step(operation, tuple(stack[operation]))

    def articles(self, operation: str) -> tuple[str, ...]:
        """Every article in which a step was done."""
        return tuple(self._all.get(operation, ()))

    def take(self, way: str, operation: str, article: str) -> None:
        """A line: a step, or the undoing or redoing of one, in an article."""
        self._all.setdefault(operation, {})[article] = None
        if way == "undo":
            _move(operation, article, self._done, self._undone)
        elif way == "redo":
            _move(operation, article, self._undone, self._done)
        else:
            if operation not in self._done:
                self._undone.clear()
            self._done.setdefault(operation, {})[article] = None


def _move(
    operation: str, article: str, source: dict[str, _Articles], target: dict[str, _Articles]
) -> None:
    """An article of an operation goes to the top of the other stack."""
    left = source.get(operation, {})
    left.pop(article, None)
    if not left:
        source.pop(operation, None)
    articles = target.pop(operation, {})
    articles[article] = None
    target[operation] = articles


class Steps:
    """The file of one person's steps in one library; it is read anew each time it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, article_id: str, entry: HistoryEntry) -> None:
        """Add what a person has just done in an article; raises StoreError."""
        way = "undo" if entry.undoes else "redo" if entry.redoes else "do"
        operation = entry.undoes or entry.redoes or entry.operation
        own_lines.append(self._path, [[way, operation, article_id, entry.at]], MOST)

    def read(self) -> Stacks:
        """What can be undone and redone; raises StoreError."""
        stacks = Stacks()
        for row in own_lines.read(self._path):
            match row:
                case [str(way), str(operation), str(article), str(_)]:
                    stacks.take(way, operation, article)
        return stacks
