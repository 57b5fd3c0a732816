"""The entities of a library as a table: the columns, their heads, counts over time as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.entities import EntityRow, Order
from tui.display import display
from tui.language import N_, _, counted
from tui.page.wrap import fit

GAP = "  "
SORTED = "↓"
LABEL, COUNT, DATE, BARS = 8, 10, 10, 12  # cells
_LEVELS = "▁▂▃▄▅▆▇█"  # the first is none at all

SAID: dict[Order, str] = {
    "mentions": N_("sorted by how often they are mentioned"),
    "articles": N_("sorted by the number of their articles"),
    "name": N_("sorted by name"),
    "last": N_("sorted by the day of the last mention"),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of the columns; one for which there is no room has none."""

    name: int
    first: int
    last: int
    bars: int

    @classmethod
    def of(cls, width: int) -> "Columns":
        first = DATE if width >= 100 else 0
        last = DATE if width >= 60 else 0
        bars = 2 * BARS if width >= 130 else BARS if width >= 60 else 0
        others = [LABEL, *filter(None, (first, last, bars))]
        name = width - sum(others) - len(GAP) * len(others) - 2 * COUNT
        return cls(max(name, 10), first, last, bars)

    def cells(
        self, name: str, label: str, counts: tuple[str, str], days: tuple[str, str], over_time: str
    ) -> list[str]:
        """The cells of a row, each with the gap before it."""
        return [
            fit(name, self.name),
            GAP + fit(label, LABEL),
            "".join(count.rjust(COUNT) for count in counts),
            GAP + fit(days[0], self.first) if self.first else "",
            GAP + fit(days[1], self.last) if self.last else "",
            GAP + fit(over_time, self.bars) if self.bars else "",
        ]


def heads(width: int, order: str) -> str:
    """The names of the columns, with an arrow at the one by which the list is sorted."""
    names = {
        "name": _("name"),
        "label": _("label"),
        "articles": _("articles"),
        "mentions": _("mentions"),
        "first": _("first day"),
        "last": _("last day"),
    }
    names[order] = SORTED + names[order]
    name, label, articles, mentions, first, last = names.values()
    cells = Columns.of(width).cells(
        name, label, (articles, mentions), (first, last), _("over time")
    )
    return "".join(cells).rstrip()


def cells_of(row: EntityRow, width: int) -> list[str]:
    """The cells of a row: name, label, counts, first and last day, bars."""
    columns = Columns.of(width)
    return columns.cells(
        display(row.name),
        display(row.label),
        (str(row.articles), str(row.mentions)),
        (row.first or "—", row.last or "—"),
        bars(row.series, columns.bars),
    )


def bars(series: Sequence[int], width: int = 0) -> str:
    """The counts as bars, the highest for the most; neighbours together where they are many."""
    if width and len(series) > width:
        size = -(-len(series) // width)
        series = [sum(series[first : first + size]) for first in range(0, len(series), size)]
    most = max(series, default=0)
    top = len(_LEVELS) - 1
    return "".join(_LEVELS[-(-count * top // most)] if count else _LEVELS[0] for count in series)


def counts_in_words(row: EntityRow) -> str:
    """«3 articles · 7 mentions · from 2025-10-02 to 2025-11-04»."""
    parts = [
        counted("{count} article", "{count} articles", row.articles),
        counted("{count} mention", "{count} mentions", row.mentions),
    ]
    if row.first and row.first != row.last:
        parts.append(_("from {first} to {last}").format(first=row.first, last=row.last))
    elif row.first:
        parts.append(row.first)
    return " · ".join(parts)


def companion_in_words(together: int, articles: int) -> str:
    """In how many of its articles an entity stands beside another."""
    return counted(
        "{together} of its {count} article",
        "{together} of its {count} articles",
        articles,
        together=together,
    )
