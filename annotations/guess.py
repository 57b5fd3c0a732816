"""What a span that a person marks most likely means: where it ends, its value, its entity."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import count

from annotations.errors import InvalidValue
from annotations.lemmas import indexed_lemmas
from annotations.model import Annotation, Document, Span, Value
from annotations.schema import Kind
from annotations.snapping import snap, with_full_stop
from annotations.tokens import words
from annotations.values import ENTITY_FIELDS, FIELDS, check_field

_LEAD_IN = re.compile(r"(?:(?:в|во|на|к|ко|с|со|по|за|в возрасте|в течение)\s+)?", re.IGNORECASE)
_CONTEXTS = {"AGE": ("в возрасте {}",)}  # in which figures of a label are read best


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

    A value that a person gave it, or its entity, and that the other label can have, stays.  So
    does a figure's where the words of another span are not understood: a boundary is moved to take
    in or leave out words around the figure, seldom to make it another one.
    """
    of_entity = [
        each
        for each in document.annotations
        if each.entity == annotation.entity is not None and each.value == annotation.value
    ]
    theirs = any(each.author.startswith("user:") for each in (annotation, *of_entity))
    if theirs and annotation.value and FIELDS.get(label) == FIELDS.get(annotation.label):
        before = guess(document, annotation.span, annotation.label, kind)
        if before.value != annotation.value:
            return Guess(annotation.value, annotation.entity)
    found = guess(document, span, label, kind)
    if found.value is None and label == annotation.label:
        return Guess(annotation.value, found.entity)
    return found


def chosen(document: Document, span: Span, label: str, kind: Kind, *, selected: bool) -> Span:
    """The span that a person means who chooses these words for this label.

    A figure is taken as it is written, signs and full stops of abbreviations with it: «20» in
    «20%», and, where nothing is selected, the whole of «1,5 млрд тенге» at any of its words.
    """
    text = document.article.text
    if kind == "figure":
        for figure in _figures_around(document, span, label):
            added = text[figure.start : span.start] + text[span.end : figure.end]
            if figure.covers(span) and not (selected and any(map(str.isalnum, added))):
                return figure
    return with_full_stop(text, snap(text, span))


def understood(text: str, label: str, day: date | None) -> Value | None:
    """The value that a person's words for a figure have («1,5 млрд тенге»); None: not understood.

    A bare number, or a bound as the record has it, is understood as far as it goes: what else
    the value holds is left out.
    """
    from annotations.figures import FigureRecogniser

    text, fields = " ".join(text.split()).strip(" .,;"), FIELDS.get(label, ENTITY_FIELDS)
    recogniser, bare = FigureRecogniser(), None
    for context in ("{}", *_CONTEXTS.get(label, ())):
        offset = context.index("{}")
        for found in recogniser.suggest(context.format(text), day):
            before = text[: max(found.start - offset, 0)]
            rest = text[max(found.end - offset, 0) :]
            if not _LEAD_IN.fullmatch(before) or (rest and "of" not in (found.value or {})):
                continue
            if found.label == label:
                return found.value
            bare = found.value if found.label == "NUMBER" and not rest else bare
    if bare is not None and fields[0].form == "number":
        return {key: content for key, content in bare.items() if key != "of"}
    bounds = [field for field in fields if field.optional and field.form != "text"]
    try:
        for field in bounds:
            check_field(field, text)
    except InvalidValue:
        return None
    return {field.name: text for field in bounds} or None


def _figures_around(document: Document, span: Span, label: str) -> list[Span]:
    """The figures of a label in the line that a span stands in."""
    from annotations.figures import FigureRecogniser

    line, first = _line_of(document.article.text, span)
    found = FigureRecogniser().suggest(line, document.article.day)
    return [Span(first + each.start, first + each.end) for each in found if each.label == label]


def _line_of(text: str, span: Span) -> tuple[str, int]:
    """The line (or lines) that a span stands in, and the offset of its beginning."""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    return text[first : len(text) if last < 0 else last], first


def _figure(document: Document, span: Span, label: str) -> Guess:
    """The value of the figure that stands there, or, cut out of its line, would stand there."""
    from annotations.figures import FigureRecogniser

    text, day = document.article.text, document.article.day
    line, first = _line_of(text, span)
    for context, offset in ((line, span.start - first), (text[span.start : span.end], 0)):
        end = offset + span.end - span.start
        for found in FigureRecogniser().suggest(context, day):
            if (found.start, found.end, found.label) == (offset, end, label):
                return Guess(found.value)
    return Guess()


def _entity(document: Document, span: Span, label: str) -> Guess:
    """The name in the nominative, by what the article's mentions of the same words say.

    Punctuation at the ends of the span is no part of it.
    """
    from annotations.entities.groups import grouped
    from annotations.entities.naming import named
    from annotations.entities.reading import Mention, Reading

    others = [each for each in _alike(document, span) if each.span != span]
    others.sort(key=lambda each: each.span)
    spans = [each.span for each in others]
    named_span = with_full_stop(document.article.text, snap(document.article.text, span))
    place = bisect(spans, named_span)
    spans.insert(place, named_span)
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
