"""Writers that are killed at random moments, on every path of writing."""

import os
import random
import select
import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.table import Result
from tests.faults.work import PATHS, Said, Work

LONGEST = 0.06  # seconds that a writer has before it is killed
TOGETHER = 2  # writers at the same time: the second is killed while the first one is dead
A_LIBRARY = 12  # rounds on the same library
MUST_HOLD = "acknowledged ⊆ on disk ⊆ attempted; history = revision = document; locks free"
_TAB = "\t"


@dataclass
class Child:
    """A forked writer: what it says comes through a pipe, a line each."""

    pid: int
    pipe: int
    _rest: bytes = b""

    def wait_until_ready(self) -> None:
        if self.read_line() != "ready":
            raise AssertionError("a worker did not begin")

    def end(self, number: signal.Signals) -> list[Said]:
        """Send it a signal; what it has said until then."""
        os.kill(self.pid, number)
        said, error = self.wait_for_end(-number)
        if error:
            raise AssertionError(f"a writer ended by itself: {error}")
        return said

    def read_line(self) -> str:
        """The next thing that it says."""
        while b"\n" not in self._rest:
            data = os.read(self.pipe, 4096)
            if not data:
                raise AssertionError(f"a worker ended: {self._rest.decode()}")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def wait_for_end(self, expected: int = 0) -> tuple[list[Said], str]:
        """What it said until its end, and the error with which it ended, if any."""
        while data := os.read(self.pipe, 1 << 16):
            self._rest += data
        os.close(self.pipe)
        _, status = os.waitpid(self.pid, 0)
        is_well = os.waitstatus_to_exitcode(status) == expected
        error = "" if is_well else f"status {status}: {self._rest.decode()[-500:]}"
        return self._said(), error

    def _said(self) -> list[Said]:
        lines = self._rest.decode().split("\n")[:-1]
        return [said for line in lines if len(said := line.split(_TAB)) == 3]  # type: ignore[misc]


def fork(work_of: Callable[[], Work]) -> Child:
    """A process that works until it is killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    try:
        os.close(reading)
        steps = work_of()
        os.write(writing, b"ready\n")
        for said in steps:
            os.write(writing, (_TAB.join(said) + "\n").encode())
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - it is told, and the parent raises it
        os.write(writing, repr(error).encode())
    finally:
        os._exit(70)
    raise AssertionError


def pause(seconds: float) -> None:
    """Let others work for a while."""
    select.select([], [], [], seconds)


@dataclass
class Tally:
    """What was seen while writers were killed."""

    claims: Claims = field(default_factory=Claims)
    rounds: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def round_of(path: Path, names: Sequence[str], tag: str, number: signal.Signals) -> list[Said]:
    """Writers on these paths of writing, killed one after the other; what they said."""
    chance = random.Random(tag)
    children = [fork(partial(_work, path, name, f"{tag}-{n}")) for n, name in enumerate(names)]
    for child in children:
        child.wait_until_ready()
    said: list[Said] = []
    for child in children:
        pause(chance.uniform(0, LONGEST))
        said += child.end(number)
    return said


def _work(path: Path, name: str, tag: str) -> Work:
    return PATHS[name](path, tag, random.Random(tag))


@contextmanager
def folder(*, in_memory: bool = False) -> Iterator[Path]:
    """A folder that goes again: in memory where no real disk is needed, else where TMPDIR says."""
    where = "/dev/shm" if in_memory and os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="zametka-faults-", dir=where) as name:
        yield Path(name)


def run(rounds: int, seed: int, number: signal.Signals, what: str) -> Result:
    """So many writers are killed, on all paths of writing in turn."""
    tally, names = Tally(), list(PATHS)
    by_path: Counter[str] = Counter()
    with folder() as top:
        path = top
        while tally.rounds < rounds and not tally.failures:
            if tally.rounds % (A_LIBRARY * TOGETHER) == 0:
                path, tally.claims = top / f"library-{tally.rounds}", Claims()
                work.created(path)
                tally.claims.take((word, each, "") for each in work.ALL for word in ("try", "done"))
            turn = tally.rounds // TOGETHER
            pair = [names[turn % len(names)], names[(turn // len(names) + turn) % len(names)]]
            pair = pair[: rounds - tally.rounds]
            tag = f"{seed}.{tally.rounds}"
            before = deepcopy(tally.claims)
            said = round_of(path, pair, tag, number)
            tally.claims.take(said)
            tally.counts.update(word for word, _, _ in said)
            by_path.update(pair)
            tally.rounds += len(pair)
            _look(path, tag, tally)
            found = checks.of_backups(path, before, tally.claims, said)
            tally.failures += [f"round {tag}: {each}" for each in found]
    counts = tally.counts
    seen = (
        f"{counts['done']:,} acknowledged of {counts['try']:,} attempted; "
        f"{counts['temporary']} stray temporary files; "
        + ", ".join(f"{name} {count}" for name, count in by_path.items())
    )
    return Result(what, MUST_HOLD, tally.rounds, seen, tuple(tally.failures))


def _look(path: Path, tag: str, tally: Tally) -> None:
    library = work.opened(path)
    tally.counts["temporary"] += sum(
        len(checks.temporaries(library.file(each))) for each in work.ALL
    )
    found = checks.violations(path, tally.claims)
    if not found:
        for each in work.ALL:
            found += checks.after_a_save(path, each, f"{tag} next", tally.claims)
        found = found or checks.violations(path, tally.claims, work.ALL)
    tally.failures += [f"round {tag}: {each}" for each in found]
