"""What is written like a person's or a place's name and names none: honours, sees, name-days."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import is_cyrillic, lemmas_of
from annotations.lemmas import parses

_HONOUR = re.compile(
    r"(?:высоко)?(?:пре(?:освященств|подоби)|превосходительств|благороди)\w{1,3}"
    r"|(?:святейшеств|величеств|высочеств|блаженств|сиятельств|боголюби|преподоби)\w{1,3}"
)
_OF_SEE = re.compile(r"[а-яё-]+(?:[сц]к)(?:ий|ого|ому|им|ом|ая|ой|ую)")
_BISHOPS = frozenset(
    {"митрополит", "архиепископ", "епископ", "патриарх", "архиерей", "владыка", "викарий"}
)
_LORDS = frozenset(
    {"герцог", "герцогиня", "князь", "княгиня", "принц", "принцесса", "граф", "графиня"}
)
_BETWEEN = frozenset({"и", "всея"})
_MOST = 6  # words of a see: «Алма-Атинский и Семипалатинский»
_NAME_DAY = re.compile(r"\b(?:именин\w{0,4}|дн[яеью]\w? ангела|день ангела)\b", re.IGNORECASE)
_END = re.compile(r"[.!?\n]")


def honours_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Его Преосвященству», «епископ Тверской», «именины празднуют Анны и Игори»."""
    days = [_day(reading.text, match.end()) for match in _NAME_DAY.finditer(reading.text)]
    for mention in mentions:
        inside = reading.of(mention)
        if " " in inside or not is_cyrillic(inside):
            yield mention
        elif mention.label != "ORG" and (
            _HONOUR.fullmatch(inside.lower()) or _is_of_see(reading, mention)
        ):
            continue
        elif mention.label == "PER" and any(a <= mention.start < b for a, b in days):
            if not _is_first_name(inside):
                yield mention
        else:
            yield mention


def _day(text: str, start: int) -> tuple[int, int]:
    end = _END.search(text, start)
    return start, end.start() if end else len(text)


def _is_first_name(word: str) -> bool:
    return any("Name" in parse.grammemes for parse in parses(word.lower()))


def _is_of_see(reading: Reading, mention: Mention) -> bool:
    """«митрополит Тверской и Кашинский»: adjectives after the title of who rules there."""
    inside = reading.of(mention).lower()
    if not _OF_SEE.fullmatch(inside):
        return False
    index = reading.index_at(mention.start)
    for at in range(index - 1, index - _MOST, -1):
        word = reading.word(at).lower()
        if reading.gap(at) not in {" ", ", ", "\xa0"}:
            return False
        lemmas = lemmas_of(word or "-")
        if lemmas & (_BISHOPS | _LORDS):
            return bool(lemmas & _BISHOPS) or mention.label == "LOC"
        if word not in _BETWEEN and not _OF_SEE.fullmatch(word):
            return False
    return False
