"""`zametka queries`: what it lists, shows, saves and removes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tinydb import TinyDB

from annotations.articles import make_article
from annotations.model import Document
from store.library import LIBRARY_FILE, Library
from store.person.personal import state_folder
from tui.cli.commands import commands


def article(id_: str, text: str, day: str) -> Document:
    return Document(make_article(text, id=id_, title=f"О {id_}", published=day))


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864400")
    monkeypatch.setattr("tui.cli.queries.login", lambda: "anna")
    library = Library.create(tmp_path / "library")
    library.add(article("причале", "В порту построят причал.", "2026-01-10"))
    library.add(article("кране", "Порт получил кран.", "2026-01-30"))
    monkeypatch.setenv("ZAMETKA_LIBRARY", str(library.path))
    return library


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["queries", *arguments])


def lines(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def refused(*arguments: str, code: int = 2) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr


def test_the_list_says_how_much_is_new(library: Library) -> None:
    assert run().stderr == "no query is saved yet: zametka queries --save NAME QUERY\n"
    assert run("--save", "Порты", "порт", "кран").stderr == "saved for you: Порты\n"
    assert run("--save", "Всё", "--shared", "порт").stderr == "saved for everybody: Всё\n"
    assert lines() == ["Всё\tlibrary\t2\t2\tпорт", "Порты\town\t1\t1\tпорт кран"]
    lines("--show", "всё")
    library.add(article("буксире", "Буксир ушёл из порта.", "2026-01-31"))
    assert lines()[0] == "Всё\tlibrary\t3\t1\tпорт"


def test_what_is_new_is_marked_once(library: Library) -> None:
    run("--save", "Порты", "порт")
    rows = ["кране\t2026-01-30\t\tО кране", "причале\t2026-01-10\t\tО причале"]
    assert lines("--show", "порты", "--no-marking") == [f"●\t{row}" for row in rows]
    result = run("--show", "порты")
    assert result.stdout.splitlines() == [f"●\t{row}" for row in rows]
    assert result.stderr.endswith("2 articles, 2 new\n")
    assert lines("--show", "порты") == [f"\t{row}" for row in rows]
    assert lines("--show", "порты", "--new") == []
    library.add(article("буксире", "Буксир ушёл из порта.", "2026-01-31"))
    assert lines("--show", "порты", "--new") == ["●\tбуксире\t2026-01-31\t\tО буксире"]


def test_both_come_as_json(library: Library) -> None:
    run("--save", "Порты", "порт")
    (found,) = map(json.loads, lines("--json"))
    assert found == {
        "name": "Порты", "query": "порт", "author": "user:anna", "at": "2026-01-31T13:00:00Z",
        "shared": False, "matches": 2, "new": 2,
    }  # fmt: skip
    first = json.loads(lines("--json", "--show", "Порты")[0])
    assert first == {
        "id": "кране", "published": "2026-01-30", "source": None, "title": "О кране", "new": True,
    }  # fmt: skip


def test_a_query_is_removed_everybody_s_only_if_that_is_said(library: Library) -> None:
    run("--save", "Порты", "порт")
    run("--save", "Порты", "--shared", "порт")
    assert run("--remove", "порты").stderr == "removed: Порты\n"
    assert "add --shared to remove it for all" in refused("--remove", "порты")
    assert run("--remove", "порты", "--shared").stderr == "removed: Порты\n"
    assert "there is no query «порты»" in refused("--remove", "порты")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["порт"], "--save NAME"),
        (["--save", "а", "--show", "а"], "one of --save, --remove and --show"),
        (["--save", " ", "порт"], "not saved: a saved query needs a name"),
        (["--save", "Порты"], "not saved: there is no query to save"),
        (["--save", "Порты", "порт", "(кран"], "  порт (кран\n       ^"),
        (["--show", "\x1b[31mнет"], "there is no query «␛[31mнет»"),
    ],
)
def test_what_cannot_be_done_is_told(library: Library, arguments: list[str], said: str) -> None:
    assert said in refused(*arguments)


def test_a_query_that_means_nothing_any_longer_is_named_and_the_rest_listed(
    library: Library,
) -> None:
    run("--save", "Порты", "порт")
    with TinyDB(library.path / LIBRARY_FILE) as database:
        row = {"name": "Ста\u0301рый", "query": "порт (", "author": "user:boris", "at": ""}
        database.table("queries").insert(row)
    result = run()
    assert (result.exit_code, result.stdout) == (1, "Порты\town\t2\t2\tпорт\n")
    assert "refused: the query «Ста\u0301рый»: character 6 of the query" in result.stderr
    assert "character 6" in refused("--show", "Ста\u0301рый", code=1)


def test_what_somebody_wrote_into_the_library_is_shown_harmlessly(library: Library) -> None:
    with TinyDB(library.path / LIBRARY_FILE) as database:
        row = {"name": "Порты", "query": "порт\x1b[31m\t\u202e", "author": "user:x", "at": ""}
        database.table("queries").insert(row)
    assert lines() == ["Порты\tlibrary\t0\t0\tпорт␛[31m ·"]
    assert "\x1b" not in run("--json").stdout


def test_own_queries_that_are_damaged_are_passed_over_and_told(library: Library) -> None:
    run("--save", "Порты", "порт")
    run("--save", "Кран", "--shared", "кран")
    (path,) = state_folder().glob("*.queries")
    path.write_bytes(b"{")
    result = run()
    assert (result.exit_code, result.stdout) == (0, "Кран\tlibrary\t1\t1\tкран\n")
    assert "warning: your own queries" in result.stderr


def test_a_query_may_begin_with_a_minus(library: Library) -> None:
    assert run("--save", "Без крана", "-кран", "порт").exit_code == 0
    assert lines() == ["Без крана\town\t1\t1\t-кран порт"]
    assert "--shard" in refused("--save", "Кран", "кран", "--shard")
