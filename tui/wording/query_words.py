"""Saved queries in words: what stands in their rows, and what is wrong with one."""

from annotations.errors import QueryError
from annotations.query.saved import SavedQuery
from tui.language import N_, _, told

OWN, SHARED = "own", "library"
WHOSE = {OWN: N_("yours"), SHARED: N_("everybody's")}


def whose(query: SavedQuery) -> str:
    """Whose a query is, as it stands in lists for programs."""
    return SHARED if query.is_shared else OWN


def who(query: SavedQuery) -> str:
    """The login of whoever saved a query."""
    return query.author.partition(":")[2] or query.author


def saved_in_words(query: SavedQuery) -> str:
    """Who saved a query when, and for whom."""
    if query.is_shared:
        said = _("everybody's, saved by {who} on {day}")
    else:
        said = _("yours alone, saved by {who} on {day}")
    return said.format(who=who(query), day=query.at[:10])


def problem_in_words(problem: Exception) -> str:
    """What is wrong, of a query with the place in it."""
    if isinstance(problem, QueryError):
        said = _("character {place} of the query: {problem}")
        return said.format(place=problem.start + 1, problem=told(problem))
    return told(problem)
