"""The values in the middle: frozen, and checked once, when they are made.

Offsets are code points of the article's text; `start` inclusive, `end` exclusive.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from annotations.errors import InvalidAnnotation, InvalidSpan
from annotations.phrase import Phrase, Words
from annotations.spans import Span as Span
from annotations.spans import Token as Token

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Value = Mapping[str, str | bool | None]
Status = Literal["suggested", "accepted", "rejected"]

STATUSES: tuple[Status, ...] = ("suggested", "accepted", "rejected")
MAIN_LAYER = "main"

LABEL_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,31}")
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_AUTHOR = re.compile(r"(?:recogniser|user):.+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a recogniser found: not yet an annotation, it has no identity and no history."""

    start: int
    end: int
    label: str
    value: Value | None = None
    confidence: float | None = None
    entity: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A labelled span with its normalised value and its provenance.

    `created` and `modified` are ISO 8601 instants in UTC; `confidence` is 0 to 1 for a
    recogniser's annotation and None for a person's.
    """

    id: str
    start: int
    end: int
    label: str
    author: str
    created: str
    modified: str
    value: Value | None = None
    entity: str | None = None
    layer: str = MAIN_LAYER
    status: Status = "suggested"
    confidence: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidAnnotation(Phrase("an annotation needs an id"))
        where = Phrase("annotation {id!r}", id=self.id)
        if not 0 <= self.start < self.end:
            raise InvalidSpan(
                Phrase(
                    "{where}: needs 0 <= start < end, got {start} and {end}",
                    where=where,
                    start=self.start,
                    end=self.end,
                )
            )
        for problem in self._problems():
            raise InvalidAnnotation(Phrase("{where}: {problem}", where=where, problem=problem))
        for key in ("created", "modified"):
            check_instant(getattr(self, key), Phrase("{where}: {key}", where=where, key=key))

    def _problems(self) -> Iterator[Phrase]:
        if not LABEL_NAME.fullmatch(self.label):
            yield Phrase(
                "a label is capital Latin letters, digits and _, got {found!r}", found=self.label
            )
        if self.status not in STATUSES:
            yield Phrase(
                "status must be one of {statuses}, got {found!r}",
                statuses=", ".join(STATUSES),
                found=self.status,
            )
        if not _AUTHOR.fullmatch(self.author):
            yield Phrase(
                "author must be recogniser:<name> or user:<login>, got {found!r}",
                found=self.author,
            )
        if not self.layer:
            yield Phrase("layer must not be empty")
        if self.confidence is not None and not 0 <= self.confidence <= 1:
            yield Phrase("confidence must be 0 to 1, got {found}", found=self.confidence)

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article came from; each part may be unknown."""

    name: str | None = None
    url: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class Article:
    """A news text, unchanged since its import.  `published` is an ISO 8601 day or instant."""

    id: str
    text: str
    title: str
    published: str | None = None
    source: Source = Source()
    meta: Mapping[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            raise InvalidAnnotation(Phrase("an article needs an id"))
        if not self.text:
            raise InvalidAnnotation(Phrase("article {id!r}: the text is empty", id=self.id))
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            raise InvalidAnnotation(
                Phrase(
                    "article {id!r}: the text has a lone surrogate at offset {start}, which is "
                    "no character and cannot be stored",
                    id=self.id,
                    start=error.start,
                )
            ) from None
        if self.published is not None:
            check_instant(self.published, Phrase("article {id!r}: published", id=self.id))

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the text in UTF-8."""
        import hashlib  # who only reads needs none

        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def day(self) -> date | None:
        """The day of publication: what «вчера» and «12 июня» are resolved against."""
        return datetime.fromisoformat(self.published).date() if self.published else None


@dataclass(frozen=True)
class Document:
    """An article with its annotations, in text order, as they stood at a revision.

    The revision counts the changes that the store has committed; 0 is what was added first.
    """

    article: Article
    annotations: tuple[Annotation, ...] = ()
    revision: int = 0

    def __post_init__(self) -> None:
        length = len(self.article.text)
        for annotation in self.annotations:
            if annotation.end > length:
                raise InvalidSpan(
                    Phrase(
                        "annotation {id!r} ends at {end}, but the text of article {article!r} has "
                        "{length} characters",
                        id=annotation.id,
                        end=annotation.end,
                        article=self.article.id,
                        length=length,
                    )
                )
        if len(self.by_id) != len(self.annotations):
            raise InvalidAnnotation(
                Phrase("article {id!r}: two annotations have the same id", id=self.article.id)
            )
        ordered = tuple(sorted(self.annotations, key=text_order))
        object.__setattr__(self, "annotations", ordered)

    @cached_property
    def by_id(self) -> Mapping[str, Annotation]:
        return {annotation.id: annotation for annotation in self.annotations}

    def text_of(self, annotation: Annotation) -> str:
        return self.article.text[annotation.start : annotation.end]


def text_order(annotation: Annotation) -> tuple[int, int, str]:
    """Sort key: by start, the longer first, then by id."""
    return annotation.start, -annotation.end, annotation.id


def check_instant(text: str, what: Words) -> None:
    """Raise InvalidAnnotation unless `text` is an ISO 8601 day or instant in full form."""
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise InvalidAnnotation(
            Phrase(
                "{what} must be an ISO 8601 date such as 2025-11-04, got {text!r}",
                what=what,
                text=text,
            )
        ) from None
