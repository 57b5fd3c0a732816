"""The guideline at the cursor: earlier decisions of the library, in the status line."""

from collections import Counter

import pytest
from textual.widgets import Static

from annotations.articles import make_article
from annotations.decisions import Tally
from annotations.model import Document
from annotations.schema import DEFAULT_SCHEMA
from store.library import Library
from tests.screen.conftest import suggestion
from tests.screen.test_correcting import app_on, opened, press, status_line
from tui.page.wrap import wrapped
from tui.screens.guideline import guideline_in_words
from tui.screens.text_page import TextPage

PORT = "О порте Актау спорят. Из Актау пишут, без Актау не обойтись."


def test_the_counts_come_first_the_most_frequent_label_before_the_others() -> None:
    tally = Tally(Counter(LOC=2, ORG=14), Counter(PER=1))
    assert guideline_in_words(tally, None) == ["before: ORG 14, LOC 2; rejected PER 1"]
    label = DEFAULT_SCHEMA["LOC"]
    said = guideline_in_words(Tally(), label)
    assert said == ["not decided before in this library", f"LOC: {label.description}"]


async def test_i_tells_how_the_name_was_decided_in_the_library(library: Library) -> None:
    name = {"name": "Актау"}
    port = tuple(
        suggestion(PORT, "Актау", label, nth, value=name, status=status)
        for nth, (label, status) in enumerate(
            [("ORG", "accepted"), ("ORG", "accepted"), ("LOC", "rejected")]
        )
    )
    library.add(Document(make_article(PORT, id="port"), port))
    async with app_on(library).run_test(size=(160, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "i")
        label = DEFAULT_SCHEMA["LOC"]
        said = f"before: ORG 2; rejected LOC 1 · LOC: {label.description}"
        assert status_line(screen) == said
        await press(pilot, "left", "i")  # a word without an annotation
        assert status_line(screen) == "not decided before in this library"


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_what_does_not_fit_in_the_line_is_a_page(
    library: Library, size: tuple[int, int]
) -> None:
    async with app_on(library).run_test(size=size) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, "tab", "i")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        page = pilot.app.screen
        assert isinstance(page, TextPage)
        description = DEFAULT_SCHEMA["LOC"].description
        assert [str(each.render()) for each in page.query(Static)][:3] == [
            "«Актау»",
            "not decided before in this library",
            f"LOC: {description}",
        ]
        assert page.query(Static)[2].size.height == len(
            wrapped(f"LOC: {description}", page.query(Static)[2].size.width)
        )
        await press(pilot, "escape")
        assert pilot.app.screen is screen


async def test_of_a_figure_the_label_is_told(library: Library) -> None:
    async with app_on(library).run_test(size=(160, 24)) as pilot:
        screen = await opened(pilot, library)
        await press(pilot, *["tab"] * 4, "i")
        assert status_line(screen).startswith("MONEY: An amount of a currency")
