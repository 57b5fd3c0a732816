"""The list of articles."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from store.summaries import Summary
from tui import theme
from tui.display import display
from tui.keys import key
from tui.widgets.line_list import LineList, Piece
from tui.wrap import fit


class ArticleList(LineList):
    """An article a line: date, source, title, suggestions left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "Open the article", "Open"),
    ]

    summaries: reactive[Sequence[Summary]] = reactive((), repaint=False, always_update=True)

    def watch_summaries(self) -> None:
        self.lines_changed()

    def line_count(self) -> int:
        return len(self.summaries)

    def group_of(self, line: int) -> object:
        return self.summaries[line].article_id if line < len(self.summaries) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        summary = self.summaries[line]
        source_width = 16 if width >= 90 else 0
        left = f"{summary.suggested:>4}" if summary.suggested else "   ✓"
        title_width = max(width - 12 - (source_width + 2 if source_width else 0) - 6, 10)
        source = fit(display(summary.source), source_width) + "  " if source_width else ""
        return [
            (fit((summary.published or "—")[:10], 10) + "  ", theme.DIM),
            (source, theme.DIM),
            (fit(display(summary.title), title_width), theme.PLAIN),
            (f"  {left}", theme.BOLD if summary.suggested else theme.DIM),
        ]

    def show_article(self, article_id: str) -> None:
        """Put the cursor on an article."""
        for line, summary in enumerate(self.summaries):
            if summary.article_id == article_id:
                self.cursor = line
                return
