"""Chinese, Korean and Vietnamese names: the surname stands first and mostly does not decline.

«Си Цзиньпину» is Си Цзиньпин; «Ким Чен Ына» and «Кима Чен Ына» are Ким Чен Ын.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from annotations.folding import fold
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import CASES, PERSONAL, WordForm, listed_forms

_MOST_PARTS = 4
_FINALS = "аеёиоуыэюяйьнгкптлмр"  # letters that the last syllable may end in
_SYLLABLE = re.compile("[аеёиоуыэюя]+")
_CHINESE = re.compile(
    "(?:(?:чж|цз|[бпмфдтнлгкхцчшжсвр])?"
    "(?:ао|ай|эй|оу|уай|уань|уан|уа|уо|уй|юэ|яо|эр|[аоуыэюяеий])(?:нь|нъ|н)?){1,2}"
)
_DECLINED = (
    (re.compile(r"(.+[бвгджзклмнпрстфхцчш])а"), "", ("gent", "accs")),
    (re.compile(r"(.+[бвгджзклмнпрстфхцчш])у"), "", ("datv",)),
    (re.compile(r"(.+[бвгджзклмнпрстфхцчш])ом"), "", ("ablt",)),
    (re.compile(r"(.+[бвгджзклмнпрстфхцчш])е"), "", ("loct",)),
    (re.compile(r"(.+[лн])я"), "ь", ("gent", "accs")),
    (re.compile(r"(.+[лн])ю"), "ь", ("datv",)),
    (re.compile(r"(.+[лн])ем"), "ь", ("ablt",)),
    (re.compile(r"(.+[лн])е"), "ь", ("loct",)),
    (re.compile(r"(.+[аеоуыэюя])я"), "й", ("gent", "accs")),
    (re.compile(r"(.+[аеоуыэюя])ю"), "й", ("datv",)),
    (re.compile(r"(.+[аеоуыэюя])ем"), "й", ("ablt",)),
    (re.compile(r"(.+[аеоуыэюя])е"), "й", ("loct",)),
)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(fold(name) for row in table("eastern_surnames") for name in row[0].split())


def eastern_forms(parts: Sequence[str]) -> Sequence[Sequence[WordForm]]:
    """The forms of each part (in lower case) of an Eastern name; none of any other name."""
    if not 1 < len(parts) <= _MOST_PARTS:
        return ()
    surname = [form for form in _declined(parts[0]) if fold(form.nominative) in _surnames()]
    if fold(parts[0]) in _surnames():
        surname += _as_it_is(parts[0])
    short = all(_length(part) == 1 for part in parts[:-1]) and len(parts) > 2
    if not (surname or short) or (not short and any(map(_is_of_other_kind, parts[1:]))):
        return ()
    last = [form for form in _declined(parts[-1]) if _may_end(form.nominative, len(parts))]
    if _may_end(parts[-1], len(parts)):
        last += _undeclined(parts[-1], 0.3 if last else 1.0)
    if not last or any(_length(part) != 1 for part in parts[1:-1]):
        return ()
    middle = [_as_it_is(part) for part in parts[1:-1]]
    return [surname or _as_it_is(parts[0]), *middle, last]


def _length(part: str) -> int:
    return len(_SYLLABLE.findall(part))


def _is_of_other_kind(part: str) -> bool:
    """«Ким Роман», «Ли Кузнецова»: names that decline as any other."""
    if len(part) == 1 or "." in part or listed_forms(part):
        return True
    names = [parse.grammemes for parse in parses(part) if parse.known]
    return any(found & PERSONAL and "plur" not in found for found in names)


def _may_end(nominative: str, count: int) -> bool:
    """Whether a nominative can be the last part: a syllable of three, one or two of two."""
    plain = nominative.replace("-", "")
    if nominative[-1] not in _FINALS:
        return False
    if count > 2:
        return _length(plain) == 1
    return _length(plain) == 1 or _CHINESE.fullmatch(plain) is not None or "-" in nominative


def _as_it_is(part: str) -> list[WordForm]:
    return [WordForm(part, case, gender, 1.0) for case in CASES for gender in ("masc", "femn")]


def _undeclined(part: str, weight: float) -> Iterator[WordForm]:
    """A part as it stands: of a woman or in a vowel in any case, of a man in the nominative."""
    vowel = _SYLLABLE.fullmatch(part[-1]) is not None
    yield WordForm(part, "nomn", "masc", weight if vowel else 1.0)
    for case in CASES:
        yield WordForm(part, case, "femn", weight * (0.5 if vowel else 0.15))
        if vowel and case != "nomn":
            yield WordForm(part, case, "masc", weight)


def _declined(part: str) -> list[WordForm]:
    """The nominatives of men that a part may be an oblique case of."""
    return [
        WordForm(match[1] + base, case, "masc", 1.0)
        for pattern, base, cases in _DECLINED
        for match in [pattern.fullmatch(part)]
        if match and _SYLLABLE.search(match[1])
        for case in cases
    ]
