"""From the text of a query to the tree that it means.

NOT binds closest, then NEAR, then AND (which need not be said), then OR.  Punctuation between
the terms means nothing.
"""

import re
from datetime import date

from annotations.errors import QueryError
from annotations.phrase import Phrase
from annotations.query import nodes
from annotations.query.conditions import read_condition
from annotations.query.joining import Condition, node_of, together
from annotations.query.lexer import Kind, Lexeme, lexemes
from annotations.query.nodes import And, Near, Node, Not, Or
from annotations.query.terms import has_word, no_word, read_words

DEEPEST = 9  # brackets within one another; ten of them may be too many for FTS5's parser
MOST = 200  # words and conditions

_GOES_ON = re.compile(r"\d{3}(?!\d)|(?:тыс|млн|млрд|трлн|миллион|миллиард)\b", re.IGNORECASE)
_SURROGATE = re.compile(r"[\ud800-\udfff]+")


def parse(text: str, today: date) -> Node:
    """What the query means on that day; raises QueryError where it means nothing."""
    if wrong := _SURROGATE.search(text):
        said = Phrase("the query has a character that is none (it is not UTF-8)")
        raise QueryError(said, *wrong.span())
    if not has_word(text):
        raise no_word(0, len(text))
    return _Parser(text, today).whole()


class _Parser:
    """Reads the pieces of one query from left to right."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._pieces = [piece for piece in lexemes(text) if not _is_punctuation(piece, text)]
        self._at = 0
        self._depth = 0
        self._size = 0
        self._field: nodes.Field = "text"

    def whole(self) -> Node:
        node = self._alternatives()
        if self._kind == ")":
            raise self._unopened()
        return node

    @property
    def _kind(self) -> Kind | None:
        return self._pieces[self._at].kind if self._at < len(self._pieces) else None

    def _next(self) -> Lexeme:
        self._at += 1
        return self._pieces[self._at - 1]

    def _alternatives(self) -> Node:
        parts = [self._sequence()]
        while self._kind == "or":
            self._next()
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Or(tuple(_spread(Or, parts)))

    def _sequence(self) -> Node:
        """Terms that must all be true."""
        items = [self._near()]
        while self._kind not in (None, "or", ")"):
            if self._kind == "and":
                self._next()
            self._add(items, self._near())
        parts = [node_of(item) for item in items]
        return parts[0] if len(parts) == 1 else And(tuple(_spread(And, parts)))

    def _add(self, items: list[Node | Condition], item: Node | Condition) -> None:
        """One more; with the one before it where both are about one annotation."""
        before = items[-1]
        both = together(before, item)
        if both is None:
            items.append(item)
        else:
            self._count(_size(both) - _size(before) - _size(item), self._pieces[self._at - 1])
            items[-1] = both

    def _count(self, more: int, piece: Lexeme) -> None:
        """So many words and conditions more, of which the piece is the last."""
        self._size += max(more, 0)
        if self._size > MOST:
            said = Phrase("a query has at most {most} words and conditions: shorten it", most=MOST)
            raise QueryError(said, piece.start, piece.end)

    def _near(self) -> Node | Condition:
        item = self._unary()
        if self._kind != "near":
            return item
        distance = self._pieces[self._at].distance
        phrases = []
        while self._kind == "near":
            near = self._next()
            phrases.append(self._beside(item, near))
            if near.distance != distance:
                said = Phrase("words that stand near each other have one distance between them all")
                raise QueryError(said, near.start, near.end)
            item = self._unary()
        phrases.append(self._beside(item, near))
        return Near(tuple(phrases), distance, self._field)

    def _beside(self, item: Node | Condition, near: Lexeme) -> nodes.Phrase:
        """The item, if it can stand beside NEAR."""
        if isinstance(item, nodes.Phrase) and item.field == self._field:
            return item
        raise QueryError(
            Phrase(
                "on both sides of {near} stand words or quotations, no brackets and no conditions",
                near=self._said(near),
            ),
            near.start,
            near.end,
        )

    def _unary(self) -> Node | Condition:
        negations = 0
        while self._kind == "not":
            self._next()
            negations += 1
        item = self._term()
        if negations == 0:
            return item
        node = node_of(item)
        return Not(node) if negations % 2 else node

    def _term(self) -> Node | Condition:
        match self._kind:
            case "(":
                return self._bracket(self._next())
            case "field":
                return self._condition(self._next())
            case "words" | "exact":
                return self._phrase(self._next())
        raise self._missing()

    def _phrase(self, piece: Lexeme) -> nodes.Phrase:
        exact = piece.kind == "exact"
        words = read_words(self._text, piece.at, piece.end, exact=exact)
        if not words:
            raise no_word(piece.start, piece.end)
        self._count(len(words), piece)
        return nodes.Phrase(words, self._field)

    def _bracket(self, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            said = Phrase("more than {most} brackets within one another", most=DEEPEST)
            raise QueryError(said, opening.start, opening.end)
        node = self._alternatives()
        if self._kind != ")":
            raise QueryError(Phrase("there is no ) that closes this ("), opening.start, opening.end)
        self._next()
        self._depth -= 1
        return node

    def _condition(self, piece: Lexeme) -> Node | Condition:
        if self._field == "title":
            said = Phrase("only words stand in the brackets of title: and no other conditions")
            raise QueryError(said, piece.start, piece.end)
        if piece.at < piece.end or self._kind != "(":
            condition = read_condition(self._text, piece, self._today)
            self._count(_size(condition), piece)
            self._refuse_blanks(piece)
            return condition
        if piece.field.name != "title":
            said = Phrase(
                "no bracket can follow {field} (only title: has one)", field=self._said(piece)
            )
            raise QueryError(said, piece.start, piece.end)
        self._field = "title"
        node = self._bracket(self._next())
        self._field = "text"
        return node

    def _refuse_blanks(self, piece: Lexeme) -> None:
        """Raise QueryError for «money>1 000», «money>1 млрд»: they would mean something else."""
        if piece.field.kind != "figure" or self._kind != "words":
            return
        following = self._pieces[self._at]
        before, after = self._said(piece), self._said(following)
        if before[-1:].isdigit() and _GOES_ON.match(after):
            said = Phrase("a number has no blanks here: write {number}", number=before + after)
            raise QueryError(said, piece.start, following.end)

    def _missing(self) -> QueryError:
        """What is said where a term belongs and none is."""
        if self._kind == ")" and self._depth == 0:
            return self._unopened()
        if self._at:
            before = self._pieces[self._at - 1]
            said = Phrase(
                "a word or a condition is missing after {before}", before=self._said(before)
            )
            return QueryError(said, before.start, before.end)
        piece = self._pieces[self._at]
        said = Phrase("a word or a condition is missing before {after}", after=self._said(piece))
        return QueryError(said, piece.start, piece.end)

    def _unopened(self) -> QueryError:
        piece = self._pieces[self._at]
        return QueryError(Phrase("there is no ( that this ) closes"), piece.start, piece.end)

    def _said(self, piece: Lexeme) -> str:
        return self._text[piece.start : piece.end]


def _size(item: Node | Condition) -> int:
    """How many words and conditions it has."""
    match item:
        case Condition(alternatives):
            return sum(max(len((*each.name, *each.of, *each.note)), 1) for each in alternatives)
        case nodes.Phrase(words):
            return len(words)
    return 1


def _is_punctuation(piece: Lexeme, text: str) -> bool:
    said = text[piece.at : piece.end]
    return piece.kind == "words" and not has_word(said) and "*" not in said


def _spread(kind: type[And] | type[Or], parts: list[Node]) -> list[Node]:
    """The parts, those of a part of the same kind instead of it."""
    spread: list[Node] = []
    for part in parts:
        spread += part.parts if isinstance(part, kind) else [part]
    return spread
