"""What each key of an article's screen does, and that it is on disk."""

import asyncio

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from annotations.model import Annotation, Document
from store.library import Library
from tui.app import ZametkaApp
from tui.screens.article import ArticleScreen
from tui.widgets.bar import Bar
from tui.widgets.option import Option
from tui.widgets.panel import Panel


async def opened(pilot: Pilot[None], library: Library) -> ArticleScreen:
    """The article's screen, when it is there and shows its text."""
    app = pilot.app
    await app.workers.wait_for_complete()
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, ArticleScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when all that the one before it asked for is done."""
    for key in keys:
        await pilot.press(key)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()


def stored(library: Library, article: str = "harbour") -> Document:
    return library.document(article)


def quotes(document: Document, **wanted: object) -> list[str]:
    """The texts of the annotations with these attributes."""
    return [
        document.text_of(each)
        for each in document.annotations
        if all(getattr(each, name) == content for name, content in wanted.items())
    ]


def only(document: Document, quote: str) -> Annotation:
    (found,) = [each for each in document.annotations if document.text_of(each) == quote]
    return found


def panel_texts(panel: Panel) -> list[str]:
    """The headings and the names and values of the panel's lines, without what is beside them."""
    lines = [panel.pieces(line, 40) for line in range(panel.line_count())]
    return [pieces[3 if len(pieces) > 1 else 0][0].strip() for pieces in lines]


def status_line(screen: ArticleScreen) -> str:
    return screen.query_one("#status", Bar).text


def app_on(library: Library, article: str | None = "harbour") -> ZametkaApp:
    app = ZametkaApp(library, article)
    app.theme = "ansi-dark"  # the command sets it in the environment, before the import
    app.animation_level = "none"
    return app


async def test_accept_and_reject_go_on_to_the_next_suggestion(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a")
        assert quotes(stored(library), status="accepted") == ["Актау"]
        assert screen.view.annotation == only(stored(library), "Павел Орехов")
        await press(pilot, "x")
        assert quotes(stored(library), status="rejected") == ["Павел Орехов"]
        assert screen.view.annotation == only(stored(library), "Ольгой Сабитовой")
        assert status_line(screen) == "saved: rejected PER «Павел Орехов»"


async def test_keys_pressed_while_a_save_runs_lose_nothing(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab")
        for key in "aaxa":
            pilot.app.simulate_key(key)
        await press(pilot, "f5")
        found = stored(library)
        assert quotes(found, status="accepted") == ["Актау", "Павел Орехов", "1,5 млрд тенге"]
        assert quotes(found, status="rejected") == ["Ольгой Сабитовой"]


async def test_a_label_key_relabels_and_undo_brings_the_suggestion_back(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        before = only(stored(library), "Актау")
        await press(pilot, "tab", "2")
        changed = only(stored(library), "Актау")
        assert (changed.label, changed.status, changed.author) == ("ORG", "accepted", "user:anna")
        assert changed.value == {"name": "Актау"}
        await press(pilot, "u")
        assert only(stored(library), "Актау") == before
        assert "«Актау» is LOC, suggested again" in status_line(screen)
        await press(pilot, "U")
        assert only(stored(library), "Актау").label == "ORG"


async def test_a_label_key_annotates_the_word_at_the_cursor(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "2")
        added = only(stored(library), "Порт")
        assert (added.label, added.status, added.confidence) == ("ORG", "accepted", None)


async def test_a_selection_is_annotated_with_its_value(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        text = stored(library).article.text
        screen.view.go_to(screen.view.words.at(text.index("Новый причал")))
        await press(pilot, "shift+right", "3")
        added = only(stored(library), "Новый причал")
        assert added.value == {"name": "Новый причал"}


@pytest.mark.parametrize(
    ("key", "quote"),
    [
        ("e", "Павел Орехов встретился"),
        ("E", "Павел"),
        ("b", "порта Павел Орехов"),
        ("B", "Орехов"),
    ],
)
async def test_boundaries_move_by_words(library: Library, key: str, quote: str) -> None:
    id_ = only(stored(library), "Павел Орехов").id
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "tab", key)
        found = stored(library)
        assert found.text_of(found.by_id[id_]) == quote


async def test_delete_and_undo(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "d")
        assert quotes(stored(library), label="LOC") == []
        await press(pilot, "u")
        assert quotes(stored(library), label="LOC") == ["Актау"]


async def test_a_note_is_written_and_shown(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "m", *"mind", "enter")
        assert only(stored(library), "Актау").note == "mind"
        assert only(stored(library), "Актау").status == "suggested"
        assert "note: mind" in screen.query_one("#explain", Bar).text


async def test_a_value_is_edited_and_a_wrong_one_is_refused_beside_its_field(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "tab", "tab", "tab", "v")
        first = pilot.app.screen.query_one("#field1", Input)
        assert first.value == "1500000000"
        await press(pilot, "tab")
        first.value = "much"
        await press(pilot, "enter")
        error = pilot.app.screen.query_one("#error1")
        assert pilot.app.focused is first
        assert "decimal number" in str(error.render())
        first.value = "1400000000"
        await press(pilot, "enter")
        value = only(stored(library), "1,5 млрд тенге").value
        assert value == {"min": "1400000000", "max": "1500000000", "unit": "KZT"}


async def test_the_label_menu_relabels(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "c", "down", "enter")
        assert only(stored(library), "Актау").label == "ORG"


async def test_dragging_selects_whole_words(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        start, end = (screen.view._page.cell_of(HARBOUR_AT(library, q)) for q in ("ректор", "вел"))
        margin = screen.view._margin
        await pilot.mouse_down("ArticleView", offset=(start[1] + margin, start[0]))
        await pilot.hover("ArticleView", offset=(end[1] + margin, end[0]))
        await pilot.mouse_up("ArticleView", offset=(end[1] + margin, end[0]))
        selection = screen.view.selection
        assert selection is not None
        text = stored(library).article.text
        assert text[selection.start : selection.end] == "Директор порта Павел"


def HARBOUR_AT(library: Library, quote: str) -> int:  # noqa: N802
    return stored(library).article.text.index(quote)


async def test_all_keys_work_with_the_russian_layout(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "ф", "ч")
        found = stored(library)
        assert quotes(found, status="accepted") == ["Актау"]
        assert quotes(found, status="rejected") == ["Павел Орехов"]


async def test_search_finds_every_case_form(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "slash", *"сабитова", "enter")
        text = stored(library).article.text
        assert [text[hit.start : hit.end] for hit in screen.view.hits] == ["Сабитовой", "Сабитовой"]
        assert "1 of 2" in status_line(screen)
        await press(pilot, "n")
        assert "2 of 2" in status_line(screen)
        assert screen.view.cursor == screen.view.hits[1]


async def test_the_panel_follows_the_cursor_and_jumps(library: Library) -> None:
    async with app_on(library).run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, library)
        panel = screen.query_one(Panel)
        texts = panel_texts(panel)
        assert "Ольга Сабитова" in texts
        assert "1 500 000 000" in [text.replace("\u00a0", " ") for text in texts]
        await press(pilot, "f")
        panel.cursor = texts.index("Ольга Сабитова")
        await press(pilot, "enter", "enter")
        assert screen.view.annotation == only(stored(library), "Ольге Сабитовой")


async def test_without_an_annotation_under_the_cursor_a_key_says_so(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "d")
        assert "no annotation under the cursor" in status_line(screen)
        await press(pilot, "right")
        assert status_line(screen) == ""


async def test_without_an_annotation_under_the_cursor_accept_goes_to_the_first(
    library: Library,
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "a")
        assert screen.view.annotation == only(stored(library), "Актау")
        assert quotes(stored(library), status="accepted") == []


async def test_a_value_that_a_person_gave_survives_other_boundaries(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "tab", "v")
        pilot.app.screen.query_one("#field0", Input).value = "Орехов П. И."
        await press(pilot, "enter", "e", "E")
        assert only(stored(library), "Павел Орехов").value == {"name": "Орехов П. И."}


async def test_a_note_that_cannot_be_saved_is_kept_to_be_saved_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.errors import CannotWrite

    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "m", *"mine")

        def refuse(*_: object, **__: object) -> None:
            raise CannotWrite("the disk is full")

        with monkeypatch.context() as full:
            full.setattr(Library, "apply", refuse)
            await press(pilot, "enter")
        assert status_line(screen) == "M: try again · not saved, but kept: note on «Актау»"
        assert [str(each.message) for each in pilot.app._notifications] == ["the disk is full"]
        await press(pilot, "M")
        assert only(stored(library), "Актау").note == "mine"


async def test_numbers_and_days_are_taken_as_people_write_them(library: Library) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        await opened(pilot, library)
        await press(pilot, "tab", "tab", "tab", "tab", "v")
        pilot.app.screen.query_one("#field1", Input).value = "1 400 000,5"
        pilot.app.screen.query_one("#field4", Option).value = "yes"
        await press(pilot, "enter")
        value = only(stored(library), "1,5 млрд тенге").value
        assert value == {"min": "1400000.5", "max": "1500000000", "unit": "KZT", "approx": True}


async def test_undo_passes_over_what_somebody_changed_since(library: Library) -> None:
    from annotations import edits

    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "a", "a")
        theirs = edits.Stamp("user:boris", "2026-01-31T13:00:00Z")
        note = edits.write_note(only(stored(library), "Павел Орехов"), "точно?", theirs)
        library.apply("harbour", note, author="user:boris")
        await press(pilot, "u")
        assert "boris" in status_line(screen)
        await press(pilot, "u")
        assert only(stored(library), "Актау").status == "suggested"
        assert only(stored(library), "Павел Орехов").status == "accepted"


async def test_a_library_with_other_labels(library: Library) -> None:
    """Their keys work, a free key says nothing wrong, an annotation without its label too."""
    from tinydb import TinyDB, where

    with TinyDB(library.path / "library.json") as database:
        labels = database.table("labels")
        labels.remove(where("name") != "ORG")
        ship = {"name": "SHIP", "kind": "entity", "key": "й", "colour": "red", "underline": False}
        labels.insert({**ship, "description": "Судно"})
    async with app_on(Library.open(library.path)).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "5", "tab", "e")
        assert only(stored(library), "Актау примет").label == "LOC"
        await press(pilot, "й")
        assert only(stored(library), "Актау примет").label == "SHIP"
        panel = screen.query_one(Panel)
        shown = set(panel_texts(panel))
        assert {"SHIP 1", "PER 4"} <= shown


async def test_a_double_click_opens_an_article_once(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.click("ArticleList", offset=(15, 0), times=2)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        kinds = [type(screen).__name__ for screen in pilot.app.screen_stack]
        assert kinds.count("ArticleScreen") == 1


async def test_two_clicks_that_are_read_at_once_open_an_article_once(library: Library) -> None:
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        assert isinstance(app, ZametkaApp)
        await asyncio.gather(app.open_article("harbour"), app.open_article("school"))
        kinds = [type(screen).__name__ for screen in app.screen_stack]
        assert kinds.count("ArticleScreen") == 1
