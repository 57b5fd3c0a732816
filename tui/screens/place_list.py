"""The list of places where a name stands, by form, with boxes to tick."""

import re
from typing import ClassVar

from textual.binding import BindingType

from store.places import Place, end_of, start_of
from tui import theme
from tui.checklist import Checklist
from tui.display import display
from tui.keyboard.keys import key
from tui.language import told
from tui.page.wrap import fit
from tui.widgets.line_list import LineList, Piece


class PlaceList(LineList):
    """The checklist; Space ticks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "choose", "Tick, untick", "Tick", name="tick")
    ]

    def __init__(self, checklist: Checklist, article_id: str) -> None:
        super().__init__()
        self._checklist = checklist
        self._article_id = article_id

    def line_count(self) -> int:
        return len(self._checklist.rows)

    def group_of(self, line: int) -> object:
        return self._checklist.rows[line] if line < len(self._checklist.rows) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        row = self._checklist.rows[line]
        width = min(width, self.scrollable_content_region.width)  # without the scrollbar
        mark = self._checklist.mark(row)
        if row.place is None:
            count = str(self._checklist.count(row))
            form = fit(display(row.form), min(width - 12, max(len(row.form), 20)))
            return [(f"{mark} {form} {count:>6}", theme.BOLD)]
        return self._place(mark, self._checklist.places[row.place], width - 6)

    def _place(self, mark: str, place: Place, width: int) -> list[Piece]:
        """A place in its line; what is to be said about it at the right."""
        said = [told(place.remark)] if place.remark else []
        if place.article_id != self._article_id:
            said.append(place.title)
        remark = display(" · ".join(said))
        if remark:
            remark = fit(remark, min(len(remark), width // 2))
        text = _line(place.text)
        room = max(width - 2 - len(text) - len(remark) - bool(remark) * 2, 0)
        before = end_of(_line(place.before), room // 2)
        rest = room - len(before)
        after = start_of(_line(place.after), rest)
        return [
            (f"    {mark} ", theme.PLAIN),
            (before, theme.DIM),
            (text, theme.BOLD),
            (fit(after, rest), theme.DIM),
            (f"  {remark}" if remark else "", theme.PLAIN),
        ]


def _line(text: str) -> str:
    """A stretch of an article on one line; what it begins and ends with stays apart from it."""
    return display(re.sub(r"\s*\n\s*", " ", text))
