"""What counts as a word, and the form under which words are compared; light, for a quick start."""

import re

STRESS = "\u0300\u0301\u00ad"  # marks in a word that are none of its letters: also soft hyphens
WORD = re.compile(rf"[\w{STRESS}]+(?:[-'’‐‑][\w{STRESS}]+)*")
BREAK = "\n"
SOUGHT = re.compile(rf"\d+(?:\.\d+)+(?!\w)|{WORD.pattern}|{BREAK}")

_LETTERS = (("ё", "е"), ("ѐ", "е"), ("ѝ", "и"))
_FOLDING = (
    *_LETTERS,
    *(("’", "'"), ("‐", "-"), ("‑", "-")),
    *((mark, "") for mark in STRESS),
)


def fold(text: str) -> str:
    """The form under which words are compared: no case, no stress marks, ё as е."""
    text = text.replace("İ", "i").lower()  # else it would be longer: one letter, one letter
    for letter, instead in (
        _LETTERS if text.isalpha() else _FOLDING
    ):  # twenty times as fast as `translate` for a whole text
        if letter in text:
            text = text.replace(letter, instead)
    return text


def sought(text: str) -> str:
    """A text in which SOUGHT finds what can be looked for: words, «7.5» as one, and line breaks,
    over which no phrase goes."""
    return fold(text).replace(",", ".")
