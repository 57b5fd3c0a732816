"""What the index holds of an article: pure, so that other processes can work it out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType

from annotations.folding import fold
from annotations.grouping import name_of
from annotations.model import MAIN_LAYER, STATUSES, Annotation, Article, Document
from annotations.query.figures import bounds
from annotations.query.hits import fullest_names
from store.index.lexis import Form, Lexis

OF = "of"  # the kind of a thing that is counted; those of names are their labels


@dataclass(frozen=True, slots=True)
class SpanRow:
    """An annotation; `entity` is the fullest name of its group, `name` its own if that differs.

    `decider` is who decided that it stands as it does, where that is not its author.
    """

    start: int
    end: int
    label: str
    status: int
    author: str
    decider: str | None
    entity: str | None
    name: str | None
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    note: str | None

    def texts(self) -> Iterator[str]:
        """What in it is looked for by words."""
        return filter(None, (self.entity, self.name, self.of, self.note))


@dataclass(frozen=True, slots=True)
class Entry:
    """An article; `title` and `body` are positions, or None where only annotations are wanted.

    `content` differs where more than annotations does, see `content_of`; `words` are the positions
    of its names, counted nouns and notes; `forms` those that whoever made it has not met before.
    """

    key: str
    id: str
    content: str
    revision: int
    published: str | None
    heading: str
    source: str
    sought: str
    title: str | None
    body: str | None
    spans: tuple[SpanRow, ...]
    words: Mapping[str, str]
    forms: tuple[Form, ...]

    @property
    def day(self) -> int:
        """The day of publication, counted from the year 1; 0: it is not known."""
        from datetime import date

        return date.fromisoformat(self.published[:10]).toordinal() if self.published else 0


def entry(
    key: str,
    document: Document,
    lexis: Lexis,
    deciders: Mapping[str, str] = MappingProxyType({}),
    *,
    with_text: bool = True,
) -> Entry:
    """What the index holds of a document; its words only where they are wanted.

    `deciders` are those of annotations, by their ids, who are not their authors.
    """
    article = document.article
    source = article.source
    spans = tuple(_rows(document, deciders))
    named = [each for each in (source.name, source.url, source.file) if each]
    return Entry(
        key=key,
        id=article.id,
        content=content_of(article),
        revision=document.revision,
        published=article.published,
        heading=article.title,
        source=source.name or source.file or source.url or "",
        sought=fold("\n".join(named)),
        title=lexis.encode(article.title) if with_text else None,
        body=lexis.encode(article.text) if with_text else None,
        spans=spans,
        words={text: lexis.encode(text) for span in spans for text in span.texts()},
        forms=lexis.take_new(),
    )


def content_of(article: Article) -> str:
    """What tells an article from another one that has its id after it."""
    source = article.source
    facts = (article.title, article.published, source.name, source.url, source.file)
    return blake2b("\0".join([article.text, *map(str, facts)]).encode(), digest_size=8).hexdigest()


def _rows(document: Document, deciders: Mapping[str, str]) -> list[SpanRow]:
    annotations = [each for each in document.annotations if each.layer == MAIN_LAYER]
    fullest = fullest_names(document)
    return [_row(document, each, fullest, deciders.get(each.id)) for each in annotations]


def _row(
    document: Document, annotation: Annotation, fullest: dict[str, str], decider: str | None
) -> SpanRow:
    value = annotation.value or {}
    own = None
    if "name" in value or annotation.entity is not None:
        own = name_of(document, annotation)
    entity = fullest.get(annotation.entity or "", own)
    numbers = bounds(annotation.label, value)
    of = value.get("of")
    return SpanRow(
        start=annotation.start,
        end=annotation.end,
        label=annotation.label,
        status=STATUSES.index(annotation.status),
        author=annotation.author,
        decider=decider,
        entity=entity,
        name=own if own != entity else None,
        low=numbers.low if numbers else None,
        high=numbers.high if numbers else None,
        unit=numbers.unit if numbers else None,
        of=of if isinstance(of, str) else None,
        note=annotation.note,
    )
