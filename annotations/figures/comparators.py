"""Comparators and approximators («более», «не менее», «около»), and «до» that is none."""

from functools import cache
from typing import NamedTuple

from annotations.figures.phrases import Phrases
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.lemmas import lemmas, parses
from annotations.lexicon import table

PREPOSITIONS = frozenset({"в", "во", "на", "за", "с", "со", "к", "о"})
_BEFORE_A_HEART = PREPOSITIONS | {"из", "до", "от", "по", "через", "под", "при", "у", "над", "об"}
_DIRECTION_REACH = 16  # pieces looked back for «вырос … до»
_INSERTION_REACH = 10
_SENTENCE_ENDS = frozenset(".!?;")
_VERBS = frozenset({"VERB", "INFN", "GRND", "PRTS"})
_NO_DIRECTION = frozenset(["составить", "составлять", "мочь", "ожидаться", "размер", "штраф"])
_EXTENTS = frozenset(
    [
        *("стоимость", "цена", "сумма", "размер", "объем", "длина", "ширина", "высота", "глубина"),
        *("вес", "масса", "мощность", "площадь", "емкость", "вместимость", "срок", "скорость"),
        *("сила", "толщина", "диаметр", "радиус", "дальность", "численность", "тираж", "рост"),
        *("калибр", "возраст", "температура", "продолжительность", "протяженность", "порыв"),
        *("величина", "количество", "число", "доход", "оборот", "напряжение", "длительность"),
        *("магнитуда", "стаж", "доля", "точность", "расстояние", "грузоподъемность"),
    ]
)
_SIDES_AFTER = dict.fromkeys(("более", "больше", "выше", "старше", "свыше"), "min")
_SIDES_AFTER |= dict.fromkeys(("менее", "меньше", "ниже", "младше"), "max")
_GOVERNING = frozenset({"в", "на", "со", "с", "при"})


class Bound(NamedTuple):
    """What a comparator says of the number after it: "min", "max" or "none"."""

    side: str
    approx: bool


@cache
def comparators() -> Phrases[Bound]:
    """The comparators and approximators of the lexicon."""
    return Phrases(
        (
            (phrase, Bound(side, approx == "approx"))
            for side, approx, phrases in table("comparators")
            for phrase in phrases.split(",")
        ),
        by_lemma=False,
    )


def read_comparator(line: Line, i: int) -> tuple[Bound, int] | None:
    """The comparator at piece `i`, two of them taken together («примерно до»)."""
    return line.remember("comparator", i, _read)


def _read(line: Line, i: int) -> tuple[Bound, int] | None:
    first = comparators().read(line, i)
    if first is None or (line.low(i) == "до" and is_direction(line, i)):
        return None
    bound, end = first
    second = comparators().read(line, end)
    if second is not None and line.low(end) != "до":
        side = bound.side if second[0].side == "none" else second[0].side
        return Bound(side, bound.approx or second[0].approx), second[1]
    return bound, end


def side_after(line: Line, j: int) -> str:
    """«и более», «или меньше», «с лишним» after an amount."""
    if line.low(j) == "с" and line.low(j + 1) == "лишним":
        return "min"
    if line.low(j) not in {"и", "или"} or line.low(j + 2) == "не":
        return "none"  # «5 лет и больше не вернулся»
    return _SIDES_AFTER.get(line.low(j + 1), "none")


def is_direction(line: Line, i: int) -> bool:
    """Whether the «до» at piece `i` says where something arrived («вырос до 5%»).

    The nearest verb before it decides, or a nearer noun («рост до 5%»).
    """
    if _is_extent(line, i):
        return False
    if line.low(i - 1) == "," and _is_difference(line, i - 1):
        return True
    j = i - 1
    while j >= max(0, i - _DIRECTION_REACH):
        piece = line.at(j)
        if piece.low in _SENTENCE_ENDS and line.at(j + 1).text[:1].isupper():
            return False
        if piece.kind == WORD and len(piece.low) > 2 and piece.low != "есть":
            names = lemmas(piece.low)
            if names & _directions():
                return True
            if names & _NO_DIRECTION:
                return False
            if not _VERBS.isdisjoint(parses(piece.text)[0].grammemes):
                j = _before_insertion(line, i, j)
        j -= 1
    return False


def _is_difference(line: Line, end: int) -> bool:
    """«на 3 млрд, до 8 млрд»: what was added or taken, right before piece `end`."""
    return any(
        line.low(j) == "на" and line.at(j + 1).kind == NUMBER for j in range(end - 4, end - 1)
    )


def _before_insertion(line: Line, i: int, j: int) -> int:
    """Where the insertion with the verb at `j` begins («снизил, сообщил банк, до 5%»), else -1."""
    if line.low(i - 1) == ",":
        for k in range(j, max(-1, j - _INSERTION_REACH), -1):
            if line.low(k) == ",":
                return k
    return -1


def _is_extent(line: Line, i: int) -> bool:
    """«длиной до 5 метров», «на сумму до», «со скоростью ветра до»: how much of a property."""
    for j in (i - 1, i - 2):
        piece = line.at(j)
        if piece.kind != WORD:
            return False
        if not lemmas(piece.low).isdisjoint(_EXTENTS):
            best = parses(piece.text)[0].grammemes
            return "ablt" in best or line.low(j - 1) in _GOVERNING
        if "gent" not in parses(piece.text)[0].grammemes:
            return False
    return False


@cache
def _directions() -> frozenset[str]:
    return frozenset(row[0] for row in table("directions"))


def is_approximate(line: Line, i: int) -> bool:
    """Whether an approximator and a preposition stand before piece `i` («почти в миллион»)."""
    if line.low(i - 1) not in _BEFORE_A_HEART:
        return False
    found = comparators().read(line, i - 2)
    return found is not None and found[0].approx and found[1] == i - 1
