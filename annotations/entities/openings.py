"""What has its capital only because a sentence opens there stays outside of the name."""

from collections.abc import Iterable, Sequence

from annotations.entities.known_names import known_at
from annotations.entities.people import part_cases
from annotations.entities.reading import OPENING, SPACES, Mention, Reading
from annotations.entities.word_kinds import (
    COMPASS,
    ORG_HEADS,
    ORG_NOUNS,
    PLACE_HEADS,
    WORKS,
    is_acronym,
    is_capitalised,
    is_cyrillic,
    is_latin,
    is_title,
    is_verb,
    kinds,
    lemmas_of,
)
from annotations.lemmas import Parse, parses
from annotations.lexicon import table
from annotations.model import Token
from annotations.name_words import PARTICLES, adjective_forms, case_of, noun_forms

_ANNOUNCERS = frozenset(row[0] for row in table("loc_heads") if row[1] == "without")
_PLAIN = frozenset(row[0] for row in table("plain_adjectives"))
_PLANTS = frozenset({"завод", "фабрика", "комбинат", "больница", "поликлиника", "рынок"})
BELONGINGS = frozenset(row[0] for row in table("belongings"))
_KINSHIP = frozenset(row[0] for row in table("kinship"))
_FUNCTION = frozenset({"PREP", "CONJ"})
_ABSTRACT = {"вера": {"в", "во"}, "надежда": {"на"}, "любовь": {"к", "ко", "между"}}
_ANIMATE_LENGTH = 5  # «Кит Харрис», «Том Хобарт»: shorter common nouns are first names abroad
_INANIMATE_LENGTH = 6
_LONG_SYLLABLE = 6  # «До Мин Чжун» is a name, «До Берестова» is not


def openings_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Меценату Ивану Петренко», «Над Хакасией», «Волонтёры Красного Креста»."""
    for mention in mentions:
        inside = list(reading.within(mention.start, mention.end))
        if len(inside) < 2 or not _opens(reading, mention, inside[0]):
            yield mention
            continue
        label, first = mention.label, inside[0]
        while len(inside) > 1 and reading.text[inside[0].end] in SPACES:
            rest = _outside(label, [word.text for word in inside])
            if not rest:
                break
            label = rest
            first = inside.pop(0)
        if not (_is_function(first.text) and label == "PER" and _is_common(inside)):
            yield mention._replace(start=_start(reading, mention, inside[0]), label=label)


def _is_common(inside: Sequence[Token]) -> bool:
    """Whether what stays is no name: «На Интернет» has one capital because it opens."""
    kind = kinds(inside[0].text)
    return len(inside) == 1 and kind.known and kind.person < 0.05 and kind.common > 0.9


def _start(reading: Reading, mention: Mention, first: Token) -> int:
    """Where the first word that stays begins, with the « before it that closes within."""
    if first.start <= mention.start:
        return mention.start
    quote = first.start - 1
    return quote if reading.text[quote] in OPENING and quote > mention.start else first.start


def _opens(reading: Reading, mention: Mention, first: Token) -> bool:
    quoted = reading.text[mention.start - 1 : mention.start] in OPENING
    return (
        is_capitalised(first.text)
        and not quoted
        and is_cyrillic(first.text)
        and not first.text[1:].isupper()
        and reading.starts_sentence(mention.start)
    )


def _outside(label: str, words: Sequence[str]) -> str:
    """The label of the rest where the first word stays outside; else empty."""
    first, second = words[0], words[1]
    kind = kinds(first)
    if label == "LOC" and is_title(first) and kind.place < 0.1:
        return label
    if label != "ORG" and kind.known and kind.other > 0.9 and is_verb(first):
        return label  # «Обмелела Вятка»
    if _is_function(first) and is_capitalised(second):
        surname = len(first) > 1 and kind.person >= 0.1 and len(second) < _LONG_SYLLABLE
        return "" if surname else label
    if label == "PER" and _is_work(first, second):
        return label
    island = label == "LOC" and lemmas_of(first.lower()) & _ANNOUNCERS
    if not kind.known or kind.person >= 0.1 or (kind.place >= 0.1 and not island):
        return ""
    match label:
        case "PER":
            return label if _stays_before_person(first, second) else ""
        case "LOC":
            return label if _stays_before_place(first, second) else ""
        case _:
            return _rest_of_organisation(words)


def _is_work(first: str, second: str) -> bool:
    """«Роман Достоевского»: a first name that is also the noun of a work."""
    if not lemmas_of(first.lower()) & WORKS:
        return False
    given = kinds(second).known and kinds(second).first_name > 0.5
    named = {case_of(parse) for parse in parses(first.lower()) if "Name" in parse.grammemes}
    return given or ("gent" in part_cases(second) and not named & part_cases(second))


def _is_function(word: str) -> bool:
    best = parses(word.lower())[0]
    return bool(best.grammemes & _FUNCTION) and best.score > 0.5


def _nouns(word: str) -> list[Parse]:
    return [parse for parse in parses(word.lower()) if "NOUN" in parse.grammemes]


def _share_case(noun: str, word: str) -> bool:
    return bool({case_of(parse) for parse in _nouns(noun)} & part_cases(word))


def _stays_before_person(first: str, second: str) -> bool:
    nouns = [parse for parse in _nouns(first) if parse.score > 0.05]
    if second.lower() in PARTICLES or lemmas_of(first.lower()) & PLACE_HEADS:
        return False
    if lemmas_of(first.lower()) & _KINSHIP:
        given = kinds(second).known and kinds(second).first_name > 0.5
        return not given or not _share_case(first, second)
    if not nouns:
        return kinds(first).adjective > 0.6 and _agrees_with_person(first, second)
    if all("plur" in parse.grammemes for parse in nouns) or not _share_case(first, second):
        return True
    if any("anim" in parse.grammemes for parse in nouns):
        return len(first) >= _ANIMATE_LENGTH
    genitive = any(case_of(parse) == "gent" for parse in nouns)  # «Каната Жунусова»
    return not genitive and len(first) >= _INANIMATE_LENGTH and "gent" in part_cases(second)


def _agrees_with_person(adjective: str, word: str) -> bool:
    if kinds(word).person < 0.3:
        return False
    return bool({form.case for form in adjective_forms(adjective.lower())} & part_cases(word))


def _stays_before_place(first: str, second: str) -> bool:
    """«Городу Жуковскому», «Столицу Татарстана», «Уровень Урала»; not «Острова Кука»."""
    if not is_capitalised(second):
        return False
    lemmas = lemmas_of(first.lower())
    if lemmas & COMPASS or not _nouns(first):
        return False
    if "столица" in lemmas:
        return True
    if lemmas & _ANNOUNCERS:
        return _share_place_case(first, second) and not _is_adjective(second, first)
    if lemmas & PLACE_HEADS:
        return False
    return kinds(first).common > 0.8 and kinds(second).place > 0.3


def _share_place_case(noun: str, place: str) -> bool:
    if any(parse.grammemes >= {"plur", "nomn"} for parse in _nouns(noun)):
        return False  # «Острова Кука»
    cases = {form.case for form in noun_forms(place.lower()) if form.weight > 0.1}
    cases |= {form.case for form in adjective_forms(place.lower())}
    return bool({case_of(parse) for parse in _nouns(noun)} & cases)


def _is_adjective(word: str, noun: str) -> bool:
    """«Остров Святой» and the like: an adjective that names with its noun."""
    return not lemmas_of(noun.lower()) & {"город", "наукоград"} and bool(
        adjective_forms(word.lower()) and kinds(word).place < 0.1
    )


def _rest_of_organisation(words: Sequence[str]) -> str:
    """ORG for «Дирекция Пушкинского музея», PER for «Архив Карла Маркса»."""
    first, second = words[0], words[1]
    lemmas = lemmas_of(first.lower())
    if lemmas & (ORG_HEADS.keys() | ORG_NOUNS) or not _nouns(first):
        return ""
    if not is_capitalised(second) and not second.isdigit():
        return ""
    if lemmas & BELONGINGS or (is_title(first) and not is_latin(second)):
        return "ORG"
    if lemmas & WORKS and len(words) == 2 and kinds(second).surname > 0.5:
        return "PER" if "gent" in part_cases(second) else ""
    if len(words) in (3, 4) and kinds(second).first_name > 0.5:
        named = all(is_capitalised(word) and kinds(word).person > 0.3 for word in words[2:])
        return "PER" if named and "gent" in part_cases(second) else ""
    return ""


def openings_alone_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Аким приехал», «Вера в победу», «Верхняя палата»: common words that open a sentence."""
    doubtful = [_may_be_common(reading, mention) for mention in mentions]
    sure = {
        reading.of(mention).lower()
        for mention, common in zip(mentions, doubtful, strict=True)
        if not common
    }
    for mention, common in zip(mentions, doubtful, strict=True):
        if not common or reading.of(mention).lower() in sure:
            yield mention


def _may_be_common(reading: Reading, mention: Mention) -> bool:
    inside = reading.of(mention)
    if not is_capitalised(inside) or not reading.starts_sentence(mention.start):
        return False
    if (
        reading.text[mention.start - 1 : mention.start] in OPENING
        and "»" in reading.text[mention.end : mention.end + 1]
    ):
        return False
    if mention.label == "LOC" and " " not in inside:
        return is_title(inside) and kinds(inside).place < 0.1 and not is_acronym(inside)
    if mention.label == "PER" and " " not in inside:
        lower = inside.lower()
        if lower in _ABSTRACT:
            return reading.after(mention.end) in _ABSTRACT[lower]
        if _is_object(inside, reading.after(mention.end)):
            return True
        return is_title(inside) and kinds(inside).surname < 0.3 and not is_acronym(inside)
    if mention.label != "ORG" or not _is_generic(inside.split(" ")):
        return False
    known = known_at(reading, reading.index_at(mention.start))
    return not known or known[1] == {"place"}


def _is_object(word: str, after: str) -> bool:
    """«Волков отстреляют»: a common noun that a verb without a subject governs."""
    lower = word.lower()
    if kinds(word).first_name > 0.1 or not any(
        parse.grammemes >= {"NOUN", "anim", "plur", "accs"} and "Surn" not in parse.grammemes
        for parse in parses(lower)
    ):
        return False
    return after.islower() and parses(after)[0].grammemes >= {"VERB", "plur"}


def _is_generic(words: Sequence[str]) -> bool:
    """«Тракторный завод», «Парламент страны»: a head in lower case, or any country of it."""
    if len(words) != 2 or not words[1].islower():
        return False
    if lemmas_of(words[1]) & _ANNOUNCERS and lemmas_of(words[0].lower()) & ORG_HEADS.keys():
        return True
    if not adjective_forms(words[0].lower()):
        return False
    adjectives = lemmas_of(words[0].lower())
    if adjectives & _PLAIN:
        return True
    place = any(adjective.endswith(("ский", "цкий")) for adjective in adjectives)
    return not place and bool(lemmas_of(words[1]) & _PLANTS)
