"""Locks of the store: one byte of one file an article."""

import fcntl
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store import locks
from store.errors import CannotWrite

ROOT = Path(__file__).parents[1]
PROGRAM = Path(__file__).with_name("store_program.py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "locks"


def is_free(path: Path, offset: int, kind: int = fcntl.F_WRLCK) -> bool:
    """Whether a lock of the kind could be had at once."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        fcntl.fcntl(
            descriptor, fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, offset, 1, 0)
        )
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def test_an_exclusive_lock_shuts_out_everybody_from_its_byte_alone(path: Path) -> None:
    with locks.exclusive(path, 7, 0o600):
        assert not is_free(path, 7)
        assert not is_free(path, 7, fcntl.F_RDLCK)
        assert is_free(path, 6)
        assert is_free(path, 8)
    assert is_free(path, 7)


def test_a_shared_lock_shuts_out_writers_alone(path: Path) -> None:
    path.touch()
    with locks.shared(path, 7), locks.shared(path, 7):
        assert is_free(path, 7, fcntl.F_RDLCK)
        assert not is_free(path, 7)
    assert is_free(path, 7)


def test_a_lock_is_given_back_on_an_error(path: Path) -> None:
    with pytest.raises(KeyError), locks.exclusive(path, 7, 0o600):
        raise KeyError
    with pytest.raises(KeyError), locks.shared(path, 7):
        raise KeyError
    assert is_free(path, 7)


@pytest.mark.parametrize("key", ["0" * 32, "f" * 32, "0123456789abcdef" * 2])
def test_every_key_has_a_byte_that_can_be_locked(path: Path, key: str) -> None:
    with locks.exclusive(path, locks.offset_of(key), 0o600):
        assert not is_free(path, locks.offset_of(key))


def test_the_lock_file_stays_and_is_as_it_was_made(path: Path) -> None:
    with locks.exclusive(path, 7, 0o660):
        pass
    inode = path.stat().st_ino
    with locks.exclusive(path, 8, 0o600):
        assert path.stat().st_mode & 0o777 == 0o660
    assert path.stat().st_ino == inode


def test_threads_of_one_process_exclude_each_other(path: Path, tmp_path: Path) -> None:
    """Each reads a number and writes the next: none is lost."""
    counter = tmp_path / "counter"
    counter.write_text("0")

    def count() -> None:
        for _ in range(100):
            with locks.exclusive(path, 7, 0o600):
                counter.write_text(str(int(counter.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.read_text() == "400"


def test_a_killed_process_leaves_no_lock(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "hold", str(path), "7"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        assert not is_free(path, 7)
        process.kill()
        process.wait()
    assert is_free(path, 7)


@pytest.mark.parametrize(
    ("number", "told"),
    [(22, "open-file-description.*local disk"), (37, "local disk"), (5, "try again")],
)
def test_where_there_are_no_such_locks_nothing_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    path.touch()
    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with pytest.raises(CannotWrite, match=told), locks.exclusive(path, 7, 0o600):
        pytest.fail("it went on without a lock")
    with locks.shared(path, 7):  # but it can be read
        pass


def test_reading_needs_no_lock_file(path: Path) -> None:
    with locks.shared(path, 7):
        assert not path.exists()


def test_who_has_to_wait_for_a_lock_is_told_so_before(path: Path) -> None:
    with locks.exclusive(path, 7, 0o600, pytest.fail):
        pass
    waits, got = threading.Event(), threading.Event()

    def second() -> None:
        with locks.exclusive(path, 7, 0o600, waits.set):
            got.set()

    thread = threading.Thread(target=second)
    with locks.exclusive(path, 7, 0o600):
        thread.start()
        assert waits.wait(60)
        assert not got.is_set()
    thread.join(60)
    assert got.is_set()


def test_a_reader_waits_for_a_writer_only_so_long_and_keeps_nobody_out_later(path: Path) -> None:
    with locks.exclusive(path, 7, 0o600), locks.shared(path, 7, patience=0.01):
        pass
    late = [each for each in threading.enumerate() if each.name == "zametka-lock"]
    for thread in late:
        thread.join(60)
    assert is_free(path, 7), "what it got too late it let go of"


def test_a_reader_with_patience_has_the_lock_once_the_writer_is_through(path: Path) -> None:
    reading, read = threading.Event(), threading.Event()

    def reader() -> None:
        with locks.shared(path, 7, patience=60):
            reading.set()
            read.wait(60)

    thread = threading.Thread(target=reader)
    with locks.exclusive(path, 7, 0o600):
        thread.start()
    assert reading.wait(60)
    assert not is_free(path, 7)
    read.set()
    thread.join(60)
    assert is_free(path, 7)
