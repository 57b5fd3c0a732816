"""`zametka log`: who did what, when, across articles, days, time zones and damage."""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations import edits, wire
from annotations.edits import Edit, Group
from annotations.model import Annotation, Article, Document
from store.copies import trash
from store.library import Library
from store.sorting import in_order
from tui.cli.commands import commands
from tui.display import display

TEXT = "Анна Левченко прилетела из Гомеля в Казань."
FOUND = "2026-01-31T10:00:00Z"
ANNA, BORIS = "user:anna", "user:boris"

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    for article_id in ("один", "два", "три"):
        library.add(Document(Article(article_id, TEXT, article_id), suggestions()))
    return library


def suggestions() -> tuple[Annotation, ...]:
    spans = (("PER", 0, 13), ("LOC", 27, 33), ("LOC", 36, 42))
    return tuple(
        Annotation(f"s{start}", start, end, label, "recogniser:test", FOUND, FOUND)
        for label, start, end in spans
    )


@pytest.fixture
def log(library: Library) -> Run:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(commands, ["log", "--library", str(library.path), *arguments])

    return run


@pytest.fixture
def do(library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Commits an edit at a time: a status, or what is given."""

    def commit(at: str, article: str, author: str = ANNA, edit: Edit | None = None) -> None:
        seconds = int(datetime.fromisoformat(at).timestamp())
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
        first = library.document(article).by_id["s0"]
        status = "rejected" if first.status == "accepted" else "accepted"
        library.apply(
            article,
            edit or edits.set_status(first, status, edits.Stamp(author, at)),
            author=author,
        )

    return commit


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def choose(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    choose("UTC")
    yield choose
    monkeypatch.undo()
    time.tzset()


def cells(result: Result) -> list[list[str]]:
    return [line.split("\t") for line in result.stdout.splitlines()]


def all_rejected(library: Library) -> Group:
    stamp = edits.Stamp(BORIS, FOUND)
    each = library.document("один").annotations
    return Group(tuple(edits.set_status(annotation, "rejected", stamp) for annotation in each))


def test_entries_of_all_articles_stand_in_the_order_of_time(
    do: Callable[..., None], log: Run, zone: object
) -> None:
    do("2026-02-01T10:00:00Z", "два")
    do("2026-02-01T09:00:00Z", "один", BORIS)
    do("2026-02-01T11:00:00Z", "один")
    told = cells(log())
    assert told == [
        ["2026-02-01 09:00:00", "boris", "один", "«Анна Левченко»: suggested → accepted"],
        ["2026-02-01 10:00:00", "anna", "два", "«Анна Левченко»: suggested → accepted"],
        ["2026-02-01 11:00:00", "anna", "один", "«Анна Левченко»: accepted → rejected"],
    ]
    assert cells(log("--reverse")) == told[::-1]
    assert cells(log("два")) == told[1:2]
    assert cells(log("--by", "boris")) == told[:1]


def test_within_an_article_the_order_is_that_of_the_revisions(
    do: Callable[..., None], log: Run
) -> None:
    """Also where a clock has gone backwards."""
    do("2026-02-01T10:00:00Z", "один")
    do("2026-01-01T10:00:00Z", "один")
    do("2026-02-01T09:59:00Z", "два")
    do("2026-02-01T12:00:00Z", "один")
    told = [json.loads(line) for line in log("--json").stdout.splitlines()]
    assert [(each["article"], each["revision"]) for each in told] == [
        ("два", 1),
        ("один", 1),
        ("один", 2),
        ("один", 3),
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [("Asia/Almaty", "2026-02-02"), ("UTC", "2026-02-01"), ("America/Lima", "2026-02-01")],
)
def test_days_are_those_of_the_time_zone(
    do: Callable[..., None], log: Run, zone: Callable[[str], None], name: str, day: str
) -> None:
    do("2026-02-01T21:30:00Z", "один")
    zone(name)
    ((shown, *_),) = cells(log("--day", day))
    assert shown.startswith(day)
    assert cells(log("--since", day, "--until", day)) == cells(log())
    other = {"2026-02-01": "2026-02-02", "2026-02-02": "2026-02-01"}[day]
    assert log("--day", other).stdout == ""


def test_today_and_yesterday_are_days(library: Library, log: Run) -> None:
    first = library.document("один").annotations[0]
    stamp = edits.Stamp(ANNA, FOUND)
    library.apply("один", edits.set_status(first, "accepted", stamp), author=ANNA)
    assert len(cells(log("--since", "вчера", "--until", "today"))) == 1
    assert log("--until", "yesterday").stdout == ""


def test_a_bulk_edit_is_a_line_with_its_number_or_a_line_for_each(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    do("2026-02-01T10:00:00Z", "один", BORIS, all_rejected(library))
    library.undo("один", author=BORIS)
    done, undone = cells(log())
    assert done[3].startswith("(undone) «Анна Левченко»: suggested → rejected; ")
    assert done[3].endswith(" (3 changes)")
    assert undone[3].startswith("took back: ")
    assert len(cells(log("--expand"))) == 6
    narrow = cells(log("--annotation", "s27"))
    assert [each[3] for each in narrow] == [
        "(undone) «Гомеля»: suggested → rejected",
        "took back: «Гомеля» is suggested again (was rejected)",
    ]


def test_json_has_the_edit_as_the_journal_has_it(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    edit = all_rejected(library)
    do("2026-02-01T10:00:00Z", "один", BORIS, edit)
    library.undo("один", author=BORIS)
    library.redo("один", author=BORIS)
    did, undid, redid = map(json.loads, log("--json").stdout.splitlines())
    assert wire.edit_from_dict(did["edit"], TEXT) == edit
    assert did["at"] == "2026-02-01T10:00:00Z"
    assert undid["undoes"] == redid["redoes"] == did["operation"]
    assert (did["undone"], did["undoes"]) == (False, None)


def test_a_damaged_history_is_named_and_the_rest_goes_on(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    for article in ("один", "два", "три"):
        do("2026-02-01T10:00:00Z", article)
    files = {article: library.file(article) for article in ("один", "два")}
    journal = files["один"].journal_path
    journal.write_bytes(journal.read_bytes().replace(b"accepted", b"rejected"))
    files["два"].journal_path.unlink()
    result = log()
    assert result.exit_code == 1
    assert [line[2] for line in cells(result)] == ["три"]
    assert result.stderr.count("refused: in the library: ") == 2
    assert all(str(file.journal_path) in result.stderr for file in files.values())


def test_an_unchanged_article_that_is_damaged_is_named(library: Library, log: Run) -> None:
    path = library.file("три").journal_path
    path.write_bytes(path.read_bytes().replace("Казань".encode(), "Рязань".encode()))
    assert str(path) in log().stderr


def test_a_journal_that_is_older_than_the_days_asked_for_is_not_read(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    do("2026-02-01T10:00:00Z", "один")
    do("2026-02-01T10:00:00Z", "два")
    path = library.file("один").journal_path
    path.write_bytes(b"not a journal\n")
    long_ago = datetime.fromisoformat("2025-06-01T10:00:00Z").timestamp()
    os.utime(path, (long_ago, long_ago))
    result = log("--since", "2026-01-31")
    assert (result.exit_code, len(cells(result))) == (0, 1)
    assert log("--since", "2025-05-31").exit_code == 1


def test_the_history_reaches_back_behind_a_fold(library: Library, log: Run) -> None:
    small = Library.open(library.path, fold_at=2_000)
    for _ in range(12):
        first = small.document("один").by_id["s0"]
        status = "rejected" if first.status == "accepted" else "accepted"
        edit = edits.set_status(first, status, edits.Stamp(ANNA, FOUND))
        small.apply("один", edit, author=ANNA)
    assert list(small.file("один").folder.glob("*.gz"))
    told = [json.loads(line)["revision"] for line in log("--json").stdout.splitlines()]
    assert told == list(range(1, 13))


def test_the_log_of_a_removed_article_is_found_in_the_trash(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    do("2026-02-01T10:00:00Z", "один")
    before = log("один").stdout
    trash.remove(library, "один", ANNA)
    assert log("один").stdout == before != ""
    assert log().stdout == ""


def test_what_is_not_there_is_named(log: Run) -> None:
    result = log("нет")
    assert result.exit_code == 1
    assert "article нет: there is no such article" in result.stderr


@pytest.mark.parametrize("option", ["--day", "--since", "--until"])
@pytest.mark.parametrize("said", ["31.01.2026", "2026-02-30", "", "завтра\x1b[2J"])
def test_a_day_that_is_none_is_refused(log: Run, option: str, said: str) -> None:
    result = log(option, said)
    assert result.exit_code == 2
    assert "is no day" in result.stderr


def test_what_can_match_nothing_is_told(do: Callable[..., None], log: Run) -> None:
    do("2026-02-01T10:00:00Z", "один")
    result = log("--since", "2026-02-02", "--until", "2026-02-01")
    assert result.exit_code == 2
    assert "--since 2026-02-02 is later than --until 2026-02-01" in result.stderr
    assert log("--since", "2026-02-01", "--until", "2026-02-01").exit_code == 0
    assert "none is of an annotation with the id нет" in log("--annotation", "нет").stderr
    assert "none is" not in log("--by", "нет").stderr


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_are_days(do: Callable[..., None], log: Run, day: str) -> None:
    do("2026-02-01T10:00:00Z", "один")
    assert log("--day", day).exit_code == 0
    assert len(cells(log("--since", "0001-01-01", "--until", "9999-12-31"))) == 1


def test_foreign_text_is_shown_harmlessly(
    library: Library, do: Callable[..., None], log: Run
) -> None:
    hostile = "x\x1b]0;PWNED\x07\t\u202e"
    first = library.document("один").annotations[0]
    edit = edits.write_note(first, hostile, edits.Stamp(ANNA, FOUND))
    do("2026-02-01T10:00:00Z", "один", "user:\x1b[31m", edit)
    ((_, who, _, what),) = cells(log())
    assert who == "␛[31m"
    assert what.endswith(display(hostile))


@pytest.mark.parametrize("reverse", [False, True])
def test_lines_are_sorted_also_where_they_do_not_fit_into_memory(reverse: bool) -> None:
    places = [(f"{n // 7:03}", "id", n) for n in range(200)]
    lines = [(place, "\t".join(map(str, place))) for place in places]
    shuffled = random.Random(1).sample(lines, len(lines))
    expected = [text for _, text in (reversed(lines) if reverse else lines)]
    assert list(in_order(shuffled, reverse=reverse, run=300)) == expected
