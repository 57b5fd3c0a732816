"""The last line says which keys matter now, and a click does what they do."""

from itertools import pairwise

import pytest

from store.library import Library
from tui.app import ZametkaApp
from tui.widgets.key_bar import GAP, Item, KeyBar, ordered, placed

HELP, BACK = ("question_mark", "?", "Help"), ("q", "q", "Back")
ITEMS: list[Item] = [("a", "a", "Accept"), ("x", "x", "Reject"), ("slash", "/", "Find"), HELP, BACK]


def shown(app: ZametkaApp) -> str:
    return app.screen.query_one(KeyBar).render_line(0).text


def test_the_order_does_not_depend_on_that_of_the_bindings() -> None:
    named = [(item[2], item) for item in ITEMS]
    other = ("z", "z", "Zoom")
    assert ordered([*reversed(named), ("Zoom", other)]) == [*ITEMS[:3], other, HELP, BACK]


@pytest.mark.parametrize(
    ("width", "left"),
    [
        (80, ["Accept", "Reject", "Find", "Help", "Back"]),
        (36, ["Accept", "Reject", "Help", "Back"]),
        (15, ["Help", "Back"]),
        (8, ["Back"]),
        (3, []),
    ],
)
def test_what_has_no_room_is_left_out_help_and_the_way_back_last(
    width: int, left: list[str]
) -> None:
    places = placed(ITEMS, width, kept=2)
    assert [item[2] for _, _, item in places] == left
    assert all(end <= width for _, end, _ in places)
    assert all(second[0] - first[1] == len(GAP) for first, second in pairwise(places))


async def test_the_article_s_keys_fit_into_80_cells(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert shown(pilot.app).rstrip() == (
            " a Accept  x Reject  c Label  v Value  u Undo  tab Next  / Find  ? Help  q Back"
        )


async def test_another_focus_has_other_keys(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        await pilot.pause()
        assert "tab Next" not in shown(pilot.app)
        assert "? Help" in shown(pilot.app)


async def test_the_list_says_how_to_open_an_article(library: Library) -> None:
    async with ZametkaApp(library).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = shown(pilot.app).rstrip()
        assert line.startswith(" ⏎ Open  ")
        assert line.endswith("  ? Help  q Quit")


async def test_a_click_does_what_the_key_does(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        await pilot.click(KeyBar, offset=(shown(pilot.app).index("Accept"), 0))
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
        accepted = [a for a in library.document("harbour").annotations if a.status == "accepted"]
        assert [each.label for each in accepted] == ["LOC"]


async def test_a_click_between_two_keys_does_nothing(library: Library) -> None:
    async with ZametkaApp(library, "harbour").run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        await pilot.click(KeyBar, offset=(shown(pilot.app).index("  x"), 0))
        await pilot.pause()
        assert library.document("harbour").revision == 0
