"""The checklist of annotate all: forms with their places, what is ticked and what cannot be."""

import pytest

from annotations.model import Span
from store.places import Place
from tui.checklist import CLOSED, EMPTY, SOME, TICKED, Answer, Checklist, Row
from tui.keyboard.key_choices import import_all
from tui.keyboard.keys import choose


def place(text: str, start: int, article: str = "a", **fields: bool) -> Place:
    return Place(
        article_id=article,
        title="Заголовок",
        span=Span(start, start + len(text)),
        before="",
        text=text,
        after="",
        is_open=fields.get("is_open", True),
        is_sure=fields.get("is_sure", True),
        remark="",
    )


def checklist() -> Checklist:
    made = Checklist()
    made.add([place("Вере", 0), place("Веру", 10), place("Вере", 20, is_sure=False)])
    made.add([place("Вере", 0, "b", is_open=False, is_sure=False), place("Вера\nБим", 5, "b")])
    return made


def test_rows_are_grouped_by_form_in_the_order_of_the_first_place() -> None:
    assert [(row.form, row.place) for row in checklist().rows] == [
        ("Вере", None), ("Вере", 0), ("Вере", 2), ("Вере", 3),
        ("Веру", None), ("Веру", 1), ("Вера Бим", None), ("Вера Бим", 4),
    ]  # fmt: skip


def test_what_is_sure_is_ticked_and_what_is_decided_has_no_box() -> None:
    made = checklist()
    assert [made.mark(row) for row in made.rows] == [
        SOME, TICKED, EMPTY, CLOSED, TICKED, TICKED, TICKED, TICKED,
    ]  # fmt: skip
    assert made.chosen() == {"a": [Span(0, 4), Span(10, 14)], "b": [Span(5, 13)]}


def test_a_form_is_ticked_whole_and_unticked_whole() -> None:
    made = checklist()
    made.toggle(Row("Вере"))
    assert (made.mark(Row("Вере")), made.ticked) == (TICKED, {0, 1, 2, 4})
    made.toggle(Row("Вере"))
    assert (made.mark(Row("Вере")), made.ticked) == (EMPTY, {1, 4})
    made.toggle(Row("Вере", 2))
    assert (made.mark(Row("Вере")), made.ticked) == (SOME, {1, 2, 4})


def test_what_is_decided_is_never_ticked() -> None:
    made = checklist()
    made.tick_all(ticked=True)
    assert made.ticked == {0, 1, 2, 4}
    made.toggle(Row("Вере", 3))
    assert made.ticked == {0, 1, 2, 4}
    made.tick_all(ticked=False)
    assert (made.ticked, made.chosen()) == (set(), {})


@pytest.mark.parametrize(
    ("answer", "here", "said"),
    [
        (Answer(), 2, "done: 2 here; u takes it back"),
        (
            Answer(places=3, articles=["a", "b"]),
            1,
            "done: 1 here, 3 in 2 other articles; u takes it back",
        ),
        (
            Answer(places=1, articles=["a"], left=2, rest=4),
            0,
            (
                "done: 1 in 1 other article; 2 places left as others decided; "
                "stopped before 4 articles; u takes it back"
            ),
        ),
        (Answer(problems=["full", "full"]), 0, "done; 2 articles not saved: full"),
    ],
)
def test_what_was_annotated_is_said_with_what_was_not(answer: Answer, here: int, said: str) -> None:
    import_all()
    assert answer.in_words("done", here) == said


def test_the_key_that_takes_it_back_is_the_one_in_effect() -> None:
    import_all()
    choose({"undo": ("ctrl+u", "f9")})
    try:
        assert Answer().in_words("done", 2) == "done: 2 here; Ctrl+u takes it back"
    finally:
        choose({})
