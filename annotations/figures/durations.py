"""DURATION and AGE: lengths of time, and how old somebody is."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.figures.amounts import Amount, Term, Units, read_amount
from annotations.figures.comparators import Bound, read_comparator
from annotations.figures.finds import Find, decimal_text, unit_of
from annotations.figures.numerals import ONE, after_dot, read_number
from annotations.figures.ordinals import read_ordinal
from annotations.figures.phrases import Phrases
from annotations.figures.pieces import CLOCK, NUMBER, SUFFIXED, WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table
from annotations.model import Value

_DAYS = frozenset(["рабочий", "календарный", "банковский", "полный"])
_ABBREVIATED = frozenset({"мес", "нед", "дн", "ч", "час", "мин", "сек"})
_AGREEING_YEARS = {"года": range(1, 5)} | dict.fromkeys(
    ("год", "году", "годом", "годе"), range(1, 2)
)
_NAMED_YEARS = frozenset({"годы", "годов", "годах", "годам"})
_LEAST_YEAR = 1000
IN_COURSE = frozenset({"течение", "протяжении"})
_ONE = frozenset({"сутки", "час", "неделю", "месяц", "год", "минуту", "секунду"})
_ONE_OF = frozenset({"суток", "часа", "недели", "месяца", "года", "минуты", "десятилетия", "века"})
_AT_A_TIME = frozenset({"в", "к", "с", "до", "около", "после", "-", "–", "—"})
_LASTING = frozenset(
    [
        *("длиться", "продлиться", "продолжаться", "занять", "занимать", "ждать", "прождать"),
        *("провести", "прожить", "проработать", "просидеть", "простоять", "отсидеть"),
    ]
)
_PLANS = frozenset({"план", "прогноз", "бюджет", "погода", "расписание", "задание", "доход"})
_ORDER = "YMWDhms"  # designators of ISO 8601, minutes and hours in lower case: M is a month
_SMALLER = {"Y": (Decimal(12), "M"), "D": (Decimal(24), "h"), "h": (Decimal(60), "m")}
_SMALLER |= {"m": (Decimal(60), "s")}
_DESIGNATORS = {"h": "H", "m": "M", "s": "S"}


class Time(NamedTuple):
    """A unit of time: `size` of a designator («век»: 100 Y)."""

    size: Decimal
    designator: str


Parts = tuple[tuple[Decimal, Time], ...]


@cache
def times() -> Phrases[Time]:
    """The units of time of the lexicon."""
    return Phrases(
        (phrase, Time(Decimal(count), designator))
        for designator, count, phrases in table("durations")
        for phrase in phrases.split(",")
    )


def read_unit(line: Line, i: int) -> tuple[Time, int] | None:
    """The unit of time at piece `i`, «рабочих» and «календарных» before it included."""
    j = i
    if line.at(j).kind == WORD and not lemmas(line.low(j)).isdisjoint(_DAYS):
        j += 1
    found = times().read(line, j)
    if found is None:
        return None
    end = found[1]
    return found[0], (after_dot(line, end) if line.low(end - 1) in _ABBREVIATED else end)


def is_calendar_year(line: Line, amount: Amount[Time]) -> bool:
    """Whether the year is no count of years: «2020 году», «1905 года» do not agree as one does."""
    for term in (amount.low, amount.high):
        number = None if term is None else term.parts[-1].number
        if number is None or number.value != int(number.value):
            continue
        last = 0 if int(number.value) % 100 in range(11, 15) else number.value % 10
        if line.low(number.end) in _NAMED_YEARS and number.value >= _LEAST_YEAR:
            return True
        agreeing = _AGREEING_YEARS.get(line.low(number.end))
        if agreeing is not None and (last not in agreeing or number.value >= _LEAST_YEAR):
            return True
    return False


def _follows(bigger: Time, smaller: Time) -> bool:
    return _ORDER.index(bigger.designator) < _ORDER.index(smaller.designator)


LENGTHS = Units(after=read_unit, follows=_follows)


def read_duration(line: Line, i: int) -> Find | None:
    """«три часа», «восемь с половиной лет», «от двух до трёх лет», «полгода»."""
    amount = read_amount(line, i, LENGTHS)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return _read_one(line, i)
    if is_calendar_year(line, amount):
        return None
    if line.low(i - 1) == "." and line.low(i - 2) in {"п", "пп", "ст", "гл"}:
        return None  # «п. 3 ч. 1»
    if line.low(i).startswith("половин") and read_ordinal(line, i - 1) is not None:
        return None  # «вторая половина дня»
    if line.low(i) in {"один", "одну", "одного", "одном"} and line.low(i - 1) in {"в", "во", "из"}:
        return None
    return Find(amount.start, amount.end, "DURATION", _value(amount, unit), 0.97)


def _read_one(line: Line, i: int) -> Find | None:
    """«на сутки», «в течение часа», «год спустя»: one of a unit, without a number."""
    if line.at(i).kind == CLOCK:
        return _read_result(line, i)
    compared = read_comparator(line, i)
    if compared is not None:
        return _read_compared_one(line, i, *compared)
    compound = _read_one_and(line, i) if line.low(i) in _ONE else None
    if compound is not None:
        return compound
    if line.low(i) in IN_COURSE:
        i, fits = i + 1, line.low(i + 1) in _ONE_OF
    else:
        fits = line.low(i) in _ONE and _says_how_long(line, i)
    found = read_unit(line, i) if fits else None
    if found is None or found[1] != i + 1 or _rules_genitive(line, i + 1):
        return None
    value = iso_duration(((Decimal(1), found[0]),))
    return Find(i, i + 1, "DURATION", {"min": value, "max": value}, 0.8)


def _read_compared_one(line: Line, i: int, bound: Bound, j: int) -> Find | None:
    """«почти год», «около часа», «более месяца», «до суток»."""
    if line.low(j) not in _ONE | _ONE_OF or (line.low(i) == "до" and line.low(i - 1) != "срок"):
        return None
    found = read_unit(line, j)
    if found is None or found[1] != j + 1 or _rules_genitive(line, j + 1):
        return None
    one = iso_duration(((ONE, found[0]),))
    value: dict[str, str | bool | None] = {
        "min": None if bound.side == "max" else one,
        "max": None if bound.side == "min" else one,
    }
    if bound.approx:
        value["approx"] = True
    return Find(i, j + 1, "DURATION", value, 0.8)


def _read_one_and(line: Line, i: int) -> Find | None:
    """«год и три месяца», «час двадцать минут»."""
    first = read_unit(line, i)
    j = i + 2 if line.low(i + 1) == "и" else i + 1
    number = read_number(line, j)
    second = None if number is None else read_unit(line, number.end)
    if first is None or number is None or second is None or not _follows(first[0], second[0]):
        return None
    value = iso_duration(((ONE, first[0]), (number.value, second[0])))
    return Find(i, second[1], "DURATION", {"min": value, "max": value}, 0.85)


def _read_result(line: Line, i: int) -> Find | None:
    """«2:04:35» as a runner's result."""
    parts = line.at(i).text.split(":")
    if len(parts) != 3 or line.low(i - 1) in _AT_A_TIME:
        return None
    units = (Time(ONE, designator) for designator in "hms")
    value = iso_duration(tuple(zip(map(Decimal, parts), units, strict=True)))
    return Find(i, i + 1, "DURATION", {"min": value, "max": value}, 0.7)


def _says_how_long(line: Line, i: int) -> bool:
    before = line.low(i - 1)
    if before == "на":
        return lemmas(line.low(i - 2)).isdisjoint(_PLANS)
    if before == "за" and (line.low(i) == "сутки" or line.low(i + 1) == "до"):
        return True
    if before in {"спустя", "через"} or line.low(i + 1) in {"спустя", "назад"}:
        return True
    return line.at(i - 1).kind == WORD and not lemmas(before).isdisjoint(_LASTING)


def _rules_genitive(line: Line, j: int) -> bool:
    """«на неделю моды», «на год семьи», «на час пик»: no length of time."""
    if line.at(j).kind != WORD:
        return line.at(j).kind in {NUMBER, SUFFIXED}
    best = parses(line.at(j).text)[0].grammemes
    return line.low(j) == "пик" or {"NOUN", "gent"} <= best


def _value(amount: Amount[Time], unit: Time) -> Value:
    ends = [None if term is None else _filled(term, unit) for term in (amount.low, amount.high)]
    if ends[0] and ends[1] and _is_shorter(ends[1], ends[0]):
        ends.reverse()  # «сократилась с десяти до восьми часов»
    low, high = (None if end is None else iso_duration(end) for end in ends)
    value: dict[str, str | bool | None] = {"min": low, "max": high}
    if amount.approx:
        value["approx"] = True
    return value


def _is_shorter(first: Parts, second: Parts) -> bool:
    """Whether one length of a single unit is shorter than another of the same unit."""
    if len(first) != 1 or len(second) != 1 or first[0][1].designator != second[0][1].designator:
        return False
    return first[0][0] * first[0][1].size < second[0][0] * second[0][1].size


def _filled(term: Term[Time], unit: Time) -> Parts:
    return tuple((part.number.value, part.unit or unit) for part in term.parts)


def iso_duration(parts: Parts) -> str:
    """An ISO 8601 duration: halves in the next smaller unit where that is whole (P8Y6M)."""
    sums: dict[str, Decimal] = {}
    for number, unit in parts:
        for amount, designator in _whole(abs(number) * unit.size, unit.designator):
            sums[designator] = sums.get(designator, Decimal(0)) + amount
    dates = "".join(_written(sums, designator) for designator in "YMWD")
    clock = "".join(_written(sums, designator) for designator in "hms")
    return f"P{dates}T{clock}" if clock else f"P{dates}" if dates else "P0D"


def _whole(amount: Decimal, designator: str) -> list[tuple[Decimal, str]]:
    whole = Decimal(int(amount))
    smaller = _SMALLER.get(designator)
    if whole == amount or smaller is None:
        return [(amount, designator)]
    rest = (amount - whole) * smaller[0]
    if rest != int(rest):
        return [(amount, designator)]
    return [(whole, designator), (rest, smaller[1])] if whole else [(rest, smaller[1])]


def _written(sums: dict[str, Decimal], designator: str) -> str:
    number = sums.get(designator)
    if not number:
        return ""
    return decimal_text(number) + _DESIGNATORS.get(designator, designator)
