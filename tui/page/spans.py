"""Many stretches of a text, and which of them a stretch of it overlaps."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate


class Spans:
    """Spans in order of their start, found by the stretch of text that they overlap."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._furthest = list(accumulate(self._ends, max))

    def overlapping(self, start: int, end: int) -> Iterator[int]:
        """The numbers of the spans that overlap `[start, end)`, in their order."""
        first = bisect_right(self._furthest, start)
        for number in range(first, bisect_left(self._starts, end)):
            if self._ends[number] > start:
                yield number
