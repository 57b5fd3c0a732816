"""`benchmarks/library.py`, with small numbers: the table comes out whole."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.edits import Add, Change
from benchmarks.library import Row, number
from benchmarks.rival_sqlite import SQLite
from benchmarks.rival_tinydb import TinyDBFiles, TinyDBOneFile
from benchmarks.rival_zametka import Zametka
from benchmarks.rivals import Rival, document
from benchmarks.turns import Desk, Timing, differences, new_document

ROOT = Path(__file__).resolve().parent.parent
RIVALS = (Zametka, SQLite, TinyDBOneFile, TinyDBFiles)
COLUMNS = 7


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_table_comes_out_whole(tmp_path: Path) -> None:
    result = subprocess.run(
        (
            *(sys.executable, "benchmarks/library.py", "--articles", "2", "4", "--saves", "2"),
            *("--writers", "2", "--folder", str(tmp_path)),
        ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    head, rule, *rows, empty, machine = result.stdout.splitlines()
    assert cells(head) == ["what", *(rival.name for rival in RIVALS), "bar", "met"]
    assert cells(rule) == ["---"] * COLUMNS
    assert [len(cells(row)) for row in rows] == [COLUMNS] * 18
    assert all(cell for row in rows for cell in cells(row)[:5])
    judged = [cells(row) for row in rows if cells(row)[-1]]
    assert len(judged) == 10
    assert all(row[-2] and row[-1].startswith(("yes, ", "no, ")) for row in judged)
    for failed_and_lost in (row for row in rows if "lost" in row):
        assert cells(failed_and_lost)[1:3] == ["0; 0", "0; 0"]
    assert empty == ""
    assert "Python" in machine
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(params=RIVALS, ids=lambda rival: str(rival.name))
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rival]:
    rival: type[Rival] = request.param
    opened = rival(tmp_path / "library")
    yield opened
    opened.close()


def test_every_store_gives_back_what_was_put_into_it(library: Rival) -> None:
    library.fill(range(3))
    desk = Desk(3)
    corrections = desk.corrections([1, 1, 1, 2, 2, 2])
    assert {type(edit) for _, edit in corrections} == {Add, Change}
    for article_id, edit in corrections:
        library.save(article_id, edit)
    library.add(new_document(0))
    assert differences(library, desk) == []
    for document_ in (document(0), new_document(0)):
        found = library.load(document_.article.id)
        assert (found.article, found.annotations) == (document_.article, document_.annotations)


def test_a_store_that_missed_a_save_is_found_out(library: Rival) -> None:
    library.fill(range(2))
    desk = Desk(2)
    (first, *_) = desk.corrections([0, 1])
    library.save(*first)
    assert differences(library, desk) == [document(1).article.id]


def test_a_time_is_the_middle_of_the_turns_middles() -> None:
    timing = Timing([[1.0, 2.0, 90.0], [3.0, 4.0, 5.0], [7.0, 8.0, 9.0]])
    assert timing.middle == 4.0
    assert timing.high == 90.0
    assert timing.count == 9


def test_who_was_too_slow_takes_no_more_turns() -> None:
    timing, done = Timing([[9_000.0]]), list[int]()
    timing.take([1, 2], done.append)
    assert not timing.is_whole
    assert done == []


@pytest.mark.parametrize(
    ("ratio", "met"), [(2.5, "yes, 2.50 ×"), (2.51, "no, 2.51 ×")], ids=["met", "missed"]
)
def test_a_bar_is_met_up_to_it(ratio: float, met: str) -> None:
    line = Row("save", {Zametka.name: "1 ms"}, "2.5 × SQLite", ratio, 2.5).line()
    assert cells(line) == ["save", "1 ms", "–", "–", "–", "2.5 × SQLite", met]


@pytest.mark.parametrize(
    ("value", "said"), [(0.12345, "0.123"), (12.345, "12.3"), (99.94, "99.9"), (1234.5, "1,234")]
)
def test_numbers_say_three_digits(value: float, said: str) -> None:
    assert number(value) == said
