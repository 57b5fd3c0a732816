"""`zametka show`, as a user gives it."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library
from tests.screen.conftest import harbour

PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]


@pytest.fixture
def filled(tmp_path: Path) -> Library:
    library = Library.create(tmp_path / "library")
    library.add(harbour())
    return library


def show(library: Library, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*PROGRAM, "--library", str(library.path), "show", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def on_terminal(library: Library, **env: str) -> str:
    """What the command writes to a terminal of 80 columns."""
    master, slave = pty.openpty()
    command = [*PROGRAM, "--library", str(library.path), "show", "harbour"]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | env
    with subprocess.Popen(command, stdout=slave, env=environment) as process:
        os.close(slave)
        written = b""
        while True:
            try:
                read = os.read(master, 65536)
            except OSError:  # the other end is closed
                break
            if not read:
                break
            written += read
    os.close(master)
    assert process.returncode == 0
    return written.decode()


def test_it_goes_into_a_pipe_without_escape_sequences(filled: Library) -> None:
    done = show(filled, "harbour", "--width", "0")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "title: Порт Актау примет больше судов",
        "date: 2025-10-02",
        "source: Курьер",
        "annotations: 7 suggested",
    ]
    assert "Директор порта [PER?: Павел Орехов] встретился с [PER? Ольга Сабитова:" in lines[7]
    assert "\x1b" not in done.stdout


def test_lines_have_the_reading_width_or_the_one_that_is_asked_for(filled: Library) -> None:
    for arguments, width in (([], 88), (["--width", "30"], 30)):
        lines = show(filled, "harbour", *arguments).stdout.splitlines()
        assert max(map(len, lines[5:])) <= width


def test_a_terminal_gets_colours_unless_it_is_asked_not_to(filled: Library) -> None:
    assert "\x1b[4;96m2027 году\x1b[0m" in on_terminal(filled)
    plain = on_terminal(filled, NO_COLOR="1")
    assert "\x1b" not in plain
    assert "Павел Орехов" in plain


def test_an_article_that_is_not_there_is_a_sentence(filled: Library) -> None:
    done = show(filled, "nothing")
    assert done.returncode == 2
    assert "no article" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_loads_no_textual(filled: Library) -> None:
    command = (
        "import sys; from tui.cli.commands import commands; "
        f"commands.main(['--library', {str(filled.path)!r}, 'show', 'harbour'], "
        "standalone_mode=False); sys.exit('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
