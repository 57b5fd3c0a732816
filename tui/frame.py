"""Frames of terminal cells, and the shortest output that turns one into the next.

A terminal keeps what it shows, so only what differs has to be sent: over a slow line that is
the difference between a screen that follows the keys and one that limps after them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

Cell = tuple[str, str]  # a grapheme and its SGR parameters; ("", …) is covered by a wide one
Row = tuple[Cell, ...]
Frame = Sequence[Row]

BLANK: Cell = (" ", "")
_JOIN = 6  # unchanged cells between two changes that cost less than moving over them
_DEFAULTS = {"39", "49", "0", ""}  # parameters that say nothing after a reset


def frame_of(strips: Iterable[Strip], width: int, colours: ColorSystem) -> list[Row]:
    """The cells of the lines of a screen."""
    return [row_of(strip, width, colours) for strip in strips]


def row_of(strip: Strip, width: int, colours: ColorSystem) -> Row:
    """The cells of a line, or of a piece of one."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        sgr = _sgr(style, colours) if style else ""
        if text.isascii():
            cells += [(character, sgr) for character in text]
            continue
        for start, end, size in split_graphemes(text)[0]:
            if size == 0:  # it joins what stands before it; at the start of a row there is nothing
                _join_last(cells, text[start:end])
            else:
                cells.append((text[start:end], sgr))
                cells += [("", sgr)] * (size - 1)
    return tuple((cells + [BLANK] * (width - len(cells)))[:width])


def _join_last(cells: list[Cell], mark: str) -> None:
    last = len(cells) - 1
    while last >= 0 and cells[last][0] == "":
        last -= 1
    if last >= 0:
        cells[last] = (cells[last][0] + mark, cells[last][1])


@lru_cache(maxsize=1024)
def _sgr(style: Style, colours: ColorSystem) -> str:
    """SGR parameters without those that set the default colours."""
    sgr = Strip.render_ansi(style, colours)
    parameters = sgr.split(";")
    if "38" in parameters or "48" in parameters:  # what follows these is no parameter of its own
        return sgr
    return ";".join(each for each in parameters if each not in _DEFAULTS)


def difference(old: Frame, new: Frame) -> str:
    """What to send to a terminal that shows `old` (of the same size) so that it shows `new`."""
    plain = _changes(old, new)
    if len(plain) < 200:
        return plain
    scrolled = _scrolled(old, new)
    return scrolled if scrolled is not None and len(scrolled) < len(plain) else plain


def whole(new: Frame) -> str:
    """What to send to a terminal that shows nobody knows what."""
    empty = [(BLANK,) * len(row) for row in new]
    return "\x1b[m\x1b[2J" + _changes(empty, new)


def _changes(old: Frame, new: Frame) -> str:
    pieces = []
    for y, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is not after and before != after:
            pieces += [_piece(y, start, end, after) for start, end in _spans(before, after)]
    return "".join(pieces)


def _spans(old: Row, new: Row) -> list[tuple[int, int]]:
    """The stretches of a row to be sent, snapped to whole graphemes."""
    spans: list[tuple[int, int]] = []
    for x, (before, after) in enumerate(zip(old, new, strict=True)):
        if before != after:
            if spans and x - spans[-1][1] <= _JOIN:
                spans[-1] = (spans[-1][0], x + 1)
            else:
                spans.append((x, x + 1))
    if spans and not (_is_even(old) and _is_even(new)):
        # terminals disagree on the width of some graphemes: to the end of the row from there
        return [(_grapheme_start(old, new, spans[0][0]), len(new))]
    return spans


def _is_even(row: Row) -> bool:
    """Whether every cell holds one character."""
    return all(len(text) == 1 for text, _ in row)


def _grapheme_start(old: Row, new: Row, x: int) -> int:
    while x > 0 and (old[x][0] == "" or new[x][0] == ""):
        x -= 1
    return x


def _piece(y: int, start: int, end: int, row: Row) -> str:
    """Move to a place and write the cells from there; blanks to the end of the row are erased."""
    last = len(row)
    while last > start and row[last - 1] == BLANK:
        last -= 1
    erase = last <= end and len(row) - last > 3
    stop = last if erase else end
    output, sgr = [f"\x1b[{y + 1};{start + 1}H"], ""
    for text, wanted in row[start:stop]:
        if wanted != sgr:
            output.append(f"\x1b[0;{wanted}m" if sgr and wanted else f"\x1b[{wanted}m")
            sgr = wanted
        output.append(text)
    if sgr:
        output.append("\x1b[m")
    if erase:
        output.append("\x1b[K")
    return "".join(output)


def _scrolled(old: Frame, new: Frame) -> str | None:
    """The output where a block of rows is first moved by the terminal; None where none moved."""
    found = _moved(old, new)
    if found is None:
        return None
    top, bottom, shift = found  # rows top..bottom (inclusive) of the region, up by `shift`
    blank = (BLANK,) * len(new[0])
    block = list(old[top : bottom + 1])
    if shift > 0:
        block = block[shift:] + [blank] * shift
        move = f"\x1b[{bottom + 1};1H" + "\n" * shift
    else:
        block = [blank] * -shift + block[:shift]
        move = f"\x1b[{top + 1};1H" + "\x1bM" * -shift
    moved = [*old[:top], *block, *old[bottom + 1 :]]
    return f"\x1b[m\x1b[{top + 1};{bottom + 1}r{move}\x1b[r" + _changes(moved, new)


def _moved(old: Frame, new: Frame) -> tuple[int, int, int] | None:
    """(top, bottom, shift) of the block of rows that most likely moved up by `shift`."""
    half = len(new[0]) // 2 if new else 0
    places: dict[Row, list[int]] = {}
    for y, row in enumerate(old):
        left = row[:half]
        if any(cell != BLANK for cell in left):
            places.setdefault(left, []).append(y)
    shifts: Counter[int] = Counter()
    for y, row in enumerate(new):
        for place in places.get(row[:half], ()):
            if place != y:
                shifts[place - y] += 1
    if not shifts:
        return None
    shift, votes = shifts.most_common(1)[0]
    if votes < 3:
        return None
    rows = [y for y, row in enumerate(new) if y + shift in places.get(row[:half], ())]
    top, bottom = min(rows), max(rows)
    return (top, bottom + shift, shift) if shift > 0 else (top + shift, bottom, shift)
