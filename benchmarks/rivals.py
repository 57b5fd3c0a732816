"""What the stores that are compared have in common: the articles, and what is done with them.

Each stands in a module of its own, `rival_….py`, and is used as well as it can be.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from annotations.edits import Edit
from annotations.model import Annotation, Document

AUTHOR = "user:anna"
DIFFERENT = 200  # texts; each lies in a large library under many ids
FIELDS = tuple(field.name for field in fields(Annotation))

_SETTERS = tuple(getattr(Annotation, name).__set__ for name in FIELDS)


@cache
def _original(seed: int) -> Document:
    from benchmarks.corpus import articles  # a process that only reads does not need it

    return next(articles(1, seed, annotated=True))


def article_id(number: int) -> str:
    return f"статья {number}"


def document(number: int) -> Document:
    """The article with this number, as it is in every library at first."""
    original = _original(number % DIFFERENT)
    return replace(original, article=replace(original.article, id=article_id(number)))


def made(values: Iterable[Any]) -> Annotation:
    """An annotation of the values of its fields, unchecked: the fastest way there is.

    The rivals may use it although no checksum vouches for what they have read.
    """
    annotation = object.__new__(Annotation)
    for put, value in zip(_SETTERS, values, strict=True):
        put(annotation, value)
    return annotation


class Rival(ABC):
    """A library in a folder, as one process has it open; an empty folder is a new one."""

    name: ClassVar[str]
    most: ClassVar[int] = sys.maxsize  # articles with which it can be measured at all

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @abstractmethod
    def fill(self, numbers: range) -> None:
        """Put articles into a new library, by a way that is quick and not durable."""

    @abstractmethod
    def add(self, document: Document) -> None:
        """Add an article; it is on the disk afterwards."""

    @abstractmethod
    def save(self, article_id: str, edit: Edit) -> None:
        """Save an edit; it is on the disk afterwards."""

    @abstractmethod
    def load(self, article_id: str) -> Document:
        """Read an article with its annotations."""

    def close(self) -> None:
        """Let go of the library."""
        return
