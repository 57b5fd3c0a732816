"""From a document to what is shown of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from annotations.model import STATUSES, Annotation, Article, Document, Source, Span
from annotations.tokens import words
from tui.page.presentation import Marks, Page, Run, shown_text
from tui.page.spans import Spans
from tui.page.words import Words
from tui.page.wrap import offset_at

AT = "2026-01-31T10:00:00Z"
TEXT = "Мост открыт\n\nВ Твери мост открыл мэр города Олег Зимин. Его ждали."


def annotation(id_: str, start: int, end: int, label: str = "PER", **more: Any) -> Annotation:
    return Annotation(id_, start, end, label, "user:anna", AT, AT, **more)


def mark(quote: str, label: str = "PER", **more: Any) -> Annotation:
    start = TEXT.index(quote)
    return annotation(quote, start, start + len(quote), label, **more)


def page(
    *annotations: Annotation,
    width: int = 80,
    text: str = TEXT,
    labels: bool = False,
    mine: bool = True,
) -> Page:
    document = Document(Article("a", text, ""), annotations)
    return Page(document, width, labels=labels, is_mine=lambda _: mine)


def text_of(runs: list[Run]) -> str:
    return "".join(run.text for run in runs)


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
    assert labelled([run for run in runs if not run.tag]) == [
        ("В ", None, 0), ("Твери", "LOC", 1), (" мост открыл ", None, 0),
        ("мэр города ", "ORG", 1), ("Олег", "PER", 2), (" Зимин", "PER", 1),
        (". Его ждали.", None, 0),
    ]  # fmt: skip


def test_those_that_cross_have_brackets_that_say_where_each_begins_and_ends() -> None:
    crossing = page(mark("Твери", "LOC"), mark("Олег Зимин"), mark("мэр города Олег", "ORG"))
    runs = crossing.runs(2, Marks(current="Олег Зимин"))
    assert text_of(runs) == "В Твери мост открыл [мэр города [Олег] Зимин]. Его ждали."
    assert [(run.text, run.label, run.current) for run in runs if run.tag] == [
        ("[", "ORG", False), ("[", "PER", True), ("]", "ORG", False), ("]", "PER", True),
    ]  # fmt: skip


def test_labels_stand_in_the_text_with_what_was_decided() -> None:
    found = [
        mark("Твери", "LOC"),
        mark("мэр", "ORG", status="accepted"),
        mark("Олег Зимин", status="rejected"),
    ]
    runs = page(*found, labels=True).runs(2, Marks())
    shown = "В [Твери]LOC? мост открыл [мэр]ORG+ города [Олег Зимин]PER-. Его ждали."
    assert text_of(runs) == shown
    runs = page(*found, labels=True, mine=False).runs(2, Marks())
    assert text_of(runs) == shown.replace("+", "=").replace("-", "~")
    assert [run.mine for run in runs if run.label == "ORG"] == [False] * 3


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


def test_a_paragraph_is_shown_as_what_it_is() -> None:
    heading, credit = "Мост через реку открыт", "Фото: Иван Зимин. Съёмка с воздуха."
    text = f"{heading}\n\n{credit}\n\n«Рады! Очень», — сказал он."
    shown = page(text=text, width=12)
    kinds = [
        {run.kind for run in shown.runs(number, Marks())} for number in range(len(shown.lines))
    ]
    assert kinds[:3] == [{"heading"}, {"heading"}, set()]
    runs = [run for number in range(3, 7) for run in shown.runs(number, Marks())]
    assert text_of([run for run in runs if run.kind == "credit"]) == "Фото: ИванЗимин."
    assert text_of([run for run in runs if not run.kind]) == "Съёмка своздуха."
    said = [number for number in range(len(shown.lines)) if shown.has_speech(number)]
    assert [text_of(shown.runs(number, Marks())) for number in said] == ["«Рады!", "Очень», —"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Мост\x1b", [("2025-10-02 · Курьер", "dateline"), ("Мост␛", "title"), ("", "")]),
        ("Мост открыт", [("2025-10-02 · Курьер", "dateline"), ("Мост открыт", "title")]),
        ("Мост отк…", [("2025-10-02 · Курьер", "dateline"), ("", ""), ("Мост открыт", "heading")]),
    ],
)
def test_above_the_text_stand_date_source_and_a_title_that_it_lacks(
    title: str, expected: list[tuple[str, str]]
) -> None:
    article = Article("a", TEXT, title, "2025-10-02", Source("Курьер"))
    shown = Page(Document(article), 40)
    lines = [shown.runs(number, Marks()) for number in range(len(expected))]
    assert [(text_of(runs), runs[0].kind if runs else "") for runs in lines] == expected
    first = shown.line_of(0)
    assert shown.lines[first] == (0, 11)
    assert shown.offset_at(0, 3) == 3
    assert shown.above == first


def test_paragraphs_without_an_empty_line_between_them_are_set_apart() -> None:
    long = "Мост через реку открыли в субботу, и его ждали все, кто живёт в городе."
    shown = page(text=f"{long}\n{long}\n\n{long}", width=100)
    assert [end - start for start, end in shown.lines] == [71, 0, 71, 0, 71]
    assert page(text=f"{long}\n\n{long}\n\n{long}\nв городе", width=100).lines[-2:] == [
        (146, 217), (218, 226),
    ]  # fmt: skip


def test_a_beginning_of_a_long_text_is_set_as_the_whole_of_it_is() -> None:
    line = "Мост через реку открыли в субботу. «Его ждали», — сказал мэр города."
    text = "\n".join([line] * 4000)
    marked = [annotation(str(place), place, place + 4) for place in range(0, len(text) - 9, 5000)]
    document = Document(Article("a", text, ""), tuple(marked))
    whole, beginning = Page(document, 40, labels=True), Page(document, 40, labels=True, upto=5)
    count = len(beginning.lines)
    assert not beginning.is_whole
    assert beginning.has(5)
    assert not beginning.has(len(text) - 1)
    assert 2 * count < len(whole.lines)
    assert beginning.lines == whole.lines[:count]
    assert beginning.height == pytest.approx(whole.height, rel=0.1)
    for number in range(count):
        assert beginning.runs(number, Marks()) == whole.runs(number, Marks())
    assert Page(document, 40, upto=len(text) - 1).is_whole


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
    return page(*found, text=text, width=draw(st.integers(1, 20)), labels=draw(st.booleans()))


@given(pages(), st.data())
def test_the_runs_of_a_line_are_its_text_each_as_deep_as_its_annotations(
    shown: Page, data: st.DataObject
) -> None:
    places = st.integers(0, len(shown.text) - 1)
    spans = st.none() | places.map(lambda start: Span(start, start + 1))
    marks = Marks(cursor=data.draw(spans), selection=data.draw(spans))
    for number, (start, end) in enumerate(shown.lines):
        runs = [run for run in shown.runs(number, marks) if not run.tag]
        assert text_of(runs) == shown.text[start:end]
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
def test_every_tag_is_shown_once_and_no_line_is_too_long(shown: Page) -> None:
    lines = [shown.runs(number, Marks()) for number in range(len(shown.lines))]
    tags = "".join(run.text for runs in lines for run in runs if run.tag)
    assert tags == "".join(tag.text for tag in shown.tags)
    for runs in lines:
        line = text_of(runs)
        assert cell_len(line) <= shown.width or len(split_graphemes(line)[0]) == 1


@given(pages())
def test_a_place_on_the_page_and_its_offset_find_each_other(shown: Page) -> None:
    """Where there are tags a cell shows what stands there: the text, or the tag's neighbour."""
    for number, (start, end) in enumerate(shown.lines):
        runs = shown.runs(number, Marks())
        for cell in range(cell_len(text_of(runs))):
            offset = shown.offset_at(number, cell)
            assert start <= offset <= end
            line, found = shown.cell_of(offset)
            if not shown.tags:
                assert line == number
                assert found <= cell
        assert shown.offset_at(number, 9999) == end
    assert shown.offset_at(-5, 0) == shown.offset_at(0, 0)
    assert shown.offset_at(9999, 9999) == shown.lines[-1][1]


@given(pages())
def test_each_character_stands_in_the_cell_that_shows_it(shown: Page) -> None:
    for number, (start, end) in enumerate(shown.lines):
        line = text_of(shown.runs(number, Marks()))
        for offset in range(start, end):
            line_number, cell = shown.cell_of(offset)
            if line_number == number and shown.text[offset] in "аб.«":
                assert line[offset_at(line, (0, len(line)), cell)] == shown.text[offset]
                assert shown.offset_at(number, cell) == offset


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


def test_whose_decisions_are_can_be_told_later() -> None:
    accepted = mark("Твери", "LOC", status="accepted")
    before = page(accepted, labels=True)
    after = before.judged(lambda _: False)
    assert after.lines is before.lines
    assert text_of(after.runs(2, Marks())).startswith("В [Твери]LOC= мост")
    assert [run.mine for run in after.runs(2, Marks()) if run.label] == [False] * 3


def test_what_is_decided_moves_no_text_and_a_new_label_does() -> None:
    before = page(mark("Твери"), labels=True)
    accepted = Document(before.document.article, (mark("Твери", status="accepted"),))
    after = before.with_document(accepted)
    assert after.lines is before.lines
    assert text_of(after.runs(2, Marks())).startswith("В [Твери]PER+ мост")
    money = Document(before.document.article, (mark("Твери", "MONEY"),))
    assert text_of(after.with_document(money).runs(2, Marks())).startswith("В [Твери]MONEY? мост")


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
