"""Searching the library on the screen: the query, what it finds, the hits across articles."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.model import Document, Source
from store.errors import CannotWrite
from store.library import Library
from tests.screen.conftest import NOON
from tests.screen.test_correcting import app_on, only, opened, status_line, stored
from tests.screen.test_correcting import press as press_key
from tui import finding, indexing
from tui.app import ZametkaApp
from tui.query import Query
from tui.screens.article import ArticleScreen
from tui.screens.asking import AskQuery
from tui.screens.library import LibraryScreen
from tui.screens.results import ResultsScreen
from tui.widgets.bar import Bar
from tui.widgets.concordance_list import ConcordanceList
from tui.widgets.result_list import ResultList
from tui.widgets.text_field import TextField

MIRROR = """Зеркало для маяка

Маяк ждёт зеркало. Смотритель маяка Павел Орехов доволен: маяком займутся в марте."""


@pytest.fixture
def lights(library: Library) -> Library:
    """Two further articles: «mirror», of which «маяк» is in four words, and «lamp», with one."""
    mirror = make_article(MIRROR, id="mirror", published="2025-11-01", source=Source(name="Курьер"))
    library.add(Document(mirror))
    lamp = "Лампу привезли. Длинный текст о разном, о школе и порте, и лишь раз о маяке."
    library.add(Document(make_article(lamp, id="lamp", published="2025-12-01")))
    return library


async def asked(pilot: Pilot[None], query: str) -> ResultsScreen:
    """What a query finds that was asked from the list."""
    app = pilot.app
    assert isinstance(app, ZametkaApp)
    app._personal.ask(query)
    await app._show_results(Query.understood(query))
    await app.workers.wait_for_complete()
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, ResultsScreen)
    return screen


async def settled(pilot: Pilot[None]) -> None:
    """What is in sight has been read."""
    await pilot.pause()
    for listed in (*pilot.app.screen.query(ResultList), *pilot.app.screen.query(ConcordanceList)):
        for _ in range(500):
            if not listed.missing():
                break
            await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await press_key(pilot, key)
        await settled(pilot)


async def typed(pilot: Pilot[None], query: str, *keys: str) -> None:
    """A query stands in the field as if it had been typed there."""
    field = pilot.app.screen.query_one(TextField)
    field.value = query
    field.cursor_position = len(query)
    await pilot.pause()
    await press(pilot, *keys)


async def type_query(pilot: Pilot[None], query: str) -> None:
    await typed(pilot, query, "enter")


def rows(screen: ResultsScreen) -> list[str]:
    listed = screen.query_one(ResultList)
    return [
        "".join(text for text, _ in listed.pieces(line, 100)).rstrip()
        for line in range(listed.line_count())
    ]


def bar(screen: ResultsScreen, name: str = "status") -> str:
    return screen.query_one(f"#{name}", Bar).text


def dialog(pilot: Pilot[None]) -> tuple[str, str, str]:
    """The field of the dialog, the mark under it, and the line beneath."""
    screen = pilot.app.screen
    assert isinstance(screen, AskQuery)
    place, said = (str(screen.query_one(f"#{name}", Static).render()) for name in ("place", "said"))
    return screen.query_one(TextField).value, place, said


def hits_of(screen: ArticleScreen) -> list[str]:
    text = screen.document.article.text
    return [text[hit.start : hit.end] for hit in screen.view.hits]


def at(pilot: Pilot[None]) -> tuple[str, str]:
    """The article that is open, and what its cursor is on."""
    screen = pilot.app.screen
    assert isinstance(screen, ArticleScreen)
    cursor = screen.view.cursor
    return screen.article_id, screen.document.article.text[cursor.start : cursor.end]


async def test_articles_are_listed_with_the_sentence_that_has_it(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "s")
        await type_query(pilot, "смотритель маяк")
        screen = pilot.app.screen
        assert isinstance(screen, ResultsScreen)
        assert bar(screen, "title") == "1 article · смотритель маяк"
        assert rows(screen) == [
            "•2025-11-01  Курьер            Зеркало для маяка",
            "    Смотритель маяка Павел Орехов доволен: маяком займутся в марте.",
        ]
        assert bar(screen) == "article 1 of 1"
        marked = [
            text
            for text, style in screen.query_one(ResultList).pieces(1, 100)
            if style.bgcolor is not None
        ]
        assert marked == ["Смотритель", "маяка", "маяком"]


async def test_the_best_come_first_or_the_newest(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        assert bar(screen, "title") == "2 articles · the best first · маяк"
        assert "Зеркало" in rows(screen)[0]
        await press(pilot, "o")
        assert "Лампу" in rows(screen)[0]
        assert bar(screen, "title") == "2 articles · the newest first · маяк"
        await press(pilot, "slash")
        await type_query(pilot, "source:Курьер")
        await press(pilot, "o")
        assert bar(screen).startswith("the newest first: in such a query no word weighs more")


async def test_an_article_opens_at_its_hit_and_q_comes_back(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        await press(pilot, "enter")
        assert at(pilot) == ("mirror", "маяка")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert hits_of(article) == ["маяка", "Маяк", "маяка", "маяком"]
        assert status_line(article) == "«маяк»: 1 of 4; n and N go on"
        await press(pilot, "q")
        assert pilot.app.screen is screen
        assert rows(screen)[0].startswith(" 2025-11-01")  # it is read
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_hits_lead_from_article_to_article(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        await press(pilot, "enter", "n", "n", "n")
        assert at(pilot) == ("mirror", "маяком")
        await press(pilot, "n")
        assert at(pilot) == ("lamp", "маяке")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        await press(pilot, "n")
        assert status_line(article) == "this is the last article that was found"
        await press(pilot, "N")
        assert at(pilot) == ("mirror", "маяком")
        await press(pilot, "}")
        assert at(pilot) == ("lamp", "маяке")
        await press(pilot, "{")
        assert at(pilot) == ("mirror", "маяка")
        await press(pilot, "}", "q")
        assert pilot.app.screen is screen
        assert bar(screen) == "article 2 of 2"


async def test_the_next_article_with_suggestions_is_the_next_that_was_found(
    lights: Library,
) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await asked(pilot, "порт OR маяк")
        await press(pilot, "o", "end", "enter")
        assert at(pilot)[0] == "harbour"
        await press(pilot, "N")
        assert at(pilot)[0] == "mirror"
        await press(pilot, ">")
        assert at(pilot)[0] == "harbour"
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        await press(pilot, ">")
        assert status_line(article) == "no further article that was found has suggestions"


async def test_a_hit_of_a_condition_is_its_annotation(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await asked(pilot, "entity:Сабитова")
        await press(pilot, "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert at(pilot) == ("harbour", "Ольгой Сабитовой")
        assert article.view.annotation is not None
        assert article.view.annotation.label == "PER"
        assert hits_of(article) == ["Ольгой Сабитовой", "Ольге Сабитовой"]


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("порт AND", "     ^^^", "a word or a condition is missing after AND"),
        ("(порт", "^", "there is no ) that closes this ("),
        ("", "^", "there is no word to look for: a word has letters or digits"),
    ],
)
async def test_a_mistake_is_shown_at_its_place_and_nothing_is_lost(
    lights: Library, query: str, place: str, said: str
) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "s")
        await type_query(pilot, query)
        assert dialog(pilot) == (query, place, said)
        await type_query(pilot, "порт")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_tab_completes_fields_and_what_the_library_has(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await asked(pilot, "маяк")  # now there is an index
        await press(pilot, "s")
        await typed(pilot, "label:P")
        assert dialog(pilot) == ("label:P", "", "PER  PERCENT")
        await press(pilot, "tab")
        assert dialog(pilot) == ("label:PER", "", "[PER]  PERCENT")
        await press(pilot, "tab")
        assert dialog(pilot)[0] == "label:PERCENT"
        await typed(pilot, "label:PER sour", "tab")
        assert dialog(pilot)[0] == "label:PER source:"
        await press(pilot, "К", "tab")
        assert dialog(pilot)[0] == "label:PER source:Курьер"
        await typed(pilot, "label:PER source:Курьер entity:оль", "tab", "enter")
        assert bar(pilot.app.screen, "title").endswith(  # type: ignore[arg-type]
            'label:PER source:Курьер entity:"Ольга Сабитова"'
        )
        await press(pilot, "s")
        await typed(pilot, "щщ", "tab")
        assert dialog(pilot) == ("щщ", "", "nothing begins like this")


async def test_earlier_queries_come_back_also_in_the_next_session(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "s", "up")
        assert dialog(pilot)[2] == "there is no earlier query"
        await press(pilot, "escape")
        for query in ("маяк", "порт", "маяк"):
            await asked(pilot, query)
            pilot.app.screen.dismiss()
            await pilot.pause()
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "s", "up")
        assert dialog(pilot)[0] == "маяк"
        await press(pilot, "up", "up")
        assert dialog(pilot)[0] == "порт"
        await press(pilot, "down")
        assert dialog(pilot)[0] == "маяк"


async def test_where_nothing_is_found_that_is_said(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "верблюд")
        assert screen.query_one("#empty").display
        assert bar(screen, "title") == "0 articles · верблюд"
        await press(pilot, "enter", "c")
        assert bar(screen) == "there is no article at the cursor"
        await press(pilot, "s")
        await type_query(pilot, "маяк")
        assert not screen.query_one("#empty").display
        assert len(rows(screen)) == 4


async def test_an_article_that_is_damaged_meanwhile_says_so_in_its_row(lights: Library) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        for suffix in (".json", ".log"):
            path = lights.article_path("mirror").with_suffix(suffix)
            path.write_text("no article", encoding="utf-8")
        screen.query_one(ResultList).show(screen._finding.found.docids)
        await press(pilot, "end")
        assert "damaged" in rows(screen)[1] or "mirror" in rows(screen)[1]
        await press(pilot, "r")
        assert bar(screen, "title") == "1 article · маяк"
        assert bar(screen) == "article 1 of 1 · 1 article cannot be read"


async def test_an_index_that_cannot_be_had_is_told(
    lights: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite("the disk is full")

    monkeypatch.setattr(indexing, "open_index", refuse)
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        assert bar(screen) == "the disk is full"


async def test_of_many_articles_only_those_in_sight_are_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        article = make_article(f"Маяк номер {number}.", id=f"light{number}")
        library.add(Document(article))
    asked_for: list[int] = []
    excerpts = finding.Finding.excerpts

    def count(self: finding.Finding, docids: Sequence[int], longest: int) -> object:
        asked_for.extend(docids)
        return excerpts(self, docids, longest)

    monkeypatch.setattr(finding.Finding, "excerpts", count)
    async with app_on(library, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "маяк")
        listed = screen.query_one(ResultList)
        assert len(listed.docids) == 60
        assert set(asked_for) == set(listed.docids[: listed.size.height])
        await press(pilot, "end")
        assert listed.docids[-1] in asked_for
        assert listed.docids[30] not in asked_for
        assert len(asked_for) == len(set(asked_for))


async def test_text_from_outside_is_shown_harmlessly(library: Library) -> None:
    text = "Мая\x1b[31mк\u202e и маяк [b]горит[/b]."
    title, source = "\x1b]0;x\x07 [red]", Source(name="\x1b[2J\u202e")
    library.add(Document(make_article(text, id="bad", title=title, source=source)))
    async with app_on(library, None).run_test(size=(100, 24)) as pilot:
        screen = await asked(pilot, "маяк OR \u202eгорит")
        assert rows(screen)[0].endswith("␛[2J·             ␛]0;x␇ [red]")
        assert "[b]горит[/b]" in rows(screen)[1]
        for keys in (("enter",), ("n",), ("q", "c"), ("o",)):
            await press(pilot, *keys)
            picture = pilot.app.export_screenshot()
            assert "\x1b" not in picture
            assert "\u202e" not in picture


async def test_the_search_within_an_article_has_the_same_grammar(lights: Library) -> None:
    async with app_on(lights, "harbour").run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, lights)
        await press(pilot, "slash")
        await type_query(pilot, "порт OR money>1млн")
        assert hits_of(screen) == ["Порт", "порта", "Порт", "1,5 млрд тенге"]
        await press(pilot, "slash")
        await type_query(pilot, "(порт")
        assert dialog(pilot)[1:] == ("^", "there is no ) that closes this (")
        await type_query(pilot, "верблюд")
        assert status_line(screen) == "«верблюд» does not occur"
        await press(pilot, "slash")
        await type_query(pilot, "")
        assert status_line(screen) == "the search has ended"
        assert screen.view.hits == ()


async def test_who_decided_is_pointed_at_in_the_article(lights: Library) -> None:
    name = only(stored(lights), "Павел Орехов")
    accept = edits.set_status(name, "accepted", Stamp("user:boris", NOON))
    lights.apply("harbour", accept, author="user:boris")
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "by:boris")
        assert bar(screen, "title").startswith("1 article")
        await press(pilot, "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert hits_of(article) == ["Павел Орехов"]
        await press(pilot, "slash")
        await type_query(pilot, "label:LOC by:boris")
        assert hits_of(article) == []
        await press(pilot, "slash")
        await type_query(pilot, "label:PER by:boris")
        assert hits_of(article) == ["Павел Орехов"]


async def test_an_article_with_a_damaged_history_opens_without_who_decided(
    lights: Library,
) -> None:
    async with app_on(lights, None).run_test(size=(80, 24)) as pilot:
        await asked(pilot, "порт")
        name = only(stored(lights), "Павел Орехов")
        accept = edits.set_status(name, "accepted", Stamp("user:boris", NOON))
        lights.apply("harbour", accept, author="user:boris")
        lights.article_path("harbour").with_suffix(".log").write_text("no history")
        await press(pilot, "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        await press(pilot, "slash")
        await type_query(pilot, "порт by:recogniser:test by:boris")
        assert "Порт" in hits_of(article)


async def test_the_first_search_makes_the_index_and_leaving_stops_that(
    lights: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(indexing, "LOOK", 0.0)
    sought = finding.Finding(lights, Query.understood("маяк"))

    def stop(words: object) -> None:
        said.append(str(words))
        sought._is_stopped = True

    with pytest.raises(indexing.Stopped):
        sought.search("rank", stop)
    assert said == ["indexing: 0 of 4"]
    again = finding.Finding(lights, Query.understood("маяк"))
    again.search("rank", lambda _: None)
    assert again.found.count == 2
