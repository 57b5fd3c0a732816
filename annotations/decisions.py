"""What people decided about a name, whatever case form it stood in: a tally by label."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotations.model import MAIN_LAYER, Annotation, Document, Span
from annotations.names import person_readings, thing_readings
from annotations.tokens import fold, words


def name_key(name: str) -> str:
    """The form under which names are compared: their words, folded."""
    return " ".join(fold(word.text) for word in words(name))


def keys_of(document: Document, place: Annotation | Span) -> frozenset[str]:
    """The names that a mention has, or that the words of a stretch may be forms of."""
    if isinstance(place, Annotation) and place.value and place.value.get("name"):
        return frozenset({name_key(str(place.value["name"]))})
    text = document.article.text[place.start : place.end]
    readings = (*person_readings(text), *thing_readings(text))
    return frozenset({name_key(text), *(" ".join(each.parts) for each in readings)}) - {""}


@dataclass(frozen=True, slots=True)
class Decision:
    """A name that somebody accepted or rejected at a place of an article."""

    mention: Annotation
    name: str

    @property
    def key(self) -> str:
        return name_key(self.name)

    @property
    def is_accepted(self) -> bool:
        return self.mention.status == "accepted"


def decisions(document: Document) -> Iterator[Decision]:
    """What was decided about names in an article; suggestions are no decisions."""
    for each in document.annotations:
        name = (each.value or {}).get("name")
        if name and each.layer == MAIN_LAYER and each.status != "suggested":
            yield Decision(each, str(name))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each label was accepted, and how often it was rejected."""

    accepted: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def take(self, document: Document, keys: frozenset[str]) -> None:
        """Count what was decided in an article about the names with these keys."""
        for each in decisions(document):
            if each.key in keys or name_key(document.text_of(each.mention)) in keys:
                counts = self.accepted if each.is_accepted else self.rejected
                counts[each.mention.label] += 1
