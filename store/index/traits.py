"""What is asked of annotations most often, listed article by article: one look says how many.

A trait is a label, a label with a unit, a status, a label with a status, or who made it or decided
on it.  With it stands the greatest number that an article's annotations of that trait have.
"""

from collections.abc import Iterable
from typing import NamedTuple

from annotations.query.nodes import Annotated
from store.index.words import REJECTED, STATUSES

NO_NUMBER = -1.7e308


class Marked(NamedTuple):
    """What of an annotation makes its traits."""

    label: str
    status: int
    author: str
    decider: str | None
    unit: str | None
    high: float | None


def traits_of(annotations: Iterable[Marked]) -> dict[str, float]:
    """The traits that an article has, each with its greatest number."""
    found: dict[str, float] = {}
    for each in annotations:
        high = NO_NUMBER if each.high is None else each.high
        for trait in _traits(each):
            if high >= found.get(trait, NO_NUMBER):
                found[trait] = high
    return found


def _traits(annotation: Marked) -> Iterable[str]:
    label, status = annotation.label, STATUSES[annotation.status]
    yield f"status {status}"
    yield f"label {label} {status}"
    if annotation.status != REJECTED:
        yield f"label {label}"
        yield f"by {annotation.author}"
        if annotation.decider is not None:
            yield f"by {annotation.decider}"
        if annotation.unit is not None:
            yield f"unit {label} {annotation.unit}"


def trait_of(node: Annotated) -> str | None:
    """The trait that is all that is asked of an annotation, but for a least number."""
    if node.name or node.of or node.note:
        return None
    if node.within is not None and (node.within.high is not None or node.status is not None):
        return None
    match node.label, node.status, node.author, node.unit:
        case None, str(status), None, None:
            return f"status {status}"
        case str(label), str(status), None, None:
            return f"label {label} {status}"
        case str(label), None, None, None:
            return f"label {label}"
        case None, None, str(author), None:
            return f"by {author}"
        case str(label), None, None, str(unit):
            return f"unit {label} {unit}"
    return None
