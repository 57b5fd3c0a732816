"""The same name in all its case forms: what is found, what is doubted, what is left alone."""

from dataclasses import replace

import pytest

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Annotation, Document, Span
from annotations.name_patterns import pattern_of
from annotations.occurrences import (
    ANOTHER,
    HOMONYM,
    LONGER,
    OPENING,
    Occurrence,
    annotate,
    occurrences,
)

DAY = "2026-01-31"


def annotation(text: str, quote: str, label: str, name: str = "", **fields: object) -> Annotation:
    start = text.index(quote)
    return Annotation(
        id=f"{label}{start}-{len(quote)}",
        start=start,
        end=start + len(quote),
        label=label,
        author=str(fields.pop("author", "recogniser:test")),
        created=DAY,
        modified=DAY,
        value={"name": name or quote},
        **fields,  # type: ignore[arg-type]
    )


def found(
    text: str, quote: str, label: str, name: str, *others: Annotation
) -> list[tuple[str, Occurrence]]:
    mention = annotation(text, quote, label, name)
    document = Document(make_article(text, id="x"), (mention, *others))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    return [
        (text[each.span.start : each.span.end], each)
        for each in occurrences(document, pattern, mention)
    ]


@pytest.mark.parametrize(
    ("quote", "label", "name", "text", "forms"),
    [
        (
            "Сабитовой", "PER", "Сабитова",
            "О Сабитовой пишут, Сабитову хвалят; вчера Сабитова уехала, а Сабитов нет.",
            ["Сабитовой", "Сабитову", "Сабитова"],
        ),
        (
            "Речного банка", "ORG", "Речной банк",
            "Из Речного банка пишут Речному банку. Речной банка не видел, речной банк тоже.",
            ["Речного банка", "Речному банку"],
        ),
        (
            "Павла Орехова", "PER", "Павел Орехов",
            "Без Павла Орехова, с Павлом Ореховым, но Павел Орехова не узнал.",
            ["Павла Орехова", "Павлом Ореховым"],
        ),
        (
            "Агентства речных перевозок", "ORG", "Агентство речных перевозок",
            "У Агентства речных перевозок, в Агентстве речных перевозок, Агентства перевозок",
            ["Агентства речных перевозок", "Агентстве речных перевозок"],
        ),
        (
            "Высшую школу танца", "ORG", "Высшая школа танца",
            "В Высшую школу танца; при Высшей школе танца; в Высшую\xa0школу танца, Высшую\nшколу",
            ["Высшую школу танца", "Высшей школе танца", "Высшую\xa0школу танца"],
        ),
        ("МЧС", "ORG", "МЧС", "В МЧС, из МЧС и мчс.", ["МЧС", "МЧС"]),
        ("ТОО «Ива»", "ORG", "ТОО «Ива»", "У ТОО «Ива» и ТОО «Ива»; Ива.", ["ТОО «Ива»"] * 2),
        ("Air Nomad", "ORG", "Air Nomad", "Air Nomad летает, Air Nomads нет.", ["Air Nomad"]),
        ("Петра", "PER", "Пётр", "Ждали Петра, и Пётр пришёл.", ["Петра", "Пётр"]),
    ],
)  # fmt: skip
def test_all_case_forms_that_agree_are_found(
    quote: str, label: str, name: str, text: str, forms: list[str]
) -> None:
    assert [form for form, _ in found(text, quote, label, name)] == forms


@pytest.mark.parametrize(
    ("name", "quote", "text"),
    [
        ("Роман", "Романа", "Ждали Романа. Приехал Роман с женой."),
        ("Вера", "Верой", "Говорили с Верой. Потом была Вера дома."),
        ("Надежда", "Надежды", "Ждали Надежды. Тогда Надежда уехала."),
    ],
)
def test_a_homonym_is_doubted_wherever_it_stands(name: str, quote: str, text: str) -> None:
    (first, here), (_, other) = found(text, quote, "PER", name)
    assert first == quote
    assert (here.doubt, here.is_sure) == ("", True)  # the mention itself is no question
    assert (other.doubt, other.is_open, other.is_sure) == (HOMONYM, True, False)


def test_a_form_of_another_word_is_doubted_only_where_its_capital_proves_nothing() -> None:
    text = "Видели Токаеву. Токаев пришёл, затем Токаев ушёл. Сабитов остался."
    doubts = [each.doubt for _, each in found(text, "Токаеву", "PER", "Токаев")]
    assert doubts == ["", OPENING, ""]
    assert [each.doubt for _, each in found(text, "Сабитов", "PER", "Сабитов")] == [""]


def test_a_word_of_a_longer_name_is_doubted() -> None:
    text = "Приехал Сабитов. Потом встретили Арнура Сабитова и снова Сабитова с семьёй."
    everything = found(text, "Сабитов", "PER", "Сабитов")
    assert [each.doubt for _, each in everything] == ["", LONGER, ""]


def test_a_suggestion_of_another_name_is_doubted_and_one_of_the_same_entity_is_not() -> None:
    text = "Пришёл Сабитов. Вчера Сабитова пела; позже Сабитова видели с нею."
    mention = annotation(text, "Сабитов", "PER", "Сабитов", entity="e1")
    singer = annotation(text, "Сабитова", "PER", "Сабитова", entity="e2")
    later = text.rindex("Сабитова")
    misread = replace(singer, id="z", start=later, end=later + 8, entity="e1")
    document = Document(make_article(text, id="x"), (mention, singer, misread))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    assert [each.doubt for each in occurrences(document, pattern, mention)] == ["", ANOTHER, ""]
    assert [each.doubt for each in occurrences(document, pattern)] == ["", ANOTHER, ANOTHER]


def test_what_somebody_decided_is_not_open() -> None:
    text = "О Сабитовой: с Сабитовой, у Сабитову, Сабитова, в центре Анны Сабитовой."
    others = (
        annotation(text, "Сабитову", "LOC", status="rejected"),
        annotation(text, "Сабитова", "ORG", status="accepted", author="user:oleg"),
        annotation(text, "центре Анны Сабитовой", "ORG", status="accepted"),
    )
    everything = found(text, "Сабитовой", "PER", "Сабитова", *others)
    assert [each.is_open for _, each in everything] == [True, True, False, False, False]
    assert [each.there for _, each in everything][2:] == list(others)


def test_a_suggestion_that_the_name_covers_is_corrected_and_a_longer_one_left() -> None:
    text = "Из Речного банка. В Речном банке, у Речному банку Дона."
    mention = annotation(text, "Речного банка", "ORG", "Речной банк", entity="e4")
    short = annotation(text, "банке", "LOC")
    longer = annotation(text, "Речному банку Дона", "ORG")
    document = Document(make_article(text, id="x"), (mention, short, longer))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    spans = [each.span for each in occurrences(document, pattern)]
    stamp = Stamp("user:anna", DAY)
    edit = annotate(document, pattern, spans, stamp)
    assert edit is not None
    after = edits.apply(document, edit)
    assert after.by_id[mention.id].status == "accepted"
    assert after.by_id[mention.id].author == mention.author  # it was right as it stood
    changed = after.by_id[short.id]
    assert (after.text_of(changed), changed.label, changed.entity) == ("Речном банке", "ORG", "e4")
    assert after.by_id[longer.id] == longer
    assert edits.apply(after, edits.inverse(edit)) == document


def test_new_mentions_share_an_entity_and_nothing_is_done_twice() -> None:
    text = "Видели Сабитову. Вчера Сабитовой вручили приз; все рады за Сабитову."
    mention = annotation(text, "Сабитову", "PER", "Сабитова", author="user:a", status="accepted")
    document = Document(make_article(text, id="x"), (mention,))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    spans = {each.span for each in occurrences(document, pattern)}
    edit = annotate(document, pattern, spans, Stamp("user:anna", DAY))
    assert edit is not None
    after = edits.apply(document, edit)
    assert [(after.text_of(each), each.entity) for each in after.annotations] == [
        ("Сабитову", None), ("Сабитовой", "e1"), ("Сабитову", "e1"),
    ]  # fmt: skip
    assert annotate(after, pattern, spans, Stamp("user:anna", DAY)) is None


def test_a_mention_without_a_word_has_no_pattern() -> None:
    text = "Цена — 5 …"
    mention = Annotation("m", 5, 6, "ORG", "user:a", DAY, DAY)
    assert pattern_of(Document(make_article(text, id="x"), (mention,)), mention) is None


def test_occurrences_do_not_overlap() -> None:
    text = "Нам Нам Нам Нам"
    mention = Annotation("m", 0, 7, "ORG", "user:a", DAY, DAY, value={"name": "Нам Нам"})
    document = Document(make_article(text, id="x"), (mention,))
    pattern = pattern_of(document, mention)
    assert pattern is not None
    assert [each.span for each in occurrences(document, pattern)] == [Span(0, 7), Span(8, 15)]
