"""What of a query no article of a library has: words in any form, labels; what may be meant."""

from collections.abc import Iterator

import apsw

from annotations.folding import fold
from annotations.query.nodes import Annotated, Near, Node, Phrase, Word, positive
from store.index.index import Index

_BEGINNING = 2  # letters that a word has in common with what may have been meant
_DIFFERENCE = 2  # letters by which that may be longer or shorter
_MANY = 500  # forms that one question names


def unknown_words(index: Index, node: Node) -> Iterator[tuple[str, list[str]]]:
    """Each such word as it was written, and words of the library that are nearly written so."""
    for word in dict.fromkeys(_words(node)):
        if word.text and not _is_known(index, word):
            yield word.text, [] if word.prefix else _close(index.connection, fold(word.text))


def unknown_labels(index: Index, node: Node) -> list[str]:
    """The labels that no annotation has, not even one that was rejected; each once."""
    asked = [part.label for part in positive(node) if isinstance(part, Annotated) and part.label]
    query = "SELECT 1 FROM atoms WHERE text IN (?, ?)"
    return [
        label
        for label in dict.fromkeys(asked)
        if not index.connection.execute(query, _traits_of(label)).fetchone()
    ]


def _traits_of(label: str) -> tuple[str, str]:
    """What an article has that has the label; see `store.index.traits`."""
    return f"label {label}", f"label {label} rejected"


def _words(node: Node) -> Iterator[Word]:
    for part in positive(node):
        match part:
            case Phrase(words):
                yield from words
            case Near(phrases):
                yield from (word for phrase in phrases for word in phrase.words)
            case Annotated(name=name, of=of, note=note):
                yield from (*name, *of, *note)


def _is_known(index: Index, word: Word) -> bool:
    forms = list(index.vocabulary.forms(word))
    for first in range(0, len(forms), _MANY):
        some = forms[first : first + _MANY]
        marks = ",".join("?" * len(some))
        query = f"SELECT 1 FROM forms WHERE form IN ({marks}) LIMIT 1"  # noqa: S608 - marks
        if index.connection.execute(query, some).fetchone():
            return True
    return False


def _close(connection: apsw.Connection, form: str) -> list[str]:
    if len(form) <= _BEGINNING:
        return []
    from difflib import get_close_matches

    query = """SELECT DISTINCT lemma FROM lemmas
        WHERE lemma >= ? AND lemma < ? AND length(lemma) BETWEEN ? AND ?"""
    beginning = form[:_BEGINNING]
    lengths = (len(form) - _DIFFERENCE, len(form) + _DIFFERENCE)
    found = connection.execute(query, (beginning, f"{beginning}\U0010ffff", *lengths))
    return get_close_matches(form, [lemma for (lemma,) in found], cutoff=0.75)
