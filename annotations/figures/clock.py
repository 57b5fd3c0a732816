"""TIME: times of day."""

from dataclasses import dataclass

from annotations.figures.amounts import DASHES
from annotations.figures.comparators import comparators, is_direction
from annotations.figures.finds import Find
from annotations.figures.nouns import agrees
from annotations.figures.numerals import after_dot, read_number
from annotations.figures.ordinals import read_ordinal
from annotations.figures.pieces import CLOCK, NUMBER, WORD, Line
from annotations.lemmas import lemmas
from annotations.model import Value

_NOON = 12
_AT = frozenset(("в", "во", "к", "с", "со", "около", "до", "после", "на"))
_AT_HOURS = frozenset(("в", "во", "к", "с"))
_BEFORE_PARTS = _AT | {"примерно", "часов", "-", "–", "—"}
_PARTS = {"утра": 0, "дня": 12, "вечера": 12, "ночи": 0}
NAMED = {
    form: minutes
    for minutes, forms in (
        (0, "полночь полночи полуночи полуночью"),
        (720, "полдень полдня полудня полудню полуднем полудне"),
    )
    for form in forms.split(" ")
}
_HOURS = frozenset({"час", "ч", "часы"})
_MINUTES = frozenset({"минута", "мин"})


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in minutes after midnight, up to piece `end`.

    `sure` says that nothing else is written so; else a preposition has to tell.
    """

    minutes: int
    end: int
    sure: bool
    hour_alone: bool = False


def read_time(line: Line, i: int) -> Find | None:
    """«14:30», «с 9:00 до 18:00», «в семь часов утра», «половина девятого»."""
    if line.low(i) in {"с", "со", "от", "между"}:
        return _read_range(line, i)
    compared = comparators().read(line, i)
    if compared is not None:
        return _read_compared(line, i, compared[0].side, compared[1])
    moment = read_moment(line, i)
    if moment is None:
        return None
    if line.low(moment.end) in DASHES and line.at(i).kind in {CLOCK, NUMBER}:
        last = read_moment(line, moment.end + 1)
        if last is not None and last.sure and (moment.sure or line.at(i).kind == NUMBER):
            return Find(i, last.end, "TIME", _value(moment, last), 0.93)
    if not moment.sure and (moment.hour_alone or not _is_at(line, i, moment)):
        return None
    return Find(i, moment.end, "TIME", _value(moment, moment), 0.95 if moment.sure else 0.8)


def _is_at(line: Line, i: int, moment: Moment) -> bool:
    """Whether a preposition makes «14.30» or «10 часов» a time: «в 10 часов», «к 8 часам»."""
    in_hours = line.low(moment.end - 1) != "." and line.at(i + 1).low.startswith("час")
    return line.low(i - 1) in (_AT_HOURS if in_hours else _AT) and line.low(i + 1) != "часах"


def _read_range(line: Line, i: int) -> Find | None:
    first = read_moment(line, i + 1)
    if first is None or line.low(first.end) not in {"до", "по", "и"}:
        return None
    last = read_moment(line, first.end + 1)
    if last is None or not (first.sure or last.sure or not last.hour_alone):
        return None
    return Find(i, last.end, "TIME", _value(first, last), 0.93)


def _read_compared(line: Line, i: int, side: str, j: int) -> Find | None:
    """«около 15:00», «до 18:00»."""
    moment = read_moment(line, j)
    if moment is None or not (moment.sure or _is_evening(line, j, moment)):
        return None
    if line.low(i) == "до" and is_direction(line, i):
        return None
    if side == "none":
        return Find(i, moment.end, "TIME", {**_value(moment, moment), "approx": True}, 0.9)
    if line.low(i) != "до":
        return None
    return Find(i, moment.end, "TIME", {"start": None, "end": _written(moment)}, 0.85)


def _is_evening(line: Line, j: int, moment: Moment) -> bool:
    """«до 18 часов»: hours that are rarely a length of time."""
    return line.low(j + 1) == "часов" and 13 * 60 <= moment.minutes < 24 * 60


def _value(first: Moment, last: Moment) -> Value:
    return {"start": _written(first), "end": _written(last)}


def _written(moment: Moment) -> str:
    hours, minutes = divmod(moment.minutes % 1440, 60)
    return f"{hours:02}:{minutes:02}"


def read_moment(line: Line, i: int) -> Moment | None:
    """The time of day that is written at piece `i`."""
    piece = line.at(i)
    if piece.kind == CLOCK:
        hours, minutes = (int(part) for part in piece.text.split(":")[:2])
        return None if _is_score(line, i) else Moment(hours * 60 + minutes, i + 1, True)
    if piece.low in NAMED:
        return Moment(NAMED[piece.low], i + 1, True)
    if piece.kind == WORD and (spoken := _read_spoken(line, i)) is not None:
        return spoken
    if piece.kind == NUMBER and len(piece.text) in {4, 5} and "." in piece.text:
        return _read_pointed(line, i)
    return _read_hours(line, i)


def _is_score(line: Line, i: int) -> bool:
    return any(
        line.at(j).kind == WORD and line.low(j).startswith(("счет", "побед", "парти", "сет"))
        for j in range(i - 3, i)
    )


def _read_pointed(line: Line, i: int) -> Moment | None:
    """«14.30»: after a preposition only, and not before a unit."""
    hours, _, minutes = line.at(i).text.partition(".")
    if len(minutes) != 2 or int(hours) > 24 or int(minutes) > 59:
        return None
    number = read_number(line, i)
    if line.low(i + 1) in {"%", "$"} or (number is not None and agrees(line, number, i + 1)):
        return None
    return Moment(int(hours) * 60 + int(minutes), i + 1, False)


def _read_hours(line: Line, i: int) -> Moment | None:
    """«семь часов утра», «14 часов 30 минут», «9 утра», «час ночи»; «9» alone is unsure."""
    if line.low(i) in {"час", "часу", "часа"} and line.low(i + 1) in {"дня", "ночи"}:
        return Moment(60 + _PARTS[line.low(i + 1)] * 60, i + 2, True)
    number = read_number(line, i)
    if number is None or not 0 <= number.value <= 24 or number.value != int(number.value):
        return None
    hours, end = int(number.value), number.end
    minutes, with_hours = 0, False
    if not lemmas(line.low(end)).isdisjoint(_HOURS):
        end, with_hours = after_dot(line, end + 1), True
        more = read_number(line, end)
        if (
            more is not None
            and more.value < 60
            and not lemmas(line.low(more.end)).isdisjoint(_MINUTES)
        ):
            minutes, end = int(more.value), after_dot(line, more.end + 1)
    part = _PARTS.get(line.low(end))
    if part is not None and (with_hours or line.low(i - 1) in _BEFORE_PARTS):
        return Moment(_on_clock(hours, part, line.low(end)) * 60 + minutes, end + 1, True)
    return Moment(hours * 60 + minutes, end, False, hour_alone=not with_hours)


def _on_clock(hours: int, part: int, word: str) -> int:
    """The hour of 24 that «семь вечера» or «двенадцать ночи» means."""
    if word in {"ночи", "утра"}:
        if hours == _NOON:
            return 0
        return hours + 12 if word == "ночи" and 9 <= hours < _NOON else hours
    return hours if hours >= _NOON else hours + part


def _read_spoken(line: Line, i: int) -> Moment | None:
    """«половина девятого», «четверть десятого», «без четверти пять», «полдевятого»."""
    low = line.low(i)
    if low == "без":
        return _read_short_of(line, i)
    if low in {"половина", "половине", "половину", "четверть"}:
        ordinal = read_ordinal(line, i + 1)
        if ordinal is None or not line.low(i + 1).endswith("го") or ordinal.value > _NOON:
            return None
        minutes = 15 if low == "четверть" else 30
        return _with_part(line, (ordinal.value - 1) * 60 + minutes, ordinal.end)
    return None


def _read_short_of(line: Line, i: int) -> Moment | None:
    missing = read_number(line, i + 1)
    if line.low(i + 1) == "четверти":
        minutes, end = 15, i + 2
    elif missing is not None:
        minutes, end = int(missing.value), missing.end
    else:
        return None
    if not lemmas(line.low(end)).isdisjoint(_MINUTES):
        end += 1
    hour = read_number(line, end)
    if hour is None or not 0 < minutes < 60 or not 1 <= hour.value <= _NOON:
        return None
    return _with_part(line, int(hour.value) * 60 - minutes, hour.end)


def _with_part(line: Line, minutes: int, end: int) -> Moment:
    part = _PARTS.get(line.low(end))
    if part is None:
        return Moment(minutes, end, True)
    hours = _on_clock(minutes // 60, part, line.low(end))
    return Moment(hours * 60 + minutes % 60, end + 1, True)
