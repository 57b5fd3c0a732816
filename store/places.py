"""The same name in many articles: where it stands, and annotating it there, a step an article."""

from collections.abc import Collection
from dataclasses import dataclass

from annotations.edits import Stamp
from annotations.model import Annotation, Document, Span
from annotations.name_patterns import Pattern
from annotations.occurrences import ANOTHER, Occurrence, annotate, is_decided, occurrences
from annotations.phrase import Phrase, Words, nested
from store.library import HistoryEntry, Library, Saved, now

USER = "user:"
CONTEXT = 80  # characters kept on either side of a place, of its own paragraph
_TRIES = 3  # times that an article is read anew when somebody else is faster


@dataclass(frozen=True, slots=True)
class Place:
    """An occurrence with what a list shows of it, without the article's text.

    `remark` is what is annotated there already, or why it may be something else; empty where
    nothing is to be said.
    """

    article_id: str
    title: str
    span: Span
    before: str
    text: str
    after: str
    is_open: bool
    is_sure: bool
    remark: Words


def places_of(
    document: Document, pattern: Pattern, mention: Annotation | None = None
) -> list[Place]:
    """The places of an article where the name stands; `mention` is known to be it."""
    text = document.article.text
    return [
        Place(
            article_id=document.article.id,
            title=document.article.title,
            span=each.span,
            before=end_of(text[text.rfind("\n", 0, each.span.start) + 1 : each.span.start]),
            text=text[each.span.start : each.span.end],
            after=start_of(text[each.span.end :].partition("\n")[0]),
            is_open=each.is_open,
            is_sure=each.is_sure,
            remark=_remark(document, each, pattern.label),
        )
        for each in occurrences(document, pattern, mention)
    ]


def start_of(text: str, room: int = CONTEXT) -> str:
    """The first words of a text, … where there are more."""
    if len(text) <= room:
        return text
    cut = text.rfind(" ", 0, max(room - 1, 0))
    return f"{text[:cut]} …" if cut >= 0 else "…"[:room]


def end_of(text: str, room: int = CONTEXT) -> str:
    """The last words of a text, … where there are more."""
    return start_of(text[::-1], room)[::-1]


def _remark(document: Document, occurrence: Occurrence, label: str) -> Words:
    """What is annotated there, where that is not just the same suggestion, or the doubt."""
    there, span = occurrence.there, occurrence.span
    doubt = occurrence.doubt
    if there is None:
        return doubt
    if not is_decided(there) and (there.span, there.label) == (span, label):
        if doubt != ANOTHER:
            return doubt
        name = (there.value or {}).get("name")
        return Phrase("{doubt} «{name}»", doubt=doubt, name=nested(str(name)))
    said = Phrase("{status} {label}", status=Phrase(there.status), label=there.label)
    if there.span != span:
        said = Phrase("{said} «{text}»", said=said, text=nested(document.text_of(there)[:40]))
    if there.author.startswith(USER):
        said = Phrase("{said} by {who}", said=said, who=there.author.removeprefix(USER))
    return said


def annotate_in(
    library: Library,
    article_id: str,
    pattern: Pattern,
    spans: Collection[Span],
    *,
    author: str,
    operation: str,
) -> tuple[int, HistoryEntry | None]:
    """Annotate the name at these places of an article as one step; says at how many it was.

    What others have decided by then is left as it is.  With what was written, where it was.
    """
    for _ in range(_TRIES):
        document = library.document(article_id)
        edit = annotate(document, pattern, spans, Stamp(author, now()))
        if edit is None:
            return 0, None
        outcome = library.apply(article_id, edit, author=author, operation=operation)
        if isinstance(outcome, Saved):
            return len(edit.edits), outcome.entry
    return 0, None
