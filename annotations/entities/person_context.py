"""What stands around a lone capitalised word and tells that it names a person."""

import re

from annotations.entities.known_names import is_known_surname
from annotations.entities.person_parts import agreements, cases_of, own_cases
from annotations.entities.reading import OPENING, SPACES, Reading
from annotations.entities.word_kinds import (
    GOVERNORS,
    HONOURED,
    ORG_HEADS,
    ORG_NOUNS,
    PLACE_NOUNS,
    PRODUCTS,
    WORKS,
    Kinds,
    is_capitalised,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.name_words import adjective_forms, case_of, noun_forms

_STILL = frozenset("оуэюё")  # after these nothing tells the case
_SPEECH = frozenset(
    {"сказать", "заявить", "сообщить", "добавить", "отметить", "подчеркнуть", "напомнить",
     "пояснить", "уточнить", "рассказать", "признать", "признаться", "написать", "ответить",
     "спросить", "предупредить", "пообещать", "считать", "полагать", "заметить", "возразить",
     "согласиться", "объяснить", "объявить", "подтвердить", "опровергнуть", "заверить",
     "воскликнуть", "пошутить", "резюмировать"}
)  # fmt: skip
_STREETS = frozenset(
    {
        "улица",
        "проспект",
        "бульвар",
        "переулок",
        "площадь",
        "шоссе",
        "проезд",
        "набережная",
        "тупик",
    }
)
_STREETS_IN_SHORT = frozenset({"ул", "пр", "просп", "пер", "пл", "бул", "наб"})
_CONSONANTS = frozenset("бвгджзйклмнпрстфцчшщь")
_SURNAME = re.compile(r"(?:ов|ев|ёв|ин|ын|ск|цк|енк|чук|дзе|швили|ян)\w{0,3}\Z")
_ABSTRACT = ("ство", "ства", "ству", "ством", "стве", "ость", "ости", "ция", "ции", "ние", "ния")
_PLACE_PREPOSITIONS = frozenset({"в", "во", "из", "на", "до", "под", "над", "через", "близ"})


def single(reading: Reading, index: int) -> float:
    """How sure one capitalised word alone is a person; 0 where it is not."""
    word = reading.words[index]
    kind = kinds(word.text)
    start = reading.starts_sentence(word.start)
    titled = is_titled(reading, index)
    if not titled and reading.is_quoted(word.start, word.end):
        return 0.0
    if _is_announced_place(reading, index, kind):
        return 0.0
    if kind.person > 0.1 and _is_said(reading, index):
        return 0.75
    if is_apposed(reading, index) and (kind.first_name < 0.3 or _is_of_product(reading, index)):
        return 0.0
    if not kind.known:
        return _unknown(reading, index, kind, titled)
    if kind.person < 0.1:
        return _ordinary(reading, index, kind, titled)
    rival = kind.place + kind.organisation
    if is_placed(reading, index):
        rival *= 3
    ordinary = kind.ordinary if start else kind.ordinary * 0.15
    acts = titled or is_governed(reading, index, "PER")
    acts = acts or (is_known_surname(word.text) and speaks(reading, index))
    strength = kind.person * (4.0 if acts else 1.0)
    if strength <= rival + ordinary:
        return 0.0
    return 0.85 if strength > 2 * (rival + kind.ordinary * (1.0 if start else 0.3)) else 0.6


def _unknown(reading: Reading, index: int, kind: Kinds, titled: bool) -> float:
    """A word that no dictionary has: within a sentence most often a foreign surname."""
    word = reading.words[index]
    if titled:
        return 0.75
    if is_governed(reading, index, "PER"):
        return 0.7
    if is_placed(reading, index) or is_governed(reading, index, "LOC"):
        return 0.0
    if _SURNAME.search(word.text.lower()) is not None and kind.person > 0.1:
        return 0.6
    if speaks(reading, index):
        return 0.55
    if _is_adjective(reading, index):
        return 0.0
    return (
        0.0 if reading.starts_sentence(word.start) and not _is_first_of_two(reading, index) else 0.5
    )


def _is_first_of_two(reading: Reading, index: int) -> bool:
    """«Гордон и Петренко провели»: what opens a sentence is no common word."""
    second = reading.word(index + 2)
    joined = reading.word(index + 1) == "и" and reading.gap(index) in SPACES
    if not joined or not is_capitalised(second):
        return False
    after = reading.after(reading.words[index + 2].end)
    return after.islower() and "plur" in parses(after)[0].grammemes


def _ordinary(reading: Reading, index: int, kind: Kinds, titled: bool) -> float:
    """A common word with a capital within a sentence: «слова Дюжа», «Хвост признался»."""
    word = reading.words[index]
    if reading.starts_sentence(word.start) or kind.place >= 0.2 or kind.organisation >= 0.2:
        return 0.0
    if kind.other > 0.8 or _is_adjective(reading, index) or word.text.isupper():
        return 0.0
    lemmas = lemmas_of(word.text.lower())
    abstract = word.text.lower().endswith(_ABSTRACT)
    if abstract or lemmas & (HONOURED | ORG_HEADS.keys()) or is_title(word.text):
        return 0.0
    if titled and kind.ordinary < 0.5:
        return 0.6
    if word.text.endswith(("ов", "ев", "ёв")) and not is_placed(reading, index):
        return 0.6  # «Хвостов»: the dictionary has the tails alone
    evidence = titled or is_governed(reading, index, "PER") or speaks(reading, index)
    return 0.55 if evidence and not is_placed(reading, index) else 0.0


def _is_adjective(reading: Reading, index: int) -> bool:
    """«Донбасский» before a noun that it agrees with."""
    word = reading.words[index]
    after = reading.after(word.end)
    if not after.islower() or kinds(word.text).adjective < 0.3:
        return False
    following = {form.agreement for form in (*noun_forms(after), *adjective_forms(after))}
    return any(form.agreement in following for form in adjective_forms(word.text.lower()))


def _is_said(reading: Reading, index: int) -> bool:
    """«Сообщил Ермак»: a verb of speech in the past of one man or woman, and a nominative."""
    before = reading.before(reading.words[index].start)
    if not before.islower() or not before.endswith(("л", "ла", "лся", "лась")):
        return False
    said = any(parse.lemma in _SPEECH and "past" in parse.grammemes for parse in parses(before))
    return said and "nomn" in own_cases(reading.word(index))


def is_apposed(reading: Reading, index: int) -> bool:
    """«Телескоп Хаббл», «клуба Челси»: a name of the thing before it, and not of its maker."""
    word = reading.words[index]
    before = reading.before(word.start)
    if not before or reading.text[word.start - 1] in OPENING:
        return False
    lemmas = lemmas_of(before.lower())
    if not lemmas & (WORKS | PRODUCTS) and not (before.islower() and lemmas & ORG_NOUNS):
        return False
    found = {case for case, gender in agreements(word.text) if gender == "masc"}
    return "gent" not in found or word.text[-1] in _STILL


def _is_of_product(reading: Reading, index: int) -> bool:
    """«Тайфун Аманда»: a thing that has the name of a person."""
    return bool(lemmas_of(reading.before(reading.words[index].start).lower()) & PRODUCTS)


def _is_announced_place(reading: Reading, index: int, kind: Kinds) -> bool:
    """«Город Александрия», «штат Вирджиния»."""
    word = reading.word(index)
    before = reading.before(reading.words[index].start)
    announced = bool(before and lemmas_of(before.lower()) & PLACE_NOUNS)
    return announced and (kind.place > 0 or not kind.known or "gent" not in own_cases(word))


def on_street(reading: Reading, index: int) -> bool:
    """«Проспект Абая», «ул. Гагарина»: the name of a street, whomever it honours."""
    before = reading.word(index - 1)
    if reading.gap(index - 1) in SPACES:
        return bool(lemmas_of(before.lower()) & _STREETS) and before.islower()
    return before in _STREETS_IN_SHORT and reading.gap(index - 1) in {". ", ".", ".\xa0"}


def is_placed(reading: Reading, index: int) -> bool:
    """Whether a preposition of places stands before."""
    return reading.before(reading.words[index].start).lower() in _PLACE_PREPOSITIONS


def is_governed(reading: Reading, index: int, label: str) -> bool:
    """Whether the noun before governs a name of this kind: «слова Петренко», «жители Твери»."""
    word = reading.words[index]
    before = reading.before(word.start)
    if not before or reading.text[word.start - 1] in OPENING:
        return False
    if word.text[-1] in _CONSONANTS or not lemmas_of(before.lower()) & GOVERNORS[label]:
        return False
    cases = own_cases(word.text)
    if label == "LOC":
        cases = cases | {form.case for form in noun_forms(word.text.lower())}
    return "gent" in cases


def is_titled(reading: Reading, index: int) -> bool:
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
