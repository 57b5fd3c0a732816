"""A disk that refuses: each call of each action in turn, with each reason, once or for good.

Whoever is told that it was not saved finds things as they were, and the next try works.
"""

import errno
import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from annotations import edits
from annotations.edits import Group
from annotations.gazetteer import Ruling
from annotations.model import Span
from store import gazetteer
from store.copies import trash
from store.library import Library, Saved
from tests.faults import checks, work
from tests.faults.checks import Claims
from tests.faults.disk import Fault, attempt, disk, failing, never
from tests.faults.kills import folder
from tests.faults.table import Result
from tests.faults.work import label_of, opened

ANNA = "user:anna"
AT = "2026-01-31T10:00:00Z"
ID = "баржа"
NUMBERS = (errno.ENOSPC, errno.EIO, errno.EDQUOT)
MUST_HOLD = "refused: as before, with the reason; else saved; the next try works"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is written, what has to be there before, and what then stands."""

    name: str
    prepare: Callable[[Library], object]
    act: Callable[[Library], object]


def _new(start: int, id_: str) -> edits.Add:
    made = edits.new_annotation(Span(start, start + 5), "LOC", edits.Stamp(ANNA, AT)).annotation
    return edits.Add(replace(made, id=id_))


def edit(library: Library, operation: str = "edit") -> None:
    """An annotation more."""
    assert isinstance(
        library.apply(ID, _new(0, operation), author=ANNA, operation=operation), Saved
    )


def bulk(library: Library) -> None:
    """Many annotations as one step."""
    group = Group(tuple(_new(start, f"b{start}") for start in range(0, 100, 10)))
    assert isinstance(library.apply(ID, group, author=ANNA, operation="bulk"), Saved)


def undo(library: Library) -> None:
    """The step is taken back, unless it is already."""
    history = library.history(ID)
    if not any(entry.undoes == "edit" for entry in history):
        assert isinstance(library.undo(ID, author=ANNA, operation="edit"), Saved)


def much(library: Library) -> None:
    """As many edits as a journal takes before it is folded."""
    library.add(work.fresh(ID))
    large = Library.open(library.path)
    for number in range(40):
        edit(large, f"e{number % 2}-{number}")
        large.undo(ID, author=ANNA)


def ruling(library: Library) -> None:
    """The library's own file is replaced."""
    said = Ruling("ORG", "Затон", ANNA, AT, is_new=True)
    if said not in gazetteer.read(library.path).rulings:
        gazetteer.put(library.path, said, None)


def _add(library: Library) -> object:
    return library.add(work.fresh(ID))


def _add_and_edit(library: Library) -> None:
    _add(library)
    edit(library)


def remove(library: Library) -> None:
    """The article goes to the trash."""
    if ID in library:
        trash.remove(library, ID, ANNA)


def _removed(library: Library) -> None:
    _add_and_edit(library)
    remove(library)


def put_back(library: Library) -> None:
    """The article comes back from the trash."""
    if ID not in library:
        trash.put_back(library, ID)


ACTIONS = (
    Action("add", lambda _: None, _add),
    Action("edit", _add, edit),
    Action("bulk edit", _add, bulk),
    Action("undo", _add_and_edit, undo),
    Action("edit and fold", much, edit),
    Action("remove", _add_and_edit, remove),
    Action("put back", _removed, put_back),
    Action("dictionary", lambda _: None, ruling),
)


def stands(path: Path) -> object:
    """What a library says, apart from the times."""
    library = Library.open(path)
    stories = [library.story(each) for each in library.ids()]
    return (
        [(document, [*map(label_of, history)]) for document, history in stories],
        gazetteer.read(path),
        [each.article_id for each in trash.listed(library)],
    )


def strike(action: Action, prepared: Path, goal: object, path: Path, fault: Fault) -> list[str]:
    """What does not hold when calls of an action fail; `goal` is what then stands at last."""
    shutil.copytree(prepared, path)
    before = stands(path)
    library = opened(path)
    try:
        told = attempt(lambda: action.act(library), fault)
        stood = stands(path)
        action.act(library)
        after = stands(path)
        expected = [after] if told is None else [before]
        if told is not None and "Whether it was " in str(told):
            expected = [before, after]
        found = [] if stood in expected else [f"told «{told}», but it stands otherwise"]
        if told is not None and "To go on: " not in str(told):
            found.append(f"no remedy: «{told}»")
        if after != goal:
            found.append("the second try leads elsewhere")
        return found + _leftovers(library)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in the table
        return [f"{type(error).__name__}: {error}"]


def _leftovers(library: Library) -> list[str]:
    """What is held or left once the next edit is saved."""
    found = _next(library)
    if not checks.locks_are_free(library.path):
        found.append("a lock is held")
    return found + [f"{each.name} is left" for each in library.path.glob(".*.tmp")]


def _next(library: Library) -> list[str]:
    """What does not hold of the next edit, where there is an article to be edited."""
    is_removed = bool(trash.listed(library))
    if ID in library or is_removed:
        return checks.after_a_save(library.path, ID, "next", Claims())
    return []


def run(rounds: int, seed: int) -> list[Result]:
    """Each call of each action fails, with each reason, once and for good; or some of them."""
    return [_run_refusals(rounds, seed), _run_short(min(max(rounds // 500, 2), 17))]


def _prepared(action: Action, top: Path) -> tuple[Path, Path]:
    """A library in which the action can be done, and another one."""
    prepared, calm = top / f"{action.name}-prepared", top / f"{action.name}-calm"
    action.prepare(Library.create(prepared))
    shutil.copytree(prepared, calm)
    return prepared, calm


def _run_refusals(rounds: int, seed: int) -> Result:
    chance, share = random.Random(seed), max(rounds // len(ACTIONS), 1)
    counts: Counter[str] = Counter()
    failures: list[str] = []
    with folder(in_memory=True) as top:
        for action in ACTIONS:
            prepared, calm = _prepared(action, top)
            with disk(never) as calls:
                action.act(opened(calm))
            goal = stands(calm)
            counts["calls"] += len(calls)
            every = [*product(NUMBERS, range(1, len(calls) + 1), (False, True))]
            for number, at, lasting in chance.sample(every, min(len(every), share)):
                counts["rounds"] += 1
                place = f"{action.name}, {errno.errorcode[number]} at call {at} ({calls[at - 1]})"
                place += " and all later ones" if lasting else ""
                path = top / f"{counts['rounds']}"
                fault = failing(number, at, lasting=lasting)
                found = strike(action, prepared, goal, path, fault)
                failures += [f"{place}: {each}" for each in found]
                shutil.rmtree(path)
    reasons = ", ".join(errno.errorcode[number] for number in NUMBERS)
    seen = f"{counts['calls']} calls of {len(ACTIONS)} actions, each with {reasons}"
    return Result("a disk that refuses", MUST_HOLD, counts["rounds"], seen, tuple(failures))


def _run_short(rounds: int) -> Result:
    """Writes that take only some of the bytes at once."""
    failures: list[str] = []
    with folder(in_memory=True) as top:
        for action in ACTIONS:
            prepared, calm = _prepared(action, top)
            action.act(opened(calm))
            for most in range(1, rounds + 1):
                path = top / f"{action.name}-{most}"
                shutil.copytree(prepared, path)
                with disk(never, most=most * most):
                    action.act(opened(path))
                if stands(path) != stands(calm):
                    failures.append(f"{action.name}, {most * most} bytes at once")
    seen = f"each write in pieces of 1 to {rounds * rounds} bytes"
    what = "writes that take a part"
    return Result(what, "all of it is written", rounds * len(ACTIONS), seen, tuple(failures))
