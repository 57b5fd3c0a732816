"""AGE: «19 лет» where the words around say that it is somebody's age."""

from decimal import Decimal

from annotations.figures.amounts import DASHES, Amount, Term, Units, read_amount
from annotations.figures.durations import Time, read_unit
from annotations.figures.finds import Find, bounds, unit_of
from annotations.figures.pieces import NUMBER, WORD, Line
from annotations.lemmas import lemmas, parses

OLDER = frozenset({"старше"})
YOUNGER = frozenset({"младше", "моложе"})
_PRONOUNS = frozenset(["ему", "ей", "им", "мне", "нам", "тебе", "вам", "мужчине", "женщине"])
_BETWEEN = frozenset(
    ["было", "будет", "уже", "всего", "тогда", "сейчас", "сегодня", "лишь", "только", "едва"]
)
_AGE_WORDS = frozenset(
    ["возраст", "исполниться", "исполняться", "достигнуть", "достичь", "старость"]
)
_AGE_NOUNS = frozenset({"возраст", "старший", "младший"})
_GIVING = frozenset({"дать", "назначить", "присудить", "грозить", "добавить"})
_PEOPLE = frozenset(
    [
        "ребенок",
        "дети",
        "мужчина",
        "женщина",
        "девочка",
        "мальчик",
        "подросток",
        "юноша",
        "девушка",
        "парень",
        "гражданин",
        "лицо",
        "несовершеннолетний",
        "школьник",
        "малыш",
        "человек",
        "пенсионер",
        "молодежь",
        "житель",
        "жительница",
        "дочь",
        "сын",
        "девушка",
        "внук",
        "внучка",
        "пациент",
        "пассажир",
        "россиянин",
        "казахстанец",
        "белорус",
    ]
)


def _years(line: Line, i: int) -> tuple[Time, int] | None:
    found = read_unit(line, i)
    if found is None or found[0].designator not in {"Y", "M"} or found[0].size != 1:
        return None
    return found


_AGES = Units(after=_years)


def read_age(line: Line, i: int) -> Find | None:
    """«19 лет», «от 13 до 16 лет», «старше 60 лет» of a person."""
    start, negated = i, line.low(i) == "не"
    word = line.low(i + 1) if negated else line.low(i)
    compared = word in OLDER | YOUNGER
    if compared:
        start = i + 2 if negated else i + 1
    amount = read_amount(line, start, _AGES)
    unit = None if amount is None else unit_of(amount)
    if amount is None or unit is None:
        return None
    if compared:
        amount = _bounded(amount, i, at_least=(word in OLDER) is not negated)
    elif not _is_age(line, i, amount.end):
        return None
    name = "year" if unit.designator == "Y" else "month"
    return Find(i, amount.end, "AGE", bounds(amount, _measure, unit=name), 0.9)


def _bounded(amount: Amount[Time], start: int, at_least: bool) -> Amount[Time]:
    if at_least:
        return amount._replace(start=start, high=None)
    return amount._replace(start=start, low=None)


def _measure(term: Term[Time]) -> Decimal:
    return term.parts[0].number.value


def _is_age(line: Line, i: int, end: int) -> bool:
    """Whether somebody's age is what the words before `i` or after `end` speak of."""
    if line.low(end) == "от" and line.low(end + 1) in {"роду", "рождения"}:
        return True
    if line.low(end) in {"исполнилось", "исполнится", "исполняется"}:
        return True
    if line.low(i) not in {"до", "от"} and _has_name_before(line, i, end):
        return True
    while line.low(i - 1) in {"и", ","} and line.at(i - 2).kind == NUMBER:
        i -= 2  # «мужчины 28 и 34 лет»
        if _has_name_before(line, i, end):
            return True
    before = line.at(i - 1)
    if before.low in DASHES:
        return any(not lemmas(line.low(j)).isdisjoint(_AGE_NOUNS) for j in range(i - 4, i - 1))
    if before.kind != WORD:
        return False
    if before.low in {"в", "во"}:
        return _is_at_age(line, i, end)
    if before.low in {"свои", "неполные", "неполных"}:
        return True
    return _speaks_of_age(line, i)


def _is_at_age(line: Line, i: int, end: int) -> bool:
    """«в 19 лет» is an age, «разница в 19 лет» and «в 5 лет лишения свободы» are not."""
    if line.low(end) in {"лишения", "колонии", "тюрьмы", "заключения"}:
        return False
    before = line.at(i - 2)
    if before.kind != WORD or "возраст" in lemmas(before.low):
        return True
    return "NOUN" not in parses(before.text)[0].grammemes or before.text[0].isupper()


def _has_name_before(line: Line, i: int, end: int) -> bool:
    """«Иванов, 35 лет,» and «Иванов (35 лет)»."""
    opened, closed = line.low(i - 1), line.low(end)
    name = line.at(i - 2)
    named = name.kind == WORD and name.text[0].isupper()
    return named and (opened, closed) in {("(", ")"), (",", ","), ("(", ",")}


def _is_dative_person(line: Line, j: int) -> bool:
    """«Подозреваемому 45 лет», but not «дали подозреваемому 5 лет»."""
    if line.at(j).kind != WORD or not lemmas(line.low(j - 1)).isdisjoint(_GIVING):
        return False
    best = parses(line.at(j).text)[0].grammemes
    return "datv" in best and ("anim" in best or not best.isdisjoint({"PRTF", "Subx"}))


def _speaks_of_age(line: Line, i: int) -> bool:
    j = i - 1
    while line.low(j) in _BETWEEN and j > i - 3:
        j -= 1
    if line.low(j) in _PRONOUNS:
        return True
    if _is_dative_person(line, j):
        return True
    names = lemmas(line.low(j))
    if not names.isdisjoint(_PEOPLE):
        return True
    return any(
        not lemmas(line.low(k)).isdisjoint(_AGE_WORDS) and line.at(k).kind == WORD
        for k in range(i - 1, i - 4, -1)
    )
