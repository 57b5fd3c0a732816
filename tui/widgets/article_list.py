"""The list of articles."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive

from store.summaries import Summary
from tui import theme
from tui.display import display
from tui.keyboard.keys import key
from tui.page.wrap import fit
from tui.widgets.line_list import LineList, Piece
from tui.wording.list_words import column_names

GAP = "  "
UNREAD = "•"
NEW = "●"  # since a saved query was looked at
DATE, LEFT = 10, 4  # cells
SCROLLBAR = 1  # cell, which the width of a list includes


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of each column; a column for which there is no room has none."""

    source: int
    title: int
    people: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        source = 24 if width >= 140 else 16 if width >= 90 else 0
        people = 20 if width >= 140 else 10 if width >= 60 else 0
        others = [DATE, LEFT, *filter(None, (source, people))]
        title = width - 1 - SCROLLBAR - sum(others) - len(GAP) * len(others)
        return cls(source, max(title, 10), people)

    def line(self, date: str, source: str, title: str, left: str, people: str) -> list[str]:
        """The cells of a row, each with the gap that follows it."""
        return [
            fit(date, DATE) + GAP,
            fit(source, self.source) + GAP if self.source else "",
            fit(title, self.title),
            left.rjust(len(GAP) + LEFT),
            GAP + fit(people, self.people) if self.people else "",
        ]


def heads(width: int, order: str) -> str:
    """The line of the names of the columns."""
    return "".join(Columns.of(width).line(*column_names(order))).rstrip()


class ArticleList(LineList):
    """An article a line: date, source, title, suggestions left, who has decided something.

    What is unread is bold and has a mark at its left.
    """

    DEFAULT_CSS = "ArticleList { scrollbar-gutter: stable; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.open", "Open the article", "Open", name="open-article"),
    ]

    summaries: reactive[Sequence[Summary]] = reactive((), repaint=False, always_update=True)

    def __init__(self, read: Collection[str] = (), moved: Callable[[], None] | None = None) -> None:
        """`read` are the ids of the articles that are no longer new to this person."""
        super().__init__()
        self._read = read
        self._moved = moved
        self.new: Collection[str] = ()  # the ids of those that a saved query had not found before

    def watch_summaries(self) -> None:
        self.lines_changed()

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        if self._moved is not None:
            self._moved()

    def line_count(self) -> int:
        return len(self.summaries)

    def group_of(self, line: int) -> object:
        return self.summaries[line].article_id if line < len(self.summaries) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        summary = self.summaries[line]
        unread = summary.article_id not in self._read
        date, source, title, left, people = Columns.of(width).line(
            (summary.published or "—")[:DATE],
            display(summary.source),
            display(summary.title),
            str(summary.suggested) if summary.suggested else "✓",
            display(", ".join(summary.annotators)),
        )
        return [
            (NEW if summary.article_id in self.new else UNREAD if unread else " ", theme.BOLD),
            (date, theme.DIM),
            (source, theme.DIM),
            (title, theme.BOLD if unread else theme.PLAIN),
            (left, theme.BOLD if summary.suggested else theme.DIM),
            (people, theme.DIM),
        ]

    def show_article(self, article_id: str) -> bool:
        """Put the cursor on an article; False where it is not in the list."""
        for line, summary in enumerate(self.summaries):
            if summary.article_id == article_id:
                self.cursor = line
                return True
        return False
