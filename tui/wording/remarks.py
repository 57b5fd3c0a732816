"""What somebody should know about an annotation that has just been made or corrected.  Pure."""

from collections.abc import Iterable, Iterator

from annotations.model import Annotation, Value
from tui.keyboard.keys import pressed
from tui.language import N_, _
from tui.wording.value_words import value_in_words
from tui.wording.words import quoted

_SAME = N_("the same words as {label} {quote}")
_INSIDE = N_("now inside {label} {quote}")
_AROUND = N_("now around {label} {quote}")
_ACROSS = N_("crosses {label} {quote}")


def remarks(
    old: Annotation | None, new: Annotation, others: Iterable[Annotation], text: str
) -> Iterator[str]:
    """Parts of a sentence: its value where that is missing or was not told anew, and what it lies
    in, around or across now; `old` is what it was before, None where there was nothing."""
    if new.value is None:
        yield _("without a value: {key} gives it one").format(key=pressed("edit-value"))
    elif old is not None and old.span != new.span and _stays(old.value, new.value):
        yield _("its value stays {value}").format(value=value_in_words(new.value))
    for other in others:
        if other.id == new.id or other.status == "rejected" or not other.span.overlaps(new.span):
            continue
        lies = _lies(new, other)
        if old is None or not other.span.overlaps(old.span) or _lies(old, other) != lies:
            yield _(lies).format(label=other.label, quote=quoted(text, other.span))


def _stays(old: Value | None, new: Value) -> bool:
    """Whether a figure is what it was; names mostly are."""
    return old == new and "name" not in new


def _lies(annotation: Annotation, other: Annotation) -> str:
    """How an annotation lies to another that it overlaps, to be translated."""
    if annotation.span == other.span:
        return _SAME
    if other.span.covers(annotation.span):
        return _INSIDE
    return _AROUND if annotation.span.covers(other.span) else _ACROSS
