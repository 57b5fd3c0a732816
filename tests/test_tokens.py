"""Words, sentences and lines of a text, as offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.tokens import fold, lines, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мост открыт.", ["Мост", "открыт"]),
        ("из-за Касым-Жомарта", ["из-за", "Касым-Жомарта"]),
        ("за\u0301мок — замо\u0301к", ["за\u0301мок", "замо\u0301к"]),
        ("О’Нил, О'Нил", ["О’Нил", "О'Нил"]),
        ("юго‑восток, юго\u2010запад", ["юго‑восток", "юго\u2010запад"]),
        ("- а -б в- -", ["а", "б", "в"]),
        ("1,5 млн №5 COVID-19", ["1", "5", "млн", "5", "COVID-19"]),
        ("«Лада.kz»", ["Лада", "kz"]),
        ("дом--дом", ["дом", "дом"]),
        ("", []),
        (" \t—…", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    found = list(words(text))
    assert [token.text for token in found] == expected
    assert all(text[token.start : token.end] == token.text for token in found)


def test_words_of_a_part_keep_the_offsets_of_the_whole() -> None:
    assert [(w.start, w.text) for w in words("один два три четыре", 5, 12)] == [
        (5, "два"), (9, "три"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ЁЛКА", "елка"),
        ("за\u0301мок", "замок"),
        ("вѐдро", "ведро"),
        ("пѝсать", "писать"),
        ("О’Нил", "о'нил"),
        ("Юго‑Восток", "юго-восток"),
        ("Brent", "brent"),
        ("", ""),
    ],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text())
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_a_text_of_line_breaks_has_no_lines(text: str) -> None:
    assert list(lines(text)) == []


def test_lines_are_broken_by_line_feeds_only() -> None:
    text = "\nпервая\n\nвторая\u2028та же\vи та же\n"
    assert [text[line.start : line.end] for line in lines(text)] == [
        "первая", "вторая\u2028та же\vи та же",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мост открыт. Его ждали!", ["Мост открыт.", "Его ждали!"]),
        ("В г. Твери и т. д. открыт мост.", ["В г. Твери и т. д. открыт мост."]),
        ("Заголовок\n  Мост открыт.  ", ["Заголовок", "Мост открыт."]),
        ("строка без точки\nв двух строках", ["строка без точки", "в двух строках"]),
        (" \n \t\n", []),
        ("Цена — 1.5 млн. Это много.", ["Цена — 1.5 млн.", "Это много."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[each.start : each.end] for each in sentences(text)] == expected


@given(st.text("аБ.!?…»« \n\t\u2028-1", max_size=60))
def test_every_visible_character_is_in_exactly_one_sentence(text: str) -> None:
    covered = [place for each in sentences(text) for place in range(each.start, each.end)]
    assert covered == sorted(set(covered))
    assert {place for place, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert all(text[each.start : each.end].strip() for each in sentences(text))


@given(st.text())
def test_words_come_in_order_and_do_not_overlap(text: str) -> None:
    edges = [edge for token in words(text) for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert len(edges) == 2 * len(set(edges[::2]))
