"""Two people edited one annotation: what each wants, and the edits that settle it.

An edit is taken apart into wishes, one an annotation.  A wish clashes where another state
stands than it was made on.  Deciding something (span, label, value, status) and writing a note
are two things: where one person did the one and somebody else the other, both stand.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from annotations.edits import Add, Change, Edit, Group, Remove, Stamp
from annotations.model import Annotation, Document

Choice = Literal["theirs", "mine", "both"]

_DECISION = ("start", "end", "label", "value", "entity", "layer", "status")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an edit makes of one annotation; None where there is none before, or after."""

    before: Annotation | None
    after: Annotation | None

    @property
    def id(self) -> str:
        found = self.before or self.after
        return found.id if found else ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A wish, and what somebody else has made of the annotation; None: it is deleted."""

    wish: Wish
    theirs: Annotation | None

    @property
    def can_be_both(self) -> bool:
        """Whether what I want can stand beside theirs: it says something else about the text."""
        after, theirs = self.wish.after, self.theirs
        if after is None or theirs is None or not _decided_otherwise(self.wish):
            return False
        return (after.span, after.label) != (theirs.span, theirs.label)


def wishes(edit: Edit) -> tuple[Wish, ...]:
    """What an edit makes of each annotation that it touches, in its order."""
    found: dict[str, Wish] = {}
    for part in _parts(edit):
        match part:
            case Add(annotation):
                wish = Wish(None, annotation)
            case Remove(annotation):
                wish = Wish(annotation, None)
            case Change(before, after):
                wish = Wish(before, after)
        earlier = found.get(wish.id)
        found[wish.id] = Wish(earlier.before, wish.after) if earlier else wish
    return tuple(wish for wish in found.values() if wish.before != wish.after)


def _parts(edit: Edit) -> Iterator[Add | Remove | Change]:
    if isinstance(edit, Group):
        for part in edit.edits:
            yield from _parts(part)
    else:
        yield edit


def clashes(document: Document, edit: Edit) -> tuple[Clash, ...]:
    """The wishes of an edit that somebody has to decide about.

    A wish that they fulfilled themselves is none, nor one that agrees with what they did.
    """
    return tuple(
        Clash(wish, theirs)
        for wish in wishes(edit)
        if (theirs := document.by_id.get(wish.id)) != wish.before and not _agree(wish, theirs)
    )


def settle(document: Document, edit: Edit, choice: Choice, stamp: Stamp) -> Edit | None:
    """The edit that does the rest of an edit, and with its clashes as was chosen.

    None: then nothing is left to do.
    """
    clashing = {clash.wish.id for clash in clashes(document, edit)}
    found: list[Edit | None] = []
    for wish in wishes(edit):
        theirs = document.by_id.get(wish.id)
        if wish.id not in clashing or choice == "mine":
            found.append(_upon(theirs, wish, stamp))
        elif choice == "both":
            clash = Clash(wish, theirs)
            found.append(_beside(wish, stamp) if clash.can_be_both else None)
    left = [each for each in found if each is not None]
    return left[0] if len(left) == 1 else Group(tuple(left)) if left else None


def _upon(theirs: Annotation | None, wish: Wish, stamp: Stamp) -> Edit | None:
    """What I want of the annotation as it stands with theirs; None: it is so already."""
    if wish.after is None:
        return Remove(theirs) if theirs is not None else None
    if theirs is None:
        return Add(wish.after if wish.before is None else replace(wish.after, modified=stamp.at))
    after = wish.after if theirs == wish.before else _merged(theirs, wish, stamp)
    return None if says_the_same(theirs, after) else Change(theirs, after)


def _merged(theirs: Annotation, wish: Wish, stamp: Stamp) -> Annotation:
    """Theirs with what I decided, or with my note; what I left alone stays theirs."""
    before, after = wish.before, wish.after
    if after is None:
        return theirs
    mine = after if before is None or _decided_otherwise(wish) else theirs
    note = after.note if before is None or after.note != before.note else theirs.note
    return replace(mine, note=note, created=theirs.created, modified=stamp.at)


def _beside(wish: Wish, stamp: Stamp) -> Edit | None:
    """What I want as an annotation of its own."""
    if wish.after is None:
        return None
    own = replace(wish.after, id=secrets.token_hex(8), created=stamp.at, modified=stamp.at)
    return Add(own)


def says_the_same(one: Annotation | None, other: Annotation | None) -> bool:
    """Whether two states differ in who made them and when at the most."""
    if one is None or other is None:
        return one is other
    return _decision(one) == _decision(other) and one.note == other.note


def _agree(wish: Wish, theirs: Annotation | None) -> bool:
    """Whether nobody has to decide: the same is wanted, or one wrote a note where one decided."""
    before, after = wish.before, wish.after
    if says_the_same(after, theirs):
        return True
    if before is None or after is None or theirs is None:
        return False
    i_decided, they_decided = (_decision(each) != _decision(before) for each in (after, theirs))
    i_noted, they_noted = (each.note != before.note for each in (after, theirs))
    decisions = not (i_decided and they_decided) or _decision(after) == _decision(theirs)
    notes = not (i_noted and they_noted) or after.note == theirs.note
    return decisions and notes


def _decided_otherwise(wish: Wish) -> bool:
    if wish.before is None or wish.after is None:
        return True
    return _decision(wish.before) != _decision(wish.after)


def _decision(annotation: Annotation) -> tuple[object, ...]:
    return tuple(getattr(annotation, name) for name in _DECISION)
