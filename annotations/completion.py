"""How articles are to be annotated, as a value: so it is done the same in any process."""

from dataclasses import dataclass, field
from functools import cached_property

from annotations.errors import AnnotationError, RecogniserUnavailable
from annotations.learned import Learned, taught
from annotations.model import Document
from annotations.recognise import Recogniser, complete, recognisers_for


@dataclass(frozen=True)
class Completion:
    """What looks for annotations: the entity recogniser's name (None: the best there is), what a
    library has taught, the labels that are wanted (None: all).

    It can be sent to another process; there the recognisers are made anew.
    """

    recogniser: str | None = None
    learned: Learned = field(default_factory=Learned)
    labels: frozenset[str] | None = None

    @cached_property
    def recognisers(self) -> tuple[Recogniser, ...]:
        return taught(recognisers_for(self.recogniser), self.learned)

    def complete(self, document: Document, at: str) -> Document | AnnotationError:
        """The document with suggestions stamped `at`, or why it cannot be had.

        Raises RecogniserUnavailable, which would be the same for every document.
        """
        try:
            return complete(document, self.recognisers, at, self.labels)
        except RecogniserUnavailable:
            raise
        except AnnotationError as error:
            return AnnotationError(*error.args)

    def __getstate__(self) -> dict[str, object]:
        """Without the recognisers, which hold models and dictionaries."""
        return {"recogniser": self.recogniser, "learned": self.learned, "labels": self.labels}
