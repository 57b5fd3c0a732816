"""Names in «» that no noun announces: what was won, bought or owned there is an organisation."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotations.entities.known_names import known_at, listed
from annotations.entities.reading import Mention, Reading
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    LEGAL_FORMS,
    ORG_NOUNS,
    PLACE_NOUNS,
    WORKS,
    is_capitalised,
    is_verb,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import adjective_forms, case_of, noun_forms
from annotations.names import person_readings, thing_readings
from annotations.tokens import fold

_QUOTED = re.compile(r"«([^«»\"\n]{2,50})»|\"([^\"\n]{2,50})\"|“([^“”\n]{2,50})”|„([^„“\n]{2,50})“")
_CHAIN = re.compile(r"[»\"”“] ?(?:,|,? (?:и|или|а также|против|—|–|-)|—|–|-|/) ?[«\"“„]")
_PLAIN = re.compile(r"[\w \-–&'’.+]+")
_BELONGINGS = frozenset(row[0] for row in table("belongings") if len(row) == 1)
_JOINED = frozenset(row for row in table("belongings") if len(row) == 2)
_DEALINGS = frozenset(table("dealings"))
_TITLE = re.compile(r"«[^«»\n]{3,120}»|\"[^\"\n]{3,120}\"")
_WRITTEN = frozenset(
    {"комедия", "фильм", "спектакль", "книга", "роман", "пьеса", "песня", "сериал", "картина",
     "повесть", "рассказ", "поэма", "мюзикл", "опера", "балет", "мультфильм", "драма", "триллер",
     "боевик", "мелодрама", "детектив", "стихотворение", "сказка", "телесериал"}
)  # fmt: skip
_STAGING = frozenset(
    {"поставить", "ставить", "показать", "показывать", "экранизировать", "исполнить", "спеть",
     "станцевать", "репетировать", "сыграть", "дописать", "озвучить", "посмотреть"}
)  # fmt: skip
_CARS = frozenset(fold(name) for row in table("cars") for name in row[0].split())
_CAR_BEGINNINGS = frozenset(name[:2].capitalize() for name in _CARS)
_ON_CAR = frozenset({"на", "его", "её", "мой", "моя", "мою", "моей", "моего", "их", "рулём"})
_DRIVING = frozenset(
    {"угнать", "разбить", "заметить", "протаранить", "подрезать", "припарковать", "водить",
     "чинить", "вести", "остановить", "сжечь", "поджечь", "водитель", "салон", "багажник",
     "капот", "кузов", "руль", "хозяин", "угон", "такси"}
)  # fmt: skip
_TELLING_VERBS = frozenset(
    {"рассказать", "сообщить", "пояснить", "заявить", "сказать", "уточнить", "рассказывать",
     "подтвердить", "объяснить", "признаться", "прокомментировать"}
)  # fmt: skip
_MATCHES = frozenset({"матч", "поединок", "дерби", "полуфинал", "спарринг"})
_MOST_WORDS = 4
_TELLING = 2  # letters that no case form changes


class _Quote(NamedTuple):
    """A quoted name: its span within the quotes."""

    start: int
    end: int


def quoted_names(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Акции «Севера»», «между «Ладой» и «Верой»» are ORG; what a film is called is nothing."""
    mentions = _titles_off(reading, mentions)
    quotes = _quotes(reading)
    if not quotes:
        return mentions
    found = {(mention.start, mention.end): mention for mention in mentions}
    things = _chained(reading, quotes, [_is_thing(reading, quote) for quote in quotes], back=False)
    announced = [
        not thing and (_is_organisation(reading, quote) or _is_found(found, quote))
        for quote, thing in zip(quotes, things, strict=True)
    ]
    organisations = _chained(reading, quotes, announced, back=True)
    if not any(things) and not any(organisations):
        return mentions
    names = _names(reading, quotes, things, organisations)
    of_things, of_organisations = _chosen(names, things), _chosen(names, organisations)
    chosen: dict[_Quote, str] = {}
    for index, quote in enumerate(quotes):
        if things[index] or (names[index] & of_things and not _is_told_of(reading, quote)):
            chosen[quote] = ""
        elif organisations[index] or names[index] & of_organisations:
            chosen[quote] = "ORG"
    return _relabelled(reading, mentions, found, chosen)


def _is_told_of(reading: Reading, quote: _Quote) -> bool:
    """Whether what stands beside a quote makes an organisation of it, whatever it is elsewhere."""
    before = reading.before(quote.start)
    noun = bool(before) and bool(lemmas_of(before.lower()) & ORG_NOUNS)
    return noun or before in LEGAL_FORMS or _is_organisation(reading, quote)


def _relabelled(
    reading: Reading,
    mentions: Sequence[Mention],
    found: dict[tuple[int, int], Mention],
    chosen: dict[_Quote, str],
) -> Iterable[Mention]:
    """The mentions, those in the chosen quotes as they were chosen."""
    spans = sorted(chosen)
    place = 0
    for mention in mentions:
        while place < len(spans) and spans[place][1] <= mention.start:
            place += 1
        inside = place < len(spans) and spans[place][0] <= mention.start
        inside = inside and mention.end <= spans[place][1]
        if not inside:
            yield mention
    for span, label in chosen.items():
        old = found.get(span)
        if label and (old or not _has_verb(reading.text[span.start : span.end])):
            yield Mention(*span, label, max(old.confidence, 0.8) if old else 0.8)


def _quotes(reading: Reading) -> list[_Quote]:
    quotes = []
    for match in _QUOTED.finditer(reading.text):
        start, end = match.span(match.lastindex or 0)
        inner = reading.text[start:end]
        if _is_name_like(inner):
            quotes.append(_Quote(start, end))
    return quotes


def _is_name_like(inner: str) -> bool:
    words = inner.split(" ")
    return (
        (is_capitalised(inner) or inner[0].isdigit())
        and len(words) <= _MOST_WORDS
        and _PLAIN.fullmatch(inner) is not None
        and inner[-1] != "."
        and inner not in COMMON_ACRONYMS
    )


def _has_verb(inner: str) -> bool:
    """Whether a quote says something: «Мы дали им полгода» is no name."""
    return any(len(word) > 1 and is_verb(word) for word in inner.split(" ")[1:])


def _chained(
    reading: Reading, quotes: Sequence[_Quote], flags: Sequence[bool], back: bool
) -> list[bool]:
    """What holds for a quote holds for those that are strung after it: «А», «Б» и «В»."""
    result = list(flags)
    for index in range(1, len(quotes)):
        if result[index - 1] and _are_strung(reading, quotes[index - 1], quotes[index]):
            result[index] = True
    for index in range(len(quotes) - 2, -1, -1) if back else ():
        if result[index + 1] and _are_strung(reading, quotes[index], quotes[index + 1]):
            result[index] = True
    return result


def _are_strung(reading: Reading, left: _Quote, right: _Quote) -> bool:
    between = reading.text[left.end : right.start]
    return len(between) < 20 and _CHAIN.fullmatch(between) is not None


def _names(
    reading: Reading, quotes: Sequence[_Quote], things: Sequence[bool], others: Sequence[bool]
) -> list[set[str]]:
    """The nominatives of each quote that is told, or begins as one that is told."""
    inner = [reading.text[quote.start : quote.end] for quote in quotes]
    told = {
        text[:_TELLING] for text, *flags in zip(inner, things, others, strict=True) if any(flags)
    }
    return [_nominatives(text) if text[:_TELLING] in told else set() for text in inner]


def _nominatives(inner: str) -> set[str]:
    """The folded nominatives that a quoted name may have."""
    options = [*thing_readings(inner)[:2], *person_readings(inner)[:1]]
    return {fold(option.name) for option in options}


def _chosen(names: Sequence[set[str]], flags: Sequence[bool]) -> set[str]:
    return {name for own, flag in zip(names, flags, strict=True) if flag for name in own}


def _is_thing(reading: Reading, quote: _Quote) -> bool:
    """«фильм «Море»»; «акции «Моря»» are of an organisation."""
    before = reading.before(quote.start).lower()
    if not before:
        return False
    if not lemmas_of(before) & WORKS:
        return _is_car(reading, quote, before) or _is_staged(reading, quote, before)
    return not _belongs(reading, quote, before)


def _is_car(reading: Reading, quote: _Quote, before: str) -> bool:
    """«на синей «Ниве»», «угнал «Хонду»»: a car of that make, and not its maker."""
    inner = reading.text[quote.start : quote.end]
    if inner[:2] not in _CAR_BEGINNINGS or not _car_names(inner) & _CARS:
        return False
    if before in _ON_CAR or reading.after(quote.end) == "без":  # «"Хонда" без номеров»
        return True
    return any(
        parse.lemma in _DRIVING or parse.grammemes & {"ADJF", "PRTF"} for parse in parses(before)
    )


def _car_names(inner: str) -> set[str]:
    return {fold(form.nominative) for form in noun_forms(inner.lower())} | {fold(inner)}


def _is_staged(reading: Reading, quote: _Quote, before: str) -> bool:
    """«поставил «Вишнёвый сад»»: a work after a verb of the stage, if no listed name."""
    if not any(parse.lemma in _STAGING for parse in parses(before)):
        return False
    inner = reading.text[quote.start : quote.end]
    known = known_at(reading, reading.index_at(quote.start))
    return not known and not listed(inner)


def _titles_off(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """What stands within the long title of a work names nothing: «комедия «Еду в Дубай»»."""
    spans = [
        match.span()
        for match in _TITLE.finditer(reading.text)
        if match[0].count(" ") > 1
        and lemmas_of(reading.before(match.start()).lower() or "-") & _WRITTEN
    ]
    return [
        mention
        for mention in mentions
        if not any(start < mention.start and mention.end < end for start, end in spans)
    ]


def _is_found(found: dict[tuple[int, int], Mention], quote: _Quote) -> bool:
    mention = found.get((quote.start, quote.end))
    return mention is not None and mention.label == "ORG"


def _belongs(reading: Reading, quote: _Quote, before: str) -> bool:
    """Whether the noun before is of something that organisations have, the name a genitive."""
    if not lemmas_of(before) & _BELONGINGS:
        return False
    inner = reading.text[quote.start : quote.end]
    first = inner.split(" ")[0].lower()
    cases = {case_of(parse) for parse in parses(first) if parse.score > 0.05}
    people = any(parse.grammemes >= {"NOUN", "anim"} for parse in parses(before))
    return "gent" in cases and ("nomn" not in cases or people)


def _is_organisation(reading: Reading, quote: _Quote) -> bool:
    before = reading.before(quote.start).lower()
    if before:
        lemmas = lemmas_of(before)
        if (lemmas & PLACE_NOUNS and not lemmas & ORG_NOUNS) or before.upper() in LEGAL_FORMS:
            return False
        if _belongs(reading, quote, before):
            return True
        if (
            before == "между"
            or lemmas & _MATCHES
            or _deals(before, "object")
            or _is_joined(reading, quote, before)
            or _is_told(reading, quote, before)
        ):
            return True
    after = reading.after(quote.end)
    return after.islower() and (not before or before in _WEAK) and _deals(after, "subject")


def _is_told(reading: Reading, quote: _Quote, before: str) -> bool:
    """«рассказали «Сельской правде»»: whom somebody told, in the dative."""
    told = any(
        parse.lemma in _TELLING_VERBS and "VERB" in parse.grammemes for parse in parses(before)
    )
    if not told:
        return False
    words = reading.text[quote.start : quote.end].split(" ")
    return len(words) < _MOST_WORDS and all(_is_dative(word.lower()) for word in words)


def _is_dative(word: str) -> bool:
    return bool(parses(word)[0].grammemes & {"NOUN", "ADJF"}) and any(
        form.case == "datv" for form in (*noun_forms(word), *adjective_forms(word))
    )


_WEAK = frozenset(
    {"и", "а", "но", "что", "как", "где", "если", "когда", "поэтому", "теперь", "так"}
)


def _deals(word: str, role: str) -> bool:
    return any(
        (parse.lemma, role) in _DEALINGS
        for parse in parses(word)
        if parse.grammemes & {"VERB", "INFN", "PRTF", "GRND"}
    )


def _is_joined(reading: Reading, quote: _Quote, preposition: str) -> bool:
    """«сделка с «Зарёй»», «играет за «Зарю»», «перешёл из «Зари» в «Маяк»»."""
    index = reading.index_at(quote.start) - 2
    plain = {"со": "с", "во": "в", "ко": "к"}.get(preposition, preposition)
    for parse in parses(reading.word(index).lower() or "-"):
        row = parse.lemma, plain
        if row in _JOINED or row in _DEALINGS:
            return True
    return False
