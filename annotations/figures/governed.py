"""What makes «тысячи», «четверти» one of them: a word of the genitive, a preposition.

«более тысячи», «клад из тысячи монет», «в четверти случаев»; never «тысячи людей».
"""

from annotations.figures.pieces import WORD, Line
from annotations.figures.words import numerals
from annotations.lemmas import parses

BEFORE_A_SCALE = frozenset(
    [
        "более",
        "менее",
        "свыше",
        "около",
        "до",
        "от",
        "больше",
        "меньше",
        "порядка",
        "чем",
        "превысить",
        "полутора",
    ]
)
_GENITIVE = frozenset({"из", "для", "у", "без", "среди", "после", "против", "вместо", "кроме"})
_BEFORE_A_SHARE = frozenset(["в", "на", "у", "для", "из", "при", "к", "по", "о", "с", "почти"])
_NO_WHOLES = frozenset(["часа", "века", "финала", "года", "дня"])


def governs_one(line: Line, i: int) -> bool:
    """Whether a word of the genitive makes «тысячи» one of them: «клад из тысячи монет»."""
    before = line.low(i - 1)
    if before in BEFORE_A_SCALE:
        return True
    following = line.at(i + 1)
    counts = (
        following.kind == WORD
        and following.low not in {"и", "раз"}
        and following.low not in numerals()
    )
    return counts and before in _GENITIVE and line.low(i - 2) not in {"один", "одна", "одно"}


def is_share(line: Line, i: int) -> bool:
    """Whether «четверти» or «трети» is one of something: «в четверти случаев»."""
    whole = line.at(i + 1)
    if line.low(i - 1) not in _BEFORE_A_SHARE or whole.kind != WORD or whole.low in _NO_WHOLES:
        return False
    best = parses(whole.text)[0].grammemes
    return whole.text.islower() and "gent" in best and not best.isdisjoint({"NOUN", "ADJF", "PRTF"})
