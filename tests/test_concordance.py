"""Lines of a concordance: what stands beside a hit, in which order, which forms there are."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from annotations.articles import make_article
from annotations.model import Annotation, Document, Source
from annotations.query.text_hits import Hit
from annotations.schema import DEFAULT_SCHEMA
from store.concordance import Line, Order, forms_of_lines, sort_lines
from store.index.index import Row
from store.library import Library
from tui.cli.commands import commands
from tui.widgets.concordance_list import ConcordanceList

NOW = "2026-01-31T10:00:00Z"
Run = Callable[..., Result]


def line(left: str, key: str, right: str, day: str | None = None, source: str = "") -> Line:
    row = Row(1, "0" * 32, "id", day, "", source)
    return Line(row, Hit(len(left), len(left) + len(key)), left, key, right)


LINES = [
    line("Ёлка и ", "мосту", " рад", "2025-02-01", "Эхо"),
    line("дом и ", "Мост", ", рад и", None, "ёж"),
    line("Дом, а ", "мост", " нов", "2025-01-01", "Волна"),
]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("none", [0, 1, 2]),
        ("left", [2, 1, 0]),
        ("right", [2, 0, 1]),
        ("source", [2, 1, 0]),
        ("date", [2, 0, 1]),
        ("form", [1, 2, 0]),
    ],
)
def test_the_order_of_lines(order: Order, expected: list[int]) -> None:
    assert [LINES.index(each) for each in sort_lines(LINES, order)] == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["мост", "мосту", "мост"], [("мост", 2), ("мосту", 1)]),
        (["Мост", "мост", "Мосту"], [("мост", 2), ("Мосту", 1)]),
        (["Анна", "Анна", "анна"], [("Анна", 3)]),
        (["елка", "ёлка", "ёлка"], [("ёлка", 3)]),
        (["новый\n\nмост", "новый мост"], [("новый мост", 2)]),
        (["б", "а"], [("а", 1), ("б", 1)]),
        ([], []),
    ],
)
def test_forms_are_counted_the_most_frequent_first(
    keys: list[str], expected: list[tuple[str, int]]
) -> None:
    assert forms_of_lines(line("", key, "") for key in keys) == expected


MOST = "Про мост\n\nВ Твери показали новый мост, старому мосту сто лет.\nМосты стоят."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    library = Library.create(tmp_path / "library")
    town = Annotation("a1", 12, 17, "LOC", "user:anna", NOW, NOW, status="accepted")
    texts = {
        "мост": ("2025-09-01", MOST),
        "橋": (
            "2025-10-01",
            "橋橋 и мост\x1b[31m 橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋橋",
        ),
    }
    for article_id, (published, text) in texts.items():
        article = make_article(
            text, id=article_id, published=published, source=Source(name="Курьер")
        )
        library.add(Document(article, (town,) if article_id == "мост" else ()))
    monkeypatch.setenv("ZAMETKA_LIBRARY", str(library.path))
    return lambda *arguments: CliRunner().invoke(commands, ["kwic", *arguments])


def test_the_hits_stand_below_one_another_the_newest_article_first(run: Run) -> None:
    result = run("мосты", "--width", "70")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert [each.split()[-2:] for each in lines] == [
        ["2025-10-01", "橋"],
        *[["2025-09-01", "мост"]] * 4,
    ]
    assert {cell_len(each[: each.rindex("  2025-")]) for each in lines} == {52}
    assert [each[: each.rindex("  2025-")].rstrip() for each in lines] == [
        "             橋橋 и мост␛[31m 橋橋橋橋橋橋橋橋橋橋…",
        "                Про мост",
        "…ери показали новый мост, старому мосту сто лет.",
        "…овый мост, старому мосту сто лет.",
        "                    Мосты стоят.",
    ]
    assert result.stderr.splitlines() == ["5 lines of 2 articles", "мост 3, мосту 1, Мосты 1"]


def test_an_object_a_line(run: Run) -> None:
    found = [json.loads(each) for each in run("label:LOC", "--json").stdout.splitlines()]
    assert found == [
        {
            "id": "мост", "title": "Про мост", "published": "2025-09-01", "source": "Курьер",
            "start": 12, "end": 17, "left": "В ", "key": "Твери",
            "right": " показали новый мост, старому мосту сто лет.", "annotation": "a1",
        }
    ]  # fmt: skip


def test_what_stands_beside_a_hit_is_of_its_line(run: Run) -> None:
    found = [json.loads(each) for each in run("=мосты", "--json").stdout.splitlines()]
    assert [(each["left"], each["key"], each["right"]) for each in found] == [
        ("", "Мосты", " стоят.")
    ]


def test_words_of_the_title_are_those_that_the_text_begins_with(run: Run) -> None:
    found = [json.loads(each) for each in run("title:мост", "--json").stdout.splitlines()]
    assert [(each["id"], each["start"]) for each in found] == [("橋", 5), ("мост", 4)]


def test_the_forms_alone(run: Run) -> None:
    result = run("мост", "--forms")
    assert result.stdout == "мост\t3\nмосту\t1\nМосты\t1\n"


def test_only_so_many_lines(run: Run) -> None:
    result = run("мост", "--limit", "2", "--sort", "form")
    assert len(result.stdout.splitlines()) == 2
    assert "there may be more" in result.stderr


NOT_UTF_8 = """\
zametka: the query has a character that is none (it is not UTF-8)
  мост \ufffd
       ^
"""


@pytest.mark.parametrize(
    ("query", "code", "said"),
    [
        ("фырк", 0, "nothing found\nno form of «фырк» occurs in this library\n"),
        ("date:2025-09", 0, "there is nothing in the texts that this query points at\n"),
        ("-hello", 0, "there is nothing in the texts that this query points at\n"),
        ("мост \udcff", 2, NOT_UTF_8),
        ("(мост", 2, "zametka: there is no ) that closes this (\n  (мост\n  ^\n"),
    ],
)
def test_what_has_no_lines_is_told(run: Run, query: str, code: int, said: str) -> None:
    result = run(query)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", said)


def test_a_hit_over_a_million_blanks_is_shown() -> None:
    listed = ConcordanceList(DEFAULT_SCHEMA, lambda: None, lambda: None)
    listed.lines = [line("", f"новый{' ' * 1_000_000}—\n мост", "")]
    assert listed.pieces(0, 100)[2][0].startswith("новый  ")
