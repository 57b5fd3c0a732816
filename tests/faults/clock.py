"""A clock that goes backwards: what others change is noticed, and history keeps its order."""

import os
import random
from unittest import mock

from store.article.catching_up import catch_up
from store.sharing.presence import Presence
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.kills import folder
from tests.faults.table import Result
from tests.faults.work import opened

NOON = 1_769_864_400  # seconds since 1970
YEAR = 365 * 86_400
MUST_HOLD = "each change is noticed, history in the order of revisions, presence is seen"


def run(rounds: int, seed: int) -> Result:
    """So many edits by somebody else, each at an earlier moment than the one before."""
    chance, claims = random.Random(seed), Claims()
    failures: list[str] = []
    with folder(in_memory=True) as top:
        path = top / "library"
        work.created(path)
        claims.take((word, each, "") for each in work.ALL for word in ("try", "done"))
        article = work.ARTICLES[0]
        mine, library = Presence(path, article), opened(path)
        mine.enter()
        watch, document = library.watch(article), library.document(article)
        known = watch()
        moment, caught = float(NOON), 0
        for number in range(rounds):
            moment -= chance.uniform(0, YEAR / rounds)
            with mock.patch.dict(os.environ, {"SOURCE_DATE_EPOCH": str(int(moment))}):
                failures += checks.after_a_save(path, article, f"{seed}.{number}", claims)
                theirs = Presence(path, article)
                theirs.enter()
            for each in (*library.file(article).paths(), path / "present"):
                os.utime(each, (moment, moment))
            now = watch()
            if now == known:
                failures.append(f"edit {number} is not noticed")
            seen = catch_up(path, document, known)
            caught += seen is not None
            document = library.document(article) if seen is None else seen.document
            known = now if seen is None else seen.signature
            if document != opened(path).document(article):
                failures.append(f"edit {number}: the screen would show something else")
            if len(mine.others()) != 1:
                failures.append(f"edit {number}: presence shows {mine.others()}")
            theirs.leave()
        failures += checks.violations(path, claims)
        times = [entry.at for entry in library.history(article)]
        if times != sorted(times, reverse=True):
            failures.append("the times of the history are not those of the clock")
    seen_ = f"from {times[0]} back to {times[-1]}; {caught} caught up from the journal alone"
    return Result("a clock that goes backwards", MUST_HOLD, rounds, seen_, tuple(failures))
