"""What goes on the name of an organisation after its head: genitives, «по …», places, people."""

from annotations.entities.known_names import known_at
from annotations.entities.person_parts import agreements
from annotations.entities.reading import SPACES, Reading
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
from annotations.name_words import case_of, noun_forms

_MAX_TAIL = 8
_GENITIVE = frozenset({"gent"})
_DATIVE = frozenset({"datv"})
# What a preposition after a noun of the name governs: «борьба с коррупцией».
_PREPOSITIONS = (
    ("с", "ablt", "борьба работа сотрудничество связь взаимодействие общение обращение торговля"),
    ("со", "ablt", "борьба работа сотрудничество связь взаимодействие"),
    ("за", "ablt", "слежение контроль надзор наблюдение уход"),
    ("за", "accs", "борьба движение союз альянс"),
    ("от", "gent", "защита освобождение страхование"),
    ("против", "gent", "борьба движение союз лига комитет альянс коалиция"),
    ("в", "accs", "движение комитет инвестиция"),
    ("в", "loct", "безопасность сотрудничество образование"),
    ("при", "loct", "совет комиссия комитет"),
    ("на", "loct", "безопасность надзор контроль"),
)
# What is no authority takes the place into its name: «Союз писателей Беларуси».
_TAKING_PLACES = frozenset(
    {"союз", "федерация", "конфедерация", "ассоциация", "лига", "альянс", "объединение",
     "профсоюз", "фронт", "конгресс"}
)  # fmt: skip
_SPORTING = frozenset({"олимпийский", "паралимпийский", "спортивный"})
# What bears the name of a person: «Фонд Гордона».
_BEARING = frozenset(
    {"университет", "институт", "академия", "колледж", "лицей", "школа", "гимназия", "музей",
     "театр", "фонд", "больница", "госпиталь", "клиника", "библиотека", "центр", "галерея",
     "консерватория", "училище"}
)  # fmt: skip
# What a country may stand within: «Бюро Казахстана по надзору».
_ACTING = frozenset(
    {"агентство", "комитет", "комиссия", "центр", "управление", "совет", "бюро", "служба",
     "департамент", "инспекция", "ведомство"}
)  # fmt: skip


def tail_end(reading: Reading, first: int, head: int) -> tuple[int, bool]:
    """Index after the name whose head stands at `head`; and whether it has names within it."""
    lemmas = lemmas_of(reading.word(head).lower())
    start = head + 1
    named = _named_end(reading, start, lemmas)
    if named > start:
        return named, True
    if lemmas & _ACTING:
        place = _place_end(reading, start)
        if place > start and reading.word(place) == "по" and reading.gap(place - 1) in SPACES:
            end = _plain_end(reading, place)
            if end > place:
                return end, True
    end = _plain_end(reading, start)
    if lemmas & _TAKING_PLACES or ("комитет" in lemmas and _is_sporting(reading, first, head)):
        place = _place_end(reading, end)
        return place, place > end
    return end, False


def _is_sporting(reading: Reading, first: int, head: int) -> bool:
    words = reading.words[first:head]
    return any(lemmas_of(word.text.lower()) & _SPORTING for word in words)


def _plain_end(reading: Reading, end: int) -> int:
    """Index after common nouns in the genitive, and those that prepositions govern."""
    good, index = end, end
    level = wanted = _GENITIVE  # the case of what «и» may add, and of the next word
    while index - end < _MAX_TAIL and reading.gap(index - 1) in SPACES:
        word = reading.word(index)
        joined = word == "и" and good == index and index > end - 1
        governed = _governed(reading, index) if good == index else None
        if joined or governed:
            level = wanted = governed or level
            index += 1
            continue
        kind = _tail_word(word, wanted)
        if kind == "noun":
            if reading.word(good) == "и" and good < index and _heads(word):
                break  # «палата и рабочая группа»: another organisation
            index += 1
            good, wanted = index, level | _GENITIVE if reading.word(index) == "и" else _GENITIVE
        elif kind == "adjective":
            index += 1
        else:
            break
    return good


def _governed(reading: Reading, index: int) -> frozenset[str] | None:
    """The case that a preposition within a name governs; None where it is outside."""
    word = reading.word(index)
    if word == "по":
        return _DATIVE
    if word not in _WORDS:
        return None
    before = lemmas_of(reading.word(index - 1).lower())
    cases = {
        case for name, case, nouns in _PREPOSITIONS if name == word and before & set(nouns.split())
    }
    return frozenset(cases) or None


_VOWELS_AND_X = frozenset("аеёиоуыэюях")
_WORDS = frozenset(row[0] for row in _PREPOSITIONS)
_CASES = {(noun, word): case for word, case, nouns in _PREPOSITIONS for noun in nouns.split()}


def _heads(word: str) -> bool:
    return bool(lemmas_of(word) & ORG_HEADS.keys())


def _tail_word(word: str, wanted: frozenset[str]) -> str:
    """Whether a word in lower case may stand in one of these cases as part of a name."""
    if not word or not word.islower() or len(word) < 3:
        return ""
    for parse in parses(word):
        if parse.score < 0.15 or case_of(parse) not in wanted:
            continue
        if "NOUN" in parse.grammemes:
            return "noun" if parse.lemma not in _OUTSIDE else ""
        if parse.grammemes & {"ADJF", "PRTF"} and "Apro" not in parse.grammemes:
            return "adjective"
    return ""


_OUTSIDE = frozenset({"город", "область", "край", "район", "республика", "страна", "округ", "село"})


def _place_end(reading: Reading, start: int) -> int:
    """Index after a place in the genitive: «Казахстана», «Республики Казахстан», «США»."""
    if reading.gap(start - 1) not in SPACES or not is_capitalised(reading.word(start)):
        return start
    known = known_at(reading, start)
    if known and "place" in known[1]:
        return known[0]
    word = reading.word(start)
    if lemmas_of(word.lower()) & {"республика", "королевство"}:
        following = reading.gap(start) in SPACES and kinds(reading.word(start + 1)).place > 0.3
        return start + 2 if following else start
    if kinds(word).place < 0.5:
        return start
    cases = {form.case for form in noun_forms(word.lower())}
    return start + 1 if "gent" in cases or is_acronym(word) else start


def _named_end(reading: Reading, start: int, lemmas: frozenset[str]) -> int:
    """Index after «имени Абая», «Ивана Гордона», «Ивана и Анны Гордон», «Осло»."""
    word = reading.word(start)
    if word in {"имени", "им"} and reading.gap(start - 1) in SPACES:
        gap = reading.gap(start)
        return _people_end(reading, start + 1) if gap in {*SPACES, ". ", "."} else start
    if not lemmas & _BEARING or reading.gap(start - 1) not in SPACES:
        return start
    if lemmas & {"университет", "институт"}:
        place = _place_end(reading, start)
        if place > start:
            return place
    if kinds(word).place > 0.3:
        return start
    end = _people_end(reading, start)
    return end if end > start and _is_whole(reading, start, end) else start


def _is_whole(reading: Reading, start: int, end: int) -> bool:
    """Not «музея Иван Петренко»: a name that is not in the genitive begins another one."""
    declined = any(
        "nomn" not in {case for case, _ in agreements(word.text)}
        for word in reading.words[start:end]
    )
    return declined and (end - start > 1 or kinds(reading.word(start)).first_name < 0.5)


def _people_end(reading: Reading, start: int) -> int:
    """Index after the words of people's names in the genitive."""
    end = start
    while end - start < 5:
        word = reading.word(end)
        initial = len(word) == 1 and word.isupper() and reading.gap(end).startswith(".")
        part = _is_of_person(word, reading.word(end - 1) if end > start else "")
        if initial or (part and (end == start or _continues(reading, end))):
            end += 1
        elif word == "и" and end > start and _is_of_person(reading.word(end + 1), ""):
            if reading.gap(end - 1) not in SPACES or kinds(reading.word(end + 1)).first_name < 0.5:
                break
            end += 2
        else:
            break
    return end


def _continues(reading: Reading, index: int) -> bool:
    gap = reading.gap(index - 1)
    return gap in SPACES or (len(reading.word(index - 1)) == 1 and gap.strip(" \xa0") == ".")


def _is_of_person(word: str, before: str) -> bool:
    """A word of a name in the genitive; a woman's may end in a consonant: «Анны Гордон»."""
    if not is_capitalised(word) or not is_cyrillic(word) or is_acronym(word) or is_title(word):
        return False
    if word[-1] not in _VOWELS_AND_X and before[-1:] not in {"ы", "и"}:
        return False
    return len(word) > 2 and any(case == "gent" for case, _ in agreements(word))
