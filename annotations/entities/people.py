"""Where one person's name ends and another name begins: case forms tell."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.persons import cases_of
from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    ORG_HEADS,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import CASES, PARTICLES, PERSONAL, case_of, noun_forms
from annotations.tokens import fold

_EASTERN = frozenset(fold(name) for row in table("eastern_surnames") for name in row[0].split())
_TURKIC = frozenset({"оглы", "оглу", "кызы", "гызы", "уулу", "улы", "заде"})  # after a name
_DECLINED = re.compile(
    r"\w+(?:(?:ов|ев|ёв|ин|ын)(?:ым|у|е|ой)|(?:ск|цк)(?:им|ого|ому|ой)|ич(?:ем|а|у|е))\Z"
)
_WOMAN = re.compile(r"\w+(?:ов|ев|ёв|ин|ын)ой\Z")
_BARE = re.compile(r"\w+(?:ов|ев|ёв|ин|ын)\Z")
_FROM = frozenset({"из", "близ", "возле"})
_SYLLABLE = 7  # letters of «Цзиньпин»
_EASTERN_PARTS = 3  # «Ли Чжэ Ён»


def split_cases(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Супруга Петренко Мария», «Гриневичем Сериков»: no name stands in two cases."""
    for mention in mentions:
        if mention.label != "PER" or " " not in reading.of(mention):
            yield mention
            continue
        inside = reading.within(mention.start, mention.end)
        texts = [word.text for word in inside]
        cut = _cut(texts) if all(map(is_cyrillic, texts)) else 0
        if _comes_from(reading, mention, texts):
            yield mention._replace(end=inside[0].end, label="LOC")
            yield mention._replace(start=inside[1].start)
            continue
        if not cut:
            yield mention
            continue
        yield mention._replace(end=inside[cut - 1].end, label=_label_of_left(texts[:cut]))
        yield mention._replace(start=inside[cut].start)


def _comes_from(reading: Reading, mention: Mention, words: Sequence[str]) -> bool:
    """«из Бурзянска Игорь Поляков»: where somebody is from, and a whole name."""
    if len(words) < 3 or reading.before(mention.start).lower() not in _FROM:
        return False
    kind, given = kinds(words[0]), kinds(words[1])
    if not all(map(is_cyrillic, words)) or (kind.known and kind.person > 0.1):
        return False
    if given.first_name < 0.3 or any(word.lower() in PARTICLES for word in words):
        return False
    gent = any(form.case == "gent" for form in noun_forms(words[0].lower()))
    return gent and "gent" not in part_cases(words[1])


def _label_of_left(words: Sequence[str]) -> str:
    """What a name that was glued to a person names."""
    kind = kinds(words[-1])
    if len(words) == 1 and lemmas_of(words[0].lower()) & ORG_HEADS.keys():
        return "ORG"
    if len(words) == 1 and kind.known and kind.place > 0.5 and kind.person < 0.3:
        return "LOC"
    return "PER"


def _cut(words: Sequence[str]) -> int:
    """Index of the first word of the second name; 0 where there is one name."""
    if fold(words[0]) in _EASTERN or any(fold(form) in _EASTERN for form in _stems(words[0])):
        return _cut_after_eastern(words)
    if any(word.lower() in PARTICLES or len(word) == 1 for word in words):
        return 0
    cases = [part_cases(word) for word in words]
    if _are_two_surnames(words):
        return 1
    if set.intersection(*cases):
        return 0
    cuts = [cut for cut in range(1, len(words)) if _is_cut(words, cases, cut)]
    return min(cuts, key=lambda cut: not _is_first_name(words[cut]), default=0)


def _is_first_name(word: str) -> bool:
    kind = kinds(word)
    return kind.known and kind.first_name > 0.5


def _are_two_surnames(words: Sequence[str]) -> bool:
    """«От Джонсона Трасс»: a surname that declines, and one that cannot be its next part."""
    if len(words) != 2:
        return False
    first, cases = kinds(words[0]), part_cases(words[0])
    surname = first.known and first.surname > 0.5 and first.first_name + first.patronymic < 0.1
    return surname and "nomn" not in cases and "nomn" in _strong(words[1])


def _is_cut(words: Sequence[str], cases: Sequence[set[str]], cut: int) -> bool:
    left, right = set.intersection(*cases[:cut]), set.intersection(*cases[cut:])
    if not left or "nomn" not in right or "nomn" in left:
        return False
    if cut > 1:
        single = len(words) - cut == 1
        return _is_nominative(words[cut]) if single else kinds(words[cut]).first_name > 0.3
    lemmas = lemmas_of(words[0].lower())
    kind = kinds(words[0])
    if kind.first_name > 0.5 and not _is_first_name(words[1]):
        return False  # «Марии Полищук»
    sure = kind.known and (kind.person > 0.7 or kind.place > 0.7)
    return sure or _DECLINED.match(words[0].lower()) is not None or bool(lemmas & ORG_HEADS.keys())


def _is_nominative(word: str) -> bool:
    """Whether a word that nothing follows can only begin a clause: «Безос», not «Раи»."""
    known = [parse for parse in parses(word.lower()) if parse.known]
    if known:
        return any(parse.grammemes >= {"nomn", "sing"} for parse in known)
    return word[-1].lower() not in "аеёиоуыэюя"


def _dictionary_cases(word: str) -> set[str]:
    """The cases of a name of the dictionary; a woman's surname in a consonant has all."""
    lower = word.lower()
    names = [parse for parse in parses(lower) if parse.known and parse.grammemes & PERSONAL]
    bare = lower[-1] not in "аеёиоуыэюя" and kinds(word).surname > 0.3
    if bare and any(parse.grammemes >= {"nomn", "masc"} for parse in names):
        return set(CASES)
    return {case for case in map(case_of, names) if case}


def part_cases(word: str) -> set[str]:
    """The cases of a part of a name; «Гуревичем» is no nominative, «Сериков» is one only."""
    lower = word.lower()
    kind = kinds(word)
    if _BARE.match(lower):
        return {"nomn"}
    found = _dictionary_cases(word) or cases_of(word)
    if _WOMAN.match(lower):
        return found | {"gent", "datv", "ablt", "loct"}
    if _DECLINED.match(lower) and not kind.known:
        return found - {"nomn"}
    if lower[-1] in "оиуэюые" and kind.person < 0.8:
        return set(CASES)
    if kind.known and kind.person < 0.1 and kind.place + kind.common > 0.5:
        nouns = [parse for parse in parses(lower) if "NOUN" in parse.grammemes]
        return {case for case in map(case_of, nouns) if case}
    return found


def _stems(word: str) -> tuple[str, ...]:
    """«Кима», «Кимом» → «Ким»; «Пака» → «Пак»."""
    return tuple(word[: -len(end)] for end in ("а", "у", "ом", "ем", "е") if word.endswith(end))


def _cut_after_eastern(words: Sequence[str]) -> int:
    """«Ли Чжэ Ёном Хуанг», «Пака Чон Хи Ро Дэ У»: the given name declines, or its last part."""
    if len(words) <= 2:
        return 0
    for cut in range(2, len(words)):
        if len(words) - cut > 1 and cut > 1 and fold(words[cut]) in _EASTERN:
            return cut
    if len(words) == _EASTERN_PARTS:
        return 0
    last = words[_EASTERN_PARTS - 1].lower()
    declined = last.endswith(("ом", "ем", "ём", "у", "а"))
    return _EASTERN_PARTS if declined and "nomn" in part_cases(words[_EASTERN_PARTS]) else 0


def organisations_and_people(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Горного университета Бенуа Дюпре»: two capitalised words after the noun of an ORG."""
    for mention in mentions:
        inside = reading.within(mention.start, mention.end)
        if mention.label != "ORG" or len(inside) < 4 or not _ends_in_person(inside[-3:]):
            yield mention
            continue
        yield mention._replace(end=inside[-3].end)
        yield Mention(inside[-2].start, mention.end, "PER", mention.confidence)


def _ends_in_person(inside: Sequence[object]) -> bool:
    head, given, surname = (getattr(word, "text", "") for word in inside)
    if not (head.islower() and lemmas_of(head) & ORG_HEADS.keys()):
        return False
    if not all(is_capitalised(word) and is_cyrillic(word) for word in (given, surname)):
        return False
    if is_acronym(given) or is_acronym(surname):
        return False
    gent = "gent" in _strong(given) and "gent" in _strong(surname)
    return not gent and kinds(surname).place < 0.3 and bool(cases_of(given) & cases_of(surname))


def _strong(word: str) -> set[str]:
    """The cases but for those that any foreign name of a woman may stand in."""
    found = cases_of(word)
    return {"nomn"} if len(found) == 6 and word[-1].lower() not in "аеёиоуыэюя" else found


def join_left(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Си» + «Цзиньпин», «Кузьму» + «Лебедева»; «уулу» after a name belongs to it."""
    past = 0
    for mention in mentions:
        person = mention.label == "PER" and is_cyrillic(reading.of(mention))
        yield _with_right(reading, _with_left(reading, mention, past)) if person else mention
        past = mention.end


def _with_left(reading: Reading, mention: Mention, past: int) -> Mention:
    index = reading.index_at(mention.start) - 1
    if index < 0 or reading.words[index].start < past or reading.gap(index) not in SPACES:
        return mention
    before, first = reading.word(index), reading.word(index + 1)
    if not is_capitalised(before) or not is_cyrillic(before):
        return mention
    small = parses(before.lower())[0].grammemes & {"PREP", "CONJ", "PRCL", "INTJ"}
    eastern = fold(before) in _EASTERN and not (small and before != "Ли")
    eastern = eastern and len(first) <= _SYLLABLE + 2 and not kinds(first).known
    given = _is_first_name(before) and bool(cases_of(before) & cases_of(first))
    if given and (kinds(first).first_name > 0.5 or is_title(before)):
        given = False
    return mention._replace(start=reading.words[index].start) if eastern or given else mention


def _with_right(reading: Reading, mention: Mention) -> Mention:
    index = reading.index_at(mention.end)
    if reading.word(index) in _TURKIC and reading.gap(index - 1) in SPACES:
        return mention._replace(end=reading.words[index].end)
    return mention
