"""What stands again once a step is undone, in words."""

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation
from tui.language import _
from tui.wording.value_words import value_in_words
from tui.wording.words import quoted, status_in_words

_TOLD = 3  # edits of one step that are told, the rest is counted


def result_in_words(edit: Edit, text: str) -> str:
    """««Актау» is suggested again (was accepted)»; `edit` is what the undo itself does."""
    match edit:
        case Add(annotation):
            sentence = _("{quote} is {new} again")
            return sentence.format(quote=quoted(text, annotation.span), new=annotation.label)
        case Remove(annotation):
            sentence = _("{quote} is not annotated as {label} any more")
            return sentence.format(quote=quoted(text, annotation.span), label=annotation.label)
        case Change(before, after):
            return "; ".join(_again(before, after, text))
        case Group(edits):
            told = [result_in_words(part, text) for part in edits[:_TOLD]]
            rest = len(edits) - len(told)
            more = [_("{count} more").format(count=rest)] if rest else []
            return "; ".join([*told, *more])


def _again(before: Annotation, after: Annotation, text: str) -> list[str]:
    """The words, label and status in one sentence, the value and the note in theirs."""
    quote, old_quote = quoted(text, after.span), quoted(text, before.span)
    pairs = [
        (before.label, after.label),
        (status_in_words(before.status), status_in_words(after.status)),
    ]
    new = ", ".join(now for was, now in pairs if was != now)
    old = ", ".join(
        ([old_quote] if old_quote != quote else []) + [was for was, now in pairs if was != now]
    )
    if new:
        said = [_("{quote} is {new} again (was {old})").format(quote=quote, new=new, old=old)]
    elif old:
        said = [_("{quote} again (was {old})").format(quote=quote, old=old)]
    elif before.span != after.span:
        said = [_("{quote} has its boundaries of before").format(quote=quote)]
    else:
        said = []
    none = _("none")
    if before.value != after.value and before.label == after.label:
        sentence = _("the value of {quote} is {new} again (was {old})")
        states = value_in_words(before.value) or none, value_in_words(after.value) or none
        said.append(sentence.format(quote=quote, old=states[0], new=states[1]))
    if before.note != after.note:
        sentence = _("the note on {quote} is {new} again (was {old})")
        said.append(sentence.format(quote=quote, old=before.note or none, new=after.note or none))
    return said or [_("{quote} is as it was before").format(quote=quote)]
