"""Faults of Textual's Linux driver, mended.  A hack around Textual, fenced in here.

Textual 8 writes to the terminal in a thread behind a queue of 30: while a terminal reads
nothing, the 31st write blocks the whole program, signals too, for ever.  And one byte that is
not UTF-8, or a number that is no character, ends the program with a traceback: both come from
lines that drop bytes.
"""

import threading
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from queue import Queue
from typing import IO

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.events import Key
from textual.keys import Keys
from textual.message import Message

LAST_WORD = 0.5  # seconds that the end of the program waits for the terminal to read
_NAME = "textual-output"


class PatientWriter(WriterThread):
    """Writes in a thread; nobody waits for it, and it ends with its terminal."""

    def __init__(self, file: IO[str]) -> None:
        super().__init__(file)
        self.name = _NAME
        self._queue: Queue[str | None] = Queue()  # whoever draws looks at `backlog` first

    def run(self) -> None:
        with suppress(OSError):  # the terminal has gone
            super().run()

    def stop(self) -> None:
        self._queue.put(None)
        self.join(LAST_WORD)

    @property
    def backlog(self) -> int:
        """Writes that wait."""
        return self._queue.qsize()


def backlog(driver: Driver | None) -> int:
    """How many writes wait for the terminal to read."""
    writer = getattr(driver, "_writer_thread", None)
    return writer.backlog if isinstance(writer, PatientWriter) else 0


def is_writing() -> bool:
    """Whether a thread is still stuck in writing to a terminal that reads nothing."""
    return any(thread.name == _NAME for thread in threading.enumerate())


def _forgiving(encoding: str) -> Callable[[], IncrementalDecoder]:
    """A decoder that shows what it cannot read as �."""
    return partial(getincrementaldecoder(encoding), "replace")


class ForgivingParser(XTermParser):
    """Passes over sequences that stand for no key and no place of the mouse."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt=alt))
        except (ValueError, ArithmeticError):
            return [Key(Keys.Ignore, None)]
        return [Key(Keys.Ignore, None) if _is_no_text(each.character) else each for each in keys]

    def parse_mouse_code(self, code: str) -> Message | None:
        try:
            return super().parse_mouse_code(code)
        except (ValueError, ArithmeticError):
            return None


def _is_no_text(character: str | None) -> bool:
    """Whether it is half a character, which nothing can write."""
    return character is not None and any("\ud800" <= each <= "\udfff" for each in character)


def mend() -> None:
    """Let the driver use these."""
    mended = {
        "WriterThread": PatientWriter,
        "XTermParser": ForgivingParser,
        "getincrementaldecoder": _forgiving,
    }
    for name, ours in mended.items():
        if hasattr(linux_driver, name):
            setattr(linux_driver, name, ours)
