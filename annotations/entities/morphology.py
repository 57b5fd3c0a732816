"""The embedded recogniser: dictionary, capitals and context, no model to load."""

from collections.abc import Sequence
from datetime import date

from annotations.entities.finish import Finding, findings, suggestions
from annotations.entities.neighbours import listed_together
from annotations.entities.organisations import organisations
from annotations.entities.persons import persons
from annotations.entities.places import places
from annotations.entities.reading import Mention, Reading, in_order
from annotations.model import Suggestion


class MorphologyRecogniser:
    """Finds names by pymorphy3's dictionary and by what stands around them."""

    @property
    def name(self) -> str:
        return "morphology"

    def suggest(self, text: str, published: date | None) -> Sequence[Suggestion]:  # noqa: ARG002
        return suggestions(self.findings(text), self.name)

    def findings(self, text: str) -> list[Finding]:
        """The names in a text, with what speaks for each."""
        reading = Reading(text)
        return findings(reading, by_morphology(reading))


def by_morphology(reading: Reading) -> list[Mention]:
    """Raw spans, before the repairs; they do not overlap."""
    found = in_order([*organisations(reading), *persons(reading), *places(reading)])
    return listed_together(reading, found)
