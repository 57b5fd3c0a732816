"""The form in which a query is saved under a name."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from textual.app import App

from annotations.errors import AnnotationError, InvalidSavedQuery, QueryError
from annotations.phrase import nested
from annotations.query.saved import SavedQuery, name_key, tidy
from store.errors import StoreError
from store.feeds import Feeds
from store.library import Library, login, now
from store.sharing.access import why_read_only
from tui.attempts import in_thread
from tui.language import _, told
from tui.query import Query
from tui.screens.dialogs import Contents, Form, FormField
from tui.wording.query_words import OWN, SHARED, WHOSE, problem_in_words, whose

Done = Callable[[SavedQuery | None, str], None]  # what was saved, and what is to be said of it


async def save_query_form(
    app: App[Any],
    library: Library,
    query_text: str,
    done: Done,
    instead_of: SavedQuery | None = None,
) -> None:
    """Ask for the name of a query and for whom it is, then save it; `done` is told the outcome.

    `instead_of` is the saved query that is changed.
    """

    async def use(contents: Contents | None) -> None:
        if contents is not None:
            query = _made(contents)
            app.run_worker(_save(Feeds(library.path), query, instead_of, done))

    title = _("Save a query") if instead_of is None else _("Change a saved query")
    options = tuple((each, _(name)) for each, name in WHOSE.items())
    fields = [
        FormField("name", instead_of.name if instead_of else "", "", _("Name")),
        FormField("query", query_text, _("words, or a field such as label:PER"), _("Query")),
        FormField("whose", whose(instead_of) if instead_of else OWN, "", _("Whose"), options),
    ]
    await app.push_screen(Form(title, fields, partial(_check, library, instead_of)), use)


def _made(contents: Contents) -> SavedQuery:
    """Raises InvalidSavedQuery."""
    name, query = tidy(contents["name"]), tidy(contents["query"])
    return SavedQuery(name, query, f"user:{login()}", now(), contents["whose"] == SHARED)


def _check(library: Library, instead_of: SavedQuery | None, contents: Contents) -> Contents:
    """What is wrong, by field."""
    errors: dict[str, str] = {}
    if contents["whose"] == SHARED or (instead_of is not None and instead_of.is_shared):
        why = why_read_only(library.path)
        if why is not None:
            errors["whose"] = told(why)
    try:
        Query.understood(tidy(contents["query"]))
    except QueryError as problem:
        errors["query"] = problem_in_words(problem)
    try:
        query = _made(contents)
    except InvalidSavedQuery as problem:
        errors[problem.field] = told(problem)
    else:
        if _is_taken(library, query, instead_of):
            said = _("there is a query of that name already: choose another one")
            errors["name"] = said
    return errors


def _is_taken(library: Library, query: SavedQuery, instead_of: SavedQuery | None) -> bool:
    if instead_of is not None and _known(instead_of) == _known(query):
        return False
    with suppress(AnnotationError, StoreError):  # told when it is saved
        return Feeds(library.path).find(query.name, shared=query.is_shared) is not None
    return False


def _known(query: SavedQuery) -> tuple[str, bool]:
    return name_key(query.name), query.is_shared


async def _save(feeds: Feeds, query: SavedQuery, instead_of: SavedQuery | None, done: Done) -> None:
    """Save it in a thread, which the screen does not wait for."""
    try:
        await in_thread(partial(feeds.save, query, instead_of))
    except (AnnotationError, StoreError) as problem:
        done(None, _("not saved: {problem}").format(problem=told(problem)))
    else:
        done(query, _("saved: {said}").format(said=f"«{nested(query.name)}»"))
