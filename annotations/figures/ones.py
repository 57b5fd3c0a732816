"""«один» as a count: beside other counts only («три миноносца и один буксир»)."""

from annotations.figures.nouns import agrees
from annotations.figures.numerals import Number, read_number
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.figures.words import numerals
from annotations.lemmas import lemmas, parses

_REACH = 7  # pieces between the counts of one enumeration
_AND = frozenset({"и", "или", "а", "да", "также", "еще", ",", "плюс", "против", "при"})
_ENDS = frozenset(".!?;:")
_OTHERS = frozenset({"другой", "второй", "третий", "иной"})
_NEVER = frozenset({"сторона", "раз", "слово", "рука", "цель", "час", "день", "год", "мера"})
_FATES = frozenset(
    ["погибнуть", "пропасть", "скончаться", "умереть", "выжить", "воздержаться", "пострадать"]
)
_PREPOSITIONS = frozenset(
    ["в", "во", "на", "с", "со", "из", "от", "до", "по", "о", "об", "к", "у", "при", "под", "ни"]
)


def is_one_of_counts(line: Line, i: int, number: Number) -> bool:
    """Whether «один» at piece `i` stands in an enumeration of counts."""
    if not agrees(line, number, number.end):
        return _is_fate(line, number.end) and _counts_before(line, i)
    if not _NEVER.isdisjoint(lemmas(line.low(number.end))):
        return False
    before = line.low(i - 1)
    governed = before in _PREPOSITIONS
    if not governed and before in _AND and _counts_before(line, i):
        return not _contrasted(line, number.end)
    return _counts_after(line, number.end, commas=not governed)


def _counts_before(line: Line, i: int) -> bool:
    """«14 голосами, | одна делегация»."""
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if line.low(j) in _ENDS:
            return False
        if _is_count(line, j):
            return True
    return False


def _counts_after(line: Line, end: int, commas: bool) -> bool:
    """«один | полицейский и трое прохожих»: right after «и», with nouns only between."""
    for j in range(end, end + _REACH):
        low = line.low(j)
        if low == "и" or (commas and low == ","):
            return _is_count(line, j + (2 if line.low(j + 1) in {"еще", "также"} else 1))
        piece = line.at(j)
        if piece.kind != WORD or not {"NOUN", "ADJF", "PRTF"} & parses(piece.text)[0].grammemes:
            return False
    return False


def _is_count(line: Line, j: int) -> bool:
    """Whether a number of more than one thing begins at piece `j`."""
    piece = line.at(j)
    if piece.kind == NUMBER:
        after = line.at(j + 1)
        return piece.text.isdecimal() and after.kind == WORD and len(after.low) > 2
    word = numerals().get(piece.low) if piece.kind == WORD else None
    if word is None or word.kind in {"part", "part_many", "half"} or word.value == 1:
        return False
    return read_number(line, j) is not None


def _contrasted(line: Line, end: int) -> bool:
    """«два брата, один … другой»: one of those that are counted already."""
    return any(not lemmas(line.low(j)).isdisjoint(_OTHERS) for j in range(end, end + 2 * _REACH))


def _is_fate(line: Line, end: int) -> bool:
    """«погибли двое, один ранен»."""
    piece = line.at(end)
    if piece.kind != WORD or _contrasted(line, end):
        return False
    fate = "PRTS" in parses(piece.text)[0].grammemes or not lemmas(piece.low).isdisjoint(_FATES)
    return fate and line.low(end - 2) in {",", "и", "еще", "—"}
