"""DATE: quarters, half-years, seasons, decades, centuries, the first months of a year."""

import re

from annotations.figures import periods
from annotations.figures.amounts import DASHES
from annotations.figures.dates import read_point, read_year, relative_year
from annotations.figures.numerals import HALF, Number, read_number
from annotations.figures.ordinals import read_ordinal
from annotations.figures.periods import UNKNOWN, Period
from annotations.figures.pieces import NUMBER, SUFFIXED, WORD, Line
from annotations.figures.seasons import read_season
from annotations.lemmas import parses

Stretch = tuple[Period, int]

_QUARTERS = re.compile(r"квартал(?:а|у|ом|е|ы|ов|ах)?|кв")
_HALVES = re.compile(r"полугоди(?:е|я|ю|ем|и)")
_HALF = re.compile(r"половин(?:а|ы|е|у|ой)")
_CENTURY = re.compile(r"век(?:а|у|ом|е|ов|ах)?|столети(?:е|я|ю|ем|и|й|ях)")
_DECADE_YEARS = frozenset(["годы", "годов", "годам", "годах", "годами", "гг"])
_DECADE_WORDS = {
    "нулев": 0,
    "десят": 10,
    "двадцат": 20,
    "тридцат": 30,
    "сороков": 40,
    "пятидесят": 50,
    "шестидесят": 60,
    "семидесят": 70,
    "восьмидесят": 80,
    "девяност": 90,
}
_DECADE = re.compile(r"([0-9]{2,4})[-‑–](?:х|е|ые|ых|ми|м)")
_PLURAL = re.compile(r"(.+)(?:ые|ых|ым|ыми)")
_FIRST = frozenset(["первые", "первых", "первым", "первыми"])


def read_stretch(line: Line, i: int) -> Stretch | None:
    """The stretch of the calendar at piece `i`."""
    return (
        _read_quarters(line, i)
        or _read_half_of_year(line, i)
        or _read_first_months(line, i)
        or _read_decade(line, i)
        or _read_century(line, i)
        or _read_centuries(line, i)
        or read_season(line, i)
    )


def _numeral(line: Line, i: int) -> tuple[int, int] | None:
    """An ordinal, or digits that stand for one («2 квартал»)."""
    ordinal = read_ordinal(line, i)
    if ordinal is not None:
        return ordinal.value, ordinal.end
    piece = line.at(i)
    if piece.kind == NUMBER and len(piece.text) <= 2 and piece.text.isdecimal():
        return int(piece.text), i + 1
    return None


def _numerals(line: Line, i: int) -> tuple[int, int, int] | None:
    """One ordinal or a range of two («I–III», «первом и втором»), and where they end."""
    first = _numeral(line, i)
    if first is None:
        return None
    if line.low(first[1]) in DASHES | {"и"}:
        last = _numeral(line, first[1] + 1)
        if last is not None and last[0] > first[0]:
            return first[0], last[0], last[1]
    return first[0], first[0], first[1]


def _read_quarters(line: Line, i: int) -> Stretch | None:
    """«первом квартале 2025 года», «II полугодии», «прошлого квартала»."""
    found = _numerals(line, i)
    if found is None:
        return _read_relative_quarter(line, i)
    first, last, j = found
    size = _size(line, j)
    if size is None or not 1 <= first <= last <= 12 // size:
        return None
    end = j + 2 if line.low(j) == "кв" and line.low(j + 1) == "." else j + 1
    year, end = _year(line, end)
    return periods.months(year, first * size - size + 1, last * size), end


def _size(line: Line, j: int) -> int | None:
    if _QUARTERS.fullmatch(line.low(j)) and line.low(j + 2) not in {"м", "км"}:
        return 3
    return 6 if _HALVES.fullmatch(line.low(j)) else None


def _read_relative_quarter(line: Line, i: int) -> Stretch | None:
    offset = relative_year(line.low(i))
    size = _size(line, i + 1) if offset is not None else None
    if offset is None or size is None:
        return None
    return periods.numbered(line.published, offset, size), i + 2


def _year(line: Line, j: int) -> tuple[int | None, int]:
    """The year after a stretch, else the one of publication."""
    found = read_year(line, j)
    if found is not None:
        return found.year, found.end
    return (line.published.year if line.published is not None else None), j


def _read_half_of_year(line: Line, i: int) -> Stretch | None:
    """«первой половине 2025 года», «второй половины года», «второй половине мая»."""
    ordinal = read_ordinal(line, i)
    if ordinal is None or ordinal.value not in {1, 2} or not _HALF.fullmatch(line.low(ordinal.end)):
        return None
    j = ordinal.end + 1
    longer = _read_decade(line, j) or _read_century(line, j)
    if longer is not None:
        return periods.half(longer[0], ordinal.value), longer[1]
    month = read_point(line, j) if line.at(j).kind == WORD else None
    if month is not None and month.month is not None and month.day is None:
        whole = month.period(line.published)
        return None if whole is None else (periods.half(whole, ordinal.value), month.end)
    found = read_year(line, j)
    if found is None and line.low(j) in {"года", "году"}:
        year, end = _year(line, j + 1)
    elif found is not None:
        year, end = found.year, found.end
    else:
        return None
    return periods.months(year, ordinal.value * 6 - 5, ordinal.value * 6), end


def _read_first_months(line: Line, i: int) -> Stretch | None:
    """«первых пяти месяцев прошлого года», «9 месяцев 2025 года», «первые полгода»."""
    first = line.low(i) in _FIRST
    number = read_number(line, i + 1 if first else i)
    if first and number is not None and line.low(number.end) == "года":
        return _read_first_half(line, number)
    if number is None or not 1 <= number.value <= 11 or number.value != int(number.value):
        return None
    word = line.low(number.end)
    size = 1 if word.startswith("месяц") else 3 if _QUARTERS.fullmatch(word) else None
    if size is None or number.value * size > 12:
        return None
    found = read_year(line, number.end + 1)
    if found is None and not first:
        return None
    if found is not None and not found.named:
        return None
    year, end = _year(line, number.end + 1)
    return periods.months(year, 1, int(number.value) * size), end


def _read_first_half(line: Line, number: Number) -> Stretch | None:
    """«первые полгода 2025 года»."""
    found = read_year(line, number.end + 1) if number.value == HALF else None
    return None if found is None else (periods.months(found.year, 1, 6), found.end)


def _read_decade(line: Line, i: int) -> Stretch | None:
    """«1990-х годах», «90-е», «девяностых годов», «нулевые», «60–70-х годах»."""
    if line.at(i).kind == NUMBER:
        return _read_decades(line, i)
    start = _decade_start(line, i)
    if start is None:
        return None
    first, j = start
    following = line.low(j) in _DECADE_YEARS
    spelt = line.at(i).kind == WORD
    if spelt and not following and line.low(i - 1) not in {"в", "начале", "конце", "середине"}:
        return None
    end = j + 1 if following else j
    if following and line.low(j) == "гг" and line.low(end) == ".":
        end += 1
    return periods.years(first, first + 9), _century_after(line, end)


def _read_decades(line: Line, i: int) -> Stretch | None:
    """«1960–1970-е годы», «60-70-х годах»."""
    text = line.at(i).text
    if line.low(i + 1) not in DASHES or len(text) not in {2, 4} or not text.endswith("0"):
        return None
    last = _read_decade(line, i + 2) if line.at(i + 2).kind == SUFFIXED else None
    if last is None or not text.isdecimal() or last[0].end is None:
        return None
    first = _full_year(int(text))
    return (periods.years(first, last[0].end.year), last[1]) if first < last[0].end.year else None


def _century_after(line: Line, j: int) -> int:
    """«90-х годов XX века» is one date."""
    found = _read_century(line, j)
    return j if found is None else found[1]


def _decade_start(line: Line, i: int) -> tuple[int, int] | None:
    piece = line.at(i)
    if piece.kind == SUFFIXED:
        match = _DECADE.fullmatch(piece.text)
        if match is None or not match[1].endswith("0") or len(match[1]) == 3:
            return None
        if piece.text.endswith("м") or _counts_on(line, i + 1):
            return None
        return _full_year(int(match[1])), i + 1
    if piece.kind != WORD:
        return None
    match = _PLURAL.fullmatch(piece.low)
    short = _DECADE_WORDS.get(match[1]) if match else None
    if short is None or (short == 10 and line.low(i + 1) not in _DECADE_YEARS):
        return None
    return _full_year(short), i + 1


def _counts_on(line: Line, j: int) -> bool:
    """«на 30-х Королёвских чтениях»: an ordinal in the plural, not the thirties."""
    if line.at(j).kind != WORD or line.low(j) in _DECADE_YEARS:
        return False
    best = parses(line.at(j).text)[0].grammemes
    return "plur" in best and "ADJF" in best


def _full_year(number: int) -> int:
    if number >= 1000:
        return number
    return number + (2000 if number < 20 else 1900)


def _read_century(line: Line, i: int) -> Stretch | None:
    """«XXI веке», «XIX–XX веков», «V века до нашей эры»."""
    offset = relative_year(line.low(i)) if line.at(i).kind == WORD else None
    if offset is not None and _CENTURY.fullmatch(line.low(i + 1)) and abs(offset) <= 1:
        now = line.published
        number = None if now is None else (now.year + 99) // 100 + offset
        return (UNKNOWN if number is None else periods.century(number)), i + 2
    found = _numerals(line, i)
    if found is None:
        return None
    first, last, j = found
    if line.low(j).startswith("тысячелети") and (end := _past_era(line, j + 1)) is not None:
        return UNKNOWN, end
    dotted = line.low(j) in {"в", "вв"} and line.low(j + 1) == "."
    if not (_CENTURY.fullmatch(line.low(j)) or dotted) or not 1 <= last <= 30:
        return None
    if line.at(i).kind == NUMBER and (line.low(j) in {"века", "веков"} and last < 5):
        return None
    end = j + 2 if dotted else j + 1
    before_christ = _past_era(line, end)
    if before_christ is not None:
        return UNKNOWN, before_christ
    return Period(periods.century(first).start, periods.century(last).end), end


def _past_era(line: Line, j: int) -> int | None:
    """The piece after «до нашей эры»."""
    for words in (("до", "нашей", "эры"), ("до", "н", ".", "э", "."), ("до", "н", ".", "э")):
        if all(line.low(j + n) == word for n, word in enumerate(words)):
            return j + len(words)
    return None


def _read_centuries(line: Line, i: int) -> Stretch | None:
    """«С XVI по XVIII век», «между XVI и XVIII веками»."""
    opener = line.low(i)
    if opener not in {"с", "со", "между"}:
        return None
    first = read_ordinal(line, i + 1)
    if first is None or line.low(first.end) != ("и" if opener == "между" else "по"):
        return None
    last = _read_century(line, first.end + 1)
    if last is None or not 1 <= first.value <= 30 or last[0].start is None:
        return None
    return Period(periods.century(first.value).start, last[0].end), last[1]
