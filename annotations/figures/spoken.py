"""Times of day as they are told: «половина девятого», «без двадцати шесть», «полвторого»."""

from typing import NamedTuple

from annotations.figures.numerals import read_number
from annotations.figures.ordinals import read_ordinal
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.figures.words import numerals
from annotations.lemmas import lemmas

_NOON = 12
_EDGES = {"начале": (0, 20), "середине": (20, 40), "конце": (40, 60)}
_GENITIVES = ("и", "ух", "ех", "ой")
PARTS = {"утра": 0, "дня": 12, "вечера": 12, "ночи": 0, "пополудни": 12, "пополуночи": 0}
MINUTES = frozenset({"минута", "мин"})
_HALF_OR_QUARTER = {"половина": 30, "половине": 30, "половину": 30, "четверть": 15}
_PAST_HALF = (
    "первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого"
    " одиннадцатого двенадцатого"
)
HALVES = {f"пол{hour}": number * 60 + 30 for number, hour in enumerate(_PAST_HALF.split(" "))}


class Moment(NamedTuple):
    """A time of day in minutes after midnight, up to piece `end`.

    `sure` says that nothing else is written so; else a preposition has to tell. `until` is
    where a vague one ends («девятом часу»).
    """

    minutes: int
    end: int
    sure: bool
    hour_alone: bool = False
    until: int | None = None


def on_clock(hours: int, part: int, word: str) -> int:
    """The hour of 24 that «семь вечера» or «двенадцать ночи» means."""
    if word in {"ночи", "утра", "пополуночи"}:
        if hours == _NOON:
            return 0
        return hours + 12 if word == "ночи" and 9 <= hours < _NOON else hours
    return hours if hours >= _NOON else hours + part


def read_spoken(line: Line, i: int) -> Moment | None:
    """The time of day that is told by what is missing from or gone of an hour."""
    low = line.low(i)
    if low == "без":
        return _read_short_of(line, i)
    if low in HALVES:
        return _with_part(line, HALVES[low], i + 1)
    if low in _EDGES or line.low(i - 1) in {"в", "во"}:
        vague = _read_vague(line, i)
        if vague is not None:
            return vague
    if low in _HALF_OR_QUARTER:
        return _read_gone(line, _HALF_OR_QUARTER[low], i + 1)
    if line.at(i).kind not in {WORD, NUMBER}:
        return None
    gone = read_number(line, i)
    if gone is None or not 0 < gone.value < 60 or gone.value != int(gone.value):
        return None
    if lemmas(line.low(gone.end)).isdisjoint(MINUTES):
        return None
    return _read_gone(line, int(gone.value), gone.end + 1)


def _read_vague(line: Line, i: int) -> Moment | None:
    """«девятом часу вечера», «начале девятого утра», «конце второго часа»."""
    edge = _EDGES.get(line.low(i))
    ordinal = read_ordinal(line, i if edge is None else i + 1)
    if ordinal is None or ordinal.form == "roman" or not 1 <= ordinal.value <= _NOON:
        return None
    named = line.low(ordinal.end) == ("часу" if edge is None else "часа")
    end = ordinal.end + 1 if named else ordinal.end
    if not named and (edge is None or line.low(end) not in PARTS):
        return None
    first = _with_part(line, (ordinal.value - 1) * 60, end)
    after, until = edge or (0, 60)
    return first._replace(minutes=first.minutes + after, until=first.minutes + until)


def _read_gone(line: Line, minutes: int, j: int) -> Moment | None:
    """So many minutes of the hour that the ordinal at piece `j` names: «… девятого»."""
    ordinal = read_ordinal(line, j)
    if ordinal is None or not line.low(j).endswith("го") or ordinal.value > _NOON:
        return None
    return _with_part(line, (ordinal.value - 1) * 60 + minutes, ordinal.end)


def _read_short_of(line: Line, i: int) -> Moment | None:
    """«без четверти пять», «без двадцати шесть», «без 10 минут полночь»."""
    missing = _missing_minutes(line, i + 1)
    if missing is None:
        return None
    minutes, end = missing
    if not lemmas(line.low(end)).isdisjoint(MINUTES):
        end += 1
    if line.low(end) == "час":
        return _with_part(line, 60 - minutes, end + 1)
    hour = read_number(line, end)
    if hour is None or not 0 < minutes < 60 or not 1 <= hour.value <= _NOON:
        return None
    return _with_part(line, int(hour.value) * 60 - minutes, hour.end)


def _missing_minutes(line: Line, j: int) -> tuple[int, int] | None:
    """The minutes in the genitive, which the hour in the nominative does not continue."""
    if line.low(j) == "четверти":
        return 15, j + 1
    if line.at(j).kind == NUMBER:
        number = read_number(line, j)
        return None if number is None else (int(number.value), number.end)
    total = 0
    while line.low(j).endswith(_GENITIVES) and (word := numerals().get(line.low(j))) is not None:
        if total % 10 or word.value >= (total or 60):
            break
        total, j = total + int(word.value), j + 1
    return (total, j) if total else None


def _with_part(line: Line, minutes: int, end: int) -> Moment:
    part = PARTS.get(line.low(end))
    if part is None:
        return Moment(minutes, end, True)
    hours = on_clock(minutes // 60, part, line.low(end))
    return Moment(hours * 60 + minutes % 60, end + 1, True)
