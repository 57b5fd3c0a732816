"""What counts as a word, and the form under which words are compared; light, for a quick start."""

import re

STRESS = "\u0300\u0301"
WORD = re.compile(rf"[\w{STRESS}]+(?:[-'’‐‑][\w{STRESS}]+)*")

_FOLDING = (
    *(("ё", "е"), ("ѐ", "е"), ("ѝ", "и"), ("’", "'"), ("‐", "-"), ("‑", "-")),
    *((mark, "") for mark in STRESS),
)


def fold(text: str) -> str:
    """The form under which words are compared: no case, no stress marks, ё as е."""
    text = text.replace("İ", "i").lower()  # else it would be longer: one letter, one letter
    for letter, instead in _FOLDING:  # twenty times as fast as `translate` for a whole text
        if letter in text:
            text = text.replace(letter, instead)
    return text
