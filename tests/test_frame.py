"""What is sent turns one frame into the next, whatever the two are, and is short."""

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.terminal.frame import BLANK, Frame, difference, frame_of, whole

WIDTH, HEIGHT = 24, 8

STYLES = [None, Style(bold=True), Style(color="red"), Style(color="green", bgcolor="black")]
TEXTS = st.text(st.sampled_from("абв  xyz─│«»日本\u0301"), min_size=1, max_size=WIDTH)
SEGMENTS = st.tuples(TEXTS, st.sampled_from(STYLES)).map(lambda pair: Segment(*pair))
STRIPS = st.lists(SEGMENTS, max_size=3).map(Strip)
SCREENS = st.lists(STRIPS, min_size=HEIGHT, max_size=HEIGHT)


def frame(strips: list[Strip]) -> Frame:
    cut = [strip.adjust_cell_length(WIDTH) for strip in strips]
    return frame_of(cut, WIDTH, ColorSystem.STANDARD)


def shown(*outputs: str) -> list[list[tuple[str, str, str, bool]]]:
    """The cells of a terminal after some output, as they look."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for output in outputs:
        stream.feed(output)
    return [
        [
            (cell.data, cell.fg * seen, cell.bg, cell.bold and seen)
            for x in range(WIDTH)
            for cell in (screen.buffer[y][x],)
            for seen in (cell.data != " ",)
        ]
        for y in range(HEIGHT)
    ]


@pytest.mark.parametrize("text", ["a b", "а б"])
def test_a_blank_has_no_style_where_none_shows(text: str) -> None:
    """Whatever the script of the words around it: else it would be sent again with each style."""
    bold, red = (frame([Strip([Segment(text, style)])])[0] for style in STYLES[1:3])
    assert bold[1] == red[1] == BLANK
    assert frame([Strip([Segment(text, STYLES[3])])])[0][1] != BLANK


@given(SCREENS, SCREENS)
def test_the_difference_leads_to_the_new_frame(old: list[Strip], new: list[Strip]) -> None:
    before, after = frame(old), frame(new)
    assert shown(whole(before), difference(before, after)) == shown(whole(after))


@given(SCREENS, st.integers(-HEIGHT, HEIGHT), st.data())
def test_a_scrolled_frame_too(strips: list[Strip], shift: int, data: st.DataObject) -> None:
    """Rows that move within a region, the others changing as they like."""
    top = data.draw(st.integers(0, HEIGHT - 1))
    bottom = data.draw(st.integers(top, HEIGHT - 1))
    fresh = data.draw(SCREENS)
    moved = [
        strips[y + shift] if top <= y <= bottom and top <= y + shift <= bottom else fresh[y]
        for y in range(HEIGHT)
    ]
    before, after = frame(strips), frame(moved)
    assert shown(whole(before), difference(before, after)) == shown(whole(after))


def lines(*texts: str) -> Frame:
    return frame([Strip([Segment(text)]) for text in texts + ("",) * (HEIGHT - len(texts))])


def test_what_stays_costs_nothing() -> None:
    assert difference(lines("Мост открыт"), lines("Мост открыт")) == ""


def test_one_changed_word_is_sent_alone() -> None:
    output = difference(lines("Мост открыт вчера"), lines("Мост закрыт вчера"))
    assert output == "\x1b[1;6Hза"


def test_the_blank_end_of_a_row_is_erased() -> None:
    assert difference(lines("Мост открыт"), lines("Мост")) == "\x1b[1;6H\x1b[K"


@pytest.mark.parametrize(("first", "move"), [(1, "\n"), (0, "\x1bM")])
def test_scrolled_rows_are_moved_by_the_terminal(first: int, move: str) -> None:
    words = ["мост", "канал", "паром", "школа", "завод", "порт", "театр", "рынок", "сад"]
    rows = [f"{word} открыли {word}" for word in words]
    before, after = lines(*rows[1 - first :][:HEIGHT]), lines(*rows[first:][:HEIGHT])
    output = difference(before, after)
    assert move in output
    assert len(output) < 60
    assert shown(whole(before), output) == shown(whole(after))


def test_wide_characters_take_two_cells() -> None:
    (row, *_) = lines("日本")
    assert row[:5] == (("日", ""), ("", ""), ("本", ""), ("", ""), BLANK)
