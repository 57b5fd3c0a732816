"""The history of an article on the screen: what is listed, where it leads, what it restores."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from annotations.edits import Change, Remove
from store.library import HistoryEntry, Library, Saved
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.screens import editing
from tui.screens.article import ArticleScreen
from tui.screens.history import HistoryPage
from tui.screens.step_list import StepList


def rows(pilot: Pilot[None]) -> list[str]:
    """The lines of the list: who and what."""
    steps = pilot.app.screen.query_one(StepList)
    lines = [
        "".join(text for text, _ in steps.pieces(n, steps.size.width))
        for n in range(steps.line_count())
    ]
    return [line.strip().removeprefix("13:00").strip() for line in lines]


def about(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#about", Static).render())


def relabel(library: Library, quote: str, label: str, author: str = "user:oleg") -> None:
    before = only(stored(library), quote)
    edit = Change(before, replace(before, label=label))
    assert isinstance(library.apply("harbour", edit, author=author), Saved)


@pytest.fixture
def told(library: Library) -> Library:
    """Anna accepted «Актау», oleg relabelled «Павел Орехов» and deleted the sum."""
    before = only(stored(library), "Актау")
    accepted = Change(before, replace(before, status="accepted"))
    assert isinstance(library.apply("harbour", accepted, author="user:anna"), Saved)
    relabel(library, "Павел Орехов", "ORG")
    gone = Remove(only(stored(library), "1,5 млрд тенге"))
    assert isinstance(library.apply("harbour", gone, author="user:oleg"), Saved)
    return library


async def test_it_lists_who_did_what_the_newest_first(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "h")
        assert rows(pilot) == [
            "oleg  «1,5 млрд тенге»: delete MONEY",
            "oleg  «Павел Орехов»: label PER → ORG",
            "you   «Актау»: suggested → accepted",
            "the beginning of the history",
        ]
        assert about(pilot) == "2026-01-31 13:00 · oleg · «1,5 млрд тенге»: delete MONEY"


async def test_boundaries_are_told_as_words_and_fit_a_narrow_screen(library: Library) -> None:
    before = only(stored(library), "2027 году")
    moved = Change(before, replace(before, end=before.start + 4, status="accepted"))
    assert isinstance(library.apply("harbour", moved, author="user:константин"), Saved)
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "h")
        (row, _beginning) = rows(pilot)
        assert row == "константин  «2027 году» → «2027»: suggested → accepted"


async def test_undone_steps_are_marked(told: Library) -> None:
    async with app_on(told).run_test(size=(120, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "u", "h")
        assert rows(pilot)[0] == "you   ↶ «Актау»: accepted → suggested"
        assert about(pilot).endswith(
            " · you · took back: «Актау» is suggested again (was accepted)"
        )
        assert rows(pilot)[3] == "you   × «Актау»: suggested → accepted"
        await press(pilot, "down", "down", "down")
        assert about(pilot).endswith(" · you · (undone) «Актау»: suggested → accepted")


async def test_an_article_that_nobody_changed_says_so(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "h")
        assert (rows(pilot), about(pilot)) == (
            [],
            "nobody has changed this article since it was added",
        )
        await press(pilot, "enter", "r", "R", "down", "escape")
        assert isinstance(pilot.app.screen, ArticleScreen)
        assert library.history("harbour") == ()


async def test_enter_goes_to_the_annotation(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "down", "enter")
        assert screen.view.annotation == only(stored(told), "Павел Орехов")


async def test_enter_goes_to_where_a_deleted_annotation_was(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "enter")
        assert status_line(screen) == "it no longer stands: this is where it was"
        text = screen.document.article.text
        assert text[screen.view.cursor.start :].startswith("1,5 млрд тенге")


async def test_only_the_annotation_under_the_cursor(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "tab", "tab", "h", "t")
        assert rows(pilot) == ["oleg  «Павел Орехов»: label PER → ORG"]
        await press(pilot, "t")
        assert len(rows(pilot)) == 4
        await press(pilot, "escape", "tab", "h", "t")
        assert about(pilot) == "nobody has changed this annotation; t shows all steps"


async def test_without_an_annotation_under_the_cursor_all_steps_stay(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "h", "t")
        assert len(rows(pilot)) == 4
        assert about(pilot) == "there was no annotation under the cursor: these are all steps"


async def test_somebody_elses_step_is_taken_back_when_that_is_confirmed(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "r")
        assert about(pilot) == "This would: «1,5 млрд тенге»: add MONEY. Enter: do it · Esc: no"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HistoryPage)
        await press(pilot, "r", "enter")
        assert status_line(screen) == "saved: took back: «1,5 млрд тенге» is MONEY again"
        assert screen.view.annotation == only(stored(told), "1,5 млрд тенге")
        assert told.history("harbour")[-1].author == "user:anna"
        await press(pilot, "u")
        assert "1,5 млрд тенге" not in map(stored(told).text_of, stored(told).annotations)


async def test_keys_that_come_together_ask_about_the_row_that_was_meant(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h")
        for key in ("down", "r", "enter"):
            pilot.app.simulate_key(key)
        await press(pilot, "right")
        assert isinstance(pilot.app.screen, ArticleScreen)
        assert only(stored(told), "Павел Орехов").label == "PER"
        assert screen.document == stored(told)


async def test_another_row_asks_nothing(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "r", "down", "enter")
        assert screen.view.annotation == only(stored(told), "Павел Орехов")
        assert len(told.history("harbour")) == 3


async def test_ones_own_step_is_undone_out_of_order(told: Library) -> None:
    relabel(told, "Павел Орехов", "PER", "user:anna")
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "h", "down", "down", "down", "r", "enter")
        assert only(stored(told), "Актау").status == "suggested"
        assert told.history("harbour")[-1].undoes == told.history("harbour")[0].operation
        await press(pilot, "U")
        assert only(stored(told), "Актау").status == "accepted"


async def test_what_stands_in_the_way_of_taking_back_is_said_as_of_an_undo(
    told: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the last key was a redo; somebody else was faster than the second Enter."""
    monkeypatch.setattr(editing, "POLL", 3600.0)
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "U", "h", "down", "down", "r")
        relabel(told, "Актау", "ORG")
        await press(pilot, "enter")
        assert status_line(screen).startswith("not undone: oleg changed the label")


async def test_a_step_on_which_others_built_is_refused_with_the_reason(told: Library) -> None:
    relabel(told, "Павел Орехов", "LOC", "user:vera")
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "h", "down", "down", "r")
        assert about(pilot).startswith(
            "it cannot be done: vera changed the label from ORG to LOC at "
        )
        await press(pilot, "enter")
        assert len(told.history("harbour")) == 4


async def test_all_is_restored_as_it_was_after_a_step_in_one_step(told: Library) -> None:
    before = stored(told).annotations
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "down", "down", "R")
        assert about(pilot) == (
            "This would: «Павел Орехов»: label ORG → PER; «1,5 млрд тенге»: add MONEY. "
            "Enter: do it · Esc: no"
        )
        await press(pilot, "enter")
        assert status_line(screen) == "saved: all as it was after 2026-01-31 13:00"
        assert only(stored(told), "Павел Орехов").label == "PER"
        assert only(stored(told), "1,5 млрд тенге").label == "MONEY"
        assert only(stored(told), "Актау").status == "accepted"
        await press(pilot, "u")
        assert stored(told).annotations == before


async def test_all_is_restored_as_it_was_in_the_beginning(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "end", "r")
        assert about(pilot) == "there is no step here: R makes everything as it was"
        await press(pilot, "R", "enter")
        assert status_line(screen) == "saved: all as it was in the beginning"
        assert {each.status for each in stored(told).annotations} == {"suggested"}
        await press(pilot, "h", "end", "R")
        assert about(pilot) == "it cannot be done: the article stands as it did then"


async def test_the_newest_step_is_how_it_stands(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        await press(pilot, "h", "R")
        assert about(pilot) == "it cannot be done: the article stands as it did then"


async def test_of_a_long_history_only_what_is_shown_is_put_into_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = stored(library)
    one = only(document, "Актау")
    edit = Change(one, replace(one, note="порт"))
    back = Change(edit.after, one)
    entries = tuple(
        HistoryEntry(n + 1, f"step{n}", "user:oleg", one.created, back if n % 2 else edit)
        for n in range(10_000)
    )
    monkeypatch.setattr(Library, "story", lambda *_: (document, entries))
    told: list[HistoryEntry] = []

    def count(entry: HistoryEntry, *args: object) -> str:
        told.append(entry)
        return "note"

    monkeypatch.setattr("tui.screens.step_list.entry_in_short", count)
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "h", "end", "up", "t", "t")
        assert pilot.app.screen.query_one(StepList).line_count() == 10_001
        assert len(told) < 500
        await press(pilot, "end", "up", "R")
        assert about(pilot) == ("This would: «Актау»: note none → порт. Enter: do it · Esc: no")


async def test_a_damaged_history_is_told(told: Library) -> None:
    async with app_on(told).run_test(size=(80, 24)) as pilot:
        await opened(pilot, told)
        path = told.article_path("harbour").with_suffix(".log")
        data = bytearray(path.read_bytes())
        data[-20] ^= 1
        path.write_bytes(data)
        await press(pilot, "h")
        assert "is damaged" in about(pilot)
        await press(pilot, "r", "R", "enter", "escape")


async def test_foreign_names_are_shown_harmlessly(library: Library) -> None:
    before = only(stored(library), "Актау")
    edit = Change(before, replace(before, note="\x1b]0;x\x07 [/b]"))
    assert isinstance(library.apply("harbour", edit, author="user:\x1b[31mмарк"), Saved)
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "h")
        shown = "".join(rows(pilot)) + about(pilot)
        assert "\x1b" not in shown
        assert "\x07" not in shown
        assert "марк" in shown


@pytest.mark.parametrize("size", [(20, 6), (200, 50)])
async def test_it_fits_any_terminal(told: Library, size: tuple[int, int]) -> None:
    async with app_on(told).run_test(size=size) as pilot:
        screen = await opened(pilot, told)
        await press(pilot, "h", "down")
        steps = pilot.app.screen.query_one(StepList)
        assert 1 <= steps.size.height <= size[1]
        await press(pilot, "enter")
        assert screen.view.annotation == only(stored(told), "Павел Орехов")
