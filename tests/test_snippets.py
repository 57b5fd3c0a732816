"""What of a text is shown of a hit, and how its text is read."""

import pytest

from annotations.articles import make_article
from annotations.model import Document
from annotations.query.text_hits import Hit
from store.library import Library
from store.snippets import snippet
from store.texts import text_of

NEWS = (
    "Мост через Тверцу\n\nВ Твери спорят о мосте. Мэр Зимин показал новый мост. "
    "Мост у Зимина красив.\nПтицы поют."
)


def hits(text: str, *words: str) -> list[list[Hit]]:
    """Where each of the words stands, as it is written."""
    return [
        [
            Hit(start, start + len(word))
            for start in range(len(text))
            if text.startswith(word, start)
        ]
        for word in words
    ]


def shown(text: str, *words: str, longest: int = 200) -> str:
    """The snippet with its hits in brackets, and … where something is missing."""
    best = snippet(text, hits(text, *words), longest)
    assert best is not None
    parts, place = ["…" * best.is_cut_before], best.start
    for start, end in best.marks:
        parts += [text[place:start], f"[{text[start:end]}]"]
        place = end
    return "".join((*parts, text[place : best.end], "…" * best.is_cut_after))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["ост"], "М[ост] через Тверцу", id="the first of equals"),
        pytest.param(["мост", "Зимин"], "Мэр [Зимин] показал новый [мост].", id="most parts"),
        pytest.param(["Птицы"], "[Птицы] поют.", id="the last sentence"),
        pytest.param(["Птицы", "Тверцу"], "Мост через [Тверцу]", id="far apart"),
        pytest.param(["мост", "мосте"], "В Твери спорят о [мосте].", id="one within another"),
        pytest.param(["новый м", "мост"], "Мэр Зимин показал [новый мост].", id="overlapping"),
        pytest.param(["красив.\nПтицы"], "Мост у Зимина [красив.]", id="over a line break"),
    ],
)
def test_the_sentence_with_the_most_parts_of_the_query_is_shown(
    words: list[str], expected: str
) -> None:
    assert shown(NEWS, *words) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Анна ушла. Пётр остался.", "Пётр", "[Пётр] остался."),
        ("Анна ушла! «Пётр остался».", "Пётр", "«[Пётр] остался»."),
        ("«Анна ушла». Пётр остался.", "Пётр", "[Пётр] остался."),
        ("Анна ушла… — Пётр, стой!", "Пётр", "— [Пётр], стой!"),
        ("Речь А. П. Зимина длинна.", "Речь", "[Речь] А. П. Зимина длинна."),
        ("Порт в г. Тверь на ул. Новой.", "Новой", "Порт в г. Тверь на ул. [Новой]."),
        ("Дали 5 тыс. Рублей мало.", "Дали", "[Дали] 5 тыс. Рублей мало."),
        ("Курс 4.5 рубля. дальше", "дальше", "Курс 4.5 рубля. [дальше]"),
        ("  Анна  \n\n  Пётр  ", "Пётр", "[Пётр]  "),
    ],
)  # fmt: skip
def test_where_sentences_end(text: str, word: str, expected: str) -> None:
    assert shown(text, word) == expected


def test_a_long_sentence_is_cut_between_words_around_the_most_parts() -> None:
    words = [f"слово{number}" for number in range(60)]
    words[5], words[40], words[42] = "мост", "мост", "порт"
    text = " ".join(words)
    assert shown(text, "мост", "порт", longest=50) == (
        "…слово38 слово39 [мост] слово41 [порт] слово43 слово44…"
    )
    assert shown(text, "слово0", longest=30) == "[слово0] слово1 слово2 слово3…"
    assert shown(text, "слово59", longest=30) == "…слово57 слово58 [слово59]"


def test_a_hit_that_is_too_long_is_cut() -> None:
    text = "а" * 500
    best = snippet(text, [[Hit(100, 400)]], 50)
    assert best is not None
    assert (best.start, best.end, best.marks) == (100, 150, ((100, 150),))


@pytest.mark.parametrize("text", ["", NEWS])
def test_without_a_hit_there_is_nothing_to_show(text: str) -> None:
    assert snippet(text, [[], []]) is None


def test_a_text_is_read_as_it_was_added(tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = 'Он сказал: "text": \\ и ушёл.\n\n      "text": "не он"\u2028\U0001f426'
    library = Library.create(tmp_path / "library")
    library.add(Document(make_article(text, id="птица", meta={"text": "не этот"})))
    key = library.file("птица").key
    assert text_of(str(library.path / "articles"), key) == text


def test_a_text_that_is_not_as_it_was_written_is_not_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    library = Library.create(tmp_path / "library")
    library.add(Document(make_article("Птицы поют.", id="птица")))
    path, articles = library.article_path("птица"), str(library.path / "articles")
    for damaged in (path.read_bytes().replace("Птицы".encode(), "Рыбки".encode()), b"", b"{}"):
        path.write_bytes(damaged)
        assert text_of(articles, path.stem) is None
    path.unlink()
    assert text_of(articles, path.stem) is None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        pytest.param("", "Мост открыт", id="no title"),
        pytest.param("Мост открыт", "На мосту людно.", id="its title"),
        pytest.param("Мост откр…", "На мосту людно.", id="cut"),
        pytest.param("Вести", "Мост открыт", id="another title"),
    ],
)
def test_of_equals_the_title_comes_last(title: str, shown: str) -> None:
    text = "Мост открыт\n\nНа мосту людно."
    best = snippet(text, hits(text, "ост"), title=title)
    assert best is not None
    assert text[best.start : best.end] == shown


@pytest.mark.parametrize(
    "middle",
    [
        pytest.param(" " * 1_000_000, id="blanks"),
        pytest.param("." * 1_000_000, id="stops"),
        pytest.param(f".{'»' * 1_000_000}", id="quotation marks"),
        pytest.param(f". {'—' * 1_000_000}", id="dashes"),
    ],
)
def test_a_line_of_one_character_a_million_times_comes_through(middle: str) -> None:
    text = f"мост{middle}порт"
    best = snippet(text, [[Hit(0, 4)]])
    assert best is not None
    assert best.marks == ((0, 4),)


def test_a_long_line_of_hits_comes_through() -> None:
    text = "мост порт " * 60_000
    bridges = [Hit(start, start + 4) for start in range(0, len(text), 10)]
    best = snippet(text, [bridges, [Hit(len(text) - 5, len(text) - 1)]])
    assert best is not None
    assert text[best.start : best.end] == ("мост порт " * 20).strip() + " "
    assert best.marks[-1] == (len(text) - 5, len(text) - 1)


def test_of_a_line_the_hits_that_fit_in_are_counted() -> None:
    """One that is too long to be shown is not, nor one that ends too far away."""
    text = "а" * 100
    parts = [[Hit(0, 60)], [Hit(5, 8)], [Hit(20, 31)], [Hit(50, 52)], [Hit(54, 75)]]
    best = snippet(text, parts, 25)
    assert best is not None
    assert (best.start, best.end) == (50, 75)
