"""Rivals that take turns, and the work that each of them is given: the same for all."""

import gc
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from statistics import median
from typing import TypeVar

from annotations import edits
from annotations.edits import Edit, Stamp
from annotations.model import Document, Span, Status
from benchmarks.rivals import AUTHOR, Rival, article_id, document

TURN = 20  # saves, openings or additions
ENOUGH = 8.0  # seconds, after which a slow rival takes no more turns

_T = TypeVar("_T")


@dataclass
class Timing:
    """Milliseconds of what was done, turn by turn."""

    turns: list[list[float]] = field(default_factory=list)
    is_whole: bool = True  # nothing was left out

    @property
    def count(self) -> int:
        return sum(map(len, self.turns))

    @property
    def seconds(self) -> float:
        return sum(map(sum, self.turns)) / 1000

    @property
    def middle(self) -> float:
        return median(map(median, self.turns))

    @property
    def high(self) -> float:
        """The 95th percentile of all."""
        return percentile([each for turn in self.turns for each in turn], 95)

    def take(self, tasks: Iterable[_T], do: Callable[[_T], object]) -> None:
        """A turn; the disk has nothing left to do when it begins."""
        if self.seconds > ENOUGH:
            self.is_whole = False
            return
        gc.collect()
        os.sync()
        turn: list[float] = []
        self.turns.append(turn)
        for task in tasks:
            if turn and self.seconds > ENOUGH:
                self.is_whole = False
                return
            begin = time.perf_counter()
            do(task)
            turn.append((time.perf_counter() - begin) * 1000)


def percentile(values: Sequence[float], per_cent: int) -> float:
    return sorted(values)[min(len(values) * per_cent // 100, len(values) - 1)]


class Desk:
    """A person's work on a library of a size: corrections, and how the articles stand then."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.documents: dict[int, Document] = {}
        self._order = Random(size).sample(range(size), size)
        self._number = count()

    def article(self, place: int) -> int:
        """The number of an article; places near to one another are articles far apart."""
        return self._order[place % self.size]

    def corrections(self, numbers: Iterable[int]) -> list[tuple[str, Edit]]:
        """An edit in each of these articles, one after the other."""
        return [(article_id(number), self._correct(number)) for number in numbers]

    def _correct(self, number: int) -> Edit:
        before = self.documents.get(number) or document(number)
        edit = correction(before, next(self._number))
        self.documents[number] = edits.apply(before, edit)
        return edit


def correction(document: Document, number: int) -> Edit:
    """In turn: accept or reject, give another label, add."""
    stamp = Stamp(
        AUTHOR, f"2026-02-01T{number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    )
    some = document.annotations[number * 7 % len(document.annotations)]
    match number % 3:
        case 0:
            status: Status = "rejected" if some.status == "accepted" else "accepted"
            return edits.set_status(some, status, stamp)
        case 1:
            label = "LOC" if some.label == "ORG" else "ORG"
            return edits.correct(some, stamp, label=label, value=None, entity=None)
        case _:
            start = number * 13 % (len(document.article.text) - 10)
            return edits.new_annotation(Span(start, start + 10), "ORG", stamp)


def new_document(number: int) -> Document:
    """An article that no library has yet."""
    new = document(number)
    return replace(new, article=replace(new.article, id=f"новая {number}"))


def differences(library: Rival, desk: Desk) -> list[str]:
    """The articles that do not stand in a library as they should after all that was saved."""
    return [
        expected.article.id
        for expected in desk.documents.values()
        if (found := library.load(expected.article.id)).annotations != expected.annotations
        or found.article != expected.article
    ]
