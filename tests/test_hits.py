"""Where an article has what a query asks for: words in any case form, phrases, annotations."""

from datetime import date

import pytest

from annotations.articles import make_article
from annotations.model import Annotation, Document
from annotations.query.forms import forms_of
from annotations.query.hits import hits
from annotations.query.nodes import Word
from annotations.query.parser import parse
from annotations.query.text_hits import Hit, text_hits

NOON = "2026-01-31T12:00:00Z"
TODAY = date(2026, 1, 31)


def stretches(text: str, query: str, *annotations: Annotation) -> list[str]:
    document = Document(make_article(text, id="статья"), annotations)
    found = hits(document, parse(query, TODAY), forms_of)
    return [text[hit.start : hit.end] for hit in found]


FORMS = [
    pytest.param("Токаев", "Речь Токаева понравилась.", "Токаева", id="genitive"),
    pytest.param("Токаев", "Слово дали Токаеву.", "Токаеву", id="dative"),
    pytest.param("Токаева", "Выступил Токаев.", "Токаев", id="from another case"),
    pytest.param("Турчин", "Беседа с Турчиным шла долго.", "Турчиным", id="instrumental"),
    pytest.param("Казахстан", "Границы с Казахстаном открыты.", "Казахстаном", id="country"),
    pytest.param("казахстан", "О КАЗАХСТАНЕ говорили.", "КАЗАХСТАНЕ", id="case of letters"),
    pytest.param("идти", "Дети шли в школу.", "шли", id="verb"),
    pytest.param("человек", "Пришли люди.", "люди", id="another stem"),
    pytest.param("елка", "Нарядили ёлку.", "ёлку", id="ё asked as е"),
    pytest.param("ёлка", "Нарядили елку.", "елку", id="е written for ё"),
    pytest.param("замок", "Повесили за\u0301мок.", "за\u0301мок", id="stress in the text"),
    pytest.param("за\u0301мок", "Повесили замок.", "замок", id="stress in the query"),
    pytest.param("Жомарт", "Встретил Касым-Жомарта.", "Касым-Жомарта", id="second part"),
    pytest.param("Касым", "Встретил Касым-Жомарта.", "Касым-Жомарта", id="first part"),
    pytest.param("Reuters", "Пишет Reuters.", "Reuters", id="Latin"),
    pytest.param("BRENT", "Нефть Brent дешевеет.", "Brent", id="Latin letters' case"),
    pytest.param("2025", "План на 2025 год.", "2025", id="number"),
]


@pytest.mark.parametrize(("query", "text", "expected"), FORMS)
def test_a_word_is_found_in_another_form(query: str, text: str, expected: str) -> None:
    assert stretches(text, query) == [expected]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Касым-Жомарт", "Касым приехал. Жомарт тоже."),
        ("юго-восток", "Ветер на восток и на юго-запад."),
        ("Токаев", "Токарь точит."),
        ("мост", "мостовая"),
        ("Brent", "Брент"),
        ("=Токаева", "Токаев дал слово Токаеву."),
        ('"новый мост"', "новый большой мост"),
        ("мост NEAR/1 река", "мост через очень широкую реку"),
        ("-мост", "мост"),
        ("date:2025", "2025"),
    ],
)
def test_what_was_not_asked_for_is_not_found(query: str, text: str) -> None:
    assert stretches(text, query) == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        pytest.param('"премьер-министр Беларуси"', "Обед с премьер-министром Беларуси.",
                     ["премьер-министром Беларуси"], id="phrase"),
        pytest.param("«новый мост»", "О новом мосте: новый, мост и мост новый.",
                     ["новом мосте", "новый, мост"], id="phrase over punctuation"),
        pytest.param('"мост мост"', "мост, мосту мостом", ["мост, мосту", "мосту мостом"],
                     id="phrases that overlap"),
        pytest.param('"новый мост"', "новый\n\nмост", [], id="not over a break"),
        pytest.param("5", "5, 7,5 и 5:00", ["5", "5"], id="no half of a number"),
        pytest.param("7.5", "на 7,5 метра", ["7,5"], id="a number, with a point or a comma"),
        pytest.param("замок", "За\u00adмок", ["За\u00adмок"], id="soft hyphen"),
        pytest.param("новый мост", "мост и новая дорога", ["мост", "новая"], id="both words"),
        pytest.param("новый OR мост", "мост", ["мост"], id="either"),
        pytest.param("мост -река", "мост и река", ["мост"], id="what is excluded is no hit"),
        pytest.param("=Токаева", "Токаев и Токаева", ["Токаева"], id="exact form"),
        pytest.param("торг*", "торги, торговля и торт", ["торги", "торговля"], id="beginning"),
        pytest.param("мост NEAR/1 река", "у реки старый мост. Дальше новая река.", ["реки", "мост"],
                     id="words near each other"),
    ],
)  # fmt: skip
def test_the_hits_of_a_query_are_stretches_of_the_text(
    query: str, text: str, expected: list[str]
) -> None:
    assert stretches(text, query) == expected


OPEN = "Порт открыт…\n\nВ порт зашли суда, порт открыт."
LONG = f"Порт {'далеко ' * 40}от порта."


@pytest.mark.parametrize(
    ("text", "title", "query", "expected"),
    [
        pytest.param(OPEN, None, "title:порт", ["Порт"], id="a word"),
        pytest.param(OPEN, None, 'title:"порт открыть"', ["Порт открыт"], id="a phrase"),
        pytest.param(OPEN, None, "title:(открыт NEAR порт)", ["Порт", "открыт"], id="near"),
        pytest.param(OPEN, None, "title:порт суда", ["Порт", "суда"], id="beside another word"),
        pytest.param(OPEN, "Порт открыт", "title:порт", ["Порт"], id="its own title"),
        pytest.param(LONG, None, "title:порт", ["Порт"], id="a title that was cut"),
        pytest.param(OPEN, "В порту", "title:порт", [], id="a title that is not in the text"),
        pytest.param(OPEN, "", "title:порт", [], id="no title"),
    ],
)
def test_words_of_the_title_are_pointed_at_in_the_heading(
    text: str, title: str | None, query: str, expected: list[str]
) -> None:
    document = Document(make_article(text, id="порт", title=title), ())
    found = hits(document, parse(query, TODAY), forms_of)
    assert [text[hit.start : hit.end] for hit in found] == expected


def test_words_near_each_other_are_found_in_a_long_line() -> None:
    def as_written(word: Word) -> set[str]:
        return {word.text}

    found = text_hits("мост порт " * 30_000, parse("мост NEAR/3 порт", TODAY), as_written)
    assert (len(found), found[-1]) == (60_000, Hit(299_995, 299_999))


BANK = "Алия Омарова из банка получила 2 млн тенге, а Юн Ким — 300 тысяч."


def annotation(quote: str, label: str, **fields: object) -> Annotation:
    start = BANK.index(quote)
    return Annotation(
        id=f"{label}{start}", start=start, end=start + len(quote), label=label,
        author="recogniser:test", created=NOON, modified=NOON, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


ANNOTATED = (
    annotation("Алия Омарова", "PER", value={"name": "Алия Омарова"}, entity="e1"),
    annotation("Юн Ким", "PER", value={"name": "Юн Ким"}, entity="e2", status="rejected"),
    annotation("2 млн тенге", "MONEY", value={"min": "2000000", "max": "2000000", "unit": "KZT"}),
    annotation("300 тысяч", "MONEY", value={"min": "300000", "max": "300000", "unit": "KZT"}),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("entity:Омарова", ["Алия Омарова"]),
        ('entity:"алию омарову"', ["Алия Омарова"]),
        ("label:PER", ["Алия Омарова"]),
        ("status:rejected", ["Юн Ким"]),
        ("money>1млн", ["2 млн тенге"]),
        ("money:KZT", ["2 млн тенге", "300 тысяч"]),
        ("money<1млн OR банк", ["банка", "300 тысяч"]),
        ("label:ORG", []),
    ],
)
def test_the_hits_of_a_condition_are_annotations(query: str, expected: list[str]) -> None:
    assert stretches(BANK, query, *ANNOTATED) == expected


def test_a_stretch_that_is_a_word_and_an_annotation_is_one_hit() -> None:
    document = Document(make_article(BANK, id="банк"), ANNOTATED)
    query = parse('"Алия Омарова" OR label:PER', TODAY)
    assert [hit.annotation for hit in hits(document, query, forms_of)] == [ANNOTATED[0].id]
