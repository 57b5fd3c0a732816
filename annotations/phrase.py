"""Sentences that people read, made where no language of an interface is known.

A phrase is a template in English and the facts that fill it; whoever shows it can put the template
into another language first.  The facts may be phrases themselves, or errors that carry one.
"""

from collections.abc import Callable

Translate = Callable[[str], str]


class Phrase:
    """`Phrase("{path} cannot be read", path=path)`; `str` says it in English."""

    __slots__ = ("_facts", "_sentence")

    def __init__(self, sentence: str, /, **facts: object) -> None:
        self._sentence = sentence
        self._facts = facts

    def __str__(self) -> str:
        return self.put(lambda sentence: sentence)

    def __repr__(self) -> str:
        return f"Phrase({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def put(self, translate: Translate) -> str:
        """The sentence with its facts, each template in it translated first."""
        facts = {name: put(fact, translate) for name, fact in self._facts.items()}
        return translate(self._sentence).format(**facts)


Words = str | Phrase


_NESTED = str.maketrans("«»", "„“")


def nested(text: str) -> str:
    """A text as it stands within «»: its own quotation marks are „“."""
    return text.translate(_NESTED)


def words_of(error: Exception) -> Words:
    """What an error says: its phrase where it carries one."""
    said = error.args[0] if error.args else None
    return said if isinstance(said, Phrase) else str(error)


def put(fact: object, translate: Translate) -> object:
    """A phrase, or an error that carries one, in words; anything else as it is."""
    if isinstance(fact, Exception):
        fact = words_of(fact)
    return fact.put(translate) if isinstance(fact, Phrase) else fact
