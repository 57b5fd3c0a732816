"""What a family of figures finds, and how numbers are written in its values."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple, TypeVar

from annotations.figures.amounts import Amount, Term
from annotations.model import Value

U = TypeVar("U")


class Find(NamedTuple):
    """A figure in the pieces `start` to `end` (exclusive) of a line."""

    start: int
    end: int
    label: str
    value: Value
    confidence: float


def decimal_text(number: Decimal) -> str:
    """A decimal without exponent and needless zeros: «1500000», «0.5»."""
    return format(number.normalize(), "f") if number else "0"


def bounds(
    amount: Amount[U], measure: Callable[[Term[U]], Decimal], **more: str
) -> dict[str, str | bool | None]:
    """The value of an amount: `min`, `max`, what `more` says, and `approx` where it is so."""
    low = None if amount.low is None else measure(amount.low)
    high = None if amount.high is None else measure(amount.high)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    value: dict[str, str | bool | None] = {
        "min": None if low is None else decimal_text(low),
        "max": None if high is None else decimal_text(high),
        **more,
    }
    if amount.approx:
        value["approx"] = True
    return value


def unit_of(amount: Amount[U]) -> U | None:
    """The unit of an amount's last part, whichever end names it."""
    for term in (amount.high, amount.low):
        if term is not None and term.parts[-1].unit is not None:
            return term.parts[-1].unit
    return None
