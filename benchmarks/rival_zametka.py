"""This store, through its front door.  Its saves keep the history as well."""

import multiprocessing
import os
from pathlib import Path

from annotations.edits import Edit
from annotations.model import Document
from benchmarks.rivals import AUTHOR, Rival, document
from store.library import Library


class Zametka(Rival):
    name = "zametka"

    def __init__(self, folder: Path) -> None:
        self._library = Library.create(folder)
        super().__init__(folder)

    def fill(self, numbers: range) -> None:
        workers = min(os.cpu_count() or 1, len(numbers))
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            shares = [(self.folder, numbers[first::workers]) for first in range(workers)]
            pool.starmap(_fill, shares)

    def add(self, document: Document) -> None:
        self._library.add(document)

    def save(self, article_id: str, edit: Edit) -> None:
        self._library.apply(article_id, edit, author=AUTHOR)

    def load(self, article_id: str) -> Document:
        return self._library.document(article_id)


def _fill(folder: Path, numbers: range) -> None:
    """What `zametka add` does, but in this process nothing waits for the disk."""
    os.fsync = os.fdatasync = _no_wait  # type: ignore[assignment]
    library = Library.open(folder)
    for number in numbers:
        library.add(document(number))


def _no_wait(_file: object) -> None:
    pass
