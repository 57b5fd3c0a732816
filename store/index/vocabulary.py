"""What words ask an index for; pymorphy3 is loaded only for those that no text has."""

from collections.abc import Sequence
from typing import NamedTuple

import apsw

from annotations.asked import Terms, asked_for
from annotations.folding import fold
from annotations.query.nodes import Near, Phrase, Word
from store.index.database import one
from store.index.positions import EXACT, LONGEST


class Asked(NamedTuple):
    """The terms that a form asks for: the likeliest, and all of them."""

    best: tuple[str, ...]
    all: tuple[str, ...]


class Vocabulary:
    """The forms of an index and their lemmas."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Asked] = {}

    def asked(self, form: str) -> Asked:
        """What a query with this folded form asks for: the terms of its readings and itself."""
        found = self._known.get(form)
        if found is None:
            best, others = self._look_up(form)
            found = self._known[form] = Asked(best, tuple(dict.fromkeys((*best, *others))))
        return found

    def _look_up(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if len(form) > LONGEST:
            return (EXACT + form,), ()
        query = "SELECT best, others, asked_best, asked_others FROM forms WHERE form = ?"
        known = self._connection.execute(query, (form,)).fetchone()
        if known is None:
            from annotations.terms import asked_terms  # loads pymorphy3

            return (terms := asked_terms(form)).best, terms.others
        if known[2] is not None:
            return tuple(known[2].split()), tuple(known[3].split())
        terms = asked_for(form, Terms(tuple(known[0].split()), tuple(known[1].split())))
        return terms.best, terms.others

    def lemmas(self, text: str) -> list[str]:
        """All that a word asks for, the likeliest lemmas first."""
        return list(self.asked(fold(text)).all)

    def forms(self, word: Word) -> frozenset[str]:
        """The folded forms in the library's texts that a word finds."""
        form = fold(word.text)
        if word.prefix:
            query = "SELECT form FROM forms WHERE form >= ? AND form < ?"
            found = self._connection.execute(query, (form, form + chr(0x10FFFF)))
            return frozenset(each for (each,) in found)
        if word.exact:
            return frozenset((form,))
        terms = self.asked(form).all
        exact = (each.removeprefix(EXACT) for each in terms if each.startswith(EXACT))
        return frozenset((form, *exact, *self._having(terms), *self._having(terms, is_best=True)))

    def _having(self, terms: Sequence[str], *, is_best: bool = False) -> list[str]:
        """The forms that may be forms of these, or most probably are."""
        query = "SELECT form FROM lemmas WHERE lemma IN ({}) AND is_best = {}"
        marks = ",".join("?" * len(terms))
        found = self._connection.execute(query.format(marks, int(is_best)), tuple(terms))
        return [each for (each,) in found]

    def things(self, words: Sequence[Word]) -> list[int]:
        """The numbers of what has words in its name that follow one another."""
        query = "SELECT rowid FROM names WHERE names MATCH ?"
        return [number for (number,) in self._connection.execute(query, (self.string(words),))]

    # in the language of FTS5

    def match(self, node: Phrase | Near, *, best: bool) -> str:
        """What FTS5 is asked for; `best`: only the likeliest lemmas of each word."""
        if isinstance(node, Near):
            phrases = " ".join(self._string(each.words, best) for each in node.phrases)
            found = f"NEAR({phrases}, {node.distance})"
        elif len(node.words) == 1 and not node.words[0].prefix:
            tokens = " OR ".join(f'"{each}"' for each in self._tokens(node.words[0], best))
            found = f"({tokens})"  # twice as fast as tokens at one place
        else:
            found = self._string(node.words, best)
        return f"title : {found}" if node.field == "title" else found

    def string(self, words: Sequence[Word]) -> str:
        """Words that follow one another, for a table that has no columns to choose from."""
        return self._string(words, best=False)

    def _string(self, words: Sequence[Word], best: bool) -> str:
        positions = " ".join("|".join(self._tokens(word, best)) for word in words)
        return f'"{positions}"*' if words[-1].prefix else f'"{positions}"'

    def _tokens(self, word: Word, best: bool) -> Sequence[str]:
        """The tokens of a word, but for those that no text has: each costs time."""
        form = fold(word.text)
        if word.exact or word.prefix:
            return (EXACT + form,)
        asked = self.asked(form)
        if best:
            return self._held(asked.best) or asked.best
        maybe = (EXACT + each for each in self._having(asked.all))
        return tuple(dict.fromkeys((*self._held(asked.all), *maybe))) or asked.best

    def _held(self, terms: Sequence[str]) -> tuple[str, ...]:
        """Those of the terms that stand in texts."""
        form = "SELECT 1 FROM forms WHERE form = ?"
        lemma = "SELECT 1 FROM lemmas WHERE lemma = ? AND is_best = 1 LIMIT 1"
        return tuple(
            term
            for term in terms
            if one(
                self._connection,
                form if term.startswith(EXACT) else lemma,
                (term.removeprefix(EXACT),),
            )
        )
