"""What other people did to the open article, in a line."""

from collections.abc import Sequence

from annotations.conflicts import Wish, wishes
from annotations.model import Annotation
from store.article.journal import HistoryEntry
from store.sharing.presence import Reader
from tui.language import _, counted
from tui.wording.words import quoted, value_in_words


def news(entries: Sequence[HistoryEntry], text: str, me: str, near: str | None) -> str:
    """What the entries did, first of all to the annotation `near` the reader; else the last."""
    changes = [(entry.author, wish) for entry in entries for wish in wishes(entry.edit)]
    if not changes:
        return _("changed by somebody else: this is how it stands now")
    here = [change for change in changes if change[1].id == near]
    author, wish = (here or changes)[-1]
    first = in_words(wish, who(author, me), text)
    rest = len(changes) - 1
    if not rest:
        return first
    more = counted("{count} more change", "{count} more changes", rest)
    return _("{first}; and {more}").format(first=first, more=more)


def who(author: str, me: str) -> str:
    """A person's login; my own means that I did it in another window."""
    return _("you, in another window,") if author == me else author.partition(":")[2]


def last_of(entries: Sequence[HistoryEntry], annotation_id: str) -> HistoryEntry | None:
    """The last change of an annotation."""
    for entry in reversed(entries):
        if any(wish.id == annotation_id for wish in wishes(entry.edit)):
            return entry
    return None


def in_words(wish: Wish, name: str, text: str) -> str:
    """«anna deleted PER «…»»: what somebody made of an annotation."""
    before, after = wish.before, wish.after
    shown = after or before
    if shown is None:
        return ""
    facts = {"who": name, "label": shown.label, "quote": quoted(text, shown.span)}
    if before is None:
        return _("{who} added {label} {quote}").format(**facts)
    if after is None:
        return _("{who} deleted {label} {quote}").format(**facts)
    return _change(before, after, facts)


def _change(before: Annotation, after: Annotation, facts: dict[str, str]) -> str:
    if before.label != after.label:
        sentence = _("{who} relabelled {quote}: {old} → {label}")
        return sentence.format(old=before.label, **facts)
    if before.span != after.span:
        return _("{who} moved the boundaries: {label} {quote}").format(**facts)
    if before.status != after.status:
        return _STATUS[after.status](facts)
    if before.value != after.value:
        sentence = _("{who} changed the value of {label} {quote}: {value}")
        return sentence.format(value=value_in_words(after.value), **facts)
    if before.note != after.note:
        if after.note is None:
            return _("{who} removed the note on {label} {quote}").format(**facts)
        sentence = _("{who} wrote a note on {label} {quote}: {note}")
        return sentence.format(note=after.note, **facts)
    return _("{who} changed {label} {quote}").format(**facts)


_STATUS = {
    "accepted": lambda facts: _("{who} accepted {label} {quote}").format(**facts),
    "rejected": lambda facts: _("{who} rejected {label} {quote}").format(**facts),
    "suggested": lambda facts: _("{who} made {label} {quote} a suggestion again").format(**facts),
}


def also_here(readers: Sequence[Reader], left: str, room: int, unsaved: str = "") -> str:
    """Who else has the article open, before what is left in it; in a narrow room a number.

    What is `unsaved` comes before all, and is the last to go where there is no room.
    """
    whole = " · ".join(filter(None, (unsaved, left)))
    if unsaved and len(whole) > room:
        return unsaved
    return _with_readers(readers, whole, room)


def _with_readers(readers: Sequence[Reader], left: str, room: int) -> str:
    if not readers:
        return left
    names = sorted({each.login for each in readers if not each.is_me})
    mine = [_("you in another window"), _("you")] if any(each.is_me for each in readers) else [""]
    said = [", ".join(filter(None, (*names, me))) for me in mine]
    fitting = [_("also here: {names}").format(names=each) for each in said]
    if not names:
        fitting.insert(1, said[0])  # «you in another window» says enough
    fitting.append(counted("{count} other here", "{count} others here", len(readers)))
    lines = (f"{who} · {left}" for who in fitting)
    return next((line for line in lines if len(line) <= room), left)
