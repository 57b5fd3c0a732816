"""The one door for text from outside: as many characters, none of which commands a terminal."""

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.display import display, escape_json

UNSAFE = ("Cc", "Cf", "Cs", "Zl", "Zp")
INVISIBLE = [
    0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x2800, 0x3164, 0xFE00, 0xFE0F,
    0xFFA0, 0xE0100, 0xE01EF,
]  # fmt: skip
CODES = [
    code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in UNSAFE
] + INVISIBLE


@pytest.mark.parametrize("category", UNSAFE)
def test_each_unsafe_code_point_becomes_one_harmless_symbol_of_one_cell(category: str) -> None:
    codes = [code for code in CODES if unicodedata.category(chr(code)) == category]
    assert codes
    for code in codes:
        shown = display(chr(code))
        assert len(shown) == cell_len(shown) == 1, hex(code)
        assert shown != chr(code), hex(code)
        assert unicodedata.category(shown) not in UNSAFE, hex(code)
        assert shown == display(shown)


@pytest.mark.parametrize("code", INVISIBLE, ids=hex)
def test_what_shows_nothing_is_made_visible(code: int) -> None:
    assert display(chr(code)) == "·"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mкрасный", "␛[31mкрасный"),
        ("\x1b]52;c;YQ==\x07", "␛]52;c;YQ==␇"),
        ("строка\r\nи\tтаб", "строка␍␊и таб"),
        ("\0\x7f\x9b1m", "␀␡\ufffd1m"),
        ("\u202eворобо\u202c", "·воробо·"),
        ("ну\u200bль\u00adтон\ufeff", "ну·ль·тон·"),
        ("а\u2028б\u2029в", "а␤б¶в"),
        ("\U000e0041", "·"),
        ("\udc80", "\ufffd"),
        ("[@click=app.quit]x[/nope]", "[@click=app.quit]x[/nope]"),
    ],
)
def test_display(raw: str, shown: str) -> None:
    assert display(raw) == shown


@pytest.mark.parametrize(
    "text",
    [
        "«Съешь же ещё этих мягких французских булок», — № 5, 20 °C, 40 €, 7 ₸…",
        "за\u0301мок и замо\u0301к",
        "Қазақстан, Білім, Україна",
        "Нефть Brent — $80",
        "😀🎉🇰🇿",
        "日本語",
        "40\u00a0млн\u202fрублей",
    ],
)
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert display(text) == text


@given(st.text(st.characters()))
def test_any_text_is_shown_one_for_one_and_harmless(text: str) -> None:
    shown = display(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(character) in UNSAFE for character in shown)
    assert display(shown) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_escaped_line_of_json_says_the_same(text: str) -> None:
    escaped = escape_json(json.dumps({text: text}, ensure_ascii=False))
    assert json.loads(escaped) == {text: text}
    assert display(escaped) == escaped


def test_every_unsafe_code_point_is_escaped_in_json() -> None:
    codes = [code for code in CODES if not 0xD800 <= code < 0xE000]
    text = "Мост".join(map(chr, codes))
    escaped = escape_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(escaped) == text
    assert display(escaped) == escaped


def test_lines_of_json_stay_lines_and_readable() -> None:
    line = '{"text": "«Мост» — 😀\\n"}\n'
    assert escape_json(line + line) == line + line
