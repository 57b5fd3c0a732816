"""Values, annotations and counts in words: what people read on the screen."""

from collections.abc import Mapping

from annotations.edits import Add, Change, Edit, Group, Remove
from annotations.model import Annotation, Span, Value

NO_BREAK = "\u00a0"  # groups of digits stay on one line
_TOLD = 3  # edits of one step that are told, the rest is counted
_KNOWN = {"min", "max", "start", "end", "unit", "of", "approx"}


def number_in_words(number: str) -> str:
    """«1500000» as «1 500 000»: digits in groups of three, the decimal point as it is."""
    sign = "-" if number.startswith("-") else ""
    whole, point, fraction = number.removeprefix("-").partition(".")
    groups = []
    while len(whole) > 3:
        whole, group = whole[:-3], whole[-3:]
        groups.append(group)
    return sign + NO_BREAK.join([whole, *reversed(groups)]) + point + fraction


def value_in_words(value: Value | None) -> str:
    """A value in full: bounds, unit and what is counted."""
    if not value:
        return ""
    if "name" in value:
        return str(value["name"] or "")
    if not value.keys() & _KNOWN:
        return ", ".join(f"{key} {content}" for key, content in value.items())
    rest = [str(value[key]) for key in ("unit", "of") if value.get(key)]
    approx = "≈ " if value.get("approx") else ""
    return approx + " ".join([_bounds(value), *rest]).strip()


def _bounds(value: Mapping[str, str | bool | None]) -> str:
    low_key, high_key = ("start", "end") if "start" in value or "end" in value else ("min", "max")
    low, high = (_bound(value.get(key)) for key in (low_key, high_key))
    if low == high:
        return low
    if not high:
        return f"≥ {low}"
    if not low:
        return f"≤ {high}"
    return f"{low} – {high}"


def _bound(content: str | bool | None) -> str:
    text = "" if content is None else str(content)
    digits = text.removeprefix("-").replace(".", "", 1)
    return number_in_words(text) if digits.isdecimal() else text


def edit_in_words(edit: Edit, text: str) -> str:
    """What an edit does, for the line that says what was undone; `text` is the article's."""
    match edit:
        case Add(annotation):
            return f"add {annotation.label} {quoted(text, annotation.span)}"
        case Remove(annotation):
            return f"delete {annotation.label} {quoted(text, annotation.span)}"
        case Change(before, after):
            return f"{_changed(before, after)} {quoted(text, after.span)}"
        case Group(edits):
            told = [edit_in_words(part, text) for part in edits[:_TOLD]]
            rest = len(edits) - len(told)
            return "; ".join([*told, f"{rest} more"] if rest else told)


def _changed(before: Annotation, after: Annotation) -> str:
    changes = [
        f"{what} {old or 'none'} → {new or 'none'}"
        for what, old, new in (
            ("label", before.label, after.label),
            ("status", before.status, after.status),
            ("boundaries", f"{before.start}–{before.end}", f"{after.start}–{after.end}"),
            ("value", value_in_words(before.value), value_in_words(after.value)),
            ("note", before.note, after.note),
        )
        if old != new
    ]
    return ", ".join(changes) or "no change"


def quoted(text: str, span: Span) -> str:
    """The annotated text in «», on one line and not too long."""
    quote = text[span.start : span.end].replace("\n", " ")
    return f"«{quote if len(quote) <= 40 else quote[:39] + '…'}»"


def explain(annotation: Annotation, me: str) -> str:
    """The annotation under the cursor in one line: what, how sure, who, when, the note."""
    parts = [f"{annotation.label} {value_in_words(annotation.value)}".strip()]
    status: str = annotation.status
    if annotation.confidence is not None:
        status += f" {annotation.confidence:.2f}"
    parts.append(status)
    who = annotation.author.partition(":")[2]
    parts.append("you" if annotation.author == me else who)
    parts.append(annotation.modified.replace("T", " ").removesuffix("Z")[:16])
    if annotation.layer != "main":
        parts.append(f"layer {annotation.layer}")
    if annotation.note:
        parts.append(f"note: {annotation.note}")
    return " · ".join(parts)


def plural(count: int, one: str, many: str | None = None) -> str:
    """«1 article», «2 articles»."""
    return f"{count} {one if count == 1 else many or one + 's'}"
