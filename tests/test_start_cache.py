"""The start's cache gives what Python would have found itself, and nothing that is out of date."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from tui.terminal import start_cache
start_cache.begin()
import place
start_cache.end()
import dataclasses, re._compiler
print(type(place.__loader__).__name__, place.Place("Актау", 2), bool(place.WORD.fullmatch("Порт")))
left = [each for each in sys.meta_path if isinstance(each, start_cache.StartCache)]
print(left, "exec" in vars(dataclasses), re._compiler.compile.__module__)
start_cache.write()
"""
MODULE = '''
import re
from dataclasses import dataclass

WORD = re.compile(r"(?P<first>[А-Я])[а-я]*", re.IGNORECASE)

@dataclass(frozen=True, slots=True)
class Place:
    """A place."""
    name: str
    count: int = 1
'''
UNCHANGED = "[] False re._compiler"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "place.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def run(folder: Path, **variables: str) -> list[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    env |= {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"} | variables
    command = [sys.executable, str(folder / "script.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def cached(folder: Path) -> Path:
    (file,) = (folder / "cache" / "zametka").iterdir()
    return file


def test_the_second_start_finds_its_modules_in_the_cache(folder: Path) -> None:
    usual = ["SourceFileLoader Place(name='Актау', count=2) True", UNCHANGED]
    assert run(folder) == usual
    assert cached(folder).stat().st_mode & 0o777 == 0o600
    assert run(folder) == ["_Loader Place(name='Актау', count=2) True", UNCHANGED]


def test_a_module_that_has_changed_is_read_anew(folder: Path) -> None:
    run(folder)
    (folder / "place.py").write_text(MODULE.replace("А-Я", "A-Z0-9"), encoding="utf-8")
    assert run(folder)[0] == "SourceFileLoader Place(name='Актау', count=2) False"
    assert run(folder)[0] == "_Loader Place(name='Актау', count=2) False"


def test_a_file_that_others_may_write_is_not_used(folder: Path) -> None:
    run(folder)
    cached(folder).chmod(0o620)
    assert run(folder)[0].startswith("SourceFileLoader")


@pytest.mark.parametrize("size", [0, 4, 8, 100, -10])
def test_a_damaged_file_is_written_anew(folder: Path, size: int) -> None:
    run(folder)
    whole = cached(folder).read_bytes()
    cached(folder).write_bytes(whole[:size])
    assert run(folder)[0].startswith("SourceFileLoader")
    assert run(folder)[0].startswith("_Loader")


def test_another_path_has_other_modules(folder: Path) -> None:
    run(folder)
    assert run(folder, PYTHONPATH=f"{ROOT}:{folder / 'cache'}")[0].startswith("SourceFileLoader")


def test_switched_off_nothing_is_kept(folder: Path) -> None:
    run(folder, ZAMETKA_START_CACHE="0")
    assert not (folder / "cache").exists()
