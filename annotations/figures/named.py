"""Names that only look like times: «улица 8 Марта», «площадь 1905 года», «Пятница», «Октябрь»."""

from annotations.figures.amounts import DASHES
from annotations.figures.finds import Find
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import lemmas

IN_STREETS = frozenset({"DATE", "DURATION", "NUMBER", "ORDINAL"})
_STREETS = frozenset(
    [
        *("улица", "ул", "площадь", "проспект", "переулок", "бульвар", "набережная", "имя"),
        *("микрорайон", "парк", "сквер", "стадион", "станция", "метро", "квартал"),
    ]
)
_OF_A_YEAR = frozenset({"улица", "ул", "площадь", "проспект"})
_SENTENCE_ENDS = frozenset({"", ".", "!", "?", "…", ":", ";"})
_QUOTES = frozenset('«"“„')


def is_street(line: Line, find: Find) -> bool:
    """Whether the figure names a street: «улица 8 Марта», «проспект 40 лет Победы».

    A capital in it, or right after what is no date, tells.
    """
    before = find.start - 2 if line.low(find.start - 1) == "." else find.start - 1
    if line.at(before).kind != WORD or lemmas(line.low(before)).isdisjoint(_STREETS):
        return False
    end = find.end if find.label == "DATE" else find.end + 1
    return any(line.at(j).text[:1].isupper() for j in range(find.start, end))


def is_street_of_a_year(line: Line, i: int) -> bool:
    """Whether the year at piece `i` names a square or a street: «площадь 1905 года»."""
    return line.at(i - 1).kind == WORD and not lemmas(line.low(i - 1)).isdisjoint(_OF_A_YEAR)


def is_capital_name(line: Line, i: int) -> bool:
    """Whether a capital inside a sentence makes the word at piece `i` a name.

    The names of days and months have none: «Робинзон и Пятница», «Красный Октябрь», «Июнь» in
    quotes of its own.
    """
    if not line.at(i).text[:1].isupper():
        return False
    if line.low(i - 1) in _QUOTES and line.low(i + 1) in {"»", '"', "”", "“"}:
        return True
    return not starts_sentence(line, i)


def starts_sentence(line: Line, i: int) -> bool:
    """Whether a sentence, also one that is quoted, begins with piece `i`."""
    before = line.low(i - 1)
    if before in _QUOTES or before in DASHES:
        return line.low(i - 2) in _SENTENCE_ENDS | {","}
    return before in _SENTENCE_ENDS
