"""Many processes at once in a few articles: with two umasks, and as two people where root."""

import os
import random
from collections.abc import Sequence
from pathlib import Path

from annotations import edits
from annotations.model import Span
from store.library import Library, Saved, now
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.kills import folder, fork
from tests.faults.table import Result
from tests.faults.work import Work, opened

PROCESSES = 8
UMASKS = (0o022, 0o077)
GROUP, PEOPLE = 60_001, (60_011, 60_012)  # numbers that belong to nobody
MUST_HOLD = "the sum of acknowledged edits is on disk; nobody is shut out"


def saving(path: Path, person: int, name: str, count: int) -> Work:
    """So many edits as somebody, each in another article; nobody may be refused."""
    umask = UMASKS[person]
    if os.geteuid() == 0:
        os.setgroups([GROUP])
        os.setgid(PEOPLE[person])
        os.setuid(PEOPLE[person])
    os.umask(umask)
    library, chance, author = opened(path), random.Random(name), work.author_of(name)
    for number in range(count):
        article, operation = chance.choice(work.ARTICLES), f"{name}-{number}"
        mine = [each for each in library.document(article).annotations if each.author == author]
        new = edits.new_annotation(Span(0, 5), "LOC", edits.Stamp(author, now()))
        edit = edits.Group((*map(edits.Remove, mine), new))
        yield "try", article, operation
        assert isinstance(library.apply(article, edit, author=author, operation=operation), Saved)
        yield "done", article, operation
    yield "end", "", ""


def share(path: Path) -> None:
    """Give a library to the group, as the README says; where not root it stays one's own."""
    if os.geteuid() == 0:
        os.chown(path, -1, GROUP)
    path.chmod(0o2770)


def run(rounds: int, seed: int) -> Result:
    """So many edits in all."""
    claims, count = Claims(), max(rounds // PROCESSES, 1)
    with folder() as top:
        top.chmod(0o711)
        path = top / "library"
        path.mkdir()
        share(path)
        work.created(path)
        claims.take((word, each, "") for each in work.ALL for word in ("try", "done"))
        children = [
            fork(lambda n=n: saving(path, n % 2, f"{seed}-{n}", count))  # type: ignore[misc]
            for n in range(PROCESSES)
        ]
        failures: list[str] = []
        done = 0
        for child in children:
            child.wait_until_ready()
        for child in children:
            said, error = child.wait_for_end()
            claims.take(each for each in said if each[0] != "end")
            done += sum(word == "done" for word, _, _ in said)
            failures += [error] if error else []
        failures += checks.violations(path, claims)
        if done != count * PROCESSES:
            failures.append(f"{done} of {count * PROCESSES} were acknowledged")
        failures += _closed_to(path)
    who = "two Unix users" if os.geteuid() == 0 else "one user (two take root)"
    seen = f"{PROCESSES} processes, {len(work.ARTICLES)} articles, {who}, {done:,} acknowledged"
    what = "many processes, umask 022 and 077"
    return Result(what, MUST_HOLD, count * PROCESSES, seen, tuple(failures))


def _closed_to(path: Path) -> Sequence[str]:
    """Files of the library into which the others of the group could not write."""
    library = Library.open(path)
    paths = [each for file in library.files() for each in file.paths()]
    return [f"{each} has mode {each.stat().st_mode:o}" for each in paths if not _is_open(each)]


def _is_open(path: Path) -> bool:
    return path.stat().st_mode & 0o777 == 0o660
