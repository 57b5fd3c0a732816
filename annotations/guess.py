"""What a span that a person marks most likely means: its value and its entity."""

from dataclasses import dataclass
from itertools import count

from annotations.model import Annotation, Document, Span, Value
from annotations.schema import Kind


@dataclass(frozen=True, slots=True)
class Guess:
    """The value of a span, None where it cannot be told, and the entity it belongs to."""

    value: Value | None = None
    entity: str | None = None


def guess(document: Document, span: Span, label: str, kind: Kind) -> Guess:
    """What the recognisers make of a span as a mention or a figure of this label."""
    if kind == "figure":
        return _figure(document, span, label)
    return _entity(document, span, label)


def _figure(document: Document, span: Span, label: str) -> Guess:
    """The value of the figure that stands there, or, cut out of its line, would stand there."""
    from annotations.figures import FigureRecogniser

    text, day = document.article.text, document.article.day
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    line = text[first : len(text) if last < 0 else last]
    for context, offset in ((line, span.start - first), (text[span.start : span.end], 0)):
        end = offset + span.end - span.start
        for found in FigureRecogniser().suggest(context, day):
            if (found.start, found.end, found.label) == (offset, end, label):
                return Guess(found.value)
    return Guess()


def _entity(document: Document, span: Span, label: str) -> Guess:
    """The name in the nominative, by what the other mentions of the article say."""
    from annotations.entities.groups import grouped
    from annotations.entities.naming import named
    from annotations.entities.reading import Mention, Reading

    others = [
        each
        for each in document.annotations
        if each.value and "name" in each.value and each.status != "rejected" and each.span != span
    ]
    place = sum(each.span < span for each in others)  # mentions are read in text order
    mentions = [Mention(each.start, each.end, each.label, 1.0) for each in others]
    mentions.insert(place, Mention(span.start, span.end, label, 1.0))
    reading = Reading(document.article.text)
    names = named(reading, mentions)
    groups = grouped(reading, mentions, names)
    group, name = groups.pop(place), names[place].name
    same_name = [each for each in others if each.value and each.value.get("name") == name]
    same_group = [each for each, its in zip(others, groups, strict=True) if its == group]
    return Guess({"name": name}, _entity_of([*same_name, *same_group], document, label))


def _entity_of(candidates: list[Annotation], document: Document, label: str) -> str:
    """The entity of the first candidate with this label, else a new one."""
    for each in candidates:
        if each.entity and each.label == label:
            return each.entity
    taken = {each.entity for each in document.annotations}
    return next(entity for number in count(1) if (entity := f"e{number}") not in taken)
