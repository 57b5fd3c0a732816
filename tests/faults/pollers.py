"""300 people who have articles open: what their looking costs, and what it costs those who save.

Each is a process that looks as the screen does; what drawing a screen costs is not in it.
"""

import random
import signal
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles

from store.article.catching_up import catch_up
from store.library import Saved
from store.sharing.presence import Presence
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.kills import Child, folder, fork, pause
from tests.faults.table import Result
from tests.faults.work import Work, opened

PACE = 0.1  # seconds between two saves
ARTICLES = tuple(f"причал {number}" for number in range(60))  # five people in each
POLL = 0.45  # seconds, as in tui.screens.editing
PEOPLE = 300
WATCHED = 5.0  # seconds in which the processors' time is measured
MOST_CPU = 100.0  # per cent of one processor, for all of them
MUST_HOLD = f"all see what others save; together ≤ {MOST_CPU:.0f} % of one processor"
MEGABYTE = 1 << 20


def looking(path: Path, number: int) -> Work:
    """Somebody who has an article open; says when they see a change."""
    article = ARTICLES[number % len(ARTICLES)]
    library, presence = opened(path), Presence(path, article)
    watch = library.watch(article)
    known, looks = watch(), number
    document = library.document(article)
    presence.enter()
    yield "open", article, ""
    pause(POLL * number / PEOPLE)  # people do not look all at the same moment
    while True:
        looks += 1
        signature = watch()
        if signature != known:
            caught = catch_up(path, document, known)
            document = caught.document if caught else library.document(article)
            known = caught.signature if caught else signature
            yield "seen", article, ""
        if looks % 2 and presence.is_due(time.monotonic()):
            presence.others()
        pause(POLL)


def saves(path: Path, tag: str, count: int, claims: Claims) -> list[float]:
    """How long each of so many saves takes, in milliseconds; ten a second, as people save."""
    library, author, times = opened(path), f"user:{tag}", []
    chance = random.Random(tag)
    for number in range(count):
        article, operation = ARTICLES[number % len(ARTICLES)], f"{tag}-{number}"
        edit = work.some_edit(library.document(article), author, chance)
        claims.take([("try", article, operation)])
        begin = time.perf_counter()
        outcome = library.apply(article, edit, author=author, operation=operation)
        times.append((time.perf_counter() - begin) * 1000)
        assert isinstance(outcome, Saved), outcome
        claims.take([("done", article, operation)])
        pause(PACE)
    return times


def run(rounds: int, seed: int) -> Result:
    """So many saves without anybody, then beside everybody: 300 people, or three a save."""
    claims, failures = Claims(), []
    people, watched = min(PEOPLE, 3 * rounds), min(WATCHED, rounds / 10)
    with folder() as top:
        path = top / "library"
        work.created(path, ARTICLES)
        claims.take((word, each, "") for each in ARTICLES for word in ("try", "done"))
        saves(path, "warm", 4, claims)
        alone = saves(path, f"{seed}-alone", rounds, claims)
        children = [fork(partial(looking, path, number)) for number in range(people)]
        try:
            for child in children:
                child.wait_until_ready()
                child.read_line()
            there = Presence(path, ARTICLES[0])
            seen = len(there.others())
            expected = len(range(0, people, len(ARTICLES)))
            if seen != expected:
                failures.append(f"{seen} of {expected} are seen in an article")
            pause(watched)  # whoever came last has looked at all the others by then
            before = _processor(children)
            pause(watched)
            busy = (_processor(children) - before) / watched * 100
            memory = _memory(children) / MEGABYTE
            beside = saves(path, f"{seed}-beside", rounds, claims)
            for number, child in enumerate(children):
                if number % len(ARTICLES) < rounds:
                    child.read_line()  # "seen", or the pipe would have ended
        finally:
            for child in children:
                child.end(signal.SIGKILL)
        failures += checks.violations(path, claims)
    if busy > MOST_CPU:
        failures.append(f"{busy:.0f} % of a processor")
    said = (
        f"{busy:.1f} % of one processor, {memory:.0f} MB that are their own; "
        f"p95 of a save {_p95(alone):.1f} ms alone, {_p95(beside):.1f} ms beside them"
    )
    return Result(
        f"{people} people who look every {POLL} s", MUST_HOLD, rounds, said, tuple(failures)
    )


def _processor(children: Sequence[Child]) -> float:
    """Seconds that processes have run."""
    paths = [Path(f"/proc/{child.pid}/schedstat") for child in children]
    return sum(int(path.read_text().split()[0]) for path in paths) / 1e9


def _memory(children: Sequence[Child]) -> int:
    """Bytes of processes, each page shared out among those that have it."""
    total = 0
    for child in children:
        lines = Path(f"/proc/{child.pid}/smaps_rollup").read_text().splitlines()
        (pss,) = (line for line in lines if line.startswith("Pss:"))
        total += int(pss.split()[1]) * 1024
    return total


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]
