"""The list of the steps of an article."""

from collections.abc import Callable

from rich.cells import cell_len

from store.article import history
from store.article.restoring import Story
from store.library import HistoryEntry, now
from tui import theme
from tui.display import display
from tui.language import _
from tui.page.wrap import fit
from tui.widgets.line_list import LineList, Piece
from tui.wording.step_words import TIME, WHEN, entry_in_short, entry_in_words, when_in_short

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
        self._today = ""
        self._when = self._who = 0  # cells of the columns

    def show_rows(self, story: Story, rows: list[HistoryEntry | None]) -> None:
        """List these steps of a story."""
        self.text = story.document.article.text
        self._undone = history.taken_back(story.entries)
        self.rows = rows
        entries = [each for each in rows if each is not None]
        self._today = now()[:10]
        self._when = TIME if all(each.at[:10] == self._today for each in entries) else WHEN
        people = {each.author: each for each in entries}.values()
        widest = max((cell_len(display(self.who(each))) for each in people), default=0)
        self._who = min(widest, _WHO)
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
        """A step in words, in full."""
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
        what = display(entry_in_short(entry, self.text, self._undone))
        who = fit(display(self.who(entry)), min(self._who, max(width // 6, 4)))
        when = fit(display(when_in_short(entry, self._today)), min(self._when, width // 4))
        style = theme.DIM if is_undone else theme.PLAIN
        start = f" {when}  {who}  "
        return [(start, theme.DIM), (fit(what, max(width - cell_len(start), 0)), style)]
