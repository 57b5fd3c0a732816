"""How a query was understood, line by line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from annotations.phrase import Phrase, Words
from annotations.query.figures import MINUTES_OF_A_DAY
from annotations.query.nodes import (
    And,
    Annotated,
    FromSource,
    Interval,
    Near,
    Node,
    Not,
    Or,
    Published,
    Word,
)
from annotations.query.nodes import Phrase as WordsInOrder

LemmasOf = Callable[[str], Iterable[str]]
Line = tuple[int, Words]  # how deep it stands, and what it says

_STATUSES = {
    "suggested": Phrase("suggested"),
    "accepted": Phrase("accepted"),
    "rejected": Phrase("rejected"),
}


def explain(node: Node, lemmas_of: LemmasOf, depth: int = 0) -> Iterator[Line]:
    """What must be true of an article; lines that stand deeper belong to the one above them."""
    match node:
        case And(parts) | Or(parts):
            every = isinstance(node, And)
            yield depth, Phrase("all of these:") if every else Phrase("at least one of these:")
            for part in parts:
                yield from explain(part, lemmas_of, depth + 1)
        case Not(part):
            yield depth, Phrase("not:")
            yield from explain(part, lemmas_of, depth + 1)
        case WordsInOrder(words, field):
            yield from _in_title(field, _words(words, lemmas_of, depth))
        case Near(phrases, distance, field):
            said = Phrase(
                "near each other (words between them: up to {distance}):", distance=distance
            )
            yield from _in_title(field, [(depth, said)])
            for phrase in phrases:
                yield from _words(phrase.words, lemmas_of, depth + 1)
        case Annotated():
            yield from _annotation(node, lemmas_of, depth)
        case Published(first, last):
            yield depth, _published(first, last)
        case FromSource(text):
            yield (
                depth,
                Phrase("from a source with «{text}» in its name, address or file", text=text),
            )


def _in_title(field: str, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, of which the first says so where it is about the title."""
    for number, (depth, said) in enumerate(lines):
        in_title = field == "title" and number == 0
        yield depth, Phrase("in the title: {said}", said=said) if in_title else said


def _words(words: tuple[Word, ...], lemmas_of: LemmasOf, depth: int) -> Iterator[Line]:
    if len(words) > 1:
        yield depth, Phrase("words that follow one another:")
        depth += 1
    for word in words:
        yield depth, _word(word, lemmas_of)


def _word(word: Word, lemmas_of: LemmasOf) -> Phrase:
    if word.prefix:
        return Phrase("a word that begins with «{word}»", word=word.text)
    if word.exact:
        return Phrase("the word «{word}» in this form only", word=word.text)
    lemmas = ", ".join(sorted(lemmas_of(word.text)))
    return Phrase("the word «{word}» in any form: {lemmas}", word=word.text, lemmas=lemmas)


def _annotation(node: Annotated, lemmas_of: LemmasOf, depth: int) -> Iterator[Line]:
    """The annotation that is meant, and the words in its name, its noun and its note."""
    said: list[Words] = [node.label] if node.label else []
    if node.status:
        said.append(_STATUSES.get(node.status, node.status))
    if node.author:
        said.append(Phrase("by {author}", author=node.author))
    if node.within is not None:
        said.append(_interval(node.label, node.within, node.unit))
    elif node.unit is not None:
        said.append(Phrase("in {unit}", unit=node.unit))
    any_note = node.note == (Word("", prefix=True),)
    if any_note:
        said.append(Phrase("with a note"))
    if said:
        yield depth, Phrase("an annotation: {what}", what=_listed(said))
    else:
        yield depth, Phrase("an annotation")
    for about, words in (
        (Phrase("in its name:"), node.name),
        (Phrase("in the noun that it counts:"), node.of),
        (Phrase("in its note:"), () if any_note else node.note),
    ):
        if words:
            yield depth + 1, about
            yield from _words(words, lemmas_of, depth + 2)


def _listed(said: list[Words]) -> Words:
    listed = said[0]
    for more in said[1:]:
        listed = Phrase("{listed}, {more}", listed=listed, more=more)
    return listed


def _interval(label: str | None, within: Interval, unit: str | None) -> Phrase:
    low = None if within.low is None else _number(label, within.low, unit)
    high = None if within.high is None else _number(label, within.high, unit)
    if low is None:
        if within.high_open:
            return Phrase("less than {high}", high=high)
        return Phrase("{high} or less", high=high)
    if high is None:
        if within.low_open:
            return Phrase("more than {low}", low=low)
        return Phrase("{low} or more", low=low)
    if within.low == within.high:
        return Phrase("exactly {number}", number=low)
    return Phrase("from {low} to {high}", low=low, high=high)


def _number(label: str | None, number: float, unit: str | None) -> Words:
    match label:
        case "DATE":
            return date.fromordinal(int(number)).isoformat()
        case "TIME":
            hours, minutes = divmod(int(number), MINUTES_OF_A_DAY // 24)
            return f"{hours:02}:{minutes:02}"
    said = f"{number:,.15g}".replace(",", " ")
    match label:
        case "DURATION":
            return Phrase("{number} days", number=said)
        case "AGE":
            return Phrase("{number} years", number=said)
    return said if unit is None else f"{said} {unit}"


def _published(first: date | None, last: date | None) -> Phrase:
    if first is None:
        return Phrase("published on {last} or earlier", last=last)
    if last is None:
        return Phrase("published on {first} or later", first=first)
    if first == last:
        return Phrase("published on {day}", day=first)
    return Phrase("published from {first} to {last}", first=first, last=last)
