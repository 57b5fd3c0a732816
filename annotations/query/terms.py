"""The words of a piece of a query."""

from annotations.errors import AnnotationError, QueryError
from annotations.folding import SOUGHT
from annotations.phrase import Phrase
from annotations.query.nodes import Word

QUOTES = '"«»“”„'


class Unreadable(AnnotationError):
    """A value that a field cannot have; whoever catches it knows where in the query it stands."""


def no_word(start: int, end: int) -> QueryError:
    """What is said of a place of a query where words belong and none are."""
    return QueryError(
        Phrase("there is no word to look for: a word has letters or digits"), start, end
    )


def has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def read_words(text: str, start: int, end: int, *, exact: bool = False) -> tuple[Word, ...]:
    """The words of `text[start:end]`, of which the last may have a `*` behind it."""
    text = text.replace(",", ".")
    found = [match for match in SOUGHT.finditer(text, start, end) if has_word(match.group())]
    last = found[-1].end() if found else end
    star = text.find("*", start, end)
    prefix = star >= 0 and star == last
    wrong = text.find("*", star + 1, end) if prefix else star
    if wrong >= 0:
        raise QueryError(
            Phrase("a * stands only right after the last word, as in торг*"), wrong, wrong + 1
        )
    words = [Word(match.group(), exact=exact) for match in found]
    if prefix:
        words[-1] = Word(words[-1].text, prefix=True)
    return tuple(words)


def unquoted(text: str) -> str:
    """A value without its quotation marks."""
    if len(text) > 1 and text[0] in QUOTES and text[-1] in QUOTES:
        return text[1:-1].strip()
    return text.strip()
