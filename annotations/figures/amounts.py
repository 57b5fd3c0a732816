"""Amounts: a number or a range of them, with units and with what bounds them.

«от 800 млн до миллиарда евро», «более чем на 20%», «$1,5–3 млрд», «89 рублей 20 копеек».
What a unit is, each family of figures says; the grammar around it is the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from annotations.figures.comparators import (
    PREPOSITIONS,
    Bound,
    comparators,
    read_comparator,
    side_after,
)
from annotations.figures.inverted import inverted_forms, number_after
from annotations.figures.numerals import ONE, Number, read_number
from annotations.figures.pieces import MARK, NUMBER, WORD, Line
from annotations.lemmas import lemmas

U = TypeVar("U")
UnitReader = Callable[[Line, int], tuple[U, int] | None]

DASHES = frozenset("-–—−‑…÷")
_CLAUSE_ENDS = frozenset(".,;!?)»")
_REACHING = frozenset({"до", "с", "со"})
_NO_LOWER_BOUND = frozenset(
    ["отказаться", "отказ", "отказываться", "зависеть", "избавиться", "отличаться"]
)


class Part(NamedTuple, Generic[U]):
    """A number of units; the unit is None where only the other end of a range names it."""

    number: Number
    unit: U | None


class Term(NamedTuple, Generic[U]):
    """One amount, of one part or several («16 км 400 метров»), up to piece `end`.

    `prefixed`: its unit stands before it («$5»); `side`: what «и более» after it bounds.
    """

    parts: tuple[Part[U], ...]
    end: int
    prefixed: bool = False
    side: str = "none"


class Amount(NamedTuple, Generic[U]):
    """What a phrase says: a lower and an upper term (the same where it is exact)."""

    start: int
    end: int
    low: Term[U] | None
    high: Term[U] | None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Units(Generic[U]):
    """How a family of figures reads its units.

    `after` and `before` read the unit on either side of a number, `follows` says whether
    one unit may continue a measure in another («км» and «метров»); a family without units
    has `required` false.
    """

    after: UnitReader[U]
    before: UnitReader[U] | None = None
    follows: Callable[[U, U], bool] | None = None
    required: bool = True
    lower_bound: bool = True


def read_amount(line: Line, i: int, units: Units[U]) -> Amount[U] | None:
    """The amount that begins at piece `i`."""
    low = line.low(i)
    if low in {"от", "с", "со", "между"}:
        return _read_from(line, i, units)
    if low in inverted_forms():
        inverted = _read_inverted(line, i, units)
        if inverted is not None:
            return inverted
    comparator = read_comparator(line, i)
    if comparator is None:
        return _read_dashed(line, i, i, units)
    bound, j = comparator
    if line.low(j) in PREPOSITIONS:
        if bound.side == "none":
            return None  # «почти в миллион»: the amount begins after the preposition
        j += 1
    amount = _read_dashed(line, i, j, units)
    return None if amount is None else _bounded(amount, bound)


def _read_inverted(line: Line, i: int, units: Units[U]) -> Amount[U] | None:
    """«рублей пятьсот», «метрах в двухстах»: a unit before about that many of it."""
    j = number_after(line, i, "unit", "time")
    after = None if j is None else units.after(line, i)
    if j is None or after is None or after[1] != i + 1:
        return None
    amount = _read_dashed(line, i, j, Units(after=no_unit, required=False))
    if amount is None or amount.low is None or amount.high is None:
        return None
    low, high = (
        Term((Part(term.parts[0].number, after[0]),), term.end)
        for term in (amount.low, amount.high)
    )
    return Amount(i, amount.end, low, high, approx=True)


def read_bare(line: Line, i: int) -> Amount[Any] | None:
    """The amount without a unit that begins at piece `i`."""
    return line.remember("bare", i, _read_bare)


def _read_bare(line: Line, i: int) -> Amount[Any] | None:
    return read_amount(line, i, Units(after=no_unit, required=False, lower_bound=False))


def no_unit(_line: Line, _i: int) -> tuple[None, int] | None:
    """What a family without units reads."""
    return None


def _bounded(amount: Amount[U], bound: Bound) -> Amount[U]:
    approx = amount.approx or bound.approx
    if bound.side == "none" or amount.low is None or amount.high is None:
        return amount._replace(approx=approx) if approx else amount
    if bound.side == "min":
        return amount._replace(high=None, approx=approx)
    return amount._replace(low=None, approx=approx)


def _read_from(line: Line, i: int, units: Units[U]) -> Amount[U] | None:
    """«от X до Y», «с X до Y», «между X и Y»; «от X» alone is a lower bound."""
    opener = line.low(i)
    middles = {"и"} if opener == "между" else {"до", "по"} if opener != "от" else {"до"}
    j = i + 1
    comparator = comparators().read(line, j)
    approx = comparator is not None and comparator[0].approx
    if comparator is not None and approx:
        j = comparator[1]
    left = _read_term(line, j, units, optional=True)
    if left is None:
        return None
    if line.low(left.end) in middles:
        right = _read_right(line, left.end + 1, units, left)
        if right is not None:
            return Amount(i, right.end, _inherit(left, right), right, approx)
    complete = left.parts[-1].unit is not None
    if opener == "от" and units.lower_bound and complete and not _refused(line, i):
        return Amount(i, left.end, left, None, approx)
    return None


def _read_right(line: Line, i: int, units: Units[U], left: Term[U]) -> Term[U] | None:
    """The upper end of a range; a sign before the lower end holds for both («$5–10 млн»)."""
    unit = left.parts[0].unit
    right = _read_term(line, i, units, optional=unit is not None)
    if right is None or unit is None or right.parts[0].unit is not None:
        return right
    if not left.prefixed and not _is_bare(line, right):
        return None
    return right._replace(parts=(right.parts[0]._replace(unit=unit),))


def _is_bare(line: Line, term: Term[U]) -> bool:
    """Whether nothing after a number says what it counts: «с 5 тысяч рублей до 7 тысяч»."""
    following = line.low(term.end)
    scaled = term.parts[0].number.scale != ONE
    return following in _CLAUSE_ENDS or (scaled and following in PREPOSITIONS)


def _refused(line: Line, i: int) -> bool:
    """Whether the «от» at piece `i` belongs to a verb before it."""
    return any(lemmas(line.low(j)) & _NO_LOWER_BOUND for j in (i - 1, i - 2) if line.low(j))


def _read_dashed(line: Line, start: int, i: int, units: Units[U]) -> Amount[U] | None:
    """One term, or two with a dash or «или» between them."""
    left = _read_term(line, i, units, optional=True)
    if left is None:
        return None
    bare = units.required and left.parts[-1].unit is None
    after = _past_dash(line, left.end, measured=bare)
    if after is not None:
        right = _read_right(line, after, units, left)
        right = right and _signed(line, after, left, right)
        if right is not None and _ascends(left, right) and _comparable(left, right, units):
            return Amount(start, right.end, _inherit(left, right), right)
    if bare:
        shared = _shared_unit(line, left, units)
        return None if shared is None else Amount(start, left.end, shared, shared)
    bound = Bound(left.side, approx=left.parts[0].number.approx)
    return _bounded(Amount(start, left.end, left, left), bound)


def _signed(line: Line, i: int, left: Term[U], right: Term[U]) -> Term[U]:
    """The upper end of «минус 5–7 градусов», negative as the lower one is."""
    number, below = right.parts[0].number, left.parts[0].number.value
    if below >= 0 or number.value <= -below or line.at(i).kind == MARK or line.low(i) == "плюс":
        return right
    part = right.parts[0]._replace(number=number._replace(value=-number.value))
    return right._replace(parts=(part, *right.parts[1:]))


def _past_dash(line: Line, j: int, measured: bool) -> int | None:
    """The piece after a dash that joins two numbers: close on both sides, or «5 – 7».

    `measured`: a unit has to follow («двадцать — тридцать процентов»).
    """
    dash = line.low(j)
    if line.low(j) == "." and line.low(j + 1) == "." and line.low(j + 2) == ".":
        return j + 3
    alike = line.at(j - 1).kind == line.at(j + 1).kind
    if dash == "или":
        return j + 1 if alike else None
    if dash not in DASHES:
        return None
    if line.glued(j) and (line.glued(j + 1) or line.at(j + 1).kind == WORD):
        return j + 1
    loose = not line.glued(j) and not line.glued(j + 1)
    numbers = line.at(j - 1).kind == NUMBER and dash in {"-", "–"}
    return j + 1 if loose and alike and (numbers or measured) else None


def _ascends(left: Term[U], right: Term[U]) -> bool:
    """Whether two numbers around a dash are a range, not a score or a code."""
    first, last = _inherit(left, right).parts[0], right.parts[0]
    if left.parts[0].unit is not None and not left.prefixed:
        return True
    return first.number.value < last.number.value or last.number.value < 0


def _comparable(left: Term[U], right: Term[U], units: Units[U]) -> bool:
    """Whether both ends of a range are measured alike: not «пять рублей или десять долларов»."""
    one, other = left.parts[0].unit, right.parts[0].unit
    if one is None or other is None or one == other:
        return True
    return units.follows is not None and (units.follows(one, other) or units.follows(other, one))


def _inherit(left: Term[U], right: Term[U]) -> Term[U]:
    """The left term of a range with what only the right one says: unit and magnitude."""
    part, other = left.parts[0], right.parts[0]
    if len(left.parts) > 1 or (part.unit is not None and not left.prefixed):
        return left
    number, scale = part.number, other.number.scale
    near = number.value <= 10 * other.number.coefficient  # «с 500 до 2 тысяч» is not
    if number.scale == ONE <= number.value and near:
        number = number._replace(value=number.value * scale, scale=scale)
    return left._replace(parts=(Part(number, part.unit or other.unit),))


def _shared_unit(line: Line, left: Term[U], units: Units[U]) -> Term[U] | None:
    """«5» of «5 и 10 процентов»: the number with the unit that the next one names."""
    if line.low(left.end) == "," and line.low(left.end + 1) in _REACHING:
        return _unit_of_result(line, left, units)
    if line.low(left.end) not in {"и", "или"} or line.at(left.end - 1).kind != NUMBER:
        return None
    if line.at(left.end + 1).kind != NUMBER:
        return None
    right = _read_term(line, left.end + 1, units)
    if right is None or right.prefixed or not left.parts[0].number.is_plain:
        return None
    return _inherit(left, right)


def _unit_of_result(line: Line, left: Term[U], units: Units[U]) -> Term[U] | None:
    """«2 млрд» of «снизилась на 2 млрд, до 15 млрд рублей»: the unit that the result names."""
    if left.parts[0].number.scale == ONE:
        return None
    right = _read_term(line, left.end + 2, units)
    if right is None or right.prefixed or right.parts[0].number.scale == ONE:
        return None
    return left._replace(parts=(left.parts[0]._replace(unit=right.parts[0].unit),))


def _read_term(line: Line, i: int, units: Units[U], optional: bool = False) -> Term[U] | None:
    """A number with its unit on either side; `optional`: a number without one will do."""
    before = units.before(line, i) if units.before else None
    number = read_number(line, before[1] if before else i)
    if number is None:
        return None
    side = side_after(line, number.end)
    if side != "none":
        number = number._replace(end=number.end + 2)
    if before is not None:
        return Term((Part(number, before[0]),), number.end, prefixed=True, side=side)
    after = units.after(line, number.end)
    if after is None:
        if optional or not units.required:
            return Term((Part(number, None),), number.end, side=side)
        return None
    parts, end = _read_parts(line, Part(number, after[0]), after[1], units)
    if side == "none" and (side := side_after(line, end)) != "none":
        end += 2
    return Term(parts, end, side=side)


def _read_parts(
    line: Line, first: Part[U], end: int, units: Units[U]
) -> tuple[tuple[Part[U], ...], int]:
    parts = [first]
    while units.follows is not None and len(parts) < 4:
        more = _read_continuation(line, end, parts[-1], units)
        if more is None:
            break
        parts.append(more[0])
        end = more[1]
    return tuple(parts), end


def _read_continuation(
    line: Line, i: int, last: Part[U], units: Units[U]
) -> tuple[Part[U], int] | None:
    """The next part of a compound measure: «… 50 копеек», «… и шесть месяцев»."""
    number = read_number(line, i + 1 if line.low(i) == "и" else i)
    if number is None or number.scale != ONE or units.follows is None or last.unit is None:
        return None
    after = units.after(line, number.end)
    if after is None or not units.follows(last.unit, after[0]):
        return None
    return Part(number, after[0]), after[1]
