"""DATE: seasons, of a year that is named or told from the day of publication."""

import re
from datetime import date

from annotations.figures import periods
from annotations.figures.amounts import DASHES
from annotations.figures.dates import Point, read_year, relative_year
from annotations.figures.periods import Period
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import parses

Stretch = tuple[Period, int]

_SEASONS = {
    "весн": (3, 5),
    "лет": (6, 8),
    "осен": (9, 11),
    "зим": (12, 2),
}
SEASON = re.compile(r"(?:весн(?:а|ы|е|у|ой)|лет(?:о|а|у|ом|е)|осен(?:ь|и|ью)|зим(?:а|ы|е|у|ой))")
_SPLIT_YEAR = re.compile(r"([0-9]{4})/(?:[0-9]{2}|[0-9]{4})")
_APRIL = 4  # till then «этой зимой» is the one that is going or just over
_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_THIS = frozenset({"этой", "этим", "этою", "эта", "эту"})
_GONE = ("минувш", "прошедш", "истекш")
_TO_COME = ("ближайш", "предстоящ", "грядущ", "наступающ")


def read_season(line: Line, i: int) -> Stretch | None:
    """«летом 2024 года», «прошлой зимой», «осенью этого года», «зимой 2022–2023 годов»."""
    near = _near(line, i)
    if near is not None and SEASON.fullmatch(line.low(i + 1)) and _agrees(line, i):
        return _nearest(line.low(i + 1), line.published, near), i + 2
    if not SEASON.fullmatch(line.low(i)):
        return None
    split = _SPLIT_YEAR.fullmatch(line.at(i + 1).text)
    if split is not None:
        end = i + 3 if line.low(i + 2) in {"года", "годов", "гг"} else i + 2
        return _season(line.low(i), int(split[1])), end
    if (line.low(i + 1) == "и" or line.low(i + 1) in DASHES) and SEASON.fullmatch(line.low(i + 2)):
        return _read_two(line, i)
    year = read_year(line, i + 1)
    if year is None:
        return None
    short = _short_year(line, year)
    if short is not None:
        return _season(line.low(i), year.year), short
    last = read_year(line, year.end + 1) if line.low(year.end) in DASHES else None
    if last is not None and last.year == (year.year or 0) + 1:
        return _season(line.low(i), year.year), last.end
    return _season(line.low(i), year.year), year.end


def _read_two(line: Line, i: int) -> Stretch | None:
    """«весной и летом 2023 года»."""
    year = read_year(line, i + 3)
    if year is None:
        return None
    start, end = _season(line.low(i), year.year).start, _season(line.low(i + 2), year.year).end
    ordered = start is not None and end is not None and start <= end
    return (Period(start, end), year.end) if ordered else None


def _short_year(line: Line, year: Point) -> int | None:
    """The piece after «1941–42 годов», of two years that follow one another."""
    j = year.end + 1
    if line.low(year.end) not in DASHES or len(line.low(j)) != 2 or not line.low(j).isdecimal():
        return None
    if year.year is None or int(line.low(j)) != (year.year + 1) % 100:
        return None
    return j + 2 if line.low(j + 1) in {"годов", "года", "гг"} else j + 1


def _agrees(line: Line, i: int) -> bool:
    """Whether the adjective is the season's: not «предстоящего летом чемпионата»."""
    seasons = [parse.grammemes & _CASES for parse in parses(line.at(i + 1).text)]
    cases = [parse.grammemes & _CASES for parse in parses(line.at(i).text)]
    return any(not case.isdisjoint(season) for case in cases for season in seasons)


def _near(line: Line, i: int) -> str | None:
    """Which of the seasons of a name is meant: "this", "past", "gone" (just over), "next"."""
    low = line.low(i)
    if line.at(i).kind != WORD:
        return None
    if low in _THIS or low.startswith(("нынешн", "текущ")):
        return "this"
    if low.startswith(_GONE):
        return "gone"
    if low.startswith(_TO_COME):
        return "coming"
    offset = relative_year(low)
    return {-1: "past", 1: "next", 0: "this"}.get(offset) if offset is not None else None


def _nearest(word: str, now: date | None, near: str) -> Period:
    if now is None:
        return periods.UNKNOWN
    this = now.year - 1 if word.startswith("зим") and now.month <= _APRIL else now.year
    offset = {"this": 0, "past": -1, "next": 1}.get(near)
    if offset is not None:
        return _season(word, this + offset)
    years = range(this - 1, this + 2)
    seasons = [_season(word, year) for year in years]
    if near == "gone":
        over = [season for season in seasons if season.end is not None and season.end < now]
        return over[-1] if over else periods.UNKNOWN
    ahead = [season for season in seasons if season.start is not None and season.start > now]
    return ahead[0] if ahead else periods.UNKNOWN


def _season(word: str, year: int | None) -> Period:
    first, last = next(value for stem, value in _SEASONS.items() if word.startswith(stem))
    if first > last:
        end = periods.months(None if year is None else year + 1, last, last).end
        return Period(periods.months(year, first, first).start, end)
    return periods.months(year, first, last)
