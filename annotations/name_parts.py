"""The parts of a person's name: which is the given name, which the surname, and their forms."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial

from annotations.eastern_names import eastern_forms
from annotations.given_names import surnames_with
from annotations.lemmas import parses
from annotations.name_words import (
    CASES,
    PARTICLES,
    PERSONAL,
    Role,
    WordForm,
    listed_forms,
    personal_forms,
)
from annotations.tokens import fold

ARTICLES = frozenset({"аль", "эль", "ас", "аз", "ад", "ан", "ар", "ат", "аш", "бен", "ибн", "бин"})
# Beginnings of Arabic given names that do not decline: «Абдель Фаттаху», «Абд Раббу».
_ARABIC = frozenset({"абдель", "абд", "абу", "умм", "нур", "сейф", "шри", "сент", "сен"})
_OPEN = "аеёиоуыэюян"
_RATHER = 0.3  # of a reading that is meant, not only possible
_SHORT = 4  # letters of what may stand before a hyphen and never decline
_SIBILANTS = ("са", "ша", "за", "на", "ца")

Forms = Callable[[str], Sequence[WordForm]]


def forms_of_parts(parts: Sequence[str]) -> Sequence[Sequence[WordForm]]:
    """The forms of each part of a name; none for those that never decline."""
    eastern = eastern_forms([part.lower() for part in parts])
    if eastern:
        return eastern
    return _open(
        [_person_part(part, role) for part, role in zip(parts, _roles(parts), strict=True)]
    )


def _open(options: Sequence[Sequence[WordForm]]) -> Sequence[Sequence[WordForm]]:
    """«Такэси Мориту»: after a Japanese given name no surname ends in a consonant but н."""
    kinds = {surnames_with(form.nominative) for form in options[0]} if len(options) > 1 else set()
    if not kinds & {"open", "vowels"}:
        return options
    others = 0.0 if "open" in kinds else 1.0
    return *options[:-1], [
        form._replace(weight=_open_weight(form.nominative, others) * form.weight)
        for form in options[-1]
    ]


def _open_weight(nominative: str, others: float) -> float:
    if nominative[-1] not in _OPEN:
        return others or 0.01
    if nominative.endswith(_SIBILANTS) and others:  # «Моралесе» is of Моралес
        return 1.0
    return {"а": 3.0, "я": 2.0, "у": 1.5}.get(nominative[-1], 1.0)


def _roles(parts: Sequence[str]) -> Sequence[Role]:
    """What each part most likely is; the surname is the last one, but for «Поляков Игорь»."""
    named = [number for number, part in enumerate(parts) if not _is_no_name(part)]
    roles: list[Role] = ["middle"] * len(parts)
    if len(named) < 2:
        initials = any(len(part) == 1 and not part.isdigit() for part in parts)
        return ["family" if initials else "alone"] * len(parts)
    first, last = named[0], named[-1]
    if _is_given(parts[last]) and not _is_given(parts[first]):
        first, last = named[1], first
    roles[first], roles[last] = "given", "family"
    return roles


@lru_cache(maxsize=10_000)
def _is_personal(word: str) -> bool:
    """Whether the dictionary or our table has a word (in lower case) as a name of a person."""
    return bool(listed_forms(word)) or any(
        parse.known and parse.grammemes & PERSONAL for parse in parses(word)
    )


@lru_cache(maxsize=10_000)
def _is_given(word: str) -> bool:
    lower = word.lower()
    return bool(listed_forms(lower)) or any(
        parse.known and "Name" in parse.grammemes for parse in parses(lower)
    )


def stays(word: str) -> bool:
    """Whether a part is an initial, a particle, Latin or another invariable one."""
    return _is_no_name(word) or fold(word) in _ARABIC


def _is_no_name(word: str) -> bool:
    return len(word) == 1 or fold(word) in PARTICLES or not re.search("[а-яё]", word.lower())


def _person_part(word: str, role: Role) -> Sequence[WordForm]:
    """The forms of one part; none for initials, particles, Latin and other invariable parts."""
    if _is_no_name(word) or (role != "family" and fold(word) in _ARABIC):
        return ()
    lower = word.lower()
    if "-" in word and not word.endswith("-"):
        listed = listed_forms(lower) if role == "given" else ()
        return listed or hyphenated(lower, partial(personal_forms, role=role))
    return personal_forms(lower, role)


def hyphenated(word: str, forms: Forms) -> Sequence[WordForm]:
    """«Касым-Жомарта» and «Салтыкова-Щедрина»: the last part declines, the others may."""
    *first, last = word.split("-")
    found = []
    for agreement in dict.fromkeys(form.agreement for form in forms(last)):
        ending = best_form(forms(last), agreement)
        if ending is None or len(last) == 1:
            continue
        parts = [_first_part(part, agreement, forms) for part in first if part]
        nominative = "-".join([*(part for part, _ in parts), ending.nominative])
        weight = ending.weight
        for _, factor in parts:
            weight *= factor
        found.append(WordForm(nominative, *agreement, weight))
    return found or [WordForm(word, case, "masc", 0.1) for case in CASES]


def _first_part(part: str, agreement: tuple[str, str], forms: Forms) -> tuple[str, float]:
    readings = [form for form in forms(part) if form.weight > 0.08]
    stands = any(form[:2] == (part, "nomn") and form.weight > _RATHER for form in readings)
    if part in ARTICLES or (len(part) <= _SHORT and (stands or not _is_personal(part))):
        return part, 1.0  # «Кара-Мурзы», «Тер-Петросяна»
    declined = best_form(readings, agreement)
    if declined:
        return declined.nominative, 1.0
    nominative = best_form(readings, ("nomn", agreement[1]))
    return part, 0.6 if nominative else 0.1


def best_form(forms: Sequence[WordForm], agreement: tuple[str, str]) -> WordForm | None:
    """The heaviest form with this case and gender."""
    best = None
    for form in forms:
        if (form[1], form[2]) == agreement and (best is None or form.weight > best.weight):
            best = form
    return best
