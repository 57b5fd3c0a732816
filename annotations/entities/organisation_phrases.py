"""Organisations whose name is a phrase with a noun at its head: «Министерство обороны»."""

from functools import cache, lru_cache
from itertools import product

from annotations.entities.organisation_tails import tail_end
from annotations.entities.reading import OPENING, SPACES, Reading
from annotations.entities.word_kinds import (
    GENERIC_HEADS,
    ORG_HEADS,
    ORG_NOUNS,
    is_capitalised,
    is_pronominal,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import adjective_forms, noun_forms

_REACH = 5  # words from the beginning of a name to its head
_TELLING = 3  # letters that no case form changes
_HEAD_STEMS = frozenset(lemma[:_TELLING] for lemma in ORG_HEADS)
_ALONE = frozenset(
    {"конгресс", "сенат", "госсовет", "бундестаг", "сейм", "мажилис", "дума", "рада", "кнессет",
     "госдепартамент", "генпрокуратура", "совбез", "меджлис", "бундесрат", "генштаб"}
)  # fmt: skip


def phrase(reading: Reading, index: int) -> tuple[int, float]:
    """Index after the organisation whose name begins at `index`, and how sure that is."""
    head = _head(reading, index)
    if head is None or _announces(reading, head):
        return index, 0.0
    lemmas = lemmas_of(reading.word(head).lower())
    alone = bool(lemmas & _ALONE)
    if alone or "суд" in lemmas:
        end, surely = head + 1, False
    else:
        end, surely = tail_end(reading, index, head)
    opens = reading.starts_sentence(reading.words[index].start)
    if end - index == 1 and (opens or not alone):
        return index, 0.0
    if end - index == 2 and _is_common(reading.word(index).lower(), reading.word(index + 1)):
        return index, 0.0
    return end, 0.96 if surely else _confidence(reading, index, end, opens)


@cache
def _common() -> frozenset[tuple[str, str]]:
    pairs = [tuple(pair.split()) for row in table("common_phrases") for pair in row[0].split(", ")]
    return frozenset((first, second) for first, second in pairs)


def _is_common(first: str, second: str) -> bool:
    """«Совет директоров», «Рабочая группа»: which name no organisation, wherever they stand."""
    firsts = {form.nominative for form in (*noun_forms(first), *adjective_forms(first))}
    seconds = {form.nominative for form in noun_forms(second)} | {second}
    return any(pair in _common() for pair in product(firsts, seconds))


def _announces(reading: Reading, head: int) -> bool:
    """«Футбольный клуб «Заря»»: the phrase is no name, the name stands within the quotes."""
    word = reading.words[head]
    quoted = reading.text[word.end + 1 : word.end + 2] in OPENING
    return quoted and bool(lemmas_of(word.text.lower()) & ORG_NOUNS) and word.text.islower()


def _confidence(reading: Reading, index: int, end: int, opens: bool) -> float:
    """A phrase that opens a sentence may be common words: «Рабочая группа собралась»."""
    if end - index == 1:
        return 0.6
    head = reading.word(end - 1)
    if end - index == 2 and head.islower() and lemmas_of(head) & GENERIC_HEADS:
        return 0.3 if opens else 0.7
    if not opens:
        return 0.85
    official = any(
        ORG_HEADS.get(lemma) == "official"
        for word in reading.words[index:end]
        for lemma in lemmas_of(word.text.lower())
    )
    return 0.8 if official else 0.65


def _head(reading: Reading, index: int) -> int | None:
    """The noun at the head of an organisation whose name begins at `index`."""
    if not any(_is_head(reading.word(near)) for near in range(index, index + _REACH)):
        return None
    for head in range(index, index + _REACH):
        word = reading.word(head).lower()
        if head > index and reading.gap(head - 1) not in SPACES:
            return None
        if _is_head(word) and kinds(word).person < 0.7:
            agreed = head == index or _agree(reading.word(head - 1), word)
            named = head == index or is_capitalised(reading.word(head)) or not _is_plural(word)
            return head if agreed and named else None
        if word == "и" and head > index:
            continue
        if not adjective_forms(word) or kinds(word).person > 0.6 or is_pronominal(word):
            return None
    return None


@lru_cache(maxsize=50_000)
def _is_head(word: str) -> bool:
    """Whether a word is a form of a noun of organisations; most are told by their first letters."""
    lower = word.lower()
    return lower[:_TELLING] in _HEAD_STEMS and not lemmas_of(lower).isdisjoint(ORG_HEADS)


def _is_plural(word: str) -> bool:
    return all("plur" in parse.grammemes for parse in parses(word) if "NOUN" in parse.grammemes)


def _agree(adjective: str, noun: str) -> bool:
    nouns = {form.agreement for form in noun_forms(noun)}
    return any(form.agreement in nouns for form in adjective_forms(adjective.lower()))
