"""Where a span that is chosen by words begins and ends: pure rules over the text.

Words have neither punctuation nor quotes at their ends, but what stands between them has: «ООО
«Ромашка» from its first word to its last lacks the closing mark.  A span that is chosen by words
therefore loses punctuation at its ends, and takes in or drops the other half of a pair of marks.
Spans that are chosen by the character are never touched.
"""

import re
from collections.abc import Iterator
from unicodedata import category

from annotations.model import Span

_OPENING = {"«": "»", "(": ")", "[": "]", "{": "}", "„": "“”", "“": "”", "‹": "›"}
_CLOSING = frozenset("".join(_OPENING.values())) - {"“"}
_STRAIGHT = '"'
_SYMBOLS = frozenset("%‰°№#@&*/\\_+~'’$€₽₸£¥₴")  # they say something, wherever they stand
_AROUND = 300  # characters at either side in which the other half of a pair is looked for
_FARTHEST = 80  # characters by which a span grows to take in a mark
_SPEECH_ENDS = re.compile(r"\s*,\s*[—–-]")
_ENDS_PHRASE = re.compile(r"[.!?…,;:]|\s[—–-]\s|\n")

# What a full stop belongs to: initials, and abbreviations that stand in figures and in names.
_INITIAL = re.compile(r"(?<!\w)[A-ZА-ЯЁ]\.")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:тыс|млн|млрд|трлн|руб|коп|долл|гг?|вв?|н\. э|ч|мин|сек|чел|шт|кв|куб|экз|мес|п"
    r"|Inc|Ltd|Corp|Co|Jr|Sr)\."
)


def snap(text: str, span: Span) -> Span:
    """The span without punctuation at its ends, and with both marks of each pair or with none.

    A span of nothing but punctuation stays as it is.
    """
    start, end = span.start, span.end
    for _ in range(8):  # each step can lay bare another mark; few names have more than two
        trimmed = _trimmed(text, start, end)
        if trimmed is None:
            return span
        balanced = _balanced(text, *trimmed)
        if balanced == (start, end):
            break
        start, end = balanced
    return Span(start, end) if start < end else span


def with_full_stop(text: str, span: Span) -> Span:
    """The span with the full stop after it, where that belongs to its last word: «350 тыс.».

    An initial has one only beside other parts of a name: «Ким С.», but not «витамин» and «С.».
    """
    if text[span.end : span.end + 1] == "." and _keeps_stop(text, span.start, span.end + 1):
        return Span(span.start, span.end + 1)
    return span


def _keeps_stop(text: str, start: int, end: int) -> bool:
    """Whether the full stop that a span ends with belongs to its last word."""
    for pattern in (_INITIAL, _ABBREVIATION):
        for match in pattern.finditer(text, max(start, end - 12), end):
            if match.end() == end and (pattern is _ABBREVIATION or match.start() > start):
                return True
    return False


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Without white space and punctuation at the ends, marks that have their pair within kept."""
    pairs = dict(_pairs(text, start, end))
    closes = {closing: opening for opening, closing in pairs.items()}
    while start < end and _is_punctuation(text[start]):
        if start in pairs and pairs[start] < end:
            break
        start += 1
    while start < end and _is_punctuation(text[end - 1]):
        if closes.get(end - 1, -1) >= start or _ends_with_stop(text, start, end):
            break
        end -= 1
    return (start, end) if start < end else None


def _ends_with_stop(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and _keeps_stop(text, start, end)


def _is_punctuation(character: str) -> bool:
    """Whether it can be taken off an end; signs of currencies, per cent and minus stay."""
    if character in _SYMBOLS or character == "−":
        return False
    return character.isspace() or category(character)[0] in "PZC"


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """With the other half of a pair that is half within, where it is near; else cut before it."""
    for opening, closing in _pairs(text, start, end):
        if start <= opening < end <= closing:
            if opening > start and _can_reach(text, opening, closing, closing - end):
                return start, closing + 1
            return (start, opening) if opening > start else (opening + 1, end)
        if opening < start <= closing < end:
            if closing < end - 1 and _can_reach(text, opening, closing, start - opening):
                return opening, end
            return (closing + 1, end) if closing < end - 1 else (start, closing)
    return start, end


def _can_reach(text: str, opening: int, closing: int, missing: int) -> bool:
    """Whether what two marks enclose is a name, of which no more than so much is missing."""
    before = text[max(opening - 4, 0) : opening].rstrip()
    is_speech = before.endswith((":", "—", "–")) or _SPEECH_ENDS.match(text, closing + 1)
    within = text[opening + 1 : closing]
    return missing <= _FARTHEST and not is_speech and not _ENDS_PHRASE.search(within)


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(opening, closing) of the pairs of marks around a span, in its line."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _AROUND)
    waiting: list[int] = []
    for place in range(first, last):
        character = text[place]
        if character == _STRAIGHT:
            if any(text[each] == _STRAIGHT for each in waiting):
                yield from _close(text, waiting, _STRAIGHT, place)
            else:
                waiting.append(place)
        elif character in _CLOSING or (
            character == "“" and any(text[each] == "„" for each in waiting)
        ):
            openings = "".join(key for key, each in _OPENING.items() if character in each)
            yield from _close(text, waiting, openings, place)
        elif character in _OPENING:
            waiting.append(place)


def _close(text: str, waiting: list[int], openings: str, place: int) -> Iterator[tuple[int, int]]:
    """The pair that a closing mark makes with the last mark that waits for it."""
    for number in range(len(waiting) - 1, -1, -1):
        if text[waiting[number]] in openings:
            yield waiting[number], place
            del waiting[number:]
            return


# exact characters


def character_at(text: str, offset: int) -> Span:
    """The character at an offset with the marks that combine with it, as one is seen."""
    start = min(max(offset, 0), max(len(text) - 1, 0))
    while start > 0 and _combines(text, start):
        start -= 1
    end = start + 1
    while end < len(text) and _combines(text, end):
        end += 1
    return Span(start, end)


def _combines(text: str, place: int) -> bool:
    """Whether a character is shown together with the one before it."""
    return category(text[place])[0] == "M" or "\u200d" in text[place - 1 : place + 1]


def next_character(text: str, offset: int) -> int:
    """The offset after the character that begins at `offset`."""
    return character_at(text, offset).end if offset < len(text) else offset


def previous_character(text: str, offset: int) -> int:
    """The offset of the character that ends at `offset`."""
    return character_at(text, offset - 1).start if offset > 0 else offset
