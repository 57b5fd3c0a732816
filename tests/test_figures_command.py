"""Figures with their sentences: which of them a query means, in which order, their totals."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations.articles import make_article
from annotations.edits import Stamp, set_status
from annotations.model import Annotation, Document, Span, Value
from annotations.query.parser import parse
from store.figures import Figure, Figures, Order, Total, in_order, sentence_at, summed
from store.index.keeping import open_index
from store.library import Library
from tui.cli.commands import commands
from tui.cli.figures import COLUMNS, line_of, total_in_words

NOON = "2026-01-31T12:00:00Z"
Made = tuple[str, str, Value]


def amount(low: str | None, high: str | None, unit: str = "KZT") -> Value:
    return {"min": low, "max": high, "unit": unit}


def document(id: str, day: str, title: str, text: str, *figures: Made) -> Document:  # noqa: A002
    annotations = tuple(
        Annotation(
            f"{id}{text.index(quote)}", text.index(quote), text.index(quote) + len(quote), label,
            "recogniser:test", NOON, NOON, value,
        )
        for quote, label, value in figures
    )  # fmt: skip
    return Document(make_article(text, id=id, title=title, published=day), annotations)


BRIDGE = document(
    "bridge", "2025-11-01", "Мост",
    "Мост стоит 5 млн тенге. Аванс — от 1 до 2 млн тенге, это 20%.\nЕщё $300 дал фонд.",
    ("5 млн тенге", "MONEY", amount("5000000", "5000000")),
    ("от 1 до 2 млн тенге", "MONEY", amount("1000000", "2000000")),
    ("20%", "PERCENT", amount("20", "20", "%")),
    ("$300", "MONEY", amount("300", "300", "USD")),
)  # fmt: skip
SHIP = document(
    "ship", "2025-12-02", "Буксир",
    "=Буксир за 7.5 млн тенге ждут 12 ноября; на нём 4 каюты и 4 крана.",
    ("7.5 млн тенге", "MONEY", amount("7500000", "7500000")),
    ("12 ноября", "DATE", {"start": "2025-11-12", "end": "2025-11-12"}),
    ("4 каюты", "NUMBER", {"min": "4", "max": "4", "of": "каюта"}),
    ("4 крана", "NUMBER", {"min": "4", "max": "4", "of": "кран"}),
)  # fmt: skip

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(BRIDGE)
    library.add(SHIP)
    return library


@pytest.fixture
def run(library: Library) -> Run:
    def run_command(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(
            commands, ["figures", "--library", str(library.path), *arguments]
        )
        assert result.exit_code == code, result.output
        return result

    return run_command


def texts(result: Result) -> list[str]:
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("мост", ["5 млн тенге", "от 1 до 2 млн тенге", "20%", "$300"]),
        ("money>=5млн", ["7.5 млн тенге", "5 млн тенге"]),
        ("money:USD", ["$300"]),
        ("мост label:PERCENT", ["20%"]),
        ("буксиру when:2025-11", ["12 ноября"]),
        ("percent>5 OR of:кран", ["4 крана", "20%"]),
        ("date:2025-12 -percent>5", ["7.5 млн тенге", "12 ноября", "4 каюты", "4 крана"]),
    ],
)
def test_conditions_on_figures_choose_figures(run: Run, query: str, found: list[str]) -> None:
    assert texts(run("--json", query)) == found


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["7.5 млн тенге", "5 млн тенге", "от 1 до 2 млн тенге", "$300"]),
        (("--reverse",), ["5 млн тенге", "от 1 до 2 млн тенге", "$300", "7.5 млн тенге"]),
        (
            ("--sort", "value"),
            ["7.5 млн тенге", "5 млн тенге", "от 1 до 2 млн тенге", "$300"],
        ),
        (
            ("--sort", "value", "--reverse"),
            ["от 1 до 2 млн тенге", "5 млн тенге", "7.5 млн тенге", "$300"],
        ),
        (("--sort", "article", "--reverse", "--limit", "1"), ["5 млн тенге"]),
        (("--limit", "2"), ["7.5 млн тенге", "5 млн тенге"]),
    ],
)
def test_figures_are_sorted(run: Run, arguments: tuple[str, ...], found: list[str]) -> None:
    assert texts(run("--json", *arguments, "label:MONEY")) == found


def test_what_has_no_value_comes_last() -> None:
    def made(text: str, value: Value | None) -> Figure:
        annotation = Annotation(text, 0, 1, "MONEY", "user:anna", NOON, NOON, value)
        return Figure("x", "", None, annotation, text, text, 0)

    figures = [
        made("none", None),
        made("small", amount("1", "1", "")),
        made("open", amount("9", None, "")),
    ]
    for reverse, order in ((False, ["open", "small", "none"]), (True, ["small", "open", "none"])):
        assert [each.text for each in in_order(figures, "value", reverse=reverse)] == order


def test_a_line_has_its_cells_apart_by_tabs(run: Run) -> None:
    result = run("money:KZT<3млн")
    assert result.stdout == (
        "2025-11-01\tbridge\tMONEY\t1 000 000 – 2 000 000\tKZT\t"
        "Аванс — от 1 до 2 млн тенге, это 20%.\n"
    ).replace("1 000 000 – 2 000 000", "1\xa0000\xa0000 – 2\xa0000\xa0000")


def test_totals_are_told_for_each_unit(run: Run) -> None:
    """Ranges have no sum, nor have percents and numbers of different things."""
    told = run("мост OR буксир").stderr.replace("\xa0", " ").splitlines()
    assert told == [
        "DATE: 1 figure, 2025-11-12",
        "MONEY KZT: 3 figures, from 1 000 000 to 7 500 000, sum 12 500 000, 1 range left out of it",
        "MONEY USD: 1 figure, 300, sum 300",
        "NUMBER: 2 figures, 4",
        "PERCENT %: 1 figure, 20",
    ]


def test_sums_are_exact() -> None:
    totals: dict[tuple[str, str], Total] = {}
    values = ["0.1", "0.2", "100000000000000000000000000000"]
    figures = [
        Figure(
            "x", "", None,
            Annotation("a", 0, 1, "MONEY", "user:anna", NOON, NOON, amount(value, value)),
            value, value, 0,
        )
        for value in values
    ]  # fmt: skip
    assert list(summed(figures, totals)) == figures
    assert str(totals["MONEY", "KZT"].sum) == "100000000000000000000000000000.3"
    assert "from 0.1 to 100" in total_in_words(totals["MONEY", "KZT"])


def test_csv_has_a_head_and_values_as_they_are_stored(run: Run) -> None:
    out = run("--csv", "буксир -label:PERCENT money:*").stdout_bytes.decode()
    assert out.startswith(",".join(COLUMNS) + "\r\n")
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row == {
        "article": "ship", "title": "Буксир", "published": "2025-12-02", "label": "MONEY",
        "min": "7500000", "max": "7500000", "unit": "KZT", "of": "", "start": "", "end": "",
        "approx": "", "text": "7.5 млн тенге", "sentence": SHIP.article.text,
    }  # fmt: skip


def test_json_has_the_value_and_the_place(run: Run) -> None:
    (found,) = map(json.loads, run("--json", "percent:20").stdout.splitlines())
    start = BRIDGE.article.text.index("20%")
    assert found == {
        "article": "bridge", "title": "Мост", "published": "2025-11-01",
        "annotation": f"bridge{start}", "label": "PERCENT", "value": amount("20", "20", "%"),
        "status": "suggested", "start": start, "end": start + 3, "text": "20%",
        "sentence": "Аванс — от 1 до 2 млн тенге, это 20%.",
    }  # fmt: skip


def test_where_there_are_none_it_says_why(run: Run) -> None:
    assert "no such figures in the articles" in run("буксир OR money:BYN").stderr
    assert "nothing found" in run("пароход").stderr
    assert "choose one of" in run("--json", "--csv", "мост", code=2).stderr
    assert "^" in run("money>много", code=2).stderr


def test_on_a_terminal_the_figure_is_seen_in_a_long_sentence() -> None:
    sentence = f"{'Очень долгая речь ' * 9}стоила 5 тенге{' и ещё' * 9}."
    at = sentence.index("5 тенге")
    annotation = Annotation("a", 0, 7, "MONEY", "user:anna", NOON, NOON, amount("5", "5"))
    figure = Figure("x", "", "2025-11-01", annotation, "5 тенге", sentence, at)
    line = line_of(figure, 120, coloured=False)
    assert len(line) == 119
    assert "стоила 5 тенге и ещё" in line
    assert "\x1b[33m\x1b[1m5 тенге\x1b[0m" in line_of(figure, 120, coloured=True)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((0, 3), "Раз, два."),
        ((10, 13), "Три 5,5 и всё."),
        ((5, 13), "Раз, два. Три"),
        ((26, 30), "Пять"),
    ],
)
def test_the_sentence_of_a_figure(place: tuple[int, int], sentence: str) -> None:
    text = "Раз, два. Три 5,5 и всё.\n Пять"
    found = sentence_at(text, Span(*place))
    assert text[found.start : found.end] == sentence


@pytest.mark.parametrize("filler", [" ", ".", "да. ", "橋"])
def test_a_figure_in_a_line_of_a_million_characters_has_a_sentence(filler: str) -> None:
    around = filler * (500_000 // len(filler))
    text = f"{around}\nДа. Это 5 тенге{around}"
    figures = [sentence_at(text, Span(at, at + 7)) for at in (500_009, 250_000, 750_000)]
    assert text[figures[0].start : figures[0].end].startswith("Это 5 тенге")


def test_texts_are_listed_harmlessly(library: Library, run: Run) -> None:
    text = "Мо\x1b[31mл за 5 тенге\u202e стоит."
    library.add(
        document("bad", "2025-01-01", "\x1b]0;x", text, ("5 тенге", "MONEY", amount("5", "5")))
    )
    for arguments in ((), ("--sort", "label"), ("--json",)):
        assert "\x1b" not in run(*arguments, "money:*").stdout
    assert "Мо␛[31mл за 5 тенге· стоит." in run("money:*").stdout


@pytest.mark.parametrize("order", ["article", "label"])
def test_other_orders_keep_the_rest_as_it_comes(run: Run, order: Order) -> None:
    found = texts(run("--json", "--sort", order, "мост OR буксир"))
    assert found.index("5 млн тенге") < found.index("от 1 до 2 млн тенге")


def test_those_that_somebody_decided_on_are_chosen_by_who_it_was(
    library: Library, run: Run
) -> None:
    price = BRIDGE.annotations[0]
    decision = set_status(price, "accepted", Stamp("user:boris", NOON))
    library.apply("bridge", decision, author="user:boris")
    assert texts(run("--json", "money>1 by:boris")) == ["5 млн тенге"]
    assert texts(run("--json", "money>1 by:recogniser:test -буксир"))[0] == "5 млн тенге"


def test_where_the_history_is_damaged_the_authors_are_still_known(
    library: Library, run: Run
) -> None:
    price = BRIDGE.annotations[0]
    for status in ("accepted", "rejected", "accepted"):
        decision = set_status(price, status, Stamp("user:boris", NOON))
        library.apply("bridge", decision, author="user:boris")
        price = decision.after
    journal = library.article_path("bridge").with_suffix(".log")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join((*lines[:2], b"x" + lines[2][1:], *lines[3:])))
    assert texts(run("--json", "money:USD by:recogniser:test")) == ["$300"]
    assert texts(run("--json", "money>1 by:boris")) == []


def test_an_article_that_has_become_damaged_is_passed_over(library: Library) -> None:
    with closing(open_index(library)) as index:
        found = Figures(library, index, parse("money:*", date(2026, 1, 31)))
        path = library.article_path("ship")
        path.write_bytes(b"{}")
        path.with_suffix(".log").write_bytes(b"no journal\n")
        assert [len(found.of(row)) for row in found.rows] == [0, 3]


def test_a_query_may_begin_with_a_minus(run: Run) -> None:
    assert texts(run("--json", "-мост", "money:*")) == ["7.5 млн тенге"]
    assert texts(run("--json", "-hello", "percent>5")) == ["20%"]
    assert "--jsn" in run("--jsn", "мост", code=2).stderr
