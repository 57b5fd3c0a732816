"""Who has an article open is seen by others, and dead programs are not."""

import fcntl
import os
import pwd
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.library import Library
from store.sharing.presence import CHECK, FOLDER, Presence, Reader

ROOT = Path(__file__).parents[1]
ME = Reader(pwd.getpwuid(os.geteuid()).pw_name, is_me=True)
ENTER = """
import sys, time
from pathlib import Path
from store.sharing.presence import Presence
presence = Presence(Path(sys.argv[1]), sys.argv[2])
presence.enter()
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Library.create(tmp_path / "library").path


def entered(path: Path, article: str) -> Presence:
    presence = Presence(path, article)
    presence.enter()
    return presence


def settled(presence: Presence) -> Presence:
    """A presence that has looked so often that it knows that nothing is new."""
    now = time.monotonic()
    while presence.is_due(now):
        presence.others()
        now = time.monotonic()
    return presence


def test_who_comes_is_seen_in_their_article_alone_and_who_leaves_is_not(path: Path) -> None:
    mine, theirs, elsewhere = (entered(path, name) for name in ("one", "one", "../two"))
    assert mine.others() == theirs.others() == (ME,)
    assert elsewhere.others() == ()
    theirs.leave()
    assert mine.others() == ()


def test_one_look_says_whether_somebody_came_or_went(path: Path) -> None:
    mine = settled(entered(path, "one"))
    theirs = entered(path, "one")
    assert mine.is_due(time.monotonic())
    settled(mine)
    theirs.leave()
    assert mine.is_due(time.monotonic())


def test_those_who_are_there_are_looked_after_now_and_then(path: Path) -> None:
    mine = entered(path, "one")
    settled(mine)
    assert not mine.is_due(time.monotonic() + CHECK), "nobody is there"
    entered(path, "one")
    settled(mine)
    assert not mine.is_due(time.monotonic())
    assert mine.is_due(time.monotonic() + CHECK)


def test_a_killed_program_is_gone_and_its_file_is_removed(path: Path) -> None:
    mine = entered(path, "one")
    with subprocess.Popen(
        [sys.executable, "-c", ENTER, str(path), "one"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == b"in\n"
        assert mine.others() == (ME,)
        program.kill()
        program.wait()
    assert len(list((path / FOLDER).iterdir())) == 2
    assert mine.others() == ()
    assert len(list((path / FOLDER).iterdir())) == 1


def test_who_enters_tidies_up_in_every_article(path: Path) -> None:
    one = entered(path, "one")
    dead = path / FOLDER / f"{'0' * 32}-{'1' * 16}"
    newborn, old = dead.with_name(f".{dead.name}"), dead.with_name(f".{dead.name[:-1]}2")
    future = dead.with_name(f".{dead.name[:-1]}3")
    for each in (dead, newborn, old, future):
        each.touch()
    os.utime(old, (0, 0))
    os.utime(future, (2**32, 2**32))
    two = entered(path, "two")
    assert not dead.exists()
    assert newborn.exists(), "it may be locked in a moment"
    assert not old.exists()
    assert not future.exists(), "the clock has gone backwards since"
    assert (one.others(), two.others()) == ((), ())


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o2770, 0o660)])
def test_a_shared_library_is_the_groups_whatever_the_umask(
    path: Path, folder: int, file: int
) -> None:
    path.chmod(folder)
    old = os.umask(0o077)
    try:
        entered(path, "one")
    finally:
        os.umask(old)
    present = path / FOLDER
    assert stat.S_IMODE(present.stat().st_mode) == folder
    assert [stat.S_IMODE(each.stat().st_mode) for each in present.iterdir()] == [file]


def test_what_is_no_presence_is_passed_over_and_left_alone(path: Path) -> None:
    mine = entered(path, "one")
    (own,) = (path / FOLDER).iterdir()
    other = own.with_name(own.name[:-16] + "0" * 16)
    link, pipe = other.with_name(other.name[:-1] + "1"), other.with_name(other.name[:-1] + "2")
    link.symlink_to(own)
    os.mkfifo(pipe)
    strange = own.with_name("\x1b[2J")
    strange.touch()
    assert mine.others() == ()
    assert {each for each in (link, pipe, strange) if each.is_symlink() or each.exists()} == {
        link, pipe, strange,
    }  # fmt: skip


def test_where_nothing_can_be_written_or_locked_nobody_is_seen(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path / FOLDER).touch()  # no folder can be made: as on a read-only disk
    mine = entered(path, "one")
    assert (mine.others(), entered(path, "one").others()) == ((), ())
    mine.leave()
    (path / FOLDER).unlink()

    def refuse(*_: object) -> bytes:
        raise OSError(37, "No locks available")

    with monkeypatch.context() as without:
        without.setattr("store.sharing.presence.fcntl.fcntl", refuse)
        mine = entered(path, "one")
        assert mine.others() == ()
    assert list((path / FOLDER).iterdir()) == [], "an unlocked file would be taken for a dead one"


def test_leaving_before_having_entered_leaves_nothing(path: Path) -> None:
    presence = Presence(path, "one")
    presence.leave()
    presence.enter()
    assert not (path / FOLDER).exists()


def test_who_is_there_keeps_no_file_open_for_writing(path: Path) -> None:
    """A disk on which one is cannot be made read-only."""
    mine = entered(path, "one")
    descriptor = mine._descriptor
    assert descriptor is not None
    assert fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
    assert settled(Presence(path, "one")).others() == (ME,)
    mine.leave()
