"""Errors of this package.  A message says what is wrong, where, and what was expected.

It is a `Phrase`, so that whoever shows it can say it in another language.
"""

from annotations.phrase import Words


class AnnotationError(Exception):
    """Base of everything that `annotations` raises on purpose."""


class InvalidSpan(AnnotationError):
    """Offsets that do not fit their text."""


class InvalidAnnotation(AnnotationError):
    """An annotation, article or document that breaks the model's rules."""


class InvalidValue(AnnotationError):
    """A normalised value that does not fit its label; `field` names the key at fault."""

    def __init__(self, message: Words, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class InvalidRecord(AnnotationError):
    """A record (one line of JSONL) that does not follow the format."""


class QueryError(AnnotationError):
    """A query that means nothing; `start` and `end` are where in its text that is seen."""

    def __init__(self, message: Words, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class InvalidSavedQuery(AnnotationError):
    """A saved query that breaks the rules; `field` names what of it is at fault."""

    def __init__(self, message: Words, field: str) -> None:
        super().__init__(message)
        self.field = field


class EditConflict(AnnotationError):
    """An edit was made on an annotation that has changed or gone since.

    `annotation_id` names it; `current` is what stands there now, None when it is gone.
    """

    def __init__(self, message: Words, annotation_id: str, current: object | None) -> None:
        super().__init__(message)
        self.annotation_id = annotation_id
        self.current = current


class RecogniserUnavailable(AnnotationError):
    """A recogniser's optional packages or model files are missing."""
