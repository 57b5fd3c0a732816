"""The lines of a concordance: the hits below one another, between what stands beside them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType

from annotations.edits import Add, Change, Edit, Group
from annotations.model import Annotation, Span
from annotations.schema import Schema
from store.concordance import Line
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.page.wrap import fit, fit_end
from tui.widgets.article_list import DATE, GAP
from tui.widgets.line_list import LineList, Piece

Key = tuple[int, int, int]  # of a line: the article and where in it the hit stands

_SIGNS = {"suggested": "?", "accepted": "+", "rejected": "-"}
_BREAK = re.compile(r"(?<!\s)\s*\n\s*")


def key_of(line: Line) -> Key:
    return line.row.docid, line.hit.start, line.hit.end


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of each column; a column for which there is no room has none."""

    tick: int
    left: int
    right: int  # of the hit and what follows it
    label: int
    date: int
    source: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        wide, narrow = width >= 110, width < 60
        date, source = (DATE, 14) if wide else (0, 0)
        label = 5 if narrow else 9
        tick = 2 if narrow else 4
        others = [label, *filter(None, (date, source))]
        rest = max(width - 1 - tick - sum(others) - len(GAP) * len(others), 12)
        return cls(tick, rest * 2 // 5, rest - rest * 2 // 5, label, date, source)


class ConcordanceList(LineList):
    """A hit a line; Space ticks it.  What is annotated there is read when it comes into sight."""

    DEFAULT_CSS = "ConcordanceList { height: 1fr; scrollbar-size-vertical: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "screen.tick", "Tick the line, or no longer", "Tick", name="tick-line"),
        key("enter", "screen.open", "Open the article at the hit", "Open", name="open-line"),
    ]

    def __init__(
        self, schema: Schema, wanted: Callable[[], None], moved: Callable[[], None]
    ) -> None:
        """`wanted` is called where something in sight is still to be read."""
        super().__init__()
        self._schema = schema
        self._wanted = wanted
        self._moved = moved
        self.lines: Sequence[Line] = ()
        self.ticked: set[Key] = set()
        self.there: dict[Key, Annotation | None] = {}  # what was seen at the hits
        self._outdated: set[Key] = set()  # where it may be something else by now
        self._awaited: set[Key] = set()  # what is being read, and has not changed since that began

    # what is listed

    def show(self, lines: Sequence[Line]) -> None:
        """List other lines, the cursor on the one that it was on."""
        at = self.line
        self.lines = lines
        self.lines_changed()
        if at is not None and self.line is not at:
            where = next((n for n, each in enumerate(lines) if each is at), None)
            self.cursor = self.cursor if where is None else where

    @property
    def annotation(self) -> Annotation | None:
        """What is annotated at the hit of the line at the cursor, as far as it is known."""
        return self.there.get(key_of(self.line)) if self.line is not None else None

    @property
    def line(self) -> Line | None:
        """The line at the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def missing(self) -> list[Line]:
        """The lines in sight, and as many after them, at which is to be looked."""
        first = self.scroll_offset.y
        inside = self.lines[first : first + 2 * self.size.height]
        return [each for each in inside if self._is_missing(key_of(each))]

    def _is_missing(self, where: Key) -> bool:
        return where not in self.there or where in self._outdated

    def awaits(self, lines: Iterable[Line]) -> None:
        """What stands at these lines is going to be read now."""
        self._awaited = set(map(key_of, lines))

    def take(self, there: Mapping[Key, Annotation | None]) -> None:
        self.there.update(
            (where, each)
            for where, each in there.items()
            if where in self._awaited or where not in self.there
        )
        self._outdated -= self._awaited & there.keys()
        self.refresh()
        self._moved()

    def forget(self, docids: Iterable[int]) -> None:
        """What is annotated in these articles may have changed: it is read anew.

        Until that has been done, what was seen is what was seen.
        """
        changed = set(docids)
        outdated = {where for where in (*self.there, *self._awaited) if where[0] in changed}
        self._outdated |= outdated
        self._awaited -= outdated
        self.refresh()

    def wrote(self, docid: int, edit: Edit) -> None:
        """What its reader has written in an article is known to them without another look."""
        parts = edit.edits if isinstance(edit, Group) else (edit,)
        became = {part.before.id: part for part in parts if isinstance(part, Change)}
        added = [part.annotation for part in parts if isinstance(part, Add)]
        for where, seen in self.there.items():
            if where[0] != docid:
                continue
            if seen is None:
                span = Span(where[1], where[2])
                over = (each for each in added if each.span.covers(span))
                self.there[where] = next(over, None)
            elif (change := became.get(seen.id)) is not None and change.before == seen:
                self.there[where] = change.after
        self.forget([docid])

    # what is ticked

    def chosen(self) -> list[Line]:
        """The ticked lines; where there are none, the one at the cursor."""
        ticked = [each for each in self.lines if key_of(each) in self.ticked]
        return ticked or ([self.line] if self.line is not None else [])

    def tick(self, lines: Iterable[Line]) -> None:
        """Tick lines; untick them where all of them are ticked."""
        keys = set(map(key_of, lines))
        self.ticked = self.ticked - keys if keys <= self.ticked else self.ticked | keys
        self.refresh()

    # lines

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self._moved()

    def line_count(self) -> int:
        return len(self.lines)

    def group_of(self, line: int) -> object:
        return line if line < len(self.lines) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        shown = self.lines[line]
        where = key_of(shown)
        if self._is_missing(where):
            self._wanted()
        columns, row = Columns.of(width), shown.row
        hit = display(_BREAK.sub(" ", shown.key))
        hit = fit(hit, min(cell_len(hit), columns.right))
        label, style = self._standing(where)
        pieces = [
            (_tick(columns.tick, is_ticked=where in self.ticked), theme.BOLD),
            (fit_end(display(shown.left), columns.left), theme.PLAIN),
            (hit, theme.hit_style()),
            (fit(display(shown.right), columns.right - cell_len(hit)), theme.PLAIN),
            (GAP + fit(label, columns.label), style),
        ]
        if columns.date:
            pieces.append(
                (GAP + fit(display(row.published or "—")[:DATE], columns.date), theme.DIM)
            )
            pieces.append((GAP + fit(display(row.source), columns.source), theme.DIM))
        return pieces

    def _standing(self, where: Key) -> tuple[str, Style]:
        """The label and the status of what is annotated at a line's hit."""
        there = self.there.get(where)
        if there is None:
            return "" if where in self.there else "…", theme.DIM
        style = theme.label_style(self._schema, there.label)
        if there.status == "rejected":
            style = theme.DIM
        return display(there.label) + _SIGNS[there.status], style


def _tick(width: int, *, is_ticked: bool) -> str:
    if width < 4:
        return "x " if is_ticked else "  "
    return "[x] " if is_ticked else "[ ] "
