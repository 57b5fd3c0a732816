"""The parts of a person's name: which words they may be, in which cases, and where they end."""

import re
from collections.abc import Sequence
from functools import lru_cache

from annotations.entities.known_names import known_at
from annotations.entities.reading import SPACES, Reading
from annotations.entities.word_kinds import (
    COMPASS,
    HONOURED,
    ORG_HEADS,
    ORG_NOUNS,
    Kinds,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_eastern,
    is_inner_capital,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import (
    CASES,
    PARTICLES,
    PERSONAL,
    by_ending,
    case_of,
    genders_of,
    listed_forms,
    noun_forms,
    personal_forms,
)

_LISTED = {row[0]: frozenset(row[1].split()) for row in table("name_particles")}
_BEFORE = _LISTED["before"] | PARTICLES
_JOINED = _LISTED["joined"]
_AFTER = _LISTED["after"]
LEADING = frozenset({"фон", "ван", "де", "ди", "дю", "дель", "делла", "тер", "ибн", "бен", "бин"})
_SURE = frozenset({"фон", "дер", "ван", "ибн", "бен", "бин", "цу", "тер", "ден", "дос", "душ"})
_UNDECLINED = frozenset({"абдель", "абд", "абу", "эль", "аль", "сан", "дон", "мухаммад", "жан"})
_ROMAN = re.compile(r"[IVX]{1,6}")
_VOWELS = re.compile(r"[аеёиоуыэюя]+", re.IGNORECASE)
_VOWEL_NAMES = frozenset("ИЭЮУОЁ")  # «Чжан О»
_SMALL = frozenset({"Но", "Да", "Не", "Ни", "Ну", "Он", "Они", "Кто"})
_STILL = ("ба", "уа", "иа", "оа", "аа", "еа")  # «Цвижба», «Цугуа» do not decline
_MAX_PARTS = 6
_BOTH = ("masc", "femn")

Agreements = frozenset[tuple[str, str]]  # cases with genders

_ANY: Agreements = frozenset((case, gender) for case in CASES for gender in _BOTH)
_ANY_WOMAN: Agreements = frozenset((case, "femn") for case in CASES)


def is_part(reading: Reading, index: int) -> bool:
    """Whether a capitalised word may be part of a person's name."""
    word = reading.word(index)
    if not is_capitalised(word) or not is_cyrillic(word) or is_acronym(word):
        return False
    if any(letter.isdigit() for letter in word) or is_inner_capital(word):
        return False
    kind = kinds(word)
    if word in _SMALL or (kind.known and kind.other > 0.9 and kind.person < 0.1):
        return False
    if kind.person >= 0.1:
        return True
    if (lemmas_of(word.lower()) | {word.lower()}) & HONOURED:
        return False
    if not kind.known:
        return True
    return kind.place < 0.2 and kind.organisation < 0.2 and not is_title(word)


def parts_end(reading: Reading, index: int) -> int:
    """Index after the last part that agrees with the parts before it."""
    found = agreements(reading.word(index))
    end = index + 1
    seen = [kinds(reading.word(index))]
    if ends_in_vowel_name(reading, end):
        return end + 1
    while end - index < _MAX_PARTS and reading.gap(end - 1) in SPACES:
        if _ROMAN.fullmatch(reading.word(end)) and seen[-1].first_name > 0.3:
            return end + 1
        if reading.word(end) in _AFTER:
            found, end = _ANY, end + 1
            continue
        part = after_particles(reading, end)
        common = (
            _common(reading, (index, part, end), found) if _goes_on(reading, part, seen) else _NONE
        )
        kind = kinds(reading.word(part))
        followed = reading.gap(part) in SPACES and has_capital(reading.word(part + 1))
        if followed and _is_next_person(seen, kind):
            break
        if not common or _is_ordinary(reading, part, seen[-1]):
            break
        found, end = common, part + 1
        seen.append(kind)
    return end


_NONE: Agreements = frozenset()


def ends_in_vowel_name(reading: Reading, index: int) -> bool:
    """Whether «И» of «Чжан О» stands here: no initial, since no further one follows."""
    return (
        reading.word(index) in _VOWEL_NAMES
        and reading.gap(index - 1) in SPACES
        and is_eastern(reading.word(index - 1))
        and not (reading.gap(index).startswith(".") and len(reading.word(index + 1)) == 1)
    )


def after_particles(reading: Reading, index: int) -> int:
    """Index after «фон дер», «ван», «бин» before a surname; the same index where none stands."""
    part = index
    while (
        part < index + 2
        and reading.word(part).lower() in _BEFORE
        and reading.gap(part) in {*SPACES, "-"}
        and (reading.word(part).islower() or _leads(reading.word(part + 1)))
    ):
        part += 1
    return part if has_capital(reading.word(part)) else index


def particles_start(reading: Reading, index: int) -> int:
    """Index of the first particle before a surname alone: «фон дер» of «фон дер Гольц»."""
    while (
        reading.word(index - 1) in _SURE
        and reading.gap(index - 1) in SPACES
        and reading.word(index - 1).islower()
    ):
        index -= 1
    return index


def _leads(word: str) -> bool:
    return has_capital(word) or word in _BEFORE


def has_capital(word: str) -> bool:
    """«Масри» and «эль-Масри»."""
    first, _, rest = word.partition("-")
    return is_capitalised(word) or (first in _JOINED and is_capitalised(rest))


def _goes_on(reading: Reading, part: int, seen: Sequence[Kinds]) -> bool:
    word = reading.word(part)
    if len(word) == 1 or not has_capital(word) or known_at(reading, part):
        return False
    title = seen[-1].first_name > 0.5 and is_title(word)
    given = seen[-1].first_name > 0.5 or not seen[-1].known
    given = given and not is_title(reading.word(part - 1))
    place = given and seen[-1].place < 0.4 and kinds(word).place >= 0.2
    place = place and is_cyrillic(word) and not is_acronym(word)  # «Джек Лондон»
    apart = title or place or not is_capitalised(word) or word.lower() in _BEFORE
    return apart or is_part(reading, part) or _is_syllable(reading, part)


def _common(reading: Reading, places: tuple[int, int, int], found: Agreements) -> Agreements:
    """The agreements that a part shares with those before it; none where it does not go on."""
    index, part, end = places  # of the first part, this one, and the one after the last
    own = _family(reading.word(part))
    if reading.word(part + 1) in _AFTER and reading.gap(part) in SPACES:
        return found  # «Керим» of «Рашида Керим оглы»
    if reading.word(part - 1).lower() in _UNDECLINED:
        return own
    first = is_eastern(reading.word(part - 1)) and end == index + 1
    if _is_syllable(reading, part) and (first or any(case == "nomn" for case, _ in found)):
        return own
    common = found & own
    if common:
        return common
    nominative = {case for case, _ in found} & {case for case, _ in own} & {"nomn"}
    given = kinds(reading.word(end - 1)).first_name > 0.5
    return frozenset(pair for pair in own if pair[0] in nominative) if given else _NONE


def _is_syllable(reading: Reading, index: int) -> bool:
    """Short parts after a short one, as in Korea and China: only the last declines, «Пак Ён Су»."""
    parts = reading.word(index - 1), reading.word(index)
    if not all(map(is_capitalised, parts)) or is_acronym(parts[1]) or not is_cyrillic(parts[1]):
        return False
    if is_eastern(parts[0]):
        return len(_VOWELS.findall(parts[1])) <= 3
    return all(
        2 <= len(part) <= 5 and len(_VOWELS.findall(part)) == 1 and part.lower() not in PARTICLES
        for part in parts
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def _family(word: str) -> Agreements:
    """The agreements of a further part: a surname whatever else the dictionary has it as."""
    kind = kinds(word)
    cases = {form.case for form in noun_forms(word.lower())} if kind.place > 0.5 else set()
    if "gent" in cases and kind.person < 0.1:  # «Джека Лондона», but «Раис Татарстана»
        return frozenset((case, gender) for case in cases for gender in _BOTH)
    found = agreements(word)
    if kind.first_name > 0.5 and any(case == "nomn" for case, _ in found):
        return found
    forms = by_ending(word.lower())
    heaviest = max((form.weight for form in forms), default=0.0)
    return found | {form.agreement for form in forms if form.weight >= 0.1 * heaviest}


def _is_next_person(seen: Sequence[Kinds], kind: Kinds) -> bool:
    """A first name after a first name and a surname begins another person."""
    if len(seen) < 2 or kind.first_name < 0.5:
        return False
    whole = any(k.surname > 0.5 or not k.known for k in seen[1:])
    return any(k.first_name > 0.5 for k in seen) and whole and kind.surname < 0.3


def _is_ordinary(reading: Reading, index: int, before: Kinds) -> bool:
    """A capitalised common word that goes on as an organisation or a place does."""
    lemmas = lemmas_of(reading.word(index).lower())
    kind = kinds(reading.word(index))
    after = reading.after(reading.words[index].end)
    if kind.known and kind.adjective > 0.6 and kind.person < 0.1:
        if after.islower() and parses(after)[0].grammemes & {"NOUN", "ADJF"}:
            return True
        if before.first_name > 0.5 and not is_capitalised(after):
            return False  # «Ивану Белому»
    return kind.person < 0.1 and bool(lemmas & (ORG_HEADS.keys() | ORG_NOUNS | COMPASS))


@lru_cache(maxsize=10_000)
def agreements(word: str) -> Agreements:
    """The cases and genders of a part of a name; a surname in a consonant may be a woman's."""
    lower = word.lower()
    if lower in _BEFORE:
        return _ANY
    names = [parse for parse in parses(lower) if parse.known and parse.grammemes & PERSONAL]
    listed = frozenset(form.agreement for form in listed_forms(lower))
    if names and kinds(word).person >= 0.1:
        found = frozenset(
            (case, gender)
            for parse in names
            if "plur" not in parse.grammemes or "Surn" in parse.grammemes
            for gender in (_BOTH if "plur" in parse.grammemes else genders_of(parse))
            if (case := case_of(parse))
        )
        foreign = kinds(word).surname > 0.3 and lower[-1] not in "аяйоы"
        if foreign and any(parse.grammemes >= {"nomn", "masc"} for parse in names):
            found |= _ANY_WOMAN
        if found or listed:
            return found | listed
    if listed:
        return listed
    last = lower.rpartition("-")[2]
    if last != lower and last and listed_forms(last):
        return agreements(last)  # «Мухаммад-Карим»
    if not kinds(word).known and lower.endswith(_STILL):
        return _ANY
    forms = personal_forms(lower.rpartition("-")[2] or lower)
    heaviest = max((form.weight for form in forms), default=0.0)
    return frozenset(
        (form.case, gender)
        for form in forms
        if form.weight >= 0.1 * heaviest
        for gender in (_BOTH if form.gender == "plur" else (form.gender,))
    )


def cases_of(word: str) -> set[str]:
    """The cases a part of a name may stand in."""
    return {case for case, _ in _family(word)}


def own_cases(word: str) -> set[str]:
    """The cases a name of one word may stand in."""
    return {case for case, _ in agreements(word)}
