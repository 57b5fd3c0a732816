"""Places, by dictionary and context: Geox words, adjectives with a noun of places."""

import re
from collections.abc import Iterator

from annotations.entities.known_names import known_at
from annotations.entities.person_context import is_governed, on_street
from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    CELESTIAL,
    COMPASS,
    PLACE_HEADS,
    PLACE_NOUNS,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_inner_capital,
    is_pronominal,
    is_qualitative,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.name_words import adjective_forms, noun_forms

_STATES = frozenset({"федерация", "эмират", "эмираты", "штат", "королевство"})
_PREPOSITIONS = frozenset({"в", "во", "из", "на", "до", "под", "над", "близ", "через"})
_INTO = frozenset({"в", "во", "из", "до", "под", "над", "близ", "через", "около", "вблизи"})
_ENDING = re.compile(
    r"[а-яё-]{2,}(?:(?:град|бург|поль|абад|стан|вилл|шир|таун|кенд|кент|[иое]вск|инск|анск|ийск|горск|орск)"
    r"(?:|а|у|ом|е)|(?:ополье|щина|ленди?я|ландия|шир)|(?:щин|ланди)[аыеуию]|щиной|ландией)"
)


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
    if not is_cyrillic(word) or not is_capitalised(word):
        return index, 0.0
    known = known_at(reading, index)
    if known:
        return _known(reading, index, *known)
    if on_street(reading, index):
        return _street(reading, index), 0.96
    end = _with_head(reading, index)
    if end > index and not reading.is_quoted(
        reading.words[index].start, reading.words[end - 1].end
    ):
        return end, 0.9
    if lemmas_of(word.lower()) & CELESTIAL:
        start = reading.words[index].start
        return (index, 0.0) if reading.starts_sentence(start) else (index + 1, 0.8)
    if _is_republic(reading, index):
        return index + 2, 0.9
    return _single(reading, index)


def _known(reading: Reading, index: int, end: int, kinds: frozenset[str]) -> tuple[int, float]:
    """A listed name of several words; if of an organisation too, by what stands before."""
    start, last = reading.words[index].start, reading.word(end - 1)
    if "place" not in kinds or reading.is_quoted(start, reading.words[end - 1].end):
        return index, 0.0
    if len(kinds) > 1 and reading.before(start).lower() not in _PREPOSITIONS:
        return index, 0.0
    if (
        not is_capitalised(last)
        and not lemmas_of(last) & PLACE_HEADS
        and reading.starts_sentence(start)
    ):
        return index, 0.0
    return end, 0.96


def _street(reading: Reading, index: int) -> int:
    """Index after what a street is called: «Абая», «Юрия Гагарина»."""
    end = index + 1
    while reading.gap(end - 1) in SPACES and is_capitalised(reading.word(end)) and end < index + 3:
        end += 1
    return end


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
    if "федерация" in lemmas and not is_capitalised(word):
        return index  # «Международная федерация»
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
    """One word: a place in the dictionary, or an unknown one by what stands before it."""
    word = reading.words[index]
    kind = kinds(word.text)
    before = reading.before(word.start)
    announced = bool(lemmas_of(before.lower()) & PLACE_NOUNS)
    if announced and _is_free(reading, index):
        return index + 1, 0.85
    if reading.is_quoted(word.start, word.end):
        return index, 0.0
    if kind.place < 0.05 or not kind.known:
        confidence = 0.0 if kind.known else _unknown(reading, index, before.lower())
        return (index + 1, confidence) if confidence else (index, 0.0)
    boost = 4.0 if announced or before.lower() in _PREPOSITIONS else 1.0
    if boost == 1.0 and kind.place < 0.9 and is_governed(reading, index, "LOC"):
        boost = 3.0
    ordinary = kind.ordinary
    if not reading.starts_sentence(word.start):
        ordinary *= 0.2
    rival = kind.person + kind.organisation + ordinary
    if kind.place * boost <= rival:
        return index, 0.0
    return index + 1, 0.92 if kind.place * boost > 3 * rival else 0.7


def _unknown(reading: Reading, index: int, before: str) -> float:
    """How sure a word that no dictionary has is a place: «в Эллсберге», «жители Оркдыза»."""
    word = reading.word(index)
    if word[1:].isupper() or is_inner_capital(word):
        return 0.0
    whole = reading.gap(index) in SPACES and is_capitalised(reading.word(index + 1))
    named = whole and kinds(reading.word(index + 1)).first_name > 0.5
    if named and is_governed(reading, index, "LOC"):
        return 0.7  # «губернатор Оркдыза Ахмет Йылмаз»
    if not _is_free(reading, index):
        return 0.0
    if before in _INTO:
        return 0.55
    if is_governed(reading, index, "LOC") and not is_title(before):
        return 0.6
    return 0.55 if _ENDING.fullmatch(word.lower()) else 0.0
