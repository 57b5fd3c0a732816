"""Two people edit one annotation: both are shown, one key settles it, neither is lost."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from annotations import edits
from annotations.edits import Edit, Group, Stamp
from annotations.model import Annotation, Document
from store.article.outcomes import Outcome
from store.errors import CannotWrite
from store.library import HistoryEntry, Library
from tests.screen.test_correcting import app_on, only, opened, press, status_line, stored
from tui import attempts
from tui.screens import conflict, editing, saving
from tui.screens.article import ArticleScreen
from tui.screens.conflict import ConflictDialog, Options

BORIS = Stamp("user:boris", "2026-01-31T13:00:00Z")


@pytest.fixture(autouse=True)
def _no_look_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees what others do before a test says so, however slow the machine is."""
    monkeypatch.setattr(editing, "POLL", 3600.0)


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
        assert "left as it stands" in status_line(screen)
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
        assert "M: come back to it · not saved, but kept" in status_line(screen)
        await press(pilot, "q", "enter")
        screen = await opened(pilot, library)
        assert status_line(screen).startswith("M: try again")
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


async def test_ones_own_edit_in_another_window_is_not_somebody_elses(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab")
        library.apply("harbour", rejected(only(stored(library), "Актау")), author="user:anna")
        await press(pilot, "a")
        said = told(pilot)
        assert "In another window you have edited «Актау»" in said
        assert "Other window (2026-01-31 13:00): LOC «Актау» · Актау · rejected" in said
        assert " t Other window  it stays as it stands now" in said
        assert " m This window   what I wanted is done to it" in said
        assert "Theirs" not in said
        await press(pilot, "m")
        assert only(stored(library), "Актау").status == "accepted"


async def test_the_same_decision_needs_no_question(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(
            pilot, library, lambda each: edits.set_status(each, "accepted", BORIS)
        )
        assert "done already" in status_line(screen)
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


async def test_an_edit_that_waits_is_kept_until_it_is_on_the_disk(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where its save is no longer waited for, and fails then."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await accept_late(pilot, library, rejected)
        await press(pilot, "escape")
        for keys in (["M"], ["M", "m"]):  # to try it again; to settle it
            await press(pilot, *keys[:-1])
            with monkeypatch.context() as full:
                go_on = full_disk(full)
                await press(pilot, keys[-1])
                assert "working…" in status_line(screen)
                go_on.set()
                await settled(pilot, screen)
            assert "not saved, but kept" in status_line(screen)
        await press(pilot, "M", "m")
        assert only(stored(library), "Актау").status == "accepted"
        assert screen.kept == []


def full_disk(patch: pytest.MonkeyPatch) -> threading.Event:
    """A save takes until the event is set, which nobody waits for, and fails."""
    go_on = threading.Event()

    def refuse(*_: object, **__: object) -> None:
        go_on.wait()
        raise CannotWrite("the disk is full")

    patch.setattr(saving, "SLOW", 0.01)
    patch.setattr(Library, "apply", refuse)
    return go_on


async def settled(pilot: Pilot[None], screen: ArticleScreen) -> None:
    """Wait until a save is through that the screen does not wait for."""
    while screen.is_saving:
        await pilot.pause()
    await screen.workers.wait_for_complete()
    await pilot.pause()


async def test_of_many_conflicts_only_those_that_are_told_are_looked_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []

    def last_of(_entries: Sequence[HistoryEntry], annotation_id: str) -> None:
        looked_up.append(annotation_id)

    monkeypatch.setattr(conflict, "last_of", last_of)
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        theirs = [rejected(each) for each in stored(library).annotations]
        library.apply("harbour", Group(tuple(theirs)), author="user:boris")

        def accept_all(document: Document, stamp: Stamp) -> Edit:
            parts = [edits.set_status(each, "accepted", stamp) for each in document.annotations]
            return Group(tuple(parts))

        await screen.save(accept_all, "accepted all")
        await pilot.pause()
        assert "… and 2 more" in told(pilot)
        assert len(looked_up) == conflict.MOST


async def test_what_others_decided_before_an_own_edit_stays_theirs(library: Library) -> None:
    """My save brings their decision along: nobody looks for it any more."""
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        aktau = only(stored(library), "Актау")
        theirs = edits.set_status(aktau, "accepted", replace(BORIS, at="2099-01-31T13:00:00Z"))
        library.apply("harbour", theirs, author="user:boris")
        await press(pilot, "tab", "tab", "x")
        await screen.workers.wait_for_complete()
        assert screen.deciders.of(screen.document.by_id[aktau.id]) == "user:boris"


async def test_an_edit_that_meets_others_when_the_program_has_ended_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, apply = threading.Event(), Library.apply

    def late(*arguments: Any, **options: Any) -> Outcome:
        go_on.wait()
        return apply(*arguments, **options)

    app = app_on(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab")
        monkeypatch.setattr(saving, "SLOW", 0.01)
        monkeypatch.setattr(Library, "apply", late)
        await press(pilot, "a")
        apply(library, "harbour", rejected(only(stored(library), "Актау")), author="user:boris")
        await press(pilot, "ctrl+q")
    go_on.set()
    assert attempts.wait_for_saves(60.0)
    assert "accepted LOC «Актау»" in app.left_unsaved(is_saving=False)
