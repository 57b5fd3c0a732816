"""The exchange record, `zametka/1`: document ⇄ dict ⇄ one line of JSON.

Reading is strict: what this version does not know, or what contradicts the text, is refused
with an InvalidRecord that says where, what was expected and what was found.
"""

import json

from annotations.articles import make_article
from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.errors import AnnotationError, InvalidRecord
from annotations.json_objects import Record, Types, check_keys, parse_line, type_name
from annotations.model import Annotation, Article, Document, Source
from annotations.phrase import Phrase
from annotations.values import check_value

SCHEMA = "zametka/1"

_ARTICLE_KEYS: Types = {
    "schema": (str,),
    "id": (str,),
    "title": (str,),
    "published": (str, None),
    "source": (dict, None),
    "meta": (dict, None),
    "sha256": (str,),
    "text": (str,),
    "annotations": (list,),
}
_SOURCE_KEYS: Types = {
    "name": (str, None),
    "url": (str, None),
    "file": (str, None),
}
_ANNOTATION_KEYS: Types = {
    "id": (str,),
    "start": (int,),
    "end": (int,),
    "text": (str,),
    "label": (str,),
    "value": (dict, None),
    "entity": (str, None),
    "layer": (str,),
    "status": (str,),
    "confidence": (float, int, None),
    "author": (str,),
    "created": (str,),
    "modified": (str,),
    "note": (str, None),
}
_ANNOTATION_REQUIRED = (
    "id", "start", "end", "text", "label", "status", "author", "created", "modified",
)  # fmt: skip


def to_line(document: Document) -> str:
    """The record as one line of JSON, with its line break."""
    return json.dumps(to_record(document), ensure_ascii=False) + "\n"


def from_line(line: str | bytes) -> Document:
    """The document that one line of JSON describes."""
    return from_record(parse_line(line))


def to_record(document: Document) -> Record:
    """The record as a dict, its keys in the order of the format."""
    text = document.article.text
    return {
        **article_to_dict(document.article),
        "annotations": [annotation_to_dict(each, text) for each in document.annotations],
    }


def article_to_dict(article: Article) -> Record:
    """All of the record but the annotations."""
    source = article.source
    return {
        "schema": SCHEMA,
        "id": article.id,
        "title": article.title,
        "published": article.published,
        "source": {"name": source.name, "url": source.url, "file": source.file},
        "meta": article.meta,
        "sha256": article.sha256,
        "text": article.text,
    }


def annotation_to_dict(annotation: Annotation, text: str) -> Record:
    """One annotation of the record; `text` is the article's."""
    return {
        "id": annotation.id,
        "start": annotation.start,
        "end": annotation.end,
        "text": text[annotation.start : annotation.end],
        "label": annotation.label,
        "value": annotation.value,
        "entity": annotation.entity,
        "layer": annotation.layer,
        "status": annotation.status,
        "confidence": annotation.confidence,
        "author": annotation.author,
        "created": annotation.created,
        "modified": annotation.modified,
        "note": annotation.note,
    }


def from_record(record: Record) -> Document:
    """The document that a full record describes."""
    rows = record.get("annotations")
    article = article_from_dict({key: record[key] for key in record if key != "annotations"})
    if not isinstance(rows, list):
        raise InvalidRecord(
            Phrase("annotations must be a list, found {found}", found=type_name(rows))
        )
    try:
        return Document(
            article,
            tuple(
                annotation_from_dict(
                    row, article.text, Phrase("annotation {number}", number=number)
                )
                for number, row in enumerate(rows, 1)
            ),
        )
    except AnnotationError as error:
        raise InvalidRecord(*error.args) from None


def article_from_dict(record: Record) -> Article:
    """What `article_to_dict` wrote."""
    check_keys(record, _ARTICLE_KEYS, ("schema", "id", "text"), Phrase("the record"))
    if record["schema"] != SCHEMA:
        raise InvalidRecord(
            Phrase(
                "expected schema {schema}, found {found!r}", schema=SCHEMA, found=record["schema"]
            )
        )
    article = _make_article(record)
    expected = record.get("sha256", article.sha256)
    if article.sha256 != expected:
        raise InvalidRecord(
            Phrase(
                "the text does not fit its sha256: expected {expected}, found {found}",
                expected=expected,
                found=article.sha256,
            )
        )
    return article


def article_from_loose(record: Record) -> Article:
    """An article from an object that has at least `text`.

    `id`, `title`, `published`, `source` and `meta` are kept; whatever else the object has
    goes into `meta`, where the source's own words are kept.
    """
    known = {key: record[key] for key in record if key in ("id", "text", "title", "published")}
    if type(known.get("id")) is int:  # true and false are no ids
        known["id"] = str(known["id"])
    source = record.get("source")
    known["source"] = {"name": source} if isinstance(source, str) else source
    meta = {} if record.get("meta") is None else record["meta"]
    check_keys(
        known,
        {**_ARTICLE_KEYS, "title": (str, None), "id": (str, None)},
        ("text",),
        Phrase("the record"),
    )
    if not isinstance(meta, dict):
        raise InvalidRecord(
            Phrase("the record: meta must be an object, found {found}", found=type_name(meta))
        )
    handled = {*known, "meta", "schema", "sha256"}
    rest = {key: record[key] for key in record if key not in handled}
    return _make_article({**known, "meta": {**meta, **rest}})


def _make_article(record: Record) -> Article:
    source = record.get("source") or {}
    check_keys(source, _SOURCE_KEYS, (), "source")
    try:
        return make_article(
            record["text"],
            id=record.get("id"),
            title=record.get("title"),
            published=record.get("published"),
            source=Source(**source),
            meta=record.get("meta"),
        )
    except AnnotationError as error:
        raise InvalidRecord(*error.args) from None


def annotation_from_dict(row: object, text: str, where: str | Phrase) -> Annotation:
    """One annotation; `text` is the article's and must agree, `where` names it in errors."""
    if not isinstance(row, dict):
        raise InvalidRecord(
            Phrase(
                "{where}: expected an object, found {found}",
                where=where,
                found=type_name(row),
            )
        )
    if isinstance(row.get("id"), str):
        where = Phrase("{where} ({id})", where=where, id=row["id"])
    check_keys(row, _ANNOTATION_KEYS, _ANNOTATION_REQUIRED, where)
    fields = dict(row)
    quoted = fields.pop("text")
    try:
        annotation = Annotation(**fields)
        if annotation.value is not None:
            check_value(annotation.label, annotation.value)
    except AnnotationError as error:
        raise InvalidRecord(Phrase("{where}: {error}", where=where, error=error)) from None
    found = text[annotation.start : annotation.end]
    if annotation.end > len(text) or found != quoted:
        raise InvalidRecord(
            Phrase(
                "{where}: characters {start} to {end} of the text were expected to be "
                "{quoted!r}, found {found!r}",
                where=where,
                start=annotation.start,
                end=annotation.end,
                quoted=quoted,
                found=found,
            )
        )
    return annotation


def check_annotation(annotation: Annotation, text: str) -> None:
    """Refuse what `annotation_from_dict` would not read again.

    What an Annotation has checked when it was made is not checked again.
    """
    where = Phrase("annotation {id!r}", id=annotation.id)
    check_keys(annotation_to_dict(annotation, text), _ANNOTATION_KEYS, (), where)
    if annotation.end > len(text):
        raise InvalidRecord(Phrase("{where}: it ends outside of the text", where=where))
    if annotation.value is not None:
        check_value(annotation.label, annotation.value)


def edit_to_dict(edit: Edit, text: str) -> Record:
    """An edit as the history keeps it."""
    match edit:
        case Add(annotation):
            return {"add": annotation_to_dict(annotation, text)}
        case Remove(annotation):
            return {"remove": annotation_to_dict(annotation, text)}
        case Change(before, after):
            return {
                "change": annotation_to_dict(before, text),
                "to": annotation_to_dict(after, text),
            }
        case Group(edits):
            return {"group": [edit_to_dict(part, text) for part in edits]}


def edit_from_dict(record: Record, text: str) -> Edit:
    """What `edit_to_dict` wrote."""
    match record:
        case {"add": row}:
            return Add(annotation_from_dict(row, text, "add"))
        case {"remove": row}:
            return Remove(annotation_from_dict(row, text, "remove"))
        case {"change": before, "to": after}:
            return Change(
                annotation_from_dict(before, text, "change"),
                annotation_from_dict(after, text, "to"),
            )
        case {"group": list(parts)}:
            return Group(tuple(edit_from_dict(part, text) for part in parts))
        case _:
            raise InvalidRecord(
                Phrase("no edit that this version knows: {record}", record=str(record)[:60])
            )
