"""Forms of numerals that are forms of other words too: «семью», «шестом», «три», «сорок».

Case and agreement tell: «за семью печатями» and «за семью погибшего», «в шестом классе» and
«прыжки с шестом».
"""

from annotations.figures.ordinals import ordinal_word
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import parses

_LOCATIVE = frozenset({"в", "во", "на", "о", "об", "при"})
_JOINED = frozenset({"и", "или", "же", ","})
_RUBBED = frozenset({"три", "трем", "двоим", "троим"})  # of «тереть», «двоить», «троить»
_BEFORE_VERBS = frozenset({"и", "не", "а", "потом", "затем"})
_BIRDS = frozenset({"сорок", "сорока"})
_REACH = 6  # words back to a preposition


def is_other_than_count(line: Line, i: int, of: str | None) -> bool:
    """Whether the lone numeral at piece `i`, which counts `of`, is another word."""
    low = line.low(i)
    if low == "семью":
        return of is None or not _has(line, i + 1, "ablt", "plur")
    if low in _BIRDS:
        return of is None
    return low in _RUBBED and of is None and _is_verb(line, i)


def _is_verb(line: Line, i: int) -> bool:
    """«Три морковь», «трём сильнее»: an object or a manner, where a clause begins."""
    if line.at(i - 1).kind == WORD and line.low(i - 1) not in _BEFORE_VERBS:
        return False
    return _has(line, i + 1, "NOUN", "accs", "sing") or _has(line, i + 1, "COMP")


def is_other_than_ordinal(line: Line, i: int) -> bool:
    """Whether the lone ordinal at piece `i` is a noun: «шестом» of «шест», «пятой» of «пята»."""
    low = line.low(i)
    if low == "пятой":
        return line.low(i - 1) == "под" and not _has(line, i + 1, "femn", "ablt")
    return low == "шестом" and not _is_governed(line, i)


def _is_governed(line: Line, i: int) -> bool:
    """Whether a preposition of the locative governs the phrase: «в пятом и шестом классах»."""
    for j in range(i - 1, i - 1 - _REACH, -1):
        low = line.low(j)
        if low in _LOCATIVE:
            return True
        if low in _JOINED or ordinal_word(low) is not None:
            continue
        if line.at(j).kind != WORD or parses(line.at(j).text)[0].grammemes.isdisjoint(
            {"ADJF", "PRTF"}
        ):
            return False
    return False


def _has(line: Line, j: int, *grammemes: str) -> bool:
    """Whether the word at piece `j` has a reading with all of these."""
    wanted = frozenset(grammemes)
    return line.at(j).kind == WORD and any(
        wanted <= parse.grammemes for parse in parses(line.at(j).text)
    )
