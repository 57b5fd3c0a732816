"""The one door for text from outside: what passes it is harmless in any terminal.

Article text, titles, notes, names, file names and other people's logins may hold escape
sequences, bidirectional overrides or characters of no width.  Each such code point becomes
one visible symbol, one for one, so that offsets stay what they are.
"""

import json
import unicodedata

SPACE = " "
INVISIBLE = "·"
REPLACEMENT = "\ufffd"

# Code points that show nothing, whatever category Unicode gives them.
_FILLERS = (
    0x034F,  # combining grapheme joiner
    0x115F, 0x1160, 0x3164, 0xFFA0,  # Hangul fillers
    0x17B4, 0x17B5,  # Khmer inherent vowels
    *range(0x180B, 0x1810),  # Mongolian variation selectors
    *range(0xFE00, 0xFE10),  # variation selectors
    *range(0xE0100, 0xE01F0),
    0x2800,  # Braille blank
)  # fmt: skip
_UNSAFE_CATEGORIES = {
    "Cf": INVISIBLE,  # format: bidi controls, zero width, soft hyphen, tags
    "Cs": REPLACEMENT,  # lone surrogates
    "Zl": "␤",
    "Zp": "¶",
}


class _Table(dict[int, str]):
    """A translation table that is filled as code points are met."""

    def __missing__(self, code: int) -> str:
        symbol = _symbol(code)
        self[code] = symbol
        return symbol


def _symbol(code: int) -> str:
    if code == 0x09:
        return SPACE
    if code < 0x20:
        return chr(0x2400 + code)  # the control's own picture, ␛ for escape
    if code == 0x7F:
        return "␡"
    if 0x80 <= code < 0xA0:
        return REPLACEMENT
    character = chr(code)
    return _UNSAFE_CATEGORIES.get(unicodedata.category(character), character)


_table = _Table(dict.fromkeys(_FILLERS, INVISIBLE))


def display(text: str) -> str:
    """The text as it may be shown: as many characters, none of which commands a terminal."""
    return text.translate(_table)


def escape_json(line: str) -> str:
    """A line of JSON in which the same code points are written as JSON's own escapes."""
    return "".join(
        character
        if _table[ord(character)] in (character, SPACE) or character == "\n"
        else json.dumps(character)[1:-1]
        for character in line
    )
