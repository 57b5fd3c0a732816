"""Breaking a text into screen lines, and finding cells in it."""

import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from tui.display import display
from tui.page.wrap import _SINGLE_CELLS, cell_of, fit, fit_end, offset_at, wrap, wrapped

# shown text: single cells, wide, combining, joined, and what `display` leaves
_characters = st.sampled_from("аБя .-«»—1\u0301\u0308日本😀🇰🇿́·␛\u00a0️é") | st.characters()
_texts = st.text(_characters, max_size=80).map(display)
_paragraphs = st.lists(_texts, min_size=1, max_size=4).map("\n".join)
_widths = st.integers(1, 12)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("", 5, [""], id="nothing"),
        pytest.param("\n", 5, ["", ""], id="a line break"),
        pytest.param("мост\n\nрека", 9, ["мост", "", "река"], id="paragraphs"),
        pytest.param("мост река", 9, ["мост река"], id="it fits"),
        pytest.param("мост река", 8, ["мост", "река"], id="at the space"),
        pytest.param("мост река", 4, ["мост", "река"], id="the space beyond the width"),
        pytest.param("мост   река", 5, ["мост ", "река"], id="several spaces"),
        pytest.param("мостовая", 3, ["мос", "тов", "ая"], id="a long word"),
        pytest.param("в мостовая", 3, ["в", "мос", "тов", "ая"], id="a long word after a short"),
        pytest.param("а\u00a0б в", 3, ["а\u00a0б", "в"], id="no break at a hard space"),
        pytest.param("мост", 0, ["м", "о", "с", "т"], id="no width is one"),
        pytest.param("日本 語", 4, ["日本", "語"], id="wide"),
        pytest.param("日本語", 5, ["日本", "語"], id="a wide character does not fit"),
        pytest.param("日本", 1, ["日", "本"], id="wider than the line"),
        pytest.param("за\u0301 мок", 3, ["за\u0301", "мок"], id="combining takes no cell"),
        pytest.param("уже 4 200 мест", 6, ["уже", "4 200", "мест"], id="a number stays whole"),
        pytest.param("日本 4 200 м", 8, ["日本", "4 200 м"], id="beside wide characters too"),
        pytest.param("日本 4 200 м", 6, ["日本", "4 200", "м"], id="to the end of its last group"),
        pytest.param("а 1 234 567 б", 9, ["а", "1 234 567", "б"], id="of three groups"),
        pytest.param("в 2027 200 мест", 7, ["в 2027", "200", "мест"], id="two numbers do not"),
        pytest.param("1 234 567", 6, ["1 234", "567"], id="a number longer than the line"),
        pytest.param("日本 \u0301аб", 4, ["日本", " \u0301аб"], id="an accent on a space is seen"),
    ],
)
def test_wrap(text: str, width: int, expected: list[str]) -> None:
    assert wrapped(text, width) == expected


@given(_paragraphs, _widths)
@settings(max_examples=300)
def test_every_character_but_spaces_is_on_exactly_one_line(text: str, width: int) -> None:
    covered = [place for start, end in wrap(text, width) for place in range(start, end)]
    assert covered == sorted(set(covered))
    left_out = {text[place] for place in set(range(len(text))) - set(covered)}
    assert left_out <= {" ", "\n"}


@given(_paragraphs, _widths)
@settings(max_examples=300)
def test_no_line_is_wider_than_the_width_unless_it_is_one_grapheme(text: str, width: int) -> None:
    for line in wrapped(text, width):
        assert "\n" not in line
        assert cell_len(line) <= width or len(split_graphemes(line)[0]) == 1


@given(_paragraphs, _widths)
def test_each_paragraph_begins_a_line(text: str, width: int) -> None:
    starts = {start for start, _ in wrap(text, width)}
    assert {0, *(place + 1 for place, each in enumerate(text) if each == "\n")} <= starts


@given(st.text("абв  -", max_size=60), _widths)
def test_both_ways_of_wrapping_break_at_the_same_places(text: str, width: int) -> None:
    slow = wrap(text.replace("а", "а\u0301"), width)
    assert [length.replace("\u0301", "") for length in wrapped(text, width)] == [
        text.replace("а", "а\u0301")[start:end].replace("\u0301", "") for start, end in slow
    ]


@given(_paragraphs, _widths)
def test_a_cell_and_the_offset_that_stands_there_find_each_other(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        for first, _, cells in split_graphemes(text[start:end])[0]:
            cell = cell_of(text, (start, end), start + first)
            for inside in range(cells):
                assert offset_at(text, (start, end), cell + inside) == start + first
        beyond = cell_of(text, (start, end), end)
        assert beyond == cell_len(text[start:end])
        assert offset_at(text, (start, end), beyond) == end
        assert offset_at(text, (start, end), -1) <= end


@pytest.mark.parametrize(("offset", "cell"), [(0, 0), (2, 0), (3, 1), (5, 3), (9, 3)])
def test_offsets_outside_a_line_are_brought_inside(offset: int, cell: int) -> None:
    assert cell_of("абвгдежзи", (2, 5), offset) == cell


def test_the_fast_way_is_taken_for_single_cells_only() -> None:
    taken = [chr(code) for code in range(sys.maxunicode + 1) if _SINGLE_CELLS.fullmatch(chr(code))]
    assert {"я", "—", "№", "«", "…", "₸", "␛", "\u00a0"} <= set(taken)
    assert [each for each in taken if cell_len(each) != 1] == []
    assert [each for each in taken if len(split_graphemes("а" + each)[0]) != 2] == []
    assert [each for each in taken if display(each) != each] == []


@given(_texts, st.integers(0, 20))
def test_fit_fills_the_width_exactly(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) == width
    assert fitted.rstrip().removesuffix("…").rstrip() in text or text.startswith(fitted.rstrip())


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("мост", 6, "мост  "), ("мост", 4, "мост"), ("мост", 3, "мо…"), ("日本", 3, "日…"),
     ("日本", 2, "… "), ("мост", 1, "…"), ("мост", 0, ""), ("", 2, "  ")],
)  # fmt: skip
def test_fit(text: str, width: int, expected: str) -> None:
    assert fit(text, width) == expected


@pytest.mark.parametrize("character", ["а", " ", "а\u0301", "日"])
def test_a_line_of_hundreds_of_thousands_is_wrapped(character: str) -> None:
    text = character * 300_000
    lines = wrap(text, 80)
    assert lines[0][0] == 0
    assert all(one[1] <= other[0] for one, other in pairwise(lines))


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("мост", 6, "  мост"),
        ("мост", 4, "мост"),
        ("через мост", 5, "…мост"),
        ("мост", 1, "…"),
        ("мост", 0, ""),
        ("日本語", 4, " …語"),
        ("日本語", 5, "…本語"),
    ],
)
def test_the_end_of_a_text_fills_its_cells(text: str, width: int, expected: str) -> None:
    assert fit_end(text, width) == expected
    assert cell_len(fit_end(text, width)) == width
