"""From a document to what is shown of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import STATUSES, Annotation, Article, Document, Span
from annotations.tokens import words
from tui.presentation import Marks, Page, Run, Spans, Words, shown_text

AT = "2026-01-31T10:00:00Z"
TEXT = "Мост открыт\n\nВ Твери мост открыл мэр города Олег Зимин. Его ждали."


def annotation(id_: str, start: int, end: int, label: str = "PER", **more: Any) -> Annotation:
    return Annotation(id_, start, end, label, "user:anna", AT, AT, **more)


def mark(quote: str, label: str = "PER", **more: Any) -> Annotation:
    start = TEXT.index(quote)
    return annotation(quote, start, start + len(quote), label, **more)


def page(*annotations: Annotation, width: int = 80, text: str = TEXT) -> Page:
    return Page(Document(Article("a", text, ""), annotations), width)


def labelled(runs: list[Run]) -> list[tuple[str, str | None, int]]:
    return [(run.text, run.label, run.depth) for run in runs]


def test_text_is_shown_harmless_with_its_line_breaks() -> None:
    assert shown_text("а\x1b\r\nб\tв\u2028\n") == "а␛␍\nб в␤\n"


_bounds = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(_bounds, max_size=12).map(sorted), st.integers(0, 45), st.integers(1, 12))
def test_overlapping_spans_are_those_that_a_look_at_each_finds(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    end = start + length
    assert list(Spans(spans).overlapping(start, end)) == [
        number for number, span in enumerate(spans) if span[0] < end and start < span[1]
    ]


def test_a_line_is_cut_where_annotations_begin_and_end() -> None:
    runs = page(mark("Твери", "LOC"), mark("Олег Зимин"), mark("мэр города Олег", "ORG")).runs(
        2, Marks()
    )
    assert labelled(runs) == [
        ("В ", None, 0), ("Твери", "LOC", 1), (" мост открыл ", None, 0),
        ("мэр города ", "ORG", 1), ("Олег", "PER", 2), (" Зимин", "PER", 1),
        (". Его ждали.", None, 0),
    ]  # fmt: skip


def test_the_innermost_annotation_is_shown_and_a_rejected_one_only_alone() -> None:
    whole = mark("мэр города Олег Зимин", "ORG", status="accepted")
    inner = mark("города", "LOC", status="rejected")
    runs = page(whole, inner).runs(2, Marks())
    assert [(run.label, run.status, run.depth) for run in runs if run.text == "города"] == [
        ("ORG", "accepted", 1)
    ]
    alone = page(inner).runs(2, Marks())
    assert [(run.label, run.status, run.depth) for run in alone if run.label] == [
        ("LOC", "rejected", 1)
    ]


def test_marks_are_shown_where_they_are() -> None:
    city, mayor = mark("Твери", "LOC"), mark("Олег Зимин")
    hits = (mark("мост").span, mark("Олег").span)
    marks = Marks(
        cursor=mark("Олег").span, current=mayor.id, selection=mark("города Олег").span, hits=hits
    )
    runs = page(city, mayor).runs(2, marks)
    assert [run.text for run in runs if run.cursor] == ["Олег"]
    assert [run.text for run in runs if run.current] == ["Олег", " Зимин"]
    assert [run.text for run in runs if run.selected] == ["города ", "Олег"]
    assert [run.text for run in runs if run.hit] == ["мост", "Олег"]


def test_an_annotation_over_a_line_break_is_shown_on_each_line() -> None:
    shown = page(mark("открыт\n\nВ Твери", "LOC"))
    assert labelled(shown.runs(0, Marks())) == [("Мост ", None, 0), ("открыт", "LOC", 1)]
    assert shown.runs(1, Marks()) == []
    assert labelled(shown.runs(2, Marks()))[0] == ("В Твери", "LOC", 1)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Мост открыт", [0]),
        ("Мост открыт.", []),
        ("Мост открыт\n\nЕго ждали.\nПраздник\n", [0, 3]),
        ("Кто виноват?\n \n", [0]),
        ("Мост " * 18 + "\nтекст:", [0]),
        ("Мост " * 19 + "\nтекст…", []),
        ("", []),
    ],
)
def test_a_short_line_that_stands_alone_without_full_stop_is_a_heading(
    text: str, headings: list[int]
) -> None:
    shown = page(text=text or "\n", width=100)
    assert [number for number in range(len(shown.lines)) if shown.is_heading(number)] == headings
    assert all(run.heading for number in headings for run in shown.runs(number, Marks()))


def test_a_line_of_a_wrapped_paragraph_is_no_heading() -> None:
    shown = page(text="Мост через реку открыт", width=10)
    assert len(shown.lines) == 3
    assert not any(map(shown.is_heading, range(3)))


_shown = st.text("аб .\n\u0301日\x1b\t«", min_size=1, max_size=60)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    text = draw(_shown)
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text)))
    )
    found = [
        annotation(
            str(number), *draw(spans), draw(st.sampled_from(["PER", "LOC"])),
            status=draw(st.sampled_from(STATUSES)),
        )
        for number in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    return page(*found, text=text, width=draw(st.integers(1, 20)))


@given(pages(), st.data())
def test_the_runs_of_a_line_are_its_text_each_as_deep_as_its_annotations(
    shown: Page, data: st.DataObject
) -> None:
    places = st.integers(0, len(shown.text) - 1)
    spans = st.none() | places.map(lambda start: Span(start, start + 1))
    marks = Marks(cursor=data.draw(spans), selection=data.draw(spans))
    for number, (start, end) in enumerate(shown.lines):
        runs = shown.runs(number, marks)
        assert "".join(run.text for run in runs) == shown.text[start:end]
        place = start
        for run in runs:
            piece = Span(place, place + len(run.text))
            over = [each for each in shown.document.annotations if each.span.overlaps(piece)]
            assert all(each.span.covers(piece) for each in over)
            alive = [each for each in over if each.status != "rejected"]
            assert run.depth == len(alive or over)
            assert run.cursor == (marks.cursor is not None and marks.cursor.overlaps(piece))
            place = piece.end


@given(pages())
def test_a_place_on_the_page_and_its_offset_find_each_other(shown: Page) -> None:
    for number, (start, end) in enumerate(shown.lines):
        for cell in range(shown.cell_of(end)[1] if number == len(shown.lines) - 1 else 0):
            offset = shown.offset_at(number, cell)
            assert start <= offset < end
            assert shown.line_of(offset) == number
        assert shown.offset_at(number, 9999) == end
    assert shown.offset_at(-5, 0) == shown.offset_at(0, 0)
    assert shown.offset_at(9999, 9999) == shown.lines[-1][1]


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (0, 0)), (11, (0, 11)), (12, (1, 0)), (15, (2, 2)), (999, (2, 53))]
)
def test_an_offset_stands_in_a_line_and_a_cell(offset: int, place: tuple[int, int]) -> None:
    assert page().cell_of(offset) == place


def test_other_annotations_wrap_nothing_again() -> None:
    before = page(mark("Твери"))
    city = mark("Твери", "LOC")
    after = before.with_document(replace(before.document, annotations=(city,)))
    assert after.lines is before.lines
    assert after.annotations_over(city.span) == [city]
    assert before.annotations_over(city.span)[0].label == "PER"
    assert after.annotations_over(Span(0, 4)) == []


def test_the_cursor_goes_from_word_to_word() -> None:
    words = Words("Мост в Твери.")
    bridge, in_, city = Span(0, 4), Span(5, 6), Span(7, 12)
    assert [words.at(offset) for offset in (0, 3, 4, 5, 6, 11, 12, 99)] == [
        bridge, bridge, in_, in_, city, city, city, city,
    ]  # fmt: skip
    assert [words.after(offset) for offset in (0, 1, 7, 8)] == [bridge, in_, city, None]
    assert [words.before(offset) for offset in (3, 4, 12, 99)] == [None, bridge, city, city]
    assert [words.reaching(offset) for offset in (0, 4, 5, 99)] == [bridge, bridge, in_, city]


def test_a_text_without_words_has_no_cursor() -> None:
    words = Words(" — …")
    assert [words.at(0), words.after(0), words.before(9), words.reaching(9)] == [None] * 4


@given(st.text("абв -—.\n\u0301", max_size=40), st.integers(0, 41))
def test_words_are_found_around_any_offset(text: str, offset: int) -> None:
    """The same as in a list of all of them."""
    spans, found = [Span(token.start, token.end) for token in words(text)], Words(text)
    last = spans[-1] if spans else None
    assert found.at(offset) == next((each for each in spans if each.end > offset), last)
    assert found.after(offset) == next((each for each in spans if each.start >= offset), None)
    assert found.before(offset) == max((e for e in spans if e.end <= offset), default=None)
    assert found.reaching(offset) == max((e for e in spans if e.start <= offset), default=None)
