"""Power cuts: what the store does is recorded, and every state that a cut may leave is read."""

import errno
import os
import random
from collections import Counter
from collections.abc import Callable, Collection
from itertools import count
from pathlib import Path

from store.errors import StoreError
from store.library import Library
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.disk_model import cuts, lay_out
from tests.faults.kills import folder
from tests.faults.recording import Event, Killed, Recording, Say
from tests.faults.table import Result
from tests.faults.work import PATHS

STEPS = 9  # things that are acknowledged in a recording
MOMENTS = 16  # of a recording at which the power is cut
STATES = 6  # of the disk, looked at for each moment
MUST_HOLD = "all that was acknowledged is read, and editing goes on"
OnSync = Callable[[int], BaseException | None]  # the how-manieth -> what becomes of it

EIO = OSError(errno.EIO, os.strerror(errno.EIO))


def calm(_: int) -> None:
    """Nothing else goes wrong."""


def failing(at: int) -> OnSync:
    """An fdatasync reports an error, and the kernel has dropped what was to be written."""
    return lambda number: EIO if number == at else None


def killed(at: int) -> OnSync:
    """A writer is killed right before its data is synchronised."""
    return lambda number: Killed() if number == at else None


def killed_and_failing(at: int) -> OnSync:
    """And what it left is dropped after an error, which the next writer is told."""
    troubles = {at: Killed(), at + 1: EIO}
    return troubles.get


TROUBLES: dict[str, Callable[[int], OnSync]] = {
    "power cut": lambda _: calm,
    "fsync fails, then a power cut": failing,
    "kill -9, then a power cut": killed,
    "kill -9, fsync fails, then a power cut": killed_and_failing,
}


def record(top: Path, name: str, tag: str, on_sync: OnSync) -> Recording:
    """A library is made and written on one path of writing, until enough is acknowledged."""
    top.mkdir()
    recording, numbers = Recording(top), count(1)
    recording.on_sync = lambda: on_sync(next(numbers))
    path = top / "library"
    steps = _steps(path, name, tag)
    with recording():
        while sum(isinstance(e, Say) and e.word == "done" for e in recording.events) < STEPS:
            try:
                recording.say(*next(steps))
            except (StoreError, Killed):
                recording.revive()
                added = {each.article for each in recording.events if _is_added(each)}
                steps = _steps(path, name, f"{tag}.{len(recording.events)}", added)
    return recording


def _is_added(event: Event) -> bool:
    return isinstance(event, Say) and (event.word, event.operation) == ("done", "")


def _steps(path: Path, name: str, tag: str, added: Collection[str] = ()) -> work.Work:
    """What is `added` already is left as it is: nothing of it may be synchronised by the way."""
    library = Library.create(path)
    yield "made", "", ""
    for each in (each for each in work.ALL if each not in added):
        yield "try", each, ""
        library.add(work.fresh(each))
        yield "done", each, ""
    yield from PATHS[name](path, f"{tag}-0", random.Random(tag))


def look(recording: Recording, moment: int, path: Path, tag: str) -> list[str]:
    """What does not hold of a library that lies there after a cut at this moment."""
    claims, is_made = Claims(), False
    for event in recording.events[:moment]:
        if isinstance(event, Say):
            is_made = is_made or event.word == "made"
            if event.word != "made":
                claims.take([(event.word, event.article, event.operation)])
    if not is_made:
        try:
            Library.create(path)
        except StoreError as error:
            return [f"no library can be made: {error}"]
    found = checks.violations(path, claims, problems=True)
    there = [each for each in work.ALL if claims.done[each][""]]
    for each in () if found else there:
        found += checks.after_a_save(path, each, f"{tag} next", claims)
    return found or checks.violations(path, claims, there, problems=True)


def run(rounds: int, seed: int) -> list[Result]:
    """About so many states of the disk are read, for each kind of trouble."""
    return [
        _run(what, trouble, rounds // len(TROUBLES), seed) for what, trouble in TROUBLES.items()
    ]


def _run(what: str, trouble: Callable[[int], OnSync], rounds: int, seed: int) -> Result:
    counts: Counter[str] = Counter()
    failures: list[str] = []
    names = [each for each in PATHS if each != "backup"]  # it is a file of its own
    with folder(in_memory=True) as top:
        for number in count():
            if counts["states"] >= rounds:
                break
            tag, name = f"{seed}.{number}", names[number % len(names)]
            chance = random.Random(f"{what} {tag}")
            recording = record(top / f"{number}", name, tag, trouble(chance.randint(1, 20)))
            counts["recordings"] += 1
            counts["calls"] += len(recording.events)
            moments = range(len(recording.events) + 1)
            chosen = sorted(chance.sample(moments, min(MOMENTS, len(moments))))
            for moment, state, found in cuts(recording, chosen, STATES, f"{seed} {what}"):
                place = top / "cut"
                lay_out(found, place)
                counts["states"] += 1
                where = f"{what}, {name}, {tag}, event {moment}, state {state}"
                broken = look(recording, moment, place / "library", tag)
                failures += [f"{where}: {each}" for each in broken]
    seen = f"{counts['recordings']} recordings of {counts['calls']:,} calls"
    return Result(what, MUST_HOLD, counts["states"], seen, tuple(failures))
