"""Repairs of where a span begins and ends: marks, «», legal forms, sites."""

import re
from collections.abc import Iterable, Sequence

from annotations.entities.organisations import SITE
from annotations.entities.reading import OPENING, Mention, Reading
from annotations.entities.word_kinds import (
    LEGAL_FORMS,
    ORG_NOUNS,
    is_latin,
    is_verb,
    kinds,
    lemmas_of,
)
from annotations.lemmas import parses
from annotations.model import Token

_PIECE = re.compile(r"[^()\[\]\n•|;]+")
_PIECE_OF_PERSON = re.compile(r"[^()\[\]\n•|;,/]+")
_NO_NAME = " \t\xa0\u202f,.;:!?…–—-*•|/\\'’`@#№&"
_CLOSING = tuple('»"”“')
_LAST_INITIAL = re.compile(r"\b[А-ЯЁ]\.\Z")


def split_at_marks(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """No name goes on over a bracket, a bullet or a line break, nor a person's over a comma."""
    for mention in mentions:
        pattern = _PIECE if mention.label == "ORG" else _PIECE_OF_PERSON
        for piece in pattern.finditer(reading.text, mention.start, mention.end):
            yield mention._replace(start=piece.start(), end=piece.end())


def trim(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Punctuation and unbalanced «» off the ends; a mention of nothing else goes."""
    for mention in mentions:
        start, end = _trimmed(reading.text, mention.start, mention.end)
        if start < end:
            yield mention._replace(start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end:
        inside = text[start:end]
        if inside[0] in _NO_NAME or (inside[0] in OPENING and not _closes(inside[1:])):
            start += 1
        elif _is_wrapped(inside):
            start, end = start + 1, end - 1
        elif _ends_in_mark(inside) or (inside[-1] in _CLOSING and not _opens(inside[:-1])):
            end -= 1
        elif inside[0] in "»”" or inside[-1] in "«„":
            start, end = start + (inside[0] in "»”"), end - (inside[-1] in "«„")
        else:
            break
    return start, end


def _ends_in_mark(inside: str) -> bool:
    """Whether the last mark is not the full stop of an initial."""
    return inside[-1] in _NO_NAME and not _LAST_INITIAL.search(inside)


def _closes(rest: str) -> bool:
    return any(mark in rest for mark in _CLOSING)


def _opens(rest: str) -> bool:
    return any(mark in rest for mark in OPENING)


def _is_wrapped(inside: str) -> bool:
    """Whether the quotes around the whole are its only ones: «Маяк»."""
    if len(inside) < 3 or inside[0] not in OPENING or inside[-1] not in _CLOSING:
        return False
    return not any(mark in inside[1:-1] for mark in OPENING + _CLOSING)


def close_quotes(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«ОАО «Маяк» gets its closing quote; an ORG after « goes on to the »."""
    for mention in mentions:
        text, end = reading.text, mention.end
        inside = reading.of(mention)
        if inside.count("«") > inside.count("»"):
            close = text.find("»", end, end + 60)
            line = text.find("\n", end, end + 60)
            if close >= 0 and not (0 <= line < close):
                yield mention._replace(end=close + 1)
                continue
            yield mention._replace(end=mention.start + inside.rindex("«"))
        elif mention.label == "ORG" and text[mention.start - 1 : mention.start] == "«":
            yield mention._replace(end=_end_of_quote(text, end))
        else:
            yield mention


def _end_of_quote(text: str, end: int) -> int:
    """Where the quote closes, if only words stand before that; else `end`."""
    close = text.find("»", end, end + 50)
    between = text[end:close] if close >= 0 else "\n"
    plain = re.fullmatch(r"[\w \-]*", between) and not any(map(is_verb, between.split()))
    return close if plain else end


def announcing_nouns_off(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Концерн «Маяк»» is Маяк; a legal form stays, and comes in where it was left out."""
    for mention in mentions:
        if mention.label != "ORG":
            yield mention
            continue
        inside = reading.of(mention)
        noun, _, rest = inside.partition(" ")
        quoted = rest[:1] == "«" and rest[-1:] == "»" and "«" not in rest[1:]
        announced = noun not in LEGAL_FORMS and bool(lemmas_of(noun.lower()) & ORG_NOUNS)
        name = _after_head(reading, mention)
        if name > mention.start:
            yield mention._replace(start=name)
        elif announced and (quoted or (is_latin(rest) and noun not in {"Банк", "Фонд"})):
            yield mention._replace(start=mention.end - len(rest) + quoted, end=mention.end - quoted)
        elif reading.text[mention.start - 1 : mention.start] == "«":
            yield _with_legal_form(reading, mention)
        else:
            yield mention


def _after_head(reading: Reading, mention: Mention) -> int:
    """Where the Latin acronym after «Американское космическое агентство» begins, else 0."""
    inside = reading.within(mention.start, mention.end)
    if len(inside) < 3 or not is_latin(inside[-1].text) or not inside[-1].text.isupper():
        return 0
    head = inside[-2].text
    return inside[-1].start if head.islower() and lemmas_of(head) & ORG_NOUNS else 0


def _with_legal_form(reading: Reading, mention: Mention) -> Mention:
    form = reading.before(mention.start - 1)
    if form not in LEGAL_FORMS or reading.text[mention.end : mention.end + 1] != "»":
        return mention
    start = reading.words[reading.index_at(mention.start) - 1].start
    return mention._replace(start=start, end=mention.end + 1)


def forms_in(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«СП ООО «Маяк»» has two legal forms."""
    for mention in mentions:
        first = reading.index_at(mention.start)
        double = (
            mention.label == "ORG"
            and reading.word(first) in LEGAL_FORMS
            and reading.word(first - 1) in LEGAL_FORMS
            and reading.gap(first - 1) == " "
        )
        yield mention._replace(start=reading.words[first - 1].start) if double else mention


def loose_ends(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """«Агентство передаёт», «Урала близ» end before; «Фонд Билла и» + «Гейтс» is one."""
    tied: list[Mention] = []
    for mention in mentions:
        last = tied[-1] if tied else None
        open_end = last and last.label == "ORG" and reading.of(last).endswith(" и")
        if last and open_end and reading.text[last.end : mention.start] == " ":
            tied[-1] = last._replace(end=mention.end)
        else:
            tied.append(mention)
    for mention in tied:
        inside = list(reading.within(mention.start, mention.end))
        whole = len(inside)
        cut = _predicate(inside) if whole > 1 and "«" not in reading.of(mention) else 0
        if cut:
            del inside[cut:]
        while len(inside) > 1 and inside[-1].text.islower() and _is_loose(inside[-1].text):
            inside.pop()
        if len(inside) == whole:
            yield mention
            continue
        place = cut == 1 and kinds(inside[0].text).place > 0.5
        yield mention._replace(end=inside[-1].end, label="LOC" if place else mention.label)


def _predicate(inside: Sequence[Token]) -> int:
    """Where a verb in lower case goes on after a name: «Уфе расцвёл сад»; 0 where none does."""
    for at, word in enumerate(inside):
        if at and word.text.islower():
            best = parses(word.text)[0]
            if best.known and best.score > 0.8 and best.grammemes >= {"VERB", "past"}:
                return at
    return 0


def _is_loose(word: str) -> bool:
    return is_verb(word) or bool(parses(word)[0].grammemes & {"PREP", "CONJ"})


def whole_sites(reading: Reading, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """A part of «Lada.kz» is all of it, an ORG; parts of other addresses are no names."""
    found = [match.span() for match in SITE.finditer(reading.text)] if "." in reading.text else []
    place = 0
    for mention in mentions:
        while place < len(found) and found[place][1] <= mention.start:
            place += 1
        if (
            place < len(found)
            and found[place][0] < mention.end
            and mention.start <= found[place][1]
        ):
            start, end = found[place]
            yield mention._replace(start=start, end=end, label="ORG")
        elif not _in_address(reading.text, mention):
            yield mention


def _in_address(text: str, mention: Mention) -> bool:
    before, after = text[mention.start - 1 : mention.start], text[mention.end : mention.end + 2]
    return (
        before in {"@", "/", "_", "#"} and text[mention.start - 2 : mention.start - 1] != " "
    ) or (
        after[:1] in {"@", "/", "_"}
        and is_latin(text[mention.start : mention.end])
        and not after[1:].isspace()
    )
