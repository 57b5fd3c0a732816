"""A query in pieces: operators, brackets, quotations, fields with their values, bare words."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from annotations.errors import QueryError
from annotations.phrase import Phrase
from annotations.query.fields import TEXT, Field, field_called

Kind = Literal["and", "or", "not", "near", "(", ")", "words", "exact", "field"]

FURTHEST = 1000  # words that may lie between those of NEAR
CLOSING = {'"': '"', "«": "»", "“": "”", "„": "“”"}

_OPERATORS: dict[str, Kind] = {
    "AND": "and", "И": "and", "OR": "or", "ИЛИ": "or", "NOT": "not", "НЕ": "not",
}  # fmt: skip
_NEAR = re.compile(r"(NEAR|РЯДОМ)(?:/(.*))?", re.DOTALL)
_BARE = re.compile(r'[^\s()|"«“„]+')
_FIELD = re.compile(r"([^\W\d_]+)(>=|<=|≥|≤|[:><=])")
_COMPARISONS = {"≥": ">=", "≤": "<="}
_NEAR_BY_DEFAULT = 10


class Lexeme(NamedTuple):
    """A piece of a query and its place; `words` and `exact` are of the text at `at`.

    A field has its `comparison` and, from `at`, its value, empty where a bracket follows.
    """

    kind: Kind
    start: int
    end: int
    at: int = 0
    field: Field = TEXT
    comparison: str = ""
    distance: int = 0


def lexemes(text: str) -> Iterator[Lexeme]:
    """The pieces of a query; raises QueryError where one is broken."""
    at = 0
    while at < len(text):
        character = text[at]
        if character.isspace():
            at += 1
            continue
        lexeme = _lexeme(text, at, character)
        yield lexeme
        at = lexeme.end


def _lexeme(text: str, at: int, character: str) -> Lexeme:
    match character:
        case "(" | ")":
            return Lexeme(character, at, at + 1)
        case "|":
            return Lexeme("or", at, at + 1)
        case "-" if _negates(text, at):
            return Lexeme("not", at, at + 1)
        case "=" if at + 1 < len(text) and not text[at + 1].isspace():
            return Lexeme("exact", at, _end_of_term(text, at + 1), at + 1)
        case "<" | ">" | "≤" | "≥":
            raise QueryError(
                Phrase("a comparison stands right after the name of a figure, as in money>100"),
                at,
                at + 1,
            )
        case _ if character in CLOSING:
            return Lexeme("words", at, _end_of_quotation(text, at), at)
    return _bare(text, at)


def _bare(text: str, at: int) -> Lexeme:
    """An operator in letters, a field, or words."""
    found = _BARE.match(text, at)
    end = found.end() if found else at + 1
    bare = text[at:end]
    if bare in _OPERATORS:
        return Lexeme(_OPERATORS[bare], at, end)
    near = _NEAR.fullmatch(bare)
    if near:
        return Lexeme("near", at, end, distance=_distance(near[2], at, end))
    field = _FIELD.match(text, at)
    if field and field.end() <= end:
        return _field(text, field)
    return Lexeme("words", at, end, at)


def _negates(text: str, at: int) -> bool:
    """A minus before a term, and after none."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    begins = not before or before.isspace() or before in "(|"
    return begins and bool(after) and not after.isspace() and after not in ")|-"


def _distance(said: str | None, start: int, end: int) -> int:
    if said is None:
        return _NEAR_BY_DEFAULT
    if said.isascii() and said.isdigit() and len(said) <= 4 and int(said) <= FURTHEST:
        return int(said)
    raise QueryError(
        Phrase(
            "how many words may lie between: a number up to {most} after the /, as in NEAR/5",
            most=FURTHEST,
        ),
        start,
        end,
    )


def _field(text: str, found: re.Match[str]) -> Lexeme:
    field = field_called(found[1], *found.span(1))
    comparison = _COMPARISONS.get(found[2], found[2])
    at = found.end()
    end = _end_of_value(text, at)
    opens_bracket = comparison == ":" and text[at : at + 1] == "("
    if at == end and not opens_bracket:
        raise QueryError(
            Phrase("what is looked for comes right after {field}, without a space", field=found[0]),
            found.start(),
            at,
        )
    return Lexeme("field", found.start(), end, at, field, comparison)


def _end_of_term(text: str, at: int) -> int:
    """Where one quotation, or bare characters, end."""
    if text[at] in CLOSING:
        return _end_of_quotation(text, at)
    found = _BARE.match(text, at)
    return found.end() if found else at


def _end_of_value(text: str, at: int) -> int:
    """Where quotations and bare characters end that follow one another without a space."""
    while at < len(text) and (end := _end_of_term(text, at)) > at:
        at = end
    return at


def _end_of_quotation(text: str, start: int) -> int:
    opening, depth = text[start], 0
    for at in range(start + 1, len(text)):
        if text[at] in CLOSING[opening]:
            if depth == 0:
                return at + 1
            depth -= 1
        elif text[at] == opening:
            depth += 1
    raise QueryError(
        Phrase("this quotation has no end: {closing} is missing", closing=CLOSING[opening][-1]),
        start,
        start + 1,
    )
