"""Identity and title of an article whose source gives none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles import TITLE_LENGTH, make_article, text_id, title_of
from annotations.model import Source

LONG = "Новый мост через Тверцу " * 6  # 144 characters


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Мост открыт\n\nЕго ждали.", "Мост открыт", id="short line without full stop"),
        pytest.param("\n  Мост открыт \nЕго ждали.", "Мост открыт", id="after empty lines"),
        pytest.param("Кто виноват? Что с мостом\nТекст.", "Кто виноват? Что с мостом", id="asks"),
        pytest.param("Мост открыт. Его ждали.", "Мост открыт.", id="first sentence"),
        pytest.param("В г. Твери открыт мост\nТекст.", "В г. Твери открыт мост", id="abbreviation"),
        pytest.param("Мост открыт…\nТекст.", "Мост открыт…", id="ellipsis is no full stop"),
        pytest.param(" \n\t\n", "", id="nothing"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert title_of(text) == title


def test_a_long_title_is_cut() -> None:
    title = title_of(LONG + "\nТекст.")
    assert len(title) <= TITLE_LENGTH
    assert title.endswith("…")
    assert LONG.startswith(title[:-1])
    exact = "М" * TITLE_LENGTH
    assert title_of(exact) == exact
    assert title_of(exact + ".") == exact[:-1] + "…"


@given(st.text())
def test_any_text_has_a_title_of_one_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= TITLE_LENGTH
    assert "\n" not in title
    assert bool(title) == bool(text.strip())


def test_the_same_text_is_the_same_article() -> None:
    assert make_article("Мост").id == make_article("Мост").id == text_id("Мост")
    assert make_article("Мост").id != make_article("мост").id
    assert text_id("\ud800")


def test_what_the_source_gives_is_kept() -> None:
    source, meta = Source(name="Курьер"), {"rubric": ["город", None]}
    article = make_article(
        "Мост", id="м1", title="", published="2025-11-04", source=source, meta=meta
    )
    assert (article.id, article.title, article.published) == ("м1", "", "2025-11-04")
    assert (article.source, article.meta) == (source, meta)
    assert make_article("Мост").source == Source()
