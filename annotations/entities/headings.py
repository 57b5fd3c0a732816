"""Where an article comes from, and its other headings: «МОСКВА, 2 ноября – …», «ПРЕСС-РЕЛИЗ»."""

import re
from collections.abc import Iterable, Iterator, Sequence

from annotations.entities.known_names import listed
from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import is_cyrillic, kinds, lemmas_of

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[А-ЯЁ]{2,}(?:[ -][А-ЯЁ]{2,}){0,3})(?P<more> ?[/–—] ?[А-ЯЁ-]{3,20})?"
    r"(?=[.,]? ?\d{1,2}[ .](?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|\d)"
    r"|,? ?[/–—-] ?[А-ЯЁ][\w ]{2,20}[/.]|\. [/(])",
    re.MULTILINE,
)
_DATED = re.compile(
    r"^[ \t]*(?P<bullet>[♦•■●▪►*])? ?(?P<place>[А-ЯЁ][а-яё-]{2,20})\. (?=[А-ЯЁ«])", re.MULTILINE
)
_LONG = 5  # letters of a word in capitals that is hardly an acronym


def headings(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Datelines are LOC; a line of common words in capitals names nothing."""
    found = list(_datelines(reading))
    for mention in mentions:
        inside = any(place.overlaps(mention) for place in found)
        if not inside and not _is_shouted(reading, mention):
            yield mention
    yield from found


def _datelines(reading: Reading) -> Iterator[Mention]:
    for match in _DATELINE.finditer(reading.text):
        start, end = match.span("place")
        if any(_may_be_place(word.text) for word in reading.within(start, end)):
            yield Mention(start, end, "LOC", 0.97)
    for match in _DATED.finditer(reading.text):
        kind = kinds(match["place"])
        bullet = match["bullet"] is not None
        if kind.known and kind.place > 0.3 and (bullet or kind.person < 0.3):
            yield Mention(*match.span("place"), "LOC", 0.97)


def _may_be_place(word: str) -> bool:
    """«ОТТАВА», «УФА»; not «ТАСС», «ИНТЕРФАКС», «НОВОСТИ»."""
    kind = kinds(word)
    if len(word) < _LONG:
        return kind.place > 0.3
    other = kind.organisation > 0.3 or "bare" in listed(word)
    return not other and not (kind.known and kind.ordinary > 0.8)


def _is_shouted(reading: Reading, mention: Mention) -> bool:
    """«ПРЕСС-РЕЛИЗ»: one common noun in capitals that is all of its line."""
    inside = reading.of(mention)
    if not inside.isupper() or " " in inside or len(inside) < _LONG or not is_cyrillic(inside):
        return False
    line = reading.text[mention.start - 1 : mention.start] in {"", "\n"}
    last = reading.text[mention.end : mention.end + 1] in {"", "\n", ":", "."}
    kind = kinds(inside)
    return line and last and kind.known and kind.ordinary > 0.9 and bool(lemmas_of(inside.lower()))
