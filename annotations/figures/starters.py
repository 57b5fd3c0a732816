"""Which pieces a figure may begin with: asked of every word, so answered from memory."""

import re
from functools import cache, lru_cache

from annotations.figures.comparators import comparators
from annotations.figures.compounds import compound_word
from annotations.figures.dates import relative_year
from annotations.figures.money import SYMBOLS
from annotations.figures.ordinals import roman
from annotations.figures.words import months, numerals, ordinals, weekdays
from annotations.tokens import fold

MARKS = SYMBOLS | frozenset("-−–+~≈<>≤≥")

_WORDS = frozenset(
    [
        "от",
        "с",
        "со",
        "между",
        "не",
        "в",
        "во",
        "около",
        "до",
        "через",
        "без",
        "минус",
        "плюс",
        "полночь",
        "полночи",
        "полуночи",
        "полуночью",
        "полдень",
        "полдня",
        "полудня",
        "полудню",
        "полуднем",
        "полудне",
        "час",
        "часу",
        "часа",
        "сегодня",
        "вчера",
        "завтра",
        "позавчера",
        "послезавтра",
        "накануне",
        "год",
        "неделю",
        "месяц",
        "сутки",
        "день",
        "эти",
        "этой",
        "этим",
        "usd",
        "eur",
        "rub",
        "kzt",
        "byn",
        "us",
        "gbp",
        "cny",
        "десятилетие",
    ]
)
_STEMS = re.compile(
    r"(?:последн|ближайш|предстоящ|начал|середин|кон[ец]|весн|лет|осен|зим|эт|минувш|прошл|младше|моложе|старше)"
)


@lru_cache(maxsize=100_000)
def starts_figure(text: str) -> bool:
    """Whether a figure may begin with this word."""
    low = fold(text)
    return (
        low in _words()
        or _STEMS.match(low) is not None
        or relative_year(low) is not None
        or (text.isupper() and roman(text) is not None)
        or compound_word(low) is not None
    )


@cache
def _words() -> frozenset[str]:
    return _WORDS.union(numerals(), ordinals(), months(), weekdays(), comparators().firsts)
