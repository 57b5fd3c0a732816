"""Frames of terminal cells, and the shortest output that turns one into the next.

A terminal keeps what it shows, so only what differs has to be sent: over a slow line that is
the difference between a screen that follows the keys and one that limps after them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, groupby
from operator import itemgetter, ne

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

Cell = tuple[str, str]  # a grapheme and its SGR parameters; ("", …) is covered by a wide one
Row = tuple[Cell, ...]
Frame = Sequence[Row]

BLANK: Cell = (" ", "")
_JOIN = 6  # unchanged cells between two changes that cost less than moving over them
_ERASED = 12  # blanks that are shorter to erase and pass over than to write
_SHOWS_ON_BLANKS = {"4", "7", "9", "21", "48", "53", *map(str, (*range(40, 48), *range(100, 108)))}
_DEFAULTS = {"39", "49", "0", ""}  # parameters that say nothing after a reset


def frame_of(strips: Iterable[Strip], width: int, colours: ColorSystem) -> list[Row]:
    """The cells of the lines of a screen."""
    return [row_of(strip, width, colours) for strip in strips]


def row_of(strip: Strip, width: int, colours: ColorSystem) -> Row:
    """The cells of a line, or of a piece of one."""
    return cells_of(
        (
            (_sgr(style, colours) if style else "", text)
            for text, style, control in strip
            if not control
        ),
        width,
    )


def cells_of(runs: Iterable[tuple[str, str]], width: int) -> Row:
    """The cells of a line that is given as SGR parameters and the text that has them."""
    cells: list[Cell] = []
    for sgr, text in runs:
        space = (" ", sgr) if _shows_on_blanks(sgr) else BLANK
        if text.isascii():
            cells += [space if character == " " else (character, sgr) for character in text]
            continue
        for start, end, size in split_graphemes(text)[0]:
            if size == 0:  # it joins what stands before it; at the start of a row there is nothing
                _join_last(cells, text[start:end])
            else:
                cells.append(space if text[start:end] == " " else (text[start:end], sgr))
                cells += [("", sgr)] * (size - 1)
    return tuple((cells + [BLANK] * (width - len(cells)))[:width])


def runs_of(row: Row) -> list[tuple[str, str]]:
    """The same the other way round."""
    runs = [(sgr, [text for text, _ in cells]) for sgr, cells in groupby(row, key=itemgetter(1))]
    return [(sgr, "".join(texts)) for sgr, texts in runs]


@lru_cache(maxsize=1024)
def _shows_on_blanks(sgr: str) -> bool:
    """Whether a blank looks another way with these parameters."""
    return not _SHOWS_ON_BLANKS.isdisjoint(sgr.split(";"))


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
    pieces, sgr = [], ""
    for y, (before, after) in enumerate(zip(old, new, strict=True)):
        if before is not after and before != after:
            for start, end in _spans(before, after):
                piece, sgr = _piece(y, start, end, after, sgr)
                pieces.append(piece)
    return "".join(pieces) + "\x1b[m" * bool(sgr)


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


def _piece(y: int, start: int, end: int, row: Row, sgr: str) -> tuple[str, str]:
    """Move to a place and write the cells from there; blanks to the end of the row are erased.

    Begins with the SGR parameters that are in effect, and returns those that it leaves so.
    """
    last = len(row)
    while last > start and row[last - 1] == BLANK:
        last -= 1
    erase = last <= end and len(row) - last > 3
    stop = last if erase else end
    output = [f"\x1b[{y + 1};{start + 1}H"]
    for is_blank, group in groupby(row[start:stop], key=BLANK.__eq__):
        cells = list(group)
        if is_blank and len(cells) >= _ERASED:
            output.append("\x1b[m" * bool(sgr) + f"\x1b[{len(cells)}X\x1b[{len(cells)}C")
            sgr = ""
            continue
        for text, wanted in cells:
            if wanted != sgr and not (is_blank and not _shows_on_blanks(sgr)):
                output.append(f"\x1b[0;{wanted}m" if sgr and wanted else f"\x1b[{wanted}m")
                sgr = wanted
            output.append(text)
    if erase and sgr:
        output.append("\x1b[m")
        sgr = ""
    if erase:
        output.append("\x1b[K")
    return "".join(output), sgr


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
    first, last = min(rows), max(rows)
    top, bottom = (first, last + shift) if shift > 0 else (first + shift, last)
    return *_widened(old, new, top, bottom, shift), shift


def _widened(old: Frame, new: Frame, top: int, bottom: int, shift: int) -> tuple[int, int]:
    """The region with the rows at its edges that moved and changed too: a cursor stands there."""
    height, blank = len(new), (BLANK,) * len(new[0])

    def changed(before: Row, after: Row) -> int:
        return sum(map(ne, before, after))

    stay = _sums(changed(*rows) for rows in zip(old, new, strict=True))
    empty = _sums(changed(blank, row) for row in new)
    come = _sums(
        changed(old[y + shift], row) if 0 <= y + shift < height else 0 for y, row in enumerate(new)
    )

    def cost(region: tuple[int, int]) -> int:
        start, stop = region[0], region[1] + 1
        first, last = (start, stop - shift) if shift > 0 else (start - shift, stop)
        moved = come[last] - come[first]
        filled = (empty[stop] - empty[last]) + (empty[first] - empty[start])
        return stay[start] + filled + moved + stay[height] - stay[stop]

    regions = [(start, stop) for start in range(top, -1, -1) for stop in range(bottom, height)]
    return min(regions, key=cost)


def _sums(numbers: Iterable[int]) -> list[int]:
    """The sum of the numbers before each place."""
    return [0, *accumulate(numbers)]
