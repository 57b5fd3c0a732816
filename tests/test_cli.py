"""The commands, as a user gives them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotations import wire
from store.library import Library
from tui.cli.commands import commands

TRADE = """ date 2025-10-02 Президент Ерлан Сабитов встретился с Павлом Турчаниновым в Казахстане.

Товарооборот вырос на 12% и достиг 1,5 млрд тенге. Сабитову показали порт."""

SCHOOL = "Школу открыли в Гомеле\n\nШколу на 850 учеников открыла Анна Левченко."

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a library of its own; bytes or text may be given as standard input."""
    monkeypatch.setenv("ZAMETKA_LIBRARY", str(tmp_path / "library"))
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: str, given: str | bytes | None = None) -> Result:
        return CliRunner().invoke(commands, arguments, input=given)

    return run_command


@pytest.fixture
def trade(tmp_path: Path) -> Path:
    path = tmp_path / "trade.txt"
    path.write_text(TRADE, encoding="utf-8")
    return path


def add(run: Run, *files: Path | str, given: str | bytes | None = None) -> Result:
    return run("add", "--recogniser", "morphology", *map(str, files), given=given)


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_add_annotates_and_prints_the_id(run: Run, trade: Path, tmp_path: Path) -> None:
    result = add(run, trade)
    assert result.exit_code == 0
    assert "1 article added" in result.stderr
    article_id, title = result.stdout.rstrip("\n").split("\t")
    document = Library.open(tmp_path / "library").document(article_id)
    assert document.article.title == title
    assert document.article.published == "2025-10-02"
    assert document.article.text.startswith("Президент")
    assert document.article.source.file == "trade.txt"
    found = {(document.text_of(each), each.label) for each in document.annotations}
    assert found >= {
        ("Ерлан Сабитов", "PER"),
        ("Казахстане", "LOC"),
        ("12%", "PERCENT"),
        ("1,5 млрд тенге", "MONEY"),
    }


def test_the_same_article_is_added_once_whatever_its_encoding(
    run: Run, trade: Path, tmp_path: Path
) -> None:
    variants = []
    for encoding in ("utf-8-sig", "utf-16", "cp1251", "koi8-r"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(TRADE.replace("\n", "\r\n").encode(encoding))
        variants.append(path)
    result = add(run, trade, *variants)
    assert result.exit_code == 0
    assert "1 article added" in result.stderr
    assert "4 there already" in result.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_in(
    run: Run, trade: Path, tmp_path: Path
) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = add(run, "picture.txt", "missing.txt", trade)
    assert result.exit_code == 1
    assert "refused: picture.txt: " in result.stderr
    assert "refused: missing.txt: No such file" in result.stderr
    assert "1 article added" in result.stderr
    assert "2 refused" in result.stderr


def test_add_takes_a_folder_and_standard_input(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "news" / "october"
    folder.mkdir(parents=True)
    (folder / "trade.txt").write_text(TRADE, encoding="utf-8")
    (folder / "notes.md").write_text("не статья", encoding="utf-8")
    result = add(run, "news", "-", given=SCHOOL)
    assert result.exit_code == 0
    assert "2 articles added" in result.stderr
    (document,) = (
        each for each in records(run("export")) if each["title"] == "Школу открыли в Гомеле"
    )
    assert document["source"] == {"name": None, "url": None, "file": None}


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        (["Сабитов"], "[Сабитову]"),
        (["сабитова"], "[Сабитову]"),
        (["Турчанинов"], "с Павлом [Турчаниновым]"),
        (["Казахстан"], "в [Казахстане]"),
        (["порт", "показать"], "Сабитову [показали] [порт]"),
    ],
)
def test_search_finds_every_case_form_and_marks_it(
    run: Run, trade: Path, words: Sequence[str], marked: str
) -> None:
    add(run, trade, "-", given=SCHOOL)
    result = run("search", *words)
    assert result.exit_code == 0
    assert marked in result.stdout
    assert "Гомел" not in result.stdout
    assert result.stderr == "1 article\n"


def test_list_prints_the_articles_the_newest_first(run: Run, trade: Path, tmp_path: Path) -> None:
    school = tmp_path / "school.txt"
    school.write_text(f"date 2025-10-03\n{SCHOOL}", encoding="utf-8")
    added = [add(run, path).stdout.split("\t")[0] for path in (trade, school)]
    result = run("list")
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [row[0] for row in rows] == added[::-1]
    assert [row[1] for row in rows] == ["2025-10-03", "2025-10-02"]
    assert all(int(row[2]) > 0 for row in rows)
    assert rows[0][3:] == ["school.txt", "Школу открыли в Гомеле"]


def test_a_date_that_does_not_exist_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"date 2025-13-45\n{SCHOOL}", encoding="utf-8")
    result = add(run, "a.txt")
    assert result.exit_code == 1
    assert "a date that does not exist, 2025-13-45" in result.stderr


def test_a_jsonl_file_is_never_taken_for_a_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('[1]\n{"text": "Порт Актау."}\n', encoding="utf-8")
    result = add(run, "a.jsonl")
    assert result.exit_code == 1
    assert "a.jsonl, line 1: expected an object, found a list" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_search_wants_all_the_words(run: Run, trade: Path) -> None:
    add(run, trade)
    result = run("search", "Сабитов", "школа")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "nothing found\nno form of «школа» occurs in this library\n"


def test_export_import_export_is_byte_for_byte_the_same(
    run: Run, trade: Path, tmp_path: Path
) -> None:
    add(run, trade, "-", given=SCHOOL)
    assert run("export", "--output", "first.jsonl").exit_code == 0
    first = (tmp_path / "first.jsonl").read_bytes()
    assert run("export").stdout_bytes == first
    assert run("--library", "other", "import", "first.jsonl").exit_code == 0
    assert run("export", "--library", "other").stdout_bytes == first


def test_export_of_one_article(run: Run, trade: Path) -> None:
    article_id = add(run, trade, "-", given=SCHOOL).stdout.split("\t")[0]
    assert [each["id"] for each in records(run("export", article_id))] == [article_id]


def test_import_refuses_a_record_that_contradicts_its_text(run: Run, trade: Path) -> None:
    add(run, trade)
    (record,) = records(run("export"))
    good = json.dumps({**record, "id": "good"}, ensure_ascii=False)
    record["annotations"][0]["text"] = "другое"  # type: ignore[index]
    bad = json.dumps(record, ensure_ascii=False)
    result = run("--library", "other", "import", "-", given=f"{bad}\n{good}\n")
    assert result.exit_code == 1
    assert "refused: standard input, line 1: annotation 1" in result.stderr
    assert "'другое'" in result.stderr
    assert "1 article imported" in result.stderr


def test_annotate_keeps_what_a_line_says_and_the_order(run: Run) -> None:
    lines = [
        {"id": "b", "text": SCHOOL, "meta": {"x": [1, 2.5]}, "rubric": "общество"},
        {"id": "a", "text": "Анна Левченко уехала вчера.", "published": "2025-09-02"},
    ]
    given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    result = run("annotate", "--recogniser", "morphology", "-", given=given)
    assert result.exit_code == 0
    first, second = records(result)
    assert (first["id"], second["id"]) == ("b", "a")
    assert first["meta"] == {"x": [1, 2.5], "rubric": "общество"}
    found = {(each["text"], each["label"]) for each in second["annotations"]}  # type: ignore[union-attr]
    assert found >= {("Анна Левченко", "PER"), ("вчера", "DATE")}
    for line in result.stdout.splitlines():
        assert wire.to_line(wire.from_line(line)) == line + "\n"


def test_annotate_brings_nothing_back_that_was_rejected(run: Run, trade: Path) -> None:
    (line,) = run("annotate", "--recogniser", "morphology", str(trade)).stdout.splitlines()
    record = json.loads(line)
    for each in record["annotations"]:
        each["status"] = "rejected"
    again = run(
        "annotate", "--recogniser", "morphology", "-", given=json.dumps(record, ensure_ascii=False)
    )
    assert records(again) == [record]


def test_annotate_is_the_same_each_time(
    run: Run, trade: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769864400")
    once, again = (run("annotate", "--recogniser", "morphology", str(trade)) for _ in range(2))
    assert once.stdout == again.stdout


def test_annotate_touches_no_library(run: Run, trade: Path, tmp_path: Path) -> None:
    run("annotate", "--recogniser", "morphology", str(trade))
    assert not (tmp_path / "library").exists()


def test_where_prints_the_library_and_an_article_s_file(run: Run, trade: Path) -> None:
    article_id = add(run, trade).stdout.split("\t")[0]
    assert Path(run("where").stdout.strip()).name == "library"
    assert Path(run("where", article_id).stdout.strip()).is_file()


def test_the_option_beats_the_variable(run: Run, trade: Path, tmp_path: Path) -> None:
    run("--library", "chosen", "add", "--recogniser", "morphology", str(trade))
    assert (tmp_path / "chosen" / "library.json").is_file()
    assert not (tmp_path / "library").exists()


def test_a_damaged_article_is_named_and_the_others_are_exported(
    run: Run, trade: Path, tmp_path: Path
) -> None:
    damaged, _ = (
        line.split("\t")[0] for line in add(run, trade, "-", given=SCHOOL).stdout.splitlines()
    )
    library = Library.open(tmp_path / "library")
    path = library.article_path(damaged)
    path.write_bytes(b"{}")
    path.with_suffix(".log").write_bytes(b"no journal\n")
    result = run("export")
    assert result.exit_code == 1
    assert len(records(result)) == 1
    assert str(path) in result.stderr or str(path.with_suffix(".log")) in result.stderr


def test_one_bad_line_does_not_stop_the_others(run: Run, trade: Path) -> None:
    """An annotation that took the place of a suggestion's id, and a good line after it."""
    (line,) = run("annotate", "--recogniser", "morphology", str(trade)).stdout.splitlines()
    record = json.loads(line)
    first = record["annotations"][0]
    moved = {**first, "start": 0, "end": 1, "text": record["text"][0]}
    given = json.dumps({**record, "annotations": [moved]}, ensure_ascii=False)
    other = json.dumps({"text": SCHOOL}, ensure_ascii=False)
    result = run("annotate", "--recogniser", "morphology", "-", given=f"{given}\n{other}\n")
    assert result.exit_code == 0
    assert len(records(result)) == 2


def test_a_library_with_fewer_labels_takes_articles(run: Run, trade: Path, tmp_path: Path) -> None:
    from tinydb import TinyDB, where

    library = Library.create(tmp_path / "library")
    with TinyDB(library.path / "library.json") as database:
        database.table("labels").remove(where("name").one_of(["LOC", "DATE"]))
    result = add(run, trade)
    assert result.exit_code == 0
    (record,) = records(run("export"))
    labels = {each["label"] for each in record["annotations"]}  # type: ignore[union-attr]
    assert "PER" in labels
    assert not labels & {"LOC", "DATE"}


def test_the_demonstration_does_not_go_into_a_library_of_one_s_own(run: Run, trade: Path) -> None:
    add(run, trade)
    result = run("demo", "--fill-only", "--library", "library")
    assert result.exit_code == 2
    assert "articles of its own" in result.stderr


def test_nothing_to_add_makes_no_library(run: Run, tmp_path: Path) -> None:
    assert add(run, "missing.txt", "").exit_code == 1
    assert not (tmp_path / "library").exists()


def test_a_snapshot_changed_by_hand_is_told_of_and_not_believed(
    run: Run, trade: Path, tmp_path: Path
) -> None:
    article_id = add(run, trade).stdout.split("\t")[0]
    before = run("export").stdout
    path = Library.open(tmp_path / "library").article_path(article_id)
    path.write_text(path.read_text().replace("Сабитов", "Сидоров"))
    result = run("export")
    assert result.stdout == before
    assert f"warning: {path}" in result.stderr


def in_process_of_its_own(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from tui.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", "слово"], "there is no library"),
        (["export"], "there is no library"),
        (["browse"], "there is no library"),
        (["search"], "Missing argument"),
        (["search", "…"], "no word to look for"),
        (["search", "слово", "--library", ""], "the path is empty"),
        (["nonsense"], "No such command"),
        (["export", "--output", "/nowhere/file", "--library", "{library}"], "No such file"),
        (["where", "nothing", "--library", "{library}"], "no article"),
        (["export", "nothing", "--library", "{library}"], "no article"),
        (["import", "/nowhere/file", "--library", "{library}"], "No such file"),
    ],
)
def test_wrong_usage_and_environment_are_a_sentence_and_exit_code_2(
    tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    library = Library.create(tmp_path / "there").path
    filled_in = [argument.format(library=library) for argument in arguments]
    done = in_process_of_its_own(*filled_in, ZAMETKA_LIBRARY=str(tmp_path / "none"))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [[], ["add"], ["annotate"], ["browse"], ["demo"], ["export"],
                                     ["import"], ["search"], ["show"], ["where"]])  # fmt: skip
def test_every_command_explains_itself(run: Run, command: Sequence[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_the_version_is_the_distribution_s() -> None:
    from importlib.metadata import version

    assert in_process_of_its_own("--version").stdout == f"zametka, version {version('zametka')}\n"


def test_the_demonstration_is_made_once(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--fill-only", "--recogniser", "morphology", "--library", "demo")
    assert first.exit_code == 0
    assert "14 articles added" in first.stderr
    second = run("demo", "--fill-only", "--recogniser", "morphology", "--library", "demo")
    assert (second.exit_code, second.stderr) == (0, "")
    found = run("search", "Верещагин", "--library", "demo")
    assert found.stderr == "10 articles, the best first\n"


@pytest.mark.parametrize("command", [["search", "Сабитов"], ["export"]])
def test_a_full_disk_behind_standard_output_is_a_sentence(
    run: Run, trade: Path, tmp_path: Path, command: Sequence[str]
) -> None:
    add(run, trade)
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [sys.executable, "-c", "from tui.cli import main; main()", *command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"ZAMETKA_LIBRARY": str(tmp_path / "library")},
            check=False,
        )
    assert done.returncode == 2
    assert "zametka: standard output: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_arguments_are_shown_harmlessly() -> None:
    done = in_process_of_its_own("where", "a", "b\x1b]0;PWNED\x07")
    assert done.returncode == 2
    assert "PWNED" in done.stderr
    assert "\x1b" not in done.stderr
