"""In what state an article's files are: what is told when it is opened."""

from contextlib import suppress
from dataclasses import dataclass

from store.errors import Damaged
from store.library import Library


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong that reading got round; `fault` is why the article can only be read."""

    problems: tuple[Damaged, ...] = ()
    fault: Damaged | None = None


def condition_of(library: Library, article_id: str) -> Condition:
    """The condition of an article; raises StoreError where a file cannot be read at all."""
    file = library.file(article_id)
    with library.shared(file):
        problems, fault = file.problems(), None
        if problems:
            with suppress(Damaged):  # which is among the problems
                state = file.load()
                fault = state.fault if state is not None else None
    return Condition(problems, fault)
