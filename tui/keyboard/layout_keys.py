"""Keys that work whichever keyboard layout is on.

With ЙЦУКЕН on, the key that prints `a` sends `ф`.  Where nothing is bound to such a key, its
twin, the Latin key in the same place, is pressed instead; text fields keep their letters.
"""

from textual.keys import _character_to_key  # the names under which Textual knows characters

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~@#$^&|"
_RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"№;:?/'

_POSITIONS = dict(zip(_RUSSIAN, _LATIN, strict=True))


def key_name(character: str) -> str:
    """Textual's name of the key that prints a character."""
    return character if character.isalpha() else _character_to_key(character)


def twin(key: str) -> str | None:
    """The Latin key in the same place as a Cyrillic one, modifiers kept; None if it has none."""
    modifiers, plus, last = key.rpartition("+")
    latin = _TWINS.get(last)
    return None if latin is None else modifiers + plus + latin


_TWINS = {
    key_name(russian): key_name(latin)
    for russian, latin in _POSITIONS.items()
    if key_name(russian) != key_name(latin)
}


def cyrillic(key: str) -> str | None:
    """The Cyrillic character in the place of a Latin key, for the help; None if there is none."""
    return _CYRILLIC.get(key)


_CYRILLIC = {key_name(latin): russian for russian, latin in _POSITIONS.items()}


def as_typed(text: str) -> tuple[str, ...]:
    """A text, and what it would be had it been typed with the other layout on, each way."""
    latin = "".join(_POSITIONS.get(each, each) for each in text)
    russian = "".join(_BACK.get(each, each) for each in text)
    return tuple(dict.fromkeys([text, latin, russian]))


_BACK = {latin: russian for russian, latin in _POSITIONS.items()}
