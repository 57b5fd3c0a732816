"""Organisations, by dictionary and context: heads, legal forms, «», acronyms, sites, Latin."""

import re
from collections.abc import Iterator

from annotations.entities.known_names import known_at, listed
from annotations.entities.organisation_phrases import phrase
from annotations.entities.person_context import is_apposed
from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.sources import announces
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    LEGAL_FORMS,
    ORG_NOUNS,
    PRODUCTS,
    WORKS,
    is_acronym,
    is_capitalised,
    is_compound,
    is_cyrillic,
    is_latin,
    is_title,
    kinds,
    lemmas_of,
)

_QUOTED = re.compile(r"«([^«»\n]{1,80})»|\"([^\"\n]{1,80})\"|“([^“”\n]{1,80})”|„([^„“\n]{1,80})“")
_DOMAINS = "ru|рф|com|org|net|info|kz|by|ua|uz|kg|am|az|ge|tj|su|io|tv|fm|news|media|рус|бел|ру"
SITE = re.compile(
    rf"(?<![\w./@:\-])[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,2}}\.(?:{_DOMAINS})(?![\w/@-])",
    re.IGNORECASE,
)
_DECLINED = re.compile(r"([А-ЯЁ]{2,6})(?:а|у|е|ы|ом|ем|ов)")
_CODE = re.compile(r"[A-Z]{1,3}-?\d{1,4}[A-Z]?")  # «B-2», «F-16»
_ROMAN = re.compile(r"[IVXLC]+")
_NATIONAL = frozenset({"kg", "kz", "ru", "ua", "by", "uz", "рф"})  # «365.kz»
_INTO = frozenset({"в", "во", "из", "на", "до", "под", "над", "близ", "через", "около"})


def organisations(reading: Reading) -> Iterator[Mention]:
    """Organisations of every kind of evidence; they may overlap."""
    yield from sites(reading)
    yield from quoted(reading)
    yield from _words(reading)


def sites(reading: Reading) -> Iterator[Mention]:
    """Sites named in the prose: «Lada.kz», not «https://lada.kz/news»."""
    for match in SITE.finditer(reading.text):
        name, _, domain = match.group().rpartition(".")
        if any(map(str.isalpha, name)) or domain.lower() in _NATIONAL:
            yield Mention(match.start(), match.end(), "ORG", 0.85)


def quoted(reading: Reading) -> Iterator[Mention]:
    """Names in «» with a legal form, after a noun such as «газета», or known as such."""
    for match in _QUOTED.finditer(reading.text):
        start, end = match.span(match.lastindex or 0)
        inner = reading.text[start:end]
        if inner != inner.strip() or not _is_title_like(inner):
            continue
        before = reading.before(match.start())
        few = len(inner.split()) < 4
        if before in LEGAL_FORMS:
            first = reading.index_at(match.start()) - 1
            while reading.word(first - 1) in LEGAL_FORMS and reading.gap(first - 1) in SPACES:
                first -= 1  # «СП ООО «Заря»»
            yield Mention(reading.words[first].start, match.end(), "ORG", 0.95)
        elif before and lemmas_of(before.lower()) & ORG_NOUNS:
            yield Mention(start, end, "ORG", 0.95)
        elif (before and _is_source_or_title(reading, match.start(), before) and few) or (
            _is_listed(reading, start, inner) and not lemmas_of(before.lower()) & (WORKS | PRODUCTS)
        ):
            yield Mention(start, end, "ORG", 0.93)


def _is_source_or_title(reading: Reading, start: int, before: str) -> bool:
    """«в интервью «Голосу моря»», «тренер «Зари»»."""
    return is_title(before) or announces(reading, reading.index_at(start) - 1)


def _is_listed(reading: Reading, start: int, inner: str) -> bool:
    """Whether what stands in quotes is an organisation of the dictionary or of our tables."""
    if " " not in inner:
        kind = kinds(inner)
        return bool(listed(inner) & {"bare", "quoted"}) or kind.organisation > 0.3
    index = reading.index_at(start)
    found = known_at(reading, index)
    return found is not None and found[0] == index + len(inner.split()) and found[1] != {"place"}


def _is_title_like(inner: str) -> bool:
    first = inner[:1]
    return (is_capitalised(first) or first.isdigit()) and len(inner.split()) <= 7


def _words(reading: Reading) -> Iterator[Mention]:
    past = 0
    for index in reading.capitals:
        end, confidence = _organisation(reading, index) if index >= past else (past, 0.0)
        if confidence:
            yield Mention(reading.words[index].start, reading.words[end - 1].end, "ORG", confidence)
            past = end


def _organisation(reading: Reading, index: int) -> tuple[int, float]:
    word = reading.word(index)
    if is_latin(word):
        return _latin(reading, index)
    if is_acronym(word) or _DECLINED.fullmatch(word):
        return _acronym(reading, index)
    if not is_cyrillic(word) or not is_capitalised(word):
        return index, 0.0
    end, confidence = phrase(reading, index)
    known = _known(reading, index)
    if known > index and (known >= end or confidence <= 0.4):
        return known, 0.96
    if confidence > 0.4:
        return end, confidence
    return _single(reading, index)


def _known(reading: Reading, index: int) -> int:
    """Index after a listed name of several words; the same index where none stands."""
    found = known_at(reading, index)
    if not found:
        return index
    end, kinds = found
    start = reading.words[index].start
    if "place" in kinds and reading.before(start).lower() in _INTO:
        return index
    quoted = "quoted" in kinds and reading.is_quoted(start, reading.words[end - 1].end)
    return end if kinds & {"bare", "whole"} or quoted else index


def _latin(reading: Reading, index: int) -> tuple[int, float]:
    """Capitalised Latin words in a row, with «of», «and» between: «Bank of Ireland»."""
    end = index + 1
    while _joins_latin(reading, end) and end - index < 8:
        word = reading.word(end)
        if is_latin(word) and word != word.lower():
            end += 1
        elif (
            word in {"of", "and", "the", "for", "de", "to", "und", "with"}
            and is_latin(reading.word(end + 1))
            and reading.gap(end) in SPACES
        ):
            end += 2
        else:
            break
    words = [word.text for word in reading.words[index:end]]
    after = reading.text[reading.words[end - 1].end : reading.words[end - 1].end + 1]
    if (
        _is_of_product(reading, index)
        or len("".join(words)) < 2
        or _ROMAN.fullmatch("".join(words))
        or _CODE.fullmatch(" ".join(words))
        or words[0] in COMMON_ACRONYMS
        or (
            after in {".", "/", "@", "_"}
            and not reading.gap(end - 1)[1:2].isspace()
            and after != "."
        )
    ):
        return index, 0.0
    return end, 0.6


def _joins_latin(reading: Reading, end: int) -> bool:
    initial = len(reading.word(end - 1)) == 1 and reading.gap(end - 1) == ". "
    return reading.gap(end - 1) in {*SPACES, " & "} or initial


def _is_of_product(reading: Reading, index: int) -> bool:
    """«Браузер Opera», «сорта Gala»."""
    return _names_things(reading.before(reading.words[index].start))


def _names_things(word: str) -> bool:
    return bool(lemmas_of(word.lower()) & (WORKS | PRODUCTS))


def _acronym(reading: Reading, index: int) -> tuple[int, float]:
    word = reading.word(index)
    stem = _DECLINED.fullmatch(word)
    bare = stem[1] if stem else word
    if bare in COMMON_ACRONYMS or (bare in LEGAL_FORMS and bare not in {"РИА", "СК"}):
        return index, 0.0
    if any(letter.isdigit() for letter in bare) or _in_capitals(reading, index):
        return index, 0.0
    kind = kinds(bare)
    if kind.place > max(kind.organisation, 0.3):
        return index, 0.0
    if kind.organisation > 0.3:
        return index + 1, 0.9
    if kind.known and kind.ordinary > 0.5 and len(bare) > 5:
        return index, 0.0
    return index + 1, 0.65 if len(bare) < 6 else 0.45


def _in_capitals(reading: Reading, index: int) -> bool:
    """Whether the neighbours are in capitals too: a headline says nothing about acronyms."""
    neighbours = [reading.word(index - 1), reading.word(index + 1)]
    return any(len(word) > 3 and word.isupper() and word.isalpha() for word in neighbours)


def _single(reading: Reading, index: int) -> tuple[int, float]:
    word = reading.words[index]
    kind = kinds(word.text)
    if is_compound(word.text):
        return index + 1, 0.85
    start = reading.starts_sentence(word.start)
    rival = kind.person + kind.place + kind.ordinary * (1.0 if start else 0.3)
    if kind.known and kind.organisation > max(rival, 0.2):
        return index + 1, 0.85 if kind.organisation > 0.5 else 0.65
    strange = not kind.known or max(kind.person, kind.place) < 0.4
    if strange and _is_announced(reading, index) and is_apposed(reading, index):
        return index + 1, 0.7
    return index, 0.0


def _is_announced(reading: Reading, index: int) -> bool:
    before = reading.before(reading.words[index].start)
    return before.islower() and bool(lemmas_of(before) & ORG_NOUNS)
