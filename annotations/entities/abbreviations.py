"""Which short names of an article stand for which phrases: «ФБК», «НБК», «Минюст», «Нацбанк»."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from annotations.entities.reading import SPACES, Mention, Reading
from annotations.names import NameReading

_LEAST = 3  # letters of each word that a contraction has
_CONTRACTED = 6  # letters of the shortest contraction: «Минюст»
_LINKS = ("о", "е")  # between the parts: «Центробанк»

Phrases = dict[str, list[tuple[int, Sequence[str]]]]  # by the first letters of a contraction


def abbreviations(
    reading: Reading, mentions: Sequence[Mention], names: Sequence[NameReading]
) -> Iterator[tuple[int, int]]:
    """Pairs of mentions: a short name, and the first phrase that it may stand for."""
    initials: dict[str, int] = {}
    phrases: Phrases = defaultdict(list)
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        if mention.label != "PER" and len(name.parts) > 1:
            letters = _initials(name.parts)
            place = _place_after(reading, mentions, index)
            initials.setdefault(letters, index)
            if place:
                initials.setdefault(letters + _initials(names[place].parts), index)
            _remember(phrases, index, mention, name)
    for index, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        if mention.label != "PER" and len(name.parts) == 1:
            upper = name.name.isupper()
            full = initials.get(name.parts[0]) if upper else _contracted(phrases, name.parts[0])
            if full is not None:
                yield index, full


def _initials(parts: Sequence[str]) -> str:
    return "".join(
        piece[0] for part in parts if len(part) > 2 for piece in part.split("-") if piece
    )


def _place_after(reading: Reading, mentions: Sequence[Mention], index: int) -> int | None:
    """The place whose organisation this is: Казахстан of «Национальный банк Казахстана»."""
    if index + 1 == len(mentions) or mentions[index].label != "ORG":
        return None
    after = mentions[index + 1]
    near = reading.text[mentions[index].end : after.start] in SPACES
    return index + 1 if near and after.label == "LOC" else None


def _remember(phrases: Phrases, index: int, mention: Mention, name: NameReading) -> None:
    """The head of a phrase may be left out («Госконтроль», a Комитет государственного контроля),
    and what follows «и» («Минпром», a Министерство промышленности и торговли)."""
    if mention.label == "ORG":
        short = name.parts[: name.parts.index("и")] if "и" in name.parts else name.parts
        whole, begun = (
            [part for part in parts if len(part) >= _LEAST] for parts in (name.parts, short)
        )
        for phrase in (whole, whole[1:], begun):
            if len(phrase) > 1:
                phrases[phrase[0][:_LEAST]].append((index, phrase))


def _contracted(phrases: Phrases, word: str) -> int | None:
    """The phrase of whose beginnings a word is made."""
    if len(word) < _CONTRACTED or word[:_LEAST] not in phrases:
        return None
    found = phrases[word[:_LEAST]]
    return next((index for index, phrase in found if _is_made_of(word, phrase)), None)


def _is_made_of(word: str, phrase: Sequence[str]) -> bool:
    """Whether a word is made of the beginnings of all words of a phrase, in order."""
    shared = _shared(word, phrase[0])
    if len(phrase) == 1:
        return shared >= _LEAST and len(word) - shared <= 1  # «контроль» of «контроля»
    return any(
        _is_made_of(rest, phrase[1:])
        for length in range(_LEAST, shared + 1)
        for rest in (word[length:], word[length + 1 :] if word[length:].startswith(_LINKS) else "")
    )


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
