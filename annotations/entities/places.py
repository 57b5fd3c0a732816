"""Places, by dictionary and context: Geox words, adjectives with a noun of places."""

from collections.abc import Iterator

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    CELESTIAL,
    COMPASS,
    PLACE_HEADS,
    PLACE_NOUNS,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_pronominal,
    is_qualitative,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.name_words import adjective_forms, noun_forms

_STATES = frozenset({"федерация", "эмират", "эмираты", "штат", "королевство"})
_PREPOSITIONS = frozenset({"в", "во", "из", "на", "до", "под", "над"})


def places(reading: Reading) -> Iterator[Mention]:
    """Places in text order; spans do not overlap."""
    past = 0
    for index in reading.capitals:
        end, confidence = _place(reading, index) if index >= past else (past, 0.0)
        if confidence:
            yield Mention(reading.words[index].start, reading.words[end - 1].end, "LOC", confidence)
            past = end


def _place(reading: Reading, index: int) -> tuple[int, float]:
    word = reading.word(index)
    if not is_cyrillic(word):
        return index, 0.0
    end = _with_head(reading, index)
    if end > index:
        return end, 0.9
    if lemmas_of(word.lower()) & CELESTIAL:
        start = reading.words[index].start
        return (index, 0.0) if reading.starts_sentence(start) else (index + 1, 0.8)
    if _is_republic(reading, index):
        return index + 2, 0.9
    return _single(reading, index)


def _with_head(reading: Reading, index: int) -> int:
    """Index after «Московской области», «Южной Осетии», «Соединённых Штатов Америки»."""
    head = index
    while (
        head < index + 3
        and _is_adjective(reading.word(head), capital=head == index)
        and reading.gap(head) in SPACES
    ):
        head += 1
    if head == index:
        return index
    word = reading.word(head)
    if not _agree(reading.word(head - 1), word):
        return index
    lemmas = lemmas_of(word.lower())
    opens = reading.starts_sentence(reading.words[index].start)
    compass = bool(lemmas_of(reading.word(index).lower()) & COMPASS)
    if opens and is_capitalised(word) and not compass and not lemmas & (PLACE_HEADS | _STATES):
        return index
    before = reading.before(reading.words[index].start)
    announced = before.islower() and bool(lemmas_of(before) & PLACE_NOUNS)
    named = is_capitalised(word) and (
        announced
        or kinds(word).place >= 0.2
        or lemmas & _STATES
        or (compass and not kinds(word).known)
    )
    if named:
        return _genitive_place(reading, head + 1)
    if is_qualitative(reading.word(index)) and reading.starts_sentence(reading.words[index].start):
        return index
    return head + 1 if lemmas & PLACE_HEADS else index


def _is_adjective(word: str, capital: bool) -> bool:
    if (capital and not is_capitalised(word)) or is_pronominal(word):
        return False
    return bool(adjective_forms(word.lower())) and kinds(word).person < 0.6


def _agree(adjective: str, noun: str) -> bool:
    nouns = {form.agreement for form in noun_forms(noun.lower())}
    return any(form.agreement in nouns for form in adjective_forms(adjective.lower()))


def _genitive_place(reading: Reading, end: int) -> int:
    """«Соединённых Штатов» goes on with «Америки»."""
    if reading.gap(end - 1) in SPACES and is_capitalised(reading.word(end)):
        previous = lemmas_of(reading.word(end - 1).lower())
        if previous & {"штат"} and kinds(reading.word(end)).place > 0.3:
            return end + 1
    return end


def _is_republic(reading: Reading, index: int) -> bool:
    """«Республика Беларусь», «Республике Тыва»: a capitalised noun of states and its name."""
    if reading.gap(index) not in SPACES or not is_capitalised(reading.word(index + 1)):
        return False
    lemmas = lemmas_of(reading.word(index).lower())
    return bool(lemmas & {"республика", "королевство", "княжество"}) and (
        kinds(reading.word(index + 1)).place >= 0.3
    )


def _is_free(reading: Reading, index: int) -> bool:
    """Whether a word can be a place's name although no dictionary says so."""
    word = reading.word(index)
    followed = reading.gap(index) in SPACES and is_capitalised(reading.word(index + 1))
    kind = kinds(word)
    if is_acronym(word) or followed or len(word) < 3 or is_title(word):
        return False
    return not kind.known or kind.person < 0.5 or kind.place > 0.1


def _single(reading: Reading, index: int) -> tuple[int, float]:
    """One word: a place in the dictionary, or an unknown one after a noun of places."""
    word = reading.word(index)
    kind = kinds(word)
    before = reading.before(reading.words[index].start)
    announced = bool(before.islower() and lemmas_of(before) & PLACE_NOUNS)
    if announced and _is_free(reading, index):
        return index + 1, 0.85
    if kind.place < 0.05 or not kind.known:
        unknown = not kind.known and before.lower() in {"в", "во", "из"}
        return (index + 1, 0.55) if unknown and _is_free(reading, index) else (index, 0.0)
    boost = 4.0 if announced or before.lower() in _PREPOSITIONS else 1.0
    ordinary = kind.ordinary
    if not reading.starts_sentence(reading.words[index].start):
        ordinary *= 0.2
    rival = kind.person + kind.organisation + ordinary
    if kind.place * boost <= rival:
        return index, 0.0
    return index + 1, 0.92 if kind.place * boost > 3 * rival else 0.7
