"""Searches on the screen while others write the index, make it anew, or damage it."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

import apsw
import pytest

from annotations.articles import make_article
from annotations.model import Document
from store.index import database, freshness, keeping
from store.index.index import Index
from store.index.known import known_values
from store.library import Library
from tests.screen.test_correcting import app_on
from tests.screen.test_results import asked, bar, press, rows, settled
from tui import indexing
from tui.finding import Finding
from tui.query import Query
from tui.screens.article import ArticleScreen
from tui.screens.results import ResultsScreen
from tui.widgets.concordance_list import ConcordanceList
from tui.widgets.result_list import ResultList

NUMBERS = range(8)
BAD = "CAST(x'ff' AS TEXT)"


@pytest.fixture
def undated(library: Library) -> Library:
    """Articles without dates, of which every second has «паром», numbered as they came."""
    for number in NUMBERS:
        what = "Паром ждут" if number % 2 else "Мост закрыт"
        library.add(Document(make_article(f"{what} у причала {number}.", id=f"id{number}")))
        keeping.open_index(library).close()
    return library


def anew(library: Library) -> None:
    """Somebody else makes the index anew."""
    keeping.open_index(library, anew=True).close()


def write(library: Library, sql: str) -> None:
    """Whoever may write the index may write anything into it."""
    with closing(database.connect(str(library.path / "index.sqlite"), write=True)) as connection:
        connection.execute(sql)


def found(library: Library, query: str) -> Finding:
    finding = Finding(library, Query.understood(query))
    finding.search("rank", lambda _: None)
    return finding


def texts(finding: Finding) -> list[tuple[str, str]]:
    excerpts = finding.excerpts(finding.found.docids, 200)
    return [(each.row.article_id, each.text) for each in excerpts]


@pytest.fixture
def ferries(undated: Library) -> Iterator[Finding]:
    """The articles with «паром»."""
    finding = found(undated, "паром")
    yield finding
    finding._close()


def numbers(library: Library, docids: Sequence[int]) -> list[str]:
    """The articles that have these numbers now."""
    with closing(keeping.open_index(library)) as index:
        return [row.article_id for row in index.rows(docids)]


def test_what_was_found_stays_that_where_the_index_is_made_anew(
    undated: Library, ferries: Finding
) -> None:
    before = texts(ferries)
    assert [text for _, text in before] == [
        f"Паром ждут у причала {number[2:]}." for number, _ in before
    ]
    places = range(ferries.found.count)
    opened = [ferries.article(number) for number in places]
    walk = ferries.lines(pytest.fail)
    first = ferries.some_of(walk, 1)
    anew(undated)
    assert numbers(undated, ferries.found.docids) != [article_id for article_id, _ in before]
    assert texts(ferries) == before
    assert [ferries.article(number) for number in places] == opened
    lines = [*first, *ferries.some_of(walk, 100)]
    assert [line.row.article_id for line in lines] == [article_id for article_id, _ in before]
    assert {line.key for line in lines} == {"Паром"}


def test_an_excerpt_keeps_only_what_it_shows(undated: Library) -> None:
    long = f"{'Начало о погоде. ' * 90}Баржа стоит, и баржу грузят. {'Конец. ' * 90}"
    undated.add(Document(make_article(long, id="long")))
    finding = found(undated, "баржа")
    (excerpt,) = finding.excerpts(finding.found.docids, 200)
    finding._close()
    assert excerpt.text == "Баржа стоит, и баржу грузят."
    assert excerpt.snippet is not None
    marked = [excerpt.text[start:end] for start, end in excerpt.snippet.marks]
    assert marked == ["Баржа", "баржу"]


def test_an_index_in_another_file_is_opened_again(undated: Library, ferries: Finding) -> None:
    path = undated.path / "index.sqlite"
    other = path.with_name("other")
    shutil.copy(path, other)
    with closing(database.connect(str(other), write=True)) as connection:
        connection.execute("UPDATE articles SET source = 'Якорь'; PRAGMA wal_checkpoint(TRUNCATE)")
    other.replace(path)
    excerpts = ferries.excerpts(ferries.found.docids, 80)
    assert {each.row.source for each in excerpts} == {"Якорь"}


def test_an_index_that_is_taken_away_is_made_again(undated: Library, ferries: Finding) -> None:
    before = texts(ferries)
    (undated.path / "index.sqlite").unlink()
    assert texts(ferries) == before


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE texts",
        "DELETE FROM texts_data",
        "DROP TABLE articles",
        f"UPDATE articles SET title = {BAD}",
        "UPDATE articles SET title = x'41'",
        f"UPDATE articles SET key = {BAD} WHERE docid = (SELECT min(docid) FROM articles)",
    ],
)
async def test_a_damaged_index_is_made_anew_by_the_next_look(
    undated: Library, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "RACY", 0)  # opening it notices nothing
    async with app_on(undated, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "паром")
        before = rows(screen)
        assert len(before) == 8
        write(undated, sql)
        screen.query_one(ResultList).show(screen._finding.found.docids)
        await settled(pilot)
        assert set(rows(screen)) == set(before)
        with suppress(apsw.SQLError):  # no look has needed it yet: it is still damaged
            write(undated, sql)
        await press(pilot, "r")
        assert bar(screen) == "article 1 of 4"
        assert set(rows(screen)) == set(before)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ArticleScreen)


def never_mended(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index stays as it is, whoever opens it."""
    path = library.path / "index.sqlite"

    def as_it_is(*_: object, **__: object) -> Index:
        return Index(database.connect(str(path), write=False), str(library.path / "articles"))

    monkeypatch.setattr(indexing, "open_index", as_it_is)


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        (f"UPDATE articles SET title = {BAD}", [("enter",), ("r",)]),
        ("DROP TABLE texts", [("c", "q", "r")]),
    ],
)
async def test_a_damaged_index_that_cannot_be_mended_is_told(
    undated: Library,
    sql: str,
    refused: Sequence[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with app_on(undated, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "паром")
        write(undated, sql)
        never_mended(undated, monkeypatch)
        for keys in (("r",), *refused):
            await press(pilot, *keys)
            assert pilot.app.screen is screen
            assert bar(screen).startswith("the index cannot be read: ")


async def test_where_the_next_article_cannot_be_told_this_one_stays_open(
    undated: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(undated, None).run_test(size=(80, 24)) as pilot:
        await asked(pilot, "паром")
        await press(pilot, "enter")
        article = pilot.app.screen
        write(undated, f"UPDATE articles SET title = {BAD}")
        never_mended(undated, monkeypatch)
        await press(pilot, "}")
        assert pilot.app.screen is article
        (told,) = pilot.app._notifications
        assert told.message.startswith("the index cannot be read: ")


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE articles SET source = {BAD}",
        "UPDATE articles SET source = 5",
        f"UPDATE atoms SET text = {BAD} WHERE atom = 1",
        "UPDATE atoms SET text = x'41' WHERE atom = 1",
        "DROP TABLE things",
    ],
)
async def test_asking_needs_no_sound_index(undated: Library, sql: str) -> None:
    write(undated, sql)
    known = known_values(str(undated.path))
    assert all(isinstance(each, str) for values in known.values() for each in values)
    async with app_on(undated, None).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "s", "п", "а", "р", "о", "м", "enter")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_a_date_from_an_index_is_shown_harmlessly(library: Library) -> None:
    async with app_on(library, None).run_test(size=(120, 24)) as pilot:
        await asked(pilot, "порт")
        write(library, "UPDATE articles SET published = char(27) || '[31m' || published")
        await press(pilot, "r")
        (listed,) = pilot.app.screen.query(ResultList)
        assert "␛[31m" in shown(listed)
        await press(pilot, "c")
        (lines,) = pilot.app.screen.query(ConcordanceList)
        assert "␛[31m" in shown(lines)


def shown(listed: ResultList | ConcordanceList) -> str:
    text = "".join(text for text, _ in listed.pieces(0, 120))
    assert "\x1b" not in text
    return text


async def test_an_article_that_has_gone_meanwhile_is_told(undated: Library) -> None:
    async with app_on(undated, None).run_test(size=(80, 24)) as pilot:
        screen = await asked(pilot, "паром")
        for path in (undated.path / "articles").rglob("*.*"):
            path.unlink()
        keeping.open_index(undated).close()
        await press(pilot, "enter")
        assert pilot.app.screen is screen
        assert bar(screen) == "this article is not in the library any longer"
