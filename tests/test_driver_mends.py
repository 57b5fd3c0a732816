"""Textual's driver, mended: it waits for no terminal and understands garbage as nothing."""

import io
import threading
from collections.abc import Iterator

import pytest
from textual.drivers import linux_driver
from textual.events import Key
from textual.message import Message

from tui.terminal import driver_mends
from tui.terminal.driver_mends import ForgivingParser, PatientWriter


class Stuck(io.StringIO):
    """A terminal that reads nothing until it is told to, or goes away."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = threading.Event()
        self.goes_away = False

    def write(self, text: str) -> int:
        self.reads.wait()
        if self.goes_away:
            raise OSError(5, "Input/output error")
        return super().write(text)


@pytest.fixture
def terminal() -> Iterator[Stuck]:
    stuck = Stuck()
    yield stuck
    stuck.reads.set()


def test_nobody_waits_for_a_terminal_that_reads_nothing(terminal: Stuck) -> None:
    writer = PatientWriter(terminal)
    writer.start()
    for number in range(1000):
        writer.write(f"{number} ")
    assert writer.backlog >= 999
    assert driver_mends.is_writing()
    terminal.reads.set()
    writer.stop()
    writer.join()
    assert terminal.getvalue().split() == [str(number) for number in range(1000)]


def test_the_writer_ends_with_its_terminal(terminal: Stuck) -> None:
    writer = PatientWriter(terminal)
    writer.start()
    writer.write("lost")
    terminal.goes_away = True
    terminal.reads.set()
    writer.join()
    writer.write("lost too")
    writer.stop()
    assert terminal.getvalue() == ""


def keys(sequence: str) -> list[str]:
    found: list[Message] = list(ForgivingParser().feed(sequence))
    return [each.key for each in found if isinstance(each, Key)]


@pytest.mark.parametrize(
    "sequence",
    ["\x1b[1114112u", "\x1b[55296;1;55296u", "\x1b[99999999999;1u", "\x1b[97;1;99999999u"],
)
def test_a_number_that_is_no_character_is_no_key(sequence: str) -> None:
    assert keys(sequence + "a") == ["a"]


def test_a_key_stays_what_it_is() -> None:
    assert keys("a\x1b[1092u\x1b[A") == ["a", "ф", "up"]


def test_bytes_that_are_no_text_are_shown_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WriterThread", "XTermParser", "getincrementaldecoder"):
        monkeypatch.setattr(linux_driver, name, getattr(linux_driver, name))
    driver_mends.mend()
    decode = linux_driver.getincrementaldecoder("utf-8")().decode  # type: ignore[attr-defined]
    assert decode(b"a\xffb") == "a\ufffdb"
    assert decode("ф".encode()[:1]) == ""
    assert decode("ф".encode()[1:]) == "ф"
