"""The list of the steps of an article."""

from collections.abc import Callable

from rich.cells import cell_len

from store import history
from store.library import HistoryEntry
from store.restoring import Story
from tui import theme
from tui.display import display
from tui.language import _
from tui.page.wrap import fit
from tui.widgets.line_list import LineList, Piece
from tui.wording.step_words import WHEN, entry_in_words, when_in_words

_WHO = 12  # cells


class StepList(LineList):
    """The steps, the newest first; last of all how the article was when its history began."""

    def __init__(self, me: str, moved: Callable[[], None]) -> None:
        """`moved` is called at once when the cursor is on another row."""
        super().__init__()
        self._me = me
        self._moved = moved
        self.text = ""
        self._undone: frozenset[str] = frozenset()
        self.rows: list[HistoryEntry | None] = []

    def show_rows(self, story: Story, rows: list[HistoryEntry | None]) -> None:
        """List these steps of a story."""
        self.text = story.document.article.text
        self._undone = history.taken_back(story.entries)
        self.rows = rows
        self.lines_changed()

    @property
    def row(self) -> HistoryEntry | None:
        """The step at the cursor; None for the beginning."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def line_count(self) -> int:
        return len(self.rows)

    def group_of(self, line: int) -> object:
        return line if line < len(self.rows) else None

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self._moved()

    def what(self, entry: HistoryEntry | None) -> str:
        """A step in words."""
        if entry is None:
            return _("the beginning of the history")
        return entry_in_words(entry, self.text, self._undone)

    def who(self, entry: HistoryEntry) -> str:
        return _("you") if entry.author == self._me else entry.author.partition(":")[2]

    def pieces(self, line: int, width: int) -> list[Piece]:
        entry = self.rows[line]
        width = min(width, self.scrollable_content_region.width)  # without the scrollbar
        if entry is None:
            return [(f" {display(self.what(None))}", theme.DIM)]
        is_undone = entry.operation in self._undone
        what = display(self.what(entry))
        who = fit(display(self.who(entry)), min(_WHO, max(width // 6, 4)))
        when = when_in_words(entry) if width > 2 * (WHEN + _WHO) else entry.at[5:10]
        style = theme.DIM if is_undone else theme.PLAIN
        start = f" {display(when)}  {who}  "
        return [(start, theme.DIM), (fit(what, max(width - cell_len(start), 0)), style)]
