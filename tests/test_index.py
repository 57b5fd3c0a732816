"""What an index answers is what its articles say: held against a reader that has no index."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest

from annotations.articles import make_article
from annotations.model import STATUSES, Annotation, Document, Source, Value
from annotations.query.figures import bounds
from annotations.query.forms import forms_of
from annotations.query.hits import hits, text_hits
from annotations.query.nodes import (
    And,
    Annotated,
    FromSource,
    Interval,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Published,
    Word,
)
from annotations.tokens import WORD, fold
from store.article.recovery import key_of
from store.index import database, finding
from store.index.entry import entry
from store.index.finding import Order
from store.index.index import Index
from store.index.lexis import Lexis
from store.index.writing import Writer

NOON = "2026-01-31T12:00:00Z"
FORMS = (
    *("мост", "моста", "мостом", "Мосту", "ёлка", "елку", "ЁЛКОЙ", "стали", "сталь", "стал"),
    *("новый", "новом", "новая", "люди", "человека", "больше", "много", "за\u0301мок", "замка"),
    *("Кайратов", "Кайратову", "Кайратова", "Қайратов", "песков", "Пескову", "песка"),
    *("Нур-Алем", "Нур-Алема", "Алемом", "Нура", "юго-восток", "востоке", "кто-то", "кто"),
    *("Brent", "BRENT-ом", "5-й", "пятый", "2025", "2025-го", "США", "о'нил", "О’Нила", "_", "й"),
    *("İzmir", "\u0301", "северо-", "западно-" * 9 + "сибирский", "западно-" * 9 + "сибирского"),
)
AUTHORS = ("user:anna", "user:boris", "recogniser:figures")
ENTITIES, FIGURES = ("PER", "ORG"), ("MONEY", "NUMBER", "DATE")
UNITS = ("KZT", "USD")
NUMBERS = ("-2.5", "0", "3", "3.5", "1000000000")
DAYS = ("2024-02-29", "2025-01-01", "2025-01-02", "2026-01-31")
PUBLISHED = (None, *DAYS, "2025-01-01T23:30:00+05:00")
SOURCES = (None, "Маяк", "МАЯК онлайн", "https://mayak.example/ёлка", "новости.txt")
SOUGHT = ("маяк", "Ёлка", "https", "нет такого")

LIBRARIES = 25
ARTICLES, QUERIES = 7, 30  # of each
PATHS = ((3_000, 5_000), (0, 5_000), (2, 5_000), (2, 2), (3_000, 0))  # few and ranked


# Articles.


def document(chance: random.Random, number: int) -> Document:
    text = some_words(chance, 9)
    article = make_article(
        text,
        id=f"article {number}",
        title=chance.choice(("", some_words(chance, 3))),
        published=chance.choice(PUBLISHED),
        source=Source(*chance.choices(SOURCES, k=3)),
    )
    marks = [annotation(chance, len(text), each) for each in range(chance.randrange(6))]
    return Document(article, tuple(marks))


def some_words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(FORMS, k=chance.randint(1, most)))


def annotation(chance: random.Random, length: int, number: int) -> Annotation:
    start = chance.randrange(length)
    is_entity = chance.random() < 0.5
    label = chance.choice(ENTITIES if is_entity else FIGURES)
    return Annotation(
        id=f"a{number}",
        start=start,
        end=chance.randint(start + 1, length),
        label=label,
        author=chance.choice(AUTHORS),
        created=NOON,
        modified=NOON,
        value=chance.choice((None, value(chance, label), value(chance, label))),
        entity=chance.choice((None, "e1", "e1", "e2")) if is_entity else None,
        layer=chance.choice(("main", "main", "main", "boris")),
        status=chance.choice(("accepted", *STATUSES)),
        note=chance.choice((None, None, some_words(chance, 3))),
    )


def value(chance: random.Random, label: str) -> Value:
    if label in ENTITIES:
        return {"name": some_words(chance, 3)}
    if label == "DATE":
        start, end = either(chance, *sorted(chance.choices(DAYS, k=2)))
        return {"start": start, "end": end}
    low, high = either(chance, *sorted(chance.choices(NUMBERS, k=2), key=float))
    numbers: dict[str, str | bool | None] = {"min": low, "max": high}
    match label, chance.choice((None, *FORMS)):
        case "MONEY", _:
            numbers["unit"] = chance.choice(UNITS)
        case "NUMBER", str(form):
            numbers["of"] = form
    return numbers


def either(chance: random.Random, low: str, high: str) -> tuple[str | None, str | None]:
    """Both bounds of a figure, or one."""
    return chance.choice(((low, high), (low, high), (low, None), (None, high)))


# Queries.


def query(chance: random.Random, library: Sequence[Document], depth: int = 0) -> Node:
    """A tree of some size; what it says of annotations is often true of one of the library."""
    if depth < 3 and chance.random() < 0.5:
        parts = [query(chance, library, depth + 1) for _ in range(chance.randint(2, 3))]
        kinds = (And(tuple(parts)), Or(tuple(parts)), And((parts[0], Not(parts[1]))), Not(parts[0]))
        return chance.choice(kinds)
    article = chance.choice(library).article
    match chance.randrange(6):
        case 0:
            return Phrase(words(chance, article.text), chance.choice(("text", "title")))
        case 1:
            return Phrase(words(chance, article.title), "title")
        case 2:
            return near(chance, article.text)
        case 3:
            first, last = chance.choices((None, *map(date.fromisoformat, DAYS)), k=2)
            return chance.choice((Published(first, last), FromSource(chance.choice(SOUGHT))))
    return condition(chance, library)


def words(chance: random.Random, text: str = "", most: int = 2) -> tuple[Word, ...]:
    """Some that follow one another in a text, else just some; none that a query cannot have."""
    there = text.split()
    first, count = chance.randrange(len(there) or 1), chance.randint(1, most)
    chosen = there[first : first + count] if chance.random() < 0.6 else ()
    is_exact = chance.random() < 0.3
    said = [Word(form, is_exact) for form in chosen or chance.choices(FORMS, k=count)]
    said = [word for word in said if any(map(str.isalnum, word.text))] or [Word("мост")]
    if chance.random() < 0.2:
        said[-1] = Word(said[-1].text[: chance.randint(1, 4)], prefix=True)
    return tuple(said)


def near(chance: random.Random, text: str) -> Near:
    field = chance.choice(("text", "text", "title"))
    phrases = [Phrase(words(chance, text), field) for _ in range(chance.randint(2, 3))]
    return Near(tuple(phrases), chance.randrange(6), field)


def condition(chance: random.Random, library: Sequence[Document]) -> Annotated:
    """Some of what one annotation of the library has, and perhaps something else."""
    there = [(each, mark) for each in library for mark in each.annotations]
    said = wild(chance)
    if there:
        document, mark = chance.choice(there)
        mine = true_of(chance, document, mark)
        said = {aspect: said[aspect] if chance.random() < 0.1 else mine[aspect] for aspect in said}
    chosen = {*chance.sample(sorted(said), k=chance.randint(0, 3))}
    chosen |= chance.choice((set(), {"label", "within"}, {"name"}))
    return Annotated(**{aspect: said[aspect] for aspect in sorted(chosen)})  # type: ignore[arg-type]


def wild(chance: random.Random) -> dict[str, object]:
    low, high = chance.choices((None, -2.5, 0.0, 3.0, 1e9, 738886.0, 739252.0), k=2)
    open_low, open_high = chance.choices((False, True), k=2)
    return {
        "label": chance.choice((*ENTITIES, *FIGURES, "LOC")),
        "status": chance.choice(STATUSES),
        "author": chance.choice((*AUTHORS, "user:nobody")),
        "name": words(chance),
        "of": words(chance, most=1),
        "note": chance.choice((words(chance), (Word("", prefix=True),))),
        "unit": chance.choice((*UNITS, "EUR")),
        "within": Interval(low, high, open_low, open_high),
    }


def true_of(chance: random.Random, document: Document, mark: Annotation) -> dict[str, object]:
    own: Value = mark.value or {}
    name, of = str(own.get("name") or document.text_of(mark)), str(own.get("of") or "")
    numbers = bounds(mark.label, own)
    edges = (None, numbers.low, numbers.high) if numbers else (None,)
    low, high = chance.choice(edges), chance.choice((None, *edges))
    open_low, open_high = chance.choices((False, True), k=2)
    return {
        "label": mark.label,
        "status": mark.status,
        "author": mark.author,
        "name": words(chance, name),
        "of": words(chance, of, 1),
        "note": words(chance, mark.note or ""),
        "unit": own.get("unit"),
        "within": Interval(low, high, open_low, open_high) if numbers else None,
    }


# What is true, and what the index says.


def is_true(document: Document, node: Node) -> bool:
    """Whether a query is true of an article, told by looking at it."""
    match node:
        case Phrase() | Near():
            return any(text_hits(text, node, forms_of, text) for text in _columns(document, node))
        case Annotated():
            return bool(hits(document, node, forms_of))
        case Published(first, last):
            day = document.article.day
            return day is not None and (first or day) <= day <= (last or day)
        case FromSource(text):
            source = document.article.source
            named = (source.name, source.url, source.file)
            return any(fold(text) in fold(each) for each in named if each)
        case Not(part):
            return not is_true(document, part)
        case And(parts):
            return all(is_true(document, part) for part in parts)
        case Or(parts):
            return any(is_true(document, part) for part in parts)


def _columns(document: Document, node: Phrase | Near) -> list[str]:
    article = document.article
    return [article.title] if node.field == "title" else [article.title, article.text]


@contextmanager
def index_of(library: Sequence[Document]) -> Iterator[Index]:
    connection = database.create(":memory:")
    try:
        writer, lexis = Writer(connection), Lexis()
        for each in library:
            writer.put(entry(key_of(each.article.id), each, lexis), "")
        database.finish(connection)
        yield Index(connection, "")
    finally:
        connection.close()


def found_in(index: Index, node: Node, order: Order) -> set[str]:
    """The articles that are found; they are as many as is said, and come in pages too."""
    found = index.find(node, order=order)
    assert found.count == len(found.docids) == len(set(found.docids))
    if found.order == "newest":
        assert found.docids == sorted(found.docids, reverse=True)
    for first in range(0, found.count + 1, 2):
        page = index.find(node, order=order, limit=2, offset=first)
        assert page.docids == found.docids[first : first + 2]
        assert (page.count, page.order) == (found.count, found.order)
    return {row.article_id for row in index.rows(found.docids)}


@pytest.mark.parametrize("seed", range(LIBRARIES))
def test_an_index_finds_what_is_true(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In both orders, in pages, and on each of the paths that numbers of articles take."""
    chance = random.Random(seed)
    library = [document(chance, number) for number in range(ARTICLES)]
    with index_of(library) as index:
        for node in [query(chance, library) for _ in range(QUERIES)]:
            true = {each.article.id for each in library if is_true(each, node)}
            for few, ranked in PATHS:
                monkeypatch.setattr(finding, "_FEW", few)
                monkeypatch.setattr(finding, "RANKED", ranked)
                for order in ("rank", "newest"):
                    assert found_in(index, node, order) == true, (node, order, few, ranked)


def test_an_index_knows_the_forms_that_words_find() -> None:
    """The same as without an index: what is shown of a text is what it was found for."""
    chance = random.Random(1)
    library = [document(chance, number) for number in range(40)]
    there = {form for each in library for form in WORD.findall(fold(each.article.text))}
    with index_of(library) as index:
        for form in FORMS:
            for word in (Word(form), Word(form, exact=True), Word(form[:3], prefix=True)):
                known, unknown = index.vocabulary.forms(word), forms_of(word)
                assert {each for each in there if each in known} == {
                    each for each in there if each in unknown
                }, word
