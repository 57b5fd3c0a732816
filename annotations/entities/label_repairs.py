"""Repairs of what is a name at all, and of what: the words around it tell."""

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
        if reading.text[mention.start - 1 : mention.start] == ".":
            continue  # a part of an address: «.РФ»
        if inside.isdigit() or _is_adjective(reading, mention):
            continue
        yield mention


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


_EVENTS = frozenset(fold(row[0]) for row in table("events"))
_EVENT_BEGINNINGS = frozenset(event[:3] for event in _EVENTS)


def events_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Лига чемпионов», «Олимпиада»: contests are no organisations and no places."""
    for mention in mentions:
        inside = reading.of(mention)
        may_be = mention.label != "PER" and fold(inside[:3]) in _EVENT_BEGINNINGS
        if not (may_be and {fold(option.name) for option in thing_readings(inside)} & _EVENTS):
            yield mention


def products_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«iPhone 15», «браузер Chrome», «приложение Zorya»: wares are no organisations."""
    for mention in mentions:
        inside = reading.of(mention)
        if not is_latin(inside):
            yield mention
            continue
        bare = inside.rstrip(" 0123456789")
        before = reading.before(mention.start).lower()
        if bare not in _PRODUCTS and not (before and lemmas_of(before) & _WARES):
            yield mention


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
        return "ORG" if strange or apposed else "PER"
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
