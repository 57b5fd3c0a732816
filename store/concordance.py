"""The concordance of a query: each hit on a line of its own, between what stands beside it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from annotations.folding import WORD, fold
from annotations.query.text_hits import Hit
from store.errors import StoreError
from store.index.index import Index, Row
from store.passages import Reader

Order = Literal["left", "right", "source", "date", "form", "none"]
CONTEXT = 250  # characters on either side
_BATCH = 100  # rows that are asked for at a time


@dataclass(frozen=True, slots=True)
class Line:
    """A hit; `left` and `right` are of the line of the text that it stands in."""

    row: Row
    hit: Hit
    left: str
    key: str
    right: str


def rows(index: Index, docids: Sequence[int]) -> Iterator[Row]:
    """The rows of articles, in this order, some at a time."""
    for first in range(0, len(docids), _BATCH):
        yield from index.rows(docids[first : first + _BATCH])


def lines(
    articles: Iterable[Row], reader: Reader, pass_over: Callable[[StoreError], None]
) -> Iterator[Line]:
    """The lines of articles, in the order in which they come.

    Of an article that cannot be read any longer `pass_over` is told why.
    """
    for row in articles:
        try:
            found = reader.passages(row)
        except StoreError as problem:
            pass_over(problem)
        else:
            for hit in found.hits:
                yield line_of(row, found.text, hit)


def line_of(row: Row, text: str, hit: Hit) -> Line:
    """A hit in the text of an article, with what stands beside it."""
    start, end = hit.start, hit.end
    first = text.rfind("\n", max(start - CONTEXT, 0), start) + 1 or max(start - CONTEXT, 0)
    last = text.find("\n", end, end + CONTEXT)
    last = min(end + CONTEXT, len(text)) if last < 0 else last
    return Line(row, hit, text[first:start], text[start:end], text[end:last])


def sort_lines(found: Iterable[Line], order: Order) -> list[Line]:
    """The lines by the words to the left (from the hit leftwards) or to the right, by source, by
    date (the oldest first, unknown ones last), by the form of the hit; equals stay as they come."""
    match order:
        case "left":
            return sorted(found, key=lambda line: _words(line.left)[::-1])
        case "right":
            return sorted(found, key=lambda line: _words(line.right))
        case "source":
            return sorted(found, key=lambda line: fold(line.row.source))
        case "date":
            return sorted(
                found, key=lambda line: (line.row.published is None, line.row.published or "")
            )
        case "form":
            return sorted(found, key=lambda line: _words(line.key))
    return list(found)


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text))


def forms_of_lines(found: Iterable[Line]) -> list[tuple[str, int]]:
    """The forms of the hits and how often each is there, the most frequent first.

    Case and ё make no other form; it is spelled as it is most often.
    """
    spellings: dict[str, Counter[str]] = {}
    for line in found:
        spelling = " ".join(line.key.split())
        spellings.setdefault(fold(spelling), Counter())[spelling] += 1
    counted = [(_most_often(each), each.total()) for each in spellings.values()]
    return sorted(counted, key=lambda form: (-form[1], fold(form[0])))


def _most_often(spellings: Counter[str]) -> str:
    """Of equals the one in small letters."""
    return max(spellings, key=lambda spelling: (spellings[spelling], spelling))
