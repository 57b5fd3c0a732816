"""What words ask an index for; pymorphy3 is loaded only for those that no text has."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw

from annotations.asked import LONGEST, Terms, asked_for, is_name
from annotations.folding import fold
from annotations.query.nodes import Near, Phrase, Word
from store.index.database import one
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

    def asked(self, word: str) -> Asked:
        """What a word of a query asks for: the terms of its readings and itself."""
        found = self._known.get(word)
        if found is None:
            best, others = self._look_up(fold(word), is_name=is_name(word))
            found = self._known[word] = Asked(best, tuple(dict.fromkeys((*best, *others))))
        return found

    def _look_up(self, form: str, *, is_name: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if len(form) > LONGEST:
            return (EXACT + form,), ()
        query = "SELECT best, others, asked_best, asked_others FROM forms WHERE form = ?"
        known = self._connection.execute(query, (form,)).fetchone()
        if known is None and self._is_lemma(form):
            return (terms := asked_for(form, Terms((form,)), is_name=is_name)).best, terms.others
        if known is None:
            from annotations.terms import asked_terms  # loads pymorphy3

            return (terms := asked_terms(form, is_name=is_name)).best, terms.others
        if known[2] is not None:
            return tuple(known[2].split()), tuple(known[3].split())
        own = Terms(tuple(known[0].split()), tuple(known[1].split()))
        return (terms := asked_for(form, own, is_name=is_name)).best, terms.others

    def _is_lemma(self, form: str) -> bool:
        """Whether texts have it in other forms, though not as it stands: «Токаев» of «Токаеву»."""
        query = "SELECT 1 FROM lemmas WHERE lemma = ? AND is_best = 1 LIMIT 1"
        return one(self._connection, query, (form,)) is not None

    def lemmas(self, word: str) -> list[str]:
        """All that a word asks for, the likeliest lemmas first."""
        return list(self.asked(word).all)

    def forms(self, word: Word) -> frozenset[str]:
        """The folded forms in the library's texts that a word finds."""
        form = fold(word.text)
        if word.prefix:
            query = "SELECT form FROM forms WHERE form >= ? AND form < ?"
            found = self._connection.execute(query, (form, form + chr(0x10FFFF)))
            return frozenset(each for (each,) in found)
        if word.exact:
            return frozenset((form,))
        standing = self._standing(word.text)
        return frozenset((form, *standing.likely, *standing.possible, *standing.exact))

    def _standing(self, word: str) -> _Standing:
        """What of the terms that a word asks for stands in texts; each look costs time."""
        found = self._stand.get(word)
        if found is not None:
            return found
        terms = self.asked(word).all
        lemmas = [each for each in terms if not each.startswith(EXACT)]
        rows = self._all("SELECT lemma, form, is_best FROM lemmas WHERE lemma IN ({})", lemmas)
        exact = [fold(word), *(each[len(EXACT) :] for each in terms if each.startswith(EXACT))]
        found = self._stand[word] = _Standing(
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
        asked, standing = self.asked(word.text), self._standing(word.text)
        if best:
            held = tuple(each for each in asked.best if each in standing.lemmas)
            return held or asked.best
        lemmas = (each for each in asked.all if each in standing.lemmas)
        forms = (EXACT + each for each in (*standing.possible, *standing.exact))
        return tuple(dict.fromkeys((*lemmas, *forms))) or asked.best
