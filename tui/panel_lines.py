"""The lines of the side panel: entities with their case forms, figures as a table.

Pure: from a document to lines; all text in them has passed `display`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from annotations.model import Annotation, Document
from annotations.schema import Schema
from tui.display import display
from tui.figure_table import Figure, Known, figures_of, in_order, table_of
from tui.language import _
from tui.page.wrap import fit, wrapped

SUGGESTED, ACCEPTED = "?", "✓"  # some mention is still a suggestion; all are accepted
MARK = 2  # cells of the mark and the space after it
MARGIN = 1  # cell at the right end, where the scrollbar may be
WIDE = 40  # cells: from here on a label in the table has room for its whole name
_TAG = 4  # letters of a label where it has not
_LEAST = 8  # cells that a name is given, however long its count
_GAP = "  "


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line; those with the same `mentions` (annotation ids, in text order) are one row.

    From left to right: the mark, a tag in the hue of the label, the text, dim details, the
    count at the right end.  Without mentions it is a heading, in the hue of its label.
    """

    text: str
    label: str | None = None
    count: str = ""
    mentions: tuple[str, ...] = ()
    mark: str = ""
    tag: str = ""
    details: str = ""


def panel_lines(
    document: Document, schema: Schema, width: int, order: str, known: Known | None = None
) -> list[PanelLine]:
    """Entities by label with their counts, then the figures in an order of ORDERS.

    `known` is filled with values in words; given again, it saves putting them into words.
    """
    by_label: dict[str, list[Annotation]] = {}
    for each in document.annotations:
        if each.status != "rejected":
            by_label.setdefault(each.label, []).append(each)
    labels = list(schema)
    strange = sorted(by_label.keys() - {label.name for label in labels})
    lines: list[PanelLine] = []
    figures: dict[str, list[Annotation]] = {}
    for label in [*labels, *map(schema.label, strange)]:
        having = by_label.get(label.name)
        if having and label.kind == "entity":
            lines.append(_heading(label.name, len(having)))
            lines += _entity_lines(document, having, width)
        elif having:
            figures[label.name] = having
    found = [
        figure
        for label, having in figures.items()
        for figure in figures_of(document, label, having, {} if known is None else known)
    ]
    lines += _figure_lines(found, width, order)
    return lines or [
        PanelLine(part) for part in wrapped(_("no annotations yet"), max(width - 2, 1))
    ]


def _heading(label: str, count: int, sign: str = "") -> PanelLine:
    return PanelLine(f"{display(label)} {count}{sign}", label)


def mark_of(mentions: Iterable[Annotation]) -> str:
    """Whether something of a row is left to be decided."""
    return SUGGESTED if any(each.status == "suggested" for each in mentions) else ACCEPTED


# entities


def _entity_lines(
    document: Document, mentions: Iterable[Annotation], width: int
) -> Iterator[PanelLine]:
    """Each entity with its fullest name, the most frequent first."""

    def key(each: Annotation) -> str:
        return each.entity or f"name {_name(document, each).casefold()}"

    groups = [list(group) for _key, group in groupby(sorted(mentions, key=key), key)]
    groups.sort(key=lambda group: (-len(group), group[0].start))
    for group in groups:
        yield from _entity(document, group, width)


def _name(document: Document, mention: Annotation) -> str:
    name = (mention.value or {}).get("name")
    return str(name) if name else _as_written(document, mention)


def _as_written(document: Document, mention: Annotation) -> str:
    return " ".join(document.text_of(mention).split())


def _entity(document: Document, group: Sequence[Annotation], width: int) -> Iterator[PanelLine]:
    """The name with the count; its forms beside it where they all fit, else below."""
    name = display(max((_name(document, each) for each in group), key=len))
    forms = Counter(display(_as_written(document, each)) for each in group)
    del forms[name]  # the count says how often the rest is the name itself
    ids, count = tuple(each.id for each in group), str(len(group))
    room = width - MARK - MARGIN - len(count) - 1
    parts = wrapped(name, max(room, _LEAST))
    beside = below = ""
    if len(group) > 1 and forms:
        beside = forms_in_words(forms)
        if len(parts) > 1 or cell_len(name + _GAP + beside) > room:
            beside, below = "", forms_in_words(forms, width - MARK - MARGIN - len(_GAP))
    first = PanelLine(parts[0], count=count, mentions=ids, mark=mark_of(group))
    yield first if not beside else _with_details(first, _GAP + beside)
    for part in parts[1:]:
        yield PanelLine(part, mentions=ids)
    if below:
        yield PanelLine("", mentions=ids, details=_GAP + below)


def _with_details(line: PanelLine, details: str) -> PanelLine:
    return PanelLine(line.text, None, line.count, line.mentions, line.mark, details=details)


def forms_in_words(forms: Mapping[str, int], width: int | None = None) -> str:
    """«Токаева 7, Токаеву 3 …»: the most frequent first, as many as there is room for."""
    told = [f"{form} {count}" for form, count in sorted(forms.items(), key=lambda pair: -pair[1])]
    whole = ", ".join(told)
    if width is None or cell_len(whole) <= width:
        return whole
    for kept in range(len(told) - 1, 0, -1):
        cut = f"{', '.join(told[:kept])} …"
        if cell_len(cut) <= width:
            return cut
    return fit(whole, max(width, 1))


# figures


def _figure_lines(figures: Sequence[Figure], width: int, order: str) -> Iterator[PanelLine]:
    """A table a label, or one for all of them where they stand in the order of the text."""
    if figures and order == "place":
        count = sum(len(figure.mentions) for figure in figures)
        yield PanelLine(_("figures {count}").format(count=count), "")
        longest = max(len(figure.label) for figure in figures)
        tags = longest if width >= WIDE else min(longest, _TAG)
        yield from _table(in_order(figures, order), width, tags)
        return
    for label, group in groupby(figures, lambda figure: figure.label):
        table = in_order(group, order)
        count = sum(len(figure.mentions) for figure in table)
        yield _heading(label, count, " ↓" if order == "value" else "")
        yield from _table(table, width)


def _table(figures: Sequence[Figure], width: int, tags: int = 0) -> Iterator[PanelLine]:
    """The rows in columns; `tags` are the cells of a column with their labels."""
    counts = [str(len(each.mentions)) if len(each.mentions) > 1 else "" for each in figures]
    longest = max(map(len, counts))
    room = width - MARK - MARGIN - (tags + 1 if tags else 0) - (longest + 1 if longest else 0)
    for figure, count, lines in zip(figures, counts, table_of(figures, room), strict=True):
        ids = tuple(each.id for each in figure.mentions)
        for number, (text, details) in enumerate(lines):
            tag = figure.label if number == 0 else ""
            yield PanelLine(
                text,
                figure.label if tags else None,
                "" if number else count,
                ids,
                "" if number else mark_of(figure.mentions),
                f"{fit(display(tag)[:tags], tags)} " if tags else "",
                details,
            )
