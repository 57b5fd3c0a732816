"""The last screen's picture stands for the next start, and only where it is the right one."""

import os
import signal
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from store.library import Library
from tests.terminal import Terminal
from tui.terminal import picture

ROWS: picture.Rows = [[("1;31", "Порт"), ("", " Актау")], [("", "第二 ")], []]
SIZE = (10, 3)
PAINTED = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
PROGRAM = [sys.executable, "-c", "from tui.cli import main; main()"]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a picture of the article «harbour» of the library «news»."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "place.json").write_text("{}")
    picture.keep("news", "harbour", ROWS, SIZE, [tmp_path / "place.json", tmp_path / "none.toml"])
    return Path(picture.place_of("news"))


def test_what_is_kept_is_read_back(kept: Path) -> None:
    assert picture.read("news", None, SIZE) == ROWS
    assert picture.read("news", "harbour", SIZE) == ROWS


def test_it_is_ours_alone(kept: Path) -> None:
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_it_lies_where_the_rest_of_the_state_lies(kept: Path) -> None:
    from store.person.personal import state_folder

    assert kept.parent == state_folder()


def test_it_is_not_painted_for_anything_else(kept: Path) -> None:
    assert picture.read("olds", None, SIZE) is None
    assert picture.read("news", "school", SIZE) is None
    assert picture.read("news", None, (11, 3)) is None
    assert picture.read("news", None, (10, 4)) is None


@pytest.mark.parametrize("name", ["TERM", "NO_COLOR", "LANG", "ZAMETKA_SETTINGS"])
def test_it_is_not_painted_under_other_circumstances(
    kept: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "something else")
    assert picture.read("news", None, SIZE) is None


def test_it_is_not_painted_when_the_place_or_the_settings_are_others(
    kept: Path, tmp_path: Path
) -> None:
    (tmp_path / "none.toml").write_text("theme = 'light'")
    assert picture.read("news", None, SIZE) is None
    (tmp_path / "none.toml").unlink()
    assert picture.read("news", None, SIZE) == ROWS
    (tmp_path / "place.json").write_text("[]")
    assert picture.read("news", None, SIZE) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace("Порт", "\x1b]0;title\x07"),
        lambda data: data.replace("Порт", "\x9b2J"),
        lambda data: data.replace("Порт", "а\u202eб"),
        lambda data: data.replace("Порт", "а\rб"),
        lambda data: data.replace("Порт", "а" * 100),
        lambda data: data.replace("1;31", "1;31mA\x1b[2J"),
        lambda data: data.replace("1;31", "?1049l"),
        lambda data: data + "\n\x1f",
        lambda data: data.replace("\x1fПорт", ""),
        lambda data: data[:40],
        lambda data: "",
    ],
)
def test_what_a_picture_does_not_have_is_never_painted(
    kept: Path, change: Callable[[str], str]
) -> None:
    data = kept.read_text(encoding="utf-8")
    changed = change(data)
    assert changed != data
    kept.write_text(changed, encoding="utf-8")
    assert picture.read("news", None, SIZE) is None


def test_a_file_that_others_may_write_is_not_read(kept: Path) -> None:
    kept.chmod(0o660)
    assert picture.read("news", None, SIZE) is None


def test_a_link_is_not_followed(kept: Path) -> None:
    moved = kept.rename(kept.with_suffix(".moved"))
    kept.symlink_to(moved)
    assert picture.read("news", None, SIZE) is None


def test_only_its_own_sequences_are_sent() -> None:
    assert picture.output([[("31", "а")], []]) == (
        "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J\x1b[1;1H\x1b[0;31mа\x1b[2;1H\x1b[m\x1b[?7h"
    )


# in a terminal


@pytest.fixture
def env(library: Library, tmp_path: Path) -> Mapping[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ZAMETKA_LIBRARY": str(library.path),
    }


def leave_an_article_open(env: Mapping[str, str]) -> None:
    with Terminal(PROGRAM, env) as terminal:
        terminal.wait_for("of 2 articles")
        terminal.press("\r")
        terminal.wait_for("1 PER 2 ORG")
        terminal.press("\x11")  # Ctrl+Q
        assert terminal.wait_for_end() == 0
        assert not terminal.received.startswith(PAINTED)


def test_the_next_start_paints_it_and_no_key_is_lost(
    library: Library, env: Mapping[str, str]
) -> None:
    leave_an_article_open(env)
    with Terminal(PROGRAM, env) as terminal:
        terminal.wait_for("1 PER 2 ORG")
        assert terminal.received.startswith(PAINTED)
        terminal.press("\ta")
        terminal.wait_for("saved: accepted LOC «Актау»")
        assert terminal.received.count(b"\x1b[?1049h") == 1
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
        assert terminal.received.rindex(b"\x1b[?1049l") > terminal.received.index(PAINTED)


def test_it_is_taken_away_where_the_screen_cannot_come(
    library: Library, env: Mapping[str, str]
) -> None:
    leave_an_article_open(env)
    for folder in sorted(library.path.rglob("*"), reverse=True):
        if folder.name != "library.json":
            folder.rmdir() if folder.is_dir() else folder.unlink()
    (library.path / "library.json").chmod(0o000)
    if os.access(library.path / "library.json", os.R_OK):  # root reads everything
        stat = (library.path / "library.json").stat()
        (library.path / "library.json").write_bytes(b"?" * stat.st_size)
        os.utime(library.path / "library.json", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with Terminal(PROGRAM, env) as terminal:
        assert terminal.wait_for_end() == 2
        assert terminal.received.startswith(PAINTED)
        after = bytes(terminal.received).rpartition(b"\x1b[?1049l")[2]
        assert after.startswith(b"\x1b[?25h")
        assert b"zametka: " in after


def test_switched_off_it_is_neither_painted_nor_kept(
    library: Library, env: Mapping[str, str], tmp_path: Path
) -> None:
    leave_an_article_open(env)
    state = tmp_path / ".local/state/zametka"
    assert len([*state.glob("*.screen")]) == 1
    with Terminal(PROGRAM, {**env, "ZAMETKA_PICTURE": "0"}) as terminal:
        terminal.wait_for("1 PER 2 ORG")
        assert not terminal.received.startswith(PAINTED)
        terminal.press("\x11")
        assert terminal.wait_for_end() == 0
    assert [*state.glob("*.screen")] == []


ENDED = """
import os, signal
from tui.terminal import picture
picture.keep("news", "", [[("", "Порт")], *[[]] * 23], (80, 24), [])
try:
    picture.paint("news", None)
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pause()
finally:
    picture.take_away()
"""


def test_a_request_to_end_before_the_screen_is_there_leaves_the_terminal_as_it_was(
    env: Mapping[str, str],
) -> None:
    with Terminal([sys.executable, "-c", ENDED], env) as terminal:
        before = termios.tcgetattr(terminal._fd)
        assert terminal.wait_for_end() == 128 + signal.SIGTERM
        assert terminal.received.startswith(PAINTED)
        assert terminal.received.endswith(b"\x1b[?1049l\x1b[?25h")
        assert termios.tcgetattr(terminal._fd) == before
