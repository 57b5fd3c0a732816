"""Lines of a library's log in words."""

from dataclasses import replace

from annotations.edits import Group, inverse
from store.log import Logged, parts_of
from tui.language import counted
from tui.wording.step_words import annotated_name, entry_in_words


def logged_in_words(logged: Logged) -> str:
    """A line of the log; of many edits that are one step the first ones and their number."""
    entry, text = replace(logged.entry, edit=logged.edit), logged.article.text
    undone = frozenset({entry.operation} if logged.is_undone else ())
    what = entry_in_words(entry, text, undone)
    count = sum(1 for _ in parts_of(entry.edit))
    step = inverse(entry.edit) if entry.undoes is not None else entry.edit
    if count == 1 or (isinstance(step, Group) and annotated_name(step)):
        return what
    return counted("{what} ({count} change)", "{what} ({count} changes)", count, what=what)
