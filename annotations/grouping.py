"""The entities of an article, to which a mention may be said to belong."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from annotations.lemmas import indexed_lemmas
from annotations.model import Annotation, Document
from annotations.tokens import words


@dataclass(frozen=True, slots=True)
class Entity:
    """What is mentioned: its fullest name, the label of most of its mentions, the mentions."""

    id: str
    name: str
    label: str
    mentions: tuple[Annotation, ...]


def entities(document: Document, layer: str) -> list[Entity]:
    """The entities of a layer in the order of their first mention; rejected mentions are none."""
    mentions: dict[str, list[Annotation]] = {}
    for each in document.annotations:
        if each.entity is not None and each.layer == layer and each.status != "rejected":
            mentions.setdefault(each.entity, []).append(each)
    return [_entity(document, id_, group) for id_, group in mentions.items()]


def _entity(document: Document, id_: str, mentions: Sequence[Annotation]) -> Entity:
    labels = [each.label for each in mentions]
    name = max((name_of(document, each) for each in mentions), key=len)
    return Entity(id_, name, max(labels, key=labels.count), tuple(mentions))


def name_of(document: Document, mention: Annotation) -> str:
    """Its canonical name, else its text."""
    return str((mention.value or {}).get("name") or document.text_of(mention))


def candidates(document: Document, mention: Annotation) -> tuple[list[Entity], list[Entity]]:
    """The other entities of a mention's layer: those that it may well belong to, and the rest.

    They share its label and a word of its name, or the first letters of its words (an acronym);
    the nearest in the text come first, of the rest those with its label.
    """
    own = _words_of([name_of(document, mention), document.text_of(mention)])

    def is_alike(entity: Entity) -> bool:
        if entity.label != mention.label:
            return False
        others = _words_of({text for each in entity.mentions for text in _texts(document, each)})
        return not own.isdisjoint(others) or _is_acronym(document, mention, entity)

    def how_far(entity: Entity) -> tuple[bool, int]:
        far = min(abs(each.start - mention.start) for each in entity.mentions)
        return entity.label != mention.label, far

    found = [each for each in entities(document, mention.layer) if each.id != mention.entity]
    found.sort(key=how_far)
    alike = [each for each in found if is_alike(each)]
    return alike, [each for each in found if each not in alike]


def _texts(document: Document, mention: Annotation) -> Iterator[str]:
    yield name_of(document, mention)
    yield document.text_of(mention)


def _is_acronym(document: Document, mention: Annotation, entity: Entity) -> bool:
    own = name_of(document, mention)
    pairs = ((own, entity.name), (entity.name, own))
    return any(short.isupper() and short == _initials(full) for short, full in pairs)


def _initials(name: str) -> str:
    return "".join(token.text[0] for token in words(name) if len(token.text) > 2).upper()


def _words_of(texts: Iterable[str]) -> frozenset[str]:
    found = (indexed_lemmas(token.text) for text in texts for token in words(text))
    return frozenset().union(*found)


def new_entity(document: Document) -> str:
    """The first of e1, e2, … that no annotation of the article has."""
    taken = {each.entity for each in document.annotations}
    return next(name for number in count(1) if (name := f"e{number}") not in taken)
