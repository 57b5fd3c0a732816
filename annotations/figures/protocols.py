"""Minutes of goals in protocols of matches: «01:23 Сёмин, 15:40 Петров», no times of day."""

from collections.abc import Callable

from annotations.figures.pieces import CLOCK, CODE, WORD, Line
from annotations.lemmas import parses

_NAMES = frozenset({"Surn", "Name"})
_BEFORE = frozenset({"(", ",", "—", "–", "-"})
_LEAST = 3  # of them in a line
_LEAST_BEYOND = 2  # where one of them is no time of day


def is_of_protocol(line: Line, i: int) -> bool:
    """Whether the clock at piece `i` stands by a player, as others of the line do."""
    return _is_by(line, i, _is_capital) and line.remember("protocol", 0, _has_protocol)


def _has_protocol(line: Line, _: int) -> bool:
    """Whether several minutes stand by a player, and are not as round as a timetable's.

    «45:11», which is no time, is one of them too.
    """
    minutes = [
        piece
        for i, piece in enumerate(line.pieces)
        if piece.kind in {CLOCK, CODE} and ":" in piece.text and _is_by(line, i, _is_player)
    ]
    beyond = any(piece.kind == CODE for piece in minutes)
    if len(minutes) < (_LEAST_BEYOND if beyond else _LEAST):
        return False
    return any(piece.text[-1] not in "05" for piece in minutes)


def _is_by(line: Line, i: int, fits: Callable[[Line, int], bool]) -> bool:
    """«01:23 Сёмин,», «01:23 Илья Сёмин», «Сёмин, 01:23», «Сёмин (01:23)», «Сёмин — 01:23»."""
    if fits(line, i + 1):
        return _is_no_word(line, i + 2) or (fits(line, i + 2) and _is_no_word(line, i + 3))
    if not _is_no_word(line, i + 1):
        return False
    return fits(line, i - 2 if line.low(i - 1) in _BEFORE else i - 1)


def _is_no_word(line: Line, j: int) -> bool:
    """Whether no verb or speech may follow: «10:30 Сёмин приехал», «Сёмин, 10:30: «Привет»»."""
    return line.at(j).kind != WORD and line.low(j) != ":"


def _is_capital(line: Line, j: int) -> bool:
    return line.at(j).kind == WORD and line.at(j).text.istitle()


def _is_player(line: Line, j: int) -> bool:
    if not _is_capital(line, j):
        return False
    readings = parses(line.at(j).text)
    return not readings[0].known or any(not _NAMES.isdisjoint(one.grammemes) for one in readings)
