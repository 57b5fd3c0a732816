"""Conditions that stand side by side and are about one annotation."""

from typing import NamedTuple

from annotations.query.nodes import Annotated, Interval, Node, Or

_ASPECTS = ("label", "status", "author", "name", "of", "note", "unit", "within")


class Condition(NamedTuple):
    """What a field says of an annotation: one of the alternatives.

    A head says which annotation it is, what else is said of it is a modifier; a head that is
    `open` says so little that the next head may be about the same annotation: `label:` is.
    """

    alternatives: tuple[Annotated, ...]
    head: bool = False
    open: bool = False


def node_of(item: Node | Condition) -> Node:
    """A condition that is about an annotation of its own."""
    if not isinstance(item, Condition):
        return item
    return item.alternatives[0] if len(item.alternatives) == 1 else Or(item.alternatives)


def together(before: Node | Condition, after: Node | Condition) -> Condition | None:
    """Neighbours as one, if they are about one annotation."""
    if not isinstance(before, Condition) or not isinstance(after, Condition):
        return None
    if before.head and after.head and not (before.open or _are_ends(before, after)):
        return None
    pairs = [_both(a, b) for a in before.alternatives for b in after.alternatives]
    alternatives = tuple(pair for pair in pairs if pair is not None)
    if not alternatives:
        return None
    return Condition(
        alternatives, before.head or after.head, after.open if after.head else before.open
    )


def _are_ends(before: Condition, after: Condition) -> bool:
    """Whether they are the two ends between which one figure lies: `money>5 money<9`."""
    return len(before.alternatives) == len(after.alternatives) == 1 and (
        before.alternatives[0].label == after.alternatives[0].label
        and _between(before.alternatives[0].within, after.alternatives[0].within) is not None
    )


def _between(a: Interval | None, b: Interval | None) -> Interval | None:
    """What lies above the one's lower and below the other's upper bound, if that is all of them."""
    if a is None or b is None:
        return None
    if a.low is None:
        a, b = b, a
    if a.low is None or b.high is None or a.high is not None or b.low is not None:
        return None
    found = Interval(a.low, b.high, a.low_open, b.high_open)
    return found if a.low <= b.high else None


def _both(a: Annotated, b: Annotated) -> Annotated | None:
    """An annotation that meets both; None where they say different things of one aspect."""
    said = {}
    for aspect in _ASPECTS:
        of_a, of_b = getattr(a, aspect), getattr(b, aspect)
        said[aspect] = of_a or of_b
        if of_a and of_b and of_a != of_b:
            said[aspect] = _between(of_a, of_b) if aspect == "within" else None
            if said[aspect] is None:
                return None
    return Annotated(**said)
