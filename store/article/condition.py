"""In what state an article's files are: what is told when it is opened."""

from dataclasses import dataclass

from store.errors import Damaged
from store.library import Library


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong with an article's files.

    `problems` is what reading got round, `history` why its steps cannot be read though it can be
    changed, `fault` why it can only be read, or not even that.
    """

    problems: tuple[Damaged, ...] = ()
    history: Damaged | None = None
    fault: Damaged | None = None


def condition_of(library: Library, article_id: str) -> Condition:
    """The condition of an article; raises StoreError where a file cannot be read at all."""
    file = library.file(article_id)
    with library.shared(file):
        try:
            state = file.load()
        except Damaged as damage:
            return Condition(fault=damage)
        if state is None:
            return Condition()
        problems = tuple(each for each in file.problems_of(state) if each is not state.fault)
        history = None
        try:
            if state.fault is None:
                file.entries(state)
        except Damaged as damage:
            history = damage
        return Condition(problems, history, state.fault)
