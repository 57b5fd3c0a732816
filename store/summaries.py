"""What a list shows of an article without its text."""

from collections import Counter
from dataclasses import dataclass

from annotations.model import Document


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the list of articles; the counts are of annotations by status."""

    article_id: str
    revision: int
    title: str
    published: str | None
    source: str
    suggested: int
    accepted: int
    rejected: int


def summarise(document: Document) -> Summary:
    """The summary of a document."""
    article = document.article
    counts = Counter(annotation.status for annotation in document.annotations)
    source = article.source
    return Summary(
        article_id=article.id,
        revision=document.revision,
        title=article.title,
        published=article.published,
        source=source.name or source.file or source.url or "",
        suggested=counts["suggested"],
        accepted=counts["accepted"],
        rejected=counts["rejected"],
    )
