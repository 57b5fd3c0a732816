"""Taking a person's step back, or doing it again, in every article in which it was taken."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from annotations.edits import Edit, inverse, touched
from annotations.errors import AnnotationError
from annotations.model import Document
from annotations.phrase import Words
from store.article import history
from store.article.outcomes import Conflict, Nothing, Outcome, Saved
from store.errors import ArticleNotFound, StoreError
from store.library import Library
from store.person.steps import Step, Steps, Way


@dataclass
class Run:
    """How far an undo or a redo is, and what came of it; a screen may look at it meanwhile.

    `edit` is what the step did in the first of the articles, `document` that article; `left`
    counts articles in which it conflicts with what came later, `conflict` says what with.
    """

    author: str
    way: Way
    operation: str | None = None
    total: int = 0
    looked: int = 0
    stop: bool = False
    edit: Edit | None = None
    document: Document | None = None
    articles: list[str] = field(default_factory=list)
    places: int = 0
    left: int = 0
    conflict: Words = ""
    problems: list[Exception] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        """Whether it was stopped before its end."""
        return self.looked < self.total

    @property
    def found(self) -> bool:
        """Whether the step was there, whatever came of it."""
        return bool(self.articles or self.left or self.problems)

    def take(self, article_id: str, outcome: Outcome) -> None:
        """Count what came of it in an article."""
        self.looked += 1
        match outcome:
            case Saved(document, entry) if entry is not None:
                if self.edit is None:
                    self.edit = inverse(entry.edit) if self.way == "undo" else entry.edit
                    self.document = document
                self.articles.append(article_id)
                self.places += len(touched(entry.edit))
                self.operation = entry.undoes or entry.redoes
            case Conflict(message=message, operation=operation):
                self.left += 1
                self.conflict = self.conflict or message
                self.operation = operation


def step_in(
    library: Library,
    run: Run,
    article_id: str,
    skip: Iterable[str] = (),
    operation: str | None = None,
) -> Outcome:
    """Take back, or do again, the last step in one article, or `operation`."""
    step = library.undo if run.way == "undo" else library.redo
    return step(article_id, author=run.author, skip=frozenset(skip), operation=operation)


def step_everywhere(
    library: Library,
    steps: Steps,
    run: Run,
    article_id: str,
    skip: Iterable[str] = (),
    operation: str | None = None,
) -> Outcome:
    """The last step in an article, or `operation`, with its part in all other articles.

    Where it conflicts in this article the others are done all the same.  The caller notes what
    is saved in this article; the rest is noted here.
    """
    outcome = step_in(library, run, article_id, skip, operation)
    run.take(article_id, outcome)
    operation = run.operation or operation
    if operation is None:
        return outcome
    with suppress(StoreError):  # without the list of steps this article's part is all there is
        others = [each for each in steps.read().articles(operation) if each != article_id]
        _across(library, steps, run, Step(operation, tuple(others)))
        if run.articles and not isinstance(outcome, Saved):
            signature = library.signature(article_id)  # first: what comes later is still looked at
            return Saved(library.document(article_id), signature=signature)
    return outcome


def last_step(library: Library, steps: Steps, run: Run, skip: Iterable[str] = ()) -> None:
    """The person's last step anywhere in the library.

    An article that lacks a step, which was undone on another machine, is read once for all
    further ones.
    """
    passed, missed = frozenset(skip), set[str]()

    @cache
    def operations(article_id: str) -> frozenset[str]:
        return _operations(library, run, article_id)

    for step in steps.read().steps(run.way):
        articles = [
            each
            for each in step.articles
            if each not in missed or step.operation in operations(each)
        ]
        if step.operation in passed or not articles:
            continue
        run.total = run.looked = 0
        _across(library, steps, run, Step(step.operation, tuple(articles)))
        if run.found or run.stop:
            return
        missed.update(articles)


def _operations(library: Library, run: Run, article_id: str) -> frozenset[str]:
    """The steps of an article that can be undone, or redone; none where it cannot be read."""
    try:
        stacks = history.steps_of(run.author, library.history(article_id))
    except StoreError:
        return frozenset()
    steps = stacks.done if run.way == "undo" else stacks.undone
    return frozenset(step.operation for step in steps)


def _across(library: Library, steps: Steps, run: Run, step: Step) -> None:
    """A step's part in some articles; what goes wrong in one of them does not stop the rest."""
    run.operation = step.operation
    run.total = run.looked + len(step.articles)
    for article_id in step.articles:
        if run.stop:
            return
        try:
            outcome = step_in(library, run, article_id, operation=step.operation)
        except ArticleNotFound:
            outcome = Nothing()
        except (AnnotationError, StoreError) as problem:
            run.looked += 1
            run.problems.append(problem)
            continue
        run.take(article_id, outcome)
        if isinstance(outcome, Saved) and outcome.entry is not None:
            with suppress(StoreError):  # it is undone; only the list of steps lags behind
                steps.note(article_id, outcome.entry)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The last step of a person that can be undone in another article."""

    document: Document
    edit: Edit


def elsewhere(library: Library, steps: Steps, author: str, here: str) -> Elsewhere | None:
    """What the person's last step in another article was.

    None where there is none, or it cannot be told.
    """
    with suppress(StoreError):
        for step in steps.read().steps("undo"):
            for article_id in step.articles:
                if article_id == here:
                    continue
                with suppress(StoreError):
                    document, entries = library.story(article_id)
                    done = history.steps_of(author, entries).done
                    found = history.first(done, operation=step.operation)
                    if found is not None:
                        return Elsewhere(document, found.edit)
    return None
