"""TIME: times of day."""

from annotations.figures.amounts import DASHES
from annotations.figures.comparators import comparators, is_direction
from annotations.figures.finds import Find
from annotations.figures.nouns import agrees
from annotations.figures.numerals import after_dot, read_number
from annotations.figures.pieces import CLOCK, NUMBER, WORD, Line
from annotations.figures.protocols import is_of_protocol
from annotations.figures.spoken import MINUTES, PARTS, Moment, on_clock, read_spoken
from annotations.lemmas import lemmas, parses
from annotations.model import Value

_AT = frozenset(("в", "во", "к", "с", "со", "около", "до", "после", "на"))
_AT_HOURS = frozenset(("в", "во", "к", "с"))
_APPOINTING = frozenset(["назначить", "наметить", "запланировать", "перенести", "планировать"])
_BEGINNING = frozenset({"начало", "старт", "открытие", "отправление", "прибытие"})
_BOUNDS = {"не позднее": "end", "не позже": "end", "не ранее": "start", "не раньше": "start"}
_OPEN = frozenset(["работать", "открытый", "открыть", "прием", "график", "режим", "ежедневно"])
_BEFORE_PARTS = _AT | {"примерно", "часов", "-", "–", "—"}
NAMED = {
    form: minutes
    for minutes, forms in (
        (0, "полночь полночи полуночи полуночью"),
        (720, "полдень полдня полудня полудню полуднем полудне"),
    )
    for form in forms.split(" ")
}
_HOURS = frozenset({"час", "ч", "часы"})


def read_time(line: Line, i: int) -> Find | None:
    """«14:30», «с 8:00 до 17:00», «в семь часов утра», «половина девятого»."""
    if line.low(i) in {"с", "со", "от", "между"}:
        return _read_range(line, i)
    bound = _BOUNDS.get(f"{line.low(i)} {line.low(i + 1)}")
    if bound is not None:
        return _read_bounded(line, i, bound)
    compared = comparators().read(line, i)
    if compared is not None:
        return _read_compared(line, i, compared[0].side, compared[1])
    moment = read_moment(line, i)
    if moment is None:
        return None
    if line.low(moment.end) in DASHES and line.at(i).kind in {CLOCK, NUMBER}:
        last = read_moment(line, moment.end + 1)
        if last is not None and last.sure and (moment.sure or line.at(i).kind == NUMBER):
            return Find(i, last.end, "TIME", _value(moment, last), 0.97)
    if not moment.sure and (moment.hour_alone or not _is_at(line, i, moment)):
        return None
    return Find(i, moment.end, "TIME", _value(moment, moment), 0.97 if moment.sure else 0.85)


def _is_at(line: Line, i: int, moment: Moment) -> bool:
    """Whether a preposition makes «14.30» or «10 часов» a time: «в 10 часов», «к 8 часам»."""
    if line.low(i - 1) == "на" and line.low(moment.end - 1) == "часов":
        return _is_appointed(line, i, _APPOINTING)
    if line.low(i - 1) in DASHES:
        return not moment.hour_alone and _is_appointed(line, i, _BEGINNING)
    if line.low(i - 1) == "после" and moment.minutes >= 13 * 60:
        return not (moment.hour_alone or _is_of_something(line, moment.end))
    in_hours = line.low(moment.end - 1) != "." and line.at(i + 1).low.startswith("час")
    return line.low(i - 1) in (_AT_HOURS if in_hours else _AT) and line.low(i + 1) != "часах"


def _is_of_something(line: Line, j: int) -> bool:
    """«после 20 часов работы»: a length of time."""
    return line.at(j).kind == WORD and {"NOUN", "gent"} <= parses(line.at(j).text)[0].grammemes


def _is_appointed(line: Line, i: int, words: frozenset[str]) -> bool:
    """«назначен на 19 часов», «начало — 13 часов 30 минут»."""
    return any(
        line.at(j).kind == WORD and not lemmas(line.low(j)).isdisjoint(words)
        for j in range(i - 5, i - 1)
    )


def _read_range(line: Line, i: int) -> Find | None:
    first = read_moment(line, i + 1)
    if first is None or line.low(first.end) not in {"до", "по", "и"}:
        return None
    last = read_moment(line, first.end + 1)
    if last is None:
        return None
    if not (first.sure or last.sure) and is_direction(line, i):
        return None  # «разница сократилась с десяти до восьми часов»
    if first.hour_alone and last.hour_alone and not _is_open(line, i, last.end):
        return None
    return Find(i, last.end, "TIME", _value(first, last), 0.97)


def _is_open(line: Line, i: int, end: int) -> bool:
    """«открыт с 9 до 21»: hours that no word names."""
    if line.low(end) not in {"", ".", ",", ";", ")", "и", "без", "ежедневно"}:
        return False
    return any(
        line.at(j).kind == WORD and not lemmas(line.low(j)).isdisjoint(_OPEN)
        for j in range(i - 4, i)
    )


def _read_bounded(line: Line, i: int, bound: str) -> Find | None:
    """«не позднее 18:00»."""
    moment = read_moment(line, i + 2)
    if moment is None or not moment.sure:
        return None
    value: Value = {"start": None, "end": None, bound: _written(moment)}
    return Find(i, moment.end, "TIME", value, 0.85)


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
    return {"start": _written(first), "end": _written(last, until=True)}


def _written(moment: Moment, until: bool = False) -> str:
    last = moment.until if until and moment.until is not None else moment.minutes
    hours, minutes = divmod(last % 1440, 60)
    return f"{hours:02}:{minutes:02}"


def read_moment(line: Line, i: int) -> Moment | None:
    """The time of day that is written at piece `i`."""
    piece = line.at(i)
    if piece.kind == CLOCK:
        hours, minutes = (int(part) for part in piece.text.split(":")[:2])
        if piece.text.count(":") > 1 and line.low(i - 1) not in _BEFORE_PARTS:
            return None  # «показал 2:04:35»
        if _is_score(line, i) or is_of_protocol(line, i):
            return None
        part = PARTS.get(line.low(i + 1))
        if part is None:
            return Moment(hours * 60 + minutes, i + 1, True)
        hours = on_clock(hours, part, line.low(i + 1))  # «3:15 ночи»
        return Moment(hours * 60 + minutes, i + 2, True)
    if piece.low in NAMED:
        return Moment(NAMED[piece.low], i + 1, True)
    spoken = read_spoken(line, i)
    if spoken is not None:
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


def _past_stop(line: Line, j: int) -> int:
    """Past the full stop of «ч.» or «мин.»; that of «часов.» ends the sentence."""
    return after_dot(line, j) if line.low(j - 1) in {"ч", "мин"} else j


def _read_hours(line: Line, i: int) -> Moment | None:
    """«семь часов утра», «14 часов 30 минут», «9 утра», «час ночи»; «9» alone is unsure."""
    if line.low(i) in {"час", "часу", "часа"} and line.low(i + 1) in {"дня", "ночи"}:
        return Moment(60 + PARTS[line.low(i + 1)] * 60, i + 2, True)
    number = read_number(line, i)
    if number is None or not 0 <= number.value <= 24 or number.value != int(number.value):
        return None
    hours, end = int(number.value), number.end
    minutes, with_hours = 0, False
    if not lemmas(line.low(end)).isdisjoint(_HOURS):
        end, with_hours = _past_stop(line, end + 1), True
        more = read_number(line, end)
        if (
            more is not None
            and more.value < 60
            and not lemmas(line.low(more.end)).isdisjoint(MINUTES)
        ):
            minutes, end = int(more.value), _past_stop(line, more.end + 1)
    part = PARTS.get(line.low(end))
    if line.low(i - 1) == "на" and line.low(end) == "дня" and not with_hours:
        part = None  # «на 3 дня»
    if part is not None and (with_hours or line.low(i - 1) in _BEFORE_PARTS):
        return Moment(on_clock(hours, part, line.low(end)) * 60 + minutes, end + 1, True)
    return Moment(hours * 60 + minutes, end, False, hour_alone=not with_hours)
