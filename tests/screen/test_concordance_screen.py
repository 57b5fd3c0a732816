"""The concordance on the screen: its lines, and deciding about many of them in one step."""

import threading

import pytest
from textual.pilot import Pilot

from annotations import edits
from annotations.articles import make_article
from annotations.edits import Stamp
from annotations.marking import Target, mark
from annotations.model import Annotation, Document, Source, Span
from store import marking
from store.errors import CannotWrite
from store.library import Library
from tests.screen.conftest import NOON, suggestion
from tests.screen.test_correcting import app_on, quotes, stored
from tests.screen.test_correcting import press as press_key
from tests.screen.test_results import asked, press, settled
from tui.screens.article import ArticleScreen
from tui.screens.concordance import ConcordanceScreen
from tui.screens.library import LibraryScreen
from tui.screens.results import ResultsScreen
from tui.widgets.bar import Bar
from tui.widgets.concordance_list import ConcordanceList, key_of

FERRY = """Паром ждут в Курыке

Сабитова открыла причал. О Сабитовой писали, и Сабитову поздравил Роман Ли."""

BRIDGE = """Мост у Актау

За мост отвечает Сабитова, а прежде Ким."""


@pytest.fixture
def named(library: Library) -> Library:
    """Three articles name a person: «ferry» (one suggestion of three), «bridge», «harbour»."""
    name = {"name": "Сабитова"}
    ferry = make_article(FERRY, id="ferry", published="2025-10-04", source=Source(name="Якорь"))
    library.add(Document(ferry, (suggestion(FERRY, "Сабитовой", "PER", value=name, entity="e1"),)))
    bridge = make_article(BRIDGE, id="bridge", published="2025-10-03")
    library.add(Document(bridge, (suggestion(BRIDGE, "Сабитова", "ORG", value=name),)))
    return library


async def concordance(pilot: Pilot[None], query: str = "Сабитова") -> ConcordanceScreen:
    """The lines of a query, its articles the newest first."""
    await asked(pilot, query)
    await press(pilot, "o", "c")
    screen = pilot.app.screen
    assert isinstance(screen, ConcordanceScreen)
    return screen


def bar(screen: ConcordanceScreen, name: str = "status") -> str:
    return screen.query_one(f"#{name}", Bar).text


def lines(screen: ConcordanceScreen, width: int = 80) -> list[str]:
    listed = screen.query_one(ConcordanceList)
    return [
        "".join(text for text, _ in listed.pieces(line, width)).rstrip()
        for line in range(listed.line_count())
    ]


def marks(screen: ConcordanceScreen) -> list[tuple[str, str]]:
    """The hit of each line, and what is shown to stand there."""
    listed = screen.query_one(ConcordanceList)
    pieces = [listed.pieces(line, 80) for line in range(listed.line_count())]
    return [(line[2][0], line[4][0].strip()) for line in pieces]


async def test_hits_stand_below_one_another_with_what_is_annotated(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        assert marks(screen) == [
            ("Сабитова", ""),
            ("Сабитовой", "PER?"),
            ("Сабитову", ""),
            ("Сабитова", "ORG?"),
            ("Сабитовой", "PER?"),
            ("Сабитовой", "PER?"),
        ]
        assert bar(screen, "title") == "6 hits in 3 articles · Сабитова"
        assert bar(screen, "forms") == "Сабитовой 3, Сабитова 2, Сабитову 1"
        columns = {line.index(hit) for line, (hit, _) in zip(lines(screen), marks(screen))}  # noqa: B905
        assert len(columns) == 1
        await press(pilot, "down")
        assert bar(screen, "explain") == (
            "PER Сабитова, suggested · 2025-10-04 · Якорь · Паром ждут в Курыке"
        )


async def test_lines_fit_their_window(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        for size in ((40, 12), (80, 24), (200, 50)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert max(map(len, lines(screen, size[0]))) <= size[0] - 1
            assert ("2025-10-04" in lines(screen, size[0])[0]) == (size[0] == 200)


async def test_lines_are_sorted(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        listed = screen.query_one(ConcordanceList)
        at = listed.line
        for said, first in (
            ("sorted by what stands to the left", "Сабитова открыла"),
            ("sorted by what stands to the right", "Сабитова, а прежде"),
            ("sorted by source", "Сабитова, а прежде"),
            ("sorted by date", "Ольгой Сабитовой"),
            ("sorted by the form of the hit", "Сабитова открыла"),
            ("as they were found", "Сабитова открыла"),
        ):
            await press(pilot, "o")
            assert bar(screen) == said
            assert first in lines(screen)[0]
            assert listed.line is at


async def test_a_line_opens_its_article_at_the_hit(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "down", "down", "enter")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == "ferry"
        assert FERRY[article.view.cursor.start : article.view.cursor.end] == "Сабитову"
        await press(pilot, "n")
        article = pilot.app.screen
        assert isinstance(article, ArticleScreen)
        assert article.article_id == "bridge"
        await press(pilot, "a", "q")
        assert pilot.app.screen is screen
        assert screen.query_one(ConcordanceList).cursor == 3
        assert marks(screen)[3] == ("Сабитова", "ORG+")
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_a_line_is_accepted_or_rejected_and_the_next_one_follows(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "a")
        assert bar(screen) == "nothing to do at 1 place"
        await press(pilot, "a", "down", "x")
        assert bar(screen) == "rejected: 1 place in 1 article; u takes it back"
        assert quotes(stored(named, "ferry"), status="accepted") == ["Сабитовой"]
        assert quotes(stored(named, "bridge"), status="rejected") == ["Сабитова"]
        assert [mark for _, mark in marks(screen)][:4] == ["", "PER+", "", "ORG-"]
        await press(pilot, "u")
        assert quotes(stored(named, "bridge"), status="suggested") == ["Сабитова"]
        assert marks(screen)[3] == ("Сабитова", "ORG?")
        await press(pilot, "U")
        assert marks(screen)[3] == ("Сабитова", "ORG-")


async def test_a_label_for_many_lines_is_one_step_that_the_list_takes_back(
    named: Library,
) -> None:
    before = {each: stored(named, each).annotations for each in ("ferry", "bridge", "harbour")}
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "asterisk")
        assert bar(screen).startswith("6 lines ticked: ")
        await press(pilot, "1")
        assert bar(screen) == "label PER: 6 places in 3 articles; u takes it back"
        assert {mark for _, mark in marks(screen)} == {"PER+"}
        ferry = stored(named, "ferry")
        assert quotes(ferry, status="accepted") == ["Сабитова", "Сабитовой", "Сабитову"]
        assert {each.entity for each in ferry.annotations} == {"e1"}
        operations = {named.history(each)[-1].operation for each in before}
        assert len(operations) == 1
        assert screen.query_one(ConcordanceList).ticked == set()
        await press(pilot, "q", "q")
        listed = pilot.app.screen
        assert isinstance(listed, LibraryScreen)
        await press(pilot, "u")
        assert {each: stored(named, each).annotations for each in before} == before


async def test_only_ticked_lines_are_decided(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "down", "t")
        assert [line[:3] for line in lines(screen)] == ["[ ]", "[x]", "[ ]", "[ ]", "[x]", "[x]"]
        await press(pilot, "space", "space", "x")
        assert quotes(stored(named, "ferry"), status="rejected") == []
        assert quotes(stored(named, "harbour"), status="rejected", label="PER") == [
            "Ольгой Сабитовой",
            "Ольге Сабитовой",
        ]
        assert bar(screen) == (
            "rejected: 2 places in 1 article; nothing to do at 1 place; u takes it back"
        )
        await press(pilot, "space", "escape")
        assert screen.query_one(ConcordanceList).ticked == set()
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ResultsScreen)


async def test_what_others_changed_since_it_was_shown_is_left(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        (theirs,) = stored(named, "bridge").annotations
        change = edits.set_status(theirs, "rejected", Stamp("user:oleg", NOON))
        named.apply("bridge", change, author="user:oleg")
        await press(pilot, "asterisk", "a")
        assert bar(screen).startswith("accepted: 3 places in 2 articles; 1 place left as others")
        assert quotes(stored(named, "bridge"), status="rejected") == ["Сабитова"]
        assert marks(screen)[3] == ("Сабитова", "ORG-")


def reject_theirs(library: Library, article_id: str) -> None:
    (theirs,) = stored(library, article_id).annotations
    change = edits.set_status(theirs, "rejected", Stamp("user:oleg", NOON))
    library.apply(article_id, change, author="user:oleg")


async def test_a_key_right_after_coming_back_decides_on_what_was_seen(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "down", "down", "down")
        monkeypatch.setattr(screen, "_is_reading", True)  # as long as nothing has been read anew
        await press_key(pilot, "enter")
        reject_theirs(named, "bridge")
        await press_key(pilot, "q", "a")
        assert pilot.app.screen is screen
        assert bar(screen).startswith("1 place left as others decided")
        assert quotes(stored(named, "bridge"), status="rejected") == ["Сабитова"]
        assert marks(screen)[3] == ("Сабитова", "ORG?")
        monkeypatch.setattr(screen, "_is_reading", False)
        screen.listed.refresh()
        await settled(pilot)
        assert marks(screen)[3] == ("Сабитова", "ORG-")


async def test_a_key_right_after_a_decision_decides_on_what_was_seen(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        monkeypatch.setattr(screen, "_is_reading", True)
        await press_key(pilot, "down", "x", "up", "up", "1")  # the line above gets a label
        assert quotes(stored(named, "ferry"), status="accepted") == ["Сабитова"]
        assert marks(screen)[:2] == [("Сабитова", "PER+"), ("Сабитовой", "PER-")]
        await press_key(pilot, "x", "up", "up", "a")
        assert bar(screen).startswith("accepted: 1 place in 1 article")
        (_, other) = stored(named, "ferry").annotations
        change = edits.set_status(other, "accepted", Stamp("user:oleg", NOON))
        named.apply("ferry", change, author="user:oleg")
        await press_key(pilot, "x")
        assert bar(screen).startswith("1 place left as others decided")
        assert quotes(stored(named, "ferry"), status="accepted") == ["Сабитова", "Сабитовой"]


async def test_what_is_read_while_it_changes_is_read_again(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        listed = screen.listed
        docid = listed.lines[3].row.docid
        (theirs,) = stored(named, "bridge").annotations
        listed.forget([docid])
        wanted = listed.missing()
        listed.awaits(wanted)
        read = screen._standing(wanted)
        reject_theirs(named, "bridge")
        listed.forget([docid])
        listed.take(read)
        assert [each.row.docid for each in listed.missing()] == [docid]
        assert listed.there[key_of(listed.lines[3])] == theirs
        await settled(pilot)
        assert marks(screen)[3] == ("Сабитова", "ORG-")


async def test_an_article_that_is_not_saved_stays_ticked(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(library: Library, article_id: str, *rest: object, **facts: object) -> object:
        if article_id == "ferry":
            raise CannotWrite("the disk is full")
        return marking.mark_in(library, article_id, *rest, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr("tui.screens.marking.mark_in", refuse)
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await press(pilot, "asterisk", "a")
        assert "1 article not saved: the disk is full" in bar(screen)
        assert [line[:3] for line in lines(screen)] == ["[x]"] * 3 + ["[ ]"] * 3


async def test_a_long_run_is_stopped_with_escape(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = threading.Event()

    def wait(*rest: object, **facts: object) -> object:
        goes_on.wait()
        return marking.mark_in(*rest, **facts)  # type: ignore[arg-type]

    monkeypatch.setattr("tui.screens.marking.mark_in", wait)
    monkeypatch.setattr("tui.screens.marking.SLOW", 0.0)
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        await pilot.press("asterisk", "a", "a")
        assert "still being written" in bar(screen)
        await pilot.press("u", "q")
        assert "still being written" in bar(screen)
        await pilot.press("escape")
        goes_on.set()
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        assert "stopped before 2 articles" in bar(screen)
        assert isinstance(pilot.app.screen, ConcordanceScreen)
        assert quotes(stored(named, "bridge"), status="accepted") == []


async def test_where_the_library_can_only_be_read_that_is_said(
    named: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ConcordanceScreen, "why_not", lambda _: "only to be read")
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot)
        for key in ("a", "x", "1", "u"):
            screen.say("")
            await press(pilot, key)
            assert bar(screen) == "only to be read"


async def test_a_query_that_points_at_nothing_has_no_lines(named: Library) -> None:
    async with app_on(named, None).run_test(size=(80, 24)) as pilot:
        screen = await concordance(pilot, "date:2025")
        assert screen.query_one("#empty").display
        await press(pilot, "a", "space", "enter")
        assert bar(screen) == "there is no line at the cursor"


def known(document: Document, target: Target) -> Annotation | None:
    return next((each for each in document.annotations if each.span == target.span), None)


@pytest.mark.parametrize(
    ("quote", "decision", "becomes"),
    [
        ("Сабитовой", "accepted", "PER accepted recogniser:test"),
        ("Сабитовой", "LOC", "LOC accepted user:anna"),
        ("Сабитовой", "PER", "PER accepted recogniser:test"),
        ("Роман", "PER", "PER accepted user:anna"),
        ("Роман", "rejected", None),
    ],
)
def test_a_decision_about_a_stretch(quote: str, decision: str, becomes: str | None) -> None:
    from annotations.schema import DEFAULT_SCHEMA

    name = {"name": "Сабитова"}
    there = suggestion(FERRY, "Сабитовой", "PER", value=name, entity="e1")
    document = Document(make_article(FERRY, id="ferry"), (there,))
    start = FERRY.index(quote)
    target = Target(Span(start, start + len(quote)), unseen=True)
    chosen = DEFAULT_SCHEMA[decision] if decision.isupper() else decision
    marked = mark(document, [target, target], chosen, Stamp("user:anna", NOON))  # type: ignore[arg-type]
    if becomes is None:
        assert (marked.edit, marked.count, marked.idle) == (None, 0, 2)
        return
    assert marked.edit is not None
    assert (marked.count, marked.idle) == (1, 1)
    found = known(edits.apply(document, marked.edit), target)
    assert found is not None
    assert f"{found.label} {found.status} {found.author}" == becomes
