"""Breaking a text into screen lines, and finding cells in it.

The text is what is shown: it has passed `display`, so every character is visible, and only
`\\n` breaks a line.  A line covers `text[start:end]`; the spaces at a break belong to none.
"""

import re
from collections.abc import Iterator

from rich.cells import cell_len, split_graphemes

# Runs of characters that take one cell each and combine with nothing: nearly all of any
# news text.  (Rich has such an expression, but without «—», «№» and quotes.)
# `display` leaves all of them as they are.
SINGLE_CELLS = (
    r" -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1"
    r"\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2116\u2122\u2400-\u2426"
)
_SINGLE_CELLS = re.compile(f"[{SINGLE_CELLS}]*")

SHORT = 60  # characters: two lines of at most this many may be a list or a poem

_FIRST_GROUP = re.compile(r"(?<!\d)\d{1,3}\Z")
_GROUP = re.compile(r" \d{3}(?!\d)")

Line = tuple[int, int]  # start, end: a paragraph without text is an empty line


def wrap(text: str, width: int, *, room: bool = False) -> list[Line]:
    """The lines of at most `width` cells, broken at spaces where there are any.

    A number in groups of digits («4 200») stays whole where a line has room for it.

    `room` adds an empty line (of no length, at the line break) between paragraphs that follow
    one another without one, unless both are short.
    """
    width = max(width, 1)
    lines: list[Line] = []
    start, before = 0, 0  # `before`: how long the paragraph before is
    while True:
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        length = 0 if not room or text[start:end].isspace() else end - start
        if before and length and max(before, length) > SHORT:
            lines.append((start - 1, start - 1))
        before = length
        if _SINGLE_CELLS.fullmatch(text, start, end):
            _wrap_single(text, start, end, width, lines)
        else:
            _wrap_graphemes(text, start, end, width, lines)
        if end == len(text):
            return lines
        start = end + 1


def _wrap_single(text: str, start: int, end: int, width: int, lines: list[Line]) -> None:
    """A paragraph in which a character is a cell."""
    first = len(lines)
    while end - start > width:
        cut = last = text.rfind(" ", start, start + width + 1)
        while cut > start and _is_in_number(text, cut):
            cut = text.rfind(" ", start, cut)
        cut = cut if cut > start else last
        if cut <= start:
            cut = start + width
        lines.append((start, cut))
        while cut < end and text[cut] == " ":
            cut += 1
        start = cut
    if start < end or len(lines) == first:
        lines.append((start, end))


def _is_in_number(text: str, space: int) -> bool:
    """Whether a space stands between groups of digits of one number: «4 200»."""
    return (
        text[space - 1].isdecimal()
        and _GROUP.match(text, space) is not None
        and _FIRST_GROUP.search(text[max(space - 4, 0) : space]) is not None
    )


def _wrap_graphemes(text: str, start: int, end: int, width: int, lines: list[Line]) -> None:
    """A paragraph with wide, combining or joined characters."""
    graphemes = list(_graphemes(text, start, end))
    count = len(graphemes)
    is_space = [text[first:last] == " " for first, last, _ in graphemes]
    is_break = [
        space and not _is_in_number(text, first)
        for space, (first, _, _) in zip(is_space, graphemes, strict=True)
    ]
    number = 0
    while number < count:
        stop, used, cut, last = number, 0, 0, 0
        while stop < count and used + graphemes[stop][2] <= width:
            used += graphemes[stop][2]
            cut = stop if is_break[stop] else cut
            last = stop if is_space[stop] else last
            stop += 1
        if stop < count and not is_break[stop]:
            cut = cut if cut > number else stop if is_space[stop] else last
            stop = cut if cut > number else stop
        stop = max(stop, number + 1)
        lines.append((graphemes[number][0], graphemes[stop - 1][1]))
        while stop < count and is_space[stop]:
            stop += 1
        number = stop


def _graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, cells) of each grapheme of `text[start:end]`."""
    for first, last, cells in split_graphemes(text[start:end])[0]:
        yield start + first, start + last, cells


def cell_of(text: str, line: Line, offset: int) -> int:
    """The cell, from the line's left end, at which the character at `offset` begins."""
    return cell_len(text[line[0] : min(max(offset, line[0]), line[1])])


def offset_at(text: str, line: Line, cell: int) -> int:
    """The offset of the character that covers a cell; the line's end beyond its last."""
    start, end = line
    if _SINGLE_CELLS.fullmatch(text, start, end):
        return min(start + max(cell, 0), end)
    used = 0
    for first, _, cells in _graphemes(text, start, end):
        used += cells
        if cell < used:
            return first
    return end


def fit(text: str, width: int) -> str:
    """The text in exactly `width` cells: cut with … or filled with spaces."""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    kept = text[: offset_at(text, (0, len(text)), max(width - 1, 0))]
    return kept + "…" * min(width, 1) + " " * (width - 1 - cell_len(kept))


def fit_end(text: str, width: int) -> str:
    """The end of the text in exactly `width` cells: cut with … or behind spaces."""
    excess = cell_len(text) - width
    if excess <= 0:
        return " " * -excess + text
    if width < 1:
        return ""
    start = min(excess + 1, len(text))  # where all are of one cell
    while cell_len(text[start:]) > width - 1:
        start += 1
    while start and cell_len(text[start - 1 :]) <= width - 1:
        start -= 1
    return " " * (width - 1 - cell_len(text[start:])) + "…" + text[start:]


def wrapped(text: str, width: int) -> list[str]:
    """The same as strings."""
    return [text[start:end] for start, end in wrap(text, width)]
