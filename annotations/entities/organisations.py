"""Organisations, by dictionary and context: heads, legal forms, «», acronyms, sites, Latin."""

import re
from collections.abc import Iterator

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.entities.sources import announces
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    GENERIC_HEADS,
    LEGAL_FORMS,
    ORG_HEADS,
    ORG_NOUNS,
    is_acronym,
    is_capitalised,
    is_compound,
    is_cyrillic,
    is_latin,
    is_pronominal,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.name_words import adjective_forms, case_of, noun_forms

_QUOTED = re.compile(r"«([^«»\n]{1,80})»|\"([^\"\n]{1,80})\"|“([^“”\n]{1,80})”|„([^„“\n]{1,80})“")
_DOMAINS = "ru|рф|com|org|net|info|kz|by|ua|uz|kg|am|az|ge|tj|su|io|tv|fm|news|media|рус|бел|ру"
SITE = re.compile(
    rf"(?<![\w./@:\-])[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,2}}\.(?:{_DOMAINS})(?![\w/@-])",
    re.IGNORECASE,
)
_DECLINED = re.compile(r"([А-ЯЁ]{2,6})(?:а|у|е|ы|ом|ем|ов)")
_ROMAN = re.compile(r"[IVXLC]+")
_MAX_TAIL = 6


def organisations(reading: Reading) -> Iterator[Mention]:
    """Organisations of every kind of evidence; they may overlap."""
    yield from sites(reading)
    yield from quoted(reading)
    yield from _words(reading)


def sites(reading: Reading) -> Iterator[Mention]:
    """Sites named in the prose: «Lada.kz», not «https://lada.kz/news»."""
    for match in SITE.finditer(reading.text):
        if any(letter.isalpha() for letter in match.group().rpartition(".")[0]):
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
            yield Mention(match.start() - len(before) - 1, match.end(), "ORG", 0.95)
        elif before and lemmas_of(before.lower()) & ORG_NOUNS:
            yield Mention(start, end, "ORG", 0.9)
        elif before and _is_source_or_title(reading, match.start(), before) and few:
            yield Mention(start, end, "ORG", 0.8)
        elif len(inner.split()) == 1 and kinds(inner).organisation > 0.3:
            yield Mention(start, end, "ORG", 0.85)


def _is_source_or_title(reading: Reading, start: int, before: str) -> bool:
    """«в интервью «Голосу моря»», «тренер «Зари»»."""
    return is_title(before) or announces(reading, reading.index_at(start) - 1)


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
    if not is_cyrillic(word):
        return index, 0.0
    end = phrase_end(reading, index)
    confidence = _phrase_confidence(reading, index, end) if end > index else 0.0
    if confidence > 0.4:
        return end, confidence
    return _single(reading, index)


def _latin(reading: Reading, index: int) -> tuple[int, float]:
    """Capitalised Latin words in a row, with «of», «and» between: «Bank of Ireland»."""
    end = index + 1
    while reading.gap(end - 1) in {*SPACES, " & "} and end - index < 8:
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
        len("".join(words)) < 2
        or _ROMAN.fullmatch("".join(words))
        or words[0] in COMMON_ACRONYMS
        or (
            after in {".", "/", "@", "_"}
            and not reading.gap(end - 1)[1:2].isspace()
            and after != "."
        )
    ):
        return index, 0.0
    return end, 0.6


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


def _phrase_confidence(reading: Reading, index: int, end: int) -> float:
    """A phrase that opens a sentence may be common words: «Рабочая группа собралась»."""
    if end - index == 1:
        return 0.6
    head = reading.word(end - 1)
    if end - index == 2 and head.islower() and lemmas_of(head) & GENERIC_HEADS:
        return 0.3 if reading.starts_sentence(reading.words[index].start) else 0.7
    if not reading.starts_sentence(reading.words[index].start):
        return 0.85
    official = any(
        ORG_HEADS.get(lemma) == "official"
        for word in reading.words[index:end]
        for lemma in lemmas_of(word.text.lower())
    )
    return 0.8 if official else 0.65


def _single(reading: Reading, index: int) -> tuple[int, float]:
    kind = kinds(reading.word(index))
    if is_compound(reading.word(index)):
        return index + 1, 0.85
    start = reading.starts_sentence(reading.words[index].start)
    rival = kind.person + kind.place + kind.ordinary * (1.0 if start else 0.5)
    if kind.known and kind.organisation > max(rival, 0.2):
        return index + 1, 0.85
    return index, 0.0


def phrase_end(reading: Reading, index: int) -> int:
    """Index after «Министерство обороны», «Союз журналистов»; the same index where none is."""
    head = _head(reading, index)
    if head is None:
        return index
    lemmas = lemmas_of(reading.word(head).lower())
    alone = bool(lemmas & _ALONE)
    end = head + 1 if alone or "суд" in lemmas else tail_end(reading, head + 1)
    lone = end - index == 1
    if lone and (reading.starts_sentence(reading.words[index].start) or not alone):
        return index
    return end


_ALONE = frozenset(
    {"конгресс", "сенат", "госсовет", "бундестаг", "сейм", "мажилис", "дума", "рада", "кнессет",
     "госдепартамент", "генпрокуратура", "совбез", "меджлис", "бундесрат", "генштаб"}
)  # fmt: skip


def _head(reading: Reading, index: int) -> int | None:
    """The noun at the head of an organisation whose name begins at `index`."""
    for head in range(index, index + 5):
        word = reading.word(head).lower()
        if head > index and reading.gap(head - 1) not in SPACES:
            return None
        if lemmas_of(word) & ORG_HEADS.keys() and kinds(word).person < 0.7:
            agreed = head == index or _agree(reading.word(head - 1), word)
            named = head == index or is_capitalised(reading.word(head)) or not _is_plural(word)
            return head if agreed and named else None
        if word == "и" and head > index:
            continue
        if not adjective_forms(word) or kinds(word).person > 0.6 or is_pronominal(word):
            return None
    return None


def _is_plural(word: str) -> bool:
    return all("plur" in parse.grammemes for parse in parses(word) if "NOUN" in parse.grammemes)


def _agree(adjective: str, noun: str) -> bool:
    nouns = {form.agreement for form in noun_forms(noun)}
    return any(form.agreement in nouns for form in adjective_forms(adjective.lower()))


def tail_end(reading: Reading, end: int) -> int:
    """Index after the genitives that go on the name: «… труда и социальной защиты населения»."""
    good, index = end, end
    while index - end < _MAX_TAIL and reading.gap(index - 1) in SPACES:
        word = reading.word(index)
        if word in {"и", "по"} and index > end - 1 and good == index:
            index += 1
            continue
        kind = _tail_word(word, after="по" if reading.word(index - 1) == "по" else "")
        if kind == "noun":
            if reading.gap(good - 1) in SPACES and reading.word(good) == "и" and _heads(word):
                break  # «палата и рабочая группа»: another organisation
            index += 1
            good = index
        elif kind == "adjective":
            index += 1
        else:
            break
    return good


def _heads(word: str) -> bool:
    return bool(lemmas_of(word) & ORG_HEADS.keys())


def _tail_word(word: str, after: str) -> str:
    """Whether a word in lower case may stand in the genitive («по»: dative) as part of a name."""
    if not word or not word.islower() or len(word) < 3:
        return ""
    wanted = "datv" if after else "gent"
    for parse in parses(word):
        if parse.score < 0.15 or case_of(parse) not in {wanted, "datv" if after else "gent"}:
            continue
        if "NOUN" in parse.grammemes:
            return "noun"
        if parse.grammemes & {"ADJF", "PRTF"} and "Apro" not in parse.grammemes:
            return "adjective"
    return ""
