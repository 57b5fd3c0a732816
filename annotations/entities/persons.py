"""Persons, by dictionary and context: first names, patronymics, surnames, initials, titles."""

import re
from collections.abc import Iterator, Sequence

from annotations.entities.known_names import known_at
from annotations.entities.person_context import (
    is_governed,
    is_placed,
    is_titled,
    on_street,
    single,
    speaks,
)
from annotations.entities.person_parts import (
    LEADING,
    after_particles,
    agreements,
    cases_of,
    ends_in_vowel_name,
    has_capital,
    is_part,
    particles_start,
    parts_end,
)
from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    GOVERNORS,
    ORG_NOUNS,
    PLACE_NOUNS,
    WORKS,
    Kinds,
    is_capitalised,
    is_cyrillic,
    is_eastern,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.name_words import adjective_forms

__all__ = ["cases_of", "persons", "speaks"]

_INITIAL_GAP = re.compile(r"\.-?[ \xa0]?\Z")


def persons(reading: Reading) -> Iterator[Mention]:
    """Persons in text order; spans do not overlap."""
    past = 0
    for index in reading.capitals:
        known = known_at(reading, index)
        past = max(past, known[0]) if known else past
        end, confidence = _person(reading, index) if index >= past else (past, 0.0)
        if confidence:
            start = particles_start(reading, index)
            yield Mention(reading.words[start].start, _end_of(reading, end - 1), "PER", confidence)
        past = max(past, end)


def _end_of(reading: Reading, index: int) -> int:
    """The end of the last part; an initial keeps its full stop."""
    word = reading.words[index]
    if ends_in_vowel_name(reading, index):
        return word.end
    return word.end + (len(word.text) == 1 and reading.text[word.end : word.end + 1] == ".")


def _person(reading: Reading, index: int) -> tuple[int, float]:
    """Where the person that starts at a word ends (index after it), and how sure that is."""
    word = reading.word(index)
    if not is_cyrillic(word) or on_street(reading, index):
        return index, 0.0
    after_initials = _skip_initials(reading, index)
    if after_initials > index:
        return _initialled(reading, index, after_initials)
    if not is_capitalised(word):
        return _with_particle(reading, index)
    if not is_part(reading, index) or len(word) == 1 or _is_of_pope(reading, index):
        return index, 0.0
    led = _led_by_particle(reading, index)
    if led > index:
        return led, 0.85
    if _is_before_person(reading, index):
        own = not kinds(word).known or kinds(word).person > 0.1
        return (index + 1, 0.7) if own and is_governed(reading, index, "PER") else (index, 0.0)
    end = parts_end(reading, index)
    trailing = _trailing_initials(reading, end)
    if trailing > end and end - index == 1 and kinds(word).surname + (not kinds(word).known):
        return trailing, 0.9
    return _judge(reading, index, end)


def _initialled(reading: Reading, index: int, last: int) -> tuple[int, float]:
    """«А. С. Петренко», but not «М.Видео» within quotes."""
    surname = reading.word(last)
    fits = is_part(reading, last) and kinds(surname).other < 0.8 and len(surname) > 1
    quoted = fits and reading.is_quoted(reading.words[index].start, _end_of(reading, last))
    return (last + 1, 0.95) if fits and not quoted else (index, 0.0)


def _with_particle(reading: Reading, index: int) -> tuple[int, float]:
    """«Аль-Асад» in lower case alone: a surname, within a sentence or not."""
    if not has_capital(reading.word(index)) or is_placed(reading, index):
        return index, 0.0
    return index + 1, 0.7


def _skip_initials(reading: Reading, index: int) -> int:
    """Index after «А. С.» or «К.-Ж.»; the same index where no initial stands."""
    for _ in range(3):
        word = reading.word(index)
        if len(word) != 1 or not word.isupper() or not _INITIAL_GAP.match(reading.gap(index)):
            break
        index += 1
    return index


def _trailing_initials(reading: Reading, end: int) -> int:
    """Index after the initials that follow a surname: «Петренко А. С.»."""
    if reading.gap(end - 1) not in SPACES:
        return end
    index = end
    while index < end + 2 and len(reading.word(index)) == 1 and reading.word(index).isupper():
        end_of_word = reading.words[index].end
        if reading.text[end_of_word : end_of_word + 1] != ".":
            break
        index += 1
        if reading.gap(index - 1).strip(" \xa0") != ".":
            break
    return index


def _is_before_person(reading: Reading, index: int) -> bool:
    """«Губернатор Оркдыза Ахмет Йылмаз», «жена Гордона Мария»: two names."""
    word, given = reading.word(index), reading.word(index + 1)
    kind = kinds(word)
    named = kind.known and kind.first_name > 0.5
    if kinds(given).first_name <= 0.5 or named or is_eastern(word):
        return False
    if reading.gap(index) not in SPACES or _is_patronymic(reading, index + 2):
        return False
    if is_governed(reading, index, "PER"):
        return _is_nominative(given, word)
    whole = reading.gap(index + 1) in SPACES and is_capitalised(reading.word(index + 2))
    if not whole:
        return False
    if kind.known:
        return kind.place > 0.2 and (is_titled(reading, index) or is_placed(reading, index))
    before = lemmas_of(reading.before(reading.words[index].start).lower())
    placed = is_placed(reading, index) or is_governed(reading, index, "LOC")
    return placed or bool(before & ORG_NOUNS)


def _is_patronymic(reading: Reading, index: int) -> bool:
    return kinds(reading.word(index)).patronymic > 0.5


def _is_nominative(given: str, before: str) -> bool:
    """Whether a given name can be in the nominative, not in the genitive of the one before."""
    found = agreements(given)
    apart = ("gent", "masc") not in found or all(case != "nomn" for case, _ in agreements(before))
    return apart and any(case == "nomn" for case, _ in found)


def _led_by_particle(reading: Reading, index: int) -> int:
    """Index after «Фон дер Гольц», «Ди Мария» where a particle opens the name; else the same."""
    if reading.word(index).lower() not in LEADING or reading.gap(index) not in SPACES:
        return index
    part = after_particles(reading, index)
    led = part > index and is_part(reading, part) and len(reading.word(part)) > 2
    return part + 1 if led and not is_title(reading.word(part)) else index


def _is_of_pope(reading: Reading, index: int) -> bool:
    """«Папа Римский Лев»: the adjective belongs to the title."""
    before = reading.before(reading.words[index].start)
    return bool(
        lemmas_of(before.lower()) & {"папа", "патриарх"}
        and adjective_forms(reading.word(index).lower())
    )


def _judge(reading: Reading, index: int, end: int) -> tuple[int, float]:
    """The evidence for a sequence of capitalised parts."""
    if end - index == 1:
        confidence = single(reading, index)
        return (end, confidence) if confidence else (index, 0.0)
    found = [kinds(word.text) for word in reading.words[index:end]]
    start = reading.words[index].start
    if reading.is_quoted(start, reading.words[end - 1].end) and not is_titled(reading, index):
        return end, 0.0  # «Лада Гранта»
    if _is_outside(reading, index, found):
        return index, 0.0
    confidence = _weight(reading, index, found)
    return (end, confidence) if confidence else (index, 0.0)


def _weight(reading: Reading, index: int, found: Sequence[Kinds]) -> float:
    """How sure several parts that agree are a person."""
    first = max(kind.first_name for kind in found)
    surname = max(kind.surname for kind in found)
    strange = not all(kind.known for kind in found)
    if any(kind.patronymic > 0.5 for kind in found) and first:
        return 0.97
    if first >= 0.1 and (surname >= 0.1 or strange):
        return 0.95
    if first >= 0.5:
        return 0.93
    if is_titled(reading, index):
        return 0.85
    if first >= 0.1 and not reading.starts_sentence(reading.words[index].start):
        return 0.7
    if surname >= 0.3:
        return 0.75
    if is_placed(reading, index):
        return 0.0
    if _is_of_place(found):
        return 0.93
    return 0.6 if all(not kind.known for kind in found) else 0.0


def _is_of_place(found: Sequence[Kinds]) -> bool:
    """«Хильди Лондон»: a surname that is also a place, after a word that no dictionary has."""
    return len(found) == 2 and not found[0].known and found[1].place > 0.5


def _is_outside(reading: Reading, index: int, found: Sequence[Kinds]) -> bool:
    """«Вчера Иван Петренко», «Повесть Анри Дюрвиля»: the next word begins the name."""
    opens = reading.starts_sentence(reading.words[index].start)
    late = any(kind.first_name > 0.5 for kind in found[1:])
    if is_title(reading.word(index)) and found[1].place > 0.5:
        return True  # «Аким Алматы Ерболат Досаев»
    if found[0].person < 0.1 and lemmas_of(reading.word(index).lower()) & PLACE_NOUNS:
        return True  # «Острова Уайт»
    if found[0].person < 0.1 and found[0].known:
        return opens or (late and len(reading.word(index)) > 5)
    work = lemmas_of(reading.word(index).lower()) & (WORKS | GOVERNORS["PER"])
    return bool(opens and work and len(found) > 2 and found[1].first_name > 0.5)
