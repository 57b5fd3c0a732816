"""The dictionary of a library in words: what stands in its rows, on the screen and in lists."""

from annotations.gazetteer import ORDERS, Row, Ruling, State
from annotations.phrase import nested
from store.gazetteer import Learning
from tui.language import N_, _, counted

STATES = {
    State.SUGGESTED: N_("suggested"),
    State.OFF: N_("switched off: never suggested"),
    State.REJECTED: N_("rejected: not suggested"),
    State.IDLE: N_("not suggested: rejected as often, or more often under another label"),
}
MARKS = {State.SUGGESTED: "✓", State.OFF: "✗", State.REJECTED: "−", State.IDLE: "·"}
SORTED = dict(
    zip(
        ORDERS,
        (
            N_("sorted by name"),
            N_("sorted by label"),
            N_("sorted by how often it was accepted"),
            N_("sorted by the last decision"),
        ),
        strict=True,
    )
)


def who(author: str) -> str:
    """The login of an author."""
    return author.partition(":")[2] or author


def learning_in_words(learning: Learning) -> str:
    """Whether new articles learn from the library."""
    if learning.is_on:
        return _("new articles learn from this library")
    said = _("new articles do not learn from this library: {who} switched that off on {day}")
    return said.format(who=who(learning.author), day=learning.at[:10])


def forms_in_words(row: Row) -> str:
    """«Акорды 3, Акорде 1»: as they were written where somebody decided."""
    return ", ".join(
        f"{' '.join(form.split())} {count}" for form, count in row.counts.forms.most_common()
    )


def ruling_in_words(ruling: Ruling | None) -> str:
    """What somebody laid down about an entry, empty where nobody did."""
    if ruling is None:
        return ""
    parts = []
    if ruling.is_new:
        parts.append(_("added by hand"))
    if ruling.as_label or ruling.as_name:
        parts.append(_("was {label} «{name}»").format(label=ruling.label, name=nested(ruling.name)))
    if not ruling.is_on:
        parts.append(_("switched off"))
    said = _("{what} by {who} on {day}")
    return said.format(what=", ".join(parts), who=who(ruling.author), day=ruling.at[:10])


def row_in_words(row: Row) -> str:
    """An entry in a line: what becomes of it, who laid down what, all its forms."""
    places = len(row.counts.places)
    parts = [_(STATES[row.state]), ruling_in_words(row.ruling)]
    if places:
        parts.append(counted("decided in {count} article", "decided in {count} articles", places))
    return " · ".join(filter(None, [*parts, forms_in_words(row)]))
