"""Persons, by dictionary and context: first names, patronymics, surnames, initials, titles."""

import re
from collections.abc import Iterator, Sequence

from annotations.entities.reading import OPENING, SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    COMPASS,
    ORG_HEADS,
    ORG_NOUNS,
    Kinds,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.name_words import CASES, PARTICLES, PERSONAL, case_of, personal_forms

_MAX_PARTS = 5
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ын|ск|цк|енк|чук|дзе|швили|ян)\w{0,3}\Z")
_PLACE_PREPOSITIONS = frozenset({"в", "во", "из", "на"})
_INITIAL_GAP = re.compile(r"\.-?[ \xa0]?\Z")


def persons(reading: Reading) -> Iterator[Mention]:
    """Persons in text order; spans do not overlap."""
    past = 0
    for index in reading.capitals:
        end, confidence = _person(reading, index) if index >= past else (past, 0.0)
        if confidence:
            yield Mention(reading.words[index].start, _end_of(reading, end - 1), "PER", confidence)
            past = end


def _end_of(reading: Reading, index: int) -> int:
    """The end of the last part; an initial keeps its full stop."""
    word = reading.words[index]
    return word.end + (len(word.text) == 1 and reading.text[word.end : word.end + 1] == ".")


def _person(reading: Reading, index: int) -> tuple[int, float]:
    """Where the person that starts at a word ends (index after it), and how sure that is."""
    word = reading.word(index)
    if not is_cyrillic(word):
        return index, 0.0
    after_initials = _skip_initials(reading, index)
    if after_initials > index:
        if _is_part(reading, after_initials) and len(reading.word(after_initials)) > 1:
            return after_initials + 1, 0.95
        return index, 0.0
    if not _is_part(reading, index) or len(word) == 1:
        return index, 0.0
    end = _parts_end(reading, index)
    trailing = _trailing_initials(reading, end)
    if trailing > end and end - index == 1 and kinds(word).surname + (not kinds(word).known):
        return trailing, 0.9
    return _judge(reading, index, end)


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
        if not reading.gap(index).startswith("."):
            break
        index += 1
        if reading.gap(index - 1).strip(" \xa0") != ".":
            break
    return index


def _is_part(reading: Reading, index: int) -> bool:
    """Whether a capitalised word may be part of a person's name."""
    word = reading.word(index)
    if not is_capitalised(word) or not is_cyrillic(word) or is_acronym(word):
        return False
    if any(letter.isdigit() for letter in word):
        return False
    kind = kinds(word)
    if kind.person >= 0.1 or not kind.known:
        return True
    return kind.place < 0.2 and kind.organisation < 0.2 and not is_title(word)


def _parts_end(reading: Reading, index: int) -> int:
    """Index after the last part that agrees with the parts before it."""
    cases = cases_of(reading.word(index))
    end = index + 1
    seen = [kinds(reading.word(index))]
    while end - index < _MAX_PARTS and reading.gap(end - 1) in SPACES:
        part = end
        if reading.word(part) in PARTICLES and reading.gap(part) in {*SPACES, "-"}:
            part += 1
        given = seen[-1].first_name > 0.5 and is_title(reading.word(part))
        prefixed = _has_capital(reading.word(part)) and not is_capitalised(reading.word(part))
        french = reading.word(part).lower() in PARTICLES
        if not (
            _is_part(reading, part) or given or prefixed or french or _is_syllable(reading, part)
        ):
            break
        if len(reading.word(part)) == 1 or not _has_capital(reading.word(part)):
            break
        kind = kinds(reading.word(part))
        common = cases & cases_of(reading.word(part))
        if _is_syllable(reading, part):
            common = common or cases
        if not common or _is_next_person(seen, kind) or _is_ordinary(reading, part, kind):
            break
        cases, end = common, part + 1
        seen.append(kind)
    return end


def _is_syllable(reading: Reading, index: int) -> bool:
    """Korean and Chinese names: short parts after a short one, «Пак Ын Хо»."""
    parts = reading.word(index - 1), reading.word(index)
    return all(
        2 <= len(part) <= 5 and is_capitalised(part) and is_cyrillic(part) and not is_acronym(part)
        and part.lower() not in PARTICLES
        for part in parts
    )  # fmt: skip


def _has_capital(word: str) -> bool:
    """«Масри» and «эль-Масри»."""
    first, _, rest = word.partition("-")
    return is_capitalised(word) or (first in PARTICLES and is_capitalised(rest))


def _is_next_person(seen: Sequence[Kinds], kind: Kinds) -> bool:
    """A first name after a first name and a surname begins another person."""
    if len(seen) < 2 or kind.first_name < 0.5:
        return False
    return any(k.first_name > 0.5 for k in seen) and any(k.surname > 0.5 for k in seen)


def _is_ordinary(reading: Reading, index: int, kind: Kinds) -> bool:
    """A capitalised common word that goes on as an organisation or a place does."""
    lemmas = lemmas_of(reading.word(index).lower())
    if kind.known and kind.adjective > 0.6 and kind.person < 0.1:
        after = reading.after(reading.words[index].end)
        if after.islower() and parses(after)[0].grammemes & {"NOUN", "ADJF"}:
            return True
    return kind.person < 0.1 and bool(lemmas & (ORG_HEADS.keys() | ORG_NOUNS | COMPASS))


def cases_of(word: str) -> set[str]:
    """The cases a part of a name may stand in; a surname in a consonant may be a woman's."""
    lower = word.lower()
    if lower in PARTICLES:
        return set(CASES)
    if kinds(word).person >= 0.1 and kinds(word).known:
        names = [parse for parse in parses(lower) if parse.grammemes & PERSONAL]
        foreign = kinds(word).surname > 0.3 and lower[-1] not in "аяйоы"
        if foreign and any(parse.grammemes >= {"nomn", "masc"} for parse in names):
            return set(CASES)
        return {case for case in map(case_of, names) if case}
    forms = personal_forms(lower.rpartition("-")[2] or lower)
    heaviest = max((form.weight for form in forms), default=0.0)
    return {form.case for form in forms if form.weight >= 0.1 * heaviest}


def _judge(reading: Reading, index: int, end: int) -> tuple[int, float]:
    """The evidence for a sequence of capitalised parts."""
    if end - index == 1:
        confidence = _single(reading, index)
        return (end, confidence) if confidence else (index, 0.0)
    found = [kinds(word.text) for word in reading.words[index:end]]
    if found[0].person < 0.1 and found[0].known and _starts_sentence(reading, index):
        return index, 0.0  # «Вчера Иван Петренко»: the next word begins the name
    late = any(kind.first_name > 0.5 for kind in found[1:]) and len(reading.word(index)) > 5
    if found[0].person < 0.1 and found[0].known and late:
        return index, 0.0
    first = max(kind.first_name for kind in found)
    surname = max(kind.surname for kind in found)
    if any(kind.patronymic > 0.5 for kind in found) and first:
        return end, 0.97
    if first >= 0.1 and (surname >= 0.1 or not all(kind.known for kind in found)):
        return end, 0.95
    if first >= 0.5 or _titled(reading, index):
        return end, 0.85
    if surname >= 0.3:
        return end, 0.75
    if all(not kind.known for kind in found) and not _placed(reading, index):
        return end, 0.6
    return index, 0.0


def _single(reading: Reading, index: int) -> float:
    """How sure one capitalised word alone is a person; 0 where it is not."""
    word = reading.word(index)
    kind = kinds(word)
    start = _starts_sentence(reading, index)
    titled = _titled(reading, index)
    if not kind.known:
        return _unknown_single(reading, index, titled)
    if kind.person < 0.1:
        return 0.6 if titled and not start and kind.ordinary < 0.5 else 0.0
    rival = kind.place + kind.organisation
    if _placed(reading, index):
        rival *= 3
    ordinary = kind.ordinary if start else kind.ordinary * 0.3
    strength = kind.person * (4.0 if titled else 1.0)
    if strength <= rival + ordinary:
        return 0.0
    return 0.85 if strength > 2 * (rival + ordinary) else 0.6


def _unknown_single(reading: Reading, index: int, titled: bool) -> float:
    word = reading.word(index)
    if titled:
        return 0.75
    surname = _SURNAME.search(word.lower()) is not None and kinds(word).person > 0.1
    if surname and not _placed(reading, index):
        return 0.6
    return 0.5 if speaks(reading, index) else 0.0


def _starts_sentence(reading: Reading, index: int) -> bool:
    return reading.starts_sentence(reading.words[index].start)


def _placed(reading: Reading, index: int) -> bool:
    return reading.before(reading.words[index].start).lower() in _PLACE_PREPOSITIONS


def _titled(reading: Reading, index: int) -> bool:
    """Whether a title or the noun of a person stands right before: «министр», «рыбак»."""
    start = reading.words[index].start
    before = reading.before(start)
    if not before or not before[0].isalpha() or reading.text[start - 1] in OPENING:
        return False
    if is_title(before):
        return True
    if not before.islower():
        return False
    best = parses(before)[0]
    if not best.known or not best.grammemes >= {"NOUN", "anim", "sing"}:
        return False
    cases = {case_of(parse) for parse in parses(before) if "sing" in parse.grammemes}
    return bool(cases & cases_of(reading.word(index)))


def speaks(reading: Reading, index: int) -> bool:
    """Whether a verb in the singular that a person can be the subject of follows."""
    after = reading.after(reading.words[index].end)
    if not after.islower():
        return False
    best = parses(after)[0]
    if "VERB" not in best.grammemes or "sing" not in best.grammemes:
        return False
    return "neut" not in best.grammemes and bool(best.grammemes & {"past", "3per"})
