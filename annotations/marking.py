"""Deciding about many places of an article at once: accept, reject, give a label; one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from annotations import edits
from annotations.edits import Edit, Group, Stamp
from annotations.guess import again, chosen, guess
from annotations.model import MAIN_LAYER, Annotation, Document, Span
from annotations.schema import Label

Decision = Literal["accepted", "rejected"] | Label


@dataclass(frozen=True, slots=True)
class Target:
    """A stretch of an article; `annotation` is the id of the one that is meant, if one is.

    `seen` is what stood there when it was decided about; with `unseen` nobody has looked.
    """

    span: Span
    annotation: str = ""
    seen: Annotation | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """The step, None where there is nothing to do, and what becomes of the targets.

    `left` are those at which others have changed something since, `idle` those at which there is
    nothing to accept or reject, or that are so already.
    """

    edit: Group | None
    count: int
    left: int
    idle: int


def standing(document: Document, span: Span, annotation: str = "") -> Annotation | None:
    """What is annotated at a stretch: the one that is meant, else the innermost over it.

    One that was rejected counts where there is no other.
    """
    if annotation in document.by_id:
        return document.by_id[annotation]
    over = [
        each for each in document.annotations if each.layer == MAIN_LAYER and each.span.covers(span)
    ]
    return min(
        over, key=lambda each: (each.status == "rejected", each.end - each.start), default=None
    )


def mark(document: Document, targets: Sequence[Target], decision: Decision, stamp: Stamp) -> Marked:
    """What a decision does at the targets, as one step."""
    parts: list[Edit] = []
    left, now = 0, document
    for target in targets:
        if not target.unseen and standing(document, target.span, target.annotation) != target.seen:
            left += 1
            continue
        edit = _edit(now, target, decision, stamp)
        if edit is not None:
            parts.append(edit)
            now = edits.apply(now, edit)
    count = len(parts)
    step = Group(tuple(parts)) if parts else None
    return Marked(step, count, left, len(targets) - left - count)


def _edit(document: Document, target: Target, decision: Decision, stamp: Stamp) -> Edit | None:
    there = standing(document, target.span, target.annotation)
    if not isinstance(decision, Label):
        if there is None or there.status == decision:
            return None
        return edits.set_status(there, decision, stamp)
    name, kind = decision.name, decision.kind
    if there is None:
        span = chosen(document, target.span, name, kind, selected=True)
        own = (each for each in document.annotations if each.layer == MAIN_LAYER)
        there = next((each for each in own if each.span == span), None)
        if there is None:
            found = guess(document, span, name, kind)
            return edits.new_annotation(span, name, stamp, found.value, found.entity)
    if there.label != name:
        found = again(document, there, there.span, name, kind)
        return edits.correct(there, stamp, label=name, value=found.value, entity=found.entity)
    if there.status != "accepted":
        return edits.set_status(there, "accepted", stamp)
    return None
