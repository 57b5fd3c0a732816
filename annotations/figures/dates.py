"""DATE on the calendar: days, months, years, and ranges of them.

«6 ноября 2024 года», «с 28 мая по 3 июня», «06.11.2024», «в январе–августе», «2021–2023 годах».
"""

from datetime import date
from typing import NamedTuple

from annotations.figures import periods
from annotations.figures.amounts import DASHES
from annotations.figures.named import is_capital_name
from annotations.figures.ordinals import read_ordinal
from annotations.figures.periods import Period
from annotations.figures.pieces import BLANK, DAY, NUMBER, SUFFIXED, WORD, Line
from annotations.figures.words import months, weekdays
from annotations.lemmas import parses

_YEAR_WORDS = frozenset(
    ["год", "года", "году", "годом", "годе", "годы", "годов", "годам", "годах", "годами", "гг", "г"]
)
_RELATIVE_YEARS = {
    "позапрошл": -2,
    "прошл": -1,
    "минувш": -1,
    "прошедш": -1,
    "предыдущ": -1,
    "предшествующ": -1,
    "истекш": -1,
    "текущ": 0,
    "нынешн": 0,
    "этот": 0,
    "этого": 0,
    "этом": 0,
    "этому": 0,
    "сего": 0,
    "будущ": 1,
    "следующ": 1,
    "грядущ": 1,
    "наступающ": 1,
}
_ENDINGS = (
    "ий",
    "ый",
    "ая",
    "яя",
    "ее",
    "ое",
    "его",
    "ого",
    "ей",
    "ой",
    "ему",
    "ому",
    "им",
    "ым",
    "ем",
    "ом",
    "ую",
    "юю",
    "ие",
    "ые",
    "их",
    "ых",
    "ими",
    "ыми",
)
_RELATIVE_FORMS = {
    stem + ending: offset for stem, offset in _RELATIVE_YEARS.items() for ending in ("", *_ENDINGS)
}
YEARS = range(1000, 2200)


class Point(NamedTuple):
    """What a date names, as far as it goes: «12» (day), «12 июня», «июня», «2024 года».

    `named` says that a word makes it a date; a number alone is one only in a range.
    """

    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    named: bool = True

    def period(self, published: date | None) -> Period | None:
        """The days that it covers, None where the calendar has no such day."""
        year = self.year
        if year is None and self.month is not None and published is not None:
            year = published.year
        if self.month is None:
            return periods.years(year, year)
        if self.day is None:
            return periods.months(year, self.month, self.month)
        return periods.day(year, self.month, self.day)


def relative_year(low: str) -> int | None:
    """How many years from now the adjective says: «прошлого» −1; None for other words."""
    return _RELATIVE_FORMS.get(low)


def read_year(line: Line, i: int) -> Point | None:
    """«2025 год», «2025 г.», «текущего года», «две тысячи пятого года», «2024-го»."""
    offset = relative_year(line.low(i)) if line.at(i).kind == WORD else None
    if offset is not None:
        if line.low(i + 1) not in _YEAR_WORDS or line.low(i + 1) in {"годы", "годов", "годах"}:
            return None
        year = line.published.year + offset if line.published is not None else None
        return Point(_past_year_word(line, i + 1), year=year)
    number = year_number(line, i)
    end = i + 1
    if number is None:
        ordinal = read_ordinal(line, i)
        if ordinal is None or not _is_ordinal_year(line, i, ordinal.value, ordinal.end):
            return None
        number, end = _century_of(line, ordinal.value), ordinal.end
    if line.low(end) in _YEAR_WORDS:
        return Point(_past_year_word(line, end), year=number)
    return Point(end, year=number, named=line.at(i).kind == SUFFIXED)


def _past_year_word(line: Line, j: int) -> int:
    dotted = line.low(j) in {"г", "гг"} and line.low(j + 1) == "." and line.glued(j + 1)
    return j + 2 if dotted else j + 1


def _is_ordinal_year(line: Line, i: int, value: int, end: int) -> bool:
    if line.at(i).kind == SUFFIXED and value in YEARS:
        return not line.at(i).text.endswith(("-х", "-е", "-ми"))
    spelt = value in YEARS or (line.at(i).kind == SUFFIXED and 10 < value < 100)
    return spelt and line.low(end) in _YEAR_WORDS and line.low(end + 1) not in {"жизни", "подряд"}


def _century_of(line: Line, value: int) -> int:
    """«98-й год»: 1998, the nearest year that is not far ahead."""
    if value >= 100:
        return value
    now = line.published.year if line.published is not None else 2000
    near = now - now % 100 + value
    return near if near <= now + 10 else near - 100


def year_number(line: Line, i: int) -> int | None:
    """Four digits that may be a year."""
    piece = line.at(i)
    if piece.kind == NUMBER and len(piece.text) == 4 and piece.text.isdecimal():
        number = int(piece.text)
        return number if number in YEARS else None
    return None


def read_month(low: str, text: str) -> int | None:
    """The month of a form; a capital makes «Марта», «Августа» and «Мая» names."""
    month = months().get(low)
    if month in {3, 5, 8} and text[:1].isupper() and low in {"марта", "августа", "мая", "майя"}:
        return None
    return month


def read_point(line: Line, i: int) -> Point | None:
    """The day, month or year at piece `i`, as far as it is said."""
    return line.remember("point", i, _read_point)


def _read_point(line: Line, i: int) -> Point | None:
    piece = line.at(i)
    if piece.kind == DAY:
        return _read_numeric(line, i)
    if piece.kind == WORD and (month := read_month(piece.low, piece.text)) is not None:
        if line.at(i - 1).kind == NUMBER or is_capital_name(line, i):
            return None  # «31 февраля» is no day, «Красный Октябрь» no month
        if piece.text[0].isupper() and line.at(i + 1).text[:1].isupper():
            return None  # «Август Стриндберг»
        return _with_year(line, Point(_past_dot(line, i + 1), month=month))
    number, end = read_day_number(line, i)
    if number is not None:
        following = line.at(end)
        month = months().get(following.low) if following.kind == WORD else None
        if month is not None:
            if periods.day(None, month, number) is None:
                return None
            return _with_year(line, Point(_past_dot(line, end + 1), number, month))
    year = read_year(line, i)
    if year is not None:
        return year
    if number is not None and piece.kind in {NUMBER, SUFFIXED}:
        return Point(end, day=number, named=False)
    return None


def _past_dot(line: Line, j: int) -> int:
    short = line.low(j - 1) in {"янв", "фев", "авг", "сент", "окт", "нояб", "дек"}
    return j + 1 if short and line.low(j) == "." else j


def read_day_number(line: Line, i: int) -> tuple[int | None, int]:
    """The day of a month at piece `i`, in digits or as an ordinal, and the piece after it."""
    piece = line.at(i)
    if piece.kind == NUMBER and len(piece.text) <= 2 and piece.text.isdecimal():
        number, end = int(piece.text), i + 1
    else:
        ordinal = read_ordinal(line, i)
        if ordinal is None or ordinal.form == "roman":
            return None, i
        number, end = ordinal.value, ordinal.end
    return (number, end) if 1 <= number <= 31 else (None, i)


def _with_year(line: Line, point: Point) -> Point:
    j = point.end + 1 if line.low(point.end) == "," else point.end
    year = read_year(line, j)
    if year is None or (j > point.end and not year.named):
        return point
    if not year.named and line.low(year.end) in {"%", "₸", "$"}:
        return point
    return point._replace(end=year.end, year=year.year)


def _read_numeric(line: Line, i: int) -> Point | None:
    text = line.at(i).text
    if text[4:5] == "-":
        year, month, number = (int(part) for part in text.split("-"))
    else:
        parts = text.replace("/", ".").replace("-", ".").split(".")
        number, month, year = (int(part) for part in parts)
        if len(parts[2]) == 2:
            year = _century_of(line, year)
    if not 1 <= month <= 12 or not year >= 1 or periods.day(year, month, number) is None:
        return None
    end = i + 1
    if line.low(end) in {"г", "года"}:
        end = _past_year_word(line, end)
    return Point(end, number, month, year)


def read_range(line: Line, i: int) -> tuple[Period, int] | None:
    """«с 28 мая по 3 июня 2018 года», «7–9 ноября», «с 2019 по 2023 год», «7 и 8 мая»."""
    opener = line.low(i)
    opened = opener in {"с", "со", "от", "между"}
    first = read_point(line, i + 1 if opened else i)
    if first is None:
        return None
    middles = {"по", "до", "на"} if opener in {"с", "со", "от"} else {"и", "или"}
    j = first.end
    if line.low(j) in middles or (
        not opened
        and line.low(j) in DASHES
        and (line.glued(j) or first.named or year_number(line, i) is not None)
    ):
        j += 1
    else:
        return None
    last = read_point(line, j)
    if last is None or not _same_kind(first, last):
        return None
    last = _with_elliptic_year(line, first, last)
    if not last.named and not _are_years(line, i, last):
        return None
    first = _completed(first, last)
    start, end = first.period(line.published), last.period(line.published)
    if start is None or end is None or not (opened or _joins(line, j - 1, start, end)):
        return None
    return Period(_year_back(start, end), end.end), last.end


def _with_elliptic_year(line: Line, first: Point, last: Point) -> Point:
    """«с октября прошлого года по март нынешнего»: «года» is said once."""
    offset = relative_year(line.low(last.end))
    if last.year is not None or first.year is None or offset is None or line.published is None:
        return last
    if not line.low(last.end).endswith(("его", "ого")) or _is_genitive(line, last.end + 1):
        return last
    return last._replace(end=last.end + 1, year=line.published.year + offset)


def _is_genitive(line: Line, j: int) -> bool:
    if line.at(j).kind != WORD:
        return False
    best = parses(line.at(j).text)[0].grammemes
    return "gent" in best and not best.isdisjoint({"NOUN", "ADJF"})


def _are_years(line: Line, i: int, last: Point) -> bool:
    """«(1828–1910)», «в 2022–2024»: years that no word names."""
    if last.year is None or line.at(i).kind != NUMBER:
        return False
    before, after = line.low(i - 1), line.low(last.end)
    return (before, after) == ("(", ")") or (
        before in {"в", "за"} and line.at(last.end).kind != WORD
    )


def _same_kind(first: Point, last: Point) -> bool:
    """Whether the first may be completed from the last: «7» and «9 ноября», not «7» and «2024»."""
    if first.day is not None:
        return last.day is not None
    if first.month is not None:
        return last.month is not None and last.day is None
    return first.year is not None and last.month is None


def _completed(first: Point, last: Point) -> Point:
    month = first.month if first.month is not None or first.day is None else last.month
    year = first.year
    if year is None and (first.month is not None or first.day is not None):
        year = last.year
    return first._replace(month=month, year=year)


def _joins(line: Line, middle: int, start: Period, end: Period) -> bool:
    """«7 и 8 мая» is one period, «7 и 20 мая» is two days; a range goes forward."""
    if line.low(middle) not in {"и", "или"} or start.end is None or end.start is None:
        return True
    return periods.moved(start.end, "D", 1) == end.start


def _year_back(start: Period, end: Period) -> date | None:
    """«с 25 декабря по 5 января 2025 года» begins in 2024."""
    if start.start is None or end.end is None or start.start <= end.end:
        return start.start
    return periods.moved(start.start, "Y", -1)


def read_weekday(line: Line, i: int) -> int | None:
    """The day of the week at piece `i`."""
    if line.at(i) is BLANK or is_capital_name(line, i):
        return None
    return weekdays().get(line.low(i))
