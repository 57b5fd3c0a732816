"""AGE: «19 лет» where the words around say that it is somebody's age."""

from decimal import Decimal
from functools import cache

from annotations.figures.amounts import DASHES, Amount, Term, Units, read_amount, read_bare
from annotations.figures.durations import Time, is_calendar_year, read_unit
from annotations.figures.finds import Find, bounds, unit_of
from annotations.figures.nouns import agrees
from annotations.figures.ordinals import read_ordinal
from annotations.figures.persons import (
    PERSON,
    THING,
    ends_at_once,
    goes_on,
    is_attribute,
    is_dative,
    is_given,
    is_lasting,
    is_of_some_age,
    is_person,
    is_term,
    is_verbal,
    owner,
    readings,
)
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.lemmas import lemmas
from annotations.lexicon import table

OLDER = frozenset({"старше"})
YOUNGER = frozenset({"младше", "моложе"})
_TURNS = frozenset({"исполнилось", "исполнится", "исполняется"})
_AGE_WORDS = frozenset(
    ["возраст", "исполниться", "исполняться", "достигнуть", "достичь", "старость"]
)
_AGE_NOUNS = frozenset({"возраст", "возрастной", "старший", "младший"})
_CLAUSE_ENDS = frozenset(["", ".", ",", ";", ")", "!", "?", "…", "—", "–", "и", "а", "но"])
_OLDEST = 130
_REACH = 7  # pieces looked back for a verb


def _years(line: Line, i: int) -> tuple[Time, int] | None:
    found = read_unit(line, i)
    if found is None or found[0].designator not in {"Y", "M"} or found[0].size != 1:
        return None
    return found


def _is_year_before_months(bigger: Time, smaller: Time) -> bool:
    return bigger.designator == "Y" and smaller.designator == "M"


_AGES = Units(after=_years, follows=_is_year_before_months)


def read_age(line: Line, i: int) -> Find | None:
    """«19 лет», «от 13 до 16 лет», «старше 60 лет», «ему 30», «78-м году жизни»."""
    return _read_years(line, i) or _read_bare(line, i) or _read_year_of_life(line, i)


def _read_years(line: Line, i: int) -> Find | None:
    start, negated = i, line.low(i) == "не"
    word = line.low(i + 1) if negated else line.low(i)
    compared = word in OLDER | YOUNGER
    if compared:
        start = i + 2 if negated else i + 1
    amount = read_amount(line, start, _AGES)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None or is_calendar_year(line, amount):
        return None
    if _is_too_old(amount, unit):
        return None
    if compared:
        amount = _bounded(amount, i, at_least=(word in OLDER) is not negated)
    elif not _is_age(line, i, amount):
        return None
    mixed = any(term is not None and len(term.parts) > 1 for term in (amount.low, amount.high))
    name = "year" if unit.designator == "Y" and not mixed else "month"
    return Find(
        i, amount.end, "AGE", bounds(amount, _in_months if mixed else _measure, unit=name), 0.95
    )


def _read_bare(line: Line, i: int) -> Find | None:
    """«70» of «артисту исполнилось 70», «30» of «Анне 30», «старше 60»."""
    older, younger = line.low(i) in OLDER, line.low(i) in YOUNGER
    if line.low(i - 1)[:1].isascii() and line.at(i - 1).kind == WORD:
        return None  # «технику на Windows 11»
    amount = read_bare(line, i + 1 if older or younger else i)
    term = None if amount is None else amount.high or amount.low
    if amount is None or term is None:
        return None
    number = term.parts[0].number
    own = line.low(i - 1) in {"свои", "мои"}
    if line.low(amount.end) not in _CLAUSE_ENDS and not (
        (own and not agrees(line, number, amount.end))
        or ((older or younger) and is_verbal(line, amount.end))
    ):
        return None
    if not 1 <= number.value <= _OLDEST or number.value != int(number.value):
        return None
    if older or younger:
        amount = _bounded(amount, i, at_least=older)
    elif not (own or _is_bare_age(line, i, amount.end)):
        return None
    return Find(i, amount.end, "AGE", bounds(amount, _measure, unit="year"), 0.85)


def _is_bare_age(line: Line, i: int, end: int) -> bool:
    """«ему 30»; after a dash only where years were spoken of: «отцу 40 лет, сыну — 7»."""
    if line.low(i - 1) in DASHES:
        before = range(max(0, i - 14), i)
        if not any(line.low(j) in {"лет", "год", "года"} for j in before):
            return False
        if any(is_given(line, j) for j in before):
            return False  # «ей дали 7 лет, а мужу — 12»
    return owner(line, i, end) == PERSON


def _read_year_of_life(line: Line, i: int) -> Find | None:
    """«на 78-м году жизни»: 77 years old."""
    ordinal = read_ordinal(line, i)
    if ordinal is None or not 1 < ordinal.value <= _OLDEST:
        return None
    if line.low(ordinal.end) not in {"году", "год"} or line.low(ordinal.end + 1) != "жизни":
        return None
    age = str(ordinal.value - 1)
    return Find(i, ordinal.end + 2, "AGE", {"min": age, "max": age, "unit": "year"}, 0.85)


def _is_too_old(amount: Amount[Time], unit: Time) -> bool:
    """«возраст находки — 12 тысяч лет»: nobody's age."""
    term = amount.high or amount.low
    return term is not None and unit.designator == "Y" and _measure(term) > _OLDEST


def _bounded(amount: Amount[Time], start: int, at_least: bool) -> Amount[Time]:
    if at_least:
        return amount._replace(start=start, high=None)
    return amount._replace(start=start, low=None)


def _measure(term: Term[Time]) -> Decimal:
    return term.parts[0].number.value


def _in_months(term: Term[Time]) -> Decimal:
    """«2 года и 3 месяца»: 27."""
    return sum(
        (
            part.number.value * (12 if part.unit is None or part.unit.designator == "Y" else 1)
            for part in term.parts
        ),
        Decimal(0),
    )


def _is_age(line: Line, i: int, amount: Amount[Time]) -> bool:
    """Whether somebody's age is what the words around the amount speak of."""
    end = amount.end
    if line.low(end) == "от" and line.low(end + 1) in {"роду", "рождения"}:
        return True
    if line.low(end) in {"с", "со"} and line.low(end + 1) in {"дня", "момента", "начала"}:
        return False  # «исполнилось 20 лет со дня основания»
    whose = owner(line, i, end)
    if whose is not None or line.low(end) in _TURNS:
        return whose != THING
    if line.low(i) not in {"до", "от"} and _is_aside(line, i, end):
        return True
    if amount.low != amount.high and line.low(i) == "с" and is_of_some_age(line, end):
        return True  # «с 14 до 18 лет подростки»
    while line.low(i - 1) in {"и", ","} and line.at(i - 2).kind == NUMBER:
        i -= 2  # «мужчины 28 и 34 лет»
        if _is_aside(line, i, end):
            return True
    return _is_told_before(line, i, amount)


def _is_told_before(line: Line, i: int, amount: Amount[Time]) -> bool:
    """Whether the word before the amount makes it an age: «в», «возраст», «мужчина»."""
    before = line.at(i - 1)
    if before.low in DASHES:
        return _has_age_noun(line, i - 2)
    if before.kind != WORD:
        return False
    if before.low in {"в", "во", "к", "с"}:
        return _is_at_age(line, i, amount.end)
    if before.low in {"свои", "неполные", "неполных"}:
        return True
    return _has_age_word(line, i) or _is_of_person(line, i, amount)


def _has_age_noun(line: Line, j: int) -> bool:
    """«средний возраст —», «старший —»; not «разница в возрасте —»."""
    near = [lemmas(line.low(k)) for k in range(j, j - 6, -1)]
    named = any(not names.isdisjoint(_AGE_NOUNS) for names in near[:3])
    return named and not any("разница" in names for names in near)


def _has_age_word(line: Line, i: int) -> bool:
    """«исполнилось», «в возрасте», «достигший» shortly before, «дожить до»."""
    reach = 6 if line.low(i - 1) == "до" else 4
    words = _AGE_WORDS | {"дожить"} if reach > 4 else _AGE_WORDS
    return any(
        not lemmas(line.low(k)).isdisjoint(words) and line.at(k).kind == WORD
        for k in range(i - 1, i - reach, -1)
    )


@cache
def _lasting() -> frozenset[str]:
    return frozenset(row[0] for row in table("lasting"))


def _is_at_age(line: Line, i: int, end: int) -> bool:
    """«в 19 лет», «с 6 лет», «к 30 годам»; not «разница в 19 лет», «приговорён к 5 годам»."""
    if line.low(end) in {"до", "по", "на"} or is_term(line, end):
        return False
    if _is_of_noun(line, i - 2):
        return False  # «война в 20 лет»
    reach = 3 if line.low(i - 1) in {"в", "во"} else _REACH
    words = [line.low(j) for j in range(max(0, i - 1 - reach), i - 1) if line.at(j).kind == WORD]
    return not any(lemmas(word) & _lasting() for word in words)


def _is_of_noun(line: Line, j: int) -> bool:
    """Whether a noun of a thing at piece `j`, that no verb before it governs, is so long."""
    best = readings(line, j)[:1]
    if not best or not {"NOUN", "inan", "nomn"} <= best[0].grammemes:
        return False
    return line.at(j).text.islower() and not any(is_verbal(line, k) for k in range(j - 5, j))


def _is_aside(line: Line, i: int, end: int) -> bool:
    """«Иванов, 35 лет,», «Иванов (35 лет)», «водитель, 40 лет, погиб»."""
    name = line.at(i - 2)
    closed = "," if line.low(end) == "и" and line.at(end + 1).kind == NUMBER else line.low(end)
    if (line.low(i - 1), closed) not in {("(", ")"), (",", ","), ("(", ",")}:
        return False
    if name.kind != WORD or name.text[0].isupper() or is_person(line, i - 2):
        return name.kind == WORD
    return line.low(i - 1) == "(" and is_person(line, end + 1)  # «юный (15 лет) гроссмейстер»


def _is_of_person(line: Line, i: int, amount: Amount[Time]) -> bool:
    """«мужчина 32 лет», «дети до 14 лет», «нашли мальчика 10 лет»; not «ждал отца 10 лет»."""
    j = i - 1
    while j > i - 4 and not is_person(line, j) and is_attribute(line, j):
        j -= 1
    if not is_person(line, j) or is_term(line, amount.end) or is_given(line, j):
        return False
    if _is_genitive(line, amount):
        return True
    if amount.low != amount.high:
        return is_of_some_age(line, j) or not is_dative(line, j)
    if goes_on(line, amount.end) and not ends_at_once(line, amount.end):
        return False
    return is_of_some_age(line, j) or not is_lasting(line, j)


def _is_genitive(line: Line, amount: Amount[Time]) -> bool:
    """«32 лет», «31 года», «сорока лет»: no length of time is said in the genitive."""
    term = amount.high or amount.low
    number = None if term is None else term.parts[0].number
    if number is None or number.value != int(number.value):
        return False
    last, unit = int(number.value) % 10, line.low(number.end)
    if int(number.value) % 100 in range(11, 15):
        last = 0
    word = line.low(number.end - 1) if line.at(number.end - 1).kind == WORD else ""
    if word.endswith(("и", "ух", "ех", "сорока", "ста")):
        return word != "три"
    return (last == 1 and unit == "года") or (last in {2, 3, 4} and unit == "лет")
