"""What a span that a person marks most likely means: its value and its entity."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from annotations.lemmas import indexed_lemmas
from annotations.model import Annotation, Document, Span, Value
from annotations.schema import Kind
from annotations.tokens import words
from annotations.values import FIELDS


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


def again(document: Document, annotation: Annotation, span: Span, label: str, kind: Kind) -> Guess:
    """What an annotation means with another span or label.

    A value that a person gave it, and that the other label can have, stays.
    """
    theirs = annotation.author.startswith("user:") and annotation.value is not None
    if theirs and FIELDS.get(label) == FIELDS.get(annotation.label):
        before = guess(document, annotation.span, annotation.label, kind)
        if before.value != annotation.value:
            return Guess(annotation.value, annotation.entity)
    return guess(document, span, label, kind)


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
    """The name in the nominative, by what the article's mentions of the same words say."""
    from annotations.entities.groups import grouped
    from annotations.entities.naming import named
    from annotations.entities.reading import Mention, Reading

    others = [each for each in _alike(document, span) if each.span != span]
    others.sort(key=lambda each: each.span)
    spans = [each.span for each in others]
    place = bisect(spans, span)
    spans.insert(place, span)
    labels = [each.label for each in others]
    labels.insert(place, label)
    text, moved = _excerpt(document.article.text, spans)
    mentions = [Mention(at.start, at.end, its, 1.0) for at, its in zip(moved, labels, strict=True)]
    reading = Reading(text)
    names = named(reading, mentions)
    groups = grouped(reading, mentions, names)
    group, name = groups.pop(place), names[place].name
    same_name = [each for each in others if each.value and each.value.get("name") == name]
    same_group = [each for each, its in zip(others, groups, strict=True) if its == group]
    return Guess({"name": name}, _entity_of([*same_name, *same_group], document, label))


def _alike(document: Document, span: Span) -> list[Annotation]:
    """The mentions of the article that share a word, in any case form, with a span."""
    text = document.article.text
    wanted = _words_of(text[span.start : span.end])
    shares = lru_cache(maxsize=None)(lambda quote: not wanted.isdisjoint(_words_of(quote)))
    return [
        each
        for each in document.annotations
        if each.value and "name" in each.value and each.status != "rejected"
        and shares(text[each.start : each.end])
    ]  # fmt: skip


def _words_of(text: str) -> frozenset[str]:
    return frozenset().union(*(indexed_lemmas(token.text) for token in words(text)))


def _excerpt(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The lines that the spans (in text order) stand in, and the spans in these lines."""
    lines: list[str] = []
    moved: list[Span] = []
    length, begin, end = 0, 0, -1  # of what is taken; of the line taken last
    for span in spans:
        if span.start > end:
            begin = text.rfind("\n", 0, span.start) + 1
            end = text.find("\n", span.end)
            end = len(text) if end < 0 else end
            length += len(lines[-1]) + 1 if lines else 0
            lines.append(text[begin:end])
        offset = length - begin
        moved.append(Span(span.start + offset, span.end + offset))
    return "\n".join(lines), moved


def _entity_of(candidates: list[Annotation], document: Document, label: str) -> str:
    """The entity of the first candidate with this label, else a new one."""
    for each in candidates:
        if each.entity and each.label == label:
            return each.entity
    taken = {each.entity for each in document.annotations}
    return next(entity for number in count(1) if (entity := f"e{number}") not in taken)
