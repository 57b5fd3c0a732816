"""Where a query that is true of an article has it: words of the text, annotations."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from annotations.grouping import name_of
from annotations.model import MAIN_LAYER, Annotation, Document
from annotations.query.figures import bounds, fits
from annotations.query.nodes import Annotated, Node, Phrase, Word, positive
from annotations.query.text_hits import Forms, Hit, Words, text_hits


def hits(
    document: Document,
    node: Node,
    forms: Forms,
    deciders: Mapping[str, str] = MappingProxyType({}),
) -> list[Hit]:
    """All that the query points at, in text order, each stretch once.

    `deciders` are those who decided on annotations, by their ids, without being their authors.
    """
    article = document.article
    words = text_hits(article.text, node, forms, article.title)
    found = {(hit.start, hit.end): hit for hit in words}
    for hit in _annotation_hits(document, node, forms, deciders):
        found[hit.start, hit.end] = hit
    return sorted(found.values())


def _annotation_hits(
    document: Document, node: Node, forms: Forms, deciders: Mapping[str, str]
) -> Iterator[Hit]:
    wanted = [each for each in positive(node) if isinstance(each, Annotated)]
    if not wanted:
        return
    names = fullest_names(document)
    for annotation in document.annotations:
        if annotation.layer == MAIN_LAYER and any(
            each.author in (None, annotation.author, deciders.get(annotation.id))
            and _meets(document, annotation, each, names, forms)
            for each in wanted
        ):
            yield Hit(annotation.start, annotation.end, annotation.id)


def fullest_names(document: Document) -> dict[str, str]:
    """The entities of the article, each with the longest of the names of its mentions."""
    found: dict[str, str] = {}
    for each in document.annotations:
        if each.entity is not None and each.layer == MAIN_LAYER and each.status != "rejected":
            found[each.entity] = max(found.get(each.entity, ""), name_of(document, each), key=len)
    return found


def _meets(
    document: Document,
    annotation: Annotation,
    node: Annotated,
    names: Mapping[str, str],
    forms: Forms,
) -> bool:
    """Whether an annotation is as it should be, whoever made it."""
    value = annotation.value or {}
    is_named = "name" in value or annotation.entity is not None
    own = name_of(document, annotation) if is_named else ""
    of, note = str(value.get("of") or ""), annotation.note or ""
    return (
        (annotation.status == node.status if node.status else annotation.status != "rejected")
        and node.label in (None, annotation.label)
        and (not node.name or _has(own, node.name, forms) or _has(
            names.get(annotation.entity or "", ""), node.name, forms
        ))
        and (not node.of or _has(of, node.of, forms))
        and (not node.note or _has(note, node.note, forms))
        and _is_figure(annotation, node)
    )  # fmt: skip


def _has(text: str, words: tuple[Word, ...], forms: Forms) -> bool:
    """Whether a name, a noun or a note has words that follow one another; `*` alone: any."""
    if not any(word.text for word in words):
        return bool(text)
    return any(True for _ in Words(text).spans(Phrase(words), forms))


def _is_figure(annotation: Annotation, node: Annotated) -> bool:
    if node.within is None and node.unit is None:
        return True
    found = bounds(annotation.label, annotation.value or {})
    if found is None or node.unit not in (None, found.unit):
        return False
    return node.within is None or fits(node.within, found)
