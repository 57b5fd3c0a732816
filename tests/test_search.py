"""Any case form of a word finds any other: in an article, and over articles."""

import pytest

from annotations.articles import make_article
from annotations.model import Document, Source
from annotations.search import find_phrase, find_words, parse_query
from annotations.tokens import sentences
from store.search import search, search_article


def phrases(text: str, query: str) -> list[str]:
    return [text[span.start : span.end] for span in find_phrase(text, parse_query(query))]


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
    assert phrases(text, query) == [expected]
    [(token, asked)] = find_words(text, parse_query(query))
    assert (token.text, asked) == (expected, {0})


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Касым-Жомарт", "Касым приехал. Жомарт тоже."),
        ("юго-восток", "Ветер на восток и на юго-запад."),
        ("Токаев", "Токарь точит."),
        ("мост", "мостовая"),
        ("Brent", "Брент"),
        ("мост", ""),
        ("", "мост"),
        ("— …", "мост — …"),
    ],
)
def test_what_was_not_asked_for_is_not_found(query: str, text: str) -> None:
    assert phrases(text, query) == []
    assert list(find_words(text, parse_query(query))) == []


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("премьер-министр Беларуси", "Обед с премьер-министром Беларуси.",
         ["премьер-министром Беларуси"]),
        ("новый мост", "О новом мосте: новый, мост и мост новый.",
         ["новом мосте", "новый, мост"]),
        ("мост мост", "мост, мосту мостом", ["мост, мосту", "мосту мостом"]),
        ("мост «новый»", "мост новый", ["мост новый"]),
        ("новый мост", "новый\n\nмост", ["новый\n\nмост"]),
        ("новый мост", "новый большой мост", []),
        ("а б в", "а б", []),
    ],
)  # fmt: skip
def test_a_phrase_is_found_where_its_words_follow_one_another(
    query: str, text: str, expected: list[str]
) -> None:
    assert phrases(text, query) == expected


def test_each_found_word_says_which_words_asked_for_it() -> None:
    query = parse_query("сталь стать мост")
    found = {token.text: asked for token, asked in find_words("Стали строить мост", query)}
    assert found == {"Стали": {0, 1}, "мост": {2}}


NEWS = (
    "Мост через Тверцу\n\nВ Твери спорят о мосте. Мэр Зимин показал новый мост. "
    "Мост у Зимина красив.\nПтицы поют."
)
ARTICLE = make_article(NEWS, id="мост", source=Source(name="Курьер"))


@pytest.mark.parametrize(
    ("query", "sentence", "marks", "count"),
    [
        pytest.param("мост", "Мост через Тверцу", ["Мост"], 4, id="the first of equals"),
        pytest.param(
            "Зимину мостам", "Мэр Зимин показал новый мост.", ["Зимин", "мост"], 6, id="most words"
        ),
        pytest.param("птица", "Птицы поют.", ["Птицы"], 1, id="the last sentence"),
        pytest.param("птица Тверца", "Мост через Тверцу", ["Тверцу"], 2, id="far apart"),
    ],
)
def test_a_hit_shows_the_sentence_with_the_most_of_the_words(
    query: str, sentence: str, marks: list[str], count: int
) -> None:
    hit = search_article(ARTICLE, parse_query(query))
    assert hit is not None
    assert NEWS[hit.sentence.start : hit.sentence.end] == sentence
    assert hit.sentence in list(sentences(NEWS))
    assert [NEWS[mark.start : mark.end] for mark in hit.marks] == marks
    assert all(hit.sentence.covers(mark) for mark in hit.marks)
    assert hit.count == count


@pytest.mark.parametrize("query", ["Токаев", "мост Токаев", "", "…"])
def test_an_article_without_every_word_is_no_hit(query: str) -> None:
    assert search_article(ARTICLE, parse_query(query)) is None


def test_hits_come_in_the_order_of_the_articles_and_lazily() -> None:
    texts = ["О Турчине.", "Ни слова.", "С Турчиным говорили.", "Турчин."]
    read = []

    def documents():  # type: ignore[no-untyped-def]
        for number, text in enumerate(texts):
            read.append(number)
            yield Document(make_article(text, id=str(number)))

    hits = search(documents(), parse_query("Турчин"))
    assert next(hits).article.id == "0"
    assert read == [0]
    assert [hit.article.id for hit in hits] == ["2", "3"]
