"""Articles on their way through recognition, in this process or in several."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from annotations.completion import Completion
from annotations.errors import AnnotationError, RecogniserUnavailable
from annotations.model import Document
from annotations.phrase import Phrase, words_of
from store.formats.jsonl import Refusal
from store.library import now

_AHEAD = 8  # articles for each process that may wait to be recognised or taken
_CHARACTERS = 16_000_000  # that they may have together
_MANY = 250_000  # bytes of input for which it pays to start processes: some sixty articles
_MOST = 8  # processes, where nobody asks for more: each takes memory


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is there already: it passes as it is."""

    document: Document


Incoming = Document | Refusal | Known
Answer = Future[Document | AnnotationError]
Complete = Callable[[Document, str], Document | AnnotationError]


def jobs_for(inputs: Sequence[tuple[Path, str]], asked: int | None) -> int:
    """How many processes: as many as are asked for, else the cores where the input is large.

    Standard input is recognised as it comes, an article at a time.
    """
    if asked is not None:
        return asked
    size = 0
    for path, _ in inputs:
        if str(path) == "-":
            return 1
        size += path.stat().st_size if path.is_file() else 0
    return min(len(os.sched_getaffinity(0)), _MOST) if size >= _MANY else 1


def completed(
    incoming: Iterable[Incoming], prepare: Callable[[], Completion], jobs: int = 1
) -> Generator[Incoming, None, None]:
    """The articles with their suggestions, in the order in which they came, whatever `jobs` is.

    Only so many are held at a time; to close it ends the processes.  `prepare` is called where
    there is something to recognise.  Raises RecogniserUnavailable and WorkerDied.
    """
    if jobs > 1:
        yield from _in_processes(iter(incoming), prepare, jobs)
        return
    for each in incoming:
        if isinstance(each, Document):
            yield _outcome(each, prepare().complete(each, now()))
        else:
            yield each


def _in_processes(
    incoming: Iterator[Incoming], prepare: Callable[[], Completion], jobs: int
) -> Iterator[Incoming]:
    """Processes are started once there is an article to recognise."""
    for each in incoming:
        if isinstance(each, Document):
            from tui.cli.workers import working

            with ThreadPoolExecutor(jobs) as threads, working(prepare(), jobs) as workers:
                window = _Window(jobs * _AHEAD, threads, workers.complete)
                yield from window.through(chain([each], incoming))
            return
        yield each


class _Window:
    """The articles that were given out and not taken back yet, in their order."""

    def __init__(self, length: int, threads: Executor, complete: Complete) -> None:
        self._length = length
        self._threads = threads
        self._complete = complete
        self._waiting: deque[tuple[Incoming, Answer | None]] = deque()
        self._characters = 0

    def through(self, incoming: Iterable[Incoming]) -> Iterator[Incoming]:
        for each in incoming:
            self._give(each)
            while self._waiting and (self._is_full() or self._is_ready()):
                yield self._take()
        while self._waiting:
            yield self._take()

    def _give(self, each: Incoming) -> None:
        answer = None
        if isinstance(each, Document):
            self._characters += len(each.article.text)
            answer = self._threads.submit(self._complete, each, now())
        self._waiting.append((each, answer))

    def _is_full(self) -> bool:
        return len(self._waiting) >= self._length or self._characters > _CHARACTERS

    def _is_ready(self) -> bool:
        answer = self._waiting[0][1]
        return answer is None or answer.done()

    def _take(self) -> Incoming:
        """The first one; waits for its answer."""
        each, answer = self._waiting.popleft()
        if answer is None or not isinstance(each, Document):
            return each
        self._characters -= len(each.article.text)
        return _outcome(each, answer.result())


def _outcome(document: Document, answer: Document | AnnotationError) -> Document | Refusal:
    if isinstance(answer, RecogniserUnavailable):
        raise answer
    if isinstance(answer, AnnotationError):
        return Refusal(Phrase("article {id}", id=document.article.id), words_of(answer))
    return answer
