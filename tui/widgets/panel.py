"""The side panel: the entities and the figures of the article."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from textual.reactive import var

from annotations.model import Annotation, Document
from annotations.schema import Schema
from tui import theme
from tui.display import display
from tui.presentation import BLANK
from tui.widgets.line_list import LineList, Piece
from tui.words import quoted, value_in_words
from tui.wrap import fit, wrapped


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line; those with the same `mentions` (annotation ids, in text order) are one row."""

    text: str
    label: str | None = None
    count: str = ""
    mentions: tuple[str, ...] = ()


def panel_lines(document: Document, schema: Schema, width: int) -> list[PanelLine]:
    """Entities by label with their counts, then figures by label with their values in full."""
    lines: list[PanelLine] = []
    by_label: dict[str, list[Annotation]] = {}
    for each in document.annotations:
        if each.status != "rejected":
            by_label.setdefault(each.label, []).append(each)
    known = list(schema)
    strange = sorted(by_label.keys() - {label.name for label in known})
    for label in [*known, *map(schema.label, strange)]:
        having = by_label.get(label.name)
        if having:
            rows = (
                _entities(document, having)
                if label.kind == "entity"
                else _figures(document, having)
            )
            lines.append(PanelLine(f"{display(label.name)} {len(having)}", label.name))
            lines += [line for row in rows for line in _row_lines(*row, width)]
    return lines or [PanelLine(" no annotations yet")]


Row = tuple[str, str, tuple[str, ...]]  # what it says, count, ids of the mentions


def _entities(document: Document, mentions: Iterable[Annotation]) -> Iterator[Row]:
    """Each entity with its fullest name, the most frequent first."""

    def key(each: Annotation) -> str:
        return each.entity or f"name {_name(document, each).casefold()}"

    groups = [list(group) for _, group in groupby(sorted(mentions, key=key), key)]
    groups.sort(key=lambda group: (-len(group), group[0].start))
    for group in groups:
        name = max((_name(document, each) for each in group), key=len)
        yield name, str(len(group)), tuple(each.id for each in group)


def _name(document: Document, mention: Annotation) -> str:
    return value_in_words(mention.value) or document.text_of(mention)


def _figures(document: Document, figures: Iterable[Annotation]) -> Iterator[Row]:
    """Each value with the number of places that have it, in the order of the first."""
    places: dict[str, list[str]] = {}
    for each in figures:
        said = value_in_words(each.value) or quoted(document.article.text, each.span)
        places.setdefault(said, []).append(each.id)
    for said, ids in places.items():
        yield said, str(len(ids)) if len(ids) > 1 else "", tuple(ids)


def _row_lines(text: str, count: str, mentions: tuple[str, ...], width: int) -> Iterator[PanelLine]:
    parts = wrapped(display(text), max(width - len(count) - 4, 8))
    for number, part in enumerate(parts):
        yield PanelLine(part, count=count if number == 0 else "", mentions=mentions)


class Panel(LineList):
    """The lines of the panel; choosing a row goes to its next mention."""

    document: var[Document] = var(BLANK, init=False)
    current: var[str | None] = var(None, init=False)

    def __init__(self, schema: Schema) -> None:
        super().__init__()
        self._schema = schema
        self._lines: list[PanelLine] = []
        self._line_of: dict[str, int] = {}  # id of an annotation -> the first line of its row

    def watch_document(self) -> None:
        self._build()

    def on_resize(self) -> None:
        self._build()

    def _build(self) -> None:
        if self.size.width:
            self._lines = panel_lines(self.document, self._schema, self.size.width)
            backwards = reversed([*enumerate(self._lines)])
            self._line_of = {id_: line for line, each in backwards for id_ in each.mentions}
            self.lines_changed()

    def watch_current(self, old: str | None, new: str | None) -> None:
        """Follow the article's cursor."""
        line = self._line_of.get(new or "")
        if line is not None:
            self.cursor = line
        for changed in (self._line_of.get(old or ""), line):
            if changed is not None:
                first, last = self._extent(changed)
                self.refresh_lines(first, last - first + 1)

    def line_count(self) -> int:
        return len(self._lines)

    def group_of(self, line: int) -> object:
        return (self._lines[line].mentions or None) if line < len(self._lines) else None

    def pieces(self, line: int, width: int) -> list[Piece]:
        content = self._lines[line]
        if content.label:
            style = theme.label_style(self._schema, content.label) + theme.BOLD
            return [(fit(f" {content.text}", width), style)]
        style = theme.BOLD if self.current in content.mentions else theme.PLAIN
        text = fit(f"  {content.text}", width - len(content.count) - 1)
        return [(text, style), (content.count + " ", theme.DIM)]
