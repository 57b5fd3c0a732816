"""Threads that save: a screen waits for one only so long, and the end of the program hardly."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from annotations.edits import Edit
from annotations.model import Article
from store.article.outcomes import Conflict, Outcome, Saved
from store.errors import StoreError
from store.library import HistoryEntry
from store.person.kept_edits import KeptEdit, KeptEdits

SAVING = "zametka-save"  # the name of the threads that save
RETRY = 5.0  # seconds after which what could not be kept is written again

Found = TypeVar("Found")

_retried: WeakSet[KeptEdits] = WeakSet()  # those that are written again after some time
_of_thread = threading.local()  # what a thread that saves calls before it waits for a lock


@dataclass
class Attempt:
    """A save that is under way: of an edit, once it is made, or of an undo.

    Whatever becomes of it, an edit that was made is in the library or kept: `keep` keeps it while
    it is under way, `run` when the disk refuses it or somebody else was faster.
    """

    article: Article
    kept: KeptEdits
    said: str
    operation: str = field(default_factory=lambda: secrets.token_hex(8))
    edit: Edit | None = None
    waits_for_lock: bool = False
    _is_over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self) -> None:
        """Keep the edit while its save is under way; touches the disk."""
        with self._lock:
            if not self._is_over:
                self._keep()

    def _keep(self) -> None:
        if self.edit is not None:
            self.kept.keep(self.article, KeptEdit(self.operation, self.edit, self.said))

    def run(self, write: Callable[[], Outcome]) -> Outcome:
        """Write it, in the thread: nothing is forgotten, also where the program ends meanwhile."""
        try:
            outcome = write()
        except StoreError:
            with self._lock:
                self._is_over = True
                self._keep()
            raise
        with self._lock:
            self._is_over = True
            match outcome:
                case Saved():
                    self.kept.drop(self.operation)
                case Conflict(operation=None, entry=HistoryEntry() as entry):
                    met = KeptEdit(entry.operation, self.edit or entry.edit, self.said)
                    self.kept.keep(self.article, met)
        return outcome


def in_thread(
    work: Callable[[], Found], on_wait: Callable[[], None] | None = None
) -> "asyncio.Future[Found]":
    """Do it in a thread of its own, which the end of the program does not wait for.

    `on_wait` is called in the thread before it waits for the lock of an article.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Found] = loop.create_future()

    def settle(set_it: Callable[[Any], None], outcome: object) -> None:
        if not future.done():
            set_it(outcome)

    def run() -> None:
        _of_thread.on_wait = on_wait
        try:
            outcome = work()
        except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
            told = partial(settle, future.set_exception, error)
        else:
            told = partial(settle, future.set_result, outcome)
        with suppress(RuntimeError):  # the loop has ended, nobody waits
            loop.call_soon_threadsafe(told)

    threading.Thread(target=run, name=SAVING, daemon=True).start()
    return future


def tell_wait() -> None:
    """What a library of the screen calls before a save waits for a lock."""
    on_wait: Callable[[], None] | None = getattr(_of_thread, "on_wait", None)
    if on_wait is not None:
        on_wait()


def keep_trying(kept: KeptEdits, set_timer: Callable[[float, Callable[[], None]], object]) -> None:
    """Write what is kept in the memory alone after some time, until the disk has it."""

    def again() -> None:
        _retried.discard(kept)
        if not kept.is_on_disk:
            threading.Thread(target=kept.write, daemon=True).start()
            keep_trying(kept, set_timer)

    if kept not in _retried:
        _retried.add(kept)
        set_timer(RETRY, again)


def wait_for_saves(seconds: float) -> bool:
    """Give saves that are under way some time to end; False where one has not."""
    saves = [thread for thread in threading.enumerate() if thread.name == SAVING]
    until = time.monotonic() + seconds
    for thread in saves:
        thread.join(max(until - time.monotonic(), 0))
    return not any(thread.is_alive() for thread in saves)
