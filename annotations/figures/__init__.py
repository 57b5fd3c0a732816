"""Figures: amounts of money, shares, counts, measures, dates, times, lengths of time, ages.

At each place of a line every family is asked; the longest reading wins, of equally long
ones the family that stands earlier in FAMILIES.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from annotations.articles import HEADER
from annotations.figures.ages import read_age
from annotations.figures.clock import read_time
from annotations.figures.comparators import is_approximate
from annotations.figures.compounds import read_compound
from annotations.figures.counts import read_count
from annotations.figures.date_figures import read_date
from annotations.figures.durations import read_duration
from annotations.figures.finds import Find
from annotations.figures.money import read_money
from annotations.figures.named import IN_STREETS, is_street
from annotations.figures.percent import read_percent
from annotations.figures.pieces import Line, lines
from annotations.figures.positions import read_position
from annotations.figures.quantities import read_quantity, read_times
from annotations.figures.starters import beginnings
from annotations.figures.titles import is_in_title
from annotations.model import Suggestion

__all__ = ["FAMILIES", "FigureRecogniser"]

FAMILIES: tuple[tuple[str, Callable[[Line, int], Find | None]], ...] = (
    ("money", read_money),  # «89 рублей 20 копеек»
    ("percent", read_percent),  # «с 11 до 14 процентов»
    ("times", read_times),  # «в 2,5 раза»
    ("date", read_date),  # «с 28 мая по 3 июня 2018 года»
    ("quantity", read_quantity),  # «16 км 400 метров»
    ("clock", read_time),  # «в 14:30»
    ("age", read_age),  # «в возрасте 19 лет»
    ("duration", read_duration),  # «восемь с половиной лет»
    ("compound", read_compound),  # «52-летний»
    ("position", read_position),  # «второй», «5-е»
    ("count", read_count),  # «12»
)


class FigureRecogniser:
    """Finds figures by rules; the same text and day always give the same suggestions."""

    name = "figures"

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
        """The figures of a text, in its order, none of them overlapping or across lines.

        A header that gives the day of publication is none.
        """
        header = HEADER.match(text)
        begin = header.end() if header else 0
        return tuple(
            Suggestion(
                start=line.pieces[find.start].start,
                end=line.pieces[find.end - 1].end,
                label=find.label,
                value=find.value,
                confidence=find.confidence,
            )
            for line in lines(text, published, begin)
            for find in _figures(line)
        )


def _figures(line: Line) -> Iterator[Find]:
    end = 0
    for i in beginnings(line):
        find = _figure_at(line, i) if i >= end else None
        if find is not None:
            yield find
            end = find.end


def _figure_at(line: Line, i: int) -> Find | None:
    """The longest figure that begins at piece `i`."""
    best: Find | None = None
    for _, read in FAMILIES:
        find = read(line, i)
        if find is not None and (best is None or find.end > best.end):
            best = find
    if best is None or is_in_title(line, i):
        return None
    if best.label in IN_STREETS and is_street(line, best):
        return None
    if is_approximate(line, i):
        return best._replace(value={**best.value, "approx": True})
    return best
