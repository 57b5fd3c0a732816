"""Whose age: the person in the dative, or the noun of a person, that years are said of.

«Самому пожилому участнику забега 91 год», «ему, по данным суда, 26», «мужчина 32 лет».
"""

from collections.abc import Iterator

from annotations.figures.amounts import DASHES
from annotations.figures.pieces import WORD, Line
from annotations.lemmas import Parse, lemmas, parses

PERSON = "person"
THING = "thing"

_LEAST_SCORE = 0.01
_REACH = 8  # words of a phrase, or of what stands before it in its clause
_ASIDE = 30  # pieces of what stands between commas
_PRONOUNS = frozenset(
    [
        "ему",
        "ей",
        "им",
        "мне",
        "нам",
        "тебе",
        "вам",
        "кому",
        "каждому",
        "каждой",
        "обоим",
        "обеим",
        "всем",
        "самому",
        "самой",
    ]
)
_BEYOND = frozenset({"за", "под"})  # «за 80», «под 40»
_RELATIVE = frozenset({"которому", "которой", "которым"})
_BETWEEN = frozenset(
    [
        *("было", "был", "будет", "бы", "уже", "еще", "всего", "тогда", "сейчас", "теперь"),
        *("сегодня", "лишь", "только", "едва", "нет", "не", "по", "недавно", "скоро", "вчера"),
        *("оказалось", "стукнуло", "завтра", "накануне", "даже", "ровно", "около", "почти"),
        *("далеко", "глубоко", "примерно", "почти"),
    ]
)
_PEOPLE = frozenset(
    [
        *("ребенок", "дети", "мужчина", "женщина", "девочка", "мальчик", "подросток", "юноша"),
        *("девушка", "парень", "гражданин", "лицо", "несовершеннолетний", "школьник", "малыш"),
        *("человек", "пенсионер", "молодежь", "житель", "жительница", "население"),
    ]
)
_SUBSTANTIVES = (
    *("погибш", "пострадавш", "задержанн", "обвиняем", "подозреваем", "подсудим", "раненн"),
    *("ранен", "заключенн", "умерш"),
)
_TURNING = frozenset({"исполниться", "исполняться"})
_COPULAS = frozenset({"быть", "оказаться", "стукнуть", "исполниться", "исполняться", "мочь"})
_GIVING = frozenset(
    [
        *("дать", "назначить", "присудить", "грозить", "добавить", "запросить", "просить"),
        *("требовать", "потребовать", "вменить", "светить", "понадобиться", "хватить"),
        *("потребоваться", "продлить", "сократить", "предоставить", "остаться", "оставаться"),
    ]
)
_THROUGH = frozenset(
    [
        *("прожить", "проработать", "простоять", "провести", "прослужить", "просидеть", "пробыть"),
        *("отсидеть", "отработать", "отслужить", "прождать", "проучиться", "пролежать"),
    ]
)
_SENTENCES = frozenset(
    [
        *("лишение", "колония", "тюрьма", "заключение", "режим", "арест", "условно", "строгий"),
        *("дисквалификация", "ограничение", "принудительный", "исправительный", "каторга"),
    ]
)
_BREAKS = frozenset([",", ".", "!", "?", ";", ":", "…", "(", ")", "«", "", "и", "а", "но", "что"])
_MAKING = frozenset({"когда", "если", "как", "чтобы", "пока", "хотя", "или", "потому", "поскольку"})
_NOMINAL = frozenset({"NOUN", "ADJF", "PRTF", "NPRO", "NUMR"})
_VERBAL = frozenset({"VERB", "INFN", "GRND", "PRTS", "ADJS"})


def readings(line: Line, j: int) -> list[Parse]:
    """What the word at piece `j` may be a form of, without what is next to never meant."""
    if line.at(j).kind != WORD:
        return []
    return [parse for parse in parses(line.at(j).text) if parse.score >= _LEAST_SCORE]


def is_verbal(line: Line, j: int) -> bool:
    """Whether piece `j` is a predicate: a verb, a short participle, «должны»."""
    if line.at(j).kind != WORD or line.low(j) in _BETWEEN:
        return False
    return not parses(line.at(j).text)[0].grammemes.isdisjoint(_VERBAL)


def is_person(line: Line, j: int) -> bool:
    """Whether piece `j` is a noun of a person, or a participle that stands for one."""
    if line.at(j).kind != WORD:
        return False
    if is_of_some_age(line, j) or line.low(j).startswith(_SUBSTANTIVES):
        return True
    best = readings(line, j)[:1]
    return bool(best) and {"NOUN", "anim"} <= best[0].grammemes


def is_of_some_age(line: Line, j: int) -> bool:
    """Whether piece `j` is one of the words that an age is most often said with."""
    return not lemmas(line.low(j)).isdisjoint(_PEOPLE)


def is_attribute(line: Line, j: int) -> bool:
    """Whether piece `j` may be the «Минска» of «житель Минска»."""
    if not readings(line, j) or is_verbal(line, j):
        return False
    return line.at(j).text[0].isupper() or _is_genitive(line, j)


def is_given(line: Line, j: int) -> bool:
    """Whether the years are given to the person at piece `j` («дали мужчине 5 лет»)."""
    return any(not lemmas(line.low(k)).isdisjoint(_GIVING) for k in range(j - 4, j))


def is_dative(line: Line, j: int) -> bool:
    """Whether piece `j` is a dative in its likeliest reading."""
    return any("datv" in parse.grammemes for parse in readings(line, j)[:1])


def is_lasting(line: Line, j: int) -> bool:
    """Whether the nearest verb before piece `j` tells what went on: «ждал отца 10 лет»."""
    for k in range(j - 1, j - 1 - _REACH, -1):
        if line.low(k) in _BREAKS:
            return False
        if is_verbal(line, k) and lemmas(line.low(k)).isdisjoint(_COPULAS):
            return "impf" in parses(line.at(k).text)[0].grammemes
    return False


def owner(line: Line, i: int, end: int) -> str | None:
    """Who or what the years in the pieces `i` to `end` are of, where a dative says it."""
    if goes_on(line, end):
        return None
    beyond = line.low(i - 1) in _BEYOND or (line.low(i - 1), line.low(i - 2)) == ("и", "нет")
    j = i - 2 if beyond else i - 1
    while line.low(j) in _BETWEEN or not lemmas(line.low(j)).isdisjoint(_TURNING):
        j -= 1
    if line.low(j) == ",":
        return _before_aside(line, j)
    dashed = line.low(j) in DASHES and not line.glued(j)
    found = _phrase(line, j - 1 if dashed else j)
    if dashed and found is not None and _is_governed(line, found[1]):
        return None  # «приговор Иванову — 5 лет»
    if found is None:
        return _after(line, end) if not lemmas(line.low(i - 1)).isdisjoint(_TURNING) else None
    kind, start = found
    return kind if _is_subject(line, start) else None


def goes_on(line: Line, end: int) -> bool:
    """«5 лет не отвечали», «5 лет работы»: no age."""
    low = line.low(end)
    if low == "не" or is_term(line, end):
        return True
    if low in {"от", "отроду", "исполнилось", "исполнится", "исполняется", "было", "будет"}:
        return False
    best = readings(line, end)[:1]
    return any(is_verbal(line, end) or {"NOUN", "gent"} <= parse.grammemes for parse in best)


def ends_at_once(line: Line, end: int) -> bool:
    """Whether what follows happened once: «девушка 18 лет пропала»; «прожила» lasts."""
    best = readings(line, end)[:1]
    if not best or not {"VERB", "perf"} <= best[0].grammemes:
        return False
    return best[0].lemma not in _THROUGH


def is_term(line: Line, end: int) -> bool:
    """«5 лет лишения свободы», «5 лет подряд»: what follows years that are no age."""
    low = line.low(end)
    if low in {"подряд", "спустя", "назад"}:
        return True
    return line.at(end).kind == WORD and not lemmas(low).isdisjoint(_SENTENCES)


def _before_aside(line: Line, j: int) -> str | None:
    """«старшему, по данным суда, 26 лет»: the phrase before a comma, where a clause begins."""
    for k in range(j - 1, max(0, j - _ASIDE), -1):
        if line.low(k) in {".", "!", "?", ";"}:
            return None
        if line.low(k) == "," and (found := _phrase(line, k - 1)) is not None:
            kind, start = found
            if _is_subject(line, start) and not _is_governed(line, start):
                return kind
    return None


def _is_governed(line: Line, start: int) -> bool:
    return line.at(start - 1).kind == WORD and line.low(start - 1) not in _BREAKS | _MAKING


def _phrase(line: Line, j: int) -> tuple[str, int] | None:
    """The phrase in the dative that ends at piece `j`: what it is of, and where it begins."""
    found: tuple[str, int] | None = None
    for k in _leftwards(line, j):
        low = line.low(k)
        if low in _PRONOUNS:
            return PERSON, k
        if low in _RELATIVE:
            return _antecedent(line, k), k
        kind = _dative(line, k)
        if kind is not None and found is not None and not _is_noun(line, k):
            found = found[0], k  # «Московскому метро», «погибшей Марии»
            continue
        if kind == THING and found is not None and found[0] == PERSON and not _may_head(line, k):
            break
        if kind is not None:
            found = kind, k
        elif not _is_genitive(line, k):
            break
    return found


def _leftwards(line: Line, j: int) -> Iterator[int]:
    """The nominal words of a phrase, from its end; quoted names and «по шахматам» passed over."""
    for _ in range(_REACH):
        if line.low(j) == "»":
            j = next((k - 1 for k in range(j - 1, j - _REACH, -1) if line.low(k) == "«"), -1)
        if _is_preposition(line, j - 1):
            j -= 2
            continue
        best = readings(line, j)[:1]
        if not best or best[0].grammemes.isdisjoint(_NOMINAL):
            return
        yield j
        j -= 1


def _is_preposition(line: Line, j: int) -> bool:
    return any("PREP" in parse.grammemes for parse in readings(line, j)[:1])


def _dative(line: Line, k: int) -> str | None:
    """Whether the word may be a person's or a thing's dative; an adjective alone is a person's."""
    forms = [parse.grammemes for parse in readings(line, k) if "datv" in parse.grammemes]
    if not forms:
        return None
    if any("anim" in form or form.isdisjoint({"NOUN"}) for form in forms):
        return PERSON
    return THING


def _is_noun(line: Line, k: int) -> bool:
    best = readings(line, k)[:1]
    return bool(best) and "NOUN" in best[0].grammemes


def _may_head(line: Line, k: int) -> bool:
    """Whether «заводу» of «заводу отца» may rule what follows: the genitive is no head."""
    return not _is_genitive(line, k)


def _is_genitive(line: Line, k: int) -> bool:
    return any("gent" in parse.grammemes for parse in readings(line, k))


def _antecedent(line: Line, k: int) -> str:
    """Whether «, которому 50 лет» speaks of a thing: the noun before the comma tells."""
    best = readings(line, k - 2)[:1] if line.low(k - 1) == "," else []
    things = any({"NOUN", "inan"} <= parse.grammemes for parse in best)
    return THING if things else PERSON


def _is_subject(line: Line, start: int) -> bool:
    """Whether nothing before the phrase governs it: not «дали ему», «помогал детям», «к отцу»."""
    for distance, k in enumerate(range(start - 1, start - 1 - _REACH, -1)):
        low = line.low(k)
        if low in _BREAKS or low in _MAKING or low in DASHES:
            break
        names = lemmas(low)
        if not names.isdisjoint(_COPULAS):
            continue
        if _is_preposition(line, k - 1):
            continue
        if is_verbal(line, k) or not names.isdisjoint(_GIVING):
            return False
        if distance == 0 and _is_preposition(line, k):
            return False
    return not is_given(line, start)


def _after(line: Line, end: int) -> str | None:
    """«исполнилось 80 лет театру»: what the years are of, said after them."""
    for k in range(end, end + 4):
        forms = readings(line, k)
        if not forms or forms[0].grammemes.isdisjoint(_NOMINAL):
            return None
        if "NOUN" in forms[0].grammemes and "datv" in forms[0].grammemes:
            return PERSON if "anim" in forms[0].grammemes else THING
    return None
