"""People, firms and places put together from syllables, in their case forms."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.corpus import (
    BEGINNINGS,
    FIRST_HALVES,
    JOINTS,
    LAST_HALVES,
    MEN,
    STEMS,
    WOMEN,
)

PEOPLE, FIRMS, PLACES = 40_000, 6_000, 12_000

_HEADS = ("компания", "фирма", "корпорация", "фабрика")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something as texts mention it; the first form is the name."""

    label: str
    forms: tuple[str, ...]


def _declined(stem: str, endings: str) -> tuple[str, ...]:
    """The stem with the endings, which are separated by spaces; `0` stands for none."""
    return tuple(stem + ending.strip("0") for ending in endings.split())


def _person(chance: random.Random) -> Named:
    stem = chance.choice(STEMS) + "".join(chance.choices(JOINTS, k=chance.choice((1, 2))))
    if chance.random() < 0.6:
        first = _declined(chance.choice(MEN), "0 а у а ом е")
        last = _declined(stem, "ов ова ову ова овым ове")
    else:
        first = _declined(chance.choice(WOMEN)[:-1], "а ы е у ой е")
        last = _declined(stem, "ова овой овой ову овой овой")
    full = tuple(" ".join(pair) for pair in zip(first, last, strict=True))
    return Named("PER", (*full, full[0], *last))


def _firm(chance: random.Random) -> Named:
    name = chance.choice(FIRST_HALVES) + chance.choice(LAST_HALVES)
    name += f"-{''.join(chance.choices(JOINTS, k=3)).title()}"
    head = chance.choice(_HEADS)
    heads = _declined(head[:-1], "я и и ю ей и" if head.endswith("ия") else "а ы е у ой е")
    return Named("ORG", (*(f"{form} «{name}»" for form in heads), f"«{name}»"))


def _place(chance: random.Random) -> Named:
    stem = chance.choice(STEMS).lower() + "".join(chance.choices(JOINTS, k=2))
    return Named("LOC", _declined(chance.choice(BEGINNINGS) + stem, "овка овки овке овку овкой"))


_KINDS: Sequence[tuple[Callable[[random.Random], Named], int, int]] = (
    (_person, PEOPLE, 3),  # how many there are at most, and take part in an article
    (_firm, FIRMS, 1),
    (_place, PLACES, 2),
)


class Register:
    """All who may be mentioned; some much more often than others."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self._all = [([make(chance) for _ in range(count)], cast) for make, count, cast in _KINDS]

    def cast(self, chance: random.Random) -> list[Named]:
        """Those whom an article is about."""
        return [
            everybody[int(len(everybody) * chance.random() ** 3)]
            for everybody, cast in self._all
            for _ in range(cast)
        ]
