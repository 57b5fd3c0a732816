"""Stems of words that no dictionary has: what the case forms of one name have in common.

A form may have several, since an ending may belong to the stem («Ибрагим», «Гамалей»); forms
of one word share at least one.  Words are lower case and folded (`tokens.fold`).
"""

import re

_VOWELS = "аеиоуыэюя"
_CONSONANTS = "бвгджзйклмнпрстфхцчшщ"

# «ов», «ин», «ск» before an ending that says at once that they belong to the stem: «Жапаровым».
_TELLING = re.compile(
    r"..(?:(?:[ое]в|[иы]н)(?=(?:ым|ой|ою|ых|ыми|у|ы|е|а)\Z)"
    r"|[сц]к(?=(?:ий|ого|ому|им|ом|ая|ую|ой|ою|ое|ие|их|ими)\Z))"
)
_NOMINAL = ("а", "у", "ы", "ь", "ом", "ой", "ою", "ам", "ами", "ах")  # after consonants only
_SOFT = ("е", "и", "я", "ю", "ем", "ей", "ею", "ям", "ями", "ях")  # after vowels as well
_ADJECTIVAL = (
    "ий", "ый", "ая", "яя", "ую", "юю", "ое", "ее", "ые", "ие",
    "ого", "его", "ому", "ему", "ым", "им", "ых", "их", "ыми", "ими",
)  # fmt: skip
# Of each ending, the letters that it may follow, and the fewest letters of a stem before it.
_ENDINGS = (
    dict.fromkeys(_NOMINAL, (_CONSONANTS, 3))
    | dict.fromkeys(_SOFT, (_CONSONANTS + _VOWELS, 3))
    | dict.fromkeys(_ADJECTIVAL, (_CONSONANTS, 4))
    | {"й": (_VOWELS, 3)}
)
_LONGEST = max(map(len, _ENDINGS))
_FLEETING = re.compile(r"(?<=..)[еоьй](?=[кц]\Z)")  # «Чернец, Чернеца», «Малец, Мальца»


def stems(word: str) -> tuple[str, ...]:
    """The stems that a word may have, the longest first; at least one."""
    telling = _TELLING.search(word)
    if telling:
        return (word[: telling.end()],)
    found = [] if word[-1:] in _VOWELS + "ьй" else [word]
    for length in range(1, min(_LONGEST, len(word) - 1) + 1):
        stem = word[:-length]
        after, fewest = _ENDINGS.get(word[-length:], ("", 0))
        if stem[-1] in after and len(stem) + (stem[0] in _VOWELS) >= fewest:
            found.append(stem)
    return tuple(dict.fromkeys(_FLEETING.sub("", stem) for stem in found)) or (word,)
