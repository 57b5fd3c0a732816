"""The holder of an article's lock is stopped: others work on, whoever wants the article waits."""

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest import mock

from store import root
from store.library import login
from tests.faults import checks, programs, work
from tests.faults.checks import Claims
from tests.faults.kills import Child, folder, fork, pause
from tests.faults.table import Result
from tests.faults.work import Said, Work
from tests.terminal import Terminal

WAITING = "waiting: another session holds this article's lock"
SAVED = f"saved: accepted LOC «{programs.TOWNS[0]}»"
MINE = f"user:{login()}"
PATIENCE = 30.0  # seconds until what does not come is an error
OTHERS = 5  # saves of other articles in a round
MUST_HOLD = "other articles are saved, the one waits and goes on after SIGCONT or kill -9"


def stopping(path: Path, article: str, name: str) -> Work:
    """An edit that stops within, its line written and the lock held."""
    original = os.fdatasync

    def stop(descriptor: int) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)
        original(descriptor)

    with mock.patch.object(os, "fdatasync", stop):
        yield from one_edit(path, article, name)


def one_edit(path: Path, article: str, name: str) -> Work:
    """An edit of an article."""
    claims = Claims()
    yield "try", article, name
    failures = checks.after_a_save(path, article, name, claims)
    assert not failures, failures
    yield "done", article, name


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come about in {PATIENCE} s")
        pause(0.002)


def is_waited_for(path: Path) -> bool:
    """Whether the kernel has somebody wait for a lock of the library."""
    inode = f":{root.locks(path).stat().st_ino} "
    lines = Path("/proc/locks").read_text().splitlines()
    return any(" -> " in line and inode in line for line in lines)


def strike(path: Path, tag: str, number: signal.Signals, claims: Claims) -> list[str]:
    """A holder is stopped, somebody waits, others save, and the holder goes on or dies."""
    article, *others = work.ARTICLES
    holder = fork(partial(stopping, path, article, f"{tag}-holder"))
    os.waitpid(holder.pid, os.WUNTRACED)
    waiting = fork(partial(one_edit, path, article, f"{tag}-waiting"))
    waiting.wait_until_ready()
    said: list[Said] = []
    found: list[str] = []
    try:
        until(partial(is_waited_for, path), "somebody who waits for the lock")
        for count in range(OTHERS):
            other = others[count % len(others)]
            found += checks.after_a_save(path, other, f"{tag}-other-{count}", claims)
        if not is_waited_for(path):
            found.append(f"{tag}: nobody waits any longer")
    finally:
        said += _let_go(holder, number)
    more, error = waiting.wait_for_end()
    claims.take(said + more)
    return found + ([f"{tag}: {error}"] if error else [])


def _let_go(holder: Child, number: signal.Signals) -> list[Said]:
    os.kill(holder.pid, number)
    said, _ = holder.wait_for_end(0 if number == signal.SIGCONT else -number)
    return said


def run(rounds: int, seed: int) -> list[Result]:
    """So many holders are stopped, a tenth of them beside a screen."""
    return [_run_beside_processes(rounds, seed), _run_beside_screens(-(-rounds // 10), seed)]


def _run_beside_screens(rounds: int, seed: int) -> Result:
    """Somebody accepts a suggestion while the lock is held, and looks something up meanwhile."""
    failures: list[str] = []
    for number in range(rounds):
        with folder() as top:
            library = programs.with_suggestions(top / "library")
            command = [*programs.PROGRAM, "browse", programs.ID]
            with Terminal(command, programs.environment(top)) as terminal:
                terminal.wait_for(programs.TOWNS[-1])
                holder = fork(partial(stopping, library.path, programs.ID, f"{seed}.{number}"))
                os.waitpid(holder.pid, os.WUNTRACED)
                try:
                    terminal.press("a")
                    terminal.wait_for(WAITING)
                    terminal.press("?")
                    terminal.wait_for("Keys in an article")
                    terminal.press("\x1b")
                    terminal.wait_for(programs.TOWNS[-1])
                finally:
                    _let_go(holder, signal.SIGKILL if number % 2 else signal.SIGCONT)
                terminal.wait_for(SAVED)
            found = [*map(str, library.problems(programs.ID))]
            if [e.author for e in library.history(programs.ID)].count(MINE) != 1:
                found.append("the edit of the screen is not on disk")
            failures += [f"{seed}.{number}: {each}" for each in found]
    must = "the screen says what it waits for, answers keys, and saves once it can"
    return Result("SIGSTOP of a lock's holder, on the screen", must, rounds, "", tuple(failures))


def _run_beside_processes(rounds: int, seed: int) -> Result:
    """Every other holder is killed instead of going on."""
    claims, failures = Claims(), []
    with folder() as top:
        path = top / "library"
        work.created(path)
        claims.take((word, each, "") for each in work.ALL for word in ("try", "done"))
        for number in range(rounds):
            signal_ = signal.SIGKILL if number % 2 else signal.SIGCONT
            failures += strike(path, f"{seed}.{number}", signal_, claims)
        failures += checks.violations(path, claims)
    seen = f"{rounds * OTHERS} saves of other articles while the lock was held"
    return Result("SIGSTOP of a lock's holder", MUST_HOLD, rounds, seen, tuple(failures))
