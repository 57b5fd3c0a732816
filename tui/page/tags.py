"""Characters that are shown between those of the text: where annotations begin and end.

They are cells on the screen only.  The text has none of them, and each place on the screen
stands for one offset of the text.

With tags on, every annotation stands in brackets with its label after them, and a sign for
what was decided: `[Гомель]LOC?` is a suggestion.  With tags off only those that could be taken
for another have brackets: within others, crossing others, or next to one of the same label.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from annotations.model import Annotation

OPENING, CLOSING = "[", "]"


class Tag(NamedTuple):
    """A text that is shown before the character at `place`: a closing one after its annotation."""

    place: int
    text: str
    annotation: Annotation
    closing: bool


def sign(annotation: Annotation, *, mine: bool) -> str:
    """One character, whatever the status, so that a decision moves no text."""
    match annotation.status:
        case "suggested":
            return "?"
        case "accepted":
            return "+" if mine else "="
        case _:
            return "-" if mine else "~"


def tags_of(
    annotations: Sequence[Annotation],
    text: str,
    *,
    labels: bool,
    is_mine: Callable[[Annotation], bool],
) -> list[Tag]:
    """The tags of annotations that are in text order."""
    tagged = range(len(annotations)) if labels else sorted(doubtful(annotations, text))
    found: list[tuple[tuple[int, int, int, int], Tag]] = []
    for number in tagged:
        each = annotations[number]
        name = each.label + sign(each, mine=is_mine(each)) if labels else ""
        start, end = each.start, each.end
        found.append(((start, 1, -end, number), Tag(start, OPENING, each, False)))
        found.append(((end, 0, -start, -number), Tag(end, CLOSING + name, each, True)))
    found.sort(key=lambda pair: pair[0])
    return [tag for _, tag in found]


def doubtful(annotations: Sequence[Annotation], text: str) -> set[int]:
    """The numbers of annotations whose beginning or end a style alone may not show."""
    found: set[int] = set()
    around: list[int] = []  # the numbers of those that have not ended
    last: dict[str, int] = {}  # label -> where its last annotation ended
    for number, each in enumerate(annotations):
        if around:
            around = [other for other in around if annotations[other].end > each.start]
            if around:
                found.add(number)
                found.update(other for other in around if annotations[other].end < each.end)
        around.append(number)
        before = last.get(each.label, -1)
        if 0 <= before <= each.start and not text[before : each.start].strip(" "):
            found.add(number)
        last[each.label] = max(before, each.end)
    return found


class Tagged:
    """A text with tags between its characters: `shown`, and where each offset stands in it."""

    def __init__(self, text: str, tags: Sequence[Tag]) -> None:
        self.tags = tags
        lengths = [len(tag.text) for tag in tags]
        self._places = [tag.place for tag in tags]
        self._before = [0, *accumulate(lengths)]  # characters of the tags before each tag
        self._starts = [
            place + before for place, before in zip(self._places, self._before, strict=False)
        ]
        pieces, done = [], 0
        for tag in tags:
            pieces += [text[done : tag.place], tag.text]
            done = tag.place
        self.shown = "".join([*pieces, text[done:]]) if tags else text

    @property
    def places(self) -> tuple[list[int], list[int]]:
        """Where the tags stand, and how long they are."""
        return self._starts, self._before

    def has_places_of(self, other: "Tagged") -> bool:
        """Whether everything stands where it stands in another: nothing has to be wrapped anew."""
        return self.places == other.places

    def index(self, offset: int) -> int:
        """Where the character at an offset stands in `shown`."""
        return offset + self._before[bisect_right(self._places, offset)]

    def offset(self, index: int) -> int:
        """The offset of what stands at an index of `shown`.

        An opening tag stands for the character after it, a closing one for the one before it.
        """
        number = bisect_right(self._starts, index) - 1
        if number < 0:
            return index
        tag = self.tags[number]
        if index < self._starts[number] + len(tag.text):
            return max(tag.place - 1, 0) if tag.closing else tag.place
        return index - self._before[number + 1]

    def edge(self, index: int) -> int:
        """The offset at which a line begins or ends that does so at an index of `shown`."""
        number = bisect_right(self._starts, index) - 1
        if number < 0:
            return index
        return max(index - self._before[number + 1], self._places[number])

    def between(self, start: int, end: int) -> Iterator[tuple[int, Tag]]:
        """The tags that have a part in `shown[start:end]`, with where they begin."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for number in range(first, bisect_left(self._starts, end)):
            tag = self.tags[number]
            if self._starts[number] + len(tag.text) > start:
                yield self._starts[number], tag
