"""What is selected, and how its ends move: without a screen."""

import pytest

from annotations.model import Span
from tests.test_snapping import marked, shown
from tui.page.selection import (
    Selection,
    moved_by_character,
    moved_by_word,
    selected,
    selected_character,
)
from tui.page.words import Words


@pytest.mark.parametrize(
    ("before", "end", "direction", "after"),
    [
        ("ждут |Павла| Орехова, и", True, 1, "ждут |Павла Орехова|, и"),
        ("ждут |Павла Орехова|, и", True, -1, "ждут |Павла| Орехова, и"),
        ("ждут |Павла Орехова|, и", False, 1, "ждут Павла |Орехова|, и"),
        ("ждут |Павла| Орехова, и", False, -1, "|ждут Павла| Орехова, и"),
        ("|ООО| «Мост и паром» там", True, 1, "|ООО «Мост и паром»| там"),
        ("|ООО «Мост и паром»| там", True, -1, "|ООО| «Мост и паром» там"),
        ("фирма «Мост |там|»", False, -1, "фирма «|Мост там|»"),
        ("стоит |350| тыс. и всё", True, 1, "стоит |350 тыс.| и всё"),
        ("стоит |350 тыс.| и всё", True, -1, "стоит |350| тыс. и всё"),
        ("сказал |Орехов|: «Мы»", True, 1, "сказал |Орехов: «Мы|»"),
    ],
)
def test_an_end_moves_by_words(before: str, end: bool, direction: int, after: str) -> None:
    text, span = marked(before)
    moved = moved_by_word(text, Words(text), span, end=end, direction=direction)
    assert moved is not None
    assert shown(text, moved) == after


@pytest.mark.parametrize(
    ("before", "end", "direction"),
    [
        ("ждут |Павла|", True, 1),
        ("ждут |Павла|", True, -1),
        ("ждут |Павла|", False, 1),
        ("|ждут| Павла", False, -1),
    ],
)
def test_an_end_that_cannot_move_by_words(before: str, end: bool, direction: int) -> None:
    text, span = marked(before)
    assert moved_by_word(text, Words(text), span, end=end, direction=direction) is None


@pytest.mark.parametrize(
    ("before", "end", "direction", "after"),
    [
        ("в |дом|, и", True, 1, "в |дом,| и"),
        ("в |дом|, и", True, -1, "в |до|м, и"),
        ("в |дом|, и", False, -1, "в| дом|, и"),
        ("в |дом|, и", False, 1, "в д|ом|, и"),
        ("в |за\u0301мке|", False, 1, "в з|а\u0301мке|"),
        ("в з|а\u0301мке|", False, 1, "в за\u0301|мке|"),
        ("в |д|ом", True, -1, None),
        ("|в| дом", False, -1, None),
        ("в |дом|", True, 1, None),
    ],
)
def test_an_end_moves_by_characters(
    before: str, end: bool, direction: int, after: str | None
) -> None:
    text, span = marked(before)
    moved = moved_by_character(text, span, end=end, direction=direction)
    assert (moved and shown(text, moved)) == after


def steps(text: str, selection: Selection, keys: str) -> str:
    """What is selected after keys: > and < by words, ) and ( by characters."""
    words = Words(text)
    for key in keys:
        direction = 1 if key in ">)" else -1
        moved = (
            selection.by_word(words, direction)
            if key in "><"
            else selection.by_character(text, direction)
        )
        assert moved is not None
        selection = moved
    return shown(text, selection.span)


@pytest.mark.parametrize(
    ("begun", "keys", "after"),
    [
        ("раз |два| три", ">", "раз |два три|"),
        ("раз |два| три", "><", "раз |два| три"),
        ("раз |два| три", "<", "|раз два| три"),
        ("раз |два| три", ")", "раз |два |три"),
        ("раз |два| три", "(", "раз |дв|а три"),
        ("раз |два| три", "))>", "раз |два три|"),
        ("раз |два| три", "(((", "раз| д|ва три"),
    ],
)
def test_a_selection_grows_and_shrinks(begun: str, keys: str, after: str) -> None:
    text, span = marked(begun)
    assert steps(text, Selection(span, span), keys) == after


def test_a_selection_by_characters_begins_at_the_end_from_which_it_goes_on() -> None:
    text = "раз два"
    assert selected_character(text, Span(4, 7), 1).span == Span(4, 5)
    assert selected_character(text, Span(4, 7), -1).span == Span(6, 7)
    assert selected(text, Span(4, 6), exact=True).by_character(text, 1) == Selection(
        Span(4, 5), Span(6, 7), exact=True
    )


def test_nothing_is_selected_past_the_ends_of_the_text() -> None:
    text = "раз два"
    whole = Selection(Span(0, 3), Span(4, 7))
    assert whole.by_word(Words(text), 1) is None
    assert whole.by_character(text, 1) is None
    back = Selection(Span(4, 7), Span(0, 3))
    assert back.by_word(Words(text), -1) is None
    assert back.by_character(text, -1) is None
