"""The start's cache gives what Python would have found itself, and nothing that is out of date."""

import os
import random
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


# what is the case before the start, and at its end
BEFORE, AT_THE_END = "from tui.terminal import start_cache", "start_cache.write()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "place.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str, **variables: str) -> list[str]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    env |= {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONDONTWRITEBYTECODE": "1"} | variables
    command = [sys.executable, *options, str(folder / "script.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def change(folder: Path, place: str, by: str) -> None:
    """Do something else at a place of the script."""
    assert SCRIPT.count(place) == 1
    (folder / "script.py").write_text(SCRIPT.replace(place, by), encoding="utf-8")


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


def test_a_byte_of_the_file_that_has_changed_does_no_harm(folder: Path) -> None:
    """Some of the code of a module that has not its own checksum would be run as it is."""
    usual = run(folder)[0].removeprefix("SourceFileLoader")
    whole = cached(folder).read_bytes()
    at = whole.index(b"A place.")  # the code of the module lies around it
    changed = random.Random(1)
    for _ in range(8):
        data = bytearray(whole)
        data[at + changed.randrange(-120, 120)] ^= 1 << changed.randrange(8)
        cached(folder).write_bytes(data)
        assert run(folder)[0] == f"SourceFileLoader{usual}"
    data = bytearray(whole)
    data[40] ^= 1  # in the head
    cached(folder).write_bytes(data)
    assert run(folder)[0] == f"SourceFileLoader{usual}"


def test_what_was_compiled_without_its_texts_is_not_used_by_a_python_that_wants_them(
    folder: Path,
) -> None:
    change(folder, BEFORE, f"{BEFORE}\nimport atexit\natexit.register(lambda: print(MADE.__doc__))")
    text = (folder / "script.py").read_text(encoding="utf-8")
    (folder / "script.py").write_text(text.replace("print(left", "MADE = place.Place; print(left"))
    assert run(folder, "-OO")[-1] != "A place."
    assert run(folder)[-1] == "A place."


def test_a_module_that_was_broken_meanwhile_does_not_end_the_program(folder: Path) -> None:
    change(folder, AT_THE_END, f"open(place.__file__, 'w').write('def (')\n{AT_THE_END}")
    assert len(run(folder)) == 2
    assert list((folder / "cache" / "zametka").iterdir()) == []


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("sys.version_info = (3, 99)", id="an unknown Python"),
        pytest.param("import os; os.getuid = lambda: 12345", id="the folder of somebody else"),
        pytest.param("import os; os.environ['XDG_CACHE_HOME'] = 'cache'", id="no certain folder"),
    ],
)
def test_nothing_is_kept_where_it_could_be_wrong(folder: Path, before: str) -> None:
    change(folder, BEFORE, f"{before}\n{BEFORE}")
    assert run(folder)[1] == UNCHANGED
    assert not (folder / "cache").exists()
    assert not Path("cache").exists()


def test_a_name_that_is_no_text_is_no_hindrance(folder: Path) -> None:
    change(folder, BEFORE, f"sys.prefix = '/caf\\udce9'\n{BEFORE}")
    run(folder)
    assert run(folder)[0].startswith("_Loader")


def test_another_thread_that_imports_at_the_end_finds_its_module(folder: Path) -> None:
    """It has the finders' list before it, and goes on to the next one."""
    change(
        folder,
        "start_cache.end()",
        "finders = iter(sys.meta_path)\n"
        "next(each for each in finders if isinstance(each, start_cache.StartCache))\n"
        "start_cache.end()\n"
        "assert next(finders).__name__ == 'PathFinder'",
    )
    assert len(run(folder)) == 2
