"""`zametka search` and `zametka reindex`, as a user gives them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations.articles import make_article
from annotations.model import Annotation, Document, Source
from annotations.query.parser import DEEPEST, MOST
from store.index.database import connect
from store.library import Library
from tui.cli.commands import commands

NOW = "2026-01-31T10:00:00Z"
Run = Callable[..., Result]

TEXTS = {
    "мост": ("2025-09-01", "Мост через Тверцу\n\nМэр Зимин показал новый мост. Мосту сто лет."),
    "порт": ("2025-10-01", "Порт закрыт\n\nПорт закрыли, а мост цел."),
    "банк": ("2025-11-01", "Банк открыт\n\nРечной банк дал Зимину 5 млн тенге."),
}


def banks_in(text: str) -> Iterator[Annotation]:
    at = text.find("Речной банк")
    if at >= 0:
        yield Annotation("a1", at, at + 11, "ORG", "user:anna", NOW, NOW, status="accepted")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library.create(tmp_path / "library")
    for article_id, (published, text) in TEXTS.items():
        source = Source(name="Курьер")
        article = make_article(text, id=article_id, published=published, source=source)
        made.add(Document(article, tuple(banks_in(text))))
    return made


@pytest.fixture
def run(library: Library, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("ZAMETKA_LIBRARY", str(library.path))
    return lambda *arguments: CliRunner().invoke(commands, arguments)


def ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def settle(library: Library) -> None:
    """As if nothing had been changed for a while."""
    for folder in (library.path / "articles").iterdir():
        os.utime(folder, (1e9, 1e9))


def test_an_article_is_a_heading_its_best_sentence_and_how_often(run: Run) -> None:
    result = run("search", "Зимин", "мосты")
    assert result.stdout == (
        "2025-09-01  Мост через Тверцу\n"
        "  Мэр [Зимин] показал новый [мост].\n"
        "  мост, 4 hits\n"
    )  # fmt: skip
    assert result.stderr == "1 article\n"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(["мост"], ["мост", "порт"], id="the best first"),
        pytest.param(["мост", "--newest"], ["порт", "мост"], id="the newest first"),
        pytest.param(["мост", "--limit", "1"], ["мост"], id="some"),
        pytest.param(["мост", "--limit", "1", "--offset", "1"], ["порт"], id="those after them"),
        pytest.param(["мост", "--limit", "1", "--all"], ["мост", "порт"], id="all"),
        pytest.param(["мост", "-порт"], ["мост"], id="without a word"),
        pytest.param(["-мост"], ["банк"], id="nothing but without a word"),
        pytest.param(["-hello", "мост"], ["мост", "порт"], id="without a word with an h"),
        pytest.param(["мост OR банк", "--newest"], ["банк", "порт", "мост"], id="one of two"),
        pytest.param(["label:ORG"], ["банк"], id="an annotation"),
        pytest.param(["date:2025-10..", "by:anna"], ["банк"], id="fields"),
    ],
)
def test_what_a_query_finds(run: Run, query: list[str], expected: list[str]) -> None:
    assert ids(run("search", "--ids", *query)) == expected


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (["мост"], "2 articles, the best first"),
        (["мост", "--newest"], "2 articles, the newest first"),
        (["label:*"], "1 article"),
        (["source:курьер"], "3 articles, the newest first"),
        (["мост", "--limit", "1"], "2 articles, the best first; shown: 1 to 1 (--all shows all)"),
        (["мост", "--offset", "5"], "2 articles, the best first; shown: none"),
    ],
)
def test_how_many_there_are_and_in_which_order_is_told(
    run: Run, query: list[str], said: str
) -> None:
    assert run("search", *query).stderr == f"{said}\n"


def test_a_condition_alone_shows_no_sentence(run: Run) -> None:
    assert run("search", "date:2025-09").stdout == "2025-09-01  Мост через Тверцу\n  мост\n"


def test_an_object_a_line(run: Run) -> None:
    result = run("search", "--json", "--offset", "1", "мост")
    (found,) = map(json.loads, result.stdout.splitlines())
    assert found == {
        "number": 2, "id": "порт", "title": "Порт закрыт", "published": "2025-10-01",
        "source": "Курьер", "hits": 1,
        "snippet": {
            "start": 13, "end": 38, "text": "Порт закрыли, а мост цел.", "marks": [[29, 33]],
        },
    }  # fmt: skip


def test_the_hits_are_annotations_where_the_query_asks_for_them(run: Run) -> None:
    result = run("search", "--json", "label:ORG", "Зимин")
    (found,) = map(json.loads, result.stdout.splitlines())
    text = TEXTS["банк"][1]
    assert [text[start:end] for start, end in found["snippet"]["marks"]] == [
        "Речной банк",
        "Зимину",
    ]


def test_the_count_alone(run: Run) -> None:
    result = run("search", "--count", "мост")
    assert (result.stdout, result.stderr) == ("2\n", "")
    assert run("search", "--count", "слово").stdout == "0\n"


def test_a_query_is_explained(run: Run) -> None:
    result = run("search", "--explain", "мосту", "-порт")
    assert (result.exit_code, result.stderr) == (0, "")
    first, word, *_ = result.stdout.splitlines()
    assert (first, word.split(":")[0]) == ("all of these:", "  the word «мосту» in any form")
    assert "мост" in word.split(":")[1]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("мост (порт", ["  мост (порт", "       ^"]),
        ("мост lable:PER", ["  мост lable:PER", "       ^~~~~"]),
        ("橋橋 lable:PER", ["  橋橋 lable:PER", "       ^~~~~"]),
        ("橋:橋", ["  橋:橋", "  ^~"]),
        (f"{'мост ' * 30}(порт", [f"  …{'мост ' * 10}(порт", f"  {' ' * 51}^"]),
        ("мост\x1b[31m (порт", ["  мост␛[31m (порт", "            ^"]),
    ],
)
def test_a_query_that_means_nothing_is_shown_with_the_place(
    run: Run, query: str, shown: list[str]
) -> None:
    result = run("search", query)
    assert (result.exit_code, result.stdout) == (2, "")
    said, *lines = result.stderr.splitlines()
    assert said.startswith("zametka: ")
    assert lines == shown


def test_an_option_that_does_not_exist_is_no_word(run: Run) -> None:
    result = run("search", "мост", "--jsn")
    assert result.exit_code == 2
    assert "--jsn" in result.stderr
    assert run("search", "мост", "--ids", "--json").exit_code == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (["мост", "банк"], ["nothing found"]),
        (["Зимон", "мост"], [
            "nothing found",
            "no form of «Зимон» occurs in this library; did you mean зимин?",
        ]),
        (["фырк*"], ["nothing found", "no form of «фырк» occurs in this library"]),
        (["entity:Жостов"], ["nothing found", "no form of «Жостов» occurs in this library"]),
    ],
)  # fmt: skip
def test_a_word_that_occurs_nowhere_is_named(run: Run, query: list[str], said: list[str]) -> None:
    result = run("search", *query)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == said


def test_what_is_in_a_text_does_not_reach_the_terminal(run: Run, library: Library) -> None:
    text = "Ил\x1b]0;PWNED\x07 и мост\u202e."
    library.add(Document(make_article(text, id="ил\x1b[1m", published="2025-12-01")))
    for options in ([], ["--ids"]):
        result = run("search", "ил", *options)
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


def test_a_text_that_is_damaged_is_recovered_and_one_that_cannot_be_is_told_of(
    run: Run, library: Library
) -> None:
    path = library.article_path("порт")
    path.write_bytes(b"{}")
    assert "а [мост] цел" in run("search", "мост").stdout
    path.with_suffix(".log").write_bytes(b"no journal\n")
    result = run("search", "мост")
    assert (result.exit_code, result.stderr.splitlines()) == (
        0,
        [
            "1 article",
            "warning: 1 article cannot be read and is not searched; zametka doctor tells more",
        ],
    )


def test_a_damaged_index_is_made_anew(run: Run, library: Library) -> None:
    run("reindex")
    (library.path / "index.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert ids(run("search", "мост", "--ids")) == ["мост", "порт"]


def test_a_label_that_nothing_has_is_named(run: Run, library: Library) -> None:
    result = run("search", "label:PRE мост")
    assert "no annotation in this library has the label PRE\n" in result.stderr


def test_a_label_of_which_all_are_rejected_is_not_said_to_be_unknown(
    run: Run, library: Library
) -> None:
    text = "Анна уехала."
    rejected = Annotation("a1", 0, 4, "PER", "user:anna", NOW, NOW, status="rejected")
    library.add(Document(make_article(text, id="анна"), (rejected,)))
    assert run("search", "label:PER").stderr == "nothing found\n"


# Each level takes much of the stack of FTS5's parser.
DEEP = ["мост -порт -(порт OR {})", "порт OR мост -порт -({})", "порт (мост OR {}) -мост"]


@pytest.mark.parametrize("level", DEEP)
def test_the_deepest_queries_are_answered(run: Run, level: str) -> None:
    query = 'порт OR мост -порт -title:"мост порт*"'
    for _ in range(DEEPEST):
        query = level.replace("{}", query)
    assert run("search", "--count", query).exit_code == 0


@pytest.mark.parametrize(
    "query",
    [
        "мост " * MOST,
        "OR ".join(["мост "] * MOST),
        "NEAR/1000 ".join(["мост "] * MOST),
        f'"{"мост " * MOST}"',
        f"мост {'-порт ' * (MOST - 1)}",
        "label:" + ",".join(f"L{number}" for number in range(MOST)),
        "entity:мост status:rejected " * (MOST // 2),
        "quantity:км>5 OR мост " * (MOST // 2),
        f'имя:"{"мост " * MOST}"',
    ],
    ids=["all", "any", "near", "a phrase", "none", "labels", "names", "figures", "a name"],
)
def test_the_longest_queries_are_answered(run: Run, query: str) -> None:
    assert run("search", "--count", query).exit_code == 0


@pytest.mark.parametrize("command", ["search", "kwic", "figures", "queries"])
def test_h_alone_asks_for_help(run: Run, command: str) -> None:
    result = run(command, "-h")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: commands {command} ")


def test_the_index_is_made_anew_by_a_command(run: Run, library: Library) -> None:
    result = run("reindex")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("3 articles indexed in ")
    assert result.stderr.endswith(f" MB: {library.path / 'index.sqlite'}\n")


def test_what_is_added_is_in_the_index(run: Run, library: Library, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Анна уехала.", encoding="utf-8")
    assert run("add", "--recogniser", "morphology", str(text)).exit_code == 0
    index = connect(str(library.path / "index.sqlite"), write=False)
    titles = [title for (title,) in index.execute("SELECT title FROM articles ORDER BY docid")]
    assert titles == ["Анна уехала.", "Мост через Тверцу", "Порт закрыт", "Банк открыт"]
    index.close()


_HEAVY = "click orjson pymorphy3 platformdirs razdel rich store.library_reader textual tinydb"
_LIGHT = f"""
import sys
from tui.cli.found import Wanted, print_found
print_found(sys.argv[1], Wanted("мосту"))
print(*sorted(set({_HEAVY!r}.split()) & set(sys.modules)))
"""


def test_a_search_in_a_fresh_index_loads_nothing_heavy(run: Run, library: Library) -> None:
    settle(library)
    run("reindex")
    done = subprocess.run(
        [sys.executable, "-c", _LIGHT, str(library.path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *found, heavy = done.stdout.split("\n")[:-1]
    assert len(found) == 6
    assert heavy == ""
