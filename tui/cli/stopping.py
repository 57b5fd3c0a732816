"""Being stopped between two saves: by Ctrl+C, by SIGTERM, by a terminal that goes away."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from tui.cli.narration import say

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked for an end; `number` is the signal's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stop:
    """Raises Stopped at a signal: at once, but within `saving` once that is through."""

    def __init__(self) -> None:
        self._asked = 0
        self._is_saving = False
        self._is_raised = False

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Finish this first.  A second signal does not wait, for a disk that hangs."""
        self.check()
        self._is_saving = True
        try:
            yield
        finally:
            self._is_saving = False
        if self._asked and not self._is_raised:
            self._raise(self._asked)

    def check(self) -> None:
        """Raise where an end was asked for: Python drops what is raised in a finaliser."""
        if self._asked:
            self._raise(self._asked)

    def asked(self, number: int, _frame: FrameType | None = None) -> None:
        """The handler; once it has raised, nothing disturbs the clearing up."""
        if self._is_raised:
            return
        if self._is_saving and not self._asked:
            self._asked = number
        else:
            self._raise(number)

    def _raise(self, number: int) -> None:
        self._asked, self._is_raised = number, True
        raise Stopped(number)


@contextmanager
def stoppable(how_to_go_on: str) -> Iterator[Stop]:
    """Where Stopped is raised within: say how to go on, and end as the signal would have it.

    A signal that is ignored, as under nohup, stays so.
    """
    stop = Stop()
    with _handled(stop):
        try:
            yield stop
        except Stopped as stopped:
            with suppress(OSError):  # the terminal may have gone away
                say(how_to_go_on)
            sys.exit(128 + stopped.number)


@contextmanager
def _handled(stop: Stop) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():  # Python has it so
        yield
        return
    heeded = [each for each in _SIGNALS if signal.getsignal(each) != signal.SIG_IGN]
    before = [(each, signal.signal(each, stop.asked)) for each in heeded]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
