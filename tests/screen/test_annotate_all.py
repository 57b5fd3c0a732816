"""Annotate all on the screen: in the article, in the library, around what others decided."""

from pathlib import Path

import pytest
from textual.widgets import Static

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Document
from annotations.phrase import Phrase
from store import root
from store.errors import Unreadable
from store.library import Library, Saved
from tests.screen.conftest import NOON, suggestion
from tests.screen.test_correcting import app_on, opened, press, quotes, status_line, stored
from tui.screens.annotate_all import AnnotateAll
from tui.screens.article import ArticleScreen

FERRY = """Паром ждут в Курыке

Сабитова открыла причал. О Сабитовой писали, и Сабитову поздравил Роман Ли. Роман доволен.

Вчера Романа и Сабитову видели в порту Курыка: Сабитовой понравилось."""

BRIDGE = """Мост у Актау

За мост отвечает Сабитова; у Сабитовой есть план. Без Сабитовой его не было бы."""


@pytest.fixture
def everywhere(library: Library) -> Library:
    """Two further articles, «ferry» and «bridge», that name one person."""
    name = {"name": "Сабитова"}
    ferry = make_article(FERRY, id="ferry", published="2025-10-03")
    library.add(
        Document(
            ferry,
            (
                suggestion(FERRY, "Сабитовой", "PER", value=name, entity="e1"),
                suggestion(FERRY, "Романа", "PER", value={"name": "Роман"}, entity="e2"),
                suggestion(FERRY, "Сабитову", "LOC", 1, value={"name": "Сабитов"}, entity="e3"),
            ),
        )
    )
    bridge = make_article(BRIDGE, id="bridge", published="2025-10-04")
    rejected = suggestion(BRIDGE, "Сабитовой", "PER", value=name, status="rejected")
    library.add(Document(bridge, (rejected,)))
    return library


def progress(screen: object) -> str:
    assert isinstance(screen, AnnotateAll)
    return str(screen.query_one("#progress", Static).render())


async def test_all_forms_in_the_article_are_one_step(everywhere: Library) -> None:
    before = stored(everywhere, "ferry").annotations
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, everywhere)
        await press(pilot, "tab", "A")
        assert progress(pilot.app.screen) == "5 of 5 places ticked, in 1 article"
        await press(pilot, "enter")
        after = stored(everywhere, "ferry")
        forms = ["Сабитова", "Сабитовой", "Сабитову", "Сабитову", "Сабитовой"]
        assert quotes(after, status="accepted", label="PER", entity="e1") == forms
        assert len(everywhere.history("ferry")) == 1
        said = "saved: annotated PER «Сабитова»: 5 here; u takes it back"
        assert status_line(screen) == said
        await press(pilot, "u")
        assert stored(everywhere, "ferry").annotations == before


async def test_homonyms_are_not_ticked_until_somebody_ticks_them(everywhere: Library) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await opened(pilot, everywhere)
        await press(pilot, "tab", "tab", "A")
        assert progress(pilot.app.screen) == "1 of 3 places ticked, in 1 article"
        await press(pilot, "space", "enter")  # the form «Роман», which has two places
        found = stored(everywhere, "ferry")
        assert quotes(found, status="accepted") == ["Роман", "Роман", "Романа"]


async def test_the_whole_library_is_one_step(everywhere: Library) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, everywhere)
        await press(pilot, "tab", "A", "l")
        assert progress(pilot.app.screen) == "7 of 10 places ticked, in 2 articles"
        await press(pilot, "enter")
        assert quotes(stored(everywhere, "bridge"), status="accepted") == ["Сабитова", "Сабитовой"]
        assert quotes(stored(everywhere, "bridge"), status="rejected") == ["Сабитовой"]
        assert status_line(screen) == (
            "saved: annotated PER «Сабитова»: 5 here, 2 in 1 other article; u takes it back"
        )
        (entry,) = everywhere.history("bridge")
        assert entry.author == "user:anna"
        (step,) = everywhere.history("ferry")
        assert step.operation == entry.operation


async def test_what_others_decide_while_the_list_is_open_is_left(everywhere: Library) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, everywhere)
        await press(pilot, "tab", "A", "l", "x")
        checklist = pilot.app.screen
        assert isinstance(checklist, AnnotateAll)
        await press(pilot, "a")
        start = BRIDGE.index("Сабитова")
        theirs = edits.new_annotation(
            suggestion(BRIDGE, "Сабитова", "ORG").span, "ORG", Stamp("user:oleg", NOON)
        )
        assert isinstance(everywhere.apply("bridge", theirs, author="user:oleg"), Saved)
        await press(pilot, "enter")
        bridge = stored(everywhere, "bridge")
        assert [each.label for each in bridge.annotations if each.start == start] == ["ORG"]
        assert "1 place left as others decided" in status_line(screen)


async def test_what_is_decided_cannot_be_ticked_and_says_so(everywhere: Library) -> None:
    async with app_on(everywhere, "bridge").run_test(size=(80, 24)) as pilot:
        await opened(pilot, everywhere)
        await press(pilot, "tab", "x", "a", "A")  # rejected already; accepted; all
        assert progress(pilot.app.screen) == "2 of 3 places ticked, in 1 article"
        await press(pilot, "end", "up", "space")
        assert progress(pilot.app.screen) == "that is decided already: it is not overwritten"


async def test_escape_changes_nothing(everywhere: Library) -> None:
    before = stored(everywhere, "ferry")
    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await opened(pilot, everywhere)
        await press(pilot, "tab", "A", "escape")
        assert isinstance(pilot.app.screen, ArticleScreen)
        assert stored(everywhere, "ferry") == before


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (("A",), "there is no annotation under the cursor: Tab goes to the next one"),
        (("tab",) * 4 + ("A",), "a figure stands for itself: names can be annotated everywhere"),
        (("tab", "x", "shift+tab", "A"), "it is rejected: accept it first"),
    ],
)
async def test_where_there_is_nothing_to_annotate_that_is_said(
    library: Library, keys: tuple[str, ...], says: str
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, *keys)
        assert status_line(screen) == says


@pytest.fixture
def damaged(everywhere: Library) -> Library:
    """The same with one article that nobody can read."""
    for suffix in (".json", ".log"):
        path = everywhere.article_path("school").with_suffix(suffix)
        path.write_text("no article", encoding="utf-8")
    return everywhere


async def test_a_damaged_article_is_counted_and_the_rest_is_found(damaged: Library) -> None:
    async with app_on(damaged, "ferry").run_test(size=(80, 24)) as pilot:
        await opened(pilot, damaged)
        await press(pilot, "tab", "A", "l")
        assert progress(pilot.app.screen) == (
            "7 of 10 places ticked, in 2 articles; 1 article cannot be read"
        )


async def test_the_list_fits_a_small_terminal(everywhere: Library) -> None:
    async with app_on(everywhere, "ferry").run_test(size=(20, 6)) as pilot:
        await opened(pilot, everywhere)
        await press(pilot, "tab", "A", "down", "end", "space", "enter")
        assert len(quotes(stored(everywhere, "ferry"), status="accepted")) == 4


async def test_a_library_that_cannot_be_read_is_told(
    everywhere: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> list[str]:
        raise Unreadable(Phrase("the folder cannot be read"))

    async with app_on(everywhere, "ferry").run_test(size=(80, 24)) as pilot:
        await opened(pilot, everywhere)
        await press(pilot, "tab", "A")
        with monkeypatch.context() as unreadable:
            unreadable.setattr(root, "keys", refuse)
            await press(pilot, "l")
            await pilot.app.workers.wait_for_complete()
        assert progress(pilot.app.screen) == "the folder cannot be read"
        await press(pilot, "l")
        assert progress(pilot.app.screen) == "7 of 10 places ticked, in 2 articles"
