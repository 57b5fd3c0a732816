"""Two people edit one annotation: both are shown, one key settles it, neither is lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from annotations import edits
from annotations.edits import Edit, Group, Stamp
from annotations.model import Annotation, Document
from store.library import Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui.screens.article import ArticleScreen
from tui.screens.conflict import ConflictDialog, Options

BORIS = Stamp("user:boris", "2026-01-31T13:00:00Z")


def rejected(annotation: Annotation) -> Edit:
    return edits.set_status(annotation, "rejected", BORIS)


def relabelled(annotation: Annotation) -> Edit:
    value = {"name": "Порт"}
    return edits.correct(annotation, BORIS, label="ORG", value=value, entity=annotation.entity)


def noted(annotation: Annotation) -> Edit:
    return edits.write_note(annotation, "порт или город?", BORIS)


async def accept_late(
    pilot: Pilot[None], library: Library, theirs: Callable[[Annotation], Edit]
) -> ArticleScreen:
    """Accept «Актау» as it is on the screen, when boris has just edited it."""
    screen = await opened(pilot, library)
    await press(pilot, "tab")
    library.apply("harbour", theirs(only(stored(library), "Актау")), author="user:boris")
    await press(pilot, "a")
    return screen


def told(pilot: Pilot[None]) -> str:
    """All that the dialog says."""
    dialog = pilot.app.screen
    assert isinstance(dialog, ConflictDialog)
    lines = [str(each.render()) for each in dialog.query(Static)]
    options = dialog.query_one(Options)
    rows = ["".join(text for text, _ in options.pieces(n, 60)) for n in range(options.line_count())]
    return "\n".join([*lines, *rows])


async def test_theirs_and_mine_are_shown_by_whom_and_when(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await accept_late(pilot, library, rejected)
        said = told(pilot)
        assert "Somebody else has edited «Актау» too" in said
        assert "Theirs (boris, 2026-01-31 13:00): LOC «Актау» · Актау · rejected" in said
        assert "Mine: LOC «Актау» · Актау · accepted" in said
        assert " b " not in said, "the same stretch with the same label cannot stand twice"
        assert only(stored(library), "Актау").status == "rejected", "nothing is written yet"


@pytest.mark.parametrize("keys", [("t",), ("е",), ("enter",)], ids=["t", "ЙЦУКЕН", "enter"])
async def test_theirs_stays_and_the_reader_goes_on(library: Library, keys: tuple[str, ...]) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, rejected)
        before = stored(library)
        await press(pilot, *keys)
        assert stored(library) == before
        assert "theirs stands" in status_line(screen)
        assert screen.view.annotation == only(before, "Павел Орехов")


@pytest.mark.parametrize("keys", [("m",), ("down", "enter")], ids=["m", "down, enter"])
async def test_mine_is_done_upon_theirs_and_undone_to_theirs(
    library: Library, keys: tuple[str, ...]
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, rejected)
        await press(pilot, *keys)
        assert only(stored(library), "Актау").status == "accepted"
        assert status_line(screen) == "saved: accepted LOC «Актау»"
        await press(pilot, "u")
        assert only(stored(library), "Актау").status == "rejected"


async def test_both_stand_where_they_say_different_things(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await accept_late(pilot, library, relabelled)
        await press(pilot, "b")
        found = [each for each in stored(library).annotations if each.start == 5]
        assert sorted((each.label, each.status) for each in found) == [
            ("LOC", "accepted"),
            ("ORG", "accepted"),
        ]
        await press(pilot, "u")
        assert only(stored(library), "Актау").label == "ORG"


async def test_what_they_deleted_comes_back_if_it_is_mine_that_stands(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await accept_late(pilot, library, edits.Remove)
        assert "Theirs (boris, " in told(pilot)
        assert "deleted" in told(pilot)
        await press(pilot, "m")
        assert only(stored(library), "Актау").status == "accepted"


async def test_left_for_later_mine_is_kept_also_when_the_article_is_left(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, rejected)
        await press(pilot, "escape")
        assert "M comes back to it" in status_line(screen)
        await press(pilot, "q", "enter")
        screen = await opened(pilot, library)
        assert "M shows both" in status_line(screen)
        await press(pilot, "M", "m")
        assert only(stored(library), "Актау").status == "accepted"
        await press(pilot, "M")
        assert "no edit of yours waits" in status_line(screen)


async def test_a_note_of_theirs_and_a_decision_of_mine_both_stand_unasked(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, noted)
        assert status_line(screen) == "saved: accepted LOC «Актау»"
        both = only(stored(library), "Актау")
        assert (both.status, both.note) == ("accepted", "порт или город?")


async def test_the_same_decision_needs_no_question(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(
            pilot, library, lambda each: edits.set_status(each, "accepted", BORIS)
        )
        assert "done the same" in status_line(screen)
        assert screen.view.annotation == only(stored(library), "Павел Орехов")


async def test_a_value_form_that_was_open_meanwhile_overwrites_nothing(library: Library) -> None:
    """Also when the change was seen before the form was done."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "v")
        pilot.app.screen.query_one("#field0", Input).value = "Шевченко"
        theirs = relabelled(only(stored(library), "Актау"))
        library.apply("harbour", theirs, author="user:boris")
        await screen._look()
        assert pilot.app.screen.query_one("#field0", Input).value == "Шевченко", "left as it was"
        await press(pilot, "enter")
        said = told(pilot)
        assert "ORG «Актау» · Порт" in said
        assert "LOC «Актау» · Шевченко" in said
        await press(pilot, "m")
        found = only(stored(library), "Актау")
        assert (found.label, found.value) == ("LOC", {"name": "Шевченко"})


async def test_of_many_edits_the_rest_is_done_as_one_step(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        library.apply("harbour", rejected(only(stored(library), "Актау")), author="user:boris")

        def accept_all(document: Document, stamp: Stamp) -> Edit:
            parts = [edits.set_status(each, "accepted", stamp) for each in document.annotations]
            return Group(tuple(parts))

        before = screen.document
        assert await screen.save(accept_all, "accepted all")
        await press(pilot)
        assert "Others have edited 1 of these 7 annotations too" in told(pilot)
        await press(pilot, "t")
        statuses = {each.id: each.status for each in stored(library).annotations}
        aktau = only(before, "Актау").id
        assert statuses == {each.id: "accepted" for each in before.annotations} | {
            aktau: "rejected"
        }
        await press(pilot, "u")
        left = {each.id: each.status for each in stored(library).annotations}
        assert left == {each.id: "suggested" for each in before.annotations} | {aktau: "rejected"}


async def test_who_edits_again_while_the_dialog_is_open_is_asked_about_again(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, rejected)
        library.apply("harbour", relabelled(only(stored(library), "Актау")), author="user:boris")
        await screen._look()
        await press(pilot, "m")
        assert "ORG «Актау» · Порт" in told(pilot)
        await press(pilot, "m")
        assert only(stored(library), "Актау").label == "LOC"


async def test_names_and_notes_of_others_are_shown_harmlessly(library: Library) -> None:
    evil = replace(BORIS, author="user:\x1b[2Jeve[/b]")
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab")
        theirs = edits.write_note(only(stored(library), "Актау"), "\x1b]0;x\x07[/nope]", evil)
        rejecting = edits.set_status(theirs.after, "rejected", evil)
        library.apply("harbour", Group((theirs, rejecting)), author=evil.author)
        await press(pilot, "a")
        said = told(pilot)
        assert "\x1b" not in said
        assert "[/nope]" in said


@pytest.mark.parametrize("size", [(20, 5), (80, 24)])
async def test_the_choices_can_be_seen_in_a_small_window(
    library: Library, size: tuple[int, int]
) -> None:
    async with app_on(library).run_test(size=size) as pilot:
        await accept_late(pilot, library, relabelled)
        options = pilot.app.screen.query_one(Options)
        assert options.region.height >= 1
        assert pilot.app.screen.region.contains_region(options.region)
