"""The entities of a library: who is mentioned, how often, when, with whom; their command."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations.articles import make_article
from annotations.edits import Change
from annotations.model import Annotation, Document, Status, Value
from annotations.query.parser import parse
from store.entities import BUCKETS, Companion, Order, companions, entities, entity, mentions_of
from store.entity_page import read_page
from store.index.index import Index
from store.index.keeping import open_index
from store.library import Library
from tui.cli.commands import commands
from tui.entity_table import bars

NOON = "2026-01-31T12:00:00Z"
Made = tuple[str, str, str, str]  # quote, label, name, entity


def document(
    id: str,  # noqa: A002
    day: str | None,
    text: str,
    *mentions: Made,
    status: Status = "suggested",
) -> Document:
    """An article in which each mention is the first place, after those before it, of its quote."""
    found: list[Annotation] = []
    place = 0
    for quote, label, name, group in mentions:
        place = text.index(quote, place)
        value: Value = {"name": name}
        found.append(
            Annotation(
                f"{id}-{place}", place, place + len(quote), label, "recogniser:test", NOON, NOON,
                value, group, status=status,
            )
        )  # fmt: skip
        place += len(quote)
    return Document(make_article(text, id=id, published=day), tuple(found))


BAIGALI = ("Байгали Туретаев", "PER", "Байгали Туретаев", "e1")
MEETING = document(
    "meeting", "2025-10-02",
    "Байгали Туретаев приехал в Гомель. Туретаеву показали порт. «Верфь» дала 5 млн тенге.",
    BAIGALI, ("Гомель", "LOC", "Гомель", "e2"), ("Туретаеву", "PER", "Туретаев", "e1"),
    ("«Верфь»", "ORG", "Верфь", "e3"),
)  # fmt: skip
PORT = document(
    "port", "2025-11-01",
    "Верфь строит порт в Гомеле. Гомель ждёт.",
    ("Верфь", "ORG", "Верфь", "e1"), ("Гомеле", "LOC", "Гомель", "e2"),
    ("Гомель", "LOC", "Гомель", "e2"),
)  # fmt: skip
UNDATED = document(
    "undated", None, "О Байгали Туретаеве забыли.", ("Байгали Туретаеве", *BAIGALI[1:])
)
REJECTED = document(
    "rejected", "2025-12-01", "Порт стоит.", ("Порт", "ORG", "Порт", "e1"), status="rejected"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    for each in (MEETING, PORT, UNDATED, REJECTED):
        library.add(each)
    return library


@pytest.fixture
def index(library: Library) -> Iterator[Index]:
    with closing(open_index(library)) as found:
        yield found


def test_an_entity_has_counts_and_days_by_its_fullest_name(index: Index) -> None:
    found = {row.name: row[2:7] for row in entities(index)}
    assert found == {
        "Байгали Туретаев": ("PER", 2, 3, "2025-10-02", "2025-10-02"),
        "Гомель": ("LOC", 2, 3, "2025-10-02", "2025-11-01"),
        "Верфь": ("ORG", 2, 2, "2025-10-02", "2025-11-01"),
    }


def test_what_is_rejected_and_what_has_no_day_is_not_in_the_series(index: Index) -> None:
    """61 days are 21 stretches of three: the articles of each are counted."""
    baigali, wharf = (entities(index, name=name)[0] for name in ("Туретаев", "верфь"))
    assert baigali.series == (1, *[0] * 20)
    assert [place for place, count in enumerate(wharf.series) if count] == [0, 10]
    assert len(wharf.series) <= BUCKETS


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("mentions", ["Байгали Туретаев", "Гомель", "Верфь"]),
        ("articles", ["Байгали Туретаев", "Гомель", "Верфь"]),
        ("name", ["Байгали Туретаев", "Верфь", "Гомель"]),
        ("last", ["Верфь", "Гомель", "Байгали Туретаев"]),
    ],
)
def test_entities_are_sorted(index: Index, order: Order, names: list[str]) -> None:
    assert [row.name for row in entities(index, order=order)] == names


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Туретаева", ["Байгали Туретаев"]),
        ("байгали туретаеву", ["Байгали Туретаев"]),
        ("гом*", ["Гомель"]),
        ("Туретаев Байгали", []),
        ("…", []),
        ("порт", []),
    ],
)
def test_a_name_is_found_in_any_case_form(index: Index, name: str, found: list[str]) -> None:
    assert [row.name for row in entities(index, name=name)] == found


def test_labels_and_a_query_choose(index: Index) -> None:
    assert [row.name for row in entities(index, labels=["ORG", "PER"], order="name")] == [
        "Байгали Туретаев",
        "Верфь",
    ]
    november = parse("date:2025-11", date(2026, 1, 31))
    assert [(row.name, row.mentions) for row in entities(index, node=november)] == [
        ("Гомель", 2),
        ("Верфь", 1),
    ]


def test_companions_are_counted_by_articles_beside_all_of_their_own(index: Index) -> None:
    (turetaev,) = entities(index, name="Туретаев")
    found = companions(index, turetaev.thing)
    assert [(each.name, each.together, each.articles) for each in found] == [
        ("Верфь", 1, 2),
        ("Гомель", 1, 2),
    ]
    assert found[0].share == 0.5
    assert Companion(1, "", "", 3, 4).share == 0.75


def test_mentions_come_with_the_newest_article_first(index: Index) -> None:
    (gomel,) = entities(index, name="Гомель")
    places = [(each.start, each.end) for each in mentions_of(index, gomel.thing)]
    assert places == [(20, 26), (28, 34), (27, 33)]
    assert entity(index, gomel.thing) == gomel


def test_a_page_has_figures_of_the_same_sentences_and_lines(library: Library) -> None:
    money = "5 млн тенге"
    start = MEETING.article.text.index(money)
    figure = Annotation(
        "m", start, start + len(money), "MONEY", "user:anna", NOON, NOON,
        {"min": "5000000", "max": "5000000", "unit": "KZT"},
    )  # fmt: skip
    library.add(
        Document(make_article(MEETING.article.text, id="copy"), (*MEETING.annotations, figure))
    )
    with closing(open_index(library)) as index:
        (wharf,) = entities(index, name="Верфь")
        page = read_page(library, index, wharf.thing)
        assert page is not None
        assert [each.text for each in page.figures] == [money]
        assert page.figures[0].sentence == "«Верфь» дала 5 млн тенге."
        assert [line.key for line in page.lines] == ["Верфь", "«Верфь»", "«Верфь»"]
        (turetaev,) = entities(index, name="Туретаев")
        page = read_page(library, index, turetaev.thing)
        assert page is not None
        assert page.figures == []
        assert read_page(library, index, 999_999) is None


def test_only_the_newest_articles_are_read_for_a_page(library: Library, index: Index) -> None:
    (wharf,) = entities(index, name="Верфь")
    page = read_page(library, index, wharf.thing, newest=1)
    assert page is not None
    assert (page.read, page.row.articles) == (1, 2)
    assert [line.row.article_id for line in page.lines] == ["port"]


def test_an_empty_library_has_none(tmp_path: Path) -> None:
    with closing(open_index(Library.create(tmp_path / "empty"))) as index:
        assert entities(index) == []


def test_a_rejected_mention_is_not_counted(library: Library) -> None:
    mention = PORT.annotations[0]
    library.apply("port", Change(mention, replace(mention, status="rejected")), author="user:anna")
    with closing(open_index(library)) as index:
        (wharf,) = entities(index, name="Верфь")
        assert (wharf.articles, wharf.mentions) == (1, 1)


@pytest.mark.parametrize(
    ("series", "width", "shown"),
    [
        ((), 0, ""),
        ((0, 0), 0, "▁▁"),
        ((0, 1, 7), 0, "▁▂█"),
        ((1, 1, 0, 0), 2, "█▁"),
        ((1, 0, 0, 0, 1), 3, "█▁█"),
    ],
)
def test_bars_tell_none_from_few(series: tuple[int, ...], width: int, shown: str) -> None:
    assert bars(series, width) == shown


# the command


Run = Callable[..., Result]


@pytest.fixture
def run(library: Library) -> Run:
    def run_command(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(
            commands, ["entities", "--library", str(library.path), *arguments]
        )
        assert result.exit_code == code, result.output
        return result

    return run_command


def test_the_command_lists_entities_in_cells(run: Run) -> None:
    result = run("Туретаевым")
    assert result.stdout.rstrip("\n").split("\t") == [
        "Байгали Туретаев", "PER", "2", "3", "2025-10-02", "2025-10-02", "█" + "▁" * 20,
    ]  # fmt: skip
    assert result.stderr == "1 entity\n"


def test_the_command_shows_some_and_says_of_how_many(run: Run) -> None:
    result = run("--limit", "1", "--label", "org", "--label", "LOC")
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["Гомель"]
    assert result.stderr == "2 entities; the first 1 are shown (--all shows all)\n"
    assert len(run("--limit", "1", "--all").stdout.splitlines()) == 3
    assert run("Минск").stderr == "nothing found\n"


def test_the_command_writes_json(run: Run) -> None:
    (found,) = map(
        json.loads, run("--json", "--query", "date:2025-10", "Гомель").stdout.splitlines()
    )
    assert found.pop("series") == [1, *[0] * 20]
    assert found == {
        "name": "Гомель", "label": "LOC", "articles": 1, "mentions": 1,
        "first": "2025-10-02", "last": "2025-10-02",
    }  # fmt: skip


def test_the_command_shows_a_page(run: Run) -> None:
    lines = run("--page", "Гомеля").stdout.splitlines()
    assert lines[:2] == [
        "LOC Гомель",
        "2 articles · 3 mentions · from 2025-10-02 to 2025-11-01  █▁▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁",
    ]
    assert lines[3:6] == [
        "Together with",
        "ORG Верфь: 2 of its 2 articles",
        "PER Байгали Туретаев: 1 of its 2 articles",
    ]
    assert [line.split()[-1] for line in lines[-3:]] == ["port", "port", "meeting"]
    page = json.loads(run("--page", "--json", "Гомель").stdout)
    assert page["companions"][0] == {"name": "Верфь", "label": "ORG", "together": 2, "articles": 2}
    assert [line["key"] for line in page["lines"]] == ["Гомеле", "Гомель", "Гомель"]


def test_the_page_of_several_is_refused_with_their_names(run: Run) -> None:
    said = "which one? give the name in full, or the label: "
    assert (
        said + "PER «Байгали Туретаев», LOC «Гомель», ORG «Верфь»" in run("--page", code=2).stderr
    )
    assert "there is no entity «Минск»" in run("--page", "Минск", code=2).stderr


def test_a_query_that_means_nothing_is_pointed_at(run: Run) -> None:
    assert "^" in run("--query", "date:вчерашний", code=2).stderr


def test_names_are_listed_harmlessly(library: Library, run: Run) -> None:
    text = "Мол\x1b[31m стоит."
    library.add(document("bad", None, text, ("Мол\x1b[31m", "LOC", "Мол\x1b[31m\t\u202e", "e1")))
    for arguments in ((), ("--page", "Мол"), ("--json",)):
        assert "\x1b" not in run(*arguments).stdout
    assert "Мол␛[31m ·\tLOC" in run().stdout


def test_the_query_may_begin_with_a_minus(run: Run) -> None:
    assert run("--query", "-нет").stdout == run().stdout
    assert run("--query", "-hello").stdout == run().stdout
