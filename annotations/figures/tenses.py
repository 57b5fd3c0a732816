"""Whether a sentence speaks of what was or of what will be: its nearest predicate tells."""

from collections.abc import Iterable, Iterator

from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas, parses

_REACH = 14  # pieces on either side that are asked for a predicate
_SHORTEST = 4  # letters of a predicate that is asked
_SENTENCE_ENDS = frozenset([".", "!", "?", "…", ";", ""])
_CLAUSE_ENDS = _SENTENCE_ENDS | {",", "что", "—", "(", ")", "«", "»"}
_AHEAD = frozenset(
    [
        *("возможный", "ожидаться", "ожидать", "предстоять", "планировать", "планироваться"),
        *("намерен", "намеренный", "намечаться", "намечать", "прогнозировать", "должный"),
        *("прогнозироваться", "готовиться", "начинаться", "стартовать", "открываться"),
        *("рассчитывать", "собираться", "обещать", "грозить", "угрожать", "мочь"),
    ]
)


def tense_around(line: Line, i: int) -> str | None:
    """ "futr" or "past" by the nearest predicate of the clause, or else of the sentence."""
    return line.remember("tense", i, _tense_around)


def _tense_around(line: Line, i: int) -> str | None:
    for ends in (_CLAUSE_ENDS, _SENTENCE_ENDS):
        for j in _nearest_first(line, i, ends):
            if not _is_aside(line, i, j) and (tense := _tense(line, j)) is not None:
                return tense
    return None


def _nearest_first(line: Line, i: int, ends: frozenset[str]) -> Iterator[int]:
    """The pieces around `i` up to these ends, the nearer ones first."""
    ways = [_until(line, range(i + step, i + step * _REACH, step), ends) for step in (1, -1)]
    while ways:
        for way in tuple(ways):
            j = next(way, None)
            if j is None:
                ways.remove(way)
            else:
                yield j


def _until(line: Line, places: Iterable[int], ends: frozenset[str]) -> Iterator[int]:
    for j in places:
        if line.low(j) in ends:
            return
        yield j


def _tense(line: Line, j: int) -> str | None:
    piece = line.at(j)
    if piece.kind != WORD or len(piece.low) < _SHORTEST:
        return None
    best = parses(piece.text)[0].grammemes
    if best.isdisjoint({"VERB", "PRTS", "ADJS"}):
        return None
    if "futr" in best:
        return "futr"
    if "past" in best and not ("ADJS" in best or piece.low.startswith("намерен")):
        return "past"
    return None if lemmas(piece.low).isdisjoint(_AHEAD) else "futr"


def _is_aside(line: Line, i: int, j: int) -> bool:
    """Whether the verb at `j` begins what is said by the way: «, сообщил он,», «, как сказали»."""
    k = j - 1 if line.low(j - 1) == "как" else j
    if line.low(k - 1) != ",":
        return False
    between = [line.low(n) for n in range(min(i, j), max(i, k))]
    return "," in between and "что" not in between
