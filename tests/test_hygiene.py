"""What holds for the whole code: lint, types, the direction of imports, sizes, what loads."""

import ast
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("annotations", "store", "tui")
LONGEST_MODULE = 330  # lines
LONGEST_FUNCTION = 45  # lines
HEAVY = ("numpy", "pymorphy3", "slovnet")


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return run(sys.executable, *arguments)


def installed(module: str) -> str:
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    return module


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("arguments", [("check",), ("format", "--check")], ids=" ".join)
def test_ruff_finds_nothing(arguments: tuple[str, ...]) -> None:
    result = python("-m", installed("ruff"), *arguments, ".")
    assert result.returncode == 0, result.stdout + result.stderr


def test_mypy_finds_nothing() -> None:
    result = python("-m", installed("mypy"))
    assert result.returncode == 0, result.stdout + result.stderr


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    result = run(str(linter))
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("imports", "never"),
    [
        ("store.library, annotations.wire", ("textual", "rich", *HEAVY)),
        ("store.intake", ("textual", "rich", "tinydb", *HEAVY)),
        ("tui.cli.found", ("click", "orjson", "platformdirs", "razdel", "rich", "tinydb", *HEAVY)),
        ("tui.cli, tui.terminal.picture", ("click", "rich", "textual", *HEAVY)),
        ("tui.cli.opening", ("click", "rich", "textual", *HEAVY)),
        ("tui.cli.commands", ("textual", *HEAVY)),
        ("tui.app", ("apsw", "annotations.query", "store.index", *HEAVY)),
        ("tui.app", ("store.copies", "store.log", "store.sharing.groups", "tui.screens.unsaved")),
    ],
)
def test_what_is_imported_loads_nothing_heavier(imports: str, never: tuple[str, ...]) -> None:
    program = f"import sys, {imports}; print(*sorted({set(never)} & set(sys.modules)))"
    result = python("-c", program)
    assert (result.returncode, result.stdout, result.stderr) == (0, "\n", "")


def test_every_module_can_be_imported_first() -> None:
    names = [
        *PACKAGES,
        *(
            found.name
            for package in PACKAGES
            for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
            if not found.name.endswith("__main__")
        ),
    ]
    assert len(names) > 30
    result = python("-c", _EACH_ALONE, *names)
    assert result.stdout == "", result.stdout
    assert result.returncode == 0, result.stderr


# A child for each module, of one parent that has the libraries loaded but nothing of ours.
_EACH_ALONE = """
import importlib, os, sys, traceback
import click, orjson, rich.cells, textual.app, tinydb
sys.path.insert(0, os.getcwd())
for name in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except BaseException:
            print(name, traceback.format_exc(), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_no_module_defers_its_annotations() -> None:
    deferred = [
        str(path.relative_to(ROOT))
        for path in (*modules(), *sorted((ROOT / "tests").rglob("*.py")))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "annotations" for alias in node.names)
    ]
    assert deferred == []


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert [
        f"{path.relative_to(ROOT)}: {length} lines"
        for path, length in lengths.items()
        if length > LONGEST_MODULE
    ] == []


def test_no_function_is_too_long() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    ] == []
