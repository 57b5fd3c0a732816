"""What the units of figures are called: by the lexicon's words, signs and codes."""

from decimal import Decimal
from functools import cache
from typing import NamedTuple

from annotations.folding import fold
from annotations.lexicon import table
from annotations.query.measures import measure_of


class Unit(NamedTuple):
    """What figures of a unit are counted in; `size`: a cent is a hundredth of USD."""

    name: str
    size: Decimal = Decimal(1)


_SHARES = {
    "%": Unit("%"),
    "процент": Unit("%"),
    "pp": Unit("pp"),
    "пп": Unit("pp"),
    "п.п": Unit("pp"),
    "процентныйпункт": Unit("pp"),
}
_FACTORS = {"раз": Unit("times"), "раза": Unit("times"), "times": Unit("times")}
_LONGEST_ENDING = 3
_SHORTEST_STEM = 3


def find_unit(label: str, said: str) -> Unit | None:
    """The unit of this name, sign or code that a figure of the label may have."""
    known = _units(label)
    wanted = _key(said)
    unit = known.get(wanted) or known.get(wanted.rstrip("."))
    return unit or _inflected(wanted, known)


def code_unit(label: str, said: str) -> Unit | None:
    """A currency by its ISO 4217 code, be it in the lexicon or not."""
    is_code = label == "MONEY" and len(said) == 3 and said.isascii() and said.isalpha()
    return Unit(said.upper()) if is_code else None


@cache
def _units(label: str) -> dict[str, Unit]:
    match label:
        case "MONEY":
            rows = [(name, size, words) for name, size, words in table("currencies")]
        case "QUANTITY":
            rows = [
                (measure.base, str(measure.size), f"{name},{words}")
                for name, _, _, words in table("units")
                for measure in (measure_of(name),)
            ]
        case "PERCENT":
            return _SHARES
        case _:
            return {}
    units: dict[str, Unit] = dict(_FACTORS) if label == "QUANTITY" else {}
    for name, size, words in rows:
        for word in words.split(","):
            units.setdefault(_key(word), Unit(name, Decimal(size)))
    return units


def _key(said: str) -> str:
    return "".join(fold(said).split())


def _inflected(word: str, known: dict[str, Unit]) -> Unit | None:
    """The unit whose name has the stem of this word: «рублей», «тонн», «долларами»."""
    best, unit = _SHORTEST_STEM - 1, None
    for name, named in known.items():
        stem = name[:-1] if name[-1] in "аьяй" else name
        ending = word.removeprefix(stem)
        is_ending = not ending or (ending.isalpha() and len(ending) <= _LONGEST_ENDING)
        if len(stem) > best and word.startswith(stem) and is_ending:
            best, unit = len(stem), named
    return unit
