"""From an article to its suggestions: runs the recognisers and settles what overlaps."""

import hashlib
from collections.abc import Container, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Protocol

from annotations.model import MAIN_LAYER, Annotation, Article, Document, Suggestion


class Recogniser(Protocol):
    """Finds spans in a text.  The same text and day always give the same suggestions."""

    @property
    def name(self) -> str:
        """What stands after `recogniser:` in the author of an annotation."""
        ...

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:
        """Spans in text order; spans of one recogniser do not overlap."""
        ...


def recognise(
    article: Article, recognisers: Iterable[Recogniser], now: str
) -> tuple[Annotation, ...]:
    """The suggestions for an article, in text order, none of them overlapping.

    `recognisers` come in the order of their authority: where two overlap, the longer span
    stays, of equally long ones the one that was found by the earlier recogniser.
    `now` is the instant (ISO 8601, UTC) that the suggestions are stamped with.
    """
    found = [
        (recogniser.name, suggestion)
        for recogniser in recognisers
        for suggestion in recogniser.suggest(article.text, article.day)
    ]
    found.sort(key=lambda pair: pair[1].start - pair[1].end)  # stable: longest first
    taken = bytearray(len(article.text))
    kept = []
    for name, suggestion in found:
        if not any(taken[suggestion.start : suggestion.end]):
            taken[suggestion.start : suggestion.end] = b"\1" * (suggestion.end - suggestion.start)
            kept.append(_annotation(article, name, suggestion, now))
    return _number_entities(sorted(kept, key=lambda annotation: annotation.start))


def complete(
    document: Document,
    recognisers: Iterable[Recogniser],
    now: str,
    labels: Container[str] | None = None,
) -> Document:
    """The document with suggestions wherever its main layer has no annotation yet.

    What overlaps an annotation that is there is left out, so nothing that was rejected or
    corrected comes back.  `labels` are those that are wanted; None: all.
    """
    there = document.annotations
    covered = bytearray(len(document.article.text))
    for each in there:
        if each.layer == MAIN_LAYER:
            covered[each.start : each.end] = b"\1" * (each.end - each.start)
    free = [
        suggestion
        for suggestion in recognise(document.article, recognisers, now)
        if (labels is None or suggestion.label in labels)
        and suggestion.id not in document.by_id
        and not any(covered[suggestion.start : suggestion.end])
    ]
    taken = {annotation.entity for annotation in there if annotation.entity}
    return replace(document, annotations=(*there, *_number_entities(free, taken)))


def recognisers_for(entities: str | None = None) -> tuple[Recogniser, ...]:
    """The figure recogniser and the entity recogniser of that name; None: the best there is.

    Raises RecogniserUnavailable where its optional packages are not installed.
    """
    from annotations.entities import by_name, default_recogniser
    from annotations.figures import FigureRecogniser

    return (by_name(entities) if entities else default_recogniser(), FigureRecogniser())


def _number_entities(
    in_order: Iterable[Annotation], taken: AbstractSet[str] = frozenset()
) -> tuple[Annotation, ...]:
    """Call the entities e1, e2, … in the order of their first mention, past those taken."""
    free = (name for number in count(1) if (name := f"e{number}") not in taken)
    names: dict[str, str] = {}
    numbered = []
    for annotation in in_order:
        entity = annotation.entity
        if entity is not None and entity not in names:
            names[entity] = next(free)
        numbered.append(replace(annotation, entity=names.get(entity) if entity else None))
    return tuple(numbered)


def _annotation(article: Article, name: str, suggestion: Suggestion, now: str) -> Annotation:
    return Annotation(
        id=suggestion_id(article, name, suggestion),
        start=suggestion.start,
        end=suggestion.end,
        label=suggestion.label,
        value=suggestion.value,
        entity=suggestion.entity and f"{name} {suggestion.entity}",
        confidence=suggestion.confidence,
        author=f"recogniser:{name}",
        created=now,
        modified=now,
    )


def suggestion_id(article: Article, name: str, suggestion: Suggestion) -> str:
    """The same for the same find in the same text, whenever and wherever it is made."""
    key = f"{article.sha256} {name} {suggestion.start} {suggestion.end} {suggestion.label}"
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
