"""From raw spans to suggestions: repairs, names, groups, and how sure each is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotations.entities.confidence import Evidence, confidence
from annotations.entities.groups import grouped
from annotations.entities.naming import named
from annotations.entities.reading import Mention, Reading, in_order
from annotations.entities.repairs import repaired
from annotations.model import Suggestion


class Finding(NamedTuple):
    """A mention after all repairs: its name, its entity in the article, what speaks for it."""

    mention: Mention
    name: str
    entity: str
    evidence: Evidence


def findings(
    reading: Reading, raw: Sequence[Mention], seconds: Iterable[Mention] = ()
) -> list[Finding]:
    """What the raw spans of a recogniser come to, in text order, none overlapping.

    `seconds` are the raw spans of another recogniser, which make the same ones surer.
    """
    mentions = in_order(repaired(reading, raw))
    names = named(reading, mentions)
    entities = grouped(reading, mentions, names)
    times, seconded = Counter(entities), {_what(each) for each in seconds}
    return [
        Finding(
            mention,
            name.name,
            entity,
            Evidence(
                rule=mention.confidence,
                chance=mention.chance,
                seconded=_what(mention) in seconded,
                alone=times[entity] == 1 and " " not in reading.of(mention),
            ),
        )
        for mention, name, entity in zip(mentions, names, entities, strict=True)
    ]


def suggestions(found: Iterable[Finding], recogniser: str) -> tuple[Suggestion, ...]:
    """What the recogniser of this name suggests for its findings."""
    return tuple(
        Suggestion(
            start=each.mention.start,
            end=each.mention.end,
            label=each.mention.label,
            value={"name": each.name},
            confidence=confidence(recogniser, each.mention.label, each.evidence),
            entity=each.entity,
        )
        for each in found
    )


def _what(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.label
