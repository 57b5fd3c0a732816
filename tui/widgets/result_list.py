"""The list of the articles that a query finds: two lines each, read when they come into sight."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import ClassVar

from rich.style import Style
from textual.binding import BindingType

from tui import theme
from tui.display import display
from tui.finding import Excerpt
from tui.keyboard.keys import key
from tui.language import told
from tui.page.wrap import fit
from tui.widgets.article_list import DATE, GAP, UNREAD
from tui.widgets.line_list import LineList, Piece

INDENT = 4  # cells before a snippet


class ResultList(LineList):
    """Date, source and title of an article, and under them the sentence that shows it best."""

    DEFAULT_CSS = (
        "ResultList { height: 1fr; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "Open the article at its hit", "Open", name="open-result"),
    ]

    def __init__(
        self, read: Collection[str], wanted: Callable[[], None], moved: Callable[[], None]
    ) -> None:
        """`read` are ids of articles that are no longer new; `wanted` is called where something in
        sight is still to be read."""
        super().__init__()
        self._read = read
        self._wanted = wanted
        self._moved = moved
        self.docids: Sequence[int] = ()
        self._excerpts: dict[int, Excerpt | None] = {}

    def show(self, docids: Sequence[int], at: int | None = None) -> None:
        """List other articles, the cursor on the one with a number, else on the first."""
        self.docids = docids
        self._excerpts.clear()
        self.cursor = 0
        self.scroll_to(y=0, animate=False, immediate=True)
        self.lines_changed()
        if at is not None and at in docids:
            self.go_to(docids.index(at))

    def go_to(self, number: int) -> None:
        self.cursor = 2 * number

    @property
    def docid(self) -> int | None:
        """The article at the cursor."""
        return None if self.number is None else self.docids[self.number]

    def missing(self) -> list[int]:
        """What of the articles in sight, and of as many after them, has not been read."""
        first, height = self.scroll_offset.y // 2, self.size.height
        inside = self.docids[max(first, 0) : first + height]
        return [docid for docid in inside if docid not in self._excerpts]

    def take(self, docids: Iterable[int], excerpts: Iterable[Excerpt]) -> None:
        """Articles have been read; of one that is not found any longer nothing comes."""
        self._excerpts.update(dict.fromkeys(docids))
        self._excerpts.update((each.row.docid, each) for each in excerpts)
        self.refresh()

    @property
    def room(self) -> int:
        """How many cells there are for a snippet."""
        return max(self.size.width - INDENT - 1, 10)

    def on_resize(self) -> None:
        self._excerpts.clear()

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self._moved()

    @property
    def number(self) -> int | None:
        """The number of the article at the cursor, from 0."""
        number = self.cursor // 2
        return number if number < len(self.docids) else None

    def line_count(self) -> int:
        return 2 * len(self.docids)

    def group_of(self, line: int) -> object:
        return self.docids[line // 2] if line < self.line_count() else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        docid = self.docids[line // 2]
        if docid not in self._excerpts:
            self._wanted()
            return [("  …" if line % 2 == 0 else "", theme.DIM)]
        excerpt = self._excerpts[docid]
        if excerpt is None:
            return [("  —" if line % 2 == 0 else "", theme.DIM)]
        return self._heading(excerpt, width) if line % 2 == 0 else _snippet(excerpt)

    def _heading(self, excerpt: Excerpt, width: int) -> list[Piece]:
        row = excerpt.row
        unread = row.article_id not in self._read
        source = 24 if width >= 140 else 16 if width >= 90 else 0
        return [
            (UNREAD if unread else " ", theme.BOLD),
            (fit(display(row.published or "—")[:DATE], DATE) + GAP, theme.DIM),
            (fit(display(row.source), source) + GAP if source else "", theme.DIM),
            (display(row.title), theme.BOLD if unread else theme.PLAIN),
        ]


def _snippet(excerpt: Excerpt) -> list[Piece]:
    """The sentence with its hits in colour."""
    shown = excerpt.snippet
    indent: Piece = (" " * INDENT, theme.PLAIN)
    if shown is None:
        return [indent, (display(told(excerpt.problem)), theme.DIM)]
    text, place = excerpt.text, 0
    pieces: list[Piece] = [indent, ("…" if shown.is_cut_before else "", theme.DIM)]
    for start, end in shown.marks:
        pieces += (_piece(text, place, start), _piece(text, start, end, theme.hit_style()))
        place = end
    pieces.append(_piece(text, place, shown.end))
    return [*pieces, ("…" if shown.is_cut_after else "", theme.DIM)]


def _piece(text: str, start: int, end: int, style: Style = theme.PLAIN) -> Piece:
    return display(text[start:end].replace("\n", " ")), style
