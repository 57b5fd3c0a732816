"""What of a treebank a way to search finds: a sentence is relevant if it has the gold lemma."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from annotations.lemmas import is_known
from annotations.tokens import fold, words
from tests.quality.conllu import Sentence, Word
from tests.quality.index import Index

CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "ADV", "NUM"})


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares, 0 to 1; nan where the sentences have nothing to measure."""

    recall_by_lemma: float
    recall_by_form: float
    precision_by_lemma: float
    precision_by_form: float
    f1: float
    hits_right: float
    proper_nouns: float
    surnames: float
    phrase_recall: float
    phrase_precision: float

    def cells(self) -> list[str]:
        """The shares as they are printed."""
        values = [getattr(self, each.name) for each in fields(self)]
        return ["–" if value != value else f"{value:.3f}" for value in values]  # noqa: PLR0124


HEADINGS = (
    "R by lemma", "R by form", "P by lemma", "P by form", "F1", "P of all hits",
    "R proper nouns", "R surnames", "R phrases", "P phrases",
)  # fmt: skip


class Treebank:
    """The sentences, what is asked of them, and which of them are relevant."""

    def __init__(self, sentences: Iterable[Sentence], queries: int, seed: int) -> None:
        self.sentences = list(sentences)
        chance = random.Random(seed)
        self.relevant: dict[str, set[int]] = defaultdict(set)
        forms: dict[str, list[str]] = defaultdict(list)
        for number, word in self._words():
            self.relevant[fold(word.lemma)].add(number)
            if word.upos in CONTENT:
                forms[fold(word.lemma)].append(word.form)
        lemmas = sorted(forms)
        chosen = chance.sample(lemmas, min(queries, len(lemmas)))
        self.by_lemma = [(lemma, lemma) for lemma in chosen]
        self.by_form = [(lemma, chance.choice(forms[lemma])) for lemma in chosen]
        self.proper, self.surnames = self._inflected_names()
        self.pairs = self._neighbours()
        self.phrases = self._phrases(queries, chance)

    @property
    def asked(self) -> str:
        """How much is asked of the sentences, in words."""
        return (
            f"{len(self.by_lemma)} lemmas, {len(self.proper)} inflected proper nouns, "
            f"{len(self.surnames)} inflected surnames, {len(self.phrases)} phrases"
        )

    def _words(self) -> Iterator[tuple[int, Word]]:
        for number, sentence in enumerate(self.sentences):
            for word in sentence.words:
                if _is_word(word):
                    yield number, word

    def _inflected_names(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Lemmas of proper nouns and of surnames, with sentences that have other forms of them."""
        proper = [(number, word) for number, word in self._words() if word.upos == "PROPN"]
        marked = any(_is_surname(word) for _, word in proper)
        every, surnames = set(), set()
        for number, word in proper:
            lemma = fold(word.lemma)
            if lemma == fold(word.form):
                continue
            every.add((lemma, number))
            if _is_surname(word) if marked else not is_known(fold(word.form)):
                surnames.add((lemma, number))
        return sorted(every), sorted(surnames)

    def _neighbours(self) -> dict[str, set[int]]:
        """Of each two lemmas that are neighbours, the sentences that have them so."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, sentence in enumerate(self.sentences):
            for first, second in pairwise(sentence.words):
                found[_lemmas(first, second)].add(number)
        return found

    def _phrases(self, most: int, chance: random.Random) -> list[tuple[str, str, set[int]]]:
        """Lemmas of a phrase, a form to ask for, the sentences that have it in other forms only."""
        forms: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, sentence in enumerate(self.sentences):
            for first, second in pairwise(sentence.words):
                if _is_phrase(first, second):
                    form = fold(f"{first.form} {second.form}")
                    forms[_lemmas(first, second)][form].add(number)
        asked = []
        for lemmas in sorted(lemmas for lemmas, found in forms.items() if len(found) > 1):
            query = chance.choice(sorted(forms[lemmas]))
            others = set[int]().union(*forms[lemmas].values()) - forms[lemmas][query]
            asked.append((lemmas, query, others))
        return chance.sample(asked, min(most, len(asked)))


def _lemmas(first: Word, second: Word) -> str:
    return fold(f"{first.lemma} {second.lemma}")


def _is_word(word: Word) -> bool:
    return bool(word.lemma) and any(words(word.lemma)) and any(words(word.form))


def _is_surname(word: Word) -> bool:
    return any(feat.startswith("NameType=") and "Sur" in feat for feat in word.feats)


def _is_phrase(first: Word, second: Word) -> bool:
    """Whether two neighbours are content words of which one depends on the other, if it is said."""
    linked = first.head is None or first.head == second.number or second.head == first.number
    return (
        linked
        and first.upos in CONTENT
        and second.upos in CONTENT
        and all(_is_word(word) and len([*words(word.form)]) == 1 for word in (first, second))
    )


def measure(treebank: Treebank, index: Index) -> Quality:
    """How well the index of the treebank's sentences answers what is asked of them."""
    recall_lemma, precision_lemma, hits, right = _shares(treebank, index, treebank.by_lemma)
    recall_form, precision_form, more, also = _shares(treebank, index, treebank.by_form)
    recall, precision = (recall_lemma + recall_form) / 2, (precision_lemma + precision_form) / 2
    phrase_recall, phrase_precision = _phrase_shares(treebank, index)
    return Quality(
        recall_lemma, recall_form, precision_lemma, precision_form,
        f1=2 * recall * precision / (recall + precision),
        hits_right=(right + also) / (hits + more),
        proper_nouns=_found_names(index, treebank.proper),
        surnames=_found_names(index, treebank.surnames),
        phrase_recall=phrase_recall,
        phrase_precision=phrase_precision,
    )  # fmt: skip


def _shares(
    treebank: Treebank, index: Index, queries: Sequence[tuple[str, str]]
) -> tuple[float, float, int, int]:
    """Recall and precision, each the mean of all queries; all hits, and those that are right."""
    recalls, precisions, hits, rights = [], [], 0, 0
    for lemma, query in queries:
        found, relevant = index.found(query), treebank.relevant[lemma]
        right = len(found & relevant)
        recalls.append(right / len(relevant))
        precisions.append(right / len(found) if found else 1.0)
        hits, rights = hits + len(found), rights + right
    return _mean(recalls), _mean(precisions), hits, rights


def _found_names(index: Index, names: Sequence[tuple[str, int]]) -> float:
    found = {lemma: index.found(lemma) for lemma in {lemma for lemma, _ in names}}
    return _mean([number in found[lemma] for lemma, number in names])


def _phrase_shares(treebank: Treebank, index: Index) -> tuple[float, float]:
    recalls, precisions = [], []
    for lemmas, query, others in treebank.phrases:
        found = index.found(query)
        if others:
            recalls.append(len(found & others) / len(others))
        precisions.append(len(found & treebank.pairs[lemmas]) / len(found) if found else 1.0)
    return _mean(recalls), _mean(precisions)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
