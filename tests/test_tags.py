"""What is shown between the characters of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Annotation, Article, Document
from tui.page.tags import Tagged, doubtful, sign, tags_of

AT = "2026-01-31T10:00:00Z"
TEXT = "абвг дежз икл"


def found(*places: tuple[int, int, str]) -> tuple[Annotation, ...]:
    annotations = [
        Annotation(str(number), start, end, label, "user:anna", AT, AT)
        for number, (start, end, label) in enumerate(places)
    ]
    return Document(Article("a", TEXT, ""), tuple(annotations)).annotations


def shown(*places: tuple[int, int, str], labels: bool = False) -> str:
    tags = tags_of(found(*places), TEXT, labels=labels, is_mine=lambda _: True)
    return Tagged(TEXT, tags).shown


@pytest.mark.parametrize(
    ("places", "text"),
    [
        pytest.param([(0, 4, "A"), (5, 9, "B")], "абвг дежз икл", id="apart"),
        pytest.param([(0, 4, "A"), (5, 9, "A")], "абвг [дежз] икл", id="one label, side by side"),
        pytest.param([(0, 4, "A"), (10, 13, "A")], "абвг дежз икл", id="a word between"),
        pytest.param([(0, 2, "A"), (2, 4, "A")], "аб[вг] дежз икл", id="nothing between"),
        pytest.param([(0, 9, "A"), (5, 9, "B")], "абвг [дежз] икл", id="within"),
        pytest.param([(0, 9, "A"), (0, 4, "B")], "[абвг] дежз икл", id="within, at the start"),
        pytest.param([(0, 4, "A"), (0, 4, "B")], "[абвг] дежз икл", id="the same place"),
        pytest.param([(0, 9, "A"), (5, 13, "B")], "[абвг [дежз] икл]", id="crossing"),
        pytest.param(
            [(0, 13, "A"), (0, 9, "B"), (5, 9, "C")], "[абвг [дежз]] икл", id="twice within"
        ),
    ],
)
def test_brackets_are_where_a_style_may_not_suffice(
    places: list[tuple[int, int, str]], text: str
) -> None:
    assert shown(*places) == text


def test_with_labels_each_has_its_own_the_inner_one_closed_first() -> None:
    places = [(0, 9, "ORG"), (5, 9, "PER"), (10, 13, "LOC")]
    assert shown(*places, labels=True) == "[абвг [дежз]PER?]ORG? [икл]LOC?"


def test_a_sign_says_what_was_decided_and_by_whom() -> None:
    signs = {
        sign(Annotation("a", 0, 1, "A", "user:anna", AT, AT, status=status), mine=mine)
        for status in ("accepted", "rejected")
        for mine in (True, False)
    }
    assert len(signs | {"?"}) == 5
    assert {len(each) for each in signs} == {1}


_places = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from("AB")).map(
        lambda p: (p[0], min(p[0] + p[1], 13), p[2])
    ),
    max_size=6,
)


@given(_places, st.booleans())
def test_without_its_tags_the_text_is_what_it_was(
    places: list[tuple[int, int, str]], labels: bool
) -> None:
    tags = tags_of(found(*places), TEXT, labels=labels, is_mine=lambda _: True)
    tagged = Tagged(TEXT, tags)
    left = list(tagged.shown)
    for start, tag in reversed([*tagged.between(0, len(tagged.shown))]):
        assert tagged.shown.startswith(tag.text, start)
        del left[start : start + len(tag.text)]
    assert "".join(left) == TEXT
    opened = sum(not tag.closing for tag in tags)
    assert (
        opened == len(tags) / 2 == (len(places) if labels else len(doubtful(found(*places), TEXT)))
    )


@given(_places, st.booleans())
def test_an_offset_and_where_it_is_shown_find_each_other(
    places: list[tuple[int, int, str]], labels: bool
) -> None:
    tagged = Tagged(TEXT, tags_of(found(*places), TEXT, labels=labels, is_mine=lambda _: True))
    for offset, character in enumerate(TEXT):
        index = tagged.index(offset)
        assert tagged.shown[index] == character
        assert tagged.offset(index) == tagged.edge(index) == offset
    for start, tag in tagged.between(0, len(tagged.shown)):
        for index in range(start, start + len(tag.text)):
            assert tagged.offset(index) == tag.place - tag.closing
            assert tagged.edge(index) == tag.place


def test_a_decision_moves_nothing_and_another_place_does() -> None:
    one, other = found((0, 4, "A")), found((0, 5, "A"))
    ways = [
        Tagged(TEXT, tags_of(which, TEXT, labels=True, is_mine=lambda _, mine=mine: mine))
        for which in (one, other)
        for mine in (True, False)
    ]
    assert ways[0].has_places_of(ways[1])
    assert not ways[0].has_places_of(ways[2])
