"""What looks like a figure and is a name, an address or a code: named patterns, in order.

Each is tried only where a word or a number begins, and every repetition over the same
class is bounded or unambiguous, so that reading stays linear.
"""

import re
from typing import NamedTuple


class Code(NamedTuple):
    """A kind of code: its pattern, and an example of what it takes."""

    name: str
    pattern: str
    example: str


_LETTER = r"[^\W\d_]"

CODES: tuple[Code, ...] = (
    Code("address", r"(?:https?://|www\.)\S+", "https://site.example/2024/05"),
    Code("mail", r"[\w.+-]{1,64}@[\w.-]{1,64}", "press12@site.example"),
    Code("handle", r"[@#]\w+", "@redaktsiya24"),
    Code("site", r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}(?:/\S*)?(?![\w-])", "t.me/kanal7"),
    Code(
        "phone",
        r"(?:\+[0-9]{1,3}|8)[ \u00a0-]?\(?[0-9]{3,5}\)?[ \u00a0-]{1,2}[0-9]{2,3}"
        r"[ \u00a0-][0-9]{2}[ \u00a0-]?[0-9]{2}(?![0-9])",
        "+7 495 765-43-21",
    ),
    Code("long phone", r"\+[0-9]{10,13}(?![0-9])", "+74957654321"),
    Code(
        "groups of digits",
        r"(?![0-9]{1,2}-[0-9]{2}-[0-9]{4}(?![0-9]))[0-9]{1,3}(?:-[0-9]{2,4}){2,5}(?![\w-])",
        "765-43-21",
    ),
    Code("numbered", r"№{1,2}\s?\w+(?:[-/.]\w+)*", "№ 17-К"),
    Code(
        "type",
        rf"{_LETTER}+(?:-{_LETTER}+)*[-‑–]?[0-9]\w*(?:-\w+)*",
        "Ту-154",
    ),
    Code(
        "co-ordinate",
        r"[0-9]{1,3}°\s?[0-9]{1,2}(?:[.,][0-9]+)?['′’](?:\s?[0-9.,]+[\"″”])?",
        "51°28′",
    ),
    Code(
        "decimal co-ordinates",
        r"[0-9]{1,3}\.[0-9]{4,9},\s?[0-9]{1,3}\.[0-9]{4,9}",
        "55.7558, 37.6173",
    ),
    Code(
        "move", r"[0-9]{1,3}\.(?:\.\.)?\s?(?:[KQRBN]|Кр?|Ф|Л|С)?[a-h]?x?[a-h][1-8](?![\w])", "1. e4"
    ),
    Code("age mark", r"[0-9]{1,2}\+(?![0-9])", "16+"),
    Code(
        "digits and capitals",
        r"[0-9]+(?:-[A-ZА-ЯЁ]\w*|(?![МГТк]?(?:Вт|Гц|Вт|Б|б|бит|Дж|Па|В)\b)[A-ZА-ЯЁ]\w*)(?:-\w+)*",
        "5G",
    ),
    Code("digits and underscores", r"[0-9]+_\w+", "12_3"),
    Code("size", r"[0-9]+(?:[.,][0-9]+)?\s?[xх×*]\s?[0-9]+", "1920x1080"),
    Code("long number", r"[0-9]{16,}", "40817810099910004312"),
)

AFTER_NUMBERS: tuple[Code, ...] = (
    Code("version", r"[0-9]+(?:\.[0-9]+){2,}", "2.0.17"),
    Code("score", r"[0-9]+:[0-9]+(?::[0-9]+)*", "3:1"),
    Code("shares", r"[0-9]+/[0-9]+(?:/[0-9]+)*", "24/7"),
)


def alternatives(codes: tuple[Code, ...]) -> str:
    """One pattern that takes what any of these takes."""
    return "|".join(code.pattern for code in codes)


CODE = re.compile(alternatives(CODES + AFTER_NUMBERS))
