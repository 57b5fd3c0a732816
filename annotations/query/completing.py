"""How what is being typed at a place of a query may go on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from annotations.folding import fold
from annotations.query.conditions import STATUSES
from annotations.query.fields import FIELDS, Field
from annotations.query.lexer import CLOSING

RUSSIAN_STATUSES = ("предложено", "принято", "отклонено")

_NAME = re.compile(r"[^\W\d_]+")
_FIELD = re.compile(r"([^\W\d_]+):")
_NOT_BARE = re.compile(r'[\s()|"«“„,]')


class Completion(NamedTuple):
    """What may stand instead of `start` to `end` of the query."""

    start: int
    end: int
    choices: tuple[str, ...]


def complete(text: str, cursor: int, known: Mapping[str, Sequence[str]]) -> Completion:
    """The fields, or the values of a field, that begin like what stands before the cursor.

    `known` holds values by the English name of their field.
    """
    start = _start_of_term(text, cursor)
    term = text[start:cursor]
    if _NAME.fullmatch(term):
        begun = fold(term)
        names = [name for each in FIELDS for name in (each.name, each.russian)]
        return Completion(start, cursor, tuple(f"{n}:" for n in names if n.startswith(begun)))
    field = _field(term)
    if field is None:
        return Completion(cursor, cursor, ())
    start += term.index(":") + 1
    values = list(known.get(field.name, ()))
    if field.name == "label" and "," in text[start:cursor]:
        start += text[start:cursor].rindex(",") + 1
    begun = text[start:cursor]
    if field.name == "status":
        russian = _NAME.match(begun) and not begun.isascii()
        values = [*(RUSSIAN_STATUSES if russian else STATUSES)]
    return Completion(start, cursor, tuple(_beginning(begun, values)))


def _start_of_term(text: str, cursor: int) -> int:
    """Where the term begins that the cursor stands in or behind; spaces in quotations are of it."""
    start, closing = 0, ""
    for at, character in enumerate(text[:cursor]):
        if closing:
            closing = "" if character in closing else closing
        elif character in CLOSING:
            closing = CLOSING[character]
        elif character.isspace() or character in "()|":
            start = at + 1
    while text[start:cursor][:1] in ("-", "="):
        start += 1
    return start


def _field(term: str) -> Field | None:
    named = _FIELD.match(term)
    names = {name: each for each in FIELDS for name in (each.name, each.russian)}
    return None if named is None else names.get(fold(named[1]))


def _beginning(begun: str, values: Iterable[str]) -> Iterable[str]:
    """The values that begin so, in quotation marks where they need them."""
    opening = begun[:1] if begun[:1] in CLOSING else ""
    for value in values:
        if fold(value).startswith(fold(begun.removeprefix(opening))):
            if opening or _NOT_BARE.search(value):
                yield _quoted(value)
            else:
                yield value


def _quoted(value: str) -> str:
    return f'"{value}"' if '"' not in value else f"«{value}»"
