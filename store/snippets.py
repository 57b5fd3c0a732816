"""The stretch of a text that shows best what a query found in it."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from annotations.query.text_hits import Hit, heading_length

LONGEST = 200  # characters; of a longer sentence what stands around the hits is shown

_END = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]++[\"»”)]*+)[^\S\n]++(?=[\"«„“(—–-]*+\s?[A-ZА-ЯЁ\d])"
    r"|(?:(?<!\s)[^\S\n]++)?\n\s*"
)  # a run of stops or blanks is looked at from its beginning only, and once
_BLANK = re.compile(r"\s+")
_SHORTENED = frozenset(
    ("гг", "др", "им", "млн", "млрд", "обл", "пр", "просп", "руб", "св", "ст", "стр", "тыс", "ул")
)  # words with a full stop that ends no sentence; those of one letter are none either

_Found = tuple[int, int, int]  # where a hit starts and ends, and which part of the query it is of


class Snippet(NamedTuple):
    """`text[start:end]` with the hits in it, none of which overlap; all offsets are of the text.

    `is_cut_before` and `is_cut_after`: its sentence has more on that side.
    """

    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    is_cut_before: bool = False
    is_cut_after: bool = False


def snippet(
    text: str, parts: Sequence[Sequence[Hit]], longest: int = LONGEST, *, title: str = ""
) -> Snippet | None:
    """The first of the sentences with hits of the most parts of a query; None: there is no hit.

    `parts` are the hits of each part, in text order.  A `title` that the text begins with is shown
    anyway: any other sentence that is as good is better.
    """
    hits = sorted((hit.start, hit.end, part) for part, found in enumerate(parts) for hit in found)
    sentences = list(_sentences(text))
    if not hits or not sentences:
        return None
    starts = [start for start, _ in sentences]
    body = heading_length(text, title)
    by_sentence = groupby(hits, key=lambda hit: max(bisect(starts, hit[0]) - 1, 0))
    number, best = max(
        ((number, list(found)) for number, found in by_sentence),
        key=lambda candidate: (_asked(candidate[1]), starts[candidate[0]] >= body),
    )
    start, end = shown = sentences[number]
    if end - start > longest:
        shown = _around(text, start, end, _closest(best, longest), longest)
    return Snippet(*shown, _marks(best, *shown), shown[0] > start, shown[1] < end)


def _asked(hits: Sequence[_Found]) -> int:
    return len({part for _, _, part in hits})


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, none across a line break: well enough told to be shown."""
    start = 0
    for match in _END.finditer(text):
        if match["stop"] and _is_shortened(text, match.start()):
            continue
        end = match.end("stop") if match["stop"] else match.start()
        if start < end:
            yield start, end
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _is_shortened(text: str, stop: int) -> bool:
    """Whether the full stop at a place ends a word alone, as in «г.» and in initials."""
    start = stop
    while start and text[start - 1].isalnum():
        start -= 1
    word = text[start:stop]
    return text[stop] == "." and (len(word) == 1 or word.lower() in _SHORTENED)


def _closest(hits: Sequence[_Found], longest: int) -> Sequence[_Found]:
    """The first of those that stand together and are of the most parts."""
    fitting = [hit for hit in hits if hit[1] - hit[0] <= longest]
    by_end = sorted(fitting, key=lambda hit: hit[1])
    inside: Counter[int] = Counter()  # of each part, the hits that fit in behind `start`
    best, most, entered, left = 0, 0, 0, 0
    for number, (start, _, _) in enumerate(hits):
        while entered < len(by_end) and by_end[entered][1] <= start + longest:
            inside[by_end[entered][2]] += 1
            entered += 1
        while left < len(fitting) and fitting[left][0] < start:
            inside[fitting[left][2]] -= 1
            left += 1
        asked = sum(map(bool, inside.values())) or 1
        if asked > most:
            best, most = number, asked
    last = hits[best][0] + longest
    return [hit for hit in hits[best:] if hit[1] <= last] or hits[best : best + 1]


def _around(
    text: str, start: int, end: int, hits: Sequence[_Found], longest: int
) -> tuple[int, int]:
    """So much of the sentence from `start` to `end`, cut between words, with the hits amid it."""
    first = hits[0][0]
    last = min(max(hit[1] for hit in hits), first + longest)
    left = max(start, first - (longest - (last - first)) // 2)
    right = min(end, left + longest)
    left = max(start, right - longest)
    if left > start and (blank := _BLANK.search(text, left - 1, first)):
        left = blank.end()
    if right < end:
        blanks = [blank.start() for blank in _BLANK.finditer(text, last, right + 1)]
        right = blanks[-1] if blanks else right
    return left, right


def _marks(hits: Sequence[_Found], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The hits between two places, those that overlap as one."""
    marks: list[tuple[int, int]] = []
    for first, last, _ in hits:
        first, last = max(first, start), min(last, end)  # noqa: PLW2901
        if marks and first < marks[-1][1]:
            marks[-1] = marks[-1][0], max(last, marks[-1][1])
        elif first < last:
            marks.append((first, last))
    return tuple(marks)
