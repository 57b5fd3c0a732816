"""How the program behaves when its terminal, a shell or the system does what it must not."""

import os
import pty
import random
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from annotations.articles import make_article
from annotations.model import Document
from store import locks, root
from store.article.recovery import key_of
from store.library import Library
from tests.screen.conftest import harbour
from tests.screen.test_terminal import PROGRAM, env  # noqa: F401 - a fixture
from tests.terminal import Terminal

ARTICLE = [*PROGRAM, "browse", "harbour"]
SHOWN = "Директор порта"  # what an article's first screen shows
LEAVE_DIALOG = "\x1b[27u"  # Escape, unmistakable


@contextmanager
def held(library: Library, article: str = "harbour") -> Iterator[None]:
    """Nobody else can save the article."""
    with locks.exclusive(root.locks(library.path), locks.offset_of(key_of(article)), 0o600):
        yield


def accepted(library: Library, article: str = "harbour") -> list[str]:
    document = library.document(article)
    return [document.text_of(each) for each in document.annotations if each.status == "accepted"]


def nothing_broke(terminal: Terminal) -> None:
    assert b"Traceback" not in terminal.received
    assert b"Error" not in terminal.received


@pytest.fixture
def env_(env: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:  # noqa: F811
    """The environment, with the state of the test."""
    return {**env, "XDG_STATE_HOME": os.environ["XDG_STATE_HOME"]}


# signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_save_that_is_under_way_is_finished_before_the_program_ends(
    library: Library, env_: Mapping[str, str], number: signal.Signals
) -> None:
    with Terminal(ARTICLE, env_) as terminal:
        terminal.wait_for(SHOWN)
        with held(library):
            terminal.press("\ta")
            terminal.wait_for("waiting: another")
            os.kill(terminal.pid, number)
            terminal.wait_for_output(b"\x1b[?1049l")
            assert accepted(library) == []
        assert terminal.wait_for_end() == 128 + number
        nothing_broke(terminal)
    assert accepted(library) == ["Актау"]


def test_a_terminal_that_goes_away_during_a_save_loses_nothing(
    library: Library, env_: Mapping[str, str]
) -> None:
    with Terminal(ARTICLE, env_) as terminal:
        terminal.wait_for(SHOWN)
        with held(library):
            terminal.press("\ta")
            terminal.wait_for("waiting: another")
            terminal.hang_up()
            terminal.wait_until_idle()
        terminal.wait_for_end_unread()
    assert accepted(library) == ["Актау"]


def test_a_program_that_ignores_hang_ups_ends_with_its_terminal(
    library: Library, env_: Mapping[str, str]
) -> None:
    """`nohup`: nothing else tells it, and it must not spin."""
    nohup = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", *ARTICLE]
    with Terminal(nohup, env_) as terminal:
        terminal.wait_for(SHOWN)
        terminal.press("\ta")
        terminal.wait_for("saved: accepted")
        terminal.hang_up()
        assert terminal.wait_for_end_unread() > 0
    assert accepted(library) == ["Актау"]


def test_ctrl_z_gives_the_shell_its_screen_and_fg_takes_it_again(
    library: Library, env_: Mapping[str, str]
) -> None:
    script = 'set -m; "$@"; echo "stopped"; read answer; fg >/dev/null; echo "over $?"'
    with Terminal(["/bin/bash", "-c", script, "bash", *ARTICLE], env_) as terminal:
        terminal.wait_for(SHOWN)
        terminal.press("\x1a")
        terminal.wait_for("stopped")
        left = terminal.received.rindex(b"\x1b[?1049l")
        assert left > terminal.received.rindex(b"\x1b[?1049h"), "the shell has its screen"
        terminal.press("\n")
        terminal.wait_for(SHOWN)
        terminal.press("\ta")
        terminal.wait_for("saved: accepted")
        terminal.press("q")
        terminal.wait_for("of 2 articles")
        terminal.press("q")
        terminal.wait_for("over 0")
        terminal.wait_for_end()
        nothing_broke(terminal)
    assert accepted(library) == ["Актау"]


# windows


@pytest.mark.xfail(
    strict=False,
    raises=AssertionError,
    reason="after a hundred resizes in a row the screen may keep an older size, and hear no more",
)
def test_a_storm_of_resizes_between_keys(library: Library, env_: Mapping[str, str]) -> None:
    sizes = random.Random(5)
    keys = ["\x1b[C", "\x1b[B", "\t", "f", "f", "p", "p", "?", LEAVE_DIALOG, "G", "g"]
    with Terminal(ARTICLE, env_) as terminal:
        terminal.wait_for(SHOWN)
        for number in range(100):
            terminal.resize(sizes.randint(1, 300), sizes.randint(1, 100))
            terminal.press(keys[number % len(keys)])
            terminal.take()
        terminal.resize(80, 24)
        terminal.press(LEAVE_DIALOG + "g\ta")
        terminal.wait_for("saved: accepted")
        terminal.wait_for(SHOWN)
        nothing_broke(terminal)
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    assert accepted(library) == ["Актау"]


def test_a_window_that_was_smaller_for_a_moment_is_drawn_anew(
    library: Library, env_: Mapping[str, str]
) -> None:
    """The program only learns that its size is what it was; what was cut off is gone."""
    with Terminal(ARTICLE, env_) as terminal:
        terminal.wait_for("q Back")
        terminal.wait_until_idle()
        os.kill(terminal.pid, signal.SIGSTOP)
        terminal.resize(10, 3)
        terminal.resize(80, 24)
        assert SHOWN not in terminal.text()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for(SHOWN)
        terminal.wait_for("q Back")


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (1, 1), (2, 2), (300, 1), (1, 100)])
def test_every_dialog_opens_and_closes_in_a_window_of_any_size(
    library: Library, env_: Mapping[str, str], columns: int, rows: int
) -> None:
    with Terminal(ARTICLE, env_, columns=columns, rows=rows) as terminal:
        terminal.wait_until_idle()
        terminal.take()
        for key in ("\t", "v", "m", "c", "/", "A", "?", "f", "p", "i", "h"):
            terminal.press(key)
            terminal.press(LEAVE_DIALOG)
            terminal.take()
        terminal.resize(80, 24)
        terminal.wait_for("Порт Актау")
        nothing_broke(terminal)
        terminal.press("qq")
        assert terminal.wait_for_end() == 0


# terminals


@pytest.mark.parametrize("missing", ["stdin", "stderr"])
def test_without_a_terminal_at_one_end_a_sentence_says_so(
    env_: Mapping[str, str], missing: str
) -> None:
    master, slave = pty.openpty()
    try:
        done = subprocess.run(
            PROGRAM,
            env=dict(env_),
            stdin=subprocess.DEVNULL if missing == "stdin" else slave,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if missing == "stderr" else slave,
            check=False,
        )
        os.set_blocking(master, False)
        said = done.stderr if missing == "stderr" else os.read(master, 65536)
    finally:
        os.close(slave)
        os.close(master)
    assert done.returncode == 2
    assert b"needs a terminal" in said
    assert b"Traceback" not in said


def test_standard_output_may_be_a_pipe(library: Library, env_: Mapping[str, str]) -> None:
    """The screen is drawn on standard error."""
    with Terminal(["/bin/sh", "-c", '"$@" | cat', "sh", *ARTICLE], env_) as terminal:
        terminal.wait_for(SHOWN)
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
        nothing_broke(terminal)


GARBAGE = [
    b"\x1b[?1;2c\x1b[>0;276;0c\x1b[?2026;9$y\x1b[?2026;99999999999999999999$y\x1b[?2026$y",
    b"\x1b]11;rgb:zzzz/0/\x07\x1b]10;?\x1b\\\x1bP>|term\x1b\\\x1bP\x1b\\\x1b_G\x1b\\",
    b"\x1b[<0;99999;99999M\x1b[<;;M\x1b[M\xff\xff\xff\x1b[<35;1;1m\x1b[<999;0;0M",
    b"\x1b[48;0;0;0;0t\x1b[48;-1;x;;t\x1b[8;;t\x1b[?2048;1$y\x1b[48;24;80;480;800t",
    b"\xff\xfe\xc3\x28\xed\xa0\x80\xf5\x80\x80\x80\x80",
    b"\x1b[99999999;9999999;99999u\x1b[0u\x1b[;u\x1b[?31u\x1b[1114112u\x1b[55296;1;55296u",
    b"\x1b[I\x1b[O\x1b[1;1R\x1b[;R\x1b[?6c\x1b[4;0;0t\x1b[201~\x1b[200~",
    b"\x1b[200~\x00\x1b\x1b[\x1b]\xff\x1b[201~",
    bytes(byte for byte in range(128, 256)),
]


def test_a_terminal_that_answers_garbage(library: Library, env_: Mapping[str, str]) -> None:
    with Terminal(ARTICLE, env_) as terminal:
        terminal.wait_for(SHOWN)
        for answer in GARBAGE:
            terminal.press(answer + b"\x1b[201~")
            terminal.take()
        terminal.wait_until_idle()
        terminal.take()
        nothing_broke(terminal)
        terminal.press(LEAVE_DIALOG * 3)
        terminal.resize(81, 24)
        terminal.press("g\t")
        terminal.wait_for("LOC Актау")
        terminal.press("a")
        terminal.wait_for("saved: accepted")
        terminal.press("qq")
        assert terminal.wait_for_end() == 0


PAGES = "\x1b[6~" * 60  # half a megabyte for the terminal


@pytest.fixture
def long_(library: Library) -> Sequence[str]:
    """A long article, whose pages are large; the command that opens it."""
    text = (
        harbour().article.text + "\n\nНовый причал построят к концу года, а за ним второй." * 3000
    )
    found = harbour().annotations
    library.add(Document(make_article(text, id="long", published="2025-10-03"), found))
    return [*PROGRAM, "browse", "long"]


def test_a_terminal_that_stops_reading_and_comes_back(
    library: Library, long_: Sequence[str], env_: Mapping[str, str]
) -> None:
    with Terminal(long_, env_, columns=100, rows=60) as terminal:
        terminal.wait_for(SHOWN)
        terminal.fill(PAGES)
        terminal.press("g\ta")
        terminal.wait_for("saved: accepted")
        terminal.wait_for(SHOWN)
        nothing_broke(terminal)
        terminal.press("qq")
        assert terminal.wait_for_end() == 0
    assert accepted(library, "long") == ["Актау"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_while_the_terminal_does_not_read(
    library: Library, long_: Sequence[str], env_: Mapping[str, str], number: signal.Signals
) -> None:
    with Terminal(long_, env_, columns=100, rows=60) as terminal:
        terminal.wait_for(SHOWN)
        terminal.press("\ta")
        terminal.wait_for("saved: accepted")
        terminal.fill(PAGES)
        os.kill(terminal.pid, number)
        assert terminal.wait_for_end_unread() == 128 + number
    assert accepted(library, "long") == ["Актау"]


def test_a_terminal_that_stops_reading_and_goes_away(
    long_: Sequence[str], env_: Mapping[str, str]
) -> None:
    with Terminal(long_, env_, columns=100, rows=60) as terminal:
        terminal.wait_for(SHOWN)
        terminal.fill(PAGES)
        terminal.hang_up()
        terminal.wait_for_end_unread()


def test_nobody_is_left_in_the_article_of_a_program_that_was_killed(
    library: Library, env_: Mapping[str, str]
) -> None:
    with Terminal(ARTICLE, env_) as one, Terminal(ARTICLE, env_) as other:
        one.wait_for("you in another window")
        other.wait_for("you in another window")
        os.kill(other.pid, signal.SIGKILL)
        assert other.wait_for_end() == -signal.SIGKILL
        one.wait_for(lambda text: "another window" not in text)
        one.press("qq")
        assert one.wait_for_end() == 0
        nothing_broke(one)


def test_two_windows_show_each_others_edits(library: Library, env_: Mapping[str, str]) -> None:
    with Terminal(ARTICLE, env_) as one, Terminal(ARTICLE, env_) as other:
        one.wait_for(SHOWN)
        other.wait_for(SHOWN)
        one.press("\ta")
        one.wait_for("saved: accepted LOC «Актау»")
        other.wait_for("you, in another window, accepted LOC «Актау»")
