"""From raw spans to suggestions: repairs, names, groups."""

from collections.abc import Sequence

from annotations.entities.groups import grouped
from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading, in_order
from annotations.entities.repairs import repaired
from annotations.model import Suggestion


def suggestions(reading: Reading, raw: Sequence[Mention]) -> tuple[Suggestion, ...]:
    """What a recogniser suggests for its raw spans, in text order, none overlapping."""
    mentions = in_order(repaired(reading, raw))
    names = named(reading, mentions)
    entities = grouped(reading, mentions, names)
    return tuple(
        Suggestion(
            start=mention.start,
            end=mention.end,
            label=mention.label,
            value={"name": name.name},
            confidence=round(mention.confidence, 2),
            entity=entity,
        )
        for mention, name, entity in zip(mentions, names, entities, strict=True)
    )
