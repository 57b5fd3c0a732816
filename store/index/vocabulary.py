"""What words ask an index for; pymorphy3 is loaded only for those that no text has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw

from annotations.asked import LONGEST, Terms, asked_for
from annotations.folding import fold
from annotations.query.nodes import Near, Phrase, Word
from store.index.positions import EXACT


class Asked(NamedTuple):
    """The terms that a form asks for: the likeliest, and all of them."""

    best: tuple[str, ...]
    all: tuple[str, ...]


class _Standing(NamedTuple):
    """The lemmas that texts have, forms that are most probably theirs, forms that may be theirs,
    and exact forms that were asked for."""

    lemmas: set[str]
    likely: list[str]
    possible: list[str]
    exact: list[str]


class Vocabulary:
    """The forms of an index and their lemmas."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._known: dict[str, Asked] = {}
        self._stand: dict[str, _Standing] = {}

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
        standing = self._standing(form)
        return frozenset((form, *standing.likely, *standing.possible, *standing.exact))

    def _standing(self, form: str) -> "_Standing":
        """What of the terms that a form asks for stands in texts; each look costs time."""
        found = self._stand.get(form)
        if found is not None:
            return found
        terms = self.asked(form).all
        lemmas = [each for each in terms if not each.startswith(EXACT)]
        rows = self._all("SELECT lemma, form, is_best FROM lemmas WHERE lemma IN ({})", lemmas)
        exact = [each[len(EXACT) :] for each in terms if each.startswith(EXACT)]
        found = self._stand[form] = _Standing(
            {lemma for lemma, _, is_best in rows if is_best},
            [form for _, form, is_best in rows if is_best],
            [form for _, form, is_best in rows if not is_best],
            [form for (form,) in self._all("SELECT form FROM forms WHERE form IN ({})", exact)],
        )
        return found

    def _all(self, query: str, terms: Sequence[str]) -> list[tuple[Any, ...]]:
        if not terms:
            return []
        marks = ",".join("?" * len(terms))
        return self._connection.execute(query.format(marks), tuple(terms)).fetchall()

    def things(self, words: Sequence[Word]) -> list[int]:
        """The numbers of what has words in its name that follow one another."""
        query = "SELECT rowid FROM names WHERE names MATCH ?"
        return [number for (number,) in self._connection.execute(query, (self.string(words),))]

    # in the language of FTS5

    def match(self, node: Phrase | Near, *, best: bool) -> str:
        """What FTS5 is asked for; `best`: only the likeliest lemmas of a word.

        Words that stand together are right whatever lemma they are found by: to weigh that, FTS5
        would have to look for them again.
        """
        if isinstance(node, Near):
            phrases = " ".join(self.string(each.words) for each in node.phrases)
            found = f"NEAR({phrases}, {node.distance})"
        elif len(node.words) == 1 and not node.words[0].prefix:
            tokens = " OR ".join(f'"{each}"' for each in self._tokens(node.words[0], best=best))
            found = f"({tokens})"  # twice as fast as tokens at one place
        else:
            found = self.string(node.words)
        return f"title : {found}" if node.field == "title" else found

    def string(self, words: Sequence[Word]) -> str:
        """Words that follow one another."""
        positions = " ".join("|".join(self._tokens(word)) for word in words)
        return f'"{positions}"*' if words[-1].prefix else f'"{positions}"'

    def _tokens(self, word: Word, *, best: bool = False) -> Sequence[str]:
        """The tokens of a word, but for those that no text has: each costs time."""
        form = fold(word.text)
        if word.exact or word.prefix:
            return (EXACT + form,)
        asked, standing = self.asked(form), self._standing(form)
        if best:
            held = tuple(each for each in asked.best if each in standing.lemmas)
            return held or asked.best
        lemmas = (each for each in asked.all if each in standing.lemmas)
        forms = (EXACT + each for each in (*standing.possible, *standing.exact))
        return tuple(dict.fromkeys((*lemmas, *forms))) or asked.best
