"""Where annotations and selections begin and end: by words, snapped, and by characters, exactly."""

import pytest
from textual import constants
from textual._xterm_parser import XTermParser
from textual.events import Key, MouseMove

from annotations.articles import make_article
from annotations.model import Document, Span
from store.library import Library
from tests.screen.conftest import suggestion
from tests.screen.test_correcting import app_on, only, opened, press, quotes, status_line, stored
from tests.screen.test_sticky import at, cell
from tui.keyboard.layout_keys import twin
from tui.keyboard.terminal_keys import tell_alt_b
from tui.screens.article import ArticleScreen

PLANT = """Завод в Атырау

Завод ООО «Ромашка», по словам Орехова, посеял 350 тыс. га и вырос на 20%.

Фирма «Степной ветер» купила экс-Ромашку за 1,5 млрд тенге."""


@pytest.fixture
def plant(library: Library) -> Library:
    """An article with quotes, abbreviations and signs."""
    article = make_article(PLANT, id="plant", published="2025-10-05")
    found = (
        suggestion(PLANT, "ООО", "ORG", value={"name": "ООО"}, entity="e1"),
        suggestion(PLANT, "Орехова", "PER", value={"name": "Орехов"}, entity="e2"),
        suggestion(PLANT, "350 тыс.", "NUMBER", value={"min": "350000", "max": "350000"}),
    )
    library.add(Document(article, found))
    return library


def marked(library: Library, id_: str) -> str:
    document = stored(library, "plant")
    return document.text_of(document.by_id[id_])


def selected(screen: ArticleScreen) -> str:
    selection = screen.view.selection
    return "" if selection is None else PLANT[selection.start : selection.end]


@pytest.mark.parametrize(
    ("quote", "keys", "expected"),
    [
        ("ООО", "e", "ООО «Ромашка»"),
        ("ООО", "eE", "ООО"),
        ("ООО", "eee", "ООО «Ромашка», по словам"),
        ("Орехова", "e", "Орехова, посеял"),
        ("Орехова", "eE", "Орехова"),
        ("350 тыс.", "E", "350"),
        ("350 тыс.", "Ee", "350 тыс."),
        ("350 тыс.", "b", "посеял 350 тыс."),
    ],
)
async def test_a_boundary_that_moves_by_words_is_snapped(
    plant: Library, quote: str, keys: str, expected: str
) -> None:
    id_ = only(stored(plant, "plant"), quote).id
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        for key in keys:
            screen.view.go_to_annotation(screen.document.by_id[id_])
            await press(pilot, key)
        assert marked(plant, id_) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("alt+e", "Орехова,"),
        ("alt+shift+e", "Орехов"),
        ("alt+b", " Орехова"),
        ("alt+shift+b", "рехова"),
        ("alt+у", "Орехова,"),
        ("alt+shift+и", "рехова"),
    ],
)
async def test_a_boundary_moves_by_a_character_exactly(
    plant: Library, key: str, expected: str
) -> None:
    id_ = only(stored(plant, "plant"), "Орехова").id
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        screen.view.go_to_annotation(screen.document.by_id[id_])
        await press(pilot, key)
        assert marked(plant, id_) == expected


@pytest.mark.parametrize(
    ("sent", "key"),
    [
        ("\x1be", "alt+e"),
        ("\x1bE", "alt+shift+e"),
        ("\x1bb", "alt+b"),
        ("\x1bB", "alt+shift+b"),
        ("\x1bу", "alt+e"),
        ("\x1bИ", "alt+shift+b"),
        ("\x1b[101;3u", "alt+e"),
        ("\x1b[98;4u", "alt+shift+b"),
        ("\x1b[1;6C", "ctrl+shift+right"),
        ("\x1b[1;3D", "alt+left"),
    ],
)
def test_what_terminals_send_is_what_is_bound(
    sent: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the kitty protocol and with it; ESC b is no longer taken for Ctrl and the arrow."""
    tell_alt_b()
    monkeypatch.setattr(constants, "ESCAPE_DELAY", -1.0)  # nothing follows the escape
    bound = {
        each
        for kind in ArticleScreen.__mro__
        for binding in vars(kind).get("BINDINGS", ())
        for each in binding.key.split(",")
    }
    parser = XTermParser()
    (event,) = [each for each in (*parser.feed(sent), *parser.tick()) if isinstance(each, Key)]
    assert key in (event.key, twin(event.key))
    assert key in bound or key.endswith(("right", "left"))


async def test_a_boundary_that_cannot_move_says_so(plant: Library) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        screen.view.go_to_annotation(only(screen.document, "ООО"))
        await press(pilot, "E")
        assert status_line(screen) == "the boundary cannot go further that way"


@pytest.mark.parametrize(
    ("quote", "key", "said"),
    [
        ("судов", "e", "end of the paragraph"),
        ("судов", "alt+e", "end of the paragraph"),
        ("Директор", "b", "beginning of the paragraph"),
        ("Директор", "alt+b", "beginning of the paragraph"),
    ],
)
async def test_a_boundary_stays_in_its_paragraph(
    library: Library, quote: str, key: str, said: str
) -> None:
    async with app_on(library).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, library)
        start = screen.document.article.text.index(quote)
        screen.view.go_to(Span(start, start + len(quote)))
        await press(pilot, "2", key)
        assert status_line(screen) == said
        assert only(stored(library), quote).label == "ORG"


async def test_a_selection_by_words_is_snapped_when_it_is_annotated(plant: Library) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        at(screen, "Фирма")
        await press(pilot, "shift+right", "shift+right", "2")
        assert quotes(stored(plant, "plant"), label="ORG", status="accepted") == [
            "Фирма «Степной ветер»"
        ]


@pytest.mark.parametrize(
    ("word", "key", "label", "expected"),
    [
        ("20%", "5", "PERCENT", "20%"),
        ("млрд тенге", "4", "MONEY", "1,5 млрд тенге"),
        ("Степной", "2", "ORG", "Степной"),
    ],
)
async def test_a_word_stands_for_the_figure_that_it_belongs_to(
    plant: Library, word: str, key: str, label: str, expected: str
) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        at(screen, word)
        await press(pilot, key)
        found = only(stored(plant, "plant"), expected)
        assert (found.label, found.value is not None) == (label, True)


async def test_characters_are_selected_and_annotated_exactly(plant: Library) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        at(screen, "Завод ООО")
        await press(pilot, "ctrl+shift+right", "ctrl+shift+right", "alt+right")
        assert selected(screen) == "Зав"
        await press(pilot, "alt+left")
        assert selected(screen) == "За"
        at(screen, "экс-Ромашку")
        await press(pilot, *["ctrl+shift+left"] * 7)
        assert selected(screen) == "Ромашку"
        await press(pilot, "2")
        assert only(stored(plant, "plant"), "Ромашку").label == "ORG"


async def test_punctuation_that_is_asked_for_stays(plant: Library) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        at(screen, "Ромашка»,")
        await press(pilot, "s", "alt+right", "alt+right")
        assert selected(screen) == "Ромашка»,"
        await press(pilot, "2")
        assert only(stored(plant, "plant"), "Ромашка»,").label == "ORG"


async def test_the_keys_of_boundaries_move_those_of_a_selection(plant: Library) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        at(screen, "экс-Ромашку")
        before = stored(plant, "plant")
        await press(pilot, "s", *["alt+shift+b"] * 4)
        assert selected(screen) == "Ромашку"
        await press(pilot, "escape", "s", "e")
        assert selected(screen) == "экс-Ромашку за"
        await press(pilot, "shift+left")
        assert stored(plant, "plant") == before


@pytest.mark.parametrize(
    ("modifier", "expected"),
    [({}, "экс-Ромашку за"), ({"control": True}, "Ромашку з"), ({"meta": True}, "Ромашку з")],
    ids=["words", "ctrl", "alt"],
)
async def test_dragging_selects_words_or_with_a_modifier_characters(
    plant: Library, modifier: dict[str, bool], expected: str
) -> None:
    async with app_on(plant, "plant").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, plant)
        start, end = cell(screen, "Ромашку"), cell(screen, "за 1,5")
        await pilot.mouse_down("ArticleView", offset=start, **modifier)
        await pilot._post_mouse_events(
            [MouseMove],
            "ArticleView",
            end,
            button=1,
            **modifier,
        )
        await pilot.mouse_up("ArticleView", offset=end, **modifier)
        assert selected(screen) == expected
