"""A vocabulary as wide as that of real news: words of the dictionary, by Zipf and Mandelbrot.

Which word is how frequent is drawn by lot; short ones have the better chances.  Only function
words have the frequencies that they have in Russian.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

LEMMAS = 60_000
SHIFT, STEEPNESS = 25, 1.25  # of Zipf and Mandelbrot: frequency = (rank + SHIFT) ** -STEEPNESS
DECK = 1 << 21  # places in the deck: who holds more of them is drawn more often
FUNCTION_SHARE = 0.27  # of all words of a text

_FUNCTION = (
    "в:40 и:33 на:19 с:12 что:11 не:11 по:10 как:6 для:5 о:5 за:5 из:5 к:5 а:5 это:5 от:4 но:4 "
    "его:4 он:4 у:3 до:3 также:3 был:3 будет:3 все:3 уже:3 которые:3 при:2 или:2 после:2 они:2 "
    "ее:2 их:2 ещё:2 чтобы:2 который:2 может:2 том:2 этом:2 быть:2 было:2 во:2 со:2 так:2 если:1 "
    "между:1 под:1 над:1 без:1 перед:1 однако:1 более:1 только:1 когда:1 где:1 там:1 мы:1 я:1"
)
_PARTS = {"NOUN": "NOUN", "ADJF": "ADJF", "INFN": "VERB"}  # of a lemma; of its other forms
_UNWANTED = frozenset(
    "Abbr Name Surn Patr Geox Orgn Trad Init Arch Slng Erro Apro Anum Supr Dist Infr Litr Fixd Sgtm Pltm V-be Coun voct loc2 gen2 acc2".split()  # noqa: E501, SIM905
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by rank, each with all its forms, and the deck that texts are drawn from."""

    words: Sequence[tuple[str, ...]]
    deck: Sequence[str]

    def draw_words(self, chance: random.Random, count: int) -> list[tuple[str, ...]]:
        """Words, as frequent as they are in a text."""
        return [self.words[rank_of(chance.random(), len(self.words))] for _ in range(count)]


def make_lexicon(seed: int = 0, *, lemmas: int = LEMMAS, beginning: str = "") -> Lexicon:
    """A vocabulary of so many lemmas that begin like this; the same each time."""
    chance = random.Random(seed)
    found = sorted(_dictionary(beginning))
    chosen = chance.sample(found, min(lemmas, len(found)))
    chosen.sort(key=lambda forms: len(forms[0]) + chance.uniform(0, 16))
    return Lexicon(chosen, _deck(chance, chosen))


def rank_of(share: float, count: int) -> int:
    """The rank of the word that stands there when all are laid out by their frequency."""
    power = 1 - STEEPNESS
    first, last = SHIFT**power, (SHIFT + count) ** power
    return min(int((first + share * (last - first)) ** (1 / power)) - SHIFT, count - 1)


def _deck(chance: random.Random, words: Sequence[tuple[str, ...]]) -> list[str]:
    pairs = [pair.split(":") for pair in _FUNCTION.split()]
    functions = chance.choices(
        [word for word, _ in pairs],
        [int(weight) for _, weight in pairs],
        k=int(DECK * FUNCTION_SHARE),
    )
    frequencies = [(rank + SHIFT) ** -STEEPNESS for rank in range(len(words))]
    places = DECK * (1 - FUNCTION_SHARE) / sum(frequencies)
    contents = (
        _drawn(chance, forms, max(round(places * frequency), 1))
        for forms, frequency in zip(words, frequencies, strict=True)
    )
    return [*functions, *chain.from_iterable(contents)]


def _drawn(chance: random.Random, forms: Sequence[str], count: int) -> list[str]:
    """Forms of a word; some of them are much more frequent than others."""
    shuffled = chance.sample(forms, len(forms))
    return chance.choices(shuffled, [1 / (place + 1) for place in range(len(forms))], k=count)


def _dictionary(beginning: str) -> Iterator[tuple[str, ...]]:
    """Nouns, adjectives and verbs with their forms, the lemma first."""
    from pymorphy3 import MorphAnalyzer

    dictionary = MorphAnalyzer(lang="ru").dictionary
    endings: dict[int, tuple[str, ...]] = {}
    for word, (paradigm, index) in dictionary.words.iteritems(beginning):
        if index == 0 and 4 <= len(word) <= 13 and word.isalpha():
            if paradigm not in endings:
                endings[paradigm] = _endings(dictionary, paradigm)
            known = endings[paradigm]
            if known and word.endswith(known[0]):
                stem = word[: len(word) - len(known[0])]
                yield tuple(stem + ending for ending in known)


def _endings(dictionary: Any, paradigm: int) -> tuple[str, ...]:
    """What the forms of a paradigm end in, the lemma's first; none where it is of no use."""
    rows = [row for row in dictionary.build_paradigm_info(paradigm) if not row[0]]
    if not rows or _PARTS.get(rows[0][1].POS) is None or _UNWANTED & rows[0][1].grammemes:
        return ()
    parts = {rows[0][1].POS, _PARTS[rows[0][1].POS]}
    return tuple(
        ending for _, tag, ending in rows if tag.POS in parts and not _UNWANTED & tag.grammemes
    )
