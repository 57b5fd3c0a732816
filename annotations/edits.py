"""Changes to a document as values: they can be applied, inverted, stored and explained.

An edit carries what it found as well as what it leaves, so a conflict is judged by the
annotation itself: whoever edits a state that no longer stands gets an EditConflict, and
nobody else does.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotations.errors import EditConflict, InvalidAnnotation
from annotations.model import Annotation, Document, Span, Status, Value
from annotations.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Add:
    """A new annotation (or, as the inverse of Remove, one that comes back)."""

    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Remove:
    """An annotation goes."""

    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Change:
    """An annotation becomes another state of itself."""

    before: Annotation
    after: Annotation


@dataclass(frozen=True, slots=True)
class Group:
    """Several edits that are one step: all of them are applied, or none."""

    edits: "tuple[Edit, ...]"


Edit = Add | Remove | Change | Group


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who edits and when: `author` is `user:<login>`, `at` an ISO 8601 instant in UTC."""

    author: str
    at: str


def apply(document: Document, edit: Edit, revision: int | None = None) -> Document:
    """The document after the edit; raises EditConflict and leaves it as it was.

    It is at `revision`, where one is given.
    """
    by_id = dict(document.by_id)
    _apply(by_id, edit)
    revision = document.revision if revision is None else revision
    return Document(document.article, tuple(by_id.values()), revision)


def _apply(by_id: dict[str, Annotation], edit: Edit) -> None:
    match edit:
        case Add(annotation):
            _expect(by_id, annotation.id, None)
            by_id[annotation.id] = annotation
        case Remove(annotation):
            _expect(by_id, annotation.id, annotation)
            del by_id[annotation.id]
        case Change(before, after):
            _expect(by_id, before.id, before)
            by_id[before.id] = after
        case Group(edits):
            for part in edits:
                _apply(by_id, part)


def _expect(by_id: dict[str, Annotation], id_: str, expected: Annotation | None) -> None:
    current = by_id.get(id_)
    if current == expected:
        return
    if current is None:
        message = Phrase("annotation {id} has been deleted since", id=id_)
    elif expected is None:
        message = Phrase("annotation {id} is there already", id=id_)
    else:
        message = Phrase("annotation {id} has been changed since", id=id_)
    raise EditConflict(message, id_, current)


def inverse(edit: Edit) -> Edit:
    """The edit that takes this one back."""
    match edit:
        case Add(annotation):
            return Remove(annotation)
        case Remove(annotation):
            return Add(annotation)
        case Change(before, after):
            return Change(after, before)
        case Group(edits):
            return Group(tuple(inverse(part) for part in reversed(edits)))


def difference(before: Document, after: Document) -> Group:
    """The edit that leads from one state of an article's annotations to another."""
    old, new = before.by_id, after.by_id
    gone = [Remove(each) for each in before.annotations if each.id not in new]
    changed = [
        Change(each, new[each.id])
        for each in before.annotations
        if each.id in new and new[each.id] != each
    ]
    come = [Add(each) for each in after.annotations if each.id not in old]
    return Group((*gone, *changed, *come))


def touched(edit: Edit) -> tuple[str, ...]:
    """The ids of the annotations that an edit touches, in its order."""
    match edit:
        case Add(annotation) | Remove(annotation):
            return (annotation.id,)
        case Change(before, _):
            return (before.id,)
        case Group(edits):
            return tuple(id_ for part in edits for id_ in touched(part))


def states(edit: Edit) -> Iterator[Annotation]:
    """Every state of an annotation that an edit finds or leaves."""
    match edit:
        case Add(annotation) | Remove(annotation):
            yield annotation
        case Change(before, after):
            yield before
            yield after
        case Group(parts):
            for part in parts:
                yield from states(part)


def new_labels(edit: Edit) -> Iterator[str]:
    """The labels that an edit brings in; raises InvalidAnnotation where it changes an id."""
    match edit:
        case Add(annotation):
            yield annotation.label
        case Change(before, after):
            if before.id != after.id:
                raise InvalidAnnotation(
                    Phrase(
                        "annotation {id!r} cannot become {other!r}", id=before.id, other=after.id
                    )
                )
            if before.label != after.label:
                yield after.label
        case Group(parts):
            for part in parts:
                yield from new_labels(part)


def new_annotation(
    span: Span, label: str, stamp: Stamp, value: Value | None = None, entity: str | None = None
) -> Add:
    """A person's own annotation: accepted, with no confidence."""
    return Add(
        Annotation(
            id=secrets.token_hex(8),
            start=span.start,
            end=span.end,
            label=label,
            author=stamp.author,
            created=stamp.at,
            modified=stamp.at,
            value=value,
            entity=entity,
            status="accepted",
        )
    )


def set_status(annotation: Annotation, status: Status, stamp: Stamp) -> Change:
    """Accept or reject as it stands: the author stays who found it."""
    return Change(annotation, replace(annotation, status=status, modified=stamp.at))


def write_note(annotation: Annotation, note: str | None, stamp: Stamp) -> Change:
    """A note says something about an annotation and decides nothing."""
    return Change(annotation, replace(annotation, note=note or None, modified=stamp.at))


def correct(
    annotation: Annotation,
    stamp: Stamp,
    *,
    span: Span | None = None,
    label: str | None = None,
    value: Value | None,
    entity: str | None,
) -> Change:
    """Another span, label or value: what was a suggestion is now its corrector's own.

    `value` and `entity` are the whole new ones; None where nobody knows yet.
    """
    span = span or annotation.span
    return Change(
        annotation,
        replace(
            annotation,
            start=span.start,
            end=span.end,
            label=label or annotation.label,
            value=value,
            entity=entity,
            status="accepted",
            author=stamp.author,
            confidence=None,
            modified=stamp.at,
        ),
    )


def name_mentions(
    pointed: Annotation, others: Iterable[Annotation], stamp: Stamp, name: str, entity: str | None
) -> Edit:
    """Mentions of one thing get one name and one entity, in one step.

    The one that was pointed at is its corrector's own from now on; the others are as undecided
    as they were before.
    """
    value = {**(pointed.value or {}), "name": name}
    named = correct(pointed, stamp, value=value, entity=entity)
    changes = [
        Change(
            each,
            replace(
                each,
                value={**(each.value or {}), "name": name},
                entity=entity,
                modified=stamp.at,
            ),
        )
        for each in others
        if each.id != pointed.id and ((each.value or {}).get("name"), each.entity) != (name, entity)
    ]
    return Group((named, *changes)) if changes else named
