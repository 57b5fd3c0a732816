"""Reads the sentences of CoNLL-U files: their words, and the text that the words make up."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COLUMNS = 10


class Malformed(Exception):
    """A line that CoNLL-U does not allow; says which, and where."""


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word: what annotators say of it, and where its surface form is in the text."""

    form: str
    lemma: str
    upos: str
    feats: frozenset[str]
    number: int
    head: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text of a sentence and its words, in order."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    columns: list[str]

    @property
    def first_and_last(self) -> tuple[int, int]:
        """The numbers of the words that the line stands for: one, or those of a range."""
        first, dash, last = self.columns[0].partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise Malformed(f"{self.where}: {self.columns[0]!r} is no number of a word")
        return int(first), int(last or first)

    @property
    def is_empty_node(self) -> bool:
        """Whether the line is a word of the enhanced graph that the text does not have (8.1)."""
        return "." in self.columns[0]

    @property
    def is_followed_by_space(self) -> bool:
        return "SpaceAfter=No" not in self.columns[9].split("|")


def sentences_below(folder: Path) -> Iterator[Sentence]:
    """The sentences of a file, or of all `*.conllu` files below a folder, in order of names."""
    for path in sorted(folder.rglob("*.conllu")) if folder.is_dir() else [folder]:
        yield from sentences_of(path)


def sentences_of(path: Path) -> Iterator[Sentence]:
    """The sentences of a file; raises Malformed where a line is not CoNLL-U."""
    lines: list[_Line] = []
    with path.open(encoding="utf-8-sig") as file:
        try:
            for number, line in enumerate(file, start=1):
                content = line.rstrip("\r\n")
                if not content.strip():
                    yield from _sentence(lines)
                    lines = []
                elif not content.startswith("#"):
                    lines.append(_line(f"{path}:{number}", content))
        except UnicodeDecodeError as error:
            raise Malformed(f"{path}: not UTF-8 ({error.reason})") from error
    yield from _sentence(lines)


def _line(where: str, content: str) -> _Line:
    columns = content.split("\t")
    if len(columns) != _COLUMNS:
        raise Malformed(f"{where}: {len(columns)} columns where CoNLL-U has {_COLUMNS}")
    return _Line(where, columns)


def _sentence(lines: list[_Line]) -> Iterator[Sentence]:
    """The sentence of these lines, if there are any; words of a range share its surface form."""
    text = ""
    words: list[Word] = []
    start = end = covered = 0
    space = False
    for line in lines:
        if line.is_empty_node:
            continue
        first, last = line.first_and_last
        if first > covered:  # not inside a range
            start = len(text) + space
            text += " " * space + line.columns[1]
            end, covered, space = len(text), last, line.is_followed_by_space
        if "-" not in line.columns[0]:
            words.append(_word(line, first, start, end))
    if words:
        yield Sentence(text, tuple(words))


def _word(line: _Line, number: int, start: int, end: int) -> Word:
    _, form, lemma, upos, _, feats, head, *_ = line.columns
    if head != "_" and not head.isdecimal():
        raise Malformed(f"{line.where}: {head!r} is no number of a head")
    return Word(
        form=form,
        lemma="" if lemma == "_" and form != "_" else lemma,
        upos=upos,
        feats=frozenset(() if feats == "_" else feats.split("|")),
        number=number,
        head=None if head == "_" else int(head),
        start=start,
        end=end,
    )
