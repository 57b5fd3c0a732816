"""Values, annotations and edits in words: what people read on the screen."""

from collections.abc import Sequence

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation, Span
from annotations.phrase import nested
from tui.language import N_, _
from tui.wording.value_words import NO_BREAK, number_in_words, value_in_words

__all__ = [
    "NO_BREAK",
    "edit_in_words",
    "explain",
    "number_in_words",
    "quoted",
    "value_in_words",
]

_TOLD = 3  # edits of one step that are told, the rest is counted
_LONGEST = 40  # characters of a quotation
_STATUSES = {
    "suggested": N_("suggested"),
    "accepted": N_("accepted"),
    "rejected": N_("rejected"),
}


def status_in_words(status: str) -> str:
    return _(_STATUSES.get(status, status))


def edit_in_words(edit: Edit, text: str, most: int = _TOLD) -> str:
    """What an edit does, the annotated words first; `text` is the article's.

    Of several edits the first ones are told, at `most` so many.
    """
    match edit:
        case Add(annotation):
            return _told(_("{quote}: add {label}"), annotation, text)
        case Remove(annotation):
            return _told(_("{quote}: delete {label}"), annotation, text)
        case Change(before, after):
            return _change_in_words(before, after, text)
        case Group(edits):
            told = [edit_in_words(part, text) for part in edits[:most]]
            rest = len(edits) - len(told)
            more = [_("{count} more").format(count=rest)] if rest else []
            return "; ".join([*told, *more])


def _told(sentence: str, annotation: Annotation, text: str) -> str:
    return sentence.format(label=annotation.label, quote=quoted(text, annotation.span))


def _change_in_words(before: Annotation, after: Annotation, text: str) -> str:
    """««1 декабря» → «декабря»: label LOC → DATE»: the words, then what became of them."""
    changed, old, quote = (
        _changed(before, after),
        quoted(text, before.span),
        quoted(text, after.span),
    )
    if before.span == after.span:
        return f"{quote}: {changed or _('no change')}"
    if old == quote:  # both are cut, or the same word stands twice
        return ", ".join(filter(None, (f"{quote}: {_('other boundaries')}", changed)))
    return f"{old} → {quote}" + (f": {changed}" if changed else "")


def _changed(before: Annotation, after: Annotation) -> str:
    """All but the boundaries; empty where nothing else has changed."""
    changes = [
        sentence.format(old=old or _("none"), new=new or _("none"))
        for sentence, old, new in (
            (_("label {old} → {new}"), before.label, after.label),
            ("{old} → {new}", status_in_words(before.status), status_in_words(after.status)),
            (_("value {old} → {new}"), value_in_words(before.value), value_in_words(after.value)),
            (_("note {old} → {new}"), before.note, after.note),
        )
        if old != new
    ]
    moved = (before.label, before.span) != (after.label, after.span)
    if before.entity != after.entity and not moved:
        changes.append(_("another entity"))
    return ", ".join(changes)


def quoted(text: str, span: Span) -> str:
    """The annotated text in «», on one line and not too long."""
    quote = nested(text[span.start : span.end].replace("\n", " "))
    return f"«{quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + '…'}»"


def explain(
    annotation: Annotation,
    me: str,
    *,
    decider: str | None = None,
    around: Sequence[Annotation] = (),
    text: str = "",
) -> str:
    """The annotation under the cursor in one line: what, how sure, who, when, where, the note.

    `decider` has accepted or rejected it, if that was not its author; `around` are those that
    overlap it, in the article's `text`.
    """
    parts = [f"{annotation.label} {value_in_words(annotation.value)}".strip()]
    finder = _who(annotation.author, me)
    sure = "" if annotation.confidence is None else f" {annotation.confidence:.2f}"
    if annotation.status == "suggested" or decider in (None, annotation.author):
        parts += [status_in_words(annotation.status) + sure, finder]
    else:
        parts += [_decided(annotation, _who(str(decider), me), me == decider), finder + sure]
    parts.append(annotation.modified.replace("T", " ").removesuffix("Z")[:16])
    parts += filter(None, (_beside(annotation, other, text) for other in around))
    if annotation.layer != "main":
        parts.append(_("layer {layer}").format(layer=annotation.layer))
    if annotation.note:
        parts.append(_("note: {note}").format(note=annotation.note))
    return " · ".join(parts)


def _who(author: str, me: str) -> str:
    return _("you") if author == me else author.partition(":")[2]


def _decided(annotation: Annotation, who: str, is_me: bool) -> str:
    if annotation.status == "accepted":
        return _("accepted by you") if is_me else _("accepted by {who}").format(who=who)
    return _("rejected by you") if is_me else _("rejected by {who}").format(who=who)


def _beside(annotation: Annotation, other: Annotation, text: str) -> str:
    """How another one lies to it; nothing of one that lies within it."""
    quote = quoted(text, other.span)
    if other.span == annotation.span:
        return _("also {label}").format(label=other.label)
    if other.span.covers(annotation.span):
        return _("in {label} {quote}").format(label=other.label, quote=quote)
    if annotation.span.covers(other.span):
        return ""
    return _("crosses {label} {quote}").format(label=other.label, quote=quote)
