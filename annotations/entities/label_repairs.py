"""Repairs of what is a name at all, and of what: the words around it tell."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.document import nominatives
from annotations.entities.organisations import SITE
from annotations.entities.persons import cases_of
from annotations.entities.reading import OPENING, Mention, Reading, is_wordlike
from annotations.entities.word_kinds import (
    COMMON_ACRONYMS,
    LEGAL_FORMS,
    ORG_HEADS,
    ORG_NOUNS,
    PLACE_NOUNS,
    PRODUCTS,
    WORKS,
    is_acronym,
    is_capitalised,
    is_latin,
    is_title,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.lexicon import table
from annotations.name_words import adjective_forms, noun_forms
from annotations.names import thing_readings
from annotations.tokens import fold, words

_LONGEST = 250  # characters
_CODE = re.compile(r"(?:[A-Z]{1,2}\d{1,3}){2}|P\. ?S")  # «H5N1»
_IN_SHORT = frozenset(row[0] for row in table("editors_abbreviations"))
_OWNER = re.compile(r"\w{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|ой|ых)|(?:ск|цк)(?:ого|ой|их))")


def endless_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A span of hundreds of characters, or with an endless word in it, names nothing."""
    for mention in mentions:
        inside = reading.of(mention)
        if mention.end - mention.start <= _LONGEST and all(
            is_wordlike(word.text) for word in words(inside)
        ):
            yield mention


def no_names_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Common abbreviations, words without a capital and lone adjectives are no names."""
    for mention in mentions:
        inside = reading.of(mention)
        if inside in COMMON_ACRONYMS or (inside in LEGAL_FORMS and inside not in {"РИА", "СК"}):
            continue
        if not any(map(str.isupper, inside)) and not SITE.fullmatch(inside):
            continue
        if any(map(str.isdigit, inside)) and mention.label == "PER":
            continue
        if _CODE.fullmatch(inside) or _is_in_short(reading, mention):
            continue
        if reading.text[mention.start - 1 : mention.start] == ".":
            continue  # a part of an address: «.РФ»
        if inside.isdigit() or _is_adjective(reading, mention):
            continue
        yield mention


def _is_in_short(reading: Reading, mention: Mention) -> bool:
    """«Соб. корр.», «Прим. ред.»: what editors write in short."""
    last = reading.text[mention.end : mention.end + 1] == "."
    return last and reading.of(mention).lower() in _IN_SHORT


def _is_adjective(reading: Reading, mention: Mention) -> bool:
    """«Украинский» in «Украинский автомобиль»: one adjective that agrees with what follows."""
    inside = reading.of(mention).lower()
    quoted = reading.text[mention.start - 1 : mention.start] in OPENING
    if " " in inside or quoted or kinds(inside).adjective < 0.3:
        return False
    after = reading.after(mention.end)
    if not after.islower():
        return kinds(inside).adjective > 0.9 and reading.starts_sentence(mention.start)
    if not parses(after)[0].grammemes & {"NOUN", "ADJF", "PRTF"}:
        return False  # «Вишневский голосовал», «против Навального возбудили»
    following = {form.agreement for form in (*noun_forms(after), *adjective_forms(after))}
    return any(form.agreement in following for form in adjective_forms(inside))


_WARES = frozenset(
    {"браузер", "приложение", "процессор", "нейросеть", "чат-бот", "видеоигра", "приставка"}
)
_PRODUCTS = frozenset(row[0] for row in table("products"))


_MODELS = frozenset(
    {"Air", "Pro", "Max", "Plus", "Ultra", "Mini", "Lite", "SE", "Note", "Fold", "Flip", "Watch",
     "Server", "Studio", "Neo", "Home", "Series"}
)  # fmt: skip
_EVENTS = frozenset(fold(row[0]) for row in table("events"))
_EVENT_BEGINNINGS = frozenset(event[:3] for event in _EVENTS)


def events_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Лига чемпионов», «Олимпиада»: contests are no organisations and no places."""
    for mention in mentions:
        inside = reading.of(mention)
        may_be = fold(inside[:3]) in _EVENT_BEGINNINGS and _may_be_event(reading, mention)
        if not (may_be and {fold(option.name) for option in thing_readings(inside)} & _EVENTS):
            yield mention


def _may_be_event(reading: Reading, mention: Mention) -> bool:
    """«После Рамазана»; «Рамазан» and «Навруз» are first names too."""
    inside = reading.of(mention)
    if mention.label != "PER" or " " in inside:
        return mention.label != "PER"
    before = reading.before(mention.start).lower()
    return kinds(inside).first_name < 0.2 or before in _TIMES or bool(lemmas_of(before) & _TIMES)


_TIMES = frozenset(
    {"после", "до", "во", "на", "к", "ко", "накануне", "месяц", "праздник", "пост", "дни",
     "празднование", "священный", "поздравлять", "встреча", "канун", "время"}
)  # fmt: skip


def products_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«iPhone 15», «браузер Chrome», «приложение Zorya»: wares are no organisations."""
    for mention in mentions:
        inside = reading.of(mention)
        if not is_latin(inside):
            yield mention
            continue
        bare = inside.rstrip(" 0123456789")
        before = reading.before(mention.start)
        ware = bool(before) and bool(lemmas_of(before.lower()) & _WARES)
        bare = bare if bare in _PRODUCTS else _without_model(bare)
        if bare not in _PRODUCTS and not ware and not _is_model(reading, mention, before):
            yield mention


def _without_model(inside: str) -> str:
    """«MacBook» of «MacBook Air»."""
    first, _, rest = inside.partition(" ")
    return first if rest and all(word in _MODELS for word in rest.split()) else inside


def _is_model(reading: Reading, mention: Mention, before: str) -> bool:
    """«MacBook Air», «внедорожник Land Cruiser»: the last word of a ware's name."""
    if before in _PRODUCTS:
        return True
    first = reading.index_at(mention.start)
    at = first
    while is_latin(reading.word(at - 1)) and reading.gap(at - 1) == " " and first - at < 3:
        at -= 1
    return at < first and bool(lemmas_of(reading.word(at - 1).lower() or "-") & PRODUCTS)


def things_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«фильм «Море»», «телескоп «Заря»»: names of works, vehicles and contests."""
    things: set[str] = set()
    for mention in mentions:
        before = reading.before(mention.start).lower()
        quoted = reading.text[mention.start - 1 : mention.start] in OPENING
        if quoted and before and lemmas_of(before) & WORKS - {"акция"}:
            things |= nominatives(reading.of(mention))
    for mention in mentions:
        quoted = reading.text[mention.start - 1 : mention.start] in OPENING
        if not (quoted and nominatives(reading.of(mention)) & things):
            yield mention


def announced(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """The noun before a name tells its label: «клуба Заря» ORG, «аэропорт «Заря»» LOC."""
    for mention in mentions:
        yield mention._replace(label=_announced_label(reading, mention))


def _announced_label(reading: Reading, mention: Mention) -> str:
    before = reading.before(mention.start).lower()
    if not before:
        return mention.label
    kind, lemmas = kinds(reading.of(mention)), lemmas_of(before)
    lone = len(reading.within(mention.start, mention.end)) == 1
    quoted = reading.text[mention.start - 1] in OPENING
    if quoted and lemmas & ORG_NOUNS and mention.label != "ORG":
        return "ORG"
    strange = not kind.known or kind.person < 0.3
    if lone and mention.label == "PER" and lemmas & ORG_NOUNS:
        apposed = "gent" not in cases_of(reading.of(mention)) and kind.first_name < 0.3
        owner = not kind.known and bool(_OWNER.fullmatch(reading.of(mention).lower()))
        return "ORG" if (strange or apposed) and not owner else "PER"
    if lemmas & PLACE_NOUNS and lone and strange and mention.label != "LOC":
        return "LOC" if not lemmas & ORG_NOUNS and not is_acronym(reading.of(mention)) else "ORG"
    if len(reading.within(mention.start, mention.end)) > 1 and mention.label != "PER":
        return "PER" if _is_titled_person(reading, mention, before) else mention.label
    return mention.label


def _is_titled_person(reading: Reading, mention: Mention, before: str) -> bool:
    """«архиепископ Зосим Клинцов»: a title, and words that are no place and no head."""
    inside = [word.text for word in reading.within(mention.start, mention.end)]
    if not is_title(before) or len(inside) > 3 or "«" in reading.of(mention):
        return False
    return all(
        is_capitalised(word)
        and not is_latin(word)
        and kinds(word).place + kinds(word).organisation < 0.2
        and not lemmas_of(word.lower()) & ORG_HEADS.keys()
        and not (kinds(word).known and kinds(word).person < 0.05)
        for word in inside
    )


def common_words_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A common word that only ever has a capital where a sentence opens is no name."""
    common = [_may_be_common(reading, mention) for mention in mentions]
    if not any(common):
        return mentions
    inner: set[str] = set()
    for mention, doubtful in zip(mentions, common, strict=True):
        if not doubtful and " " not in reading.of(mention):
            inner |= nominatives(reading.of(mention))
    return [
        mention
        for mention, doubtful in zip(mentions, common, strict=True)
        if not doubtful or nominatives(reading.of(mention)) & inner
    ]


def _may_be_common(reading: Reading, mention: Mention) -> bool:
    inside = reading.of(mention)
    kind = kinds(inside)
    quoted = reading.text[mention.start - 1 : mention.start] in OPENING
    return (
        " " not in inside
        and not quoted
        and kind.known
        and kind.ordinary > 0.9
        and reading.starts_sentence(mention.start)
        and not inside.isupper()
    )
