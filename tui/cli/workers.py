"""Processes that recognise: each is told once how, then given one article after the other.

A worker owns nothing that has to be saved: it is killed when it is no longer needed, and ends by
itself once its pipe is closed, however the process that began it has ended.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import annotations
from annotations.completion import Completion
from annotations.errors import AnnotationError, RecogniserUnavailable
from annotations.model import Document
from annotations.phrase import Phrase, Words
from store.errors import StoreError
from tui.cli.process import ONE_THREAD

_PROGRAM = """
import sys
sys.path.append(sys.argv[1])
from tui.cli.workers import serve
serve(int(sys.argv[2]))
"""
_PATIENCE = 5.0  # seconds until a worker that has closed its pipe has ended


class WorkerDied(StoreError):
    """A worker ended in the middle of an article."""


class Worker:
    """One process.  The folder that you are in gives it no module."""

    def __init__(self, completion: Completion) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            descriptor = theirs.fileno()
            self.process = subprocess.Popen(  # noqa: S603 - Python, with a program of our own
                [sys.executable, "-P", "-c", _PROGRAM, _packages(), str(descriptor)],
                pass_fds=(descriptor,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, **ONE_THREAD},
                process_group=0,  # Ctrl+C is for whoever waits for it
            )
        self._connection: Connection[Any, Any] = Connection(ours.detach())
        self._completion: Completion | None = completion  # until it has been handed over

    def ask(self, document: Document, at: str) -> Document | AnnotationError:
        """The document with suggestions; raises WorkerDied."""
        try:
            if self._completion is not None:
                self._connection.send(self._completion)
                self._completion = None
            self._connection.send((document, at))
            answer: Document | AnnotationError = self._connection.recv()
        except (EOFError, OSError):
            raise WorkerDied(_death(self._how_it_ended(), document.article.id)) from None
        return answer

    def end(self) -> None:
        """Whoever waits for an answer gets WorkerDied."""
        self.process.kill()
        self.process.wait()

    def _how_it_ended(self) -> Words:
        try:
            code = self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            return Phrase("it no longer answers")
        if code < 0:
            return Phrase("killed by signal {number}", number=-code)
        return Phrase("exit code {code}", code=code)


def _packages() -> str:
    return str(Path(annotations.__file__).parents[1])


def _death(how: Words, article_id: str) -> Phrase:
    return Phrase(
        "a process that recognises has died at article {id} ({how}), perhaps because memory ran "
        "out. The same command goes on from there; --jobs 1 takes the least memory",
        id=article_id,
        how=how,
    )


class Workers:
    """Several processes, asked from as many threads."""

    def __init__(self, completion: Completion, count: int) -> None:
        self.all = [Worker(completion) for _ in range(count)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for each in self.all:
            self._free.put(each)

    def complete(self, document: Document, at: str) -> Document | AnnotationError:
        """The document with suggestions, by whichever is free; raises WorkerDied."""
        worker = self._free.get()
        try:
            return worker.ask(document, at)
        finally:
            self._free.put(worker)


@contextmanager
def working(completion: Completion, count: int) -> Iterator[Workers]:
    """Processes, which have ended afterwards."""
    workers = Workers(completion, count)
    try:
        yield workers
    finally:
        for each in workers.all:
            each.end()


def serve(descriptor: int) -> None:
    """What a worker does until its pipe is closed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # the process that began it says when to end
    threading.Thread(target=_end_with, args=(descriptor,), daemon=True).start()
    connection: Connection[Any, Any] = Connection(descriptor)
    completion: Completion = connection.recv()
    while True:
        document, at = connection.recv()
        try:
            answer = completion.complete(document, at)
        except RecogniserUnavailable as unavailable:
            answer = unavailable
        connection.send(answer)


def _end_with(descriptor: int) -> None:
    """End as soon as nobody is at the pipe's other end, also in the middle of an article."""
    hung_up = select.poll()
    hung_up.register(descriptor, 0)
    hung_up.poll()
    os._exit(0)
