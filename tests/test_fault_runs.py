"""A small form of each kind of `make faults`, and that each of them can tell what does not hold."""

import errno
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from store.article import appending
from store.errors import CannotWrite
from tests.faults import clock, disk_model, power, refusals, work
from tests.faults.checks import Claims, after_a_save, violations
from tests.faults.disk_model import File
from tests.faults.table import Result, beginning, line

ROOT = Path(__file__).parents[1]


def faults(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command itself: it forks, which a test's own process with its threads may not."""
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("rounds", "kinds"),
    [
        (6, ("kill", "hangup", "crowd", "stopped", "index", "pollers")),
        (1, ("screen", "full-disk")),
    ],
)
def test_a_few_rounds_hold(rounds: int, kinds: tuple[str, ...]) -> None:
    result = faults(*kinds, "--rounds", str(rounds))
    assert result.returncode == 0, result.stdout + result.stderr
    rows = result.stdout.splitlines()[2:]
    assert len(rows) >= len(kinds)
    assert all("| yes |" in row or "| skipped |" in row for row in rows), rows


@pytest.mark.parametrize("run", [refusals.run, power.run, clock.run])
def test_a_few_rounds_hold_in_this_process(run: Any) -> None:
    found = run(40, 2)
    results = [found] if isinstance(found, Result) else found
    assert [each.failures for each in results] == [()] * len(results)
    assert all(each.rounds for each in results)


@pytest.mark.parametrize("arguments", [("no-such-kind",), ("kill", "--rounds", "0")])
def test_wrong_usage_is_told(arguments: tuple[str, ...]) -> None:
    result = faults(*arguments)
    assert result.returncode == 2
    assert "error: " in result.stderr


def test_what_did_not_hold_is_in_the_table() -> None:
    good, bad = Result("a", "b", 1200, "c | d"), Result("a", "b", 2, "c", ("seed 1", "seed 2"))
    assert line(good.cells) == "| a | 1,200 | b | yes | c / d |"
    assert line(bad.cells) == "| a | 2 | b | no, 2 × | c |"
    assert line(Result("a", "b", skipped="no root").cells) == "| a |  | b | skipped | no root |"
    assert beginning().count("|") == 12


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "library"
    work.created(path, work.ARTICLES)
    return path


@pytest.fixture
def claims(path: Path) -> Claims:
    claims = Claims()
    claims.take((word, each, "") for each in work.ARTICLES for word in ("try", "done"))
    assert after_a_save(path, work.ARTICLES[0], "one", claims) == []
    return claims


def test_what_holds_is_not_reported(path: Path, claims: Claims) -> None:
    assert violations(path, claims) == []


def test_a_lost_edit_is_reported(path: Path, claims: Claims) -> None:
    claims.take([("try", "баржа", "two"), ("done", "баржа", "two")])
    assert violations(path, claims) == ["баржа: 'two' is lost"]


def test_an_edit_that_nobody_made_is_reported(path: Path, claims: Claims) -> None:
    claims.tried["баржа"] -= Counter(["one"])
    assert violations(path, claims) == ["баржа: 'one' was never tried"]


def test_a_lost_article_is_reported(path: Path, claims: Claims) -> None:
    for each in work.opened(path).file("шлюз").paths():
        each.unlink()
    assert violations(path, claims) == ["article шлюз is lost"]


def test_a_second_temporary_file_is_reported(path: Path, claims: Claims) -> None:
    file = work.opened(path).file("створ")
    for end in ("json", "log"):
        (file.folder / f".{file.key}.{end}.tmp").touch()
    assert violations(path, claims) == ["створ: 2 temporary files"]


def test_without_synchronising_a_power_cut_loses_what_was_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The model of the disk can tell."""
    original = appending.append_durably

    def careless(*arguments: Any, **options: Any) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", lambda _: None)
            original(*arguments, **options)

    monkeypatch.setattr(appending, "append_durably", careless)
    result = power.run(240, 1)[0]
    assert result.what == "power cut"
    assert any("is lost" in each for each in result.failures), result.failures


def test_what_an_error_dropped_stays_unsure() -> None:
    """A later synchronisation that goes well does not bring it back, writing it again does."""
    file = File()
    file.write(0, b"a" * 5000)
    file.sync(is_lost=True)
    file.write(9000, b"b")
    file.sync(is_lost=False)
    states = {file.after_a_cut(random.Random(seed)) for seed in range(40)}
    assert {len(state) for state in states} == {9001}
    assert any(state[:512] == bytes(512) for state in states)
    file.write(0, b"a" * 5000)
    file.sync(is_lost=False)
    assert {file.after_a_cut(random.Random(seed))[:5000] for seed in range(40)} == {b"a" * 5000}


def test_pages_of_a_cut_are_there_or_not() -> None:
    file = File()
    file.write(0, b"a" * disk_model.PAGE)
    file.sync(is_lost=False)
    file.write(disk_model.PAGE, b"b" * disk_model.PAGE)
    states = {file.after_a_cut(random.Random(seed)) for seed in range(60)}
    assert b"a" * disk_model.PAGE in states
    assert b"a" * disk_model.PAGE + b"b" * disk_model.PAGE in states
    assert all(state.startswith(b"a" * disk_model.PAGE) for state in states)
    assert len(states) > 4


def test_a_refusal_that_lies_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that is taken for refused although it stands."""
    original = appending.append_durably

    def lying(path: Path, data: bytes, **options: Any) -> None:
        try:
            original(path, data, **options)
        except CannotWrite:
            with path.open("ab") as file:
                file.write(data)
            raise

    monkeypatch.setattr(appending, "append_durably", lying)
    assert errno.ENOSPC in refusals.NUMBERS
    assert any("stands otherwise" in each for each in refusals.run(120, 1)[0].failures)
