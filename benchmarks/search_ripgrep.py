"""ripgrep over the texts as files: for a word, all its forms side by side."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from annotations.model import Document
from benchmarks.search_engine import LIMIT, Answer, Engine, NotHere, Query, number_of


class Ripgrep(Engine):
    name = "ripgrep"
    cannot = frozenset({"money"})
    can_write = False  # nothing is made ready

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        program = shutil.which("rg")
        if program is None:
            raise NotHere("ripgrep is not installed")
        self._program = program

    def fill(self, documents: Sequence[Document], processes: int) -> None:  # noqa: ARG002
        for document in documents:
            number = number_of(document)
            folder = self.folder / f"{number % 256:02x}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").write_text(document.article.text, encoding="utf-8")

    def search(self, query: Query, limit: int = LIMIT) -> Answer:
        """The articles have no order."""
        numbers = [int(Path(line).stem) for line in self._found(query)]
        return Answer(len(numbers), numbers[:limit])

    def _found(self, query: Query) -> set[str]:
        match query.form:
            case "exact":
                return self._files(_exactly(query.words[0]))
            case "phrase":
                return self._files(r"\s+".join(map(_forms, query.words)))
            case "prefix":
                return self._files(rf"{_exactly(query.words[0])}\w*")
        found = [self._files(_forms(word)) for word in query.words]
        match query.form:
            case "or":
                return set().union(*found)
            case "and not":
                return set.intersection(*found[:-1]) - found[-1]
        return found[0]

    def _files(self, pattern: str) -> set[str]:
        command = (self._program, "-l", "-i", "--no-ignore", "-e", rf"\b(?:{pattern})\b", ".")
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise RuntimeError(done.stderr)
        return set(done.stdout.splitlines())


@cache
def _analyzer() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@cache
def _forms(word: str) -> str:
    """All forms of all that a word may be a form of, one of which is sought."""
    parses = _analyzer().parse(word.lower())
    forms = {word.lower()} | {form.word for parse in parses for form in parse.lexeme}
    return f"(?:{'|'.join(sorted(map(_exactly, forms)))})"


def _exactly(word: str) -> str:
    """A form with ё written either way."""
    return re.escape(word.lower()).replace("ё", "е").replace("е", "[её]")
